package projector_test

import (
	"image"
	"image/color"
	"testing"

	"butluc/library"
	"butluc/presenter"
	"butluc/presenter/projector"
)

// layered is a screen in memory that can change what it shows for a moment.
type layered struct {
	*wall
	overs         int
	reprojections [][]projector.Part
}

func (l *layered) Over(*image.RGBA, image.Point, color.RGBA) error {
	l.overs++
	return nil
}

func (l *layered) Reproject(parts ...projector.Part) error {
	l.reprojections = append(l.reprojections, parts)
	return nil
}

var _ projector.Layers = &layered{}

// viewed is a page looked at from near, with marks.
func viewed(path string, view library.Rect, marks ...library.Mark) library.Pane {
	return library.Pane{Page: library.PageID{Path: path}, View: view, Marks: library.MarksOf(marks...)}
}

// layers lets the court see a shot on a screen with layers; no other frame is whole until the test gives it.
func (d *testProjector) layers(shown library.Shot) *layered {
	d.t.Helper()
	d.wall.size = image.Pt(320, 180)
	screen := &layered{wall: d.wall}
	d.SetScreen(screen)
	d.parts(false)()
	d.Do(presenter.SetRun{Run: []presenter.Cue{{ID: "shown", Shot: shown}}})
	d.Do(presenter.Start{}, presenter.Next{})
	d.until("the picture", func() bool { return d.wall.shows == 1 })
	return screen
}

var near = library.Rect{X0: 0.2, Y0: 0.3, X1: 0.7, Y1: 0.6}

func TestAChangeOfViewIsSeenBeforeItsFrameIsMade(t *testing.T) {
	d := newTestProjector(t)
	screen := d.layers(shot("a"))
	d.Do(presenter.LookLive{Pane: viewed("a", near)})
	if len(screen.reprojections) != 1 {
		t.Fatalf("%d reprojections of one change", len(screen.reprojections))
	}
	g := screen.reprojections[0][0]
	f, _ := d.Frame(shot("a"))
	if g.Clip != f.Room(0) {
		t.Errorf("it changes %v, the page's room is %v", g.Clip, f.Room(0))
	}
	if w := g.To.X1 - g.To.X0; w <= g.From.X1-g.From.X0 {
		t.Errorf("from %v to %v the page is not enlarged", g.From, g.To)
	}
	d.until("the sharp frame", func() bool { return d.wall.shows == 2 })
}

// Two pages that are looked at together move together, before their frame is made as in it.
func TestPagesThatMoveTogetherAreReprojectedTogether(t *testing.T) {
	d := newTestProjector(t)
	both := shot("a").Add(shot("b").First())
	screen := d.layers(both)
	d.Do(presenter.LookLive{Pane: viewed("a", near)}, presenter.LookLive{Index: 1, Pane: viewed("b", near)})
	last := screen.reprojections[len(screen.reprojections)-1]
	f, _ := d.Frame(both)
	if len(last) != 2 || last[0].Clip != f.Room(0) || last[1].Clip != f.Room(1) {
		t.Fatalf("the court sees %v, want a part in either page's room", last)
	}
	d.until("the sharp frame", func() bool { return d.wall.shows == 2 })
}

// A reprojection is of the frame that stands: where that has, or will have, anything else, there is none.
func TestNothingButAChangeOfViewIsSeenBeforeItsFrameIsMade(t *testing.T) {
	box := library.Mark{Kind: library.MarkBox, Points: []library.Point{{X: 0.1, Y: 0.1}, {X: 0.4, Y: 0.4}}}
	drawn := viewed("a", near)
	drawn.Live = library.MarksOf(box)
	adjusted := viewed("a", near)
	adjusted.Adjust = library.Adjust{Invert: true}
	turned := viewed("a", near)
	turned.Turn = 1
	next := viewed("a", near)
	next.Page.Index = 1
	for name, c := range map[string]struct {
		shown library.Shot
		to    library.Pane
	}{
		"drawn on":                 {shot("a"), drawn},
		"adjusted":                 {shot("a"), adjusted},
		"turned":                   {shot("a"), turned},
		"another page":             {shot("a"), next},
		"with a callout before it": {marked("a", callout()), viewed("a", near, callout())},
		"another part of the page": {library.Shot{}.Add(viewed("a", near)), viewed("a", library.Rect{X0: 0.2, Y0: 0.7, X1: 0.7, Y1: 0.9})},
		"a part that only touches": {library.Shot{}.Add(viewed("a", near)), viewed("a", library.Rect{X0: 0.2, Y0: 0.6, X1: 0.7, Y1: 0.9})},
	} {
		d := newTestProjector(t)
		screen := d.layers(c.shown)
		d.Do(presenter.LookLive{Pane: c.to})
		d.until("the new frame", func() bool { return d.wall.shows == 2 })
		if len(screen.reprojections) > 0 {
			t.Errorf("%s: a reprojection from %v to %v", name, screen.reprojections[0][0].From, screen.reprojections[0][0].To)
		}
		if len(d.told) > 0 {
			t.Errorf("%s: the person at the console is told %v", name, d.told)
		}
	}
}

func TestABlackScreenShowsNoReprojection(t *testing.T) {
	d := newTestProjector(t)
	screen := d.layers(shot("a"))
	// Black and back: the old frame stands behind the black, the new one is on its way.
	d.Do(presenter.Blank{}, presenter.LookLive{Pane: viewed("a", library.Rect{X0: 0.1, Y0: 0.1, X1: 0.5, Y1: 0.4})}, presenter.Blank{})
	if len(screen.reprojections) > 0 || d.wall.shows != 1 {
		t.Errorf("back from black, with its frame on the way: %d reprojections, %d pictures", len(screen.reprojections), d.wall.shows)
	}
	d.until("the frame", func() bool { return d.wall.shows == 2 })
	d.Do(presenter.Blank{}, presenter.LookLive{Pane: viewed("a", near)})
	d.until("the new frame", func() bool { _, ok := d.Frame(library.Shot{}.Add(viewed("a", near))); return ok })
	if len(screen.reprojections) > 0 || d.wall.shows != 2 {
		t.Errorf("black: %d reprojections, %d pictures", len(screen.reprojections), d.wall.shows)
	}
	d.Do(presenter.Blank{})
	if len(screen.reprojections) > 0 || d.wall.shows != 3 {
		t.Errorf("back from black: %d reprojections, %d pictures", len(screen.reprojections), d.wall.shows)
	}
}

// Drawing over the court's picture is drawing on what the court sees: not on black, nor on a picture that goes.
func TestNothingIsDrawnOverWhatTheCourtDoesNotSee(t *testing.T) {
	d := newTestProjector(t)
	d.wall.size = image.Pt(320, 180)
	screen := &layered{wall: d.wall}
	over := func(want bool, when string) {
		t.Helper()
		before := screen.overs
		d.Over(image.NewRGBA(image.Rect(0, 0, 4, 4)), image.Pt(10, 10), color.RGBA{})
		if got := screen.overs > before; got != want {
			t.Errorf("%s: drawn over %v, want %v", when, got, want)
		}
	}
	d.SetScreen(screen)
	over(false, "no trial runs")
	d.stub.own = nil
	d.Do(presenter.SetRun{Run: []presenter.Cue{{ID: "a", Shot: shot("a")}, {ID: "b", Shot: shot("b")}}})
	d.Do(presenter.Start{})
	over(false, "at the beginning, black")
	d.Do(presenter.Next{})
	over(false, "while the first picture is on its way")
	d.stub.finish("a", false)
	d.until("a", func() bool { return d.wall.shows == 1 })
	over(true, "while a stands")
	d.Do(presenter.Next{})
	over(false, "while b is on its way over a")
	d.stub.finish("b", false)
	d.until("b", func() bool { return d.wall.shows == 2 })
	over(true, "while b stands")
	d.Do(presenter.Blank{})
	over(false, "black")
	d.Do(presenter.Blank{})
	over(true, "b again")
	d.SetScreen(nil)
	over(false, "without a screen")
	d.SetScreen(screen)
	over(false, "the screen came back, black")
	d.Do(presenter.Blank{})
	over(true, "b on the screen that came back")
	d.Do(presenter.End{})
	over(false, "the trial ended")
}
