// Package study is what is looked at in Prepare: a page and the step that it is looked at for, the marks on it, its picture,
// and the pictures of all pages for the console.
package study

import (
	"slices"

	"butluc/app/console/dossier"
	"butluc/app/console/event"
	"butluc/app/console/hearing"
	"butluc/app/console/notice"
	"butluc/app/console/stage"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/intake"
	"butluc/library/search/reading"
	"butluc/presenter"
	"butluc/presenter/render"
)

// Study is what is looked at in Prepare: a page, and the step that it is looked at for.
type Study struct {
	lang    *i18n.Localizer
	dossier *dossier.Dossier
	stage   *stage.Stage
	run     *hearing.Run
	control *hearing.Control
	events  *event.Bus
	notices *notice.Bar
	played  Playing

	current library.Pane
	pair    library.Shot // that is looked at instead of the one page; zero for none
	step    library.ID   // selected in the outline, "" for none
	pane    int          // of that step, that was looked at last
	wanted  string       // a file to look at once it is listed, "" for none
}

// Playing is the recording that is looked at, as it is played.
type Playing interface {
	Stop()   // at once
	Unseek() // no other place of it is to be looked at any more
}

// Deps are what the parts with which a page is looked at work with.
type Deps struct {
	Lang     *i18n.Localizer
	Dossier  *dossier.Dossier
	Edits    *dossier.Edits
	Stage    *stage.Stage
	Run      *hearing.Run
	Control  *hearing.Control
	Events   *event.Bus
	Notices  *notice.Bar
	Renderer *render.Renderer
}

// New makes the study of a case: nothing is looked at.
func New(d Deps) *Study {
	return &Study{
		lang: d.Lang, dossier: d.Dossier, stage: d.Stage, run: d.Run,
		control: d.Control, events: d.Events, notices: d.Notices,
	}
}

// Follow lets what is played be stopped when something else is looked at.
func (s *Study) Follow(p Playing) { s.played = p }

// Current is what is looked at in Prepare.
func (s *Study) Current() library.Pane { return s.current }

// Pair is the pair of pages that is looked at instead of the one page; zero for none.
func (s *Study) Pair() library.Shot { return s.pair }

// Show looks at a pane, for no step.
func (s *Study) Show(pane library.Pane) {
	s.step, s.pair, s.current = "", library.Shot{}, lookOf(pane)
}

// ShowPair looks at two pages side by side, at the second of them, for no step.
func (s *Study) ShowPair(pair library.Shot) {
	s.step, s.pair, s.current = "", pair, lookOf(pair.Panes[1])
}

// Part lets the page that is looked at stand alone again.
func (s *Study) Part() { s.pair = library.Shot{} }

// Stand notes where the recording that is looked at stands, in milliseconds.
func (s *Study) Stand(at int) { s.current.Page.Index = at }

// SetTracks looks at other tracks of the recording that is looked at.
func (s *Study) SetTracks(tracks library.Tracks) { s.current.Tracks = tracks }

// Select looks at a page: in Prepare large, in a running trial also in Preview. It never shows
// anything to the court.
func (s *Study) Select(p library.PageID) {
	s.played.Stop()
	s.played.Unseek()
	s.current, s.pair = library.Pane{Page: p, Tracks: s.tracksOf(p)}, library.Shot{}
	if s.stage.Running() {
		s.control.Preview(p)
	} else {
		s.readFirst()
	}
	s.events.Changed(event.PageChanged)
}

// Look changes the view of the page looked at.
func (s *Study) Look(p library.Pane) {
	was := s.current.Page
	s.played.Stop()
	switch p.Page {
	case was:
		p.Page = s.current.Page // where it was playing
	default:
		s.played.Unseek()
	}
	s.current = lookOf(p)
	s.events.Changed(event.PageChanged)
}

// Pane is the pane of the chosen step that was looked at last.
func (s *Study) Pane() int { return s.pane }

// LookAt looks at a pane of the chosen step.
func (s *Study) LookAt(index int) {
	step, ok := s.dossier.Outline().Step(s.step)
	if !ok || index < 0 || index >= int(step.Shot.Count) {
		return
	}
	s.pane = index
	s.Look(s.dossier.Located(step.Shot).Panes[index])
}

// lookOf is how a pane is looked at, without what is drawn on it: that is the outline's.
func lookOf(p library.Pane) library.Pane {
	return library.Pane{Page: p.Page, View: p.View, Turn: p.Turn}
}

// Move looks at the page by pages further on.
func (s *Study) Move(by int) {
	if p := s.dossier.Neighbour(s.current.Page, by); p != (library.PageID{}) {
		s.Select(p)
	}
}

// MoveDocument looks at the first page of the document by documents further on.
func (s *Study) MoveDocument(by int) {
	docs := s.dossier.Documents()
	at := slices.IndexFunc(docs, func(d library.Document) bool { return d.Has(s.current.Page) })
	for i := at + by; at >= 0 && i >= 0 && i < len(docs); i += by {
		if len(docs[i].Pages) > 0 {
			s.Select(docs[i].Pages[0])
			return
		}
	}
}

// Editing is the chosen step's pane that is looked at; ok is false where the step does not show the page.
func (s *Study) Editing() (step library.Step, index int, ok bool) {
	step, ok = s.dossier.Outline().Step(s.step)
	if !ok {
		return library.Step{}, 0, false
	}
	panes := s.dossier.Located(step.Shot).List()
	if s.pane < len(panes) && panes[s.pane].Page == s.current.Page {
		return step, s.pane, true
	}
	for i, p := range panes {
		if p.Page == s.current.Page {
			return step, i, true
		}
	}
	return library.Step{}, 0, false
}

// Step is the step that is selected, "" where none is.
func (s *Study) Step() library.ID { return s.step }

// SelectStep looks at what a step shows: in Prepare large, in a running trial in Preview. It never
// shows anything to the court.
func (s *Study) SelectStep(id library.ID) {
	step, ok := s.dossier.Outline().Step(id)
	if !ok {
		s.step = ""
		s.events.Changed(event.PageChanged)
		return
	}
	s.played.Stop()
	s.played.Unseek()
	s.step = id
	s.pane = 0
	if pane := s.dossier.Located(step.Shot).First(); pane.Page != (library.PageID{}) {
		s.current = lookOf(pane)
	}
	if at := s.run.CueAt(id); s.stage.Running() && at >= 0 {
		s.control.Do(presenter.Jump{At: at})
	}
	s.events.Changed(event.PageChanged)
}

// JumpScenario puts a scenario's first step into Preview, or in Prepare looks at it. It tells false
// where the scenario has no step.
func (s *Study) JumpScenario(id library.ID) bool {
	steps := s.dossier.Outline().Steps(id)
	if len(steps) == 0 {
		return false
	}
	s.SelectStep(steps[0].ID)
	return true
}

// JumpDigit is [Study.JumpScenario] for the scenario that has a digit.
func (s *Study) JumpDigit(digit int) {
	scenario, ok := s.dossier.Outline().ScenarioOf(digit)
	switch {
	case !ok:
		s.notices.TellText(s.lang.T("jump.no-digit", "digit", digit), true)
	case !s.JumpScenario(scenario.ID):
		s.notices.TellText(s.lang.T("jump.no-steps", "name", scenario.Title), true)
	}
}

// JumpEdge puts the first or last step of the scenario that is in Preview there.
func (s *Study) JumpEdge(last bool) {
	ref, ok := s.run.StepAt(s.stage.State().Next)
	if !ok {
		if ref, ok = s.run.StepAt(s.stage.State().At); !ok {
			return
		}
	}
	steps := s.dossier.Outline().Steps(ref.Scenario.ID)
	i := 0
	if last {
		i = len(steps) - 1
	}
	s.SelectStep(steps[i].ID)
}

// PreviewHere puts what is selected into Preview: the step, else the first one that shows the page looked at, else the
// page by itself. It shows nothing to the court.
func (s *Study) PreviewHere() {
	at := s.HereAt()
	switch {
	case !s.stage.Running():
	case at >= 0 && (s.run.Cues()[at].Shot.IsZero() || s.run.Cues()[at].Shot.Shows(s.current.Page)):
		s.control.Do(presenter.Jump{At: at})
	case s.current.Page != (library.PageID{}):
		s.control.Preview(s.current.Page)
	}
}

// HereAt is the place in the run of what is selected: the step, else the first one that shows the page
// looked at; -1 where there is none.
func (s *Study) HereAt() int {
	step := s.run.CueAt(s.step)
	if step >= 0 && (s.run.Cues()[step].Shot.IsZero() || s.run.Cues()[step].Shot.Shows(s.current.Page)) {
		return step
	}
	if page := slices.IndexFunc(s.run.Cues(), func(c presenter.Cue) bool { return c.Shot.Shows(s.current.Page) }); page >= 0 {
		return page
	}
	return step
}

// PreviewEdge puts the first or last step of the scenario in Preview there; of a page that was called,
// or without an outline, the first or last page of its document.
func (s *Study) PreviewEdge(last bool) {
	if s.dossier.Outlined() && !s.stage.State().Called {
		s.JumpEdge(last)
		return
	}
	d, ok := s.dossier.Document(s.stage.State().Preview.First().Page)
	if !ok || len(d.Pages) == 0 {
		return
	}
	i := 0
	if last {
		i = len(d.Pages) - 1
	}
	s.control.Preview(d.Pages[i])
}

// LookFor looks at a file of the case, once it is listed.
func (s *Study) LookFor(wanted string) {
	s.wanted = wanted
	s.FindWanted()
}

// FindWanted looks at the file that was asked for, once it is listed.
func (s *Study) FindWanted() {
	switch _, listed := s.dossier.Exhibit(s.wanted); {
	case s.wanted == "":
	case listed:
		page := library.PageID{Path: s.wanted}
		s.wanted = ""
		s.Select(page)
	case s.dossier.Latest().Progress.Stage > intake.StageList: // it is nothing that a case lists
		s.wanted = ""
	}
}

// Recording is the recording that is looked at; false where it is a page of another kind, or can't be shown.
func (s *Study) Recording() (library.File, bool) {
	f := s.dossier.FileAt(s.current.Page.Path)
	return f, f.Kind.Clip() && f.Showable()
}

// readFirst lets the text of the page that is looked at, and of the next ones, be read before others.
func (s *Study) readFirst() {
	if p, ok := s.dossier.File().TextProgress(); !ok || p.State == reading.Done {
		return
	}
	const ahead = 4
	pages := []library.PageID{s.current.Page}
	for by := range ahead {
		if p := s.dossier.Neighbour(s.current.Page, by+1); p != (library.PageID{}) {
			pages = append(pages, p)
		}
	}
	s.dossier.File().ReadFirst(pages...)
}
