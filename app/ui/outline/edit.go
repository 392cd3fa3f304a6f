package outline

import (
	"strings"

	"fyne.io/fyne/v2"

	"butluc/app/keys"
	"butluc/library"
)

// Editor makes the panel's edits.
type Editor struct {
	p      *Panel
	clip   library.Clip
	copied string // what was put on the clipboard with the clip
}

// apply makes an edit and shows the rows as they are then.
func (p *Panel) apply(e library.Edit) bool {
	done := p.s.Edits.Edit(e)
	p.build()
	return done
}

// move moves the cursor; with extend it picks what it passes.
func (p *Panel) move(by int, extend bool) {
	i := p.at() + by
	if p.at() < 0 {
		i = 0
	}
	for extend && i >= 0 && i < len(p.rows) && !p.sameKind(p.rows[i]) {
		i += by
	}
	p.choose(i, extend, false)
}

// fold closes or opens the cursor's row; closing what is closed, or a step, goes to what it stands under.
func (p *Panel) fold(shut bool) {
	r, ok := p.current()
	if !ok {
		return
	}
	parents := r.parents()
	switch {
	case r.kind != stepRow && p.closed[r.id] != shut:
		p.toggle(r.id)
	case shut && len(parents) > 0:
		p.choose(p.indexOf(parents[len(parents)-1]), false, false)
	case !shut:
		p.move(1, false)
	}
}

func (p *Panel) pickAll() {
	cur, ok := p.current()
	if !ok {
		return
	}
	for _, r := range p.rows {
		if r.kind == cur.kind {
			p.picked[r.id] = true
		}
	}
	p.list.Reload()
}

// newStep begins a step after the cursor's row.
func (ed *Editor) newStep() {
	r, ok := ed.p.current()
	if !ok {
		ed.NewScenario()
		return
	}
	k, at := ed.p.row.after(r)
	if k == scenarioRow { // steps stand in scenarios: the phase's first
		if scenarios := ed.p.s.Dossier.Outline().Scenarios(r.id); len(scenarios) > 0 {
			k, at = stepRow, library.Place{Parent: scenarios[0].ID}
		}
	}
	ed.p.row.begin(k, at)
}

// NewScenario begins a scenario after the one that the cursor is in.
func (ed *Editor) NewScenario() {
	o := ed.p.s.Dossier.Outline()
	r, ok := ed.p.current()
	switch {
	case ok && (r.kind == stepRow || r.kind == scenarioRow):
		ed.p.row.begin(scenarioRow, o.After(r.scenario))
	case ok:
		ed.p.row.begin(scenarioRow, library.Place{Parent: r.phase})
	default:
		if len(o.Phases()) == 0 {
			ed.p.apply(o.AddPhase(library.Phase{Title: ed.p.s.T("outline.first-phase")}, library.Place{}))
		}
		if phases := ed.p.s.Dossier.Outline().Phases(); len(phases) > 0 {
			ed.p.row.begin(scenarioRow, library.Place{Parent: phases[len(phases)-1].ID})
		}
	}
}

// NewPhase adds a phase after the cursor's and opens its title.
func (ed *Editor) NewPhase() {
	ed.p.row.stopWriting()
	o := ed.p.s.Dossier.Outline()
	at := library.Place{}
	if r, ok := ed.p.current(); ok {
		at = o.After(r.phase)
	}
	e := o.AddPhase(library.Phase{Title: ed.p.s.T("outline.new-phase")}, at)
	if ed.p.apply(e) {
		ed.p.selectAdded(e, library.TablePhases)
		ed.p.row.write()
	}
}

// nudge moves the picked rows up or down by one. Of several, those in front go first.
func (ed *Editor) nudge(by int) {
	ids := ed.p.ids()
	o := ed.p.s.Dossier.Outline()
	switch len(ids) {
	case 0:
		return
	case 1:
		if e := o.Nudge(ids[0], by); !e.IsZero() {
			ed.p.apply(e)
		}
	default:
		// All go beside the neighbour of the outermost one.
		first, last := ed.p.indexOf(ids[0]), ed.p.indexOf(ids[len(ids)-1])
		var at library.Place
		if by < 0 {
			i := first - 1
			if i < 0 || ed.p.rows[i].kind != ed.p.rows[first].kind {
				return
			}
			at = library.Place{Parent: parentOf(ed.p.rows[i]), Before: ed.p.rows[i].id}
		} else {
			i := last + 1
			if i >= len(ed.p.rows) || ed.p.rows[i].kind != ed.p.rows[last].kind {
				return
			}
			at = o.After(ed.p.rows[i].id)
		}
		ed.p.apply(o.Move(at, ids...))
	}
	if i := ed.p.at(); i >= 0 {
		ed.p.list.Reveal(i)
	}
}

func parentOf(r row) library.ID {
	switch r.kind {
	case stepRow:
		return r.scenario
	case scenarioRow:
		return r.phase
	default:
		return ""
	}
}

// remove deletes the picked rows; the row after them has the cursor then.
func (ed *Editor) remove() {
	ids := ed.p.ids()
	if len(ids) == 0 {
		return
	}
	next := ed.p.at()
	e := ed.p.s.Dossier.Outline().Delete(ids...)
	if !ed.p.apply(e) {
		return
	}
	ed.p.s.Notices.TellText(ed.p.s.T("outline.deleted", "count", len(e.Changes), "key", keys.Hint(ed.p.s.In(), keys.Prepare, keys.Undo)), false)
	clear(ed.p.picked)
	ed.p.choose(max(0, min(next-len(ids)+1, len(ed.p.rows)-1)), false, false)
}

func (ed *Editor) duplicate() {
	ids := ed.p.ids()
	if len(ids) == 0 {
		return
	}
	e := ed.p.s.Dossier.Outline().Duplicate(ids...)
	if ed.p.apply(e) {
		ed.p.selectAdded(e, ed.tableOf(ids[0]))
	}
}

func (ed *Editor) tableOf(id library.ID) library.Table {
	o := ed.p.s.Dossier.Outline()
	if _, ok := o.Step(id); ok {
		return library.TableSteps
	}
	if _, ok := o.Scenario(id); ok {
		return library.TableScenarios
	}
	return library.TablePhases
}

// copy keeps the picked rows for pasting, and puts their words on the clipboard for other programs.
func (ed *Editor) copy() bool {
	ids := ed.p.ids()
	clip := ed.p.s.Dossier.Outline().Copy(ids...)
	if clip.IsZero() {
		return false
	}
	ed.clip, ed.copied = clip, ed.text(ids)
	fyne.CurrentApp().Clipboard().SetContent(ed.copied)
	ed.p.s.Notices.TellText(ed.p.s.T("outline.copied", "count", len(ids)), false)
	return true
}

// text is the picked rows and what is below them, one a line.
func (ed *Editor) text(ids []library.ID) string {
	o := ed.p.s.Dossier.Outline()
	var lines []string
	step := func(s library.Step) {
		line := ed.p.s.Labels.ShotFolios(s.Shot)
		for _, t := range []string{s.Title, s.Say} {
			if t != "" {
				line = strings.TrimPrefix(line+"\t"+t, "\t")
			}
		}
		lines = append(lines, line)
	}
	scenario := func(s library.Scenario) {
		lines = append(lines, strings.TrimSuffix(s.Title+"\t"+s.Trigger, "\t"))
		for _, st := range o.Steps(s.ID) {
			step(st)
		}
	}
	for _, id := range ids {
		if s, ok := o.Step(id); ok {
			step(s)
		}
		if s, ok := o.Scenario(id); ok {
			scenario(s)
		}
		if ph, ok := o.Phase(id); ok {
			lines = append(lines, ph.Title)
			for _, s := range o.Scenarios(id) {
				scenario(s)
			}
		}
	}
	return strings.Join(lines, "\n")
}

// paste adds the rows that were copied here; of text that came from elsewhere, each line is a step.
func (ed *Editor) paste() {
	text := fyne.CurrentApp().Clipboard().Content()
	if !ed.clip.IsZero() && (text == ed.copied || text == "") {
		ed.pasteClip()
		return
	}
	if strings.TrimSpace(text) == "" {
		ed.p.s.Notices.Tell("outline.nothing-to-paste", false)
		return
	}
	ed.addLines(text, ed.stepPlace())
}

func (ed *Editor) pasteClip() {
	o := ed.p.s.Dossier.Outline()
	var at library.Place
	switch r, ok := ed.p.current(); ed.clip.Table() {
	case library.TableSteps:
		at = ed.stepPlace()
		if at.Parent == "" {
			ed.p.s.Notices.Tell("outline.no-scenario", true)
			return
		}
	case library.TableScenarios:
		switch {
		case ok && r.kind != phaseRow:
			at = o.After(r.scenario)
		case ok:
			at = library.Place{Parent: r.phase}
		default:
			ed.p.s.Notices.Tell("outline.no-phase", true)
			return
		}
	default:
		if ok {
			at = o.After(r.phase)
		}
	}
	e := o.Paste(ed.clip, at)
	if ed.p.apply(e) {
		ed.p.selectAdded(e, ed.clip.Table())
	}
}

// stepPlace is where a new step goes: after the cursor's, or at the end of the cursor's scenario.
func (ed *Editor) stepPlace() library.Place {
	o := ed.p.s.Dossier.Outline()
	r, ok := ed.p.current()
	switch {
	case ok && r.kind == stepRow:
		return o.After(r.id)
	case ok && r.kind == scenarioRow:
		return library.Place{Parent: r.id}
	case ok && r.kind == phaseRow:
		if scenarios := o.Scenarios(r.id); len(scenarios) > 0 {
			return library.Place{Parent: scenarios[len(scenarios)-1].ID}
		}
	}
	phases := o.Phases()
	for i := len(phases) - 1; i >= 0; i-- {
		if scenarios := o.Scenarios(phases[i].ID); len(scenarios) > 0 {
			return library.Place{Parent: scenarios[len(scenarios)-1].ID}
		}
	}
	return library.Place{}
}

// addLines makes a step of each line of a text.
func (ed *Editor) addLines(text string, at library.Place) {
	if at.Parent == "" {
		ed.p.s.Notices.Tell("outline.no-scenario", true)
		return
	}
	drafts, left := ed.p.s.Dossier.Outline().ParseLines(text, ed.p.s.Dossier.Index())
	steps := make([]library.Step, len(drafts))
	linked, more, unknown := 0, 0, 0
	for i, d := range drafts {
		steps[i] = d.Step()
		linked += int(steps[i].Shot.Count)
		more += d.More
		unknown += len(d.Unknown)
	}
	e := ed.p.s.Dossier.Outline().AddSteps(at, steps...)
	if !ed.p.apply(e) {
		return
	}
	ed.p.selectAdded(e, library.TableSteps)
	said := ed.p.s.T("outline.pasted", "count", len(steps), "linked", linked)
	if unknown > 0 {
		said += " " + ed.p.s.T("outline.pasted-unknown", "count", unknown)
	}
	if more > 0 {
		said += " " + ed.p.s.T("outline.pasted-more", "count", more)
	}
	if left > 0 {
		said += " " + ed.p.s.T("outline.pasted-left", "count", left)
	}
	ed.p.s.Notices.TellText(said, unknown+more+left > 0)
}

// AddPages makes a step of each page after the cursor's row.
func (ed *Editor) AddPages(pages ...library.PageID) { ed.addPages(ed.stepPlace(), pages) }

func (ed *Editor) addPages(at library.Place, pages []library.PageID) {
	shots := make([]library.Shot, len(pages))
	for i, page := range pages {
		shots[i] = library.Shot{}.Add(ed.p.s.Dossier.PaneOf(page))
	}
	ed.addShots(at, shots)
}

// AddShot adds a step that shows a shot after the cursor's row.
func (ed *Editor) AddShot(shot library.Shot) { ed.AddStep(library.Step{Shot: shot}) }

// AddStep adds a step after the cursor's row.
func (ed *Editor) AddStep(step library.Step) { ed.addSteps(ed.stepPlace(), step) }

func (ed *Editor) addShots(at library.Place, shots []library.Shot) {
	steps := make([]library.Step, len(shots))
	for i, shot := range shots {
		steps[i].Shot = shot
	}
	ed.addSteps(at, steps...)
}

func (ed *Editor) addSteps(at library.Place, steps ...library.Step) {
	if at.Parent == "" {
		ed.p.s.Notices.Tell("outline.no-scenario", true)
		return
	}
	for i := range steps {
		steps[i].ID = library.NewID()
	}
	e := ed.p.s.Dossier.Outline().AddSteps(at, steps...)
	if len(steps) > 0 && ed.p.apply(e) {
		ed.p.selectAdded(e, library.TableSteps)
	}
}

// AddPane puts a pane beside what the cursor's step shows.
func (ed *Editor) AddPane(pane library.Pane) {
	r, ok := ed.p.current()
	if !ok || r.kind != stepRow {
		ed.p.s.Notices.Tell("outline.no-step", true)
		return
	}
	step, _ := ed.p.s.Dossier.Outline().Step(r.id)
	ed.addPanes(step, pane)
}

func (ed *Editor) addPanes(step library.Step, panes ...library.Pane) {
	if int(step.Shot.Count)+len(panes) > library.MaxPanes {
		ed.p.s.Notices.TellText(ed.p.s.T("outline.full", "count", library.MaxPanes), true)
		return
	}
	for _, pane := range panes {
		step.Shot = step.Shot.Add(pane)
	}
	if ed.p.apply(ed.p.s.Dossier.Outline().Set(step)) {
		ed.p.s.Study.SelectStep(step.ID)
	}
}

// ReplacePane puts a pane in the place of the one that is looked at of the cursor's step.
func (ed *Editor) ReplacePane(pane library.Pane, index int) {
	r, ok := ed.p.current()
	if !ok || r.kind != stepRow {
		ed.p.s.Notices.Tell("outline.no-step", true)
		return
	}
	step, _ := ed.p.s.Dossier.Outline().Step(r.id)
	if step.Shot.IsZero() {
		step.Shot = step.Shot.Add(pane)
	} else {
		step.Shot = step.Shot.With(min(index, int(step.Shot.Count)-1), pane)
	}
	ed.p.apply(ed.p.s.Dossier.Outline().Set(step))
}

// PushPane puts a pane at the end of what the cursor's step shows; where that is full, the first goes.
func (ed *Editor) PushPane(pane library.Pane) {
	r, ok := ed.p.current()
	if !ok || r.kind != stepRow {
		ed.p.s.Notices.Tell("outline.no-step", true)
		return
	}
	step, _ := ed.p.s.Dossier.Outline().Step(r.id)
	step.Shot = step.Shot.Push(pane)
	ed.p.apply(ed.p.s.Dossier.Outline().Set(step))
}

// SetView makes the view that is looked at the one that the cursor's step shows.
func (ed *Editor) SetView(pane library.Pane) {
	r, ok := ed.p.current()
	if !ok || r.kind != stepRow {
		ed.p.s.Notices.Tell("outline.no-step", true)
		return
	}
	step, _ := ed.p.s.Dossier.Outline().Step(r.id)
	i := 0
	if _, looked, ok := ed.p.s.Study.Editing(); ok && ed.p.s.Study.Step() == r.id {
		i = looked
	}
	if step.Shot.IsZero() {
		step.Shot = step.Shot.Add(pane)
	} else {
		if have := step.Shot.Panes[i]; have.Page == pane.Page || have.Page.Path == pane.Page.Path && !have.Clip.IsZero() {
			pane.Page, pane.Clip = have.Page, have.Clip // it plays on
			pane.Marks, pane.Adjust = have.Marks, have.Adjust
		}
		step.Shot = step.Shot.With(i, pane)
	}
	if ed.p.apply(ed.p.s.Dossier.Outline().Set(step)) {
		ed.p.s.Notices.Tell("outline.view-kept", false)
	}
}
