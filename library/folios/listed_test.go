package folios_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"butluc/library"
	"butluc/library/folios"
	"butluc/library/librarytest"
)

func folio(n int) library.Folio { return library.Folio{Number: n} }

// planned is a plan in lines.
func planned(p folios.ListPlan) string {
	var b strings.Builder
	for _, d := range p.Documents {
		fmt.Fprintf(&b, "%s %s %d", d.First, d.Document.Title, d.Pages)
		if !d.Changes {
			b.WriteString(" as it was")
		}
		b.WriteString("\n")
	}
	for _, u := range p.Unplaced {
		fmt.Fprintf(&b, "%d %s\n", u.Document.Row, u.Why)
	}
	return b.String()
}

func TestPlanList(t *testing.T) {
	x := library.NewIndex(library.Exhibits([]library.File{
		exhibit("Tập 1.pdf", "", 10, library.KindPDF), exhibit("Tập 02.pdf", "", 6, library.KindPDF), exhibit("BL 50-55 Ảnh.pdf", "", 6, library.KindPDF),
	}))
	row := func(n, first, last int, title string) folios.ListedDocument {
		d := folios.ListedDocument{Row: n, First: folio(first), Title: title}
		if last > 0 {
			d.Last = folio(last)
		}
		return d
	}
	page := func(n, page int, title string) folios.ListedDocument {
		return folios.ListedDocument{Row: n, Page: page, Title: title}
	}
	in := func(volume string, d folios.ListedDocument) folios.ListedDocument {
		d.Volume = volume
		return d
	}
	one := folios.Volume{Path: "Tập 1.pdf", First: folio(1)}
	tests := []struct {
		name    string
		rows    []folios.ListedDocument
		volumes []folios.Volume
		want    string
		folios  string // of the first volume afterwards
	}{
		{
			"counted from the first page",
			[]folios.ListedDocument{row(2, 1, 3, "A"), row(3, 4, 0, "B"), row(4, 5, 8, "C"), row(5, 30, 31, "D")},
			[]folios.Volume{one},
			"Tập 1.pdf#1 A 3\nTập 1.pdf#4 B 1\nTập 1.pdf#5 C 4\n5 no-page\n",
			"1 2 3 | 4 | 5 6 7 8 | 9 10",
		},
		{
			"fronts and backs",
			[]folios.ListedDocument{row(2, 1, 3, "A"), row(3, 4, 5, "B")},
			[]folios.Volume{{Path: "Tập 1.pdf", First: folio(1), Backs: true}},
			"Tập 1.pdf#1 A 6\nTập 1.pdf#7 B 4\n",
			"1 1s 2 2s 3 3s | 4 4s 5 5s",
		},
		{
			"by the pages of the file",
			[]folios.ListedDocument{page(2, 1, "A"), page(3, 4, "B"), page(4, 11, "C"), page(5, 4, "D")},
			[]folios.Volume{{Path: "Tập 1.pdf"}},
			"Tập 1.pdf#1 A 3\nTập 1.pdf#4 B 7\n4 past-end\n5 double\n",
			"- - - | - - - - - - -",
		},
		{
			"pages and folios",
			[]folios.ListedDocument{{Row: 2, Page: 1, First: folio(7), Last: folio(7), Title: "A"}, {Row: 3, Page: 3, First: folio(8), Title: "B"}},
			[]folios.Volume{{Path: "Tập 1.pdf"}},
			"Tập 1.pdf#1 A 2\nTập 1.pdf#3 B 8\n",
			"7 7 | 8 9 10 11 12 13 14 15",
		},
		{
			"volumes one after another",
			[]folios.ListedDocument{row(2, 1, 10, "A"), row(3, 11, 13, "B"), row(4, 14, 16, "C")},
			[]folios.Volume{one, {Path: "Tập 02.pdf", First: folio(11)}},
			"Tập 1.pdf#1 A 10\nTập 02.pdf#1 B 3\nTập 02.pdf#4 C 3\n", "1 2 3 4 5 6 7 8 9 10",
		},
		{
			"numbered anew in each volume",
			[]folios.ListedDocument{row(2, 1, 2, "A"), row(3, 5, 10, "B"), row(4, 1, 2, "C"), row(5, 3, 6, "D")},
			[]folios.Volume{one, {Path: "Tập 02.pdf", First: folio(1)}},
			"Tập 1.pdf#1 A 2\nTập 1.pdf#5 B 6\nTập 02.pdf#1 C 2\nTập 02.pdf#3 D 4\n", "1 2 | 3 4 | 5 6 7 8 9 10",
		},
		{
			"by the volume's number",
			[]folios.ListedDocument{in("2", row(2, 1, 6, "A")), in("Tập 1", row(3, 1, 9, "B")), in("9", row(4, 1, 1, "C"))},
			[]folios.Volume{one, {Path: "Tập 02.pdf", First: folio(1)}},
			"Tập 1.pdf#1 B 9\nTập 02.pdf#1 A 6\n4 no-volume\n", "1 2 3 4 5 6 7 8 9 | 10",
		},
		{
			"pages of which volume",
			[]folios.ListedDocument{page(2, 4, "A"), page(3, 2, "B"), page(4, 10, "C")},
			[]folios.Volume{one, {Path: "Tập 02.pdf"}},
			"Tập 1.pdf#4 A 6\nTập 1.pdf#10 C 1\n3 ambiguous\n", "- - - | - - - - - - | -",
		},
		{
			"by the folios of the file's name",
			[]folios.ListedDocument{row(2, 50, 52, "A"), row(3, 53, 55, "B")},
			[]folios.Volume{{Path: "BL 50-55 Ảnh.pdf"}},
			"BL 50-55 Ảnh.pdf#1 A 3\nBL 50-55 Ảnh.pdf#4 B 3\n", "50 51 52 | 53 54 55",
		},
	}
	for _, test := range tests {
		var o library.Outline
		plan := folios.PlanList(o, test.rows, x, test.volumes...)
		if got := planned(plan); got != test.want {
			t.Errorf("%s:\n%swant\n%s", test.name, got, test.want)
		}
		next := apply(t, o, func(library.Outline) library.Edit { return plan.Edit })
		var got []string
		for _, d := range next.Documents(x) {
			if d.File.Path == test.volumes[0].Path {
				got = append(got, librarytest.Folios(d.Folios))
			}
		}
		if s := strings.Join(got, " | "); s != test.folios {
			t.Errorf("%s: folios %s, want %s", test.name, s, test.folios)
		}
		if again := folios.PlanList(next, test.rows, x, test.volumes...); !again.Edit.IsZero() || slices.ContainsFunc(again.Documents, func(d folios.PlannedDocument) bool { return d.Changes }) {
			t.Errorf("%s: the same list changes something again: %s", test.name, planned(again))
		}
	}
}

func TestPlanListKeepsWhatTheListDoesNotTell(t *testing.T) {
	x := library.NewIndex(library.Exhibits([]library.File{exhibit("Tập 1.pdf", "", 10, library.KindPDF)}))
	o := apply(t, librarytest.Small(t), func(o library.Outline) library.Edit {
		return o.SetAll(
			"heading", library.Heading{First: at("Tập 1.pdf", 0), Title: "cũ", Date: "1/1/2024", Person: "khai", FolioFrom: "5"},
			library.Heading{First: at("Tập 1.pdf", 7), Title: "tự cắt"},
		)
	})
	plan := folios.PlanList(o, []folios.ListedDocument{
		{Row: 1, First: folio(5), Title: "mới"},
		{Row: 2, First: folio(7), Title: "hai", Person: "bùi quang  khải"},
		{Row: 3, First: folio(9), Title: "ba", Person: "Trần Văn M"},
		{Row: 4, First: folio(10), Title: "bốn", Person: "trần văn m"},
	}, x, folios.Volume{Path: "Tập 1.pdf"})
	next := apply(t, o, func(library.Outline) library.Edit { return plan.Edit })
	h, _ := next.Heading(at("Tập 1.pdf", 0))
	if h.Title != "mới" || h.Date != "1/1/2024" || h.Person != "khai" {
		t.Errorf("heading %+v", h)
	}
	if h, _ := next.Heading(at("Tập 1.pdf", 2)); h.Person != "khai" {
		t.Errorf("a person who is there already is not found by name: %+v", h)
	}
	if _, ok := next.Heading(at("Tập 1.pdf", 7)); !ok {
		t.Error("what was cut by hand is gone")
	}
	persons := next.Persons()
	if len(plan.Persons) != 1 || len(persons) != 2 || persons[1].Name != "Trần Văn M" {
		t.Errorf("persons %+v, new %v", persons, plan.Persons)
	}
	if back, err := next.Apply(plan.Edit.Inverse()); err != nil || !back.Same(o) {
		t.Errorf("the list can't be undone: %v", err)
	}
}

// However a volume of 400 pages is listed, each of its documents has the folios of its line.
func TestPlanListOfAWholeVolume(t *testing.T) {
	x := library.NewIndex(library.Exhibits([]library.File{exhibit("Tập 1.pdf", "", 400, library.KindPDF)}))
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 1))
		var rows []folios.ListedDocument
		for n := 101; n <= 500; {
			last := min(500, n+r.IntN(12))
			rows = append(rows, folios.ListedDocument{Row: len(rows) + 2, First: folio(n), Last: folio(last), Title: fmt.Sprint("Tài liệu ", n)})
			n = last + 1
		}
		plan := folios.PlanList(library.Outline{}, rows, x, folios.Volume{Path: "Tập 1.pdf", First: folio(101)})
		o := apply(t, library.Outline{}, func(library.Outline) library.Edit { return plan.Edit })
		docs := o.Documents(x)
		if len(docs) != len(rows) || len(plan.Unplaced) != 0 {
			t.Fatalf("%d documents of %d rows, %d not placed", len(docs), len(rows), len(plan.Unplaced))
		}
		for i, d := range docs {
			if d.Title != rows[i].Title || d.Folios[0] != rows[i].First || d.Folios[len(d.Folios)-1] != rows[i].Last {
				t.Errorf("document %d: %s %v–%v, want %+v", i, d.Title, d.Folios[0], d.Folios[len(d.Folios)-1], rows[i])
			}
		}
		if n := folios.NumberingOf(o, x); n.Odd() > 0 {
			t.Errorf("numbering %+v", n)
		}
	}
}

func TestNumbering(t *testing.T) {
	x := library.NewIndex(library.Exhibits([]library.File{
		exhibit("1/BL 1-3.pdf", "", 3, library.KindPDF), exhibit("1/BL 7a.pdf", "", 2, library.KindPDF),
		exhibit("2/BL 3.pdf", "", 1, library.KindPDF), exhibit("2/Ảnh.jpg", "", 1, library.KindJPEG), exhibit("2/BL 9.pdf", "", 1, library.KindPDF),
	}))
	o := apply(t, library.Outline{}, func(o library.Outline) library.Edit {
		return o.Set(library.PageNote{Page: at("2/BL 9.pdf", 0), Hidden: true})
	})
	n := folios.NumberingOf(o, x)
	if len(n.Volumes) != 1 || n.Odd() != 3 {
		t.Fatalf("volumes %+v", n.Volumes)
	}
	v := n.Volumes[0]
	if v.First != 1 || v.Last != 7 || v.Sheets != 4 || len(v.Gaps) != 1 || v.Gaps[0].String() != "4–6" {
		t.Errorf("volume %+v", v)
	}
	if len(v.Doubles) != 1 || v.Doubles[0].Folio != folio(3) || !slices.Equal(v.Doubles[0].Pages, []library.PageID{at("1/BL 1-3.pdf", 2), at("2/BL 3.pdf", 0)}) {
		t.Errorf("doubles %v", v.Doubles)
	}
	if !slices.Equal(n.Unnumbered, []library.PageID{at("2/Ảnh.jpg", 0)}) {
		t.Errorf("without a folio %v", n.Unnumbered)
	}
}
