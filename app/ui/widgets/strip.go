package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Strip is a row of things of one size, of which only those in sight have widgets. The wheel moves it.
type Strip struct {
	widget.BaseWidget
	// Count is how many things there are, Make makes a widget and Fill puts thing i into it. All are needed.
	Count func() int
	Make  func() fyne.CanvasObject
	Fill  func(i int, o fyne.CanvasObject)

	cell   fyne.Size
	scroll *container.Scroll
	body   *fyne.Container
	cells  []fyne.CanvasObject
	first  int // the thing that cells begin with
	filled int // how many of them show one
	chosen int
}

// NewStrip makes an empty strip of things of a size.
func NewStrip(cell fyne.Size) *Strip {
	s := &Strip{cell: cell, chosen: -1}
	s.body = container.New(stripLayout{s})
	s.scroll = container.NewHScroll(s.body)
	s.scroll.OnScrolled = func(fyne.Position) { s.place(false) }
	s.ExtendBaseWidget(s)
	return s
}

// CreateRenderer implements [fyne.Widget].
func (s *Strip) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.scroll) }

// MinSize implements [fyne.CanvasObject].
func (s *Strip) MinSize() fyne.Size { return s.cell }

// Reload must be called when things came, went or are other ones.
func (s *Strip) Reload() {
	s.body.Refresh()
	s.scroll.Refresh()
	s.place(true)
}

// Select marks a thing as the one that is looked at, -1 for none, and brings it and its neighbours into sight.
func (s *Strip) Select(i int) {
	changed := s.chosen != i
	s.chosen = i
	wide := s.scroll.Size().Width
	left, x := float32(i)*s.cell.Width, s.scroll.Offset.X
	switch {
	case i < 0 || wide <= 0:
	case left-s.cell.Width < x:
		x = left - s.cell.Width
	case left+2*s.cell.Width > x+wide:
		x = left + 2*s.cell.Width - wide
	}
	x = max(0, min(x, float32(s.Count())*s.cell.Width-wide))
	if x != s.scroll.Offset.X {
		s.scroll.ScrollToOffset(fyne.NewPos(x, 0))
	}
	s.place(changed)
}

// Selected is the thing that is looked at, -1 for none.
func (s *Strip) Selected() int { return s.chosen }

// place gives the things in sight their widgets. all fills anew those that had one.
func (s *Strip) place(all bool) {
	n, wide := s.Count(), s.scroll.Size().Width
	first := max(0, int(s.scroll.Offset.X/s.cell.Width))
	shown := max(0, min(n-first, int(wide/s.cell.Width)+2))
	if wide <= 0 {
		shown = 0
	}
	grown := false
	for len(s.cells) < shown {
		o := s.Make()
		s.cells = append(s.cells, o)
		s.body.Objects = append(s.body.Objects, o)
		grown = true
	}
	if !all && !grown && first == s.first && shown == s.filled {
		return
	}
	s.first, s.filled = first, shown
	for k, o := range s.cells {
		Show(o, k < shown)
		if k < shown {
			o.Move(fyne.NewPos(float32(first+k)*s.cell.Width, 0))
			o.Resize(s.cell)
			s.Fill(first+k, o)
		}
	}
	s.body.Refresh()
}

// stripLayout is as wide as all things are; those in sight are placed by hand.
type stripLayout struct{ s *Strip }

// MinSize implements [fyne.Layout].
func (l stripLayout) MinSize([]fyne.CanvasObject) fyne.Size {
	n := 0
	if l.s.Count != nil {
		n = l.s.Count()
	}
	return fyne.NewSize(float32(n)*l.s.cell.Width, l.s.cell.Height)
}

// Layout implements [fyne.Layout].
func (l stripLayout) Layout([]fyne.CanvasObject, fyne.Size) { l.s.place(false) }
