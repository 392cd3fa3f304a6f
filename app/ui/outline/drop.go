package outline

import (
	"fyne.io/fyne/v2"

	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// drag begins or goes on with dragging rows: those that are picked, when the row is one of them.
func (p *Panel) drag(i int, at fyne.Position) {
	if !p.edits || i >= len(p.rows) || p.rows[i].kind == draftRow {
		return
	}
	if p.writing {
		p.stopWriting()
		p.focus(nil)
	}
	if !p.picked[p.rows[i].id] {
		p.choose(i, false, false)
	}
	p.OnDrag(Payload{Rows: p.ids()}, at)
}

func (p *Panel) drop() { p.OnDrop() }

// Over shows where a payload would land when it is let go at a place of the window, and tells whether
// it would land here.
func (p *Panel) Over(payload Payload, at fyne.Position) bool {
	p.land = nil
	p.landing.Hide()
	if !p.edits {
		return false
	}
	origin := fyne.CurrentApp().Driver().AbsolutePositionForObject(p.list)
	x, y := at.X-origin.X, at.Y-origin.Y
	size := p.list.Size()
	if x < 0 || x > size.Width || y < -20 || y > size.Height+20 {
		return false
	}
	const edge, speed = 28, 14
	switch {
	case y < edge:
		p.list.Scroll(-speed)
	case y > size.Height-edge:
		p.list.Scroll(speed)
	}
	i, part := p.list.At(y)
	place, mark, into, ok := p.landingOf(payload, i, part)
	if !ok {
		return false
	}
	if into { // the row itself takes it
		p.landing.FillColor = theme.Faint(theme.Accent, 0.3)
		p.landing.Move(fyne.NewPos(2, p.list.Top(i)+1))
		p.landing.Resize(fyne.NewSize(size.Width-4, p.list.Top(i+1)-p.list.Top(i)-2))
	} else {
		p.landing.FillColor = theme.Color(theme.Accent)
		p.landing.Move(fyne.NewPos(10, p.list.Top(mark)-2))
		p.landing.Resize(fyne.NewSize(size.Width-20, 4))
	}
	widgets.Show(p.landing, true)
	p.landing.Refresh()
	p.land = func(payload Payload) bool { return p.landOn(payload, place, i, into) }
	return true
}

// Leave takes the landing mark away.
func (p *Panel) Leave() {
	p.land = nil
	p.landing.Hide()
}

// Drop lets the payload land where the mark was, and tells whether there was one.
func (p *Panel) Drop(payload Payload) bool {
	land := p.land
	p.Leave()
	return land != nil && land(payload)
}

// landingOf tells where something let go at a part of a row goes: the place, the row before which the
// mark stands, and whether it goes into the row itself.
func (p *Panel) landingOf(payload Payload, i int, part float32) (at library.Place, mark int, into, ok bool) {
	o := p.s.Dossier.Outline()
	table := library.TableSteps
	if len(payload.Rows) > 0 {
		table = p.tableOf(payload.Rows[0])
	}
	if i >= len(p.rows) { // below all rows: at the very end
		return p.endOf(table), len(p.rows), false, table == library.TablePhases || p.endOf(table).Parent != ""
	}
	r := p.rows[i]
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
		_, at = p.after(r)
		return at, i + 1, false, true
	case table == library.TableScenarios:
		return o.After(r.scenario), p.endOfScenario(i), false, true
	case r.kind == stepRow && len(payload.Pages) > 0 && part > band && part < 1-band:
		step, _ := o.Step(r.id)
		return at, i, true, int(step.Shot.Count)+len(payload.Pages) <= library.MaxPanes
	case r.kind == stepRow && part < 0.5:
		return library.Place{Parent: r.scenario, Before: r.id}, i, false, true
	case r.kind == stepRow:
		return o.After(r.id), i + 1, false, true
	case r.kind == phaseRow && i > 0 && p.rows[i-1].kind != phaseRow: // at the end of what stands above it
		return library.Place{Parent: p.rows[i-1].scenario}, i, false, true
	case r.kind == phaseRow && r.count > 0:
		return library.Place{Parent: o.Scenarios(r.id)[0].ID}, i + 1, false, true
	case r.kind == scenarioRow && (p.closed[r.id] || r.count == 0):
		return library.Place{Parent: r.id}, i, true, true
	case r.kind == scenarioRow:
		_, at = p.after(r)
		return at, i + 1, false, true
	}
	return at, i, false, false
}

// endOfScenario is the row after a scenario's last one, of a row in it.
func (p *Panel) endOfScenario(i int) int {
	i++
	for i < len(p.rows) && p.rows[i].kind == stepRow {
		i++
	}
	return i
}

func (p *Panel) endOf(t library.Table) library.Place {
	phases := p.s.Dossier.Outline().Phases()
	switch {
	case t == library.TableScenarios && len(phases) > 0:
		return library.Place{Parent: phases[len(phases)-1].ID}
	case t == library.TableSteps:
		for i := len(phases) - 1; i >= 0; i-- {
			if scenarios := p.s.Dossier.Outline().Scenarios(phases[i].ID); len(scenarios) > 0 {
				return library.Place{Parent: scenarios[len(scenarios)-1].ID}
			}
		}
	}
	return library.Place{}
}

func (p *Panel) landOn(payload Payload, at library.Place, i int, into bool) bool {
	p.activate()
	switch {
	case len(payload.Rows) > 0:
		e := p.s.Dossier.Outline().Move(at, payload.Rows...)
		return !e.IsZero() && p.apply(e)
	case into && i < len(p.rows) && p.rows[i].kind == stepRow:
		panes := make([]library.Pane, 0, len(payload.Pages))
		for _, page := range payload.Pages {
			panes = append(panes, p.s.Dossier.PaneOf(page))
		}
		step, _ := p.s.Dossier.Outline().Step(p.rows[i].id)
		p.addPanes(step, panes...)
	default:
		p.addPages(at, payload.Pages)
	}
	return true
}
