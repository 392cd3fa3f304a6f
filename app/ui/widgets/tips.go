package widgets

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"butluc/app/ui/theme"
)

// Tips is the layer over a window on which names appear: of a button that shows a picture alone, while the pointer rests
// on it. It lies in the window's outermost container, and takes no click.
type Tips struct {
	*fyne.Container
	post   func(func())
	ground *canvas.Rectangle
	text   *canvas.Text
	timer  *time.Timer
}

// tipAfter is how long the pointer rests before the name appears.
const tipAfter = 400 * time.Millisecond

// NewTips makes the layer. It is to be the last object of the window's content, a container. post runs a function on the UI
// goroutine.
func NewTips(post func(func())) fyne.CanvasObject {
	t := &Tips{post: post, ground: canvas.NewRectangle(theme.Color(theme.Raised)), text: canvas.NewText("", theme.Color(theme.Text))}
	t.ground.CornerRadius, t.ground.StrokeColor, t.ground.StrokeWidth = theme.Radius, theme.Color(theme.Line), 1
	t.text.TextSize = theme.TextSmall
	t.Container = container.NewWithoutLayout(t.ground, t.text)
	t.Hide()
	return t
}

// tips is the layer of an object's window, nil where it has none.
func tips(o fyne.CanvasObject) *Tips {
	c := fyne.CurrentApp().Driver().CanvasForObject(o)
	if c == nil {
		return nil
	}
	root, ok := c.Content().(*fyne.Container)
	if !ok || len(root.Objects) == 0 {
		return nil
	}
	t, _ := root.Objects[len(root.Objects)-1].(*Tips)
	return t
}

// soon shows a name under an object before long, unless hide comes first.
func (t *Tips) soon(text string, of fyne.CanvasObject) {
	t.hide()
	t.timer = time.AfterFunc(tipAfter, func() { t.post(func() { t.show(text, of) }) })
}

func (t *Tips) hide() {
	if t.timer != nil {
		t.timer.Stop()
		t.timer = nil
	}
	t.Hide()
}

func (t *Tips) show(text string, of fyne.CanvasObject) {
	if t.timer == nil || !of.Visible() {
		return
	}
	t.text.Text = text
	size, room := t.text.MinSize().AddWidthHeight(2*theme.Gap, theme.Gap), t.Size()
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(of)
	x := max(0, min(at.X+(of.Size().Width-size.Width)/2, room.Width-size.Width))
	y := at.Y + of.Size().Height + 4
	if y+size.Height > room.Height {
		y = at.Y - size.Height - 4
	}
	t.ground.Move(fyne.NewPos(x, y))
	t.ground.Resize(size)
	t.text.Move(fyne.NewPos(x+theme.Gap, y+theme.Gap/2))
	Show(t, true)
	t.Refresh()
}
