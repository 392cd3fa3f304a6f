package shell

import (
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"butluc/app/keys"
)

// painted is the area that the toolkit paints to draw an object, in its units. It leaves out nothing that lies under something
// else, and of what is clear only what has exactly no colour, and no edge.
func painted(o fyne.CanvasObject) (area float32) {
	if !o.Visible() {
		return 0
	}
	switch o := o.(type) {
	case *fyne.Container:
		for _, inside := range o.Objects {
			area += painted(inside)
		}
	case fyne.Widget:
		for _, inside := range test.WidgetRenderer(o).Objects() {
			area += painted(inside)
		}
	case *canvas.Rectangle:
		if clear := o.FillColor == nil || o.FillColor == color.Transparent; clear && o.StrokeWidth == 0 {
			return 0
		}
		return o.Size().Width * o.Size().Height
	case *canvas.Image:
		return o.Size().Width * o.Size().Height
	}
	return area
}

// Without a graphics card a window takes the time to draw that its areas take, each as often as something is painted there,
// and in a trial a key waits for that: the Trial room paints less than the window has, whose ground the toolkit paints itself.
func TestTheTrialRoomPaintsLittleTwice(t *testing.T) {
	w := newConsole(t)
	w.win.Resize(fyne.NewSize(1280, 720))
	w.enter(keys.Trial)
	w.start()
	w.pump()
	size := w.win.Canvas().Size()
	if windows := painted(w.win.Content()) / (size.Width * size.Height); windows > 0.9 {
		t.Errorf("it paints %.2f times the area of the window", windows)
	}
}
