package console

import (
	"slices"
	"strings"

	"butluc/library"
	"butluc/library/journal"
	"butluc/presenter"
	"butluc/presenter/projector"
)

// Frame is the court's picture of a shot, where it has been made.
func (s *Session) Frame(shot library.Shot) (projector.Frame, bool) {
	if s.projector == nil {
		return projector.Frame{}, false
	}
	return s.projector.Frame(shot)
}

// Shown is the frame that was painted on the court screen last, also while that is black; ok is false before.
func (s *Session) Shown() (projector.Frame, bool) {
	if s.projector == nil {
		return projector.Frame{}, false
	}
	return s.projector.Shown()
}

// Do passes commands of a person on to the stage. Without a case it does nothing.
func (s *Session) Do(commands ...presenter.Command) {
	if s.projector == nil {
		return
	}
	s.ClearNotice()
	for _, c := range commands {
		if shows(c) {
			s.court.raise()
		}
		s.projector.Do(s.mind(c), c)
	}
}

// Start begins the trial: at the first step, or at what is selected. The court screen is black. A trial
// that was cut off goes on where it was.
func (s *Session) Start(here bool) {
	switch {
	case s.projector == nil || s.Running():
	case s.court.asks(s.court.consoleKnown()):
		s.Tell("astray.start", true)
		s.changed(ScreenChanged)
	case s.unfinished != nil:
		s.goOn()
	case here:
		s.begin(max(0, s.hereAt()), "")
	default:
		s.begin(0, "")
	}
}

// begin begins the trial at a place of the run.
func (s *Session) begin(at int, why string) {
	s.ClearNotice()
	s.StopAudition()
	s.court.begin()
	s.log.begin(s.trialOf(), strings.TrimSpace(why+" "+s.doubt()))
	if s.opt.Screen == nil {
		s.Remember(trialCase, s.file.Dir())
	}
	s.cameTo, s.drawn = at-1, 0
	s.projector.Do(presenter.Start{At: at})
	s.followText()
	s.changed(ScreenChanged)
}

// Rehearsal tells whether the trial is one only for practice, and marked as such in the journal.
func (s *Session) Rehearsal() bool { return s.rehearsal }

// Rehearse chooses whether the next trial is a rehearsal.
func (s *Session) Rehearse(rehearsal bool) {
	if !s.Running() {
		s.rehearsal = rehearsal
		s.changed(ScreenChanged)
	}
}

// trialOf says what begins, for the journal.
func (s *Session) trialOf() journal.Trial {
	t := journal.Trial{
		Rehearsal: s.rehearsal, Mode: s.court.mode.String(), Case: s.snapshot.Case.ID,
		Program: s.opt.Program, Renderer: s.opt.Renderer,
	}
	if s.court.attached {
		t.Screen = sizeText(s.projector.Size())
	}
	return t
}

// blacken makes the court screen black, if it is not.
func (s *Session) blacken() {
	if !s.State().Black {
		s.projector.Do(presenter.Blank{})
	}
}

// PreviewHere puts what is selected into Preview: the step, else the first one that shows the page looked at, else the
// page by itself. It shows nothing to the court.
func (s *Session) PreviewHere() {
	at := s.hereAt()
	switch {
	case !s.Running():
	case at >= 0 && (s.run[at].Shot.IsZero() || s.run[at].Shot.Shows(s.current.Page)):
		s.Do(presenter.Jump{At: at})
	case s.current.Page != (library.PageID{}):
		s.preview(s.current.Page)
	}
}

// hereAt is the place in the run of what is selected: the step, else the first one that shows the page
// looked at; -1 where there is none.
func (s *Session) hereAt() int {
	step := s.cueAt(s.step)
	if step >= 0 && (s.run[step].Shot.IsZero() || s.run[step].Shot.Shows(s.current.Page)) {
		return step
	}
	if page := slices.IndexFunc(s.run, func(c presenter.Cue) bool { return c.Shot.Shows(s.current.Page) }); page >= 0 {
		return page
	}
	return step
}

// End ends the trial, as a person wished. The court screen is black, and stays so until [Session.LetCourtGo]: the court
// never sees the desktop because a hearing is over.
func (s *Session) End() {
	if !s.Running() {
		return
	}
	s.finish(journal.KindEnd)
	s.keepAll()
	s.forgetPlace()
	s.court.hold()
	s.changed(ScreenChanged)
}

// CutOff leaves a running trial in order that no person ended, as when the system goes down: it is offered to be gone
// on with. Without one it does nothing.
func (s *Session) CutOff() {
	if !s.Running() {
		return
	}
	s.finish(journal.KindCut)
	s.keepAll()
	s.court.end()
	s.changed(ScreenChanged)
}

// finish stops the trial, black, and records how.
func (s *Session) finish(kind journal.Kind) {
	s.blacken() // what played is recorded first
	s.projector.Do(presenter.End{})
	s.log.end(kind)
	if s.player != nil {
		s.player.Rest() // a stick can be taken out again
	}
	s.followText()
}

// Held tells whether a trial ended and the court screen is black still.
func (s *Session) Held() bool { return s.court.held && !s.Running() }

// LetCourtGo takes the court window away that stayed black when the trial ended.
func (s *Session) LetCourtGo() {
	if s.Held() {
		s.court.end()
		s.changed(ScreenChanged)
	}
}

// look changes how a pane of a shot is looked at. page and box are the proportions of the page and of the room
// that it has, width to height.
type look func(i int, pane library.Pane, page, box float64) library.Pane

// LookPreview changes how Preview is looked at.
func (s *Session) LookPreview(change look) {
	for i, pane := range s.looked(s.State().Preview, change) {
		s.Do(presenter.Look{Index: i, Pane: pane})
	}
}

// LookLive changes how the court looks at the page that it sees, at once.
func (s *Session) LookLive(change look) {
	var commands []presenter.Command
	for i, pane := range s.looked(s.State().Program, change) {
		commands = append(commands, presenter.LookLive{Index: i, Pane: pane})
	}
	s.Do(commands...)
}

// looked is the shot's panes after a change of view, by their index: all of them, or where they move apart
// the one that is meant. A pane whose proportions are unknown is left out.
func (s *Session) looked(shot library.Shot, change look) map[int]library.Pane {
	panes := map[int]library.Pane{}
	if s.projector == nil {
		return panes
	}
	plan, ok := projector.Sources(s.origin).Plan(shot, s.projector.Size())
	if !ok {
		return panes
	}
	for i, pane := range shot.List() {
		page, box := s.Aspect(pane), plan.Room(i).Size()
		if page > 0 && (!s.liveApart || i == s.LivePane()) {
			panes[i] = change(i, pane, page, float64(box.X)/float64(box.Y))
		}
	}
	return panes
}

// PreviewPage puts the page by pages further on in its document into Preview.
func (s *Session) PreviewPage(by int) {
	if q, ok := s.samePages(s.State().Preview.First().Page, by); ok {
		s.preview(q)
	}
}

// LivePage turns what the court sees to the page by pages further on in its document, same view.
func (s *Session) LivePage(by int) {
	i := s.LivePane()
	pane := s.State().Program.Panes[i]
	if q, ok := s.samePages(pane.Page, by); ok {
		pane.Page = q
		s.Do(presenter.LookLive{Index: i, Pane: pane})
	}
}

// PreviewEdge puts the first or last step of the scenario in Preview there; of a page that was called,
// or without an outline, the first or last page of its document.
func (s *Session) PreviewEdge(last bool) {
	if s.outlined() && !s.State().Called {
		s.JumpEdge(last)
		return
	}
	d, ok := s.Document(s.State().Preview.First().Page)
	if !ok || len(d.Pages) == 0 {
		return
	}
	i := 0
	if last {
		i = len(d.Pages) - 1
	}
	s.preview(d.Pages[i])
}

// samePages is the page by pages further on in a page's document.
func (s *Session) samePages(p library.PageID, by int) (library.PageID, bool) {
	d, _ := s.Document(p)
	return d.Further(p, by)
}
