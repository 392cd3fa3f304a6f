package trial

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"butluc/app/console"
	"butluc/app/i18n"
	"butluc/app/keys"
	"butluc/assets"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/intake"
	"butluc/library/shelf"
	"butluc/presenter/render"
	"butluc/presenter/render/worker"
)

// TestMain runs this binary as a render worker where it is asked to.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == "render-worker" {
		if err := worker.Main(os.Stdin, os.Stdout); err != nil {
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// onePage counts one page in every file.
type onePage struct{}

func (onePage) Inspect(context.Context, library.File) (intake.Facts, error) {
	return intake.Facts{Pages: 1}, nil
}

// hearing is the room over the sample case, without a court screen. What is posted is done by pump.
type hearing struct {
	*Room
	t     testing.TB
	posts chan func()
}

func newHearing(t testing.TB) *hearing {
	t.Helper()
	i18n.Use("vi")
	h := &hearing{t: t, posts: make(chan func(), 1<<16)}
	cases, err := shelf.Load(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	dir, data := filepath.Join(t.TempDir(), "Vụ án"), t.TempDir()
	if err := assets.WriteSample(dir); err != nil {
		t.Fatal(err)
	}
	s := console.New(console.Options{
		Post: func(f func()) { h.posts <- f },
		NewRenderer: func(done func(render.Request, *render.Picture, error)) *render.Renderer {
			return render.New(render.Options{OnDone: done, CacheBytes: 16 << 20})
		},
		OpenCase: func(ctx context.Context, dir string, _ *render.Renderer, notify func()) (*casefile.Case, error) {
			return casefile.Open(ctx, dir, casefile.Options{Inspector: onePage{}, NoWatch: true, Eager: true, NoHash: true, Notify: notify, DataDir: data})
		},
		Rendition: func(library.Case, library.File) render.Source { return render.Source{} },
		Console:   func() (x, y, w, h int, err error) { return 0, 0, 1280, 720, nil },
		Shelf:     cases,
	})
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	s.Open(dir)
	h.until("the case to be read", func() bool {
		snapshot, ok := s.Dossier.Snapshot()
		return ok && !snapshot.Reading && snapshot.Progress.Total > 0
	})
	test.NewTempApp(t)
	win := test.NewTempWindow(t, nil)
	h.Room = New(s, &Clock{}, h.act, func(fyne.Focusable) {}, nil)
	win.SetContent(h.Content())
	win.Resize(fyne.NewSize(1366, 768))
	return h
}

func (h *hearing) pump() {
	for {
		select {
		case f := <-h.posts:
			f()
		default:
			return
		}
	}
}

func (h *hearing) until(what string, so func() bool) {
	h.t.Helper()
	limit := time.After(60 * time.Second)
	for !so() {
		select {
		case f := <-h.posts:
			f()
		case <-limit:
			h.t.Fatalf("waited in vain for %s", what)
		}
	}
	h.pump()
}

// act does an action as the window around the room does.
func (h *hearing) act(a keys.Action) {
	switch keys.OwnerIn(keys.Trial, a) {
	case keys.OfWindow:
		h.s.Start(a == keys.StartHere)
	case keys.OfCourt:
		h.s.Act(a)
	default:
		h.Do(a)
	}
}

// press does actions, each seen before the next.
func (h *hearing) press(actions ...keys.Action) {
	for _, a := range actions {
		h.act(a)
		h.pump()
	}
}

// A trial that begins without a projector says that there is no court screen, and not that it is black, and offers
// there to go on on a single one.
func TestATrialWithoutAProjectorSaysSo(t *testing.T) {
	h := newHearing(t)
	h.press(keys.Start)
	if text := h.views.program.Empty; text != "Chưa có màn hình tòa" {
		t.Errorf("in the place of what the court sees stands %q", text)
	}
	if !h.absent.content.Visible() || h.absent.mode.Label != "Một màn hình" {
		t.Fatalf("offered is %q, to be seen: %v", h.absent.mode.Label, h.absent.content.Visible())
	}
	h.press(keys.Next)
	if text := h.views.program.Empty; text != "Chưa có màn hình tòa" {
		t.Errorf("after a step stands %q", text)
	}
	test.Tap(h.absent.mode)
	h.pump()
	if h.s.Court.Mode() != console.ModeSingle || h.absent.content.Visible() {
		t.Errorf("mode %v, offered still: %v", h.s.Court.Mode(), h.absent.content.Visible())
	}
	if text := h.views.program.Empty; text != i18n.T("lamp-single.gone") {
		t.Errorf("on a single screen stands %q", text)
	}
}
