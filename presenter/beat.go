package presenter

import (
	"slices"

	"butluc/library"
)

// atEnd is a shot with all its beats.
func atEnd(shot library.Shot) library.Shot { return shot.At(library.MaxBeat) }

// onCue tells whether Program is what was taken from the run last, however it is looked at by now.
func (s *Stage) onCue() bool {
	if s.at < 0 || s.at >= len(s.run) || s.program.IsZero() {
		return false
	}
	return slices.EqualFunc(s.program.List(), s.run[s.at].Shot.List(), func(a, b library.Pane) bool {
		return samePassage(a, b) && a.Marks == b.Marks
	})
}

// hasBeat tells whether Program has a beat by steps further on.
func (s *Stage) hasBeat(by int) bool {
	beat := int(s.program.Beat) + by
	return s.onCue() && beat >= 0 && beat <= s.program.Beats()
}

// change shows Program otherwise: with the marks of another beat, at once and also out of the black.
func (s *Stage) change(shot library.Shot) []Effect {
	if !s.running {
		return nil
	}
	s.replace(shot)
	s.black = false
	s.cue()
	return []Effect{ShowProgram{}, Prepare{}}
}

// redraw shows Program with other marks; while it is black that is not seen, and stays so.
func (s *Stage) redraw(shot library.Shot) []Effect {
	if !s.running || s.program.IsZero() || shot == s.program {
		return nil
	}
	s.replace(shot)
	if s.black {
		return []Effect{Prepare{}}
	}
	return []Effect{ShowProgram{}, Prepare{}}
}
