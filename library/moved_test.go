package library_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"butluc/library"
)

var (
	hides     = library.Mark{Kind: library.MarkRedaction, Points: []library.Point{{X: 0.1, Y: 0.2}, {X: 0.3, Y: 0.25}}}
	hidesElse = library.Mark{Kind: library.MarkRedaction, Points: []library.Point{{X: 0.6, Y: 0.7}, {X: 0.9, Y: 0.8}}}
	points    = library.Mark{Kind: library.MarkBox, Points: []library.Point{{X: 0.4, Y: 0.5}, {X: 0.5, Y: 0.6}}}
)

func pageOf(path string) library.PageID { return library.PageID{Path: path, Index: 1} }

// marked is an outline with notes, and the fingerprints of the files at two of their paths.
func marked(t testing.TB, notes ...library.PageNote) library.Outline {
	t.Helper()
	var records []library.Record
	for _, n := range notes {
		records = append(records, n)
	}
	return apply(t, library.Outline{}, func(o library.Outline) library.Edit { return o.SetAll("mark", records...) },
		func(library.Outline) library.Edit {
			return library.Edit{Changes: []library.Change{
				{After: library.Source{Path: "a.pdf", SHA256: shaA}}, {After: library.Source{Path: "b.pdf", SHA256: shaB}},
			}}
		})
}

func indexOf(files ...library.File) *library.Index { return library.NewIndex(library.Exhibits(files)) }

func pdf(path, sum string) library.File { return exhibit(path, sum, 3, library.KindPDF) }

// Wherever the content of a redacted page is in the case by now, it is redacted there.
func TestARedactionIsWhereTheContentOfItsPageIs(t *testing.T) {
	o := marked(t, library.PageNote{Page: pageOf("a.pdf"), Marks: library.MarksOf(hides, points)})
	for name, c := range map[string]struct {
		files []library.File
		at    []string
		stray bool // nobody can tell yet which other file it may be in
	}{
		"as it was":                        {[]library.File{pdf("a.pdf", shaA)}, []string{"a.pdf"}, false},
		"a copy elsewhere":                 {[]library.File{pdf("a.pdf", shaA), pdf("c.pdf", shaA)}, []string{"a.pdf"}, false},
		"renamed":                          {[]library.File{pdf("c.pdf", shaA)}, []string{"c.pdf"}, false},
		"renamed, two copies":              {[]library.File{pdf("c.pdf", shaA), pdf("d.pdf", shaA)}, []string{"c.pdf", "d.pdf"}, true},
		"renamed, not read yet":            {[]library.File{pdf("c.pdf", "")}, nil, true},
		"renamed, another in its place":    {[]library.File{pdf("a.pdf", shaB), pdf("c.pdf", shaA)}, []string{"c.pdf"}, false},
		"changed":                          {[]library.File{pdf("a.pdf", shaA[1:]+"c")}, []string{"a.pdf"}, true},
		"changed, the old one beside it":   {[]library.File{pdf("a.pdf", shaA[1:]+"c"), pdf("c.pdf", shaA)}, []string{"a.pdf", "c.pdf"}, true},
		"perhaps changed, another unread":  {[]library.File{pdf("a.pdf", ""), pdf("c.pdf", "")}, []string{"a.pdf"}, true},
		"gone":                             {nil, nil, true},
		"the two files' names were turned": {[]library.File{pdf("a.pdf", shaB), pdf("b.pdf", shaA)}, []string{"b.pdf"}, false},
	} {
		x := indexOf(c.files...)
		var at []string
		for p, now := range o.PagesNow(x).All() {
			if _, there := x.Exhibit(p.Path); !there || p.Index != 1 {
				continue
			}
			if !slices.Contains(now.Marks.List()[0].Points, hides.Points[0]) {
				t.Errorf("%s: at %s are %v", name, p, now.Marks)
			}
			at = append(at, p.Path)
		}
		slices.Sort(at)
		if !slices.Equal(at, c.at) {
			t.Errorf("%s: redacted in %v, want %v", name, at, c.at)
		}
		if stray := o.StrayMarks(x); (len(stray) > 0) != c.stray {
			t.Errorf("%s: stray are %v, want that there are some: %v", name, stray, c.stray)
		}
	}
}

// A file was marked again under its new name before anybody knew that it is the old one: what was hidden stays so.
func TestMarksUnderANewNameDoNotUncoverWhatWasRedactedUnderTheOld(t *testing.T) {
	o := marked(
		t, library.PageNote{Page: pageOf("a.pdf"), Turn: 3, Marks: library.MarksOf(points, hides)},
		library.PageNote{Page: pageOf("c.pdf"), Turn: 1, Marks: library.MarksOf(points, hidesElse)},
	)
	got := o.PagesNow(indexOf(pdf("c.pdf", shaA))).Of(pageOf("c.pdf"))
	want := library.PageNow{Upright: 1, Marks: library.MarksOf(points, hidesElse, hides.Turned(2))}
	if got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
}

// Marks lie on the upright page: the turn that made it so comes along.
func TestAPageStaysUprightUnderItsNewName(t *testing.T) {
	note := library.PageNote{Page: pageOf("a.pdf"), Turn: 1, Marks: library.MarksOf(hides)}
	o := marked(t, note, library.PageNote{Page: pageOf("b.pdf"), Turn: 2})
	now := o.PagesNow(indexOf(pdf("c.pdf", shaA), pdf("d.pdf", shaB)))
	if got, want := now.Of(pageOf("c.pdf")), (library.PageNow{Upright: 1, Marks: note.Marks}); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := now.Of(pageOf("d.pdf")); got.Upright != 2 {
		t.Errorf("without marks: %+v", got)
	}
	if back := marked(t, note).PagesNow(indexOf(pdf("a.pdf", ""))).Of(pageOf("a.pdf")); back.Upright != 1 || back.Marks != note.Marks {
		t.Errorf("in its place: %+v", back)
	}
}

// What a person sees on a page is what is edited, under whatever name it was noted; also all of it can go.
func TestMarksOfAMovedPageAreEditedAsTheyAreSeen(t *testing.T) {
	x := indexOf(pdf("c.pdf", shaA))
	for _, marks := range []library.Marks{{}, library.MarksOf(points), library.MarksOf(hidesElse, hides)} {
		o := marked(t, library.PageNote{Page: pageOf("a.pdf"), Turn: 1, Marks: library.MarksOf(hides), Text: "chú ý"},
			library.PageNote{Page: library.PageID{Path: "a.pdf"}, Marks: library.MarksOf(hides)})
		e := o.SetAll("mark", o.MarkPage(pageOf("c.pdf"), marks, x)...)
		next := apply(t, o, func(library.Outline) library.Edit { return e })
		if got, want := next.PagesNow(x).Of(pageOf("c.pdf")), (library.PageNow{Upright: 1, Marks: marks}); got != want {
			t.Errorf("set to %v, it is %+v", marks, got)
		}
		if got := next.PagesNow(x).Of(library.PageID{Path: "c.pdf"}).Marks; got != library.MarksOf(hides) {
			t.Errorf("another page's marks became %v", got)
		}
		if next.Note(pageOf("a.pdf")).Text != "chú ý" {
			t.Error("what else was noted is gone")
		}
		linked := apply(t, next, func(o library.Outline) library.Edit { return o.Relink(x) })
		if n := linked.Note(pageOf("c.pdf")); n.Marks != marks || n.Turn != 1 || n.Text != "chú ý" {
			t.Errorf("set to %v, after relinking it is %+v", marks, n)
		}
		if back := apply(t, next, func(library.Outline) library.Edit { return e.Inverse() }); !back.Same(o) {
			t.Error("it can't be undone")
		}
	}
}

// Relinking two notes of one page puts together what both hide, in the place where each hid it.
func TestRelinkingLosesNoRedaction(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		turns := rapid.SampledFrom([]library.Turn{0, 1, 2, 3})
		some := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) library.Mark {
			m := anyMark(t)
			m.Beat = 0
			return m
		}), 0, 4)
		a := library.PageNote{Page: pageOf("a.pdf"), Turn: turns.Draw(rt, "turn a"), Marks: library.MarksOf(some.Draw(rt, "marks a")...)}
		c := library.PageNote{Page: pageOf("c.pdf"), Turn: turns.Draw(rt, "turn c"), Marks: library.MarksOf(some.Draw(rt, "marks c")...)}
		if a.Marks.IsZero() {
			a.Marks = library.MarksOf(hides)
		}
		if c.Turn == 0 && c.Marks.IsZero() {
			c.Text = "chú ý"
		}
		o := marked(t, a, c)
		x := indexOf(pdf("c.pdf", shaA))
		n := apply(t, o, func(o library.Outline) library.Edit { return o.Relink(x) }).Note(pageOf("c.pdf"))
		for _, from := range []library.PageNote{a, c} {
			for _, m := range from.Marks.Turned(int(n.Turn) - int(from.Turn)).List() {
				if m.Kind == library.MarkRedaction && !slices.ContainsFunc(n.Marks.List(), func(h library.Mark) bool { return library.MarksOf(h) == library.MarksOf(m) }) {
					rt.Fatalf("%v of %+v is not in %+v", m, from, n)
				}
			}
		}
	})
}

// However many marks two notes have, what is hidden stays hidden.
func TestRelinkingTooManyMarksKeepsTheRedactions(t *testing.T) {
	full := slices.Repeat([]library.Mark{points}, library.MaxMarks-1)
	o := marked(t, library.PageNote{Page: pageOf("a.pdf"), Marks: library.MarksOf(append(slices.Clone(full), hides)...)},
		library.PageNote{Page: pageOf("c.pdf"), Marks: library.MarksOf(append(slices.Clone(full), hidesElse)...)})
	n := apply(t, o, func(o library.Outline) library.Edit { return o.Relink(indexOf(pdf("c.pdf", shaA))) }).Note(pageOf("c.pdf"))
	count := 0
	for _, m := range n.Marks.List() {
		if m.Kind == library.MarkRedaction {
			count++
		}
	}
	if count != 2 {
		t.Errorf("%d redactions are left of two", count)
	}
}

// What a step drew on a page, a redaction say, lies on the same words once that is turned upright, also while
// the step knows its file by an older name.
func TestTurningAMovedPageTurnsWhatStepsDrewOnIt(t *testing.T) {
	x := indexOf(pdf("c.pdf", shaA))
	o := marked(t, library.PageNote{Page: pageOf("a.pdf"), Marks: library.MarksOf(points)})
	o = apply(t, o, func(o library.Outline) library.Edit {
		return o.AddPhase(library.Phase{ID: "p", Title: "P"}, library.Place{})
	},
		func(o library.Outline) library.Edit {
			return o.AddScenario(library.Scenario{ID: "s", Title: "S"}, library.Place{Parent: "p"})
		},
		func(o library.Outline) library.Edit {
			shot := library.ShotOf(pageOf("b.pdf")).Add(library.Pane{Page: pageOf("a.pdf"), Marks: library.MarksOf(hides)})
			return o.AddSteps(library.Place{Parent: "s"}, library.Step{ID: "step", Shot: shot})
		},
		func(o library.Outline) library.Edit { return o.TurnPage(pageOf("c.pdf"), 1, x) })
	if step, _ := o.Step("step"); step.Shot.Panes[1].Marks != library.MarksOf(hides.Turned(1)) {
		t.Errorf("the step's redaction lies at %v, the page was turned", step.Shot.Panes[1].Marks)
	}
	if got, want := o.PagesNow(x).Of(pageOf("c.pdf")), (library.PageNow{Upright: 1, Marks: library.MarksOf(points.Turned(1))}); got != want {
		t.Errorf("the page is %+v, want %+v", got, want)
	}
}
