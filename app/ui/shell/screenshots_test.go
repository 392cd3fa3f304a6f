//go:build screenshots

package shell

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"butluc/app/console"
	"butluc/app/console/consoletest"
	"butluc/app/console/court"
	"butluc/app/keys"
	"butluc/assets"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/eventually"
)

// fullScreen is a court screen of a projector's size.
type fullScreen struct{ consoletest.Screen }

// Size is that of most projectors.
func (*fullScreen) Size() image.Point { return image.Pt(1920, 1080) }

// Show takes any frame.
func (*fullScreen) Show(*image.RGBA) error { return nil }

// newPictured is the window on the sample case, with its outline.
func newPictured(t *testing.T) *testConsole {
	t.Helper()
	w := &testConsole{t: t, loop: consoletest.NewLoop(t)}
	w.window = newWindow(test.NewTempApp(t), "")
	w.leaving.post = w.loop.Post
	w.session = console.New(console.Options{
		Post: w.leaving.Post, NewRenderer: consoletest.NewRenderer, OpenCase: consoletest.Opener(t, nil), Shelf: consoletest.Settings(t),
		Court: court.Options{Screen: &fullScreen{}, Console: func() (x, y, w, h int, err error) { return 0, 0, 1280, 720, nil }},
	})
	t.Cleanup(func() { _ = w.session.Close() })
	w.build()
	w.session.Open(consoletest.SampleCase(t))
	w.loop.UntilRead(func() (casefile.Snapshot, bool) { return w.session.Dossier.Snapshot() })
	o, err := library.DecodeOutline(assets.SampleOutline())
	if err != nil {
		t.Fatal(err)
	}
	w.session.Edits.Edit(w.session.Dossier.Outline().ReplaceWith(o))
	w.pump()
	return w
}

// settle waits until nothing on the window changes any more.
func (w *testConsole) settle() image.Image {
	const looks = 250 // at what is posted, about a millisecond each
	before := w.capture()
	for range 5 { // a clock goes on
		n := 0
		eventually.So(w.t, "a while to pass", func() bool {
			w.pump()
			n++
			return n > looks
		})
		now := w.capture()
		if bytes.Equal(pixels(before), pixels(now)) {
			return now
		}
		before = now
	}
	return before
}

// capture draws the window. What has no colour is clear to OpenGL; the toolkit's painter without a screen wants to be told.
func (w *testConsole) capture() image.Image {
	var clear func(o fyne.CanvasObject)
	clear = func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *canvas.Rectangle:
			if o.FillColor == nil {
				o.FillColor = color.Transparent
			}
		case *fyne.Container:
			for _, inside := range o.Objects {
				clear(inside)
			}
		case fyne.Widget:
			for _, inside := range test.WidgetRenderer(o).Objects() {
				clear(inside)
			}
		}
	}
	clear(w.win.Content())
	return w.win.Canvas().Capture()
}

func pixels(i image.Image) []byte {
	switch i := i.(type) {
	case *image.NRGBA:
		return i.Pix
	case *image.RGBA:
		return i.Pix
	}
	return nil
}

// TestScreenshots writes pictures of the rooms on the laptops of the field, in both languages and looks, into the folder that
// BUTLUC_SCREENSHOTS names. They are drawn without a screen.
func TestScreenshots(t *testing.T) {
	dir := os.Getenv("BUTLUC_SCREENSHOTS")
	if dir == "" {
		t.Fatal("BUTLUC_SCREENSHOTS names no folder")
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	scenes := []struct {
		name string
		set  func(*testConsole)
	}{
		{"shelf", func(w *testConsole) { w.enter(keys.Shelf) }},
		{"prepare", func(w *testConsole) {
			w.enter(keys.Prepare)
			w.lookAt("38")
		}},
		{"ready", func(w *testConsole) { w.enter(keys.Trial) }},
		{"trial", func(w *testConsole) {
			w.enter(keys.Trial)
			if !w.session.Stage.Running() {
				w.session.Hearing.Rehearse(true)
				w.do(keys.Start)
				w.do(keys.Take)
				w.do(keys.Next)
				w.do(keys.Next)
			}
			w.until("the court's page", func() bool { return w.session.Stage.State().Stands })
		}},
	}
	const bars = 80 // the system's title and task bar, in units
	w := newPictured(t)
	for _, scene := range scenes {
		for _, language := range []string{"vi", "en"} {
			for _, look := range []string{"dark", "light"} {
				w.dress(language, look)
				scene.set(w)
				for _, s := range []struct {
					w, h, scale float32
				}{{1366, 768, 1}, {1366, 768, 1.25}, {1366, 768, 1.5}, {1920, 1080, 1}, {1920, 1080, 1.5}, {1920, 1080, 2}, {1024, 768, 1}} {
					w.win.Canvas().(test.WindowlessCanvas).SetScale(s.scale)
					w.win.Resize(fyne.NewSize(s.w/s.scale, s.h/s.scale-bars))
					name := fmt.Sprintf("%s-%vx%v-%v-%s-%s.png", scene.name, s.w, s.h, s.scale*100, look, language)
					var b bytes.Buffer
					if err := png.Encode(&b, w.settle()); err != nil {
						t.Fatal(err)
					}
					if err := os.WriteFile(filepath.Join(dir, name), b.Bytes(), 0o644); err != nil {
						t.Fatal(err)
					}
				}
			}
		}
	}
}

// lookAt looks at the page with a folio.
func (w *testConsole) lookAt(folio string) {
	if pages := w.session.Dossier.Outline().Call(folio, w.session.Dossier.Index()); len(pages) > 0 {
		w.session.Study.Select(pages[0])
	}
}

// dress draws the window in a language and a look.
func (w *testConsole) dress(language, look string) {
	settings := w.session.Settings.Shelf().Settings()
	settings.Language, settings.Theme = language, look
	if err := w.session.Settings.Shelf().SetSettings(settings); err != nil {
		w.t.Fatal(err)
	}
	w.redraw()
}
