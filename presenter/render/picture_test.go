//go:build unix

package render_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/disintegration/imaging"

	"butluc/library"
	"butluc/presenter/render"
)

// apart is the share of pixels that differ by more than 32 in a channel, 1 when sizes differ.
func apart(a, b image.Image) float64 {
	ra, rb := toRGBA(a), toRGBA(b)
	if ra.Rect != rb.Rect {
		return 1
	}
	off := 0
	for i := 0; i < len(ra.Pix); i += 4 {
		for c := range 3 {
			if d := int(ra.Pix[i+c]) - int(rb.Pix[i+c]); d > 32 || d < -32 {
				off++
				break
			}
		}
	}
	return float64(off) / float64(len(ra.Pix)/4)
}

func toRGBA(m image.Image) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, m.Bounds().Dx(), m.Bounds().Dy()))
	draw.Draw(out, out.Rect, m, m.Bounds().Min, draw.Src)
	return out
}

func mustRender(t testing.TB, r *render.Renderer, req render.Request) *render.Picture {
	t.Helper()
	pic, err := r.Render(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	return pic
}

// Annotations, stamps, signatures and form fields are evidence too: what a viewer shows, the court
// must see. mutool draws them. (Colour by ICC profiles is not compared: Debian's mutool has none.)
func TestDrawsLikeMutool(t *testing.T) {
	needCorpus(t)
	mutool, err := exec.LookPath("mutool")
	if err != nil {
		t.Skip("mutool, to compare with, is not installed")
	}
	files, _ := filepath.Glob(corpus + "/pdf/annotation-*.pdf")
	for _, name := range []string{"signed_verified.pdf", "bug1947248_forms.pdf", "find_all.pdf", "dates_save.pdf", "bug1020858.pdf"} {
		files = append(files, filepath.Join(corpus, "pdf", name))
	}
	r := open(t, render.Options{})
	for _, file := range files {
		if _, err := os.Stat(file); err != nil {
			t.Logf("%s is not in the corpus", file)
			continue
		}
		out := filepath.Join(t.TempDir(), "page.png")
		if msg, err := exec.Command(mutool, "draw", "-q", "-r", "108", "-o", out, file, "1").CombinedOutput(); err != nil {
			t.Fatalf("mutool %s: %v %s", file, err, msg)
		}
		raw, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		want, err := png.Decode(bytes.NewReader(raw))
		if err != nil {
			t.Fatal(err)
		}
		got := mustRender(t, r, render.Request{Source: sourceOf(t, file, library.KindPDF), Max: want.Bounds().Size()})
		if off := apart(got.Image, want); off > 0.02 {
			t.Errorf("%s: %.2f %% of the pixels differ from mutool's (%v, %v)", filepath.Base(file), off*100, got.Image.Rect, want.Bounds())
		} else {
			t.Logf("%s: %.3f %%", filepath.Base(file), off*100)
		}
	}
}

// One photograph stored in all eight EXIF orientations comes out upright.
func TestPhotographsComeOutUpright(t *testing.T) {
	needCorpus(t)
	r := open(t, render.Options{})
	for _, set := range []string{"Landscape", "Portrait"} {
		var first *render.Picture
		for i := range 9 {
			file := filepath.Join(corpus, "exif", fmt.Sprintf("%s_%d.jpg", set, i))
			pic := mustRender(t, r, render.Request{Source: sourceOf(t, file, library.KindJPEG), Max: image.Pt(300, 300)})
			if first == nil {
				first = pic
				continue
			}
			if off := apart(pic.Image, first.Image); off > 0.02 {
				t.Errorf("%s: %.1f %% of the pixels differ from the first (%v, %v)", file, off*100, pic.Image.Rect, first.Image.Rect)
			}
		}
	}
}

// marked is a picture whose quarters tell where they are.
func marked(w, h int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{A: 255}
			if x < w/2 {
				c.R = 200
			}
			if y < h/2 {
				c.G = 200
			}
			if x < w/4 && y < h/4 {
				c.B = 200
			}
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

// The view lies on the page once turned.
func TestTurnAndView(t *testing.T) {
	img := marked(400, 200)
	var asPNG bytes.Buffer
	if err := png.Encode(&asPNG, img); err != nil {
		t.Fatal(err)
	}
	r := open(t, render.Options{})
	src := sourceOf(t, write(t, "a.png", asPNG.Bytes()), library.KindPNG)
	turned := []image.Image{img, imaging.Rotate270(img), imaging.Rotate180(img), imaging.Rotate90(img)}
	views := []library.Rect{{}, {X0: 0.25, Y0: 0, X1: 1, Y1: 0.5}, {X0: 0.5, Y0: 0.25, X1: 0.75, Y1: 1}}
	for turn, whole := range turned {
		for _, view := range views {
			v, b := view.Or(), whole.Bounds()
			want := imaging.Crop(whole, image.Rect(int(v.X0*float64(b.Dx())), int(v.Y0*float64(b.Dy())),
				int(v.X1*float64(b.Dx())), int(v.Y1*float64(b.Dy()))))
			got := mustRender(t, r, render.Request{Source: src, View: view, Turn: library.Turn(turn), Max: want.Bounds().Size()})
			if off := apart(got.Image, want); off > 0.04 {
				t.Errorf("turn %d, view %v: %.0f %% of the pixels are off", turn, view, off*100)
			}
		}
	}
}

// A scan is decoded as large as it is needed, and in the part that is needed. What was decoded for another
// picture must not get into this one: the court, show and the journal would differ by what was looked at.
func TestAPictureDoesNotDependOnWhatWasDrawnBefore(t *testing.T) {
	src := sourceOf(t, write(t, "scan.pdf", scanPDF(scanJPEG(1240, 1754))), library.KindPDF)
	part := render.Request{Source: src, View: library.Rect{X0: 0.16, Y0: 0.52, X1: 0.92, Y1: 0.72}, Max: image.Pt(880, 480)}
	want := mustRender(t, open(t, render.Options{}), part)
	for name, before := range map[string]image.Point{"as thumbnail": image.Pt(90, 120), "as large as the screen": image.Pt(960, 1080), "larger": image.Pt(3000, 3000)} {
		t.Run(name, func(t *testing.T) {
			r := open(t, render.Options{})
			for range 2 { // once by each worker
				mustRender(t, r, render.Request{Source: src, Max: before})
				before.X++
			}
			if got := mustRender(t, r, part); !bytes.Equal(got.Image.Pix, want.Image.Pix) {
				t.Errorf("%.1f %% of the pixels are others", 100*apart(got.Image, want.Image))
			}
		})
	}
}

// Promise 11: a picture that lost its end is marked, alone or in a PDF, at every size, every time.
func TestCutJPEGIsIncomplete(t *testing.T) {
	whole := scanJPEG(1240, 1754)
	cut := whole[:len(whole)*45/100]
	bad := bytes.Clone(whole) // damaged in its middle, with its end in place
	for i := len(bad) / 2; i < len(bad)/2+2000; i++ {
		bad[i] = byte(i * 7)
	}
	r := open(t, render.Options{})
	for _, c := range []struct {
		name string
		data []byte
		kind library.Kind
		want bool
	}{
		{"whole.jpg", whole, library.KindJPEG, false},
		{"whole.pdf", scanPDF(whole), library.KindPDF, false},
		{"cut.jpg", cut, library.KindJPEG, true},
		{"cut.pdf", scanPDF(cut), library.KindPDF, true},
		{"cut with end marker.jpg", append(bytes.Clone(cut), 0xff, 0xd9), library.KindJPEG, true},
		{"damaged.jpg", bad, library.KindJPEG, true},
		{"damaged.pdf", scanPDF(bad), library.KindPDF, true},
		{"bytes after the end.jpg", append(bytes.Clone(whole), make([]byte, 3000)...), library.KindJPEG, false},
	} {
		src := sourceOf(t, write(t, c.name, c.data), c.kind)
		for _, height := range []int{1080, 128, 1754, 20, 1081} {
			pic := mustRender(t, r, render.Request{Source: src, Max: image.Pt(4000, height)})
			if pic.Incomplete != c.want {
				t.Errorf("%s at %d rows: incomplete %v, want %v (%q)", c.name, height, pic.Incomplete, c.want, pic.Warnings)
			}
		}
	}
}

// A scan that is shrunk must stay readable: grey where thin strokes were, not strokes left out.
func TestShrinksSmoothly(t *testing.T) {
	img := image.NewGray(image.Rect(0, 0, 2000, 2000))
	for i := range img.Pix {
		img.Pix[i] = 255
		if i%2000%4 == 0 { // one column in four is black: nearest neighbour would give stripes
			img.Pix[i] = 0
		}
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: 95}); err != nil {
		t.Fatal(err)
	}
	r := open(t, render.Options{})
	src := sourceOf(t, write(t, "lines.pdf", scanPDF(b.Bytes())), library.KindPDF)
	pic := mustRender(t, r, render.Request{Source: src, Max: image.Pt(420, 420)})
	for x := 20; x < pic.Image.Rect.Dx()-20; x++ {
		if v := pic.Image.RGBAAt(x, 200).R; v < 150 || v > 230 {
			t.Fatalf("column %d is %d, want an even grey of about 191", x, v)
		}
	}
}
