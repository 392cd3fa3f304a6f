package outline

import (
	"strings"
	"time"

	"butluc/app/i18n"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// writer is the field that lies over the cursor's row while its words are written: of a step what is
// to be said, else the title. Enter makes the next row, Esc leaves.
type writer struct {
	*widgets.Field
	p     *Panel
	id    library.ID // of the row written in; "" while it is a draft
	kept  string     // the text as it is in the outline
	timer *time.Timer
}

func newWriter(p *Panel) *writer {
	w := &writer{Field: widgets.NewText(""), p: p}
	w.OnChanged = func(string) { w.keepSoon() }
	w.OnEscape = func() {
		p.stopWriting()
		p.focus(nil)
	}
	w.OnReturn = p.nextRow
	w.OnTab = func(back bool) {
		by := 1
		if back {
			by = -1
		}
		p.writeNeighbour(by)
	}
	w.OnUp = func() { p.writeNeighbour(-1) }
	w.OnDown = func() { p.writeNeighbour(1) }
	w.OnLost = func() { w.keep() }
	w.OnPaste = p.pasteIntoField
	return w
}

func (w *writer) keepSoon() {
	if w.timer != nil {
		w.timer.Stop()
	}
	w.timer = time.AfterFunc(widgets.KeepAfter, func() { w.p.s.Events.Post(w.keep) })
}

// keep puts what was typed into the outline.
func (w *writer) keep() {
	p := w.p
	if !p.writing {
		return
	}
	text := strings.TrimRight(w.Text, "\n ")
	if text == w.kept {
		return
	}
	o := p.s.Dossier.Outline()
	if w.id == "" {
		p.realise(text)
		return
	}
	w.kept = text
	if step, ok := o.Step(w.id); ok {
		step.Say = text
		p.apply(o.Set(step))
	}
	if scenario, ok := o.Scenario(w.id); ok {
		scenario.Title = text
		p.apply(o.Set(scenario))
	}
	if phase, ok := o.Phase(w.id); ok {
		phase.Title = text
		p.apply(o.Set(phase))
	}
}

// realise makes the row that was begun one of the outline.
func (p *Panel) realise(text string) {
	o, d := p.s.Dossier.Outline(), p.begun
	var e library.Edit
	id := library.NewID()
	switch {
	case d == nil || text == "":
		return
	case d.kind == scenarioRow:
		e = o.AddScenario(library.Scenario{ID: id, Title: text}, d.at)
	default:
		e = o.AddSteps(d.at, library.Step{ID: id, Say: text})
	}
	p.begun = nil
	p.field.id, p.field.kept = id, text
	p.cursor, p.anchor = id, id
	clear(p.picked)
	p.picked[id] = true
	if !p.apply(e) {
		p.stopWriting()
	}
}

// write opens the words of the cursor's row.
func (p *Panel) write() {
	r, ok := p.current()
	if !ok || !p.edits {
		return
	}
	p.writing = true
	p.field.id, p.field.PlaceHolder = r.id, i18n.T("outline.write-title")
	o := p.s.Dossier.Outline()
	switch r.kind {
	case phaseRow:
		phase, _ := o.Phase(r.id)
		p.field.kept = phase.Title
	case scenarioRow:
		scenario, _ := o.Scenario(r.id)
		p.field.kept = scenario.Title
	case stepRow:
		step, _ := o.Step(r.id)
		p.field.kept, p.field.PlaceHolder = step.Say, i18n.T("outline.write-say")
	case draftRow:
		p.field.kept = ""
		if p.begun.kind == stepRow {
			p.field.PlaceHolder = i18n.T("outline.write-say")
		}
	}
	p.field.SetText(p.field.kept)
	p.build()
	if i := p.at(); i >= 0 {
		p.list.Reveal(i)
	}
	p.focus(p.field.Field)
	if r.kind == phaseRow && p.field.kept == i18n.T("outline.new-phase") {
		p.field.Select() // nobody wrote that
		return
	}
	p.field.ToEnd()
}

// pinField lays the field over its row, or takes it away.
func (p *Panel) pinField() {
	i := p.at()
	if !p.writing || i < 0 {
		p.list.Pin(nil, 0, 0)
		return
	}
	left := float32(20)
	if k := p.rows[i].kind; k == stepRow || k == draftRow && p.begun.kind == stepRow {
		left = textLeft - 4
	}
	p.list.Pin(p.field.Field, i, left)
}

// stopWriting keeps what was typed and closes the field. A row that was begun and stayed empty goes.
func (p *Panel) stopWriting() {
	if !p.writing {
		return
	}
	p.field.keep()
	p.writing = false
	if p.begun != nil {
		p.begun = nil
	}
	p.build()
}

// begin begins a row at a place, which is in the outline once something is written in it.
func (p *Panel) begin(k kind, at library.Place) {
	p.stopWriting()
	p.begun = &draft{k, at}
	delete(p.closed, at.Parent)
	if s, ok := p.s.Dossier.Outline().Scenario(at.Parent); ok {
		delete(p.closed, s.Phase)
	}
	p.filter.SetText("")
	p.build()
	p.write()
}

// nextRow is Enter in the field: the next row of a list. In an empty row it ends the list.
func (p *Panel) nextRow() {
	p.field.keep()
	if p.begun != nil {
		p.stopWriting()
		p.focus(nil)
		return
	}
	r, ok := p.current()
	if !ok {
		return
	}
	p.stopWriting()
	p.begin(p.after(r))
}

// after is what follows a row when a list is written: a step after a step, a scenario's first step, a
// phase's first scenario.
func (p *Panel) after(r row) (kind, library.Place) {
	o := p.s.Dossier.Outline()
	switch r.kind {
	case phaseRow:
		at := library.Place{Parent: r.id}
		if s := o.Scenarios(r.id); len(s) > 0 {
			at.Before = s[0].ID
		}
		return scenarioRow, at
	case scenarioRow:
		at := library.Place{Parent: r.id}
		if s := o.Steps(r.id); len(s) > 0 {
			at.Before = s[0].ID
		}
		return stepRow, at
	case stepRow, draftRow:
	}
	return stepRow, o.After(r.id)
}

// writeNeighbour goes on writing in the row above or below.
func (p *Panel) writeNeighbour(by int) {
	i := p.at()
	p.stopWriting()
	if i >= len(p.rows) {
		i = len(p.rows) - 1
	}
	if i+by < 0 || i+by >= len(p.rows) {
		p.focus(nil)
		return
	}
	p.choose(i+by, false, false)
	p.write()
}

// pasteIntoField takes text of several lines: each is a row of its own.
func (p *Panel) pasteIntoField(text string) bool {
	lines := strings.Split(strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")), "\n")
	writesStep := p.begun != nil && p.begun.kind == stepRow
	if r, ok := p.current(); ok && r.kind == stepRow {
		writesStep = true
	}
	if len(lines) < 2 || !writesStep {
		return false
	}
	at := p.s.Dossier.Outline().After(p.cursor)
	if p.begun != nil {
		at = p.begun.at
	}
	p.stopWriting()
	p.focus(nil)
	p.addLines(text, at)
	return true
}
