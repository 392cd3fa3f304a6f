package folios_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"butluc/library"
	"butluc/library/folios"
	"butluc/library/librarytest"
)

// pages are those of a file.
func pages(file string, from, end int) []library.PageID {
	var list []library.PageID
	for i := from; i < end; i++ {
		list = append(list, at(file, i))
	}
	return list
}

func TestAssign(t *testing.T) {
	const file = "Tập 1.pdf"
	x := library.NewIndex(library.Exhibits([]library.File{exhibit(file, "", 8, library.KindPDF), exhibit("BL 50-51.pdf", "", 2, library.KindPDF)}))
	cut := apply(t, library.Outline{}, func(o library.Outline) library.Edit {
		return o.SetAll("heading", library.Heading{First: at(file, 0), FolioFrom: "1"}, library.Heading{First: at(file, 4), Title: "b"},
			library.PageNote{Page: at(file, 5), Hidden: true, Folio: "77"})
	})
	tests := []struct {
		name     string
		pages    []library.PageID
		counting folios.Counting
		want     string // of all documents
		twice    string
	}{
		{"from the first page", pages(file, 0, 4), folios.Counting{First: folio(10)}, "10 11 12 13 | 5 77 7 8 | 50 51", ""},
		{"from the middle, over a hidden back", pages(file, 3, 8), folios.Counting{First: folio(30)}, "1 2 3 30 | 31 31s 32 33 | 50 51", ""},
		{"to the next file", slices.Concat(pages(file, 7, 8), pages("BL 50-51.pdf", 0, 2)), folios.Counting{First: folio(49)}, "1 2 3 4 | 5 77 7 49 | 50 51", ""},
		{"sheets", pages(file, 0, 8), folios.Counting{First: folio(1), Sides: folios.SidesTwo}, "1 1s 2 2s | 3 3s 4 4s | 50 51", ""},
		{"sheets from a back on", pages(file, 1, 4), folios.Counting{First: library.Folio{Number: 9, Back: true}, Sides: folios.SidesTwo}, "1 9s 10 10s | 5 77 7 8 | 50 51", ""},
		{"a page without a stamp", pages(file, 0, 4), folios.Counting{First: folio(1), Skip: pages(file, 1, 2)}, "1 - 2 3 | 5 77 7 8 | 50 51", ""},
		{"letters", pages(file, 0, 3), folios.Counting{First: folio(145), Sides: folios.SidesLetters}, "145 145a 145b 4 | 5 77 7 8 | 50 51", ""},
		{"one for all", pages(file, 0, 3), folios.Counting{First: folio(145), Sides: folios.SidesSame}, "145 145 145 4 | 5 77 7 8 | 50 51", ""},
		{"none", pages(file, 1, 3), folios.Counting{}, "1 - - 4 | 5 77 7 8 | 50 51", ""},
		{"doubles are told", pages(file, 0, 2), folios.Counting{First: folio(50)}, "50 51 3 4 | 5 77 7 8 | 50 51", "50 51"},
		{"nothing new", pages(file, 0, 2), folios.Counting{First: folio(1)}, "1 2 3 4 | 5 77 7 8 | 50 51", ""},
	}
	for _, test := range tests {
		plan := folios.Assign(cut, test.pages, test.counting, x)
		if plan.Edit.Err() != nil {
			t.Errorf("%s: %v", test.name, plan.Edit.Err())
			continue
		}
		o, err := cut.Apply(plan.Edit)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		var got []string
		for _, d := range o.Documents(x) {
			got = append(got, librarytest.Folios(d.WithHidden().Folios))
		}
		if s := strings.Join(got, " | "); s != test.want {
			t.Errorf("%s: %s, want %s", test.name, s, test.want)
		}
		if s := librarytest.Folios(plan.Twice); s != test.twice {
			t.Errorf("%s: doubles %s, want %s", test.name, s, test.twice)
		}
		for _, ch := range plan.Changes {
			if cut.FolioOf(ch.Page, x) != ch.Was || o.FolioOf(ch.Page, x) != ch.Now || ch.Was == ch.Now {
				t.Errorf("%s: planned %+v, is %v", test.name, ch, o.FolioOf(ch.Page, x))
			}
		}
		if plan.Edit.IsZero() != (len(plan.Changes) == 0) || !plan.Edit.IsZero() && plan.Edit.Label != "folios" {
			t.Errorf("%s: edit %+v of %d changes", test.name, plan.Edit, len(plan.Changes))
		}
	}
	// A volume of 8 pages counted from its first takes one record, not eight.
	if e := folios.Assign((library.Outline{}), pages(file, 0, 8), folios.Counting{First: folio(1)}, x).Edit; len(e.Changes) != 1 {
		t.Errorf("%d records for one count", len(e.Changes))
	}
	for _, test := range []struct {
		name     string
		counting folios.Counting
	}{
		{"past the last number", folios.Counting{First: folio(99998)}},
		{"past the last letter", folios.Counting{First: library.Folio{Number: 1, Suffix: "x"}, Sides: folios.SidesLetters}},
	} {
		if err := folios.Assign(cut, pages(file, 0, 4), test.counting, x).Edit.Err(); !errors.Is(err, library.ErrFolio) {
			t.Errorf("%s: %v", test.name, err)
		}
	}
	if err := folios.Assign(cut, pages("anywhere.pdf", 0, 1), folios.Counting{First: folio(1)}, x).Edit.Err(); !errors.Is(err, library.ErrNoRecord) {
		t.Errorf("a page that is not there: %v", err)
	}
}

func TestRenumber(t *testing.T) {
	x := librarytest.Volumes()
	const file = "Tập 2 - Lời khai/BL 5-8.pdf"
	step := library.Step{ID: "x", Scenario: "s", Shot: library.ShotOf(at(file, 3))}
	o := apply(t, library.Outline{}, func(o library.Outline) library.Edit { return o.AddPhase(library.Phase{ID: "p"}, library.Place{}) },
		func(o library.Outline) library.Edit {
			return o.AddScenario(library.Scenario{ID: "s"}, library.Place{Parent: "p"})
		},
		func(o library.Outline) library.Edit { return o.AddSteps(library.Place{Parent: "s"}, step) })
	moved := folios.PagesNumbered(o, at(file, 0), folio(6), folio(8), x)
	if !slices.Equal(moved, pages(file, 1, 4)) {
		t.Fatalf("6 to 8 of that volume are %v", moved)
	}
	plan := folios.Renumber(o, moved, 10, x)
	next, err := o.Apply(plan.Edit)
	if err != nil {
		t.Fatal(err)
	}
	d, _ := next.DocumentOf(at(file, 0), x)
	if got := librarytest.Folios(d.Folios); got != "5 16 17 18" {
		t.Errorf("renumbered: %s", got)
	}
	if s, _ := next.Step("x"); s.Shot != step.Shot {
		t.Errorf("the step shows %v now", s.Shot.First().Page)
	}
	back, err := next.Apply(plan.Edit.Inverse())
	if err != nil || !back.Same(o) {
		t.Errorf("it can't be undone in one step: %v", err)
	}
	if err := folios.Renumber(o, moved, -6, x).Edit.Err(); !errors.Is(err, library.ErrFolio) {
		t.Errorf("below 1: %v", err)
	}
}

func TestPagesFrom(t *testing.T) {
	x := librarytest.Volumes()
	first := at("Tập 2 - Lời khai/BL 1-4 Biên bản hỏi cung.pdf", 2)
	for reach, want := range map[folios.Reach]int{folios.ReachPage: 1, folios.ReachDocument: 2, folios.ReachVolume: 6} {
		if got := folios.PagesFrom((library.Outline{}), first, reach, x); len(got) != want || got[0] != first {
			t.Errorf("%s: %v", reach, got)
		}
	}
	if got := folios.PagesFrom((library.Outline{}), at("x", 0), folios.ReachVolume, x); got != nil {
		t.Errorf("of no page: %v", got)
	}
}

// Whatever is assigned, the pages get just that, and no other page changes its folio.
func TestSetFoliosChangesNoOtherPage(t *testing.T) {
	const file = "Tập.pdf"
	files := []library.File{
		exhibit(file, "", 12, library.KindPDF), exhibit("BL 3-8.pdf", "", 6, library.KindPDF), exhibit("1.jpg", "", 1, library.KindJPEG), exhibit("2.jpg", "", 1, library.KindJPEG),
	}
	x := library.NewIndex(library.Exhibits(files))
	var all []library.PageID
	for _, f := range files {
		all = append(all, pages(f.Path, 0, f.Pages)...)
	}
	rapid.Check(t, func(t *rapid.T) {
		o := library.Outline{}
		set := func(records ...library.Record) {
			next, err := o.Apply(o.SetAll("x", records...))
			if err != nil {
				t.Fatal(err)
			}
			o = next
		}
		if rapid.Bool().Draw(t, "joined") {
			set(library.Join{ID: "j", Paths: []string{"2.jpg", "1.jpg"}})
		}
		number := rapid.SampledFrom([]string{"", "3", "9a", "40"})
		for range rapid.IntRange(0, 6).Draw(t, "records") {
			p := rapid.SampledFrom(all).Draw(t, "page")
			if rapid.Bool().Draw(t, "heading") {
				set(library.Heading{First: p, Title: "x", FolioFrom: number.Draw(t, "from"), FolioTo: number.Draw(t, "to")})
			} else {
				set(library.PageNote{Page: p, Hidden: rapid.Bool().Draw(t, "hidden"), Folio: rapid.SampledFrom([]string{"", "-", "7", "8s"}).Draw(t, "folio")})
			}
		}
		wanted := map[library.PageID]library.Folio{}
		var given []folios.PageFolio
		from := rapid.IntRange(0, len(all)-1).Draw(t, "first")
		for i, p := range all[from:rapid.IntRange(from, len(all)).Draw(t, "end")] {
			f := library.Folio{}
			switch rapid.IntRange(0, 3).Draw(t, "kind") {
			case 0:
			case 1:
				f = library.Folio{Number: 1 + i/2, Back: i%2 == 1}
			default:
				f = library.Folio{Number: 20 + i}
			}
			wanted[p] = f
			given = append(given, folios.PageFolio{Page: p, Folio: f})
		}
		next, err := o.Apply(folios.Set(o, given, x).Edit)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range all {
			want, is := wanted[p]
			if !is {
				want = o.FolioOf(p, x)
			}
			if got := next.FolioOf(p, x); got != want {
				t.Fatalf("%v has %v, want %v", p, got, want)
			}
		}
		if len(next.Documents(x)) != len(o.Documents(x)) {
			t.Fatal("a document was cut or joined")
		}
	})
}
