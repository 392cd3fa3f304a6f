package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// owner has the keyboard of the toolkit whenever no field is open. Keys never come so far, but for Tab, which the toolkit
// would take to go on to another widget.
type owner struct {
	widget.BaseWidget
	typed func(rune)
	lost  func()
}

func newOwner() *owner {
	o := &owner{}
	o.ExtendBaseWidget(o)
	return o
}

var _ fyne.Tabbable = (*owner)(nil)

// CreateRenderer implements [fyne.Widget].
func (o *owner) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(nil))
}

// AcceptsTab implements [fyne.Tabbable].
func (o *owner) AcceptsTab() bool { return true }

// FocusGained implements [fyne.Focusable].
func (o *owner) FocusGained() {}

// FocusLost implements [fyne.Focusable].
func (o *owner) FocusLost() { o.lost() }

// TypedRune implements [fyne.Focusable].
func (o *owner) TypedRune(r rune) { o.typed(r) }

// TypedKey implements [fyne.Focusable].
func (o *owner) TypedKey(*fyne.KeyEvent) {}
