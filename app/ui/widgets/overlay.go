package widgets

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"butluc/app/keys"
)

// Overlay is what lies over the console: a sheet, a question, the page of keys. While it is open it has the keys, and
// nothing that is pressed reaches what lies beneath, but black.
type Overlay interface {
	// Visible tells whether it is open.
	Visible() bool
	// Close closes it, as Esc does; however else it is closed, it need tell nobody.
	Close()
	// Key takes a key that went down, or is held, and tells whether it used it. Esc and the keys of black never come,
	// nor what is typed into a field.
	Key(c keys.Chord, held bool) bool
}

// Above lays objects over a room, all but its foot. Room is what they lie over; Foot may give nil.
type Above struct {
	Room fyne.CanvasObject
	Foot func() fyne.CanvasObject
}

// Layout implements [fyne.Layout].
func (a Above) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	if foot := a.Foot(); foot != nil {
		d := fyne.CurrentApp().Driver()
		size.Height = max(0, d.AbsolutePositionForObject(foot).Y-d.AbsolutePositionForObject(a.Room).Y)
	}
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
	}
}

// MinSize implements [fyne.Layout]: a window is never larger for what lies over its rooms.
func (Above) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.Size{} }

// scrollLine is how far an arrow scrolls, scrollPage which part of what is seen a page key does.
const (
	scrollLine = 48
	scrollPage = 0.9
)

// ScrollKey scrolls by a key what can be scrolled in o, and tells whether it was such a key: an arrow a line, PageDown
// and Space a page, Home and End to the ends.
func ScrollKey(o fyne.CanvasObject, c keys.Chord) bool {
	s := scroller(o)
	if s == nil || c.Mods != 0 {
		return false
	}
	page, all := s.Size().Height*scrollPage, float32(math.MaxFloat32)
	by, ok := map[string]float32{
		"Down": scrollLine, "Up": -scrollLine, "Next": page, "Space": page, "Prior": -page, "End": all, "Home": -all,
	}[c.Key]
	if !ok {
		return false
	}
	y := max(0, min(s.Offset.Y+by, s.Content.Size().Height-s.Size().Height))
	s.ScrollToOffset(fyne.NewPos(s.Offset.X, y))
	if s.OnScrolled != nil {
		s.OnScrolled(s.Offset)
	}
	return true
}

// scroller is the first thing in sight in o that scrolls up and down.
func scroller(o fyne.CanvasObject) *container.Scroll {
	if !o.Visible() {
		return nil
	}
	switch o := o.(type) {
	case *container.Scroll:
		if o.Direction != container.ScrollHorizontalOnly {
			return o
		}
	case *Rows:
		return o.scroll
	case *fyne.Container:
		for _, child := range o.Objects {
			if s := scroller(child); s != nil {
				return s
			}
		}
	}
	return nil
}
