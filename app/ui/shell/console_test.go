package shell

import (
	"context"
	"image"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"butluc/app/console"
	"butluc/app/i18n"
	"butluc/app/keys"
	"butluc/app/ui/widgets"
	"butluc/assets"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/intake"
	"butluc/library/shelf"
	"butluc/presenter/display"
	"butluc/presenter/render"
	"butluc/presenter/render/worker"
)

// TestMain runs this binary as a render worker where it is asked to.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == "render-worker" {
		if worker.Main(os.Stdin, os.Stdout) != nil {
			os.Exit(1)
		}
		return
	}
	widgets.Do = func(func()) {} // no picture of the console is waited for
	i18n.Use("vi")
	os.Exit(m.Run())
}

// courtScreen is a court screen that takes everything.
type courtScreen struct{}

func (courtScreen) Show(*image.RGBA) error { return nil }
func (courtScreen) Black() error           { return nil }
func (courtScreen) Hide()                  {}
func (courtScreen) Size() image.Point      { return image.Pt(320, 180) }

// inspector counts a file's pages through the renderer.
type inspector struct {
	r    *render.Renderer
	root string
}

func (i inspector) Inspect(ctx context.Context, f library.File) (intake.Facts, error) {
	facts, err := i.r.Inspect(ctx, render.Source{Root: i.root, Path: f.Path, Size: f.Size, ModTime: f.ModTime.UnixNano(), Kind: f.Kind})
	return intake.Facts{Pages: facts.Pages}, err
}

// testConsole is the whole window in the toolkit's test driver, with the sample case and an outline of three steps.
type testConsole struct {
	*window
	t     testing.TB
	posts chan func()
}

func newConsole(t testing.TB) *testConsole {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "Vụ án mẫu")
	if err := assets.WriteSample(dir); err != nil {
		t.Fatal(err)
	}
	cases, err := shelf.Load(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	w := &testConsole{t: t, posts: make(chan func(), 1<<16)}
	post, data := func(f func()) { w.posts <- f }, t.TempDir()
	w.window = newWindow(test.NewTempApp(t), "")
	w.leaving.post = post
	w.session = console.New(console.Options{
		Post: w.leaving.Post,
		NewRenderer: func(done func(render.Request, *render.Picture, error)) *render.Renderer {
			return render.New(render.Options{OnDone: done, CacheBytes: 16 << 20})
		},
		OpenCase: func(ctx context.Context, dir string, r *render.Renderer, notify func()) (*casefile.Case, error) {
			return casefile.Open(ctx, dir, casefile.Options{Inspector: inspector{r, dir}, NoWatch: true, Eager: true, NoHash: true, Notify: notify, DataDir: data})
		},
		Shelf: cases, Screen: courtScreen{},
		Console: func() (x, y, w, h int, err error) { return 0, 0, 1280, 720, nil },
	})
	t.Cleanup(func() {
		if err := w.session.Close(); err != nil {
			t.Error(err)
		}
	})
	w.build()
	w.session.Open(dir)
	w.until("the case to be read", func() bool {
		snapshot, ok := w.session.Dossier.Snapshot()
		return ok && !snapshot.Reading && snapshot.Progress.Total > 0
	})
	pages := w.session.Dossier.Pages()
	w.session.Edits.Edit(w.session.Dossier.Outline().AddPhase(library.Phase{ID: "p", Title: "Xét hỏi"}, library.Place{}))
	w.session.Edits.Edit(w.session.Dossier.Outline().AddScenario(library.Scenario{ID: "a", Title: "Không nhận tội", Digit: 1}, library.Place{Parent: "p"}))
	for i := range 3 {
		w.session.Edits.Edit(w.session.Dossier.Outline().AddSteps(library.Place{Parent: "a"}, library.Step{ID: library.NewID(), Shot: library.ShotOf(pages[i])}))
	}
	w.pump()
	return w
}

// pump does what was posted so far.
func (w *testConsole) pump() {
	for {
		select {
		case f := <-w.posts:
			f()
		default:
			return
		}
	}
}

// until does what is posted until something is so.
func (w *testConsole) until(what string, so func() bool) {
	w.t.Helper()
	for late := time.After(time.Minute); ; {
		w.pump()
		if so() {
			return
		}
		select {
		case f := <-w.posts:
			f()
		case <-late:
			w.t.Fatalf("waited in vain for %s", what)
		}
	}
}

// start begins a trial and shows the court the first page.
func (w *testConsole) start() {
	w.t.Helper()
	w.session.Hearing.Rehearse(true)
	w.do(keys.Start)
	w.do(keys.Take)
	w.until("the first page", func() bool { return w.session.Stage.State().Stands })
}

// hands are the two windows that a person may press keys in.
var hands = map[string]func(*testConsole, display.KeyEvent){
	"the console": func(w *testConsole, e display.KeyEvent) {
		if w.keyboard.consoleKey(e) {
			return
		}
		w.toolkit(e)
	},
	"the court window": func(w *testConsole, e display.KeyEvent) { w.keyboard.courtKey(e) },
}

// toolkit does with a key or a character what the toolkit's own driver does.
func (w *testConsole) toolkit(e display.KeyEvent) {
	c := w.win.Canvas()
	focused, name := c.Focused(), &fyne.KeyEvent{Name: fyne.KeyName(e.Name)}
	switch {
	case e.Mods&(display.Ctrl|display.Alt) != 0:
	case e.Rune != 0 && focused != nil:
		focused.TypedRune(e.Rune)
	case e.Rune != 0 && c.OnTypedRune() != nil:
		c.OnTypedRune()(e.Rune)
	case e.Rune == 0 && focused != nil:
		focused.TypedKey(name)
	case e.Rune == 0 && c.OnTypedKey() != nil:
		c.OnTypedKey()(name)
	}
}

// event is the key event of a chord.
func event(c keys.Chord) display.KeyEvent {
	e := display.KeyEvent{Name: c.Key}
	for theirs, ours := range map[display.Mods]keys.Mods{display.Shift: keys.Shift, display.Ctrl: keys.Ctrl, display.Alt: keys.Alt} {
		if c.Mods&ours != 0 {
			e.Mods |= theirs
		}
	}
	return e
}
