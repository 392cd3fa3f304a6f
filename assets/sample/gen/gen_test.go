package main

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"runtime"
	"testing"

	"golang.org/x/image/tiff"
)

// The archive is committed, so it could drift away from what the generator writes.
func TestArchiveIsWhatTheGeneratorWrites(t *testing.T) {
	if testing.Short() {
		t.Skip("drawing every page takes a while")
	}
	if runtime.GOARCH != "amd64" {
		t.Skip("other processors round otherwise")
	}
	committed, err := os.ReadFile("../sample.zip")
	if err != nil {
		t.Fatal(err)
	}
	items := sampleCase()
	written, err := pack(items)
	if err != nil {
		t.Fatal(err)
	}
	outline, err := sampleOutline(items)
	if err != nil {
		t.Fatal(err)
	}
	if prepared, err := os.ReadFile("../outline.json"); err != nil || !bytes.Equal(prepared, outline) {
		t.Errorf("outline.json is not what the generator writes (%v): run go generate ./assets/...", err)
	}
	if !bytes.Equal(committed, written) {
		t.Fatal("sample.zip is not what the generator writes: run go generate ./assets/... and commit it (another release of Go may compress pictures otherwise)")
	}
	const most = 6 << 20
	if len(committed) > most {
		t.Errorf("the sample case has %d bytes, more than the %d that the program may carry", len(committed), most)
	}
}

func TestIconIsWhatTheGeneratorDraws(t *testing.T) {
	committed, err := os.ReadFile("../../icon.png")
	if err != nil {
		t.Fatal(err)
	}
	got, err := png.Decode(bytes.NewReader(committed))
	if err != nil {
		t.Fatal(err)
	}
	want := appIcon().img
	for y := range want.Rect.Dy() {
		for x := range want.Rect.Dx() {
			a, b := color.NRGBAModel.Convert(want.At(x, y)), color.NRGBAModel.Convert(got.At(x, y))
			if runtime.GOARCH == "amd64" && a != b {
				t.Fatalf("pixel %d,%d is %v, drawn %v: run go generate ./assets/...", x, y, b, a)
			}
		}
	}
}

// Another decoder than ours must read the rows as they were packed.
func TestPackedRowsComeBack(t *testing.T) {
	page := scan(text("thu-giu").sheet("thu-giu", 0, "18", random("test")), nil, random("test"))
	got, err := tiff.Decode(bytes.NewReader(writeTIFF([]*image.Gray{page}, pdfDPI)))
	if err != nil {
		t.Fatal(err)
	}
	if got.Bounds() != page.Bounds() {
		t.Fatalf("page came back as %v, not %v", got.Bounds(), page.Bounds())
	}
	for y := range pageH {
		for x := range pageW {
			red, _, _, _ := got.At(x, y).RGBA()
			if black := page.GrayAt(x, y).Y < 140; black != (red == 0) {
				t.Fatalf("pixel %d,%d: black is %v on the page, %v in the file", x, y, black, !black)
			}
		}
	}
}

func TestPackBitsEdges(t *testing.T) {
	for _, row := range [][]byte{
		{},
		{7},
		{7, 7},
		{1, 2, 3},
		{1, 1, 2, 2, 2},
		bytes.Repeat([]byte{9}, 300),
		append(bytes.Repeat([]byte{1, 2}, 200), 2, 2),
	} {
		if got := unpackBits(packBits(row)); !bytes.Equal(got, row) {
			t.Errorf("%v came back as %v", row, got)
		}
	}
}

func unpackBits(packed []byte) []byte {
	out := []byte{}
	for i := 0; i < len(packed); {
		n := int(int8(packed[i]))
		if n >= 0 {
			out = append(out, packed[i+1:i+2+n]...)
			i += n + 2
			continue
		}
		out = append(out, bytes.Repeat(packed[i+1:i+2], 1-n)...)
		i += 2
	}
	return out
}
