package library_test

import (
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"butluc/library"
)

func part(t *rapid.T, name string) float64 {
	return float64(rapid.IntRange(0, 100_000).Draw(t, name)) / 100_000
}

// anyMark is a mark that may be kept.
func anyMark(t *rapid.T) library.Mark {
	point := func() library.Point { return library.Point{X: part(t, "x"), Y: part(t, "y")} }
	region := func() []library.Point {
		x, y := rapid.IntRange(0, 90_000).Draw(t, "x0"), rapid.IntRange(0, 90_000).Draw(t, "y0")
		a := library.Point{X: float64(x) / 100_000, Y: float64(y) / 100_000}
		b := library.Point{X: float64(x+rapid.IntRange(1, 10_000).Draw(t, "w")) / 100_000, Y: float64(y+rapid.IntRange(1, 10_000).Draw(t, "h")) / 100_000}
		return []library.Point{a, b}
	}
	m := library.Mark{
		Kind: rapid.SampledFrom(library.MarkKinds).Draw(t, "kind"), Beat: rapid.IntRange(0, 3).Draw(t, "beat"),
		Color: rapid.SampledFrom(append([]string{""}, library.MarkColors...)).Draw(t, "color"),
		Width: rapid.SampledFrom([]float64{0, 0.5, 2}).Draw(t, "width"),
	}
	switch m.Kind {
	case library.MarkText:
		m.Points, m.Text = []library.Point{point()}, rapid.StringMatching(`[a-zđêô ]{1,9}`).Draw(t, "text")
	case library.MarkPen, library.MarkArrow, library.MarkLine:
		m.Points = []library.Point{point(), point()}
	case library.MarkRedaction:
		m.Points, m.Beat = region(), 0
	case library.MarkCallout:
		m.Points, m.To = region(), library.RectOf(region()[0], library.Point{X: 1, Y: 1})
	default:
		m.Points = region()
	}
	return m
}

func TestMarksOutliveTheStore(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(rapid.Custom(anyMark), 0, 5).Draw(t, "marks")
		marks := library.MarksOf(list...)
		step := library.Step{ID: "s", Scenario: "a", Rank: "i", Shot: library.Shot{}.Add(library.Pane{
			Page: library.PageID{Path: "BL 1.pdf"}, Marks: marks, Adjust: library.Adjust{Contrast: 30, Invert: true},
		})}
		data, err := library.EncodeRecord(step)
		if err != nil {
			t.Fatal(err)
		}
		back, err := library.DecodeRecord(library.TableSteps, data)
		if err != nil {
			t.Fatalf("%v: %s", err, data)
		}
		if back != library.Record(step) {
			t.Fatalf("read back otherwise:\n%s", cmp.Diff(list, back.(library.Step).Shot.First().Marks.List()))
		}
		if diff := cmp.Diff(list, marks.List()); diff != "" && len(list) > 0 {
			t.Fatal(diff)
		}
	})
}

func TestMarksTurnedFourTimesAreTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		marks := library.MarksOf(rapid.SliceOfN(rapid.Custom(anyMark), 1, 4).Draw(t, "marks")...)
		quarters := rapid.IntRange(-4, 4).Draw(t, "quarters")
		if got := marks.Turned(quarters).Turned(-quarters); got != marks {
			t.Fatalf("turned by %d and back: %v, want %v", quarters, got, marks)
		}
		for i, m := range marks.List() {
			if m.Bounds() == (library.Rect{}) {
				continue // the zero rectangle is that of no page
			}
			if got, want := marks.Turned(quarters).List()[i].Bounds(), m.Bounds().Turned(quarters); !near(got, want) {
				t.Fatalf("mark %d turned by %d lies at %v, its bounds at %v", i, quarters, got, want)
			}
		}
	})
}

func near(a, b library.Rect) bool {
	for _, d := range []float64{a.X0 - b.X0, a.Y0 - b.Y0, a.X1 - b.X1, a.Y1 - b.Y1} {
		if math.Abs(d) > 2e-5 {
			return false
		}
	}
	return true
}

func TestAMarkMovedStaysOnThePageAndItsShape(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := anyMark(t)
		moved := m.Moved(part(t, "dx")*4-2, part(t, "dy")*4-2)
		a, b := m.Bounds(), moved.Bounds()
		if b.X0 < 0 || b.Y0 < 0 || b.X1 > 1 || b.Y1 > 1 {
			t.Fatalf("moved off the page: %v", b)
		}
		if math.Abs((a.X1-a.X0)-(b.X1-b.X0)) > 1e-9 || math.Abs((a.Y1-a.Y0)-(b.Y1-b.Y0)) > 1e-9 {
			t.Fatalf("moving changed its size from %v to %v", a, b)
		}
	})
}

func TestMarksThatCannotBeAreRefused(t *testing.T) {
	box := []library.Point{{X: 0.1, Y: 0.1}, {X: 0.2, Y: 0.2}}
	for name, m := range map[string]library.Mark{
		"no kind":               {Points: box},
		"unknown kind":          {Kind: "stamp", Points: box},
		"a box of three points": {Kind: library.MarkBox, Points: append(slices.Clone(box), library.Point{})},
		"a flat box":            {Kind: library.MarkBox, Points: []library.Point{{X: 0.1, Y: 0.1}, {X: 0.2, Y: 0.1}}},
		"half a highlight":      {Kind: library.MarkHighlight, Points: append(slices.Clone(box), library.Point{})},
		"off the page":          {Kind: library.MarkLine, Points: []library.Point{{X: 0.1, Y: 0.1}, {X: 1.2, Y: 0.2}}},
		"not a number":          {Kind: library.MarkLine, Points: []library.Point{{X: math.NaN(), Y: 0.1}, {X: 1, Y: 0.2}}},
		"a colour of its own":   {Kind: library.MarkBox, Points: box, Color: "#ff0000"},
		"hair-thin":             {Kind: library.MarkBox, Points: box, Width: 0.01},
		"a text of none":        {Kind: library.MarkText, Points: box[:1]},
		"a box with text":       {Kind: library.MarkBox, Points: box, Text: "a"},
		"a late redaction":      {Kind: library.MarkRedaction, Points: box, Beat: 1},
		"a box that goes away":  {Kind: library.MarkBox, Points: box, To: library.WholePage},
		"a beat without number": {Kind: library.MarkBox, Points: box, Beat: -1},
	} {
		step := library.Step{ID: "s", Scenario: "a", Rank: "i"}
		step.Shot = library.Shot{}.Add(library.Pane{Page: library.PageID{Path: "a.pdf"}, Marks: library.MarksOf(m)})
		data, err := library.EncodeRecord(step)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := library.DecodeRecord(library.TableSteps, data); !errors.Is(err, library.ErrInvalid) {
			t.Errorf("%s: error %v, want ErrInvalid", name, err)
		}
	}
}

func TestAPageHasNoBeats(t *testing.T) {
	note := library.PageNote{Page: library.PageID{Path: "a.pdf"}, Marks: library.MarksOf(library.Mark{
		Kind: library.MarkBox, Points: []library.Point{{}, {X: 1, Y: 1}}, Beat: 1,
	})}
	if _, err := (library.Outline{}).Apply(library.Outline{}.Set(note)); !errors.Is(err, library.ErrInvalid) {
		t.Fatalf("error %v, want ErrInvalid", err)
	}
}

func TestRedactionsAreAlwaysDrawnAndLast(t *testing.T) {
	box := []library.Point{{X: 0.1, Y: 0.1}, {X: 0.2, Y: 0.2}}
	redaction := library.Mark{Kind: library.MarkRedaction, Points: box}
	late := library.Mark{Kind: library.MarkBox, Points: box, Beat: 2}
	plain := library.Mark{Kind: library.MarkEllipse, Points: box}
	shot := library.Shot{}.Add(library.Pane{
		Page: library.PageID{Path: "a.pdf"}, Marks: library.MarksOf(redaction, late, plain), Live: library.MarksOf(plain),
	})
	kinds := func(shot library.Shot, ofPage library.Marks) string {
		var names []string
		for _, m := range shot.Drawn(0, ofPage) {
			names = append(names, string(m.Kind))
		}
		return strings.Join(names, " ")
	}
	if got, want := kinds(shot, library.Marks{}), "ellipse ellipse redaction"; got != want {
		t.Errorf("at the beginning %q, want %q", got, want)
	}
	if got, want := kinds(shot.At(2), library.MarksOf(redaction)), "box ellipse ellipse redaction redaction"; got != want {
		t.Errorf("at the second beat %q, want %q", got, want)
	}
	bare := shot.At(2)
	bare.Unmarked = true
	if got, want := kinds(bare, library.MarksOf(redaction, plain)), "redaction redaction"; got != want {
		t.Errorf("bare %q, want %q", got, want)
	}
}

func TestMarksTurnWithTheirPage(t *testing.T) {
	page := library.PageID{Path: "a.pdf"}
	mark := library.Mark{Kind: library.MarkBox, Points: []library.Point{{X: 0.1, Y: 0.2}, {X: 0.3, Y: 0.4}}}
	o := outlineWithStep(t, library.Step{ID: "s", Shot: library.Shot{}.Add(library.Pane{Page: page, Marks: library.MarksOf(mark)})})
	o = must(o.Apply(o.Set(library.PageNote{Page: page, Marks: library.MarksOf(mark)})))
	o = must(o.Apply(o.TurnPage(page, 1, library.NewIndex(nil))))
	want := library.MarksOf(mark.Turned(1))
	if s, _ := o.Step("s"); s.Shot.First().Marks != want {
		t.Errorf("the step's mark: %v, want %v", s.Shot.First().Marks, want)
	}
	if got := o.Note(page).Marks; got != want {
		t.Errorf("the page's mark: %v, want %v", got, want)
	}
}

func outlineWithStep(t *testing.T, s library.Step) library.Outline {
	t.Helper()
	o := must(library.Outline{}.Apply(library.Outline{}.AddPhase(library.Phase{ID: "p", Title: "P"}, library.Place{})))
	o = must(o.Apply(o.AddScenario(library.Scenario{ID: "a", Title: "A"}, library.Place{Parent: "p"})))
	return must(o.Apply(o.AddSteps(library.Place{Parent: "a"}, s)))
}

func must(o library.Outline, err error) library.Outline {
	if err != nil {
		panic(err)
	}
	return o
}

func TestAFullShotIsPushed(t *testing.T) {
	var shot library.Shot
	for _, name := range []string{"1", "2", "3", "4", "5"} {
		shot = shot.Push(library.Pane{Page: library.PageID{Path: name}})
	}
	var names []string
	for _, p := range shot.List() {
		names = append(names, p.Page.Path)
	}
	if got := strings.Join(names, ""); got != "2345" {
		t.Fatalf("panes %s, want 2345", got)
	}
	if got := shot.Without(1); got.Count != 3 || got.Panes[1].Page.Path != "4" || got.Panes[3] != (library.Pane{}) {
		t.Fatalf("without the second: %v", got)
	}
}

func TestMarksOfAForeignFileAreReadStrictly(t *testing.T) {
	var m library.Marks
	for _, text := range []string{`[{"kind":"box","at":[0,0,1]}]`, `[{"kind":"box","at":[0,0,1,1],"colour":"red"}]`, `{}`} {
		if err := json.Unmarshal([]byte(text), &m); err == nil {
			t.Errorf("%s was read", text)
		}
	}
}

// What is in files stays as it was: cases and outlines of older versions are read, and their fingerprints are of these bytes.
func TestMarksAreWrittenAsTheyWere(t *testing.T) {
	for _, c := range []struct {
		list []library.Mark
		want string
	}{
		{nil, `[]`},
		{
			[]library.Mark{{Kind: library.MarkPen, Points: []library.Point{{X: 0.123456, Y: 1}, {X: 1. / 3, Y: 0}}, Color: "red", Width: 2.5, Beat: 3}},
			`[{"kind":"pen","at":[0.12346,1,0.33333,0],"color":"red","width":2.5,"beat":3}]`,
		},
		{[]library.Mark{
			{Kind: library.MarkText, Points: []library.Point{{X: 0.07, Y: 0.29}}, Text: "điểm <a>"},
			{Kind: library.MarkCallout, Points: []library.Point{{X: 0.1, Y: 0.1}, {X: 0.2, Y: 0.2}}, To: library.Rect{X0: 0.5, X1: 0.9, Y1: 1}},
		}, `[{"kind":"text","at":[0.07,0.29],"text":"điểm \u003ca\u003e"},{"kind":"callout","at":[0.1,0.1,0.2,0.2],"to":[0.5,0,0.9,1]}]`},
	} {
		marks := library.MarksOf(c.list...)
		data, err := json.Marshal(marks)
		if err != nil || string(data) != c.want {
			t.Errorf("%s (%v), want %s", data, err, c.want)
		}
		var back library.Marks
		if err := json.Unmarshal(data, &back); err != nil || back != marks {
			t.Errorf("%s comes back as %v (%v)", data, back.List(), err)
		}
	}
}
