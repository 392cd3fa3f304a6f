package shell

import "fyne.io/fyne/v2"

// drawing keeps the toolkit from drawing the window between a key and the picture that somebody waits for. Without a graphics
// card one drawing takes as long as a page is decoded, on all processors, and it comes first: the toolkit draws right after
// it has handed on a key.
type drawing struct {
	owed bool      // something changed and was not drawn
	size fyne.Size // of the canvas, at the last tick
}

// dirtied is a canvas that the toolkit draws when it is dirty: those of windows are.
type dirtied interface {
	CheckDirtyAndClear() bool
	SetDirty()
}

// settle is called wherever something may have become dirty while somebody waits, and when nobody does any more.
func (d *drawing) settle(canvas fyne.Canvas, holds bool) {
	c, ok := canvas.(dirtied)
	switch {
	case !ok:
	case holds:
		d.owed = c.CheckDirtyAndClear() || d.owed
	case d.owed:
		d.owed = false
		c.SetDirty()
	}
}

// tick is called once a second. A window that has another size is drawn once more: where the window manager adds a title
// bar to a window that is being drawn, what was drawn stands shifted by it until the next drawing, which in a window that
// nobody touches never comes (seen with Openbox and Mesa).
func (d *drawing) tick(canvas fyne.Canvas, holds bool) {
	if size := canvas.Size(); size != d.size {
		d.size, d.owed = size, true
		d.settle(canvas, holds)
	}
}
