package presenter_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"butluc/library"
	"butluc/presenter"
)

// player is the program that plays clips, as the court of these tests has it: silent at once when it is told to
// pause, and late to say where it stopped.
type player struct {
	shot   library.Shot // told to play last
	sounds bool
	stops  []presenter.Stopped // not delivered yet
}

func (p *player) play(shot library.Shot) { *p = player{shot: shot, sounds: true} }

func (p *player) pause() {
	if p.sounds {
		p.sounds = false
		p.stops = append(p.stops, presenter.Stopped{Shot: p.shot, At: p.at()})
	}
}

func (p *player) at() int { return p.shot.First().Page.Index }

// move plays for some milliseconds, and stops at the clip's end. It changes shot's place, which no stage minds.
func (p *player) move(ms int) {
	if !p.sounds {
		return
	}
	to := p.shot.First().Clip.To
	p.shot = p.shot.SeekTo(min(p.at()+ms, to))
	if p.at() == to {
		p.pause()
	}
}

// roll lets time pass, and shows the moving picture where the stage wants it.
func (c *court) roll(ms int) {
	sounded := c.player.sounds
	c.player.move(ms)
	if sounded && c.stage.WantsMoving(c.player.shot) {
		c.sees, c.moves = c.sees.SeekTo(c.player.at()), true
	}
}

// louder lets what the court sees be the shot that is as loud, of the same pixels.
func (c *court) louder() {
	if _, _, ok := c.sees.Clip(); ok && c.sees.SameClip(c.stage.State().Program) {
		c.sees = atVolume(c.sees, c.stage.State().Program.First().Clip)
	}
}

func atVolume(s library.Shot, as library.Span) library.Shot {
	if _, _, ok := s.Clip(); ok {
		s.Panes[0].Clip.Volume, s.Panes[0].Clip.Mute = as.Volume, as.Mute
	}
	return s
}

// isReady tells whether the frame of a shot is whole, which is the same at every volume.
func (c *court) isReady(s library.Shot) bool { return c.all || c.ready[atVolume(s, library.Span{})] }

// settle lets the player say where it stopped.
func (c *court) settle() {
	stops := c.player.stops
	c.player.stops = nil
	for _, s := range stops {
		c.do(s)
	}
}

func (c *court) mustPlay(t *testing.T, want bool, when string) {
	t.Helper()
	if is := c.stage.State().Playing; is != want || c.player.sounds != want {
		t.Fatalf("%s: Playing is %v, the player sounds: %v; want %v", when, is, c.player.sounds, want)
	}
}

// clipOf is the passage of a recording from 10 to 20 seconds.
func clipOf(i int) library.Shot {
	shot := page(i)
	pane := shot.First()
	pane.Page.Index, pane.Clip = 10_000, library.Span{From: 10_000, To: 20_000}
	return shot.With(0, pane)
}

// newClipCourt has three cues; the middle one is a clip, which the court sees.
func newClipCourt() (c *court, clip library.Shot) {
	c = newCourt(3)
	clip = clipOf(1)
	cues := run(3)
	cues[1].Shot = clip
	c.all = true
	c.do(presenter.SetRun{Run: cues}, presenter.Start{}, presenter.Next{}, presenter.Next{})
	return c, clip
}

// prepared is the shot of a cue in the random runs: with beats where i is odd, a clip where it can be divided by 3.
func prepared(i int) library.Shot {
	shot := page(i)
	if i%2 == 1 {
		shot = withBeats(i, i)
	}
	if i%3 == 0 {
		pane := shot.First()
		pane.Page.Index, pane.Clip = clipOf(i).First().Page.Index, clipOf(i).First().Clip
		shot = shot.With(0, pane)
	}
	return shot
}

// mustBeTheSameClip says that a command for clips let Program be the recording that it was, looked at as it was.
func (c *court) mustBeTheSameClip(t *rapid.T, cmd presenter.Command, program library.Shot) {
	was, is := program.First(), c.stage.State().Program.First()
	if _, _, ok := program.Clip(); ok {
		was.Page.Index, was.Clip, is.Page.Index, is.Clip = 0, library.Span{}, 0, library.Span{}
	}
	if was != is || program.Beat != c.stage.State().Program.Beat {
		t.Fatalf("promise 1: %T made Program %v out of %v", cmd, c.stage.State().Program, program)
	}
}

// mustBeSilent says that a clip plays only while the court sees it, and because a person said so.
func (c *court) mustBeSilent(t *rapid.T, cmd presenter.Command, played bool) {
	s := c.stage.State()
	pausing := s.Playing && !c.player.sounds && len(c.player.stops) > 0
	_, _, clip := s.Program.Clip()
	switch {
	case c.player.sounds && !s.Playing:
		t.Fatalf("%T: the court hears %v, and the stage does not know", cmd, c.player.shot)
	case s.Playing && !c.player.sounds && !pausing:
		t.Fatalf("%T: the stage says that it plays", cmd)
	case s.Playing && (!clip || !s.Running || !s.Screen || s.Black || c.sees.IsZero()):
		t.Fatalf("%T: a clip plays that the court does not see: %+v", cmd, s)
	case !c.player.shot.IsZero() && c.stage.WantsMoving(c.player.shot) != s.Playing:
		t.Fatalf("%T: the stage plays: %v, and wants moving pictures: %v", cmd, s.Playing, !s.Playing)
	case s.Playing && !s.Program.SameClip(c.player.shot):
		t.Fatalf("%T: %v plays, but Program is %v", cmd, c.player.shot, s.Program)
	}
	for i, e := range c.events {
		switch e.(type) {
		case presenter.PlayClip:
			switch cmd.(type) {
			case presenter.Play, presenter.Wind:
			default:
				t.Fatalf("%T began to play a clip", cmd)
			}
		case presenter.Pause:
			if i > 0 || !played {
				t.Fatalf("%T pauses after all else, or what does not play: %v", cmd, c.events)
			}
		}
	}
	if _, itself := cmd.(presenter.Stopped); played && !s.Playing && !itself && !slices.Contains(c.events, presenter.Effect(presenter.Pause{})) {
		t.Fatalf("%T ended a clip and did not silence it", cmd)
	}
}
