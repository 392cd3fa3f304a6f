//go:build cgo

package worker

import (
	"bytes"
	"encoding/binary"
	"errors"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"slices"
	"testing"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"

	"butluc/library"
	"butluc/presenter/render/worker/heif/heiftest"
)

// A picture whose file was cut off is never shown as if it were whole: it can't be opened, or its page says so.
func TestACutPictureIsNotTakenForWhole(t *testing.T) {
	for name, f := range cuttable(t) {
		if code, incomplete := shown(f.kind, f.data); code != library.FaultNone || incomplete {
			t.Errorf("%s, whole: %q, incomplete %v", name, code, incomplete)
		}
		for _, percent := range []int{30, 60, 90, 99} {
			code, incomplete := shown(f.kind, f.data[:len(f.data)*percent/100])
			if code == library.FaultNone && !incomplete {
				t.Errorf("%s, cut at %d %%: shown as if it were whole", name, percent)
			}
			if code == library.FaultVariant {
				t.Errorf("%s, cut at %d %%: told to be of another variant", name, percent)
			}
		}
	}
}

// shown is what becomes of a file's first page, or of the one that says least.
func shown(kind library.Kind, data []byte) (code library.FaultCode, incomplete bool) {
	silence()
	d := &document{key: key{kind: kind}, data: data, begin: func(int) {}}
	defer d.close()
	if err := d.open(nil); err != nil {
		return codeOf(err), false
	}
	r := &reply{}
	if err := d.render(0, library.WholePage, 0, image.Pt(100, 100), r); err != nil {
		return codeOf(err), false
	}
	if r.free != nil {
		r.free()
	}
	return library.FaultNone, r.Incomplete
}

func codeOf(err error) library.FaultCode {
	var f *fault
	if errors.As(err, &f) {
		return f.code
	}
	return library.FaultBroken
}

type cuttableFile struct {
	kind library.Kind
	data []byte
}

// cuttable makes a file of each kind of picture that is listed, with something to see in all its parts.
func cuttable(t *testing.T) map[string]cuttableFile {
	t.Helper()
	img := image.NewPaletted(image.Rect(0, 0, 60, 60), greys())
	for i := range img.Pix {
		img.Pix[i] = uint8(i*i>>3 + i*7)
	}
	made := func(encode func(*bytes.Buffer) error) []byte {
		var b bytes.Buffer
		if err := encode(&b); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	frames := &gif.GIF{Image: []*image.Paletted{img, img, img}, Delay: []int{9, 9, 9}}
	rgb := image.NewNRGBA(img.Rect)
	for i := range rgb.Pix {
		rgb.Pix[i] = uint8(i*i>>3+i*7) | uint8(i%4/3*255)
	}
	tiles := heiftest.File{Tiles: image.Pt(3, 2), Size: image.Pt(160, 128)}
	_, webp := oriented["webp"](1)
	_, jpx := oriented["jpx"](1)
	_, motorola := oriented["tiff of a Motorola"](1)
	files := map[string]cuttableFile{
		"png":                       {library.KindPNG, made(func(b *bytes.Buffer) error { return png.Encode(b, rgb) })},
		"jpeg":                      {library.KindJPEG, made(func(b *bytes.Buffer) error { return jpeg.Encode(b, rgb, nil) })},
		"gif":                       {library.KindGIF, made(func(b *bytes.Buffer) error { return gif.Encode(b, img, nil) })},
		"gif in frames":             {library.KindGIF, made(func(b *bytes.Buffer) error { return gif.EncodeAll(b, frames) })},
		"bmp":                       {library.KindBMP, made(func(b *bytes.Buffer) error { return bmp.Encode(b, rgb) })},
		"bmp in runs":               {library.KindBMP, runsBMP(img, false)},
		"bmp in equal runs":         {library.KindBMP, runsBMP(img, true)},
		"tiff":                      {library.KindTIFF, made(func(b *bytes.Buffer) error { return tiff.Encode(b, rgb, nil) })},
		"tiff, its directory first": {library.KindTIFF, motorola},
		"bigtiff":                   {library.KindTIFF, fourCornersBigTIFF},
		"webp":                      {library.KindWebP, webp},
		"jpx":                       {library.KindJPX, jpx},
		"psd":                       {library.KindPSD, photoshop(img)},
		"psb":                       {library.KindPSD, largePhotoshop(img)},
		"heic":                      {library.KindHEIC, tiles.Bytes()},
	}
	tiles.AVIF = true
	files["avif"] = cuttableFile{library.KindAVIF, tiles.Bytes()}
	return files
}

func greys() color.Palette {
	p := make(color.Palette, 256)
	for i := range p {
		p[i] = color.Gray{uint8(i)}
	}
	return p
}

// runsBMP is a BMP packed in runs of equal pixels (RLE8), each of one pixel, or with pixels one by one.
func runsBMP(img *image.Paletted, equal bool) []byte {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	var rows []byte
	for y := h - 1; y >= 0; y-- {
		row := img.Pix[y*img.Stride:][:w]
		if !equal {
			rows = append(append(rows, 0, byte(w)), row...)
		}
		for _, v := range row {
			if equal {
				rows = append(rows, 1, v)
			}
		}
		rows = append(rows, 0, 0)
	}
	rows = append(rows, 0, 1)
	const headers, colours = 54, 1024
	b := []byte("BM")
	long := func(v ...int) {
		for _, n := range v {
			b = binary.LittleEndian.AppendUint32(b, uint32(n))
		}
	}
	long(headers+colours+len(rows), 0, headers+colours, 40, w, h)
	b = append(b, 1, 0, 8, 0)
	long(1, len(rows), 2835, 2835, 256, 0)
	for i := range 256 {
		b = append(b, byte(i), byte(i), byte(i), 0)
	}
	return append(b, rows...)
}

// photoshop is a grey PSD without layers.
func photoshop(img *image.Paletted) []byte {
	b := []byte("8BPS\x00\x01\x00\x00\x00\x00\x00\x00\x00\x01")
	b = binary.BigEndian.AppendUint32(b, uint32(img.Rect.Dy()))
	b = binary.BigEndian.AppendUint32(b, uint32(img.Rect.Dx()))
	b = append(b, 0, 8, 0, 1) // bits, grey
	b = append(b, make([]byte, 3*4)...)
	b = append(b, 0, 0) // not packed
	return append(b, img.Pix...)
}

// largePhotoshop is the same as a PSB, whose length of the layers has 8 bytes.
func largePhotoshop(img *image.Paletted) []byte {
	data := photoshop(img)
	data[5] = 2
	return slices.Insert(data, 34, 0, 0, 0, 0)
}
