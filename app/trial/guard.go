package trial

import (
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

// guards says which questions are turned off in this case, and turns them off and on.
type guards struct {
	s       *session.Session
	text    *widget.Label
	button  *widgets.Button
	content *fyne.Container
}

func newGuards(s *session.Session) *guards {
	g := &guards{s: s, text: widgets.Small("")}
	g.text.Importance, g.text.Wrapping, g.text.Truncation = widget.WarningImportance, fyne.TextWrapWord, fyne.TextTruncateOff
	g.button = widgets.NewButton(words.T("guard.open"), nil, widgets.Quiet, g.choose)
	g.content = container.NewBorder(nil, nil, nil, g.button, g.text)
	return g
}

func (g *guards) update() {
	off := g.s.GuardsOff()
	text := ""
	if off.Restricted {
		text = words.T("guard.restricted-off")
	}
	if off.Statements {
		if text != "" {
			text += "\n"
		}
		text += words.T("guard.statements-off")
	}
	g.text.SetText(text)
}

func (g *guards) choose() {
	off := g.s.GuardsOff()
	restricted := fyne.NewMenuItem(words.T("guard.restricted"), func() {
		g.s.TurnGuards(session.Guards{Restricted: !off.Restricted, Statements: off.Statements})
	})
	statements := fyne.NewMenuItem(words.T("guard.statements"), func() {
		g.s.TurnGuards(session.Guards{Restricted: off.Restricted, Statements: !off.Statements})
	})
	restricted.Checked, statements.Checked = !off.Restricted, !off.Statements
	widgets.Menu(g.button, restricted, statements)
}
