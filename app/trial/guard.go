package trial

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/look"
	"butluc/app/session"
	"butluc/app/widgets"
	"butluc/app/words"
)

// ask asks on what ground the statement of a person present is read out: one key, or one click.
type ask struct {
	s       *session.Session
	content *fyne.Container
}

func newAsk(s *session.Session) *ask {
	a := &ask{s: s}
	box := container.NewVBox(widgets.Heading(words.T("ground.ask")))
	for i, letter := range session.Grounds {
		b := widgets.NewButton(words.T("ground."+letter), nil, widgets.Plain, func() { s.GiveGround(i) })
		b.Hint, b.Tall = words.Number(i+1), look.BigTarget
		box.Add(b)
	}
	a.content = container.NewStack(canvas.NewRectangle(look.Color(look.Ground)), container.NewVScroll(box))
	a.content.Hide()
	return a
}

func (a *ask) update() { widgets.Show(a.content, a.s.AsksGround()) }

// status is what the hearing needs besides pictures and words: what is wrong with the journal, which
// questions are turned off, arguments that wait for an answer, the recess.
type status struct {
	s         *session.Session
	text      *widget.Label
	arguments *widgets.Button
	recess    *widgets.Button
	guards    *widgets.Button
	content   *fyne.Container
}

func newStatus(s *session.Session) *status {
	g := &status{s: s, text: widgets.Small("")}
	g.text.Importance, g.text.Wrapping, g.text.Truncation = widget.WarningImportance, fyne.TextWrapWord, fyne.TextTruncateOff
	g.arguments = widgets.NewButton("", nil, widgets.Plain, g.chooseArgument)
	g.recess = widgets.NewButton("", nil, widgets.Quiet, s.ToggleRecess)
	g.guards = widgets.NewButton(words.T("guard.open"), nil, widgets.Quiet, g.chooseGuards)
	g.content = container.NewVBox(g.text, g.arguments, container.NewHBox(g.recess, g.guards))
	return g
}

func (g *status) update() {
	off := g.s.GuardsOff()
	var lines []string
	for _, l := range []struct {
		on  bool
		key string
	}{{off.Restricted, "guard.restricted-off"}, {off.Statements, "guard.statements-off"}} {
		if l.on {
			lines = append(lines, words.T(l.key))
		}
	}
	if trouble := g.s.JournalTrouble(); trouble != "" {
		lines = append(lines, trouble)
	}
	g.text.SetText(strings.Join(lines, "\n"))
	widgets.Show(g.text, len(lines) > 0)
	open := g.s.OpenArguments()
	widgets.Show(g.arguments, len(open) > 0)
	g.arguments.SetLabel(words.T("argument.open", "count", len(open)) + " ▾")
	widgets.Show(g.recess, g.s.Running())
	g.recess.SetLabel(words.T("recess.begin"))
	if g.s.Recess() {
		g.recess.SetLabel(words.T("recess.end"))
	}
}

// chooseArgument lists the arguments that wait; one that is chosen is answered by the present step.
func (g *status) chooseArgument() {
	var items []*fyne.MenuItem
	for _, e := range g.s.OpenArguments() {
		items = append(items, fyne.NewMenuItem(words.T("argument.answer", "text", e.Text), func() { g.s.Answer(e.N) }))
	}
	widgets.Menu(g.arguments, items...)
}

func (g *status) chooseGuards() {
	off := g.s.GuardsOff()
	restricted := fyne.NewMenuItem(words.T("guard.restricted"), func() {
		g.s.TurnGuards(session.Guards{Restricted: !off.Restricted, Statements: off.Statements})
	})
	statements := fyne.NewMenuItem(words.T("guard.statements"), func() {
		g.s.TurnGuards(session.Guards{Restricted: off.Restricted, Statements: !off.Statements})
	})
	restricted.Checked, statements.Checked = !off.Restricted, !off.Statements
	widgets.Menu(g.guards, restricted, statements)
}
