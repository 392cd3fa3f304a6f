package console

import (
	"errors"
	"log/slog"
	"slices"
	"strings"

	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/presenter"
)

// Outline is the outline of the open case, empty while none is open.
func (s *Session) Outline() library.Outline { return s.snapshot.Outline }

// Index finds the exhibits and pages of the open case.
func (s *Session) Index() *library.Index {
	exhibits := s.snapshot.Exhibits
	if s.index == nil || !sameList(s.indexed, exhibits) {
		s.index, s.indexed, s.docs = library.NewIndex(exhibits), exhibits, nil
	}
	return s.index
}

// sameList tells whether two lists are one and the same.
func sameList(a, b []library.Exhibit) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// Edit changes the outline; it is on disk within a second and can be undone. It tells false, and says
// so at the foot, where the edit can't be made.
func (s *Session) Edit(e library.Edit) bool {
	if s.file == nil {
		return false
	}
	if err := s.file.Edit(e); err != nil {
		slog.Warn("edit outline", "edit", e.Label, "err", err)
		if errors.Is(err, casefile.ErrDoubtful) {
			s.askDoubt()
			return false
		}
		s.TellText(i18n.T("error.edit", "why", whyNot(err)), true)
		return false
	}
	s.outlineMoved()
	return true
}

// whyNot says why an edit was refused.
func whyNot(err error) string {
	for _, known := range []struct {
		err error
		key string
	}{
		{library.ErrStale, "why-not.stale"},
		{library.ErrNoRecord, "why-not.stale"},
		{library.ErrDigit, "why-not.digit"},
		{library.ErrJoined, "why-not.joined"},
		{library.ErrThere, "why-not.there"},
		{library.ErrInvalid, "why-not.invalid"},
	} {
		if errors.Is(err, known.err) {
			return i18n.T(known.key)
		}
	}
	return i18n.T("why.other")
}

// Undo takes the last edit back and says which.
func (s *Session) Undo() {
	if s.file == nil {
		return
	}
	label, ok := s.file.Undo()
	s.undone(label, ok, "undo.done", "undo.none")
}

// Redo makes the edit again that was taken back last.
func (s *Session) Redo() {
	if s.file == nil {
		return
	}
	label, ok := s.file.Redo()
	s.undone(label, ok, "redo.done", "redo.none")
}

func (s *Session) undone(label string, ok bool, done, none string) {
	if !ok {
		s.Tell(none, false)
		return
	}
	s.outlineMoved()
	s.TellText(i18n.T(done, "what", i18n.T("edit."+label)), false)
}

// outlineMoved takes the outline as it is now, at once: what a person does next is about it.
func (s *Session) outlineMoved() {
	s.takeSnapshot()
	s.changed(OutlineChanged | StageChanged | CaseChanged)
}

// Step is the step that is selected, "" where none is.
func (s *Session) Step() library.ID { return s.step }

// SelectStep looks at what a step shows: in Prepare large, in a running trial in Preview. It never
// shows anything to the court.
func (s *Session) SelectStep(id library.ID) {
	step, ok := s.Outline().Step(id)
	if !ok {
		s.step = ""
		s.changed(PageChanged)
		return
	}
	s.StopAudition()
	s.seek = seeking{}
	s.step = id
	s.pane = 0
	if pane := s.Located(step.Shot).First(); pane.Page != (library.PageID{}) {
		s.current = lookOf(pane)
	}
	if at := s.cueAt(id); s.Running() && at >= 0 {
		s.Do(presenter.Jump{At: at})
	}
	s.changed(PageChanged)
}

// Located is a step's shot with its pages where they are now.
func (s *Session) Located(shot library.Shot) library.Shot {
	return s.Outline().Located(shot, s.Index())
}

// outlined tells whether the run is the outline's steps; without any, it is the file itself.
func (s *Session) outlined() bool { return s.Outline().Count(library.TableSteps) > 0 }

// newRun is the order in which the court is to see things.
func (s *Session) newRun() []presenter.Cue {
	if !s.outlined() {
		run := make([]presenter.Cue, len(s.pages))
		for i, p := range s.pages {
			run[i] = cueOf(p)
		}
		return run
	}
	var run []presenter.Cue
	type place struct {
		state library.PageState
		path  string
	}
	places := map[string]place{} // a file is looked for once
	o, x := s.Outline(), s.Index()
	for ref := range o.Walk() {
		shot := ref.Step.Shot
		for i := range int(shot.Count) {
			pane := shot.Panes[i]
			at, known := places[pane.Page.Path]
			if !known {
				at.state, at.path = o.LocateFile(pane.Page.Path, x)
				places[pane.Page.Path] = at
			}
			if at.state == library.PageMoved {
				pane.Page.Path = at.path
				shot = shot.With(i, pane)
			}
		}
		run = append(run, presenter.Cue{ID: string(ref.Step.ID), Shot: shot})
	}
	return run
}

// cueAt is a step's place in the run, -1 where it has none.
func (s *Session) cueAt(id library.ID) int {
	return slices.IndexFunc(s.run, func(c presenter.Cue) bool { return c.ID == string(id) })
}

// StepAt is the step at a place of the run; ok is false without an outline, and past the run's ends.
func (s *Session) StepAt(i int) (ref library.StepRef, ok bool) {
	if i < 0 || i >= len(s.run) || !s.outlined() {
		return library.StepRef{}, false
	}
	return s.Outline().Ref(library.ID(s.run[i].ID))
}

// stageMoved takes that the stage did something, and remembers the steps that the court saw in this trial.
func (s *Session) stageMoved() {
	s.changed(StageChanged)
	st := s.State()
	s.followLive(st.Program)
	if !st.Running {
		s.seen, s.grounds = nil, nil
		return
	}
	if s.sees(st) {
		if s.seen == nil {
			s.seen = map[string]bool{}
		}
		s.seen[s.run[st.At].ID] = true
	}
	s.cameTo = st.At
	s.keepPlace()
}

// sees tells whether the court sees the cue last taken from the run: its frame was painted on the court screen. One of
// words only is past once it was come to.
func (s *Session) sees(st presenter.State) bool {
	if st.At < 0 || st.At >= len(s.run) {
		return false
	}
	shot := s.run[st.At].Shot
	if shot.IsZero() {
		return st.At != s.cameTo
	}
	return st.Stands && samePages(shot, st.Program)
}

// WasShown tells whether the court saw a step in this trial.
func (s *Session) WasShown(id library.ID) bool { return s.seen[string(id)] }

// JumpScenario puts a scenario's first step into Preview, or in Prepare looks at it. It tells false
// where the scenario has no step.
func (s *Session) JumpScenario(id library.ID) bool {
	steps := s.Outline().Steps(id)
	if len(steps) == 0 {
		return false
	}
	s.SelectStep(steps[0].ID)
	return true
}

// JumpDigit is [Session.JumpScenario] for the scenario that has a digit.
func (s *Session) JumpDigit(digit int) {
	scenario, ok := s.Outline().ScenarioOf(digit)
	switch {
	case !ok:
		s.TellText(i18n.T("jump.no-digit", "digit", digit), true)
	case !s.JumpScenario(scenario.ID):
		s.TellText(i18n.T("jump.no-steps", "name", scenario.Title), true)
	}
}

// JumpEdge puts the first or last step of the scenario that is in Preview there.
func (s *Session) JumpEdge(last bool) {
	ref, ok := s.StepAt(s.State().Next)
	if !ok {
		if ref, ok = s.StepAt(s.State().At); !ok {
			return
		}
	}
	steps := s.Outline().Steps(ref.Scenario.ID)
	i := 0
	if last {
		i = len(steps) - 1
	}
	s.SelectStep(steps[i].ID)
}

// Number is how a scenario or step is called in short: "C", "C.2".
func (s *Session) Number(id library.ID) string {
	if o := s.Outline(); s.numbers == nil || s.numbered != o {
		s.numbers, s.numbered = o.Numbers(), o
	}
	return s.numbers[id]
}

// StepName is a step in a line: its title, else what is said, else what it shows.
func (s *Session) StepName(step library.Step) string {
	if title := s.Outline().StepTitle(step, s.Index()); title != "" {
		return title
	}
	return i18n.T("step.empty")
}

// ShotFolios is what a shot shows, in short: "BL 45", "BL 45 ⇄ BL 61".
func (s *Session) ShotFolios(shot library.Shot) string {
	var names []string
	for _, pane := range shot.List() {
		names = append(names, s.PaneName(pane))
	}
	return strings.Join(names, " ⇄ ")
}

// ShotName is what a shot shows, in full.
func (s *Session) ShotName(shot library.Shot) string {
	var names []string
	for _, pane := range shot.List() {
		names = append(names, s.timed(s.FullName(pane.Page), pane))
	}
	return strings.Join(names, " ⇄ ")
}

// Findings are what is not as it should be with a step's pages, as the words of badges; "" for none.
func (s *Session) Findings(step library.Step) (text string, bad bool) {
	var list []string
	for _, f := range s.Outline().ResolveStep(step, s.Index()) {
		bad = bad || f.State != library.PageNoFolio
		if t := i18n.T("finding." + string(f.State)); !slices.Contains(list, t) {
			list = append(list, t)
		}
	}
	return strings.Join(list, " · "), bad
}

// UsedText says in which steps a page is shown: "Dùng trong: 1.2, 3.1"; "" where in none. Of a recording any of it counts.
func (s *Session) UsedText(p library.PageID) string {
	d, _ := s.Document(p)
	ids := s.Outline().UsedOf(d, p)
	if len(ids) == 0 {
		return ""
	}
	const most = 6
	var names []string
	for _, id := range ids[:min(len(ids), most)] {
		names = append(names, s.Number(id))
	}
	text := strings.Join(names, ", ")
	if len(ids) > most {
		text += "…"
	}
	return i18n.T("page.used", "steps", text)
}

// Relink follows the files that were moved or renamed since they were put into the outline.
func (s *Session) Relink() {
	e := s.Outline().Relink(s.Index())
	switch {
	case e.IsZero():
		s.Tell("relink.none", false)
	case s.Edit(e):
		s.Tell("relink.done", false)
	}
}

// Confirm takes the changed files that a step shows for what was prepared, after a person looked at them.
func (s *Session) Confirm(id library.ID) {
	step, ok := s.Outline().Step(id)
	if !ok {
		return
	}
	done := false
	for _, f := range s.Outline().ResolveStep(step, s.Index()) {
		if f.State == library.PageChanged {
			done = s.Edit(s.Outline().Confirm(s.fileAt(f.Page.Path))) || done
		}
	}
	if !done {
		s.Tell("confirm.none", false)
		return
	}
	s.Tell("confirm.done", false)
}

// noticeOfOutline says what the outline has to tell when its case is opened.
func (s *Session) noticeOfOutline() {
	switch {
	case s.snapshot.OutlineErr != nil:
		s.Tell("case-notice.outline", true)
	case !s.Outline().Relink(s.Index()).IsZero():
		s.Tell("relink.found", true)
	}
}
