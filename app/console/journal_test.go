package console

import (
	"fmt"
	"image"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/journal"
	"butluc/presenter"
	"butluc/presenter/projector"
	"butluc/presenter/render"
)

// BenchmarkRecordInLargeCase is what the journal adds to a take on the UI goroutine, in a case of 3,000 files with
// an outline of 300 steps, while frames are hashed and lines are synced behind it: 2 ms at most in 95 of
// 100 takes.
func BenchmarkRecordInLargeCase(b *testing.B) {
	s := large(b)
	j, _, err := journal.Open(filepath.Join(b.TempDir(), "journal"), filepath.Join(b.TempDir(), "head"))
	if err != nil {
		b.Fatal(err)
	}
	s.Recorder.journal = j
	frame := image.NewRGBA(image.Rect(0, 0, 1920, 1080))
	var took []time.Duration
	for b.Loop() {
		s.Stage.projector.Do(presenter.Next{})
		st := s.Stage.State()
		if st.Next == st.Len {
			s.Stage.projector.Do(presenter.Jump{At: 0})
		}
		event := projector.Event{Kind: projector.Shows, Shot: st.Program, Frame: frame, Size: frame.Rect.Size(), Origins: make([]projector.Origin, st.Program.Count)}
		began := time.Now()
		s.Recorder.record(event)
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
func large(b *testing.B) *Session {
	b.Helper()
	posts := make(chan func(), 1<<16)
	s := New(Options{
		Post: func(f func()) { posts <- f },
		NewRenderer: func(done func(render.Request, *render.Picture, error)) *render.Renderer {
			return render.New(render.Options{OnDone: done})
		},
	})
	var files []library.File
	for i := range 3000 {
		files = append(files, library.File{
			Path: fmt.Sprintf("Tập %d/BL %d-%d Biên bản hỏi cung.pdf", i/100, 4*i+1, 4*i+4), Kind: library.KindPDF, Pages: 4,
			SHA256: fmt.Sprintf("%064x", i),
		})
	}
	s.Dossier.snapshot = casefile.Snapshot{Exhibits: library.Exhibits(files)}
	s.Dossier.places = map[string]int{}
	for i, e := range s.Dossier.snapshot.Exhibits {
		s.Dossier.places[e.File.Path] = i
	}
	apply := func(e library.Edit) {
		o, err := s.Dossier.snapshot.Outline.Apply(e)
		if err != nil {
			b.Fatal(err)
		}
		s.Dossier.snapshot.Outline = o
	}
	apply(s.Dossier.Outline().AddPhase(library.Phase{ID: "p", Title: "Xét hỏi"}, library.Place{}))
	for i := range 30 {
		id := library.ID(fmt.Sprint("s", i))
		apply(s.Dossier.Outline().AddScenario(library.Scenario{ID: id, Title: "Bị cáo phản cung"}, library.Place{Parent: "p"}))
		for k := range 10 {
			p := s.Dossier.snapshot.Exhibits[i*100+k]
			apply(s.Dossier.Outline().AddSteps(library.Place{Parent: id}, library.Step{Shot: library.ShotOf(p.Page(0), p.Page(1))}))
		}
	}
	s.Run.cues = s.Run.newCues()
	s.Stage.projector = projector.New(projector.Options{
		Renderer: s.renderer, Post: s.opt.Post, Changed: func() {},
		Source: func(library.Pane) (projector.Origin, bool) { return projector.Origin{}, false },
	})
	b.Cleanup(func() {
		s.Stage.projector.Close()
		s.renderer.Close()
	})
	s.Stage.projector.Do(presenter.SetRun{Run: s.Run.cues}, presenter.Start{})
	return s
}
