package markedit_test

import (
	"image"
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"butluc/app/console/markedit"
	"butluc/library"
	"butluc/presenter/compose"
)

// keeps tells why an outline would refuse the mark; nil where it can be kept.
func keeps(m library.Mark) error {
	if m.Kind == library.MarkText {
		m.Text = "Lời khai"
	}
	data, err := library.EncodeRecord(library.Step{ID: "s", Scenario: "a", Rank: "i", Shot: library.Shot{}.Add(library.Pane{
		Page: library.PageID{Path: "a.pdf"}, Marks: library.MarksOf(m),
	})})
	if err == nil {
		_, err = library.DecodeRecord(library.TableSteps, data)
	}
	return err
}

func at(x, y float64) library.Point { return library.Point{X: x, Y: y} }

// anywhere is where a pointer may be: also beside the page.
func anywhere(t *rapid.T, name string) library.Point {
	part := rapid.Float64Range(-0.5, 1.5)
	return at(part.Draw(t, name+" x"), part.Draw(t, name+" y"))
}

// drawn is a mark that was drawn with a pointer, as a person leaves it.
func drawn(t *rapid.T) (library.Mark, bool) {
	kind := rapid.SampledFrom(library.MarkKinds).Draw(t, "kind")
	d := markedit.Begin(kind, library.PageID{}, anywhere(t, "from"))
	for range rapid.IntRange(0, 6).Draw(t, "moves") {
		d.To(anywhere(t, "to"))
	}
	if rapid.Bool().Draw(t, "snap") {
		d.Snap(page(12))
	}
	return d.Mark()
}

// page is a page of so many lines of four words each.
func page(lines int) markedit.Text {
	var text markedit.Text
	for i := range lines {
		y := 0.1 + 0.06*float64(i)
		l := library.Line{Box: library.Rect{X0: 0.1, Y0: y, X1: 0.85, Y1: y + 0.03}}
		for k := range 4 {
			x := 0.1 + 0.2*float64(k)
			l.Words = append(l.Words, library.Word{Box: library.Rect{X0: x, Y0: y, X1: x + 0.15, Y1: y + 0.03}, Text: "chữ"})
		}
		text = append(text, l)
	}
	return text
}

func TestWhateverIsDrawnCanBeKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		if m, meant := drawn(t); meant {
			if err := keeps(m); err != nil {
				t.Fatalf("%+v: %v", m, err)
			}
		}
	})
}

func TestASlipOfTheHandIsNoMark(t *testing.T) {
	for _, kind := range library.MarkKinds {
		d := markedit.Begin(kind, library.PageID{}, at(0.5, 0.5))
		if _, meant := d.Mark(); meant != (kind == library.MarkText) {
			t.Errorf("%s: a click is a mark: %v", kind, meant)
		}
		d.To(at(0.501, 0.501))
		if _, meant := d.Mark(); meant != (kind == library.MarkText) {
			t.Errorf("%s: a trembling click is a mark: %v", kind, meant)
		}
		d.To(at(0.6, 0.55))
		if m, meant := d.Mark(); !meant || m.Kind != kind {
			t.Errorf("%s: what was drawn is %+v, meant %v", kind, m, meant)
		}
	}
}

func TestEachKindIsDrawnAsAHandDoes(t *testing.T) {
	way := []library.Point{at(0.5, 0.6), at(0.7, 0.7), at(0.3, 0.2)}
	for kind, want := range map[library.MarkKind][]library.Point{
		library.MarkBox:       {at(0.3, 0.2), at(0.5, 0.6)}, // the upper left corner first
		library.MarkHighlight: {at(0.3, 0.2), at(0.5, 0.6)},
		library.MarkRedaction: {at(0.3, 0.2), at(0.5, 0.6)},
		library.MarkArrow:     {at(0.5, 0.6), at(0.3, 0.2)}, // its head at the end
		library.MarkLine:      {at(0.5, 0.6), at(0.3, 0.2)},
		library.MarkText:      {at(0.3, 0.2)},
		library.MarkPen:       {at(0.5, 0.6), at(0.5, 0.6), at(0.7, 0.7), at(0.3, 0.2)},
	} {
		d := markedit.Begin(kind, library.PageID{}, way[0])
		d.To(way[1])
		d.To(way[2])
		d.To(way[2]) // the hand rests
		if m, _ := d.Mark(); !slices.Equal(m.Points, want) {
			t.Errorf("%s: %v, want %v", kind, m.Points, want)
		}
	}
	d := markedit.Begin(library.MarkPen, library.PageID{}, at(0, 0))
	for i := range 3 * library.MaxPoints {
		d.To(at(float64(i%1000)/1000, 0.5))
	}
	if m, _ := d.Mark(); keeps(m) != nil {
		t.Errorf("a pen that was led for long: %v", keeps(m))
	}
}

// A highlight lies on the words from the one to the other, as they are read: all of the lines between.
func TestAHighlightSnapsToTheWordsAsTheyAreRead(t *testing.T) {
	text := page(5)
	box := func(line, first, last int) library.Rect {
		l := text[line]
		return library.Rect{X0: l.Words[first].Box.X0, Y0: l.Box.Y0, X1: l.Words[last].Box.X1, Y1: l.Box.Y1}
	}
	word := func(line, word int) library.Point {
		b := text[line].Words[word].Box
		return at(b.X0+0.02, b.Y0+0.01)
	}
	for name, c := range map[string]struct {
		from, to library.Point
		want     []library.Rect
	}{
		"within a line":             {word(1, 1), word(1, 2), []library.Rect{box(1, 1, 2)}},
		"backwards":                 {word(1, 2), word(1, 1), []library.Rect{box(1, 1, 2)}},
		"one word":                  {word(1, 1), at(word(1, 1).X+0.03, word(1, 1).Y+0.008), []library.Rect{box(1, 1, 1)}},
		"over two lines":            {word(1, 2), word(2, 1), []library.Rect{box(1, 2, 3), box(2, 0, 1)}},
		"over four, from below":     {word(3, 0), word(0, 3), []library.Rect{box(0, 3, 3), box(1, 0, 3), box(2, 0, 3), box(3, 0, 0)}},
		"down and to the left":      {word(0, 3), word(2, 0), []library.Rect{box(0, 3, 3), box(1, 0, 3), box(2, 0, 0)}},
		"from just above a word":    {at(0.12, 0.155), word(1, 1), []library.Rect{box(1, 0, 1)}},
		"from the margin beside it": {at(0.05, 0.17), word(1, 1), []library.Rect{box(1, 0, 1)}},
	} {
		d := markedit.Begin(library.MarkHighlight, library.PageID{}, c.from)
		d.To(c.to)
		d.Snap(text)
		m, meant := d.Mark()
		if got := m.Regions(); !slices.Equal(got, c.want) || !meant {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	for name, c := range map[string]struct {
		kind     library.MarkKind
		from, to library.Point
		text     markedit.Text
	}{
		"a photograph":          {library.MarkHighlight, word(1, 1), word(2, 2), nil},
		"where no text is":      {library.MarkHighlight, at(0.1, 0.8), at(0.5, 0.9), text},
		"out off the text":      {library.MarkHighlight, word(1, 1), at(0.99, 0.9), text},
		"far out in the margin": {library.MarkHighlight, word(1, 1), at(0.99, 0.175), text},
		"a box over some words": {library.MarkBox, word(1, 1), word(2, 2), text},
	} {
		d := markedit.Begin(c.kind, library.PageID{}, c.from)
		d.To(c.to)
		plain, _ := d.Mark()
		want := slices.Clone(plain.Points)
		d.Snap(c.text)
		if m, _ := d.Mark(); !slices.Equal(m.Points, want) {
			t.Errorf("%s: it was drawn as %v, and snapped to %v", name, want, m.Points)
		}
	}
}

// A mark stretched by any handle, by the keyboard, again and again, lies on the page and can be kept.
func TestAStretchedMarkStaysOnThePageAndValid(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, meant := drawn(t)
		if !meant {
			return
		}
		for range rapid.IntRange(1, 8).Draw(t, "times") {
			before := slices.Clone(m.Points)
			was := m
			handles := markedit.Handles(m)
			if n := len(handles); n > 0 && rapid.Bool().Draw(t, "by a handle") {
				m = markedit.Stretch(m, rapid.IntRange(0, n-1).Draw(t, "handle"), anywhere(t, "to"))
			} else {
				by := rapid.Float64Range(-1.2, 1.2)
				m = markedit.Grown(m, by.Draw(t, "dx"), by.Draw(t, "dy"))
			}
			if !slices.Equal(was.Points, before) {
				t.Fatal("stretching changed the mark that was given")
			}
			if m.Kind != was.Kind || len(m.Points) != len(was.Points) {
				t.Fatalf("%+v became %+v", was, m)
			}
			if err := keeps(m); err != nil {
				t.Fatalf("%+v, of %+v: %v", m, was, err)
			}
		}
	})
}

// The handle that is held comes to where the pointer is, and the side across stays.
func TestAHandleFollowsThePointer(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := library.Mark{Kind: library.MarkBox, Points: []library.Point{at(0.4, 0.4), at(0.6, 0.6)}}
		handle := rapid.IntRange(0, 7).Draw(t, "handle")
		part := rapid.Float64Range(0, 1)
		to := at(part.Draw(t, "x"), part.Draw(t, "y"))
		got, held := markedit.Stretch(m, handle, to), markedit.Handles(m)[handle]
		b := got.Bounds()
		side := func(name string, moves bool, has, wants, was, lo, hi float64) {
			want := was
			if moves {
				want = max(lo, min(hi, wants))
			}
			if math.Abs(has-want) > 0.005 {
				t.Fatalf("handle %d led to %v: the %s side is at %v, want %v", handle, to, name, has, want)
			}
		}
		side("left", held.X == 0.4, b.X0, to.X, 0.4, 0, 0.6)
		side("right", held.X == 0.6, b.X1, to.X, 0.6, 0.4, 1)
		side("upper", held.Y == 0.4, b.Y0, to.Y, 0.4, 0, 0.6)
		side("lower", held.Y == 0.6, b.Y1, to.Y, 0.6, 0.4, 1)
	})
	line := library.Mark{Kind: library.MarkArrow, Points: []library.Point{at(0.2, 0.2), at(0.4, 0.4)}}
	if got := markedit.Stretch(line, 1, at(0.1, 2)).Points; !slices.Equal(got, []library.Point{at(0.2, 0.2), at(0.1, 1)}) {
		t.Errorf("an arrow's head led off the page: %v", got)
	}
	for _, m := range []library.Mark{
		{Kind: library.MarkText, Points: []library.Point{at(0.2, 0.2)}},
		{Kind: library.MarkHighlight, Points: []library.Point{at(0.1, 0.1), at(0.2, 0.2), at(0.1, 0.3), at(0.2, 0.4)}},
	} {
		if n := len(markedit.Handles(m)); n != 0 {
			t.Errorf("a %s of %d points has %d handles", m.Kind, len(m.Points), n)
		}
	}
}

// By the keyboard a mark comes to the middle of what is looked at, and can be kept however near that is.
func TestAMarkPlacedByTheKeyboardIsInSight(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		part := rapid.Float64Range(0, 1)
		view := library.ViewAt(0.7, 1.7, rapid.Float64Range(0.5, library.MaxZoom).Draw(t, "zoom"), part.Draw(t, "x"), part.Draw(t, "y"))
		m := markedit.Placed(rapid.SampledFrom(library.MarkKinds).Draw(t, "kind"), view)
		if err := keeps(m); err != nil {
			t.Fatalf("%+v: %v", m, err)
		}
		v, b := view.Or(), m.Bounds()
		if b.X0 < v.X0 || b.Y0 < v.Y0 || b.X1 > v.X1 || b.Y1 > v.Y1 {
			t.Fatalf("%v is placed outside of what is seen, %v", b, v)
		}
	})
}

// A mark is picked where it is drawn and a little beside it: a line along its way, a highlight on its lines only.
func TestAMarkIsPickedWhereItIs(t *testing.T) {
	on := compose.MapOf(image.Rect(100, 50, 1100, 1050), library.Rect{}, 0) // a thousand pixels each way
	const near = 5
	for _, c := range []struct {
		m    library.Mark
		hit  []library.Point
		miss []library.Point
	}{
		{
			library.Mark{Kind: library.MarkBox, Points: []library.Point{at(0.2, 0.2), at(0.4, 0.3)}},
			[]library.Point{at(0.2, 0.2), at(0.3, 0.25), at(0.404, 0.304)},
			[]library.Point{at(0.41, 0.25), at(0.3, 0.31), at(0.1, 0.1)},
		},
		{
			library.Mark{Kind: library.MarkLine, Points: []library.Point{at(0.2, 0.2), at(0.6, 0.6)}},
			[]library.Point{at(0.2, 0.2), at(0.4, 0.405), at(0.6, 0.6)},
			[]library.Point{at(0.3, 0.5), at(0.65, 0.65), at(0.2, 0.6)},
		},
		{
			library.Mark{Kind: library.MarkPen, Points: []library.Point{at(0.2, 0.2), at(0.6, 0.2), at(0.6, 0.6)}},
			[]library.Point{at(0.4, 0.2), at(0.6, 0.4)},
			[]library.Point{at(0.4, 0.4), at(0.3, 0.3)},
		},
		{
			library.Mark{Kind: library.MarkHighlight, Points: []library.Point{at(0.5, 0.1), at(0.9, 0.12), at(0.1, 0.15), at(0.3, 0.17)}},
			[]library.Point{at(0.7, 0.11), at(0.2, 0.16)},
			[]library.Point{at(0.2, 0.11), at(0.7, 0.16)},
		},
		{
			library.Mark{Kind: library.MarkText, Points: []library.Point{at(0.5, 0.5)}, Text: "a"},
			[]library.Point{at(0.5, 0.5)},
			[]library.Point{at(0.6, 0.6)},
		},
	} {
		for turn := range library.Turn(4) {
			turned := compose.MapOf(image.Rect(100, 50, 1100, 1050), library.Rect{}, turn)
			for want, points := range map[bool][]library.Point{true: c.hit, false: c.miss} {
				for _, p := range points {
					x, y := turned.ToFrame(p)
					if got := markedit.Hit(c.m, turned, x, y, near); got != want {
						t.Errorf("%s at %v of the page, turned %d: hit %v, want %v", c.m.Kind, p, turn, got, want)
					}
				}
			}
		}
	}
	// What was drawn under the pointer is hit there.
	rapid.Check(t, func(t *rapid.T) {
		m, meant := drawn(t)
		if !meant {
			return
		}
		for _, p := range m.Points {
			x, y := on.ToFrame(p)
			if !markedit.Hit(m, on, x, y, near) {
				t.Fatalf("%+v is not hit at %v", m, p)
			}
		}
	})
}

// Where the pointer is on a picture of several pages is a place on one of them, as that is turned and viewed.
func TestThePointerIsOnAPaneAndOnItsUprightPage(t *testing.T) {
	v := markedit.View{
		Size: image.Pt(400, 200),
		Shot: library.Shot{}.Add(library.Pane{View: library.Rect{X0: 0.5, Y0: 0.5, X1: 1, Y1: 1}}).Add(library.Pane{Turn: 1}),
		Places: []image.Rectangle{
			image.Rect(10, 20, 190, 180), image.Rect(210, 20, 390, 180),
		},
	}
	for p, want := range map[image.Point]int{{10, 20}: 0, {189, 179}: 0, {190, 100}: -1, {200, 100}: -1, {210, 100}: 1, {5, 5}: -1, {300, 180}: -1} {
		if got := v.Pane(float64(p.X), float64(p.Y)); got != want {
			t.Errorf("at %v is pane %d, want %d", p, got, want)
		}
	}
	if got := v.Map(0).ToPage(100, 100); math.Hypot(got.X-0.75, got.Y-0.75) > 1e-9 {
		t.Errorf("the middle of the first pane is %v of its page", got)
	}
	if got := v.Map(1).ToPage(390, 20); math.Hypot(got.X, got.Y) > 1e-9 { // turned clockwise, the upper left is at the right
		t.Errorf("the upper right corner of the turned page is %v of it", got)
	}
}
