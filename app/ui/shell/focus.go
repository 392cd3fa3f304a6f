package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// focusHolder has the keyboard of the toolkit whenever no field is open. Keys never come so far, but for Tab, which the toolkit
// would take to go on to another widget.
type focusHolder struct {
	widget.BaseWidget
	typed func(rune)
	lost  func()
}

func newFocusHolder() *focusHolder {
	o := &focusHolder{}
	o.ExtendBaseWidget(o)
	return o
}

var _ fyne.Tabbable = (*focusHolder)(nil)

// CreateRenderer implements [fyne.Widget].
func (o *focusHolder) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(nil))
}

// AcceptsTab implements [fyne.Tabbable].
func (o *focusHolder) AcceptsTab() bool { return true }

// FocusGained implements [fyne.Focusable].
func (o *focusHolder) FocusGained() {}

// FocusLost implements [fyne.Focusable].
func (o *focusHolder) FocusLost() { o.lost() }

// TypedRune implements [fyne.Focusable].
func (o *focusHolder) TypedRune(r rune) { o.typed(r) }

// TypedKey implements [fyne.Focusable].
func (o *focusHolder) TypedKey(*fyne.KeyEvent) {}
