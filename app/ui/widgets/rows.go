package widgets

import (
	"slices"
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Rows is a long list of which only the rows in sight have widgets, each as tall as it likes. It has
// no selection of its own: whoever fills the rows knows what is selected.
type Rows struct {
	widget.BaseWidget
	// Count is how many rows there are, Height how tall one is, Make makes a row's widget and Fill
	// puts row i into it. All are needed.
	Count  func() int
	Height func(i int) float32
	Make   func() fyne.CanvasObject
	Fill   func(i int, o fyne.CanvasObject)

	scroll *container.Scroll
	body   *fyne.Container
	tops   []float32 // of each row, and the end of the last
	shown  map[int]fyne.CanvasObject
	spare  []fyne.CanvasObject
	pinned fyne.CanvasObject // lies over a row, nil for none
	pin    struct {
		row  int
		left float32
	}
}

// NewRows makes an empty list.
func NewRows() *Rows {
	r := &Rows{shown: map[int]fyne.CanvasObject{}, tops: []float32{0}}
	r.body = container.New(rowsLayout{r})
	r.scroll = container.NewVScroll(r.body)
	r.scroll.OnScrolled = func(fyne.Position) { r.place(false) }
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer implements [fyne.Widget].
func (r *Rows) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.scroll) }

// Resize implements [fyne.CanvasObject]: a list that grows has more rows in sight.
func (r *Rows) Resize(size fyne.Size) {
	r.BaseWidget.Resize(size)
	r.place(false)
}

// Reload must be called when rows came, went or are other ones.
func (r *Rows) Reload() {
	n := r.Count()
	r.tops = r.tops[:1]
	for i := range n {
		r.tops = append(r.tops, r.tops[i]+r.Height(i))
	}
	r.scroll.Refresh()
	r.place(true)
}

// Reveal scrolls as little as is needed to bring a row into sight.
func (r *Rows) Reveal(i int) {
	if i < 0 || i+1 >= len(r.tops) {
		return
	}
	top, end, tall := r.tops[i], r.tops[i+1], r.scroll.Size().Height
	y := r.scroll.Offset.Y
	switch {
	case top < y:
		y = top
	case end > y+tall:
		y = end - tall
	default:
		return
	}
	r.scrollTo(y)
}

func (r *Rows) scrollTo(y float32) {
	r.scroll.ScrollToOffset(fyne.NewPos(0, max(0, min(y, r.end()-r.scroll.Size().Height))))
	r.place(false)
}

// Scroll moves the rows by a distance, say because something is dragged near the edge.
func (r *Rows) Scroll(by float32) { r.scrollTo(r.scroll.Offset.Y + by) }

// Pin lays an object over a row, from left on, and keeps it there however the rows scroll: a field in
// which the row's words are typed. Another one, or nil, takes its place.
func (r *Rows) Pin(o fyne.CanvasObject, row int, left float32) {
	if r.pinned != o {
		r.body.Objects = slices.DeleteFunc(r.body.Objects, func(have fyne.CanvasObject) bool { return have == r.pinned })
		r.pinned = o
	}
	r.pin.row, r.pin.left = row, left
	r.place(false)
	r.body.Refresh()
}

// At tells which row is at a height of this widget, and how far down in it that is, 0..1. Below the
// last row it is the number of rows.
func (r *Rows) At(y float32) (row int, part float32) {
	y += r.scroll.Offset.Y
	n := len(r.tops) - 1
	i := sort.Search(n, func(i int) bool { return r.tops[i+1] > y })
	if i >= n || y < 0 {
		return max(0, min(i, n)), 0
	}
	return i, (y - r.tops[i]) / (r.tops[i+1] - r.tops[i])
}

// Top is where a row begins, as a height of this widget; past the last row, where that ends.
func (r *Rows) Top(i int) float32 { return r.tops[max(0, min(i, len(r.tops)-1))] - r.scroll.Offset.Y }

func (r *Rows) end() float32 { return r.tops[len(r.tops)-1] }

// place gives the rows in sight their widgets. all fills anew those that had one.
func (r *Rows) place(all bool) {
	from, tall := r.scroll.Offset.Y, r.scroll.Size().Height
	n := len(r.tops) - 1
	first := sort.Search(n, func(i int) bool { return r.tops[i+1] > from })
	last := first
	for last < n && r.tops[last] < from+tall {
		last++
	}
	changed := false
	for i, o := range r.shown {
		if i < first || i >= last {
			o.Hide()
			r.spare = append(r.spare, o)
			delete(r.shown, i)
		}
	}
	for i := first; i < last; i++ {
		o := r.shown[i]
		fill := all || o == nil
		if o == nil {
			if k := len(r.spare) - 1; k >= 0 {
				o, r.spare = r.spare[k], r.spare[:k]
			} else {
				o = r.Make()
				r.body.Objects = append(r.body.Objects, o)
				changed = true
			}
			r.shown[i] = o
			o.Show()
		}
		o.Move(fyne.NewPos(0, r.tops[i]))
		o.Resize(fyne.NewSize(r.scroll.Size().Width, r.tops[i+1]-r.tops[i]))
		if fill {
			r.Fill(i, o)
		}
	}
	if p := r.pinned; p != nil && r.pin.row < n {
		if k := len(r.body.Objects); k == 0 || r.body.Objects[k-1] != p {
			r.body.Objects = append(slices.DeleteFunc(r.body.Objects, func(have fyne.CanvasObject) bool { return have == p }), p)
			changed = true
		}
		top := r.tops[r.pin.row]
		p.Move(fyne.NewPos(r.pin.left, top))
		p.Resize(fyne.NewSize(r.scroll.Size().Width-r.pin.left, r.tops[r.pin.row+1]-top))
	}
	if changed {
		r.body.Refresh()
	}
}

// rowsLayout is as tall as all rows are; the rows in sight are placed by hand.
type rowsLayout struct{ r *Rows }

// MinSize implements [fyne.Layout].
func (l rowsLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(60, l.r.end()) }

// Layout implements [fyne.Layout].
func (l rowsLayout) Layout([]fyne.CanvasObject, fyne.Size) { l.r.place(false) }
