package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// Touch is a clear sheet over other things that takes what the mouse or a pen does there. The toolkit gives
// a press to the topmost thing that can take any click at all, so it must lie on top. Callbacks may be nil.
type Touch struct {
	widget.BaseWidget
	OnPress   func(fyne.Position)
	OnDrag    func(at fyne.Position, by fyne.Delta)
	OnRelease func() // called once or twice after a press
	OnHover   func(fyne.Position)
	OnLeave   func()
	OnWheel   func(at fyne.Position, up bool)
	OnDouble  func()
	// OnSecondary takes a click of the other button, at a place of the window.
	OnSecondary func(at fyne.Position)
	Shape       func() desktop.Cursor
}

// NewTouch makes a sheet that takes nothing yet.
func NewTouch() *Touch {
	t := &Touch{}
	t.ExtendBaseWidget(t)
	return t
}

// CreateRenderer implements [fyne.Widget].
func (t *Touch) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(color.Transparent))
}

// MouseDown implements [desktop.Mouseable].
func (t *Touch) MouseDown(e *desktop.MouseEvent) {
	if e.Button == desktop.MouseButtonPrimary && t.OnPress != nil {
		t.OnPress(e.Position)
	}
}

// MouseUp implements [desktop.Mouseable].
func (t *Touch) MouseUp(*desktop.MouseEvent) { t.released() }

// TappedSecondary implements [fyne.SecondaryTappable].
func (t *Touch) TappedSecondary(e *fyne.PointEvent) {
	if t.OnSecondary != nil {
		t.OnSecondary(e.AbsolutePosition)
	}
}

// Dragged implements [fyne.Draggable].
func (t *Touch) Dragged(e *fyne.DragEvent) {
	if t.OnDrag != nil {
		t.OnDrag(e.Position, e.Dragged)
	}
}

// DragEnd implements [fyne.Draggable].
func (t *Touch) DragEnd() { t.released() }

func (t *Touch) released() {
	if t.OnRelease != nil {
		t.OnRelease()
	}
}

// MouseIn implements [desktop.Hoverable].
func (t *Touch) MouseIn(e *desktop.MouseEvent) { t.MouseMoved(e) }

// MouseMoved implements [desktop.Hoverable].
func (t *Touch) MouseMoved(e *desktop.MouseEvent) {
	if t.OnHover != nil {
		t.OnHover(e.Position)
	}
}

// MouseOut implements [desktop.Hoverable].
func (t *Touch) MouseOut() {
	if t.OnLeave != nil {
		t.OnLeave()
	}
}

// Scrolled implements [fyne.Scrollable].
func (t *Touch) Scrolled(e *fyne.ScrollEvent) {
	if t.OnWheel != nil && e.Scrolled.DY != 0 {
		t.OnWheel(e.Position, e.Scrolled.DY > 0)
	}
}

// DoubleTapped implements [fyne.DoubleTappable].
func (t *Touch) DoubleTapped(*fyne.PointEvent) {
	if t.OnDouble != nil {
		t.OnDouble()
	}
}

// Cursor implements [desktop.Cursorable].
func (t *Touch) Cursor() desktop.Cursor {
	if t.Shape != nil {
		return t.Shape()
	}
	return desktop.DefaultCursor
}
