package shell

import (
	"testing"

	"fyne.io/fyne/v2"
)

// dirty is a canvas that the toolkit would draw if it were asked now.
type dirty struct {
	fyne.Canvas
	is bool
}

func (d *dirty) CheckDirtyAndClear() (was bool) { was, d.is = d.is, false; return was }
func (d *dirty) SetDirty()                      { d.is = true }

// The window is not drawn while somebody waits for a picture, and is afterwards if anything changed meanwhile.
func TestTheWindowWaitsForTheCourtsPicture(t *testing.T) {
	var d drawing
	canvas := &dirty{is: true}
	d.settle(canvas, true)
	if canvas.is {
		t.Error("it is drawn before the picture")
	}
	d.settle(canvas, true)
	d.settle(canvas, false)
	if !canvas.is {
		t.Error("what changed meanwhile is not drawn")
	}
	canvas.is = false
	d.settle(canvas, false)
	if canvas.is {
		t.Error("it is drawn though nothing changed")
	}
}
