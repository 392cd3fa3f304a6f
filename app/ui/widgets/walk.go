package widgets

import (
	"cmp"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/keys"
)

// Walk goes from button to button by keys: Tab and Shift+Tab move a ring, Enter and Space press what has it. Buttons have no
// focus of the toolkit's, so that in the Trial room no key goes astray to one; the ring is there only once a person asked for it.
type Walk struct {
	at fyne.CanvasObject
	n  int // its place, for when it was made anew
}

// walkable is what the ring can be on.
type walkable interface {
	fyne.CanvasObject
	fyne.Tappable
	ring(on bool)
	pressable() bool
}

// Holder is a widget that has buttons in it.
type Holder interface{ Inside() []fyne.CanvasObject }

// On tells whether something has the ring.
func (w *Walk) On() bool { return w.at != nil }

// Stop takes the ring away.
func (w *Walk) Stop() {
	if o, ok := w.at.(walkable); ok {
		o.ring(false)
	}
	w.at, w.n = nil, 0
}

// Step moves the ring to the next thing in root that can be pressed, or back to the one before, and brings it into sight. Behind
// the last comes the first.
func (w *Walk) Step(root fyne.CanvasObject, back bool) {
	list := walk(root)
	at, by := slices.IndexFunc(list, func(s stop) bool { return s.o == w.at }), 1
	if back {
		by = -1
	}
	if w.at != nil && at < 0 {
		at = w.n - by // made anew: its place has the ring
	}
	if w.Stop(); len(list) == 0 {
		return
	}
	if back && at < 0 {
		at = 0
	}
	w.n = ((at+by)%len(list) + len(list)) % len(list)
	w.at = list[w.n].o
	list[w.n].reveal()
	w.at.(walkable).ring(true)
}

// Key takes a key: Tab goes on, and where something has the ring Enter and Space press it. It tells whether it was such a key.
func (w *Walk) Key(root fyne.CanvasObject, c keys.Chord) bool {
	switch {
	case c.Key == "Tab" && c.Mods&^keys.Shift == 0:
		w.Step(root, c.Mods == keys.Shift)
	case w.On() && c.Mods == 0 && (c.Key == "Return" || c.Key == "KP_Enter" || c.Key == "Space"):
		if there := slices.ContainsFunc(walk(root), func(s stop) bool { return s.o == w.at }); !there {
			w.Stop() // it is gone, or deaf by now
			return true
		}
		w.at.(walkable).Tapped(&fyne.PointEvent{})
	default:
		return false
	}
	return true
}

// stop is a thing that can have the ring: where it is, and what scrolls it.
type stop struct {
	o      fyne.CanvasObject
	at     fyne.Position
	scroll *container.Scroll // nil for none
	from   fyne.Position     // of scroll
}

// reveal scrolls as little as is needed to bring it into sight.
func (s stop) reveal() {
	if s.scroll == nil {
		return
	}
	top := s.at.Y - s.from.Y
	by := min(top, 0)
	if end := top + s.o.Size().Height - s.scroll.Size().Height; end > 0 {
		by = end
	}
	if by != 0 {
		s.scroll.ScrollToOffset(fyne.NewPos(s.scroll.Offset.X, s.scroll.Offset.Y+by))
	}
}

// walk lists what can be pressed in an object: row by row, from left to right.
func walk(root fyne.CanvasObject) (list []stop) {
	var look func(o fyne.CanvasObject, as stop)
	look = func(o fyne.CanvasObject, as stop) {
		if o == nil || !o.Visible() {
			return
		}
		as.at = as.at.Add(o.Position())
		switch o := o.(type) {
		case walkable:
			if as.o = o; o.pressable() {
				list = append(list, as)
			}
		case *fyne.Container:
			for _, inside := range o.Objects {
				look(inside, as)
			}
		case *container.Split:
			look(o.Leading, as)
			look(o.Trailing, as)
		case *container.Scroll:
			as.scroll, as.from = o, as.at
			look(o.Content, as)
		case *Rows:
			look(o.scroll, as)
		case Holder:
			for _, inside := range o.Inside() {
				look(inside, as)
			}
		}
	}
	look(root, stop{})
	const row = 12 // things whose tops are closer stand in one
	slices.SortStableFunc(list, func(a, b stop) int {
		return cmp.Or(cmp.Compare(int(a.at.Y/row), int(b.at.Y/row)), cmp.Compare(a.at.X, b.at.X))
	})
	return list
}

func (b *Button) ring(on bool) {
	if b.ringed != on {
		b.ringed = on
		b.Refresh()
	}
}

func (b *Button) pressable() bool { return !b.disabled && b.OnTapped != nil }

// Check is a box that is ticked, as the toolkit's.
type Check struct {
	widget.Check
}

// NewCheck makes a box without a label.
func NewCheck(changed func(bool)) *Check {
	c := &Check{}
	c.OnChanged = changed
	c.ExtendBaseWidget(c)
	return c
}

func (c *Check) ring(on bool) {
	if on {
		c.FocusGained()
	} else {
		c.FocusLost()
	}
}

func (c *Check) pressable() bool { return !c.Disabled() }
