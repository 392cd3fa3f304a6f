package trial

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"butluc/app/console"
	"butluc/app/console/hearing"
	"butluc/app/i18n"
	"butluc/app/keys"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
)

// ask asks on what ground the statement of a person present is read out: one key, or one click.
type ask struct {
	s       *console.Session
	content *fyne.Container
}

func newAsk(s *console.Session) *ask {
	a := &ask{s: s}
	a.content = container.NewVBox(widgets.Heading(s.T("ground.ask")))
	for i, letter := range hearing.Grounds {
		b := widgets.NewButton(s.T("ground."+letter), nil, widgets.Plain, func() { s.Control.GiveGround(i) })
		b.Hint, b.Tall, b.Row = s.Number(i+1), theme.BigTarget, true
		a.content.Add(b)
	}
	a.content.Hide()
	return a
}

func (a *ask) update() { widgets.Show(a.content, a.s.Guard.AsksGround()) }

// acts are what a hearing needs besides the keys at its foot, each with its name and its key: a note, what is looked for,
// a folio that is called, the recess, which questions are asked, arguments that wait for an answer. All of it is always
// there, so that nothing moves.
type acts struct {
	s         *console.Session
	note      *widgets.Button
	recess    *widgets.Button
	guards    *widgets.Button
	arguments *widgets.Button
	buttons   []fyne.CanvasObject
}

func newActs(s *console.Session, do func(keys.Action)) *acts {
	g := &acts{s: s}
	add := func(name, icon string, hint keys.Action, tapped func()) *widgets.Button {
		b := widgets.NewButton(s.T(name), widgets.Icon(icon), widgets.Plain, tapped)
		b.Below, b.Tall = true, theme.BigTarget
		if hint != "" {
			b.Hint = keys.Hint(s.In(), keys.Trial, hint)
		}
		g.buttons = append(g.buttons, b)
		return b
	}
	action := func(name, icon string, a keys.Action) *widgets.Button { return add(name, icon, a, func() { do(a) }) }
	g.note = action("act.note", "note", keys.Note)
	action("act.find", "search", keys.Find)
	action("act.folio", "folio", keys.CallUp)
	g.recess = add("recess.begin", "pause", "", func() { s.Recorder.ToggleRecess() })
	g.guards = add("guard.open", "warning", "", g.chooseGuards)
	g.arguments = add("argument.open", "argument", "", g.chooseArgument)
	return g
}

func argumentsLabel(in i18n.Catalogue, open int) string {
	return in.T("argument.open", "count", open) + " ▾"
}

func (g *acts) update() {
	open := len(g.s.Recorder.OpenArguments())
	g.arguments.SetDisabled(open == 0)
	g.arguments.SetLabel(argumentsLabel(g.s.In(), open))
	g.note.SetDisabled(!g.s.Stage.Running())
	g.recess.SetDisabled(!g.s.Stage.Running())
	g.recess.SetLabel(g.s.T("recess.begin"))
	if g.s.Recorder.Recess() {
		g.recess.SetLabel(g.s.T("recess.end"))
	}
}

// chooseArgument lists the arguments that wait; one that is chosen is answered by the present step.
func (g *acts) chooseArgument() {
	var items []*fyne.MenuItem
	for _, e := range g.s.Recorder.OpenArguments() {
		items = append(items, fyne.NewMenuItem(g.s.T("argument.answer", "text", e.Text), func() { g.s.Recorder.Answer(e.N) }))
	}
	widgets.Menu(g.arguments, items...)
}

func (g *acts) chooseGuards() {
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
