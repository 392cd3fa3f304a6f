package presenter_test

import (
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"butluc/library"
	"butluc/presenter"
)

func page(i int) library.Shot {
	return library.ShotOf(library.PageID{Path: fmt.Sprintf("BL %d.pdf", i), Index: 0})
}

func run(n int) []presenter.Cue {
	cues := make([]presenter.Cue, n)
	for i := range cues {
		cues[i] = presenter.Cue{ID: fmt.Sprint(i), Shot: page(i)}
	}
	return cues
}

// court is the screen of these tests: it does what the effects say, as the projector does, with
// frames that may be late.
type court struct {
	stage  *presenter.Stage
	ready  map[library.Shot]bool
	all    bool         // every frame is ready
	sees   library.Shot // zero: black or hidden
	moves  bool         // what it sees is a moving picture, not a frame that was painted
	player player
	asked  int
	events []presenter.Effect
}

func newCourt(n int) *court {
	c := &court{stage: presenter.NewStage(), ready: map[library.Shot]bool{}}
	for _, cue := range run(n) {
		c.ready[cue.Shot] = true
	}
	c.do(presenter.SetRun{Run: run(n)}, presenter.ScreenFound{})
	return c
}

func (c *court) do(commands ...presenter.Command) {
	for _, command := range commands {
		for _, e := range c.stage.Apply(command) {
			c.events = append(c.events, e)
			switch e := e.(type) {
			case presenter.ShowProgram:
				c.paint()
			case presenter.ShowBlack, presenter.Hide:
				c.sees, c.moves = library.Shot{}, false
			case presenter.PlayClip:
				c.player.play(e.Shot)
				c.roll(0) // its first picture
			case presenter.Pause:
				c.player.pause()
			case presenter.Loudness:
				c.louder()
			case presenter.Ask:
				c.asked++
			}
		}
	}
}

func (c *court) paint() {
	p := c.stage.State().Program
	if c.isReady(p) && c.stage.Wants(p) {
		c.sees, c.moves = p, false
		c.stage.Apply(presenter.Painted{Shot: p})
	}
}

func (c *court) arrive(s library.Shot) {
	c.ready[atVolume(s, library.Span{})] = true
	c.paint()
}

func (c *court) mustSee(t *testing.T, want library.Shot, when string) {
	t.Helper()
	if c.sees != want {
		t.Fatalf("%s: the court sees %v, want %v", when, c.sees, want)
	}
}

func TestTrialStartsBlackAndOnlyTakesShow(t *testing.T) {
	c := newCourt(5)
	c.do(presenter.Start{})
	c.mustSee(t, library.Shot{}, "at the start")
	c.do(presenter.Jump{At: 3})
	c.mustSee(t, library.Shot{}, "after a jump")
	c.do(presenter.Take{})
	c.mustSee(t, page(3), "after the take")
	c.do(presenter.Next{})
	c.mustSee(t, page(4), "after next")
	c.do(presenter.Next{})
	c.mustSee(t, page(4), "after next at the end")
	c.do(presenter.Back{})
	c.mustSee(t, page(3), "after back")
}

func TestBlankGoesBackToWhatWasShown(t *testing.T) {
	c := newCourt(3)
	c.do(presenter.Start{}, presenter.Blank{})
	c.mustSee(t, library.Shot{}, "blank with nothing shown yet")
	c.do(presenter.Next{}, presenter.Blank{})
	c.mustSee(t, library.Shot{}, "blank")
	c.do(presenter.Blank{})
	c.mustSee(t, page(0), "blank again")
}

func TestOldPictureStaysUntilTheFrameIsWhole(t *testing.T) {
	c := newCourt(3)
	delete(c.ready, page(1))
	c.do(presenter.Start{}, presenter.Next{}, presenter.Next{})
	c.mustSee(t, page(0), "while the frame is on the way")
	c.arrive(page(1))
	c.mustSee(t, page(1), "once it is whole")
}

func TestStaleFrameIsNotPainted(t *testing.T) {
	c := newCourt(3)
	delete(c.ready, page(1))
	c.do(presenter.Start{}, presenter.Next{}, presenter.Next{}, presenter.Blank{})
	c.arrive(page(1))
	c.mustSee(t, library.Shot{}, "a frame that comes while black")
	c.do(presenter.Jump{At: 2}, presenter.Take{})
	c.arrive(page(1))
	c.mustSee(t, page(2), "a frame of a page that is no longer Program")
}

func TestFailedTakeLeavesTheCourtsPicture(t *testing.T) {
	c := newCourt(3)
	delete(c.ready, page(1))
	c.do(presenter.Start{}, presenter.Next{}, presenter.Next{}, presenter.Failed{Shot: page(1)})
	c.mustSee(t, page(0), "after a failed take")
	if p := c.stage.State().Program; p != page(0) {
		t.Fatalf("Program says %v, but the court sees %v", p, page(0))
	}
	c.ready[page(1)] = true
	c.do(presenter.Take{})
	c.mustSee(t, page(1), "after Enter: the page that failed, and no other")
	c.do(presenter.Next{})
	c.mustSee(t, page(2), "next goes on behind it")
}

func TestScreenComesBackBlackAndOneKeyRestores(t *testing.T) {
	c := newCourt(3)
	c.do(presenter.Start{}, presenter.Next{}, presenter.ScreenLost{})
	c.mustSee(t, library.Shot{}, "while the screen is gone")
	c.do(presenter.ScreenFound{})
	c.mustSee(t, library.Shot{}, "when it is back")
	c.do(presenter.Blank{})
	c.mustSee(t, page(0), "after one key")
}

func TestIncompletePageNeedsASecondKey(t *testing.T) {
	c := newCourt(3)
	c.do(presenter.Caution{Page: page(1).First().Page, Why: presenter.Incomplete}, presenter.Start{}, presenter.Next{}, presenter.Next{})
	c.mustSee(t, page(0), "after the first key")
	if c.asked != 1 {
		t.Fatalf("asked %d times, want once", c.asked)
	}
	c.do(presenter.Take{})
	c.mustSee(t, page(1), "after the second key")
}

func TestPageFoundIncompleteOnArrivalIsHeldBack(t *testing.T) {
	c := newCourt(3)
	delete(c.ready, page(1))
	c.do(presenter.Start{}, presenter.Next{}, presenter.Next{}, presenter.Caution{Page: page(1).First().Page, Why: presenter.Incomplete})
	c.arrive(page(1))
	c.mustSee(t, page(0), "before the second key")
	c.do(presenter.Take{})
	c.mustSee(t, page(1), "after the second key")
}

func TestSecondStartDoesNothing(t *testing.T) {
	c := newCourt(3)
	c.do(presenter.Start{}, presenter.Next{}, presenter.Start{At: 2})
	c.mustSee(t, page(0), "after F5 in a running trial")
	if at := c.stage.State().At; at != 0 {
		t.Fatalf("F5 in a running trial moved the run to %d", at)
	}
}

func TestPreviewIsTheRunsNextAgainAfterACalledPage(t *testing.T) {
	c := newCourt(4)
	stranger := library.ShotOf(library.PageID{Path: "elsewhere.jpg"})
	c.ready[stranger] = true
	c.do(presenter.Start{}, presenter.Next{}, presenter.Call{Shot: stranger}, presenter.Take{})
	c.mustSee(t, stranger, "after taking the called page")
	if p := c.stage.State().Preview; p != page(1) {
		t.Fatalf("Preview is %v, want the run's next %v", p, page(1))
	}
}

func TestRunThatGrowsWhileItIsReadKeepsItsPlace(t *testing.T) {
	c := newCourt(4)
	c.do(presenter.Start{}, presenter.Next{}, presenter.Next{})
	grown := append([]presenter.Cue{{ID: "new", Shot: library.ShotOf(library.PageID{Path: "BL 0 mới.pdf"})}}, run(4)...)
	c.do(presenter.SetRun{Run: grown})
	c.mustSee(t, page(1), "after the run grew")
	if p := c.stage.State().Preview; p != page(2) {
		t.Fatalf("Preview is %v, want %v", p, page(2))
	}
}

func TestReturnGoesBackToWhereTheRunWasLeft(t *testing.T) {
	c := newCourt(9)
	c.do(presenter.Start{}, presenter.Next{}, presenter.Next{}) // 0, 1
	c.do(presenter.Jump{At: 6}, presenter.Take{}, presenter.Next{})
	c.mustSee(t, page(7), "after a jump to 6 and next")
	c.do(presenter.Return{})
	if p := c.stage.State().Preview; p != page(2) {
		t.Fatalf("Preview after return is %v, want %v", p, page(2))
	}
	c.mustSee(t, page(7), "after return")
	c.do(presenter.Next{})
	c.mustSee(t, page(2), "next after return")
	c.do(presenter.Back{})
	c.mustSee(t, page(1), "back")
}

func TestACalledPageDoesNotMoveTheRun(t *testing.T) {
	c := newCourt(4)
	c.do(presenter.Start{}, presenter.Next{}, presenter.Call{Shot: page(3)}, presenter.Take{})
	c.mustSee(t, page(3), "after the called page was taken")
	c.do(presenter.Next{})
	c.mustSee(t, page(1), "next goes on where the run was")
}

func TestALookedAtCueStillMovesTheRun(t *testing.T) {
	c := newCourt(4)
	zoomed := library.Shot{}.Add(library.Pane{Page: page(0).First().Page, Turn: 1})
	c.ready[zoomed] = true
	c.do(presenter.Start{}, presenter.Look{Pane: zoomed.First()}, presenter.Take{})
	c.mustSee(t, zoomed, "after taking a turned cue")
	c.do(presenter.Next{})
	c.mustSee(t, page(1), "next")
}

// TestPromises plays random commands and late frames, and holds promises 1 to 5 after each.
func TestPromises(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const n = 6
		c := newCourt(n)
		c.ready = map[library.Shot]bool{}
		shots := rapid.IntRange(0, n-1)
		cues := func(k int) []presenter.Cue { // every other one with beats, every third one a clip
			run := run(k)
			for i := range run {
				run[i].Shot = prepared(i)
			}
			return run
		}
		c.do(presenter.SetRun{Run: cues(n)})
		if rapid.Bool().Draw(t, "in the middle") { // of a clip
			c.all = rapid.Bool().Draw(t, "all frames are there")
			c.do(presenter.Start{At: 3 * rapid.IntRange(0, 1).Draw(t, "first")}, presenter.Take{})
			c.arrive(c.stage.State().Program)
			c.do(presenter.Play{})
			c.roll(1000)
		}
		for range rapid.IntRange(1, 60).Draw(t, "commands") {
			before, program, black, playing := c.sees, c.stage.State().Program, c.stage.State().Black, c.stage.State().Playing
			c.events = nil
			var cmd presenter.Command
			switch rapid.IntRange(0, 28).Draw(t, "command") {
			case 0:
				cmd = presenter.Start{At: shots.Draw(t, "at")}
			case 1:
				cmd = presenter.End{}
			case 2:
				cmd = presenter.Call{Shot: prepared(shots.Draw(t, "call"))}
			case 3:
				cmd = presenter.Take{}
			case 4:
				cmd = presenter.Next{}
			case 5:
				cmd = presenter.Back{}
			case 6:
				cmd = presenter.Blank{}
			case 7:
				cmd = presenter.Return{}
			case 8:
				cmd = presenter.ScreenLost{}
			case 9:
				cmd = presenter.ScreenFound{}
			case 10:
				why := presenter.Reason(rapid.IntRange(1, 15).Draw(t, "why"))
				cmd = presenter.Caution{Page: page(shots.Draw(t, "caution")).First().Page, Why: why}
			case 11:
				cmd = presenter.Failed{Shot: page(shots.Draw(t, "failed"))}
				if rapid.Bool().Draw(t, "Program failed") && !c.isReady(program) && c.stage.Wants(program) {
					cmd = presenter.Failed{Shot: program}
				}
			case 12:
				cmd = presenter.SetRun{Run: cues(rapid.IntRange(0, n).Draw(t, "run"))}
			case 13:
				cmd = presenter.Jump{At: rapid.IntRange(-1, n).Draw(t, "jump")}
			case 14:
				pane := c.stage.State().Preview.First()
				pane.Turn = 1
				cmd = presenter.Look{Pane: pane}
			case 16:
				cmd = presenter.SetCautions{Pages: map[library.PageID]presenter.Reason{
					page(shots.Draw(t, "set")).First().Page: presenter.Reason(rapid.IntRange(0, 15).Draw(t, "why")),
				}}
			case 17:
				cmd = presenter.GuardStatements{Statements: rapid.Bool().Draw(t, "mind")}
			case 18:
				cmd = presenter.Confirm{}
			case 19:
				cmd = presenter.HideMarks{}
			case 20:
				cmd = presenter.Clear{}
			case 21:
				pane := program.First()
				pane.Live = withBeats(0, 1).First().Marks
				cmd = presenter.LookLive{Pane: pane}
			case 22:
				cmd = presenter.Play{}
			case 23:
				cmd = presenter.Wind{At: rapid.IntRange(-1000, 40_000).Draw(t, "wind"), Widen: rapid.Bool().Draw(t, "widen")}
			case 24:
				cmd = presenter.Volume{Percent: rapid.IntRange(-1, 200).Draw(t, "volume"), Mute: rapid.Bool().Draw(t, "mute")}
			case 25:
				if len(c.player.stops) == 0 {
					continue
				}
				cmd, c.player.stops = c.player.stops[0], c.player.stops[1:]
			case 26: // of a clip that was not told to play
				cmd = presenter.Stopped{Shot: clipOf(shots.Draw(t, "stranger")), At: 1}
				if cmd.(presenter.Stopped).Shot.SameClip(c.player.shot) {
					continue
				}
			case 27:
				c.roll(rapid.IntRange(0, 8000).Draw(t, "roll"))
				if c.sees != before && !c.sees.SameClip(before) {
					t.Fatalf("promise 2: the moving picture of another clip was painted over %v", before)
				}
				if s := c.stage.State(); s.Program != program || c.sees != before && !s.Playing {
					t.Fatalf("promise 1: a moving picture changed Program to %v", s.Program)
				}
				continue
			case 28:
				cmd = presenter.Withdraw{}
			case 15:
				i := shots.Draw(t, "arrive")
				s := prepared(i)
				s = s.At(rapid.IntRange(0, s.Beats()).Draw(t, "beat"))
				if rapid.Bool().Draw(t, "Program's") {
					s = program
				}
				was := c.stage.State().Program
				c.arrive(s)
				if c.stage.State().Program != was {
					t.Fatalf("promise 1: Program changed because a render finished")
				}
				if c.sees != before && c.sees != was {
					t.Fatalf("promise 2: a frame was painted that is not Program's")
				}
				if playing && (c.sees != before || !c.moves) {
					t.Fatalf("promise 2: a late still was painted over the moving picture")
				}
				continue
			}
			c.do(cmd)
			s := c.stage.State()
			switch cmd.(type) {
			case presenter.Take, presenter.Next, presenter.Back, presenter.Blank, presenter.Start, presenter.End, presenter.Confirm:
			case presenter.Failed, presenter.Caution, presenter.SetCautions: // may give up a take that was not painted yet
				if c.sees != before {
					t.Fatalf("%T changed what the court sees from %v to %v", cmd, before, c.sees)
				}
			case presenter.Play, presenter.Wind, presenter.Volume, presenter.Stopped:
				c.mustBeTheSameClip(t, cmd, program)
				if black && !c.sees.IsZero() {
					t.Fatalf("promise 3: %T lit the black screen with %v", cmd, c.sees)
				}
			case presenter.HideMarks, presenter.Clear, presenter.LookLive:
				if s.Program.First().Page != program.First().Page {
					t.Fatalf("promise 1: %T changed the page", cmd)
				}
				if black && !c.sees.IsZero() {
					t.Fatalf("promise 3: %T lit the black screen with %v", cmd, c.sees)
				}
			default:
				if s.Program != program {
					t.Fatalf("promise 1: %T changed Program", cmd)
				}
				if c.sees != before && !c.sees.IsZero() {
					t.Fatalf("promise 1: %T put %v on the court screen", cmd, c.sees)
				}
			}
			switch {
			case !s.Running && !c.sees.IsZero():
				t.Fatalf("no trial runs, but the court sees %v", c.sees)
			case !s.Screen && !c.sees.IsZero():
				t.Fatalf("promise 5: no screen, but the court sees %v", c.sees)
			case s.Black && !c.sees.IsZero():
				t.Fatalf("promise 3: black, but the court sees %v", c.sees)
			case s.Dark != c.sees.IsZero():
				t.Fatalf("Dark says %v, the court sees %v", s.Dark, c.sees)
			case !c.moves && s.Running && s.Screen && !s.Black && s.Program == s.Shown && c.sees != s.Program:
				t.Fatalf("the console says that the court sees %v, it sees %v", s.Program, c.sees)
			case !c.moves && !c.sees.IsZero() && c.sees != s.Shown:
				t.Fatalf("Shown says %v, the court sees %v", s.Shown, c.sees)
			case !c.sees.IsZero() && c.sees != s.Program && c.isReady(s.Program) && !s.Playing && len(c.player.stops) == 0:
				t.Fatalf("Program %v is ready, but the court sees %v", s.Program, c.sees)
			}
			c.mustBeSilent(t, cmd, playing)
		}
		c.settle()
		c.arrive(c.stage.State().Program)
		if s := c.stage.State(); s.Running && s.Screen && !s.Black && !s.Playing && c.sees != s.Program {
			t.Fatalf("in the end Program is %v, but the court sees %v", s.Program, c.sees)
		}
	})
}

func TestAStepOfWordsOnlyLeavesTheCourtsPicture(t *testing.T) {
	c := newCourt(3)
	cues := run(3)
	cues[1].Shot = library.Shot{}
	c.do(presenter.SetRun{Run: cues}, presenter.Start{}, presenter.Next{}, presenter.Next{})
	c.mustSee(t, page(0), "at the words")
	if st := c.stage.State(); st.At != 1 || st.Next != 2 || st.Preview != page(2) {
		t.Fatalf("after the words: at %d, next %d, preview %v", st.At, st.Next, st.Preview)
	}
	c.do(presenter.Blank{}, presenter.Jump{At: 1}, presenter.Take{})
	c.mustSee(t, library.Shot{}, "words never light the screen")
	c.do(presenter.Take{})
	c.mustSee(t, page(2), "the step after the words")
}

func TestAnotherRunBeginsAtItsBeginning(t *testing.T) {
	c := newCourt(3)
	steps := []presenter.Cue{{ID: "a", Shot: page(1)}, {ID: "b", Shot: page(2)}}
	c.do(presenter.SetRun{Run: steps})
	if st := c.stage.State(); st.Next != 0 || st.Preview != page(1) {
		t.Errorf("the steps begin at %d, preview %v", st.Next, st.Preview)
	}
}

func TestARestrictedPageNeedsASecondKey(t *testing.T) {
	c := newCourt(2)
	c.do(presenter.SetCautions{Pages: map[library.PageID]presenter.Reason{page(0).First().Page: presenter.Restricted}}, presenter.Start{}, presenter.Next{})
	c.mustSee(t, library.Shot{}, "after one key")
	c.do(presenter.Take{})
	c.mustSee(t, page(0), "after the second")
}

func TestAStatementIsTakenOnlyWithItsGround(t *testing.T) {
	c := newCourt(3)
	c.do(presenter.SetCautions{Pages: map[library.PageID]presenter.Reason{page(1).First().Page: presenter.Statement}},
		presenter.GuardStatements{Statements: true}, presenter.Start{}, presenter.Next{}, presenter.Next{}, presenter.Take{}, presenter.Next{}, presenter.Take{})
	c.mustSee(t, page(0), "however often a key is pressed")
	if s := c.stage.State(); s.Why != presenter.Statement || s.Asked != page(1) {
		t.Fatalf("it asks about %v for %v", s.Asked, s.Why)
	}
	c.do(presenter.Confirm{})
	c.mustSee(t, page(1), "with its ground")
	if s := c.stage.State(); s.At != 1 || s.Next != 2 {
		t.Errorf("the run is at %d, next %d", s.At, s.Next)
	}
	c.do(presenter.Confirm{})
	c.mustSee(t, page(1), "after a confirmation of nothing")
	c.do(presenter.Back{}, presenter.GuardStatements{}, presenter.Next{})
	c.mustSee(t, page(1), "outside of questioning")
}

// A question that was withdrawn is asked again, and no answer to it shows anything.
func TestAWithdrawnQuestionIsAskedAnew(t *testing.T) {
	for _, why := range []presenter.Reason{presenter.Statement, presenter.Restricted, presenter.Incomplete} {
		c := newCourt(3)
		c.do(presenter.SetCautions{Pages: map[library.PageID]presenter.Reason{page(1).First().Page: why}},
			presenter.GuardStatements{Statements: true}, presenter.Start{}, presenter.Next{}, presenter.Next{}, presenter.Withdraw{}, presenter.Confirm{})
		c.mustSee(t, page(0), "after the answer to a question that was withdrawn")
		if s := c.stage.State(); !s.Asked.IsZero() || s.Preview != page(1) || s.Called {
			t.Fatalf("%v: asked about %v, Preview %v", why, s.Asked, s.Preview)
		}
		c.do(presenter.Take{})
		c.mustSee(t, page(0), "after one key: it asks anew")
		if c.asked != 2 {
			t.Errorf("%v: asked %d times", why, c.asked)
		}
		c.do(presenter.Confirm{})
		c.mustSee(t, page(1), "after the second")
	}
}
