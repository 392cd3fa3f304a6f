//go:build cgo

package worker

import (
	"bytes"
	"image"
	"image/color"
	"testing"

	"codeberg.org/go-pdf/fpdf"
	"github.com/disintegration/imaging"

	"butluc/library"
)

// The day go-fitz changes its fields or its MuPDF, this must fail before anybody's evidence does.
func TestGoFitzIsTheOneWeReachInto(t *testing.T) {
	if !sameMuPDF() {
		t.Fatal("the MuPDF that go-fitz links is not 1.28.0: compare mupdf.h and mupdf.c with its headers, then raise the version")
	}
	pdf := fpdf.New("P", "mm", "A4", "")
	pdf.AddPage()
	var b bytes.Buffer
	if err := pdf.Output(&b); err != nil {
		t.Fatal(err)
	}
	p, _, err := openPaper(b.Bytes(), nil)
	if err != nil {
		t.Fatalf("reach into fitz.Document: %v", err)
	}
	defer p.close()
	silence()
	d, err := p.draw(0, 1, library.WholePage, 0, image.Pt(100, 100))
	if err != nil {
		t.Fatal(err)
	}
	defer d.free()
	if p.pages != 1 || d.size != image.Pt(71, 100) || d.pixels[0] != 255 {
		t.Errorf("pages %d, size %v, first byte %d", p.pages, d.size, d.pixels[0])
	}
}

// Turn and view of a picture that Go decodes are those of a page that MuPDF draws: the view lies
// on the page once turned.
func TestDrawPhotoTurnsThenViews(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 400, 200))
	for y := range 200 {
		for x := range 400 {
			img.SetNRGBA(x, y, color.NRGBA{R: uint8(x / 100 * 80), G: uint8(y / 50 * 80), A: 255})
		}
	}
	for turn, whole := range []image.Image{img, imaging.Rotate270(img), imaging.Rotate180(img), imaging.Rotate90(img)} {
		for _, v := range []library.Rect{library.WholePage, {X0: 0.25, Y0: 0, X1: 1, Y1: 0.5}, {X0: 0.5, Y0: 0.25, X1: 0.75, Y1: 1}} {
			w, h := float64(whole.Bounds().Dx()), float64(whole.Bounds().Dy())
			want := imaging.Crop(whole, image.Rect(int(v.X0*w), int(v.Y0*h), int(v.X1*w), int(v.Y1*h)))
			got, err := drawPhoto(img, v, library.Turn(turn), want.Rect.Size())
			if err != nil {
				t.Fatal(err)
			}
			if got.Rect != want.Rect || !bytes.Equal(got.Pix, want.Pix) {
				t.Errorf("turn %d, view %v: not the same picture (%v, %v)", turn, v, got.Rect, want.Rect)
			}
		}
	}
}

func TestFit(t *testing.T) {
	half := library.Rect{X0: 0, Y0: 0, X1: 1, Y1: 0.5}
	for _, c := range []struct {
		w, h float64
		view library.Rect
		turn library.Turn
		box  image.Point
		want image.Point
	}{
		{210, 297, library.WholePage, 0, image.Pt(1920, 1080), image.Pt(764, 1080)},
		{210, 297, library.WholePage, 1, image.Pt(1920, 1080), image.Pt(1527, 1080)},
		{210, 297, half, 0, image.Pt(1920, 1080), image.Pt(1527, 1080)},
		{10000, 1, library.WholePage, 0, image.Pt(100, 100), image.Pt(100, 1)},
		{1, 1e9, library.WholePage, 2, image.Pt(100, 100), image.Pt(1, 100)},
	} {
		if got, err := fit(c.w, c.h, c.view, c.turn, c.box); err != nil || got != c.want {
			t.Errorf("fit %v×%v view %v turn %d: %v %v, want %v", c.w, c.h, c.view, c.turn, got, err, c.want)
		}
	}
	if _, err := fit(0, 10, library.WholePage, 0, image.Pt(1, 1)); err == nil {
		t.Error("a page without width has a size")
	}
}

func TestWhichNotesMeanLoss(t *testing.T) {
	for note, want := range map[string]bool{
		"Wpremature end of file in jpeg":                                            true,
		"JCorrupt JPEG data: bad Huffman code":                                      true,
		"JCorrupt JPEG data: premature end of data segment":                         true,
		"JCorrupt JPEG data: 12 extraneous bytes before marker":                     false,
		"Wpadding truncated image":                                                  true,
		"Wread error; treating as end of file":                                      true,
		"WPDF stream Length incorrect":                                              false,
		"Esyntax error: cannot find builtin CJK font":                               true,
		"Wignoring embedded ICC profile in JPEG":                                    false,
		"Wlimiting bits per component to 16 in TIFF image":                          false,
		"Winvalid character in hex string":                                          false,
		"Wcontent stream is not a stream (14 0 R)":                                  true,
		"Wignored error when loading embedded font; attempting to load system font": true,
		"EFT_Load_Glyph(F1,2,FT_LOAD_NO_HINTING): invalid composite glyph":          true,
		"Wnon-embedded font using identity encoding: Arial-Blac":                    false,
	} {
		if got := lost([]string{note}); got != want {
			t.Errorf("%q: lost %v, want %v", note, got, want)
		}
	}
}
