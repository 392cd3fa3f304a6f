package shell

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"butluc/app/console"
	"butluc/app/keys"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
)

// picking lies over the console while a dialog of the system's is open: the console's keys and clicks are for it alone,
// and black.
type picking struct {
	ch      *chooser
	title   *canvas.Text
	blank   *widgets.Button
	content *fyne.Container
}

func newPicking(s *console.Session, ch *chooser, do func(keys.Action)) *picking {
	p := &picking{ch: ch, title: canvas.NewText("", theme.Color(theme.Text))}
	p.title.TextSize, p.title.TextStyle.Bold, p.title.Alignment = 24, true, fyne.TextAlignCenter
	text := widgets.Prose(s.T("picking.text"))
	text.Alignment = fyne.TextAlignCenter
	dismiss := widgets.NewButton(s.T("shelf.dismiss"), nil, widgets.Plain, p.Close)
	dismiss.Hint = "Esc"
	p.blank = widgets.NewButton(s.T("trial.blank"), widgets.Icon("blank"), widgets.Black, func() { do(keys.Blank) })
	p.blank.Hint = keys.Hint(s.In(), keys.Trial, keys.Blank)
	dismiss.Tall, p.blank.Tall = theme.BigTarget, theme.BigTarget
	middle := container.NewVBox(p.title, container.NewGridWrap(fyne.NewSize(560, 64), text), container.NewCenter(container.NewHBox(dismiss, p.blank)))
	card := canvas.NewRectangle(theme.Color(theme.Ground))
	card.CornerRadius = 8
	veil := canvas.NewRectangle(color.NRGBA{A: 0x90})
	p.content = container.NewStack(veil, newClickBlocker(), container.NewCenter(container.NewStack(card, widgets.Inset(24, middle))))
	p.update()
	return p
}

// update shows it while a dialog is open.
func (p *picking) update() {
	if p.ch.wait != nil {
		p.title.Text = p.ch.wait.title
		widgets.Show(p.blank, p.ch.w.session.Court.Held())
	}
	widgets.Show(p.content, p.ch.wait != nil)
	p.content.Refresh()
}

// Visible implements [widgets.Overlay].
func (p *picking) Visible() bool { return p.ch.wait != nil }

// Close implements [widgets.Overlay]: the system's dialog goes with it.
func (p *picking) Close() { p.ch.end() }

// Key implements [widgets.Overlay].
func (p *picking) Key(keys.Chord, bool) bool { return false }
