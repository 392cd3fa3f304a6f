package library_test

import (
	"fmt"
	"testing"
	"time"

	"butluc/library"
)

// large is an outline of 2,000 steps in 200 scenarios over a case of 10,000 pages, with a note on
// every other page.
func large(b *testing.B) (library.Outline, *library.Index) {
	b.Helper()
	files := make([]library.File, 500)
	for i := range files {
		files[i] = exhibit(fmt.Sprintf("Tập %d/BL %d-%d Biên bản.pdf", i/50, i*20+1, i*20+20), fmt.Sprintf("%064x", i), 20, library.KindPDF)
	}
	page := func(i int) library.PageID { return library.PageID{Path: files[i/20].Path, Index: i % 20} }
	var o library.Outline
	do := func(e library.Edit) {
		next, err := o.Apply(e)
		if err != nil {
			b.Fatal(err)
		}
		o = next
	}
	do(o.AddPhase(library.Phase{ID: "p"}, library.Place{}))
	for s := range 200 {
		id := library.ID(fmt.Sprint("s", s))
		do(o.AddScenario(library.Scenario{ID: id}, library.Place{Parent: "p"}))
		steps := make([]library.Step, 10)
		for i := range steps {
			steps[i] = library.Step{ID: library.ID(fmt.Sprint(id, "-", i)), Title: "Lời khai", Say: "Vì sao?", Shot: library.ShotOf(page((s*10+i)*5), page((s*10+i)*5+1))}
		}
		do(o.AddSteps(library.Place{Parent: id}, steps...))
	}
	notes := make([]library.Record, 5000)
	for i := range notes {
		notes[i] = library.PageNote{Page: page(2 * i), Turn: 1}
	}
	do(o.SetAll("note", notes...))
	return o, library.NewIndex(library.Exhibits(files))
}

// views is what the window asks after an edit.
func views(o library.Outline) (n int) {
	for _, p := range o.Phases() {
		for _, s := range o.Scenarios(p.ID) {
			n += len(o.Steps(s.ID))
		}
	}
	return n
}

func BenchmarkEdit(b *testing.B) {
	o, x := large(b)
	edits := []struct {
		name string
		edit func(i int) library.Edit
	}{
		{"type", func(i int) library.Edit {
			s, _ := o.Step("s77-5")
			s.Say = fmt.Sprint(i)
			return o.Set(s)
		}},
		{"drag", func(i int) library.Edit {
			return o.Move(library.Place{Parent: library.ID(fmt.Sprint("s", i%200))}, "s77-5", "s77-6")
		}},
		{"turn a page", func(i int) library.Edit {
			return o.Set(library.PageNote{Page: library.PageID{Path: "Tập 0/BL 1-20 Biên bản.pdf", Index: i % 20}, Turn: library.Turn(i / 20 % 4)})
		}},
		{"paste 100 steps", func(int) library.Edit {
			return o.Paste(o.Copy("s1", "s2", "s3", "s4", "s5", "s6", "s7", "s8", "s9", "s10"), library.Place{Parent: "p"})
		}},
	}
	for _, e := range edits {
		b.Run(e.name, func(b *testing.B) {
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				next, err := o.Apply(e.edit(i))
				if err != nil || views(next) < 2000 {
					b.Fatal(err)
				}
				next.UsedIn(library.PageID{Path: "Tập 0/BL 1-20 Biên bản.pdf"})
			}
		})
	}
	b.Run("resolve", func(b *testing.B) {
		for b.Loop() {
			if list := o.Resolve(x); len(list) > 0 {
				b.Fatal(list[0])
			}
		}
	})
	b.Run("export", func(b *testing.B) {
		for b.Loop() {
			export(b, o)
		}
	})
}

// Undo takes no more memory than it says, whatever is done.
func BenchmarkHistory(b *testing.B) {
	o, _ := large(b)
	var h library.History
	for i := 0; b.Loop(); i++ {
		h.Do(o.Delete("s1", "s2", "s3"), time.Unix(int64(i), 0))
	}
	undo, _ := h.Len()
	b.ReportMetric(float64(undo), "kept")
}
