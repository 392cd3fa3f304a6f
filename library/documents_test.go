package library_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"butluc/library"
	"butluc/library/librarytest"
)

func TestDocuments(t *testing.T) {
	x := library.NewIndex(library.Exhibits([]library.File{
		exhibit("1.jpg", "", 1, library.KindJPEG), exhibit("2.jpg", "", 1, library.KindJPEG),
		exhibit("Tập 1/BL 1-9.pdf", shaA, 9, library.KindPDF), exhibit("phim.mp4", "", 0, library.KindVideo),
	}))
	docs := rich(t).Documents(x)
	if len(docs) != 4 || len(docs[0].Pages) != 2 || len(docs[1].Pages) != 2 || len(docs[2].Pages) != 7 || len(docs[3].Pages) != 0 {
		t.Fatalf("documents: %+v", docs)
	}
	if docs[2].Title != "Biên bản hỏi cung" || docs[2].Folios[0].Number != 30 || docs[2].Folios[6].Number != 36 {
		t.Errorf("the cut one: %+v", docs[2])
	}
}

func TestFoliosAreCountedOn(t *testing.T) {
	x := library.NewIndex(library.Exhibits([]library.File{
		exhibit("Tập 1.pdf", "", 8, library.KindPDF), exhibit("1.jpg", "", 1, library.KindJPEG), exhibit("2.jpg", "", 1, library.KindJPEG),
	}))
	const file = "Tập 1.pdf"
	tests := []struct {
		name    string
		records []library.Record
		want    string // of all documents
	}{
		{"nothing known", nil, "- - - - - - - - | - | -"},
		{"the first page", []library.Record{library.Heading{First: at(file, 0), FolioFrom: "45"}}, "45 46 47 48 49 50 51 52 | - | -"},
		{"a page in the middle", []library.Record{library.Heading{First: at(file, 2), FolioFrom: "45"}}, "- - | 45 46 47 48 49 50 | - | -"},
		{"past documents without a number of their own", []library.Record{
			library.Heading{First: at(file, 0), FolioFrom: "45"}, library.Heading{First: at(file, 3), Title: "b"}, library.Heading{First: at(file, 5), FolioFrom: "70a"},
		}, "45 46 47 | 48 49 | 70a 71 72 | - | -"},
		{"fronts and backs, then cut", []library.Record{
			library.Heading{First: at(file, 0), FolioFrom: "1", FolioTo: "4"}, library.Heading{First: at(file, 4)},
		}, "1 1s 2 2s | 3 3s 4 4s | - | -"},
		{"stamped otherwise", []library.Record{
			library.Heading{First: at(file, 0), FolioFrom: "1", FolioTo: "6"}, library.PageNote{Page: at(file, 2), Folio: "145a"},
		}, "1 2 145a 4 5 6 - - | - | -"},
		{"joined", []library.Record{
			library.Join{ID: "j", Paths: []string{"2.jpg", "1.jpg"}}, library.Heading{First: at("2.jpg", 0), FolioFrom: "9"},
		}, "- - - - - - - - | 9 10"},
	}
	for _, test := range tests {
		o := apply(t, library.Outline{}, func(o library.Outline) library.Edit { return o.SetAll("heading", test.records...) })
		var got []string
		for _, d := range o.Documents(x) {
			got = append(got, librarytest.Folios(d.Folios))
			for i, p := range d.Pages {
				if o.FolioOf(p, x) != d.Folios[i] {
					t.Errorf("%s: page %s is %v, in its document %v", test.name, p, o.FolioOf(p, x), d.Folios[i])
				}
			}
		}
		if s := strings.Join(got, " | "); s != test.want {
			t.Errorf("%s: %s, want %s", test.name, s, test.want)
		}
	}
}

// A blank back that is hidden is not come past, but it is still there to be shown again.
func TestHiddenPages(t *testing.T) {
	const file = "BL 1-3.pdf"
	x := library.NewIndex(library.Exhibits([]library.File{exhibit(file, "", 6, library.KindPDF), exhibit("b.pdf", "", 1, library.KindPDF)}))
	hide := func(pages ...int) func(o library.Outline) library.Edit {
		return func(o library.Outline) library.Edit {
			var notes []library.Record
			for _, i := range pages {
				notes = append(notes, library.PageNote{Page: at(file, i), Hidden: true})
			}
			return o.SetAll("note", notes...)
		}
	}
	o := apply(t, library.Outline{}, hide(1, 5))
	d := o.Documents(x)[0]
	if got := librarytest.Folios(d.Folios); got != "1 2 2s 3" || len(d.Pages) != 4 || d.Hidden() != 2 {
		t.Errorf("pages %v, folios %s, %d hidden", d.Pages, got, d.Hidden())
	}
	if all := d.WithHidden(); len(all.Pages) != 6 || librarytest.Folios(all.Folios) != "1 1s 2 2s 3 3s" || all.Index(at(file, 5)) != 5 {
		t.Errorf("with hidden: %v", all.Pages)
	}
	if !d.Has(at(file, 1)) || d.Has(at(file, 6)) || d.Index(at(file, 1)) != -1 {
		t.Error("a hidden page is in its document, and has no place among those shown")
	}
	if of, ok := o.DocumentOf(at(file, 1), x); !ok || of.Pages[0] != d.Pages[0] {
		t.Errorf("a hidden page is in %v", of)
	}
	for _, test := range []struct{ from, by, want int }{{0, 1, 2}, {2, -1, 0}, {1, 1, 2}, {1, -1, 0}, {5, -1, 4}, {5, 1, -1}, {4, 1, -1}, {0, -1, -1}, {0, 3, 4}} {
		got, ok := d.Further(at(file, test.from), test.by)
		if ok != (test.want >= 0) || ok && got.Index != test.want {
			t.Errorf("from page %d by %d: %v %v, want %d", test.from, test.by, got, ok, test.want)
		}
	}
	if got := o.Pages(x); len(got) != 5 || slices.Contains(got, at(file, 1)) {
		t.Errorf("pages of the case: %v", got)
	}
	if got := o.Call("1s", x); !slices.Equal(got, []library.PageID{at(file, 1)}) {
		t.Errorf("a hidden page that nothing stands for is called: %v", got)
	}
	shown := apply(t, o, func(o library.Outline) library.Edit { return o.SetAll("note", library.PageNote{Page: at(file, 1)}) })
	if d := shown.Documents(x)[0]; d.Hidden() != 1 {
		t.Errorf("shown again: %d hidden", d.Hidden())
	}
	all := apply(t, o, hide(0, 2, 3, 4))
	if d := all.Documents(x)[0]; len(d.Pages) != 0 || len(d.WithHidden().Pages) != 6 {
		t.Errorf("all hidden: %v", d)
	}
}

// The documents are made once while no edit changes one, and anew as soon as one does.
func TestDocumentsAreKept(t *testing.T) {
	x := library.NewIndex(library.Exhibits([]library.File{exhibit("Tập 1/BL 1-9.pdf", shaA, 9, library.KindPDF)}))
	o := rich(t)
	first := &o.Documents(x)[0]
	page := at("Tập 1/BL 1-9.pdf", 0)
	tests := []struct {
		name string
		edit func(o library.Outline) library.Edit
		same bool
	}{
		{"typing", func(o library.Outline) library.Edit { return o.Set(library.Step{ID: "a1", Say: "?"}) }, true},
		{"flag", func(o library.Outline) library.Edit {
			return o.Set(library.PageNote{Page: page, Flag: library.FlagVerify})
		}, true},
		{"hide", func(o library.Outline) library.Edit { return o.Set(library.PageNote{Page: page, Hidden: true}) }, false},
		{"folio", func(o library.Outline) library.Edit { return o.Set(library.PageNote{Page: page, Folio: "7"}) }, false},
		{"heading", func(o library.Outline) library.Edit { return o.Set(library.Heading{First: page, Title: "x"}) }, false},
	}
	for _, test := range tests {
		next := apply(t, o, test.edit)
		if same := &next.Documents(x)[0] == first; same != test.same {
			t.Errorf("%s: the documents are the same: %v", test.name, same)
		}
	}
	other := library.NewIndex(nil)
	if len(o.Documents(other)) != 0 || len(o.Documents(x)) == 0 {
		t.Error("documents of another index")
	}
}

func TestCall(t *testing.T) {
	x := library.NewIndex(library.Exhibits([]library.File{
		exhibit("1/BL 1-3 Đơn.pdf", "", 3, library.KindPDF), exhibit("1/BL 45.pdf", "", 2, library.KindPDF),
		exhibit("2/BL 1-2.pdf", "", 4, library.KindPDF), exhibit("2/Tập.pdf", "", 5, library.KindPDF),
	}))
	o := apply(t, library.Outline{}, func(o library.Outline) library.Edit {
		return o.SetAll(
			"heading", library.Heading{First: at("2/Tập.pdf", 1), FolioFrom: "60"}, library.Heading{First: at("2/Tập.pdf", 3), FolioFrom: "145a"},
			library.PageNote{Page: at("1/BL 1-3 Đơn.pdf", 2), Folio: "200"}, library.PageNote{Page: at("2/Tập.pdf", 2), Folio: "61s"},
		)
	})
	for typed, want := range map[string][]library.PageID{
		"60":    {at("2/Tập.pdf", 1)},                               // a heading's
		"200":   {at("1/BL 1-3 Đơn.pdf", 2)},                        // stamped on the page
		"3":     nil,                                                // and so no more
		"BL 45": {at("1/BL 45.pdf", 0)},                             // spans two pages
		"45s":   {at("1/BL 45.pdf", 1)},                             // of which the other is the back
		"1":     {at("1/BL 1-3 Đơn.pdf", 0), at("2/BL 1-2.pdf", 0)}, // in two volumes
		"1/2":   {at("2/BL 1-2.pdf", 0)},
		"1/3":   nil,
		"2s":    {at("2/BL 1-2.pdf", 3)},
		"61":    {at("2/Tập.pdf", 2)}, // the back alone
		"145a":  {at("2/Tập.pdf", 3)},
		"145":   {at("2/Tập.pdf", 3)}, // there is no other 145
		"145b":  nil,
		"x":     nil,
		"":      nil,
	} {
		if got := o.Call(typed, x); !slices.Equal(got, want) {
			t.Errorf("%q calls %v, want %v", typed, got, want)
		}
	}
	if got := o.Highest(x); got != 200 {
		t.Errorf("highest folio %d", got)
	}
	plain := library.NewIndex(library.Exhibits([]library.File{exhibit("a.pdf", "", 3, library.KindPDF), exhibit("b.jpg", "", 1, library.KindJPEG)}))
	hidden := apply(t, library.Outline{}, func(o library.Outline) library.Edit {
		return o.Set(library.PageNote{Page: at("a.pdf", 1), Hidden: true})
	})
	if got := hidden.Call("3", plain); !slices.Equal(got, []library.PageID{at("b.jpg", 0)}) {
		t.Errorf("without folios 3 calls %v, want the third page that is not hidden", got)
	}
}

// A page that was turned upright is so in all steps, and those that turned it by themselves show
// what they showed.
func TestTurnPage(t *testing.T) {
	page := at("Tập 1/BL 1-9.pdf", 0)
	view := library.Rect{X0: 0.1, Y0: 0.2, X1: 0.5, Y1: 0.4}
	o := apply(t, librarytest.Small(t), func(o library.Outline) library.Edit {
		return o.AddSteps(library.Place{Parent: "b"}, library.Step{ID: "own", Shot: library.Shot{}.Add(library.Pane{Page: page, Turn: 1, View: view})},
			library.Step{ID: "part", Shot: library.ShotOf(at("Tập 1/BL 1-9.pdf", 1)).Add(library.Pane{Page: page, View: view})})
	})
	total := func(o library.Outline, id library.ID, pane int) (library.Turn, library.Rect) {
		s, _ := o.Step(id)
		return s.Shot.Panes[pane].Turn.Plus(int(o.Upright(page))), s.Shot.Panes[pane].View
	}
	e := o.TurnPage(page, 1, library.NewIndex(nil))
	next := apply(t, o, func(library.Outline) library.Edit { return e })
	for _, test := range []struct {
		id   library.ID
		pane int
		turn library.Turn
		view library.Rect
	}{
		{"a1", 0, 1, library.Rect{}},
		{"own", 0, 1, view}, // it was turned already
		{"part", 1, 1, library.Rect{X0: 0.6, Y0: 0.1, X1: 0.8, Y1: 0.5}}, // the same part of the paper
	} {
		turn, v := total(next, test.id, test.pane)
		near := func(a, b float64) bool { return a-b < 1e-9 && b-a < 1e-9 }
		if turn != test.turn || !near(v.X0, test.view.X0) || !near(v.Y0, test.view.Y0) || !near(v.X1, test.view.X1) || !near(v.Y1, test.view.Y1) {
			t.Errorf("%s: turned %d, view %v; want %d, %v", test.id, turn, v, test.turn, test.view)
		}
	}
	if back, err := next.Apply(e.Inverse()); err != nil || !back.Same(o) {
		t.Errorf("turning can't be undone: %v", err)
	}
	again := apply(t, o, func(o library.Outline) library.Edit { return o.TurnPage(page, 3, library.NewIndex(nil)) }, func(o library.Outline) library.Edit { return o.TurnPage(page, 2, library.NewIndex(nil)) })
	if turn, _ := total(again, "own", 0); turn != 1 {
		t.Errorf("turned wrongly and again, the step that turned by itself shows turn %d", turn)
	}
}

// What is taken over from the documents before an edit is what would be made anew.
func TestDocumentsAfterRandomEdits(t *testing.T) {
	x := library.NewIndex(library.Exhibits([]library.File{
		exhibit("BL 1-9.pdf", shaA, 9, library.KindPDF), exhibit("b.pdf", shaB, 20, library.KindPDF), exhibit("1.jpg", "", 1, library.KindJPEG),
		exhibit("2.jpg", "", 1, library.KindJPEG), exhibit("3.jpg", "", 1, library.KindJPEG), exhibit("4.mp4", "", 0, library.KindVideo),
	}))
	paths := []string{"BL 1-9.pdf", "b.pdf", "1.jpg", "2.jpg", "3.jpg", "4.mp4", "none.pdf"}
	for seed := range uint64(40) {
		r := rand.New(rand.NewPCG(seed, 7))
		o := librarytest.Small(t)
		var done []library.Edit
		for i := range 60 {
			p := at(paths[r.IntN(len(paths))], r.IntN(21))
			var e library.Edit
			switch r.IntN(9) {
			case 0, 1:
				e = o.Set(library.Heading{First: p, Title: fmt.Sprint(i), FolioFrom: []string{"", "7", "12a"}[r.IntN(3)]})
			case 2:
				e = o.Set(library.PageNote{Page: p, Hidden: r.IntN(2) == 0, Folio: []string{"", "99"}[r.IntN(2)], Flag: library.FlagKey})
			case 3:
				e = o.Set(library.PageNote{Page: p, Turn: library.Turn(r.IntN(4)), Text: "x"})
			case 4:
				e = o.Remove("heading", library.Heading{First: p}.Key())
			case 5:
				e = o.Set(library.Join{ID: "j", Paths: []string{paths[r.IntN(3)], paths[3+r.IntN(4)]}})
			case 6:
				e = o.Remove("join", library.Join{ID: "j"}.Key())
			case 7:
				e = o.Delete("khai")
			default:
				if len(done) > 0 {
					e = done[len(done)-1].Inverse()
				}
			}
			next, err := o.Apply(e)
			if err != nil {
				t.Fatal(err)
			}
			done = append(done, e)
			if r.IntN(3) > 0 { // now and then several edits come before anyone asks
				next.Documents(x)
			}
			o = next
		}
		fresh, err := library.Load(slices.Collect(o.Records()))
		if err != nil {
			t.Fatal(err)
		}
		got, want := o.Documents(x), fresh.Documents(x)
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("seed %d: documents\n%+v\nwant\n%+v", seed, got, want)
		}
		for _, d := range want {
			for i, p := range d.WithHidden().Pages {
				of, _ := o.DocumentOf(p, x)
				if o.FolioOf(p, x) != d.WithHidden().Folios[i] || !of.Has(p) {
					t.Errorf("seed %d: page %s is in %q with folio %v", seed, p, of.Title, o.FolioOf(p, x))
				}
			}
		}
		if !slices.Equal(o.Flagged(x), fresh.Flagged(x)) {
			t.Errorf("seed %d: flags differ", seed)
		}
	}
}
