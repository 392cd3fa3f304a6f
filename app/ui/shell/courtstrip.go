package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console"
	"butluc/app/console/court"
	"butluc/app/console/event"
	"butluc/app/keys"
	"butluc/app/ui/theme"
	"butluc/app/ui/trial"
	"butluc/app/ui/widgets"
)

// courtStrip says over the other rooms, while the court watches, what it sees: in the lamp's words, with the way to
// black and the way back to the Trial room.
type courtStrip struct {
	s       *console.Session
	dot     *canvas.Circle
	what    *widget.Label
	blank   *widgets.Button
	content *fyne.Container
}

func newCourtStrip(s *console.Session, do func(keys.Action)) *courtStrip {
	c := &courtStrip{s: s, dot: canvas.NewCircle(theme.Color(theme.Muted)), what: widgets.Line("")}
	c.what.TextStyle.Bold = true
	c.dot.StrokeColor, c.dot.StrokeWidth = theme.Color(theme.Line), 1
	c.blank = widgets.NewButton("", widgets.Icon("blank"), widgets.Black, func() { do(keys.Blank) })
	c.blank.Hint = keys.Hint(s.In(), keys.Trial, keys.Blank)
	back := widgets.NewButton(s.T("court-strip.back"), widgets.Icon("trial"), widgets.Primary, func() { do(keys.GoTrial) })
	back.Hint = keys.Hint(s.In(), keys.Prepare, keys.GoTrial)
	dot := container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(14), c.dot))
	row := container.NewBorder(nil, nil, dot, container.NewHBox(c.blank, back), c.what)
	c.content = container.NewStack(canvas.NewRectangle(theme.Color(theme.Raised)), widgets.Inset(4, row))
	s.Events.Subscribe(event.StageChanged|event.ScreenChanged, c.update)
	c.update()
	return c
}

func (c *courtStrip) update() {
	st := c.s.Stage.State()
	lamp, _ := c.s.Court.State()
	held := lamp == court.Held // ended, and black until a person lets the screen go
	widgets.Show(c.content, st.Running || held)
	widgets.Show(c.blank, st.Running)
	tint, text := trial.Lamp(c.s)
	if st.Running && !st.Dark {
		text += " · " + c.s.Labels.ShotName(st.Shown)
	}
	c.dot.FillColor = tint
	c.dot.Refresh()
	c.what.SetText(text)
	c.blank.SetLabel(c.s.T("trial.blank"))
	if st.Black && !st.Program.IsZero() {
		c.blank.SetLabel(c.s.T("trial.unblank"))
	}
}
