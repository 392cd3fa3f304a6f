package outline

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"butluc/app/console"
	"butluc/app/console/consoletest"
	"butluc/app/keys"
	"butluc/app/ui/evidence"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/intake"
	"butluc/presenter/render"
)

// twenty says that every file has 20 pages.
type twenty struct{}

func (twenty) Inspect(context.Context, library.File) (intake.Facts, error) {
	return intake.Facts{Pages: 20}, nil
}

// bench is a window's worth of panels over a case of 10,000 pages in 500 files and an outline of 2,000
// steps in 200 scenarios. What is posted is done by pump, as the window's goroutine would.
type bench struct {
	s     *console.Session
	panel *Panel
	loop  *consoletest.Loop
}

func newBench(tb testing.TB) *bench {
	tb.Helper()
	dir := tb.TempDir()
	for i := range 500 {
		name := filepath.Join(dir, fmt.Sprintf("Tập %d", i/50), fmt.Sprintf("BL %d-%d Biên bản.pdf", i*20+1, i*20+20))
		if err := os.MkdirAll(filepath.Dir(name), 0o750); err != nil {
			tb.Fatal(err)
		}
		if err := os.WriteFile(name, fmt.Appendf(nil, "%%PDF-1.4\n%d", i), 0o600); err != nil {
			tb.Fatal(err)
		}
	}
	b := &bench{loop: consoletest.NewLoop(tb)}
	b.s = console.New(console.Options{
		Post: b.loop.Post,
		NewRenderer: func(done func(render.Request, *render.Picture, error)) *render.Renderer {
			return render.New(render.Options{Command: []string{"false"}, OnDone: done})
		},
		OpenCase: consoletest.Opener(tb, func(o *casefile.Options) { o.Inspector, o.NoHash = twenty{}, false }),
		Shelf:    consoletest.Settings(tb),
	})
	tb.Cleanup(func() { _ = b.s.Close() })
	b.s.Open(dir)
	b.loop.Until("the case to be read", func() bool {
		snapshot, ok := b.s.Dossier.Snapshot()
		return ok && snapshot.Progress.Total > 0 && len(b.s.Dossier.Pages()) == 10000 && !snapshot.Reading
	})
	b.fill(tb)
	test.NewTempApp(tb)
	w := test.NewTempWindow(tb, nil)
	focus := func(f fyne.Focusable) {
		if f != nil {
			w.Canvas().Focus(f)
		}
	}
	b.panel = NewEditor(b.s, func(keys.Action) {}, focus)
	NewDetails(b.panel)
	w.SetContent(b.panel.Content())
	w.Resize(fyne.NewSize(420, 700))
	evidence.New(b.s, func() {})
	b.panel.SetActive(true)
	b.pump()
	return b
}

func (b *bench) fill(tb testing.TB) {
	o := b.s.Dossier.Outline()
	if !b.s.Edits.Edit(o.AddPhase(library.Phase{ID: "p", Title: "Xét hỏi"}, library.Place{})) {
		tb.Fatal("no phase")
	}
	pages := b.s.Dossier.Pages()
	for sc := range 200 {
		id := library.ID(fmt.Sprint("s", sc))
		b.s.Edits.Edit(b.s.Dossier.Outline().AddScenario(library.Scenario{ID: id, Title: fmt.Sprint("Tình huống ", sc)}, library.Place{Parent: "p"}))
		steps := make([]library.Step, 10)
		for i := range steps {
			n := (sc*10 + i) * 5
			steps[i] = library.Step{
				ID: library.ID(fmt.Sprint(id, "-", i)), Title: "Lời khai", Say: "Vì sao nay bị cáo khai khác?",
				Shot: library.ShotOf(pages[n], pages[n+1]),
			}
		}
		b.s.Edits.Edit(b.s.Dossier.Outline().AddSteps(library.Place{Parent: id}, steps...))
	}
}

// pump does what was posted so far.
func (b *bench) pump() { b.loop.Pump() }

// BenchmarkLargeOutline is what each thing that a person does takes of the UI goroutine, drawing aside:
// the edit itself, the run, the rows, the evidence beside it.
func BenchmarkLargeOutline(b *testing.B) {
	w := newBench(b)
	step := func(i int) library.Step {
		s, _ := w.s.Dossier.Outline().Step(library.ID(fmt.Sprintf("s%d-%d", i%200, i%10)))
		return s
	}
	b.Run("typing", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			s := step(7)
			s.Say = fmt.Sprint("Câu hỏi ", i)
			w.panel.apply(w.s.Dossier.Outline().Set(s))
			w.pump()
		}
	})
	b.Run("drag", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			w.panel.apply(w.s.Dossier.Outline().Move(library.Place{Parent: library.ID(fmt.Sprint("s", i%200))}, step(3).ID))
			w.pump()
		}
	})
	b.Run("filter", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			w.panel.filter.SetText([]string{"khai khac", "tinh huong 12", "dao", ""}[i%4])
			w.pump()
		}
	})
	w.panel.filter.SetText("")
	b.Run("undo", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			if i%2 == 0 {
				w.s.Edits.Undo()
			} else {
				w.s.Edits.Redo()
			}
			w.pump()
		}
	})
	b.Run("cursor", func(b *testing.B) {
		for b.Loop() {
			w.panel.move(1, false)
			w.pump()
		}
	})
}
