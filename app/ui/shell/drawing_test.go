package shell

import (
	"testing"

	"fyne.io/fyne/v2"
)

// dirty is a canvas that the toolkit would draw if it were asked now.
type dirty struct {
	fyne.Canvas
	is   bool
	size fyne.Size
}

func (d *dirty) CheckDirtyAndClear() (was bool) { was, d.is = d.is, false; return was }
func (d *dirty) Size() fyne.Size                { return d.size }
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

// A window whose size changed is drawn once more at the next tick, and not again at those after it; nor between a key and the
// court's picture.
func TestTheWindowIsDrawnOnceMoreAfterItsSizeChanged(t *testing.T) {
	var d drawing
	canvas := &dirty{}
	for _, c := range []struct {
		what  string
		width float32
		holds bool
		want  bool
	}{
		{"the first size", 800, false, true},
		{"the same size", 800, false, false},
		{"another while somebody waits", 900, true, false},
		{"another", 1000, false, true},
		{"the same again", 1000, false, false},
	} {
		canvas.size, canvas.is = fyne.NewSize(c.width, 600), false
		if d.tick(canvas, c.holds); canvas.is != c.want {
			t.Errorf("%s: drawn %v, want %v", c.what, canvas.is, c.want)
		}
	}
}
