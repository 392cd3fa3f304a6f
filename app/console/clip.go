package console

import (
	"context"
	"log/slog"

	"butluc/app/i18n"
	"butluc/library"
	"butluc/presenter"
	"butluc/presenter/clip"
	"butluc/presenter/projector"
	"butluc/presenter/render"
)

// contextStep is how far a key winds a clip for what was before or comes after, in milliseconds.
const contextStep = 30_000

// volumeStep is by how much a key changes the volume, in per cent.
const volumeStep = 10

// played takes what the player tells, from any goroutine.
func (s *Session) played(r clip.Report) {
	s.toned(r)
	s.mu.Lock()
	heard := s.listening
	s.mu.Unlock()
	if heard != nil {
		heard(r)
	}
}

// clipMoved tells the rooms that a clip moves.
func (s *Session) clipMoved() { s.changed(ClipMoved) }

// clipError says why a recording can't be played, or plays no more.
func (s *Session) clipError(e projector.ClipError) {
	slog.Error("play recording", "path", e.Shot.First().Page.Path, "fault", e.Fault, "err", e.Err)
	if e.Shot.IsZero() {
		return // nobody asked for it yet
	}
	i, _, _ := e.Shot.Clip()
	name := s.Name(e.Shot.Panes[i].Page)
	if e.Fault == library.FaultNone || e.Fault == library.FaultCrashed {
		s.TellText(i18n.T("clip.ended", "name", name), true)
		return
	}
	s.TellText(i18n.T("fault."+string(e.Fault), "name", name), true)
}

// Clip is where Program's clip is.
type Clip struct {
	Span    library.Span
	At      int // milliseconds
	Length  int // of the recording
	Playing bool
	Film    projector.Film
}

// Clip is Program's clip; false where it has none.
func (s *Session) Clip() (Clip, bool) {
	st := s.State()
	i, span, ok := st.Program.Clip()
	if !ok || !st.Running {
		return Clip{}, false
	}
	page := st.Program.Panes[i].Page
	f := s.fileAt(page.Path)
	c := Clip{Span: span, At: page.Index, Length: f.Duration, Playing: st.Playing, Film: s.projector.Film()}
	if st.Playing {
		c.At = c.Film.At
	}
	return c, true
}

// Wind puts Program's clip by so many milliseconds further on. Before its passage it shows what was before; where its end
// is nearer than that, it stays where it is, and plays what comes after.
func (s *Session) Wind(by int) {
	c, ok := s.Clip()
	if to := min(c.At+by, c.Length); ok && !s.State().Black && to > c.Span.To {
		s.Do(presenter.Wind{At: c.At, Until: to})
		return
	}
	s.WindTo(c.At + by)
}

// WindTo puts Program's clip at a time, in milliseconds, as Wind does; false where the court sees none.
func (s *Session) WindTo(at int) bool {
	c, ok := s.Clip()
	if !ok || s.State().Black {
		s.Tell("notice.nothing-plays", false)
		return false
	}
	s.Do(presenter.Wind{At: max(0, min(at, c.Length)), Widen: true})
	return true
}

// Replay plays Program's clip from the beginning of its passage.
func (s *Session) Replay() {
	c, ok := s.Clip()
	if !ok {
		s.Tell("notice.nothing-plays", false)
		return
	}
	s.Do(presenter.Wind{At: c.Span.From})
	if !s.State().Playing { // it stood, or was told to stand
		s.Do(presenter.Play{})
	}
}

// Louder changes the volume of Program's clip by steps of [volumeStep] per cent.
func (s *Session) Louder(steps int) {
	c, ok := s.Clip()
	if !ok {
		return
	}
	c.Span.Mute = false
	s.Do(presenter.Volume{Percent: max(volumeStep, min(c.Span.Loudness()+steps*volumeStep, library.MaxVolume))})
	now, _ := s.Clip()
	s.TellText(i18n.T("clip.volume", "percent", now.Span.Loudness()), false)
}

// Mute turns the sound of Program's clip off or on.
func (s *Session) Mute() {
	c, ok := s.Clip()
	if !ok {
		return
	}
	mute := !c.Span.Mute
	c.Span.Mute = false
	s.Do(presenter.Volume{Percent: c.Span.Loudness(), Mute: mute})
}

// playOrNext plays or pauses the clip that the court sees, and is Next where it sees none.
func (s *Session) playOrNext() {
	switch _, ok := s.Clip(); {
	case !s.Running():
	case ok && !s.State().Black:
		s.Do(presenter.Play{})
	default:
		s.Do(presenter.Next{})
	}
}

// StepFrame puts Program's clip on its next frame, or the one before, within its passage; one that plays stands.
func (s *Session) StepFrame(after bool) {
	st := s.State()
	i, _, ok := st.Program.Clip()
	switch {
	case !ok || st.Black:
		s.Tell("notice.nothing-plays", false)
		return
	case st.Playing: // where it stands is known once it does
		s.Do(presenter.Play{})
		return
	}
	pane := st.Program.Panes[i]
	origin, found := s.origin(pane)
	if !found {
		return
	}
	file := s.file
	s.stepping++
	go func() {
		at, err := s.renderer.Step(context.Background(), render.LaneCourt, origin.Source, pane.Page.Index, after)
		s.opt.Post(func() {
			s.stepping--
			now := s.State()
			switch {
			case s.file != file || now.Program != st.Program || now.Playing:
			case err != nil:
				s.TellText(s.ErrorText(err, pane.Page), true)
			default:
				s.Do(presenter.Wind{At: at})
			}
		})
	}()
}
