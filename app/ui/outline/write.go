package outline

import (
	"strings"
	"time"

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
		p.row.stopWriting()
		p.focus(nil)
	}
	w.OnReturn = p.row.nextRow
	w.OnTab = func(back bool) {
		by := 1
		if back {
			by = -1
		}
		p.row.writeNeighbour(by)
	}
	w.OnUp = func() { p.row.writeNeighbour(-1) }
	w.OnDown = func() { p.row.writeNeighbour(1) }
	w.OnLost = func() { w.keep() }
	w.OnPaste = p.row.pasteIntoField
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
	if !p.row.writing {
		return
	}
	text := strings.TrimRight(w.Text, "\n ")
	if text == w.kept {
		return
	}
	o := p.s.Dossier.Outline()
	if w.id == "" {
		p.row.realise(text)
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

// writing is the field that lies over the cursor's row.
type writing struct {
	p       *Panel
	writing bool // it does
	begun   *draft
	field   *writer
}

// realise makes the row that was begun one of the outline.
func (ws *writing) realise(text string) {
	o, d := ws.p.s.Dossier.Outline(), ws.begun
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
	ws.begun = nil
	ws.field.id, ws.field.kept = id, text
	ws.p.cursor, ws.p.anchor = id, id
	clear(ws.p.picked)
	ws.p.picked[id] = true
	if !ws.p.apply(e) {
		ws.stopWriting()
	}
}

// write opens the words of the cursor's row.
func (ws *writing) write() {
	r, ok := ws.p.current()
	if !ok || !ws.p.edits {
		return
	}
	ws.writing = true
	ws.field.id, ws.field.PlaceHolder = r.id, ws.p.s.T("outline.write-title")
	o := ws.p.s.Dossier.Outline()
	switch r.kind {
	case phaseRow:
		phase, _ := o.Phase(r.id)
		ws.field.kept = phase.Title
	case scenarioRow:
		scenario, _ := o.Scenario(r.id)
		ws.field.kept = scenario.Title
	case stepRow:
		step, _ := o.Step(r.id)
		ws.field.kept, ws.field.PlaceHolder = step.Say, ws.p.s.T("outline.write-say")
	case draftRow:
		ws.field.kept = ""
		if ws.begun.kind == stepRow {
			ws.field.PlaceHolder = ws.p.s.T("outline.write-say")
		}
	}
	ws.field.SetText(ws.field.kept)
	ws.p.build()
	if i := ws.p.at(); i >= 0 {
		ws.p.list.Reveal(i)
	}
	ws.p.focus(ws.field.Field)
	if r.kind == phaseRow && ws.field.kept == ws.p.s.T("outline.new-phase") {
		ws.field.Select() // nobody wrote that
		return
	}
	ws.field.ToEnd()
}

// pinField lays the field over its row, or takes it away.
func (ws *writing) pinField() {
	i := ws.p.at()
	if !ws.writing || i < 0 {
		ws.p.list.Pin(nil, 0, 0)
		return
	}
	left := float32(20)
	if k := ws.p.rows[i].kind; k == stepRow || k == draftRow && ws.begun.kind == stepRow {
		left = textLeft - 4
	}
	ws.p.list.Pin(ws.field.Field, i, left)
}

// stopWriting keeps what was typed and closes the field. A row that was begun and stayed empty goes.
func (ws *writing) stopWriting() {
	if !ws.writing {
		return
	}
	ws.field.keep()
	ws.writing = false
	if ws.begun != nil {
		ws.begun = nil
	}
	ws.p.build()
}

// begin begins a row at a place, which is in the outline once something is written in it.
func (ws *writing) begin(k kind, at library.Place) {
	ws.stopWriting()
	ws.begun = &draft{k, at}
	delete(ws.p.closed, at.Parent)
	if s, ok := ws.p.s.Dossier.Outline().Scenario(at.Parent); ok {
		delete(ws.p.closed, s.Phase)
	}
	ws.p.filter.SetText("")
	ws.p.build()
	ws.write()
}

// nextRow is Enter in the field: the next row of a list. In an empty row it ends the list.
func (ws *writing) nextRow() {
	ws.field.keep()
	if ws.begun != nil {
		ws.stopWriting()
		ws.p.focus(nil)
		return
	}
	r, ok := ws.p.current()
	if !ok {
		return
	}
	ws.stopWriting()
	ws.begin(ws.after(r))
}

// after is what follows a row when a list is written: a step after a step, a scenario's first step, a
// phase's first scenario.
func (ws *writing) after(r row) (kind, library.Place) {
	o := ws.p.s.Dossier.Outline()
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
func (ws *writing) writeNeighbour(by int) {
	i := ws.p.at()
	ws.stopWriting()
	if i >= len(ws.p.rows) {
		i = len(ws.p.rows) - 1
	}
	if i+by < 0 || i+by >= len(ws.p.rows) {
		ws.p.focus(nil)
		return
	}
	ws.p.choose(i+by, false, false)
	ws.write()
}

// pasteIntoField takes text of several lines: each is a row of its own.
func (ws *writing) pasteIntoField(text string) bool {
	lines := strings.Split(strings.TrimSpace(strings.ReplaceAll(text, "\r\n", "\n")), "\n")
	writesStep := ws.begun != nil && ws.begun.kind == stepRow
	if r, ok := ws.p.current(); ok && r.kind == stepRow {
		writesStep = true
	}
	if len(lines) < 2 || !writesStep {
		return false
	}
	at := ws.p.s.Dossier.Outline().After(ws.p.cursor)
	if ws.begun != nil {
		at = ws.begun.at
	}
	ws.stopWriting()
	ws.p.focus(nil)
	ws.p.Editor.addLines(text, at)
	return true
}
