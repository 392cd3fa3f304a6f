package console

import (
	"fmt"
	"image"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"butluc/app/console/consoletest"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/journal"
	"butluc/presenter"
	"butluc/presenter/projector"
)

// BenchmarkRecordInLargeCase is what the journal adds to a take on the UI goroutine, in a case of 3,000 files with
// an outline of 300 steps, while frames are hashed and lines are synced behind it: 2 ms at most in 95 of
// 100 takes.
func BenchmarkRecordInLargeCase(b *testing.B) {
	j, _, err := journal.Open(filepath.Join(b.TempDir(), "journal"), filepath.Join(b.TempDir(), "head"))
	if err != nil {
		b.Fatal(err)
	}
	s := large(b, j)
	frame := image.NewRGBA(image.Rect(0, 0, 1920, 1080))
	var took []time.Duration
	for b.Loop() {
		s.Stage.Projector().Do(presenter.Next{})
		st := s.Stage.State()
		if st.Next == st.Len {
			s.Stage.Projector().Do(presenter.Jump{At: 0})
		}
		event := projector.Event{Kind: projector.Shows, Shot: st.Program, Frame: frame, Size: frame.Rect.Size(), Origins: make([]projector.Origin, st.Program.Count)}
		began := time.Now()
		s.Recorder.Record(event)
		took = append(took, time.Since(began))
		if len(took)%4 == 0 {
			if err := j.Flush(); err != nil {
				b.Fatal(err)
			}
		}
	}
	if err := j.Close(); err != nil {
		b.Fatal(err)
	}
	if h, err := journal.ReadFile(j.Path(), nil); err != nil || h.Count < len(took) {
		b.Fatalf("%d takes, %+v, %v", len(took), h, err)
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds()), "p95-µs")
}

// large is a session in a trial of a large case, which no disk has.
func large(b *testing.B, j *journal.Journal) *Session {
	b.Helper()
	loop := consoletest.NewLoop(b)
	s := New(Options{
		Post: loop.Post, Shelf: consoletest.Settings(b), Journal: func() (*journal.Journal, error) { return j, nil },
		NewRenderer: consoletest.NewRenderer,
	})
	var files []library.File
	for i := range 3000 {
		files = append(files, library.File{
			Path: fmt.Sprintf("Tập %d/BL %d-%d Biên bản hỏi cung.pdf", i/100, 4*i+1, 4*i+4), Kind: library.KindPDF, Pages: 4,
			SHA256: fmt.Sprintf("%064x", i),
		})
	}
	exhibits := library.Exhibits(files)
	s.Dossier.Take(casefile.Snapshot{Exhibits: exhibits})
	apply := func(e library.Edit) {
		o, err := s.Dossier.Outline().Apply(e)
		if err != nil {
			b.Fatal(err)
		}
		s.Dossier.Take(casefile.Snapshot{Exhibits: exhibits, Outline: o})
	}
	apply(s.Dossier.Outline().AddPhase(library.Phase{ID: "p", Title: "Xét hỏi"}, library.Place{}))
	for i := range 30 {
		id := library.ID(fmt.Sprint("s", i))
		apply(s.Dossier.Outline().AddScenario(library.Scenario{ID: id, Title: "Bị cáo phản cung"}, library.Place{Parent: "p"}))
		for k := range 10 {
			p := s.Dossier.Latest().Exhibits[i*100+k]
			apply(s.Dossier.Outline().AddSteps(library.Place{Parent: id}, library.Step{Shot: library.ShotOf(p.Page(0), p.Page(1))}))
		}
	}
	s.Run.Renew()
	s.Stage.Show(projector.New(projector.Options{
		Renderer: s.renderer, Post: s.opt.Post, Changed: func() {},
		Source: func(library.Pane) (projector.Origin, bool) { return projector.Origin{}, false },
	}))
	b.Cleanup(func() {
		s.Stage.Projector().Close()
		s.renderer.Close()
	})
	s.Stage.Projector().Do(presenter.SetRun{Run: s.Run.Cues()}, presenter.Start{})
	s.Recorder.Begin("")
	loop.Until("the journal to be open", func() bool { return s.Recorder.Journal() != nil })
	return s
}
