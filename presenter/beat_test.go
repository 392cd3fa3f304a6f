package presenter_test

import (
	"testing"

	"butluc/library"
	"butluc/presenter"
)

// withBeats is a shot of a page on which marks appear with beats 1 to n.
func withBeats(i, n int) library.Shot {
	shot := page(i)
	var marks []library.Mark
	for beat := 1; beat <= n; beat++ {
		marks = append(marks, library.Mark{
			Kind: library.MarkBox, Points: []library.Point{{X: 0.1, Y: 0.1}, {X: 0.2, Y: 0.2}}, Beat: beat,
		})
	}
	pane := shot.First()
	pane.Marks = library.MarksOf(marks...)
	return shot.With(0, pane)
}

// newBeatCourt has three cues; marks of the middle one appear with two beats.
func newBeatCourt() (c *court, middle library.Shot) {
	c = newCourt(3)
	middle = withBeats(1, 2)
	cues := run(3)
	cues[1].Shot = middle
	for beat := range 3 {
		c.ready[middle.At(beat)] = true
	}
	c.do(presenter.SetRun{Run: cues}, presenter.Start{}, presenter.Next{})
	return c, middle
}

func TestNextRevealsBeatsAndBackHidesThem(t *testing.T) {
	c, middle := newBeatCourt()
	c.do(presenter.Next{})
	c.mustSee(t, middle.At(0), "the step itself")
	if st := c.stage.State(); !st.NextBeat || st.Preview != middle.At(1) {
		t.Fatalf("Preview is not the next beat: %+v", st)
	}
	c.do(presenter.Next{})
	c.mustSee(t, middle.At(1), "its first beat")
	c.do(presenter.Take{})
	c.mustSee(t, middle.At(2), "Enter takes what is in Preview, its second beat")
	if st := c.stage.State(); st.NextBeat || st.Preview != page(2) {
		t.Fatalf("behind the last beat Preview is the next step: %+v", st)
	}
	c.do(presenter.Next{})
	c.mustSee(t, page(2), "the next step")
	c.do(presenter.Back{})
	c.mustSee(t, middle.At(2), "back: the step with all its beats")
	c.do(presenter.Back{}, presenter.Back{})
	c.mustSee(t, middle.At(0), "back to its beginning")
	c.do(presenter.Back{})
	c.mustSee(t, page(0), "and to the step before")
}

func TestBeatsGoOnWhereTheCourtLooksCloser(t *testing.T) {
	c, middle := newBeatCourt()
	c.do(presenter.Next{})
	pane := middle.First()
	pane.View = library.Rect{X1: 0.5, Y1: 0.5}
	pane.Live = library.MarksOf(library.Mark{Kind: library.MarkLine, Points: []library.Point{{}, {X: 1, Y: 1}}})
	closer := middle.With(0, pane)
	c.ready[closer], c.ready[closer.At(1)] = true, true
	c.do(presenter.LookLive{Pane: pane}, presenter.Next{})
	c.mustSee(t, closer.At(1), "the beat comes in the view that the court has, with what was drawn")
}

func TestABlackScreenComesBackWithTheNextBeat(t *testing.T) {
	c, middle := newBeatCourt()
	c.do(presenter.Next{}, presenter.Blank{}, presenter.Next{})
	c.mustSee(t, middle.At(1), "next out of the black")
}

func TestAJumpLeavesTheBeatsAndReturnGoesBackToThem(t *testing.T) {
	for _, to := range []int{0, 2} {
		c, middle := newBeatCourt()
		c.do(presenter.Next{}, presenter.Jump{At: to})
		if st := c.stage.State(); st.NextBeat || st.Preview != page(to) {
			t.Fatalf("after a jump to %d Preview is %+v", to, st)
		}
		c.do(presenter.Return{})
		if st := c.stage.State(); !st.NextBeat || st.Preview != middle.At(1) {
			t.Fatalf("R after a jump to %d: Preview is %+v", to, st)
		}
		c.do(presenter.Jump{At: to}, presenter.Next{})
		c.mustSee(t, page(to), "next after a jump")
	}
}

func TestACalledPageDoesNotLoseTheBeats(t *testing.T) {
	c, middle := newBeatCourt()
	c.ready[page(7)] = true
	c.do(presenter.Next{}, presenter.Call{Shot: page(7)}, presenter.Return{}, presenter.Take{})
	c.mustSee(t, middle.At(1), "called and gone back: the beat")
	c.do(presenter.Call{Shot: page(7)}, presenter.Take{})
	c.mustSee(t, page(7), "the called page")
	c.do(presenter.Next{})
	c.mustSee(t, page(2), "next goes on behind the step")
}

func TestABeatThatFailsLeavesTheOneBefore(t *testing.T) {
	c, middle := newBeatCourt()
	delete(c.ready, middle.At(1))
	c.do(presenter.Next{}, presenter.Next{}, presenter.Failed{Shot: middle.At(1)})
	c.mustSee(t, middle.At(0), "after a beat that could not be drawn")
	if st := c.stage.State(); st.Program != middle.At(0) || st.Preview != middle.At(1) {
		t.Fatalf("the beat is not in Preview again: %+v", st)
	}
}

func TestABeatAsksForNoSecondKeyAgain(t *testing.T) {
	c, middle := newBeatCourt()
	c.do(presenter.Caution{Page: middle.First().Page, Why: presenter.Restricted}, presenter.Next{}, presenter.Take{})
	c.mustSee(t, middle.At(0), "taken with a second key")
	asked := c.asked
	c.do(presenter.Next{})
	c.mustSee(t, middle.At(1), "its next beat")
	if c.asked != asked {
		t.Fatal("the beat of a page that the court sees was asked about again")
	}
}

func TestBareAndClearNeverLightABlackScreen(t *testing.T) {
	c, middle := newBeatCourt()
	pane := middle.First()
	pane.Live = pane.Marks
	live := middle.With(0, pane)
	bare := live
	bare.Unmarked = true
	c.ready[live], c.ready[bare] = true, true
	c.do(presenter.Next{}, presenter.LookLive{Pane: pane}, presenter.HideMarks{})
	c.mustSee(t, bare, "without marks")
	c.do(presenter.HideMarks{})
	c.mustSee(t, live, "with them again")
	c.do(presenter.Blank{}, presenter.HideMarks{}, presenter.Clear{})
	c.mustSee(t, library.Shot{}, "while black")
	bareNow := middle
	bareNow.Unmarked = true
	c.ready[bareNow] = true
	c.do(presenter.Blank{}, presenter.HideMarks{})
	c.mustSee(t, middle, "cleared, and shown again")
}

func TestATurnedPageTakesNoMarksWithIt(t *testing.T) {
	c, middle := newBeatCourt()
	c.do(presenter.Next{}, presenter.Next{})
	pane := middle.First()
	pane.Page.Index++
	want := library.ShotOf(pane.Page)
	c.ready[want] = true
	c.do(presenter.LookLive{Pane: pane})
	c.mustSee(t, want, "the page behind, without the marks of the one before")
}
