package trial

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"butluc/app/console"
	"butluc/app/console/hearing"
	"butluc/app/i18n"
	"butluc/app/ui/widgets"
)

// ask asks on what ground the statement of a person present is read out: one key, or one click.
type ask struct {
	s       *console.Session
	content *fyne.Container
}

func newAsk(s *console.Session) *ask {
	a := &ask{s: s}
	box := container.NewVBox(widgets.Heading(s.T("ground.ask")))
	for i, letter := range hearing.Grounds {
		b := widgets.NewButton(s.T("ground."+letter), nil, widgets.Plain, func() { s.Control.GiveGround(i) })
		b.Hint, b.Tall = s.Number(i+1), 44 // all four fit beside the pictures of the smallest laptop
		box.Add(b)
	}
	a.content = container.NewStack(container.NewVScroll(box))
	a.content.Hide()
	return a
}

func (a *ask) update() { widgets.Show(a.content, a.s.Guard.AsksGround()) }

// status is what the hearing needs besides pictures and words: arguments that wait for an answer, the recess, which
// questions are asked. All of it is always there, so that nothing moves.
type status struct {
	s         *console.Session
	arguments *widgets.Button
	recess    *widgets.Button
	guards    *widgets.Button
	content   *fyne.Container
}

func newStatus(s *console.Session) *status {
	g := &status{s: s}
	g.arguments = widgets.NewButton("", nil, widgets.Quiet, g.chooseArgument)
	g.recess = widgets.NewButton("", nil, widgets.Quiet, func() { s.Recorder.ToggleRecess() })
	g.arguments.Holds(argumentsLabel(s.In(), 99))
	g.recess.Holds(s.T("recess.begin"), s.T("recess.end"))
	g.guards = widgets.NewButton(s.T("guard.open"), nil, widgets.Quiet, g.chooseGuards)
	g.content = widgets.NewFlow(4, g.recess, g.guards, g.arguments)
	return g
}

func argumentsLabel(in i18n.Catalogue, open int) string {
	return in.T("argument.open", "count", open) + " ▾"
}

func (g *status) update() {
	open := len(g.s.Recorder.OpenArguments())
	g.arguments.SetDisabled(open == 0)
	g.arguments.SetLabel(argumentsLabel(g.s.In(), open))
	g.recess.SetDisabled(!g.s.Stage.Running())
	g.recess.SetLabel(g.s.T("recess.begin"))
	if g.s.Recorder.Recess() {
		g.recess.SetLabel(g.s.T("recess.end"))
	}
}

// chooseArgument lists the arguments that wait; one that is chosen is answered by the present step.
func (g *status) chooseArgument() {
	var items []*fyne.MenuItem
	for _, e := range g.s.Recorder.OpenArguments() {
		items = append(items, fyne.NewMenuItem(g.s.T("argument.answer", "text", e.Text), func() { g.s.Recorder.Answer(e.N) }))
	}
	widgets.Menu(g.arguments, items...)
}

func (g *status) chooseGuards() {
	off := g.s.Guard.Off()
	restricted := fyne.NewMenuItem(g.s.T("guard.restricted"), func() {
		g.s.Guard.Turn(hearing.Guards{Restricted: !off.Restricted, Statements: off.Statements})
	})
	statements := fyne.NewMenuItem(g.s.T("guard.statements"), func() {
		g.s.Guard.Turn(hearing.Guards{Restricted: off.Restricted, Statements: !off.Statements})
	})
	restricted.Checked, statements.Checked = !off.Restricted, !off.Statements
	items := []*fyne.MenuItem{restricted}
	idle := func(key string) { // below the tick that it is about
		item := fyne.NewMenuItem("⚠ "+g.s.T("guard.idle-"+key), nil)
		item.Disabled = true
		items = append(items, item)
	}
	if g.s.Guard.Unrestricted() {
		idle("restricted")
	}
	items = append(items, statements)
	if why := g.s.Guard.Idle(); why != "" {
		idle(why)
	}
	widgets.Menu(g.guards, items...)
}
