package presenter

import (
	"slices"

	"butluc/library"
)

// Stage is the state of a presentation. It belongs to one goroutine; make one with [NewStage].
type Stage struct {
	run      []library.Shot
	index    map[library.PageID]int // place of each page in run
	at       int                    // place of the shot last taken from the run; -1 before the first
	running  bool
	black    bool // meant
	dark     bool // painted
	screen   bool
	program  library.Shot
	shown    library.Shot // the frame that stands on the court screen, also while it is black or gone
	preview  library.Shot
	called   bool // preview was called, it is not the run's next
	asked    library.Shot
	cautions map[library.PageID]Reason
}

// State is a copy of what the stage holds, for drawing.
type State struct {
	Running bool
	Black   bool         // the court is meant to see black
	Dark    bool         // black stands on the court screen, or there is none; differs from Black while a frame is being made
	Screen  bool         // there is a court screen
	Program library.Shot // what the court is meant to see when it is not black
	Shown   library.Shot // the frame painted last; differs from Program while its frame is being made
	Preview library.Shot
	Called  bool         // Preview was called; Return goes back to the run
	Asked   library.Shot // the shot that waits for a second key
	Why     Reason       // why it waits
	At      int          // place in the run of the shot last taken from it; -1 before the first
	Len     int          // shots in the run
}

// NewStage makes a stage without a run, a screen or a trial.
func NewStage() *Stage {
	return &Stage{at: -1, black: true, dark: true, cautions: map[library.PageID]Reason{}, index: map[library.PageID]int{}}
}

// State is a copy of the present state.
func (s *Stage) State() State {
	return State{
		Running: s.running, Black: s.black, Dark: s.dark, Screen: s.screen, Program: s.program, Shown: s.shown,
		Preview: s.preview, Called: s.called, Asked: s.asked, Why: s.why(s.asked), At: s.at, Len: len(s.run),
	}
}

// Wants tells whether the court screen should show the frame of this shot now. Ask it at the moment
// of painting.
func (s *Stage) Wants(shot library.Shot) bool {
	return s.running && s.screen && !s.black && !shot.IsZero() && s.program == shot
}

// Upcoming lists the shots that may be needed, most wanted first: Program, Preview, what follows in
// the run, what came before.
func (s *Stage) Upcoming() []library.Shot {
	var shots []library.Shot
	add := func(shot library.Shot) {
		if !shot.IsZero() && !slices.Contains(shots, shot) {
			shots = append(shots, shot)
		}
	}
	add(s.program)
	add(s.preview)
	for _, d := range []int{1, 2, -1} {
		if i := s.at + d; i >= 0 && i < len(s.run) {
			add(s.run[i])
		}
	}
	return shots
}

// Apply changes the state by one command and returns what must be done about it.
func (s *Stage) Apply(c Command) []Effect {
	switch c := c.(type) {
	case SetRun:
		return s.setRun(c.Run)
	case Start:
		return s.start(c.At)
	case End:
		return s.end()
	case Call:
		return s.call(c.Shot)
	case Return:
		s.asked = library.Shot{}
		s.cue()
		return []Effect{Prepare{}}
	case Take:
		return s.take(s.preview)
	case Next:
		return s.step(1, AtEnd)
	case Back:
		return s.step(-1, AtStart)
	case Blank:
		return s.blank()
	case Look:
		return s.look(c.Pane)
	case LookLive:
		return s.lookLive(c.Pane)
	case Caution:
		return s.caution(c.Page, c.Why)
	case Painted:
		s.shown, s.dark = c.Shot, false
		return nil
	case Failed:
		return s.failed(c.Shot)
	case ScreenLost:
		return s.screenLost()
	case ScreenFound:
		return s.screenFound()
	}
	return nil
}

func (s *Stage) setRun(run []library.Shot) []Effect {
	last := library.PageID{}
	if s.at >= 0 && s.at < len(s.run) {
		last = s.run[s.at].Pane.Page
	}
	s.run = run
	s.index = make(map[library.PageID]int, len(run))
	for i := len(run) - 1; i >= 0; i-- {
		s.index[run[i].Pane.Page] = i
	}
	if last != (library.PageID{}) {
		if i, ok := s.index[last]; ok {
			s.at = i
		} else {
			s.at = min(s.at, len(run)-1)
		}
	}
	if !s.called {
		s.cue()
	}
	return []Effect{Prepare{}}
}

// cue puts the run's next shot into Preview; at the run's end Preview is empty.
func (s *Stage) cue() {
	s.called = false
	s.preview = library.Shot{}
	if i := s.at + 1; i < len(s.run) {
		s.preview = s.run[i]
	}
}

func (s *Stage) start(at int) []Effect {
	if s.running {
		return nil
	}
	s.running, s.black, s.dark = true, true, true
	s.program, s.shown, s.asked = library.Shot{}, library.Shot{}, library.Shot{}
	s.at = max(-1, min(at, len(s.run))-1)
	s.cue()
	return []Effect{ShowBlack{}, Prepare{}}
}

func (s *Stage) end() []Effect {
	if !s.running {
		return nil
	}
	s.running, s.black, s.dark = false, true, true
	s.program, s.shown, s.asked = library.Shot{}, library.Shot{}, library.Shot{}
	return []Effect{Hide{}, Prepare{}}
}

func (s *Stage) call(shot library.Shot) []Effect {
	if shot.IsZero() {
		return nil
	}
	s.asked = library.Shot{}
	s.preview, s.called = shot, true
	if i := s.at + 1; i < len(s.run) && s.run[i] == shot {
		s.called = false
	}
	return []Effect{Prepare{}}
}

func (s *Stage) step(by int, none Notice) []Effect {
	i := s.at + by
	if i < 0 || i >= len(s.run) {
		return []Effect{Tell{none}}
	}
	return s.take(s.run[i])
}

// take makes shot the Program, unless its page needs a second key that was not given yet.
func (s *Stage) take(shot library.Shot) []Effect {
	if !s.running {
		return nil
	}
	if shot.IsZero() {
		return []Effect{Tell{NothingTo}}
	}
	if why := s.why(shot); why != NoCaution && s.asked != shot {
		s.preview, s.called, s.asked = shot, true, shot
		return []Effect{Prepare{}, Ask{shot, why}}
	}
	s.program, s.black = shot, false
	if i, ok := s.index[shot.Pane.Page]; ok {
		s.at = i
	}
	s.cue()
	// asked stays: it is the confirmation of Program, should its frame still be on the way.
	return []Effect{ShowProgram{}, Prepare{}}
}

func (s *Stage) blank() []Effect {
	if !s.running {
		return nil
	}
	if !s.black {
		s.black, s.dark = true, true
		return []Effect{ShowBlack{}}
	}
	if s.program.IsZero() {
		return []Effect{Tell{NothingTo}}
	}
	s.black = false
	return []Effect{ShowProgram{}}
}

func (s *Stage) look(pane library.Pane) []Effect {
	if s.preview.IsZero() || pane.Page != s.preview.Pane.Page {
		return nil
	}
	s.asked = library.Shot{}
	s.preview.Pane = pane
	s.called = s.at+1 >= len(s.run) || s.run[s.at+1] != s.preview
	return []Effect{Prepare{}}
}

// lookLive is a live view change: the court keeps the old view until the new one is whole.
func (s *Stage) lookLive(pane library.Pane) []Effect {
	if !s.running || s.program.IsZero() || pane.Page.Path != s.program.Pane.Page.Path {
		return nil
	}
	shot := library.Shot{Pane: pane}
	if pane.Page != s.program.Pane.Page {
		if s.black {
			return nil // turning a page that nobody sees would be a surprise later
		}
		return s.take(shot)
	}
	if s.asked == s.program {
		s.asked = shot
	}
	s.program = shot
	if s.black {
		return []Effect{Prepare{}}
	}
	return []Effect{ShowProgram{}, Prepare{}}
}

// caution marks a page. When its frame was taken and is on the way, it is held back: the court keeps
// the old picture, and the page waits in Preview for the second key.
func (s *Stage) caution(page library.PageID, why Reason) []Effect {
	if s.cautions[page] == why {
		return nil
	}
	if why == NoCaution {
		delete(s.cautions, page)
		return nil
	}
	s.cautions[page] = why
	if p := s.program; p.Pane.Page == page && s.shown != p && s.asked != p {
		s.withdraw()
		s.preview, s.called, s.asked = p, true, p
		return []Effect{Prepare{}, Ask{p, why}}
	}
	return nil
}

func (s *Stage) failed(shot library.Shot) []Effect {
	if shot.IsZero() || s.program != shot || s.shown == shot && !s.dark {
		return nil
	}
	s.withdraw()
	return []Effect{Prepare{}, Tell{TakeFailed}}
}

// withdraw gives up a take whose frame did not come: Program is again what stands on the screen.
func (s *Stage) withdraw() {
	s.program = s.shown
	s.black = s.dark
}

func (s *Stage) why(shot library.Shot) Reason { return s.cautions[shot.Pane.Page] }

func (s *Stage) screenLost() []Effect {
	if !s.screen {
		return nil
	}
	s.screen = false
	if !s.running {
		return []Effect{Hide{}}
	}
	s.black, s.dark = true, true
	return []Effect{Hide{}, Tell{ScreenAway}}
}

// screenFound shows black: what was shown comes back by a key of the person, never by a cable.
func (s *Stage) screenFound() []Effect {
	if s.screen {
		return nil
	}
	s.screen = true
	if !s.running {
		return nil
	}
	s.black, s.dark = true, true
	effects := []Effect{ShowBlack{}, Prepare{}}
	if !s.program.IsZero() {
		effects = append(effects, Tell{ScreenAgain})
	}
	return effects
}
