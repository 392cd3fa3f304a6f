package tiff

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"testing"
)

// splitTIFF is a TIFF of before Technical Note 2 of a JPEG file: its head in one place, its scan in the only strip.
func splitTIFF(t *testing.T, size image.Point) (data []byte, scan int, want image.Image) {
	t.Helper()
	img := image.NewRGBA(image.Rectangle{Max: size})
	for y := range size.Y {
		for x := range size.X {
			img.SetRGBA(x, y, color.RGBA{uint8(8 * x), uint8(8 * y), 90, 255})
		}
	}
	var whole bytes.Buffer
	if err := jpeg.Encode(&whole, img, nil); err != nil {
		t.Fatal(err)
	}
	want, err := jpeg.Decode(bytes.NewReader(whole.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	const at = 8
	scan = at + bytes.Index(whole.Bytes(), []byte("\xff\xda"))
	var fields []field
	for _, f := range [][2]int{
		{tagWidth, size.X},
		{tagHeight, size.Y},
		{tagBits, 8},
		{tagCompression, packOldJPEG},
		{tagPhotometric, asYCbCr},
		{tagStripOffsets, scan},
		{tagSamples, 3},
		{tagRowsPerStrip, size.Y},
		{tagStripCounts, at + whole.Len() - scan},
		{tagPlanar, 1},
		{tagOldJPEG, at},
	} {
		fields = append(fields, field{uint16(f[0]), []uint64{uint64(f[1])}})
	}
	return maker{order: binary.LittleEndian}.file(at, whole.Bytes(), fields), scan, want
}

func TestAnOldJPEGInTwoPartsIsDrawn(t *testing.T) {
	data, scan, want := splitTIFF(t, image.Pt(24, 20))
	if !Open(data).Foreign(0) {
		t.Error("left to MuPDF")
	}
	img, lost, err := decodeFirst(data)
	if err != nil || lost {
		t.Fatalf("lost %v, %v", lost, err)
	}
	for y := range 20 {
		for x := range 24 {
			r, g, b, _ := want.At(x, y).RGBA()
			if got, want := img.At(x, y), (color.NRGBA{uint8(r >> 8), uint8(g >> 8), uint8(b >> 8), 255}); got != want {
				t.Fatalf("at %d, %d %v, want %v", x, y, got, want)
			}
		}
	}
	other := bytes.Clone(data)
	other[scan+1] = 0xdb // a strip that does not begin with a scan
	if Open(other).Foreign(0) {
		t.Error("another kind of old JPEG is taken for one in two parts")
	}
	if _, _, err := decodeFirst(other); !errors.Is(err, ErrUnsupported) {
		t.Errorf("another kind of old JPEG: %v", err)
	}
	clear(data[scan+14 : scan+40])
	copy(data[scan+14:], "\xff\xc4\x00\x00") // within the scan, what can't be there
	if _, lost, err := decodeFirst(data); err == nil && !lost {
		t.Error("a damaged scan is taken for whole")
	}
}
