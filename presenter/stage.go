package presenter

import (
	"slices"

	"butluc/library"
)

// Stage is the state of a presentation. It belongs to one goroutine; make one with [NewStage].
type Stage struct {
	run     []Cue
	at      int   // place of the cue last taken from the run; -1 before the first
	next    int   // place of the cue to be taken next; len(run) at the end
	trail   []int // where the run was left by jumps, the last one last
	beating bool  // preview is Program's next beat
	left    bool  // a jump left Program's beats
	passed  bool  // the cue at place at has words only, and nothing was taken since
	running bool
	black   bool // meant
	dark    bool // painted
	screen  bool
	program library.Shot
	shown   library.Shot // the frame that stands on the court screen, also while it is black or gone
	playing bool         // Program's clip plays
	pausing bool         // and was told to pause
	clip    library.Shot // what was told to play last, until it says where it stopped
	follows bool         // Program will stand where clip stops
	moved   library.Shot // the clip whose moving picture covers the frame shown, where it began or came to stand
	preview library.Shot
	called  bool // preview was called from outside the run
	asked   library.Shot
	granted library.Shot // asked, and confirmed with a ground
	guard   guard
}

// State is a copy of what the stage holds, for drawing.
type State struct {
	Running bool
	Black   bool         // the court is meant to see black
	Dark    bool         // black stands on the court screen, or there is none; differs from Black while a frame is being made
	Screen  bool         // there is a court screen
	Program library.Shot // what the court is meant to see when it is not black
	Shown   library.Shot // the frame painted last; differs from Program while its frame is being made
	// Playing tells that Program's clip plays: the court sees it move. Program stands where it began to, and
	// Shown may be of another time of it.
	Playing bool
	Stands  bool // the court sees Program: its frame, or of its clip the moving picture on which it came to stand
	Preview library.Shot
	Called  bool         // Preview was called from outside the run
	Doubts  Reason       // why Preview may need a second key; of these Statement only while the guard over statements is on
	Asked   library.Shot // the shot that waits for a second key
	Why     Reason       // why it waits
	At      int          // place in the run of the cue last taken from it; -1 before the first
	Next    int          // place in the run of the cue to be taken next; Len at its end
	Len     int          // cues in the run
	Trail   []int        // where the run was left by jumps, the last one last
	// NextBeat tells that Preview is Program with the marks of its next beat; Next comes behind the last.
	NextBeat bool
	// AtCue tells that the court is at the cue at At: Program is its shot, however it is looked at by now, or the cue
	// has words only and nothing was taken since.
	AtCue bool
	// Jumped tells that a jump chose the cue at Next, and nothing was taken since.
	Jumped bool
}

// NewStage makes a stage without a run, a screen or a trial.
func NewStage() *Stage {
	return &Stage{at: -1, black: true, dark: true, guard: guard{pages: map[library.PageID]Reason{}}}
}

// State is a copy of the present state.
func (s *Stage) State() State {
	return State{
		Running: s.running, Black: s.black, Dark: s.dark, Screen: s.screen, Program: s.program, Shown: s.shown,
		Playing: s.playing, Stands: s.visible() && !s.dark && !s.playing && s.stands() == s.program,
		Preview: s.preview, Called: s.called, Doubts: s.guard.doubts(s.preview), Asked: s.asked, Why: s.guard.why(s.asked), At: s.at, Next: s.next, Len: len(s.run), Trail: slices.Clone(s.trail),
		NextBeat: s.beating, AtCue: s.passed || s.onCue(), Jumped: s.left,
	}
}

// Wants tells whether the court screen should show the frame of this shot now. Ask it at the moment
// of painting. While a clip plays, and until it said where it stopped, its moving picture stays.
func (s *Stage) Wants(shot library.Shot) bool {
	return s.visible() && !s.playing && !s.settling() && !shot.IsZero() && s.program == shot
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
	if s.onCue() {
		add(s.program.At(int(s.program.Beat) + 2))
		add(s.program.At(int(s.program.Beat) - 1))
	}
	for _, i := range []int{s.next, s.next + 1} {
		if i >= 0 && i < len(s.run) {
			add(s.run[i].Shot)
		}
	}
	if i := s.at - 1; i >= 0 && i < len(s.run) {
		add(atEnd(s.run[i].Shot))
	}
	return shots
}

// Apply changes the state by one command and returns what must be done about it.
func (s *Stage) Apply(c Command) []Effect {
	played := s.playing
	effects := s.apply(c)
	s.silence()
	if _, itself := c.(Stopped); played && !s.playing && !itself {
		effects = slices.Insert(effects, 0, Effect(Pause{}))
	}
	return effects
}

func (s *Stage) apply(c Command) []Effect {
	switch c := c.(type) {
	case SetRun:
		return s.setRun(c.Run)
	case Start:
		return s.start(c.At)
	case End:
		return s.end()
	case Call:
		return s.call(c.Shot)
	case Jump:
		return s.jump(c.At)
	case Return:
		return s.goBack()
	case Take:
		if s.beating {
			return s.change(s.preview)
		}
		return s.take(s.preview, !s.called)
	case Next:
		if s.running && !s.left && s.hasBeat(1) {
			return s.change(s.program.At(int(s.program.Beat) + 1))
		}
		return s.step(1, AtEnd)
	case Back:
		if s.running && s.hasBeat(-1) {
			return s.change(s.program.At(int(s.program.Beat) - 1))
		}
		return s.step(-1, AtStart)
	case Blank:
		return s.blank()
	case Look:
		return s.look(c.Index, c.Pane)
	case LookLive:
		return s.lookLive(c.Index, c.Pane)
	case HideMarks:
		shot := s.program
		shot.Unmarked = !shot.Unmarked
		return s.redraw(shot)
	case Clear:
		return s.redraw(s.program.Cleared())
	case Caution:
		if s.guard.add(c.Page, c.Why) {
			return s.holdBack(c.Page)
		}
		return nil
	case SetCautions:
		if page, worse := s.guard.replace(c.Pages, s.program); worse {
			return s.holdBack(page)
		}
		return nil
	case GuardStatements:
		s.guard.statements = c.Statements
		return nil
	case Confirm:
		return s.confirm()
	case Withdraw:
		s.asked, s.granted = unasked(s.asked, s.granted, s.preview)
		return nil
	case Play:
		return s.play()
	case Wind:
		return s.wind(c)
	case Volume:
		return s.volume(c.Percent, c.Mute)
	case Stopped:
		return s.stopped(c.Shot, c.At)
	case Painted:
		s.shown, s.moved, s.dark = c.Shot, library.Shot{}, false
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

func (s *Stage) setRun(run []Cue) []Effect {
	places := make(map[string]int, len(run))
	for i, c := range run {
		places[c.ID] = i
	}
	// A cue that is gone leaves its place to the one after it; in another run altogether the place
	// stays as it was counted.
	moved := func(i int) int {
		for k := max(0, i); k < len(s.run); k++ {
			if p, ok := places[s.run[k].ID]; ok {
				return p
			}
		}
		if !slices.ContainsFunc(s.run, func(c Cue) bool { _, ok := places[c.ID]; return ok }) {
			return min(i, len(run))
		}
		return min(len(s.run), len(run))
	}
	next := moved(s.next)
	if s.at >= 0 && s.at < len(s.run) {
		if p, ok := places[s.run[s.at].ID]; ok {
			if s.next == s.at+1 {
				next = p + 1 // what was inserted behind it comes next
			}
			s.at = p
		} else {
			s.at = min(s.at, len(run)-1)
		}
	}
	for i, left := range s.trail {
		s.trail[i] = moved(left)
	}
	s.run, s.next = run, next
	if !s.called {
		s.cue()
	}
	return []Effect{Prepare{}}
}

// cue puts the run's next into Preview, which is Program's next beat while it has one; at the run's end
// Preview is empty.
func (s *Stage) cue() {
	s.called, s.beating = false, false
	s.preview = library.Shot{}
	switch {
	case s.running && !s.left && s.hasBeat(1):
		s.beating = true
		s.preview = s.program.At(int(s.program.Beat) + 1)
	case s.next < len(s.run):
		s.preview = s.run[s.next].Shot
	}
}

func (s *Stage) jump(to int) []Effect {
	if to < 0 || to >= len(s.run) {
		return nil
	}
	s.asked = library.Shot{}
	if !s.called && to == s.next && !s.beating {
		s.left = true
		s.cue()
		return []Effect{Prepare{}}
	}
	if n := len(s.trail); to != s.next && s.at >= 0 && s.next == s.at+1 && (n == 0 || s.trail[n-1] != s.next) {
		s.trail = append(s.trail, s.next)
	}
	s.next, s.left = to, true
	s.cue()
	return []Effect{Prepare{}}
}

func (s *Stage) goBack() []Effect {
	s.asked = library.Shot{}
	onlyBeats := s.left && s.hasBeat(1) && s.next == s.at+1 // the beats were left for the very next shot
	if n := len(s.trail); !s.called && n > 0 && !onlyBeats {
		s.next, s.trail = s.trail[n-1], s.trail[:n-1]
	}
	if !s.called {
		s.left = false
	}
	s.cue()
	return []Effect{Prepare{}}
}

func (s *Stage) start(at int) []Effect {
	if s.running {
		return nil
	}
	s.running, s.black, s.dark = true, true, true
	s.program, s.shown, s.asked, s.follows = library.Shot{}, library.Shot{}, library.Shot{}, false
	s.next = max(0, min(at, len(s.run)))
	s.at, s.trail, s.left, s.passed = s.next-1, nil, false, false
	s.cue()
	return []Effect{ShowBlack{}, Prepare{}}
}

func (s *Stage) end() []Effect {
	if !s.running {
		return nil
	}
	effects := []Effect{Prepare{}}
	if !s.dark {
		effects = []Effect{ShowBlack{}, Prepare{}}
	}
	s.running, s.black, s.dark, s.passed = false, true, true, false
	s.program, s.shown, s.asked, s.follows = library.Shot{}, library.Shot{}, library.Shot{}, false
	if s.beating {
		s.cue()
	}
	return effects
}

func (s *Stage) call(shot library.Shot) []Effect {
	if shot.IsZero() {
		return nil
	}
	s.asked = library.Shot{}
	s.preview, s.called, s.beating = shot, true, false
	return []Effect{Prepare{}}
}

// step takes the run's next, or the one before the last taken.
func (s *Stage) step(by int, none Notice) []Effect {
	i := s.next
	if by < 0 {
		i = s.at - 1
	}
	if i < 0 || i >= len(s.run) {
		return []Effect{Tell{none}}
	}
	if !s.running {
		return nil
	}
	s.next = i
	shot := s.run[i].Shot
	switch {
	case shot.IsZero():
		return s.pass()
	case by < 0:
		shot = atEnd(shot)
	}
	return s.take(shot, true)
}

// pass goes on past a cue that has words only: the court keeps what it sees.
func (s *Stage) pass() []Effect {
	s.asked = library.Shot{}
	s.at, s.left, s.passed = s.next, false, true
	s.next++
	s.cue()
	return []Effect{Prepare{}}
}

// take makes shot the Program, unless one of its pages needs a second key that was not given yet.
// fromRun tells that it is the run's next, so that the run moves on.
func (s *Stage) take(shot library.Shot, fromRun bool) []Effect {
	if !s.running {
		return nil
	}
	if shot.IsZero() && fromRun && s.next < len(s.run) {
		return s.pass()
	}
	if shot.IsZero() {
		return []Effect{Tell{NothingTo}}
	}
	if why := s.guard.why(shot); why != NoCaution && (s.asked != shot || why == Statement && s.granted != shot) {
		s.granted = library.Shot{}
		s.preview, s.called, s.beating, s.asked = shot, !fromRun, false, shot
		return []Effect{Prepare{}, Ask{shot, why}}
	}
	s.program, s.follows, s.black, s.left, s.passed = shot, false, false, false, false
	if fromRun {
		s.at = s.next
		s.next++
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

func (s *Stage) look(index int, pane library.Pane) []Effect {
	if index < 0 || index >= int(s.preview.Count) || !samePage(pane, s.preview.Panes[index]) {
		return nil
	}
	s.asked = library.Shot{}
	s.preview = s.preview.With(index, pane)
	return []Effect{Prepare{}}
}

// lookLive is a live view change: the court keeps the old view until the new one is whole.
func (s *Stage) lookLive(index int, pane library.Pane) []Effect {
	if !s.running || index < 0 || index >= int(s.program.Count) || pane.Page.Path != s.program.Panes[index].Page.Path {
		return nil
	}
	now := s.program.Panes[index]
	turned := !samePage(pane, now)
	if turned {
		pane.Marks, pane.Live = library.Marks{}, library.Marks{} // they lie on the page that was shown
	}
	shot := s.program.With(index, pane)
	shot = shot.At(int(shot.Beat))
	switch {
	case pane.Page != now.Page && s.black:
		return nil // turning a page that nobody sees would be a surprise later
	case turned:
		return s.take(shot, false)
	}
	return s.redraw(shot)
}

// confirm takes what was asked about.
func (s *Stage) confirm() []Effect {
	if s.asked.IsZero() || s.asked != s.preview {
		return nil
	}
	s.granted = s.asked
	return s.take(s.preview, !s.called)
}

// unasked takes back what waits for a second key in Preview; else what was asked about is the confirmation of Program, whose frame
// may be on the way.
func unasked(asked, granted, preview library.Shot) (library.Shot, library.Shot) {
	if asked == preview {
		return library.Shot{}, library.Shot{}
	}
	return asked, granted
}

func (s *Stage) failed(shot library.Shot) []Effect {
	if shot.IsZero() || s.program != shot || s.stands() == shot && !s.dark {
		return nil
	}
	effects := s.withdraw()
	// It is in Preview again: the next Enter must try it once more, and not show another page.
	s.preview, s.called, s.beating = shot, true, false
	return append(effects, Prepare{}, Tell{TakeFailed})
}

// withdraw gives up a take whose frame did not come: Program is again what stands on the screen. Of a clip
// that moved there the frame is still to be made.
func (s *Stage) withdraw() []Effect {
	s.program, s.follows, s.black = s.stands(), !s.moved.IsZero(), s.dark
	if s.moved.IsZero() {
		return nil
	}
	return []Effect{ShowProgram{}}
}

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
