package outline

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// Landing is where in the panel what is dragged would land.
type Landing struct {
	p       *Panel
	landing *canvas.Rectangle
	land    func(payload Payload) bool // does the drop that the mark shows
}

// drag begins or goes on with dragging rows: those that are picked, when the row is one of them.
func (ld *Landing) drag(i int, at fyne.Position) {
	if !ld.p.edits || i >= len(ld.p.rows) || ld.p.rows[i].kind == draftRow {
		return
	}
	if ld.p.row.writing {
		ld.p.row.stopWriting()
		ld.p.focus(nil)
	}
	if !ld.p.picked[ld.p.rows[i].id] {
		ld.p.choose(i, false, false)
	}
	ld.p.OnDrag(Payload{Rows: ld.p.ids()}, at)
}

func (ld *Landing) drop() { ld.p.OnDrop() }

// Over shows where a payload would land when it is let go at a place of the window, and tells whether
// it would land here.
func (ld *Landing) Over(payload Payload, at fyne.Position) bool {
	ld.land = nil
	ld.landing.Hide()
	if !ld.p.edits {
		return false
	}
	origin := fyne.CurrentApp().Driver().AbsolutePositionForObject(ld.p.list)
	x, y := at.X-origin.X, at.Y-origin.Y
	size := ld.p.list.Size()
	if x < 0 || x > size.Width || y < -20 || y > size.Height+20 {
		return false
	}
	const edge, speed = 28, 14
	switch {
	case y < edge:
		ld.p.list.Scroll(-speed)
	case y > size.Height-edge:
		ld.p.list.Scroll(speed)
	}
	i, part := ld.p.list.At(y)
	place, mark, into, ok := ld.landingOf(payload, i, part)
	if !ok {
		return false
	}
	if into { // the row itself takes it
		ld.landing.FillColor = theme.Faint(theme.Accent, 0.3)
		ld.landing.Move(fyne.NewPos(2, ld.p.list.Top(i)+1))
		ld.landing.Resize(fyne.NewSize(size.Width-4, ld.p.list.Top(i+1)-ld.p.list.Top(i)-2))
	} else {
		ld.landing.FillColor = theme.Color(theme.Accent)
		ld.landing.Move(fyne.NewPos(10, ld.p.list.Top(mark)-2))
		ld.landing.Resize(fyne.NewSize(size.Width-20, 4))
	}
	widgets.Show(ld.landing, true)
	ld.landing.Refresh()
	ld.land = func(payload Payload) bool { return ld.landOn(payload, place, i, into) }
	return true
}

// Leave takes the landing mark away.
func (ld *Landing) Leave() {
	ld.land = nil
	ld.landing.Hide()
}

// Drop lets the payload land where the mark was, and tells whether there was one.
func (ld *Landing) Drop(payload Payload) bool {
	land := ld.land
	ld.Leave()
	return land != nil && land(payload)
}

// landingOf tells where something let go at a part of a row goes: the place, the row before which the
// mark stands, and whether it goes into the row itself.
func (ld *Landing) landingOf(payload Payload, i int, part float32) (at library.Place, mark int, into, ok bool) {
	o := ld.p.s.Dossier.Outline()
	table := library.TableSteps
	if len(payload.Rows) > 0 {
		table = ld.p.Editor.tableOf(payload.Rows[0])
	}
	if i >= len(ld.p.rows) { // below all rows: at the very end
		return ld.endOf(table), len(ld.p.rows), false, table == library.TablePhases || ld.endOf(table).Parent != ""
	}
	r := ld.p.rows[i]
	const band = 0.3 // at a step's edges, between steps; in its middle, beside what it shows
	switch {
	case table == library.TablePhases:
		at = library.Place{Before: r.phase}
		if r.kind == phaseRow && part > 0.5 {
			at = o.After(r.phase)
		}
		return at, i, false, true
	case table == library.TableScenarios && r.kind == scenarioRow && part < 0.5:
		return library.Place{Parent: r.phase, Before: r.id}, i, false, true
	case table == library.TableScenarios && r.kind == phaseRow:
		_, at = ld.p.row.after(r)
		return at, i + 1, false, true
	case table == library.TableScenarios:
		return o.After(r.scenario), ld.endOfScenario(i), false, true
	case r.kind == stepRow && len(payload.Pages) > 0 && part > band && part < 1-band:
		step, _ := o.Step(r.id)
		return at, i, true, int(step.Shot.Count)+len(payload.Pages) <= library.MaxPanes
	case r.kind == stepRow && part < 0.5:
		return library.Place{Parent: r.scenario, Before: r.id}, i, false, true
	case r.kind == stepRow:
		return o.After(r.id), i + 1, false, true
	case r.kind == phaseRow && i > 0 && ld.p.rows[i-1].kind != phaseRow: // at the end of what stands above it
		return library.Place{Parent: ld.p.rows[i-1].scenario}, i, false, true
	case r.kind == phaseRow && r.count > 0:
		return library.Place{Parent: o.Scenarios(r.id)[0].ID}, i + 1, false, true
	case r.kind == scenarioRow && (ld.p.closed[r.id] || r.count == 0):
		return library.Place{Parent: r.id}, i, true, true
	case r.kind == scenarioRow:
		_, at = ld.p.row.after(r)
		return at, i + 1, false, true
	}
	return at, i, false, false
}

// endOfScenario is the row after a scenario's last one, of a row in it.
func (ld *Landing) endOfScenario(i int) int {
	i++
	for i < len(ld.p.rows) && ld.p.rows[i].kind == stepRow {
		i++
	}
	return i
}

func (ld *Landing) endOf(t library.Table) library.Place {
	phases := ld.p.s.Dossier.Outline().Phases()
	switch {
	case t == library.TableScenarios && len(phases) > 0:
		return library.Place{Parent: phases[len(phases)-1].ID}
	case t == library.TableSteps:
		for i := len(phases) - 1; i >= 0; i-- {
			if scenarios := ld.p.s.Dossier.Outline().Scenarios(phases[i].ID); len(scenarios) > 0 {
				return library.Place{Parent: scenarios[len(scenarios)-1].ID}
			}
		}
	}
	return library.Place{}
}

func (ld *Landing) landOn(payload Payload, at library.Place, i int, into bool) bool {
	ld.p.activate()
	switch {
	case len(payload.Rows) > 0:
		e := ld.p.s.Dossier.Outline().Move(at, payload.Rows...)
		return !e.IsZero() && ld.p.apply(e)
	case into && i < len(ld.p.rows) && ld.p.rows[i].kind == stepRow:
		panes := make([]library.Pane, 0, len(payload.Pages))
		for _, page := range payload.Pages {
			panes = append(panes, ld.p.s.Dossier.PaneOf(page))
		}
		step, _ := ld.p.s.Dossier.Outline().Step(ld.p.rows[i].id)
		ld.p.Editor.addPanes(step, panes...)
	default:
		ld.p.Editor.addPages(at, payload.Pages)
	}
	return true
}
