package console

import (
	"image"
	"image/color"
	"time"

	"butluc/app/i18n"
	"butluc/library"
	"butluc/presenter"
	"butluc/presenter/projector"
)

// live is what is drawn while the court looks.
type live struct {
	drawing library.Shot   // Program with what was drawn on it, as a step would hold it; zero without
	kept    library.Shot   // what of it is a step already
	unkept  []library.Shot // drawn on before, and left without being kept or cleared
}

// Steps that were drawn at trial stand under a phase and scenario of their own at the outline's end.
const (
	livePhase    library.ID = "tai-phien-toa"
	liveScenario library.ID = "danh-dau-tai-phien-toa"
)

// LivePane is the pane of Program that keys move.
func (s *Session) LivePane() int { return min(s.livePane, max(0, int(s.State().Program.Count)-1)) }

// NextLivePane lets keys move the next pane of Program, and only that one.
func (s *Session) NextLivePane() {
	n := int(s.State().Program.Count)
	if n < 2 {
		return
	}
	s.livePane = (s.LivePane() + 1) % n
	s.liveApart = true
	s.TellText(i18n.T("live.pane", "pane", s.livePane+1, "count", n), false)
}

// TogglePanes lets keys move all panes together, or one by one.
func (s *Session) TogglePanes() {
	s.liveApart = !s.liveApart
	key := "live.together"
	if s.liveApart {
		key = "live.apart"
	}
	s.Tell(key, false)
	s.changed(StageChanged)
}

// Draw adds a mark to a pane of what the court sees.
func (s *Session) Draw(pane int, m library.Mark) {
	p := s.State().Program
	if pane < 0 || pane >= int(p.Count) {
		return
	}
	if n := len(p.Panes[pane].Kept().Marks.List()); n >= library.MaxMarks { // more could not be kept
		s.TellText(i18n.T("mark.full", "count", n), true)
		return
	}
	next := p.Panes[pane]
	next.Live = next.Live.Add(m)
	s.Do(presenter.LookLive{Index: pane, Pane: next})
}

// Over draws over the court's picture for a moment, see [projector.Projector.Over].
func (s *Session) Over(picture *image.RGBA, at image.Point, outside color.RGBA) {
	if s.projector != nil {
		s.projector.Over(picture, at, outside)
	}
}

// Standing is the frame that the court sees; ok is false while it sees none.
func (s *Session) Standing() (frame projector.Frame, ok bool) {
	st := s.State()
	if !st.Running || st.Dark || st.Black {
		return projector.Frame{}, false
	}
	return s.Shown()
}

// Live is the frame that the court sees, for drawing on it; ok is false while another is on its way.
func (s *Session) Live() (frame projector.Frame, ok bool) {
	frame, ok = s.Standing()
	return frame, ok && frame.Shot == s.State().Program
}

// followLive remembers what was drawn on a shot that the court does not see any more, so that it can be kept.
func (s *Session) followLive(program library.Shot) {
	l := &s.live
	switch {
	case program.HasLive():
		l.drawing = program.Kept()
	case l.drawing.IsZero():
	case samePages(program, l.drawing): // cleared
		l.drawing = library.Shot{}
	default:
		if l.drawing != l.kept {
			l.unkept = append(l.unkept, l.drawing)
		}
		l.drawing = library.Shot{}
	}
}

// KeepLive makes a step of what was drawn on the shot that the court sees, or saw last.
func (s *Session) KeepLive() {
	l := &s.live
	switch n := len(l.unkept); {
	case !l.drawing.IsZero() && l.drawing != l.kept:
		if s.keep(l.drawing) {
			l.kept = l.drawing
		}
	case n > 0:
		last := l.unkept[n-1]
		l.unkept = l.unkept[:n-1]
		if !s.keep(last) {
			l.unkept = append(l.unkept, last)
		}
	default:
		s.Tell("live.nothing", false)
	}
}

// keepAll makes steps of all that was drawn in the trial and neither kept nor cleared: nothing is lost.
func (s *Session) keepAll() {
	l := &s.live
	s.followLive(library.Shot{})
	unkept := l.unkept
	s.live, s.livePane, s.liveApart = live{}, 0, false
	if len(unkept) > 0 && !s.addSteps(unkept...) {
		s.live.unkept = unkept // K tries again
	}
}

// keep makes a step of a shot, now or when the trial ends.
func (s *Session) keep(shot library.Shot) bool {
	if !s.outlined() && s.Running() {
		// With its first step the run would be the outline instead of the file's pages, in the middle of a trial.
		s.live.unkept = append([]library.Shot{shot}, s.live.unkept...)
		s.Tell("live.kept-later", false)
		return true
	}
	return s.addSteps(shot)
}

// addSteps adds steps at the end of the outline, as one edit.
func (s *Session) addSteps(shots ...library.Shot) bool {
	o := s.Outline()
	var e library.Edit
	add := func(next library.Edit) {
		e.Changes = append(e.Changes, next.Changes...)
		if after, err := o.Apply(next); err == nil {
			o = after
		}
	}
	if _, there := o.Phase(livePhase); !there {
		add(o.AddPhase(library.Phase{ID: livePhase, Title: i18n.T("live.phase")}, library.Place{}))
	}
	if _, there := o.Scenario(liveScenario); !there {
		add(o.AddScenario(library.Scenario{ID: liveScenario, Title: i18n.T("live.scenario")}, library.Place{Parent: livePhase}))
	}
	steps := make([]library.Step, 0, len(shots))
	for _, shot := range shots {
		steps = append(steps, library.Step{Title: i18n.T("live.step", "time", time.Now().Format("15:04")), Shot: shot})
	}
	add(o.AddSteps(library.Place{Parent: liveScenario}, steps...))
	e.Label = "mark"
	if !s.Edit(e) {
		return false
	}
	s.drawn += len(shots)
	s.TellText(i18n.T("live.kept", "count", len(shots)), false)
	return true
}

// Beside puts the page in Preview beside what the court sees, into Preview: Enter then shows both.
func (s *Session) Beside() {
	st := s.State()
	if st.Preview.IsZero() || st.Program.IsZero() {
		return
	}
	shot := st.Program.Kept()
	shot.Beat = st.Program.Beat // the marks that the court sees stay
	s.Do(presenter.Call{Shot: shot.Push(st.Preview.First())})
}
