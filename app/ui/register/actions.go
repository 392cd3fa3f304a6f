package register

import (
	"path/filepath"

	"butluc/app/keys"
	"butluc/library"
	"butluc/library/office/register"
)

// actions are the section's own.
var actions = map[keys.Action]func(*Section){
	keys.RowUp:          func(r *Section) { r.step(-1) },
	keys.RowDown:        func(r *Section) { r.step(1) },
	keys.RowFirst:       func(r *Section) { r.choose(0) },
	keys.RowLast:        func(r *Section) { r.choose(r.count() - 1) },
	keys.OpenChosen:     (*Section).enter,
	keys.FindCase:       func(r *Section) { r.focus(r.search) },
	keys.SortCases:      func(r *Section) { r.table.next() },
	keys.EditCase:       (*Section).edit,
	keys.AddCase:        (*Section).add,
	keys.RemoveCase:     (*Section).remove,
	keys.KindOfCases:    (*Section).chooseKind,
	keys.Agenda:         (*Section).turn,
	keys.MoreOfRegister: (*Section).menu,
	keys.Undo:           func(r *Section) { r.d.Undo() },
	keys.Redo:           func(r *Section) { r.d.Redo() },
}

// Does tells whether an action is one of the section's.
func Does(a keys.Action) bool { return actions[a] != nil }

// Do does an action of the section and tells whether it was one.
func (r *Section) Do(a keys.Action) bool {
	act, ok := actions[a]
	if ok {
		act(r)
	}
	return ok
}

// count is how many lines there are to choose among.
func (r *Section) count() int {
	if r.calendar {
		return len(r.agenda.items)
	}
	return len(r.table.rows)
}

// chosen is the case that is chosen.
func (r *Section) chosen() (register.Row, bool) {
	switch {
	case r.calendar && r.agenda.at < len(r.agenda.items):
		return r.agenda.items[r.agenda.at].Row, true
	case !r.calendar && r.table.at < len(r.table.rows):
		return r.table.rows[r.table.at], true
	}
	return register.Row{}, false
}

func (r *Section) step(by int) {
	if r.calendar {
		r.choose(r.agenda.at + by)
		return
	}
	r.choose(r.table.at + by)
}

// choose makes a line the one that keys are about.
func (r *Section) choose(i int) {
	i = max(0, min(i, r.count()-1))
	if r.calendar {
		r.agenda.choose(i)
		return
	}
	r.table.choose(i)
}

// enter opens the chosen case; of one that is in the register alone, its form.
func (r *Section) enter() {
	row, ok := r.chosen()
	switch {
	case !ok:
	case row.Path == "":
		r.form.open(row.ID)
	default:
		r.s.Open(row.Path)
	}
}

// Edit opens the form of a case, where it is in the register.
func (r *Section) Edit(id string) {
	if _, there := r.d.Book.Row(id); !there {
		r.s.Notices.Tell("register.not-in", true)
		return
	}
	r.form.open(id)
}

func (r *Section) edit() {
	if row, ok := r.chosen(); ok {
		r.form.open(row.ID)
	}
}

// add opens the form of a new case, which is in the register alone.
func (r *Section) add() {
	row := register.Row{ID: string(library.NewID()), Facts: register.Facts{Kind: register.Criminal, Office: r.d.Book.Heads().Office}}
	if r.only != "" {
		row.Facts.Kind = r.only
	}
	if r.d.Set(row) {
		r.form.open(row.ID)
	}
}

func (r *Section) remove() {
	row, ok := r.chosen()
	switch {
	case !ok:
	case !r.d.Removes(row.ID):
		r.s.Notices.Tell("register.is-open", true)
	case r.d.Remove(row.ID):
		r.s.Notices.TellText(r.s.T("register.removed", "name", name(row)), false)
	}
}

// name is what a case is called.
func name(row register.Row) string {
	f := row.Facts
	for _, text := range []string{f.Number, f.Title, f.Docket.Parties} {
		if text != "" {
			return text
		}
	}
	return "?"
}

func joined(dir, file string) string { return filepath.Join(dir, file) }
