package print_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"butluc/library"
	"butluc/presenter/print"
	"butluc/presenter/render"
	"butluc/presenter/render/rendertest"
)

// court is a frame of colours that are told apart by where they are, on black.
func court(size image.Point) *image.RGBA {
	img := image.NewRGBA(image.Rectangle{Max: size})
	for y := range size.Y {
		for x := range size.X {
			c := color.RGBA{A: 255}
			if x > size.X/4 && x < size.X*3/4 {
				c = color.RGBA{uint8(x * 255 / size.X), uint8(y * 255 / size.Y), uint8(x / 8 % 2 * 200), 255}
			}
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

func frameFile(t *testing.T, name string, frame *image.RGBA) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := print.WriteFrame(&b, name, frame); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAFrameIsWrittenAsItsFilesEndingSays(t *testing.T) {
	for name, want := range map[string]bool{
		"a.png": true, "a.PNG": true, "Bước 1.pdf": true, "a.Pdf": true, "a.jpg": false, "a": false, "png": false, "a.pdf.txt": false, "": false,
	} {
		if got := print.IsFrameFile(name); got != want {
			t.Errorf("%q can be written: %v, want %v", name, got, want)
		}
	}
	frame := court(image.Pt(32, 18))
	for name, begin := range map[string]string{"a.png": "\x89PNG", "a.PNG": "\x89PNG", "a.pdf": "%PDF-", "x/a.PDF": "%PDF-"} {
		if b := frameFile(t, name, frame); !strings.HasPrefix(string(b), begin) {
			t.Errorf("%s begins with %q", name, b[:5])
		}
	}
}

func TestAFrameAsPNGHasItsVeryPixels(t *testing.T) {
	frame := court(image.Pt(321, 181))
	img, err := png.Decode(bytes.NewReader(frameFile(t, "a.png", frame)))
	if err != nil {
		t.Fatal(err)
	}
	if img.Bounds() != frame.Rect {
		t.Fatalf("it is %v, want %v", img.Bounds(), frame.Rect)
	}
	for y := range 181 {
		for x := range 321 {
			if got, want := color.RGBAModel.Convert(img.At(x, y)), frame.RGBAAt(x, y); got != want {
				t.Fatalf("at %d,%d is %v, want %v", x, y, got, want)
			}
		}
	}
}

// A frame as PDF is one page with one picture, of the frame's proportions, and shows its pixels.
func TestAFrameAsPDFIsOnePageThatShowsItsPixels(t *testing.T) {
	for _, size := range []image.Point{{640, 360}, {480, 640}, {321, 181}} {
		frame := court(size)
		path := filepath.Join(t.TempDir(), "frame.pdf")
		if err := os.WriteFile(path, frameFile(t, path, frame), 0o600); err != nil {
			t.Fatal(err)
		}
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		r := rendertest.New(t)
		src := render.Source{
			Root: filepath.Dir(path), Path: filepath.Base(path), Size: info.Size(), ModTime: info.ModTime().UnixNano(), Kind: library.KindPDF,
		}
		facts, err := r.Inspect(context.Background(), src)
		if err != nil || facts.Pages != 1 {
			t.Fatalf("%v: %d pages, %v", size, facts.Pages, err)
		}
		picture, err := r.Render(context.Background(), render.Request{Source: src, Max: size})
		if err != nil {
			t.Fatal(err)
		}
		if got := picture.Image.Rect.Size(); got != size {
			t.Fatalf("%v is shown as %v", size, got)
		}
		if text, err := r.Text(context.Background(), src, 0); err != nil || strings.TrimSpace(text) != "" {
			t.Errorf("%v: it has the text %q, %v", size, text, err)
		}
		const rounding = 4
		for y := range size.Y {
			for x := range size.X {
				got, want := picture.Image.RGBAAt(x, y), frame.RGBAAt(x, y)
				for _, d := range []int{int(got.R) - int(want.R), int(got.G) - int(want.G), int(got.B) - int(want.B)} {
					if d < -rounding || d > rounding {
						t.Fatalf("%v: at %d,%d is %v, want %v", size, x, y, got, want)
					}
				}
			}
		}
	}
}

// Nothing is in the PDF but the page, its picture, and which program made it: no text, font, layer, file or name.
func TestAFrameAsPDFHasNoOtherObjects(t *testing.T) {
	b := frameFile(t, "Bị cáo Bùi Quang Khải.pdf", court(image.Pt(64, 36)))
	// Empty lists of fonts and of files within are written in any case.
	bare := bytes.ReplaceAll(b, []byte("/Font <<\n>>"), nil)
	bare = bytes.ReplaceAll(bare, []byte("/Names <<\n/EmbeddedFiles << /Names [\n  \n] >>\n>>"), nil)
	for _, unwanted := range []string{
		"/Font ", "/OCG", "/Annot", "/EmbeddedFile", "/Metadata", "/Title", "/Author", "/Subject", "/Keywords", "/JavaScript", "/AcroForm", "/Outlines", "/Names", "/SMask",
	} {
		if bytes.Contains(bare, []byte(unwanted)) {
			t.Errorf("the PDF has %q", unwanted)
		}
	}
	counts := map[string]int{"/Subtype /Image": 1, "endstream": 2, "/Type /Page\n": 1, "/Type /Catalog": 1}
	for what, want := range counts {
		if got := bytes.Count(b, []byte(what)); got != want {
			t.Errorf("%q is in it %d times, want %d", what, got, want)
		}
	}
	objects := len(regexp.MustCompile(`(?m)^\d+ 0 obj`).FindAll(b, -1))
	if want := 7; objects != want { // catalog, pages, page, its content, resources, picture, information
		t.Errorf("it has %d objects, want %d", objects, want)
	}
}

var errFull = errors.New("disk full")

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errFull }

func TestAFrameThatCannotBeWrittenSaysSo(t *testing.T) {
	for _, name := range []string{"a.png", "a.pdf"} {
		if err := print.WriteFrame(full{}, name, court(image.Pt(64, 36))); !errors.Is(err, errFull) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
