package prepare

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"butluc/app/console"
	"butluc/app/console/clips"
	"butluc/app/console/consoletest"
	"butluc/app/console/court"
	"butluc/app/keys"
	"butluc/app/ui/widgets"
	"butluc/assets"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/intake"
	"butluc/presenter/clip"
	"butluc/presenter/clip/cliptest"
)

func TestMain(m *testing.M) {
	consoletest.Main(m)
}

// lengthless takes the length of one film away.
type lengthless struct{ consoletest.Inspector }

func (i lengthless) Inspect(ctx context.Context, f library.File) (intake.Facts, error) {
	facts, err := i.Inspector.Inspect(ctx, f)
	if f.Path == lost {
		facts.Duration = 0
	}
	return facts, err
}

// harness is the room over a case with recordings. What is posted is done by pump, as the window's goroutine would.
type harness struct {
	*Room
	t     testing.TB
	court *consoletest.Screen
	loop  *consoletest.Loop
	win   fyne.Window
	into  string // the folder that is chosen whenever one is asked for
	file  string // the file, "" for none
}

func (h *harness) ChooseFolder(_, _ string, chosen func(string)) { chosen(h.into) }

func (h *harness) ChooseFile(_ string, _ []string, chosen func(string)) {
	if h.file != "" {
		chosen(h.file)
	}
}

func (*harness) ChooseSave(_, _, _ string, _ func(string)) {}

func newHarness(t testing.TB) *harness {
	t.Helper()
	cliptest.Need(t)
	h := newHarnessOver(t, writeCase(t))
	o := h.s.Dossier.Outline()
	h.edit(o.AddPhase(library.Phase{ID: "p", Title: "Xét hỏi"}, library.Place{}))
	h.edit(h.s.Dossier.Outline().AddScenario(library.Scenario{ID: "a", Title: "Không nhận tội"}, library.Place{Parent: "p"}))
	h.look(film, 0)
	return h
}

// newHarnessOver is the room over a case folder.
func newHarnessOver(t testing.TB, dir string) *harness {
	t.Helper()
	h := &harness{t: t, court: &consoletest.Screen{}, loop: consoletest.NewLoop(t)}
	s := console.New(console.Options{
		Post: h.loop.Post, NewRenderer: consoletest.NewRenderer,
		NewPlayer: func(report func(clip.Report)) clips.Player { return clip.New(clip.Options{Report: report}) },
		OpenCase: consoletest.Opener(t, func(o *casefile.Options) {
			o.Inspector = lengthless{o.Inspector.(consoletest.Inspector)}
		}),
		Shelf: consoletest.Settings(t), Court: court.Options{Screen: h.court},
	})
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	s.Open(dir)
	h.loop.UntilRead(func() (casefile.Snapshot, bool) { return s.Dossier.Snapshot() })
	test.NewTempApp(t)
	h.win = test.NewTempWindow(t, nil)
	focus := func(f fyne.Focusable) {
		if f == nil {
			h.win.Canvas().Unfocus()
			return
		}
		h.win.Canvas().Focus(f)
	}
	h.Room = New(s, func(a keys.Action) { h.Do(a) }, focus, h)
	h.win.SetContent(h.Content())
	h.win.Resize(fyne.NewSize(1366, 768))
	return h
}

// writeCase writes the case folder.
func writeCase(t testing.TB) string {
	t.Helper()
	dir, sample := filepath.Join(t.TempDir(), "Vụ án"), filepath.Join(t.TempDir(), "mẫu")
	if err := assets.WriteSample(sample); err != nil {
		t.Fatal(err)
	}
	pdfs, err := filepath.Glob(filepath.Join(sample, "*", "*.pdf"))
	if err != nil || len(pdfs) == 0 {
		t.Fatalf("the sample has no PDF: %v", err)
	}
	if err := os.MkdirAll(dir, 0o750); err != nil {
		t.Fatal(err)
	}
	for name, from := range map[string]string{film: cliptest.H264(t), lost: cliptest.H264(t), sound: cliptest.Sound(t, "sound.wav"), record: pdfs[0]} {
		b, err := os.ReadFile(from)
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), b, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func (h *harness) edit(e library.Edit) {
	h.t.Helper()
	if !h.s.Edits.Edit(e) {
		h.t.Fatalf("the edit %q was refused", e.Label)
	}
}

// pump does what was posted so far.
func (h *harness) pump() { h.loop.Pump() }

// until does what is posted until something is so.
func (h *harness) until(what string, so func() bool) {
	h.t.Helper()
	h.loop.Until(what, so)
}

// look looks at a place of a file, and waits for its picture.
func (h *harness) look(path string, at int) {
	h.t.Helper()
	h.s.Study.Select(library.PageID{Path: path, Index: at})
	h.until("the picture", func() bool { return h.page.shown.Image != nil && h.page.last == h.s.Study.Current().Page })
}

// press does actions, each seen before the next.
func (h *harness) press(actions ...keys.Action) {
	for _, a := range actions {
		h.Do(a)
		h.pump()
	}
}

// tap clicks the button with a label, on what lies over the room or in it.
func (h *harness) tap(label string) {
	h.t.Helper()
	if !tapIn(h.content, label) {
		h.t.Fatalf("there is no button %q", label)
	}
}

func tapIn(o fyne.CanvasObject, label string) bool {
	if !o.Visible() {
		return false
	}
	var inside []fyne.CanvasObject
	switch o := o.(type) {
	case *widgets.Button:
		if o.Label == label && o.OnTapped != nil {
			o.OnTapped()
			return true
		}
	case *fyne.Container:
		inside = o.Objects
	case fyne.Widget:
		inside = test.WidgetRenderer(o).Objects()
	}
	return slices.ContainsFunc(inside, func(o fyne.CanvasObject) bool { return tapIn(o, label) })
}
