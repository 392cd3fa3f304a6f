// Package stage is what the court sees, and what comes next, of the case that is open.
package stage

import (
	"image"
	"image/color"
	"time"

	"butluc/app/console/event"
	"butluc/library"
	"butluc/presenter"
	"butluc/presenter/projector"
)

// Stage is what the court sees, Program, and what comes next, Preview.
type Stage struct {
	projector *projector.Projector // nil while no case is open
	stepping  int                  // frames of a recording that are looked for
}

// Projector shows what the stage has; nil while no case is open.
func (s *Stage) Projector() *projector.Projector { return s.projector }

// Show lets a projector show what the stage has.
func (s *Stage) Show(p *projector.Projector) { s.projector = p }

// Seek notes that a frame of a recording is looked for: until found is called the court waits for its picture.
func (s *Stage) Seek() (found func()) {
	s.stepping++
	return func() { s.stepping-- }
}

// Frame is the court's picture of a shot, where it has been made.
func (s *Stage) Frame(shot library.Shot) (projector.Frame, bool) {
	if s.projector == nil {
		return projector.Frame{}, false
	}
	return s.projector.Frame(shot)
}

// Shown is the frame that was painted on the court screen last, also while that is black; ok is false before.
func (s *Stage) Shown() (projector.Frame, bool) {
	if s.projector == nil {
		return projector.Frame{}, false
	}
	return s.projector.Shown()
}

// Blacken makes the court screen black, if it is not.
func (s *Stage) Blacken() {
	if !s.State().Black {
		s.projector.Do(presenter.Blank{})
	}
}

// Over draws over the court's picture for a moment, see [projector.Projector.Over].
func (s *Stage) Over(picture *image.RGBA, at image.Point, outside color.RGBA) {
	if s.projector != nil {
		s.projector.Over(picture, at, outside)
	}
}

// Standing is the frame that the court sees; ok is false while it sees none.
func (s *Stage) Standing() (frame projector.Frame, ok bool) {
	st := s.State()
	if !st.Running || st.Dark || st.Black {
		return projector.Frame{}, false
	}
	return s.Shown()
}

// Live is the frame that the court sees, for drawing on it; ok is false while another is on its way.
func (s *Stage) Live() (frame projector.Frame, ok bool) {
	frame, ok = s.Standing()
	return frame, ok && frame.Shot == s.State().Program
}

// Waits tells whether the court waits for a picture.
func (s *Stage) Waits() bool {
	st := s.State()
	return st.Running && st.Screen && !st.Black && !st.Playing && (st.Dark || st.Program != st.Shown || s.stepping > 0)
}

// onItsWay is how long a window system without a graphics card takes to bring a frame to the screen.
const onItsWay = 15 * time.Millisecond

// Wait tells whether the court waits for a picture, or the console for Preview's in a trial.
func (s *Stage) Wait() event.Wait {
	st := s.State()
	switch _, made := s.Frame(st.Preview); {
	case s.Waits():
		return event.Court
	case st.Running && time.Since(s.projector.Painted()) < onItsWay:
		return event.Screen
	case st.Running && !st.Preview.IsZero() && !made:
		return event.Console
	}
	return event.Nobody
}

// State is the stage's state.
func (s *Stage) State() presenter.State {
	if s.projector == nil {
		return presenter.State{At: -1, Black: true, Dark: true}
	}
	return s.projector.State()
}

// Running tells whether a trial runs.
func (s *Stage) Running() bool { return s.State().Running }
