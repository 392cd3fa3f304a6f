package presenter_test

import (
	"fmt"
	"slices"
	"testing"

	"butluc/library"
	"butluc/presenter"
)

func TestAClipStandsUntilItIsPlayedAndWhereItStopped(t *testing.T) {
	c, clip := newClipCourt()
	c.mustSee(t, clip, "a clip that was taken")
	c.mustPlay(t, false, "after the take")
	c.do(presenter.Play{})
	c.mustPlay(t, true, "after Play")
	c.roll(3000)
	c.mustSee(t, clip.SeekTo(13_000), "while it plays")
	c.do(presenter.Play{})
	if !c.stage.State().Playing {
		t.Fatal("it stopped before the player said so")
	}
	c.do(presenter.Play{})
	c.settle()
	c.mustPlay(t, false, "after Play again")
	if st := c.stage.State(); st.Program != clip.SeekTo(13_000) || st.Shown != st.Program || c.moves {
		t.Fatalf("it stopped at 13 s, but Program is %v, its still painted: %v", st.Program, !c.moves)
	}
	c.do(presenter.Play{})
	c.roll(60_000)
	c.settle()
	c.mustSee(t, clip.SeekTo(20_000), "at its end")
	c.do(presenter.Play{})
	if c.player.at() != 10_000 {
		t.Fatalf("from its end it began again at %d ms", c.player.at())
	}
	c.mustPlay(t, true, "played again from its end")
}

func TestWhatIsNoClipOrNotSeenDoesNotPlay(t *testing.T) {
	for name, before := range map[string][]presenter.Command{
		"a page":        {presenter.Next{}},
		"black":         {presenter.Blank{}},
		"no screen":     {presenter.ScreenLost{}},
		"a screen back": {presenter.ScreenLost{}, presenter.ScreenFound{}},
		"no trial":      {presenter.End{}},
		"nothing shown": {presenter.End{}, presenter.Start{At: 1}},
	} {
		c, _ := newClipCourt()
		c.do(before...)
		c.events = nil
		c.do(presenter.Play{})
		c.mustPlay(t, false, name)
		if !slices.Contains(c.events, presenter.Effect(presenter.Tell{What: presenter.NothingPlays})) {
			t.Errorf("%s: nobody was told that nothing plays", name)
		}
	}
	for name, before := range map[string][]presenter.Command{
		"taken": {presenter.Back{}, presenter.Next{}}, "out of the black": {presenter.Blank{}, presenter.Blank{}},
	} {
		c, _ := newClipCourt()
		c.all = false
		c.do(append(before, presenter.Play{})...)
		c.mustPlay(t, false, name+", its frame still on its way")
	}
}

// What takes the clip from before the court's eyes, or shows it otherwise, silences it first.
func TestAPlayingClipIsSilencedBeforeAllElse(t *testing.T) {
	view := clipOf(1).First()
	view.View = library.Rect{X1: 0.5, Y1: 0.5}
	drawn := clipOf(1).First()
	drawn.Live = withBeats(0, 1).First().Marks
	for _, command := range []presenter.Command{
		presenter.Take{},
		presenter.Next{},
		presenter.Back{},
		presenter.Blank{},
		presenter.End{},
		presenter.ScreenLost{},
		presenter.LookLive{Pane: view},
		presenter.LookLive{Pane: drawn},
		presenter.HideMarks{},
	} {
		c, _ := newClipCourt()
		c.do(presenter.Play{})
		c.roll(1000)
		effects := c.stage.Apply(command)
		if len(effects) == 0 || effects[0] != presenter.Effect(presenter.Pause{}) {
			t.Errorf("%#v: the first effect is not Pause: %v", command, effects)
		}
		if c.stage.State().Playing || c.stage.WantsMoving(c.player.shot) {
			t.Errorf("%#v: it still plays", command)
		}
	}
}

func TestWhatLeavesProgramAloneLetsItPlay(t *testing.T) {
	c, clip := newClipCourt()
	c.do(presenter.Play{})
	c.roll(1000)
	c.do(presenter.Call{Shot: page(0)}, presenter.Return{}, presenter.Jump{At: 0}, presenter.SetRun{Run: run(3)}, presenter.Start{},
		presenter.Caution{Page: clip.First().Page, Why: presenter.Incomplete}, presenter.Failed{Shot: clip}, presenter.Failed{Shot: page(2)},
		presenter.SetCautions{Pages: map[library.PageID]presenter.Reason{page(1).First().Page: presenter.Restricted}},
		presenter.LookLive{Pane: clip.First()}, presenter.Clear{})
	c.mustPlay(t, true, "after all that")
	c.roll(1000)
	c.mustSee(t, clip.SeekTo(12_000), "it plays on")
}

func TestTheBlackScreenComesBackWithTheClipWhereItStopped(t *testing.T) {
	c, clip := newClipCourt()
	c.do(presenter.Play{})
	c.roll(2000)
	c.do(presenter.Blank{})
	c.mustPlay(t, false, "black")
	c.events = nil
	c.settle()
	c.mustSee(t, library.Shot{}, "after it said where it stopped")
	if slices.Contains(c.events, presenter.Effect(presenter.ShowProgram{})) {
		t.Error("a clip that stops while black asks to be shown")
	}
	c.do(presenter.Blank{})
	c.mustSee(t, clip.SeekTo(12_000), "black no more")
	c.mustPlay(t, false, "black no more")

	c.do(presenter.Play{})
	c.roll(2000)
	c.do(presenter.Blank{}, presenter.Blank{})
	c.mustSee(t, clip.SeekTo(12_000), "the picture at hand, for nothing keeps the black")
	c.settle()
	c.mustSee(t, clip.SeekTo(14_000), "it said where it stopped only after the black")
}

func TestAViewOfAPlayingClipIsOfWhereItStopped(t *testing.T) {
	c, clip := newClipCourt()
	pane := clip.First()
	pane.View = library.Rect{X1: 0.5, Y1: 0.5}
	c.do(presenter.Play{})
	c.roll(2000)
	c.do(presenter.LookLive{Pane: pane})
	c.mustSee(t, clip.SeekTo(12_000), "the old view, of now, and not the new one of when it began")
	c.settle()
	c.mustSee(t, clip.With(0, pane).SeekTo(12_000), "the new view")
}

func TestAClipThatIsTakenAgainStandsAtItsBeginning(t *testing.T) {
	c, clip := newClipCourt()
	c.do(presenter.Play{})
	c.roll(2000)
	c.do(presenter.Jump{At: 1}, presenter.Take{})
	c.mustPlay(t, false, "taken again")
	c.settle()
	c.mustSee(t, clip, "after it said where it had stopped before")
	c.do(presenter.Play{})
	c.roll(2000)
	c.do(presenter.Next{}, presenter.Back{})
	c.settle()
	c.mustSee(t, clip, "gone on from and back to")
}

func TestATakeThatFailsLeavesTheClipWhereItStopped(t *testing.T) {
	for _, late := range []bool{false, true} {
		c, clip := newClipCourt()
		c.do(presenter.Play{})
		c.roll(2000)
		c.all = false
		c.ready = map[library.Shot]bool{clip.SeekTo(12_000): true}
		c.do(presenter.Next{})
		c.mustSee(t, clip.SeekTo(12_000), "the old picture")
		if late {
			c.settle()
		}
		c.do(presenter.Failed{Shot: page(2)})
		c.mustSee(t, clip.SeekTo(12_000), "the old picture, after the failure")
		c.settle()
		if st := c.stage.State(); st.Program != clip.SeekTo(12_000) || st.Shown != st.Program || st.Preview != page(2) {
			t.Fatalf("after the failure (said late: %v): %+v", late, st)
		}
	}
}

func TestATakeThatFailsDoesNotBringBackAClipThatIsOver(t *testing.T) {
	for name, between := range map[string][]presenter.Command{
		"another page shown since": {presenter.Back{}}, "another trial": {presenter.End{}, presenter.Start{At: 2}},
	} {
		c, _ := newClipCourt()
		c.do(presenter.Play{})
		c.roll(2000)
		c.do(between...)
		c.settle()
		shown := c.stage.State().Shown
		c.all = false
		c.ready = map[library.Shot]bool{}
		c.do(presenter.Call{Shot: page(2)}, presenter.Take{}, presenter.Failed{Shot: page(2)})
		if st := c.stage.State(); st.Program != shown || c.sees != shown {
			t.Errorf("%s: Program is %v, the court sees %v, want %v", name, st.Program, c.sees, shown)
		}
	}
}

func TestAStopWhoseStillFailsLeavesTheMovingPicture(t *testing.T) {
	c, clip := newClipCourt()
	c.do(presenter.Play{})
	c.roll(2000)
	c.all = false
	c.do(presenter.Play{})
	c.settle()
	c.do(presenter.Failed{Shot: clip.SeekTo(12_000)}, presenter.Caution{Page: clip.SeekTo(12_000).First().Page, Why: presenter.Incomplete})
	c.mustSee(t, clip.SeekTo(12_000), "without a still")
	if st := c.stage.State(); st.Program != clip.SeekTo(12_000) || st.Preview != page(2) || c.asked > 0 {
		t.Fatalf("what the court saw moving is given up: %+v", st)
	}
	c.do(presenter.Play{})
	if c.mustPlay(t, true, "played on"); c.player.at() != 12_000 {
		t.Fatalf("it plays on from %d ms", c.player.at())
	}
}

func TestWinding(t *testing.T) {
	for _, w := range []struct {
		wind         presenter.Wind
		at, from, to int
	}{
		{presenter.Wind{At: 15_000}, 15_000, 10_000, 20_000},
		{presenter.Wind{At: -7}, 10_000, 10_000, 20_000},
		{presenter.Wind{At: 70_000}, 20_000, 10_000, 20_000},
		{presenter.Wind{At: 15_000, Widen: true}, 15_000, 10_000, 20_000},
		{presenter.Wind{At: 4000, Widen: true}, 4000, 4000, 20_000},
		{presenter.Wind{At: 50_000, Widen: true}, 50_000, 10_000, 50_000},
		{presenter.Wind{At: -7, Widen: true}, 0, 0, 20_000},
		{presenter.Wind{At: 15_000, Until: 45_000}, 15_000, 10_000, 45_000},
		{presenter.Wind{At: 20_000, Until: 50_000}, 20_000, 10_000, 50_000},
		{presenter.Wind{At: 15_000, Until: 18_000}, 15_000, 10_000, 20_000},
	} {
		for _, playing := range []bool{false, true} {
			t.Run(fmt.Sprintf("%+v playing %v", w.wind, playing), func(t *testing.T) {
				c, clip := newClipCourt()
				if playing {
					c.do(presenter.Play{})
					c.roll(1000)
				}
				pane := clip.First()
				pane.Page.Index, pane.Clip.From, pane.Clip.To = w.at, w.from, w.to
				want := clip.With(0, pane)
				c.do(w.wind)
				if w.at < w.to { // at its end it stops at once
					c.mustPlay(t, playing, "wound")
				}
				if c.sees.First().Page.Index != w.at || c.stage.State().Program != want {
					t.Fatalf("the court sees %v, Program is %v, want %v", c.sees, c.stage.State().Program, want)
				}
				if playing && c.player.shot != want {
					t.Fatalf("it plays %v, want %v", c.player.shot, want)
				}
				c.do(presenter.Next{})
				c.mustSee(t, page(2), "the cue behind")
			})
		}
	}
}

func TestAClipIsWoundOnlyBeforeTheCourtsEyes(t *testing.T) {
	c, clip := newClipCourt()
	c.do(presenter.Blank{}, presenter.Wind{At: 15_000}, presenter.LookLive{Pane: clip.SeekTo(15_000).First()}, presenter.Blank{})
	c.mustSee(t, clip, "wound while black")
	c.do(presenter.Play{})
	c.roll(2000)
	c.do(presenter.Play{}, presenter.Wind{At: 18_000})
	c.mustPlay(t, false, "paused and wound before it said where it stopped")
	c.settle()
	c.mustSee(t, clip.SeekTo(18_000), "where it was wound to, not where it stopped")
	c.do(presenter.Play{})
	c.roll(1000)
	c.do(presenter.Play{}, presenter.Wind{At: 18_000})
	c.mustSee(t, clip.SeekTo(18_000), "back to where it began")
}

func TestVolumeNeedsNoNewFrame(t *testing.T) {
	for _, playing := range []bool{false, true} {
		c, clip := newClipCourt()
		if playing {
			c.do(presenter.Play{})
			c.roll(1000)
		}
		c.events = nil
		c.do(presenter.Volume{Percent: 60}, presenter.Volume{Mute: true}, presenter.Volume{Percent: 900})
		var loud []presenter.Effect
		for _, e := range c.events {
			switch e.(type) {
			case presenter.Loudness:
				loud = append(loud, e)
			case presenter.Prepare:
			default:
				t.Errorf("volume brought about %#v", e)
			}
		}
		want := []presenter.Effect{presenter.Loudness{Volume: 60}, presenter.Loudness{Volume: 100, Mute: true}, presenter.Loudness{Volume: 150}}
		if !slices.Equal(loud, want) {
			t.Errorf("loudness %v, want %v", loud, want)
		}
		st := c.stage.State()
		if st.Program != st.Shown || st.Program.First().Clip.Volume != 150 || !st.Program.SameClip(clip) {
			t.Errorf("Program %v, Shown %v", st.Program, st.Shown)
		}
		c.mustPlay(t, playing, "at another volume")
		c.all, c.ready = false, map[library.Shot]bool{}
		c.do(presenter.Next{}, presenter.Failed{Shot: page(2)})
		if v := c.stage.State().Program.First().Clip.Volume; v != 150 {
			t.Errorf("a take that failed left it at a volume of %d", v)
		}
		c.all = true
		c.do(presenter.Take{})
		c.mustSee(t, page(2), "the page that failed, tried again")
	}
}

func TestALateStillDoesNotCoverTheMovingPicture(t *testing.T) {
	c, clip := newClipCourt()
	c.all = false
	c.do(presenter.Wind{At: 15_000}, presenter.Play{})
	c.roll(1000)
	c.arrive(clip.SeekTo(15_000))
	c.mustSee(t, clip.SeekTo(16_000), "the frame that it was wound to, which came late")
	if !c.moves {
		t.Fatal("a still was painted over the moving picture")
	}
}

func TestBeatsOfAClipGoOnWhereverItStands(t *testing.T) {
	c, clip := newClipCourt()
	pane := clip.First()
	pane.Marks = withBeats(1, 2).First().Marks
	clip = clip.With(0, pane)
	cues := run(3)
	cues[1].Shot = clip
	c.do(presenter.SetRun{Run: cues}, presenter.Jump{At: 1}, presenter.Take{}, presenter.Wind{At: 4000, Widen: true}, presenter.Play{})
	c.roll(3000)
	c.do(presenter.Next{})
	c.settle()
	if p := c.sees; p.Beat != 1 || p.First().Page.Index != 7000 || p != c.stage.State().Program {
		t.Fatalf("after the beat the court sees %v, Program is %v", p, c.stage.State().Program)
	}
	if st := c.stage.State(); !st.NextBeat || st.Preview != st.Program.At(2) {
		t.Fatalf("the next beat is not in Preview: %+v", st)
	}
	c.do(presenter.Back{}, presenter.Back{})
	c.mustSee(t, page(0), "back to its beginning, and to the page before")
}

func TestAnotherPassageOfTheRecordingIsNotTheCue(t *testing.T) {
	c, clip := newClipCourt()
	pane := clip.First()
	pane.Marks = withBeats(1, 2).First().Marks
	cues := run(3)
	cues[1].Shot = clip.With(0, pane)
	pane.Clip.To = 12_000
	c.do(presenter.SetRun{Run: cues}, presenter.Jump{At: 1}, presenter.Take{}, presenter.Call{Shot: clip.With(0, pane)}, presenter.Take{}, presenter.Next{})
	c.mustSee(t, page(2), "the cue behind")
}

func TestAConfirmedClipIsNotAskedAboutAgainWhereItIsWoundTo(t *testing.T) {
	c := newCourt(3)
	first := page(1).First().Page
	c.do(presenter.Caution{Page: first, Why: presenter.Restricted}, presenter.Start{}, presenter.Call{Shot: clipOf(1)}, presenter.Take{}, presenter.Take{})
	c.do(presenter.Wind{At: 15_000}, presenter.Caution{Page: first, Why: presenter.Incomplete})
	c.arrive(clipOf(1).SeekTo(15_000))
	c.mustSee(t, clipOf(1).SeekTo(15_000), "wound before its frame came")
	if c.asked != 1 {
		t.Fatalf("asked %d times", c.asked)
	}
}

func TestACautionHoldsForAllOfARecording(t *testing.T) {
	first := library.PageID{Path: page(1).First().Page.Path}
	still := library.ShotOf(library.PageID{Path: first.Path, Index: 83_000})
	for _, w := range []struct {
		name  string
		page  library.PageID
		shot  library.Shot
		asked bool
	}{
		{"a clip, by its first page", first, clipOf(1), true},
		{"a clip, by all pages", library.PageID{Path: first.Path, Index: presenter.AllPages}, clipOf(1), true},
		{"a still, by all pages", library.PageID{Path: first.Path, Index: presenter.AllPages}, still, true},
		{"a still, by another page", first, still, false},
		{"a clip, by another time", still.First().Page, clipOf(1), false},
	} {
		c := newCourt(3)
		c.all = true
		c.do(presenter.SetCautions{Pages: map[library.PageID]presenter.Reason{w.page: presenter.Restricted}},
			presenter.Start{}, presenter.Call{Shot: w.shot.SeekTo(15_000)}, presenter.Take{})
		if (c.asked == 1) != w.asked || c.sees.IsZero() != w.asked {
			t.Errorf("%s: asked %d times, the court sees %v", w.name, c.asked, c.sees)
		}
		c.do(presenter.Confirm{})
		c.mustSee(t, w.shot.SeekTo(15_000), w.name)
	}
	c := newCourt(3) // it becomes known while the frame is on its way
	c.do(presenter.Start{}, presenter.Call{Shot: clipOf(1).SeekTo(15_000)}, presenter.Take{}, presenter.Caution{Page: first, Why: presenter.Restricted})
	c.arrive(clipOf(1).SeekTo(15_000))
	c.mustSee(t, library.Shot{}, "held back")
}

func TestAClipMayBeWoundInPreview(t *testing.T) {
	c, clip := newClipCourt()
	c.do(presenter.Back{}, presenter.Look{Pane: clip.SeekTo(15_000).First()}, presenter.Take{})
	c.mustSee(t, clip.SeekTo(15_000), "where it was wound to in Preview")
	if st := c.stage.State(); st.At != 1 || st.Preview != page(2) {
		t.Fatalf("it is the same cue still: %+v", st)
	}
}

func TestStrangersStopNothing(t *testing.T) {
	c, clip := newClipCourt()
	c.do(presenter.Stopped{Shot: clip, At: 15_000})
	c.mustSee(t, clip, "a clip that does not play stopped")
	c.do(presenter.Play{}, presenter.Stopped{Shot: clipOf(2), At: 15_000})
	c.mustPlay(t, true, "another clip stopped")
}
