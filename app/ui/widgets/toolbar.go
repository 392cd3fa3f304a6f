package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// Toolbar is buttons side by side; those that don't fit are in the menu of the last one. Nothing scrolls sideways.
type Toolbar struct {
	buttons []*Button
	items   []*fyne.MenuItem // what stands for each button in the menu
	more    *Button
	shown   int // buttons that fit
	content *fyne.Container
}

// NewToolbar makes a bar of buttons, each with what stands for it in the menu. more is the label of the menu's own button.
func NewToolbar(more string, tall float32) *Toolbar {
	t := &Toolbar{}
	t.more = NewButton(more, Icon("more"), Quiet, func() { Menu(t.more, t.items[t.shown:]...) })
	t.more.Tall, t.more.Below = tall, true
	t.content = container.New(toolbarLayout{t}, t.more)
	return t
}

// Add adds a button, and what stands for it where it doesn't fit.
func (t *Toolbar) Add(b *Button, item *fyne.MenuItem) {
	t.buttons, t.items = append(t.buttons, b), append(t.items, item)
	last := len(t.content.Objects) - 1
	t.content.Objects = append(t.content.Objects[:last:last], b, t.more)
}

// Content is the bar to put into a window.
func (t *Toolbar) Content() fyne.CanvasObject { return t.content }

type toolbarLayout struct{ t *Toolbar }

// Layout implements [fyne.Layout].
func (l toolbarLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	t := l.t
	wide, fit := float32(0), 0
	for _, b := range t.buttons {
		wide += b.MinSize().Width
	}
	t.shown = len(t.buttons)
	if wide > size.Width {
		room := size.Width - t.more.MinSize().Width
		for _, b := range t.buttons {
			if room -= b.MinSize().Width; room < 0 {
				break
			}
			fit++
		}
		t.shown = fit
	}
	x := float32(0)
	put := func(b *Button) {
		b.Move(fyne.NewPos(x, 0))
		b.Resize(fyne.NewSize(b.MinSize().Width, size.Height))
		x += b.MinSize().Width
	}
	for i, b := range t.buttons {
		Show(b, i < t.shown)
		if i < t.shown {
			put(b)
		}
	}
	Show(t.more, t.shown < len(t.buttons))
	if t.more.Visible() {
		put(t.more)
	}
}

// MinSize implements [fyne.Layout]: the menu's button is enough.
func (l toolbarLayout) MinSize([]fyne.CanvasObject) fyne.Size { return l.t.more.MinSize() }
