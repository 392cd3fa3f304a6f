package library_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"butluc/library"
	"butluc/library/folios"
	"butluc/library/librarytest"
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

// What the window asks after an edit that makes it ask anew; each is to take 5 ms at most.
func BenchmarkViews(b *testing.B) {
	o, x := large(b)
	page := library.PageID{Path: "Tập 0/BL 1-20 Biên bản.pdf", Index: 3}
	var records []library.Record
	for i := range 2000 { // a volume's documents of five pages, as a list of documents cuts them
		p := library.PageID{Path: fmt.Sprintf("Tập %d/BL %d-%d Biên bản.pdf", i/4/50, i/4*20+1, i/4*20+20), Index: i % 4 * 5}
		records = append(records, library.Heading{First: p, Title: fmt.Sprint("Tài liệu ", i), FolioFrom: fmt.Sprint(i*5 + 1)})
	}
	for i := range 500 {
		p := library.PageID{Path: fmt.Sprintf("Tập %d/BL %d-%d Biên bản.pdf", i/50, i*20+1, i*20+20), Index: 1}
		records = append(records, library.PageNote{Page: p, Flag: library.FlagVerify, Text: "đối chiếu"})
	}
	cut, err := o.Apply(o.SetAll("contents", records...))
	if err != nil {
		b.Fatal(err)
	}
	cut.Documents(x) // they are on screen
	cut.UsedIn(page)
	edits := map[string]library.Edit{
		"a step typed":   cut.Set(func() library.Step { s, _ := cut.Step("s77-5"); s.Say = "?"; return s }()),
		"a step moved":   cut.Nudge("s77-5", -1),
		"a page hidden":  cut.Set(library.PageNote{Page: page, Hidden: true}),
		"a page flagged": cut.Set(library.PageNote{Page: page, Flag: library.FlagKey}),
		"a document cut": cut.Set(library.Heading{First: page, Title: "mới"}),
	}
	asked := []struct {
		name string
		ask  func(o library.Outline) int
	}{
		{"documents", func(o library.Outline) int { return len(o.Documents(x)) }},
		{"folios", func(o library.Outline) int { return len(o.Call("45", x)) }},
		{"used", func(o library.Outline) int { return 1 + len(o.UsedIn(page)) }},
		{"unused", func(o library.Outline) int { return 1 + len(o.Unused(x)) }},
		{"flags", func(o library.Outline) int { return len(o.Flagged(x)) }},
		{"numbering", func(o library.Outline) int { return 1 + len(folios.NumberingOf(o, x).Unnumbered) }},
	}
	for _, e := range slices.Sorted(maps.Keys(edits)) {
		for _, a := range asked {
			b.Run(strings.ReplaceAll(e+"/"+a.name, " ", "-"), func(b *testing.B) {
				for b.Loop() {
					b.StopTimer()
					next, err := cut.Apply(edits[e])
					if err != nil {
						b.Fatal(err)
					}
					b.StartTimer()
					if a.ask(next) == 0 {
						b.Fatal("nothing")
					}
				}
			})
		}
	}
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

// huge is a case of 100,000 pages in volumes of 1,000 that go on counting.
func huge() *library.Index {
	files := make([]library.File, 100)
	for i := range files {
		files[i] = exhibit(fmt.Sprintf("Tập %d/BL %d-%d.pdf", i+1, i*999+1, i*999+1000), fmt.Sprintf("%064x", i), 1000, library.KindPDF)
	}
	return library.NewIndex(library.Exhibits(files))
}

// Typing a folio in a case of 100,000 pages; the first letter after an edit makes the index.
func BenchmarkComplete(b *testing.B) {
	x := huge()
	var o library.Outline
	o.Documents(x)
	b.Run("again", func(b *testing.B) {
		for b.Loop() {
			if len(o.Complete("145", 8, x)) != 8 {
				b.Fatal("none")
			}
		}
	})
	b.Run("after an edit", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			b.StopTimer()
			next, err := o.Apply(o.Set(library.PageNote{Page: library.PageID{Path: "Tập 3/BL 1999-2998.pdf", Index: i % 1000}, Folio: "7"}))
			if err != nil {
				b.Fatal(err)
			}
			next.Documents(x)
			b.StartTimer()
			if len(next.Complete("145", 8, x)) != 8 {
				b.Fatal("none")
			}
		}
	})
	b.Run("numbering", func(b *testing.B) {
		for b.Loop() {
			if len(folios.NumberingOf(o, x).Volumes) != 1 {
				b.Fatal("not one volume")
			}
		}
	})
	b.Run("assign", func(b *testing.B) {
		all := folios.PagesFrom(o, library.PageID{Path: "Tập 1/BL 1-1000.pdf"}, folios.ReachVolume, x)
		for b.Loop() {
			if plan := folios.Assign(o, all[:50000], folios.Counting{First: library.Folio{Number: 2}}, x); plan.Edit.Err() != nil || len(plan.Changes) == 0 {
				b.Fatal(plan.Edit.Err())
			}
		}
	})
	b.Run("proposals", func(b *testing.B) {
		all := folios.PagesFrom(o, library.PageID{Path: "Tập 1/BL 1-1000.pdf"}, folios.ReachVolume, x)
		for b.Loop() {
			n := 0
			folios.Propose(o, all, folios.CornerTop, func(library.PageID) ([]library.Line, bool) {
				n++
				return librarytest.Stamp(fmt.Sprint(n)), true
			}, x)
		}
	})
}
