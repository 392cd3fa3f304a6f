package trial

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"butluc/app/console"
	"butluc/app/console/consoletest"
	"butluc/app/console/court"
	"butluc/app/keys"
	"butluc/app/ui/widgets"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/presenter/render"
)

func TestMain(m *testing.M) { consoletest.Main(m) }

// opened is the room over the sample case, without a court screen. What is posted is done by pump.
type opened struct {
	*Room
	t    testing.TB
	loop *consoletest.Loop
	win  fyne.Window
}

func openRoom(t testing.TB) *opened {
	t.Helper()
	h := &opened{t: t, loop: consoletest.NewLoop(t)}
	s := console.New(console.Options{
		Post: h.loop.Post, NewRenderer: consoletest.NewRenderer, OpenCase: consoletest.Opener(t, nil),
		Rendition: func(library.Case, library.File) render.Source { return render.Source{} },
		Court:     court.Options{Console: func() (x, y, w, h int, err error) { return 0, 0, 1280, 720, nil }},
		Shelf:     consoletest.Settings(t),
	})
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	s.Open(consoletest.SampleCase(t))
	h.loop.UntilRead(func() (casefile.Snapshot, bool) { return s.Dossier.Snapshot() })
	test.NewTempApp(t)
	h.win = test.NewTempWindow(t, nil)
	h.win.SetPadded(false)
	h.Room = New(s, &Clock{}, h.act, func(fyne.Focusable) {}, nil, widgets.Space(1, 1))
	h.win.SetContent(h.Content())
	h.win.Resize(fyne.NewSize(1366, 768))
	return h
}

func (h *opened) pump() { h.loop.Pump() }

// act does an action as the window around the room does.
func (h *opened) act(a keys.Action) {
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
func (h *opened) press(actions ...keys.Action) {
	for _, a := range actions {
		h.act(a)
		h.pump()
	}
}

// A trial that begins without a projector says that there is no court screen, and not that it is black, and offers
// there to go on on a single one.
func TestATrialWithoutAProjectorSaysSo(t *testing.T) {
	h := openRoom(t)
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
	if h.s.Court.Mode() != court.ModeSingle || h.absent.content.Visible() {
		t.Errorf("mode %v, offered still: %v", h.s.Court.Mode(), h.absent.content.Visible())
	}
	if text := h.views.program.Empty; text != h.Room.s.T("lamp-single.gone") {
		t.Errorf("on a single screen stands %q", text)
	}
}
