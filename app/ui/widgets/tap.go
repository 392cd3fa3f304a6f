package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Tap makes content that can be clicked and takes no keyboard.
type Tap struct {
	widget.BaseWidget
	content fyne.CanvasObject
	tapped  func()
}

// NewTap makes content that calls tapped on a click.
func NewTap(content fyne.CanvasObject, tapped func()) *Tap {
	t := &Tap{content: content, tapped: tapped}
	t.ExtendBaseWidget(t)
	return t
}

// CreateRenderer implements [fyne.Widget].
func (t *Tap) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(t.content) }

// Tapped implements [fyne.Tappable].
func (t *Tap) Tapped(*fyne.PointEvent) { t.tapped() }
