// Package markedit is the hand's part of marks: it turns where a pointer is on a picture into marks on a
// page, and finds the mark under it. It draws nothing and knows no window.
package markedit

import (
	"image"
	"math"

	"butluc/library"
	"butluc/presenter/compose"
)

// View is a picture of a shot.
type View struct {
	Size   image.Point // pixels
	Shot   library.Shot
	Places []image.Rectangle // where the panes' pages stand in the picture
}

// Pane is the pane whose page is at a pixel, -1 for none.
func (v View) Pane(x, y float64) int {
	for i, p := range v.Places {
		if x >= float64(p.Min.X) && x < float64(p.Max.X) && y >= float64(p.Min.Y) && y < float64(p.Max.Y) {
			return i
		}
	}
	return -1
}

// Map is between the picture and a pane's upright page.
func (v View) Map(pane int) compose.Map {
	p := v.Shot.Panes[pane]
	return compose.MapOf(v.Places[pane], p.View, p.Turn)
}

// least is how large a mark must be, as a part of the page: less is a slip of the hand.
const least = 0.004

// Draft is a mark that is being drawn.
type Draft struct {
	Page library.PageID // on which it was begun, and to no other it is to go
	mark library.Mark
	from library.Point
}

// Begin begins a mark at a point of a page.
func Begin(kind library.MarkKind, page library.PageID, at library.Point) *Draft {
	at = within(at)
	d := &Draft{Page: page, mark: library.Mark{Kind: kind, Points: []library.Point{at}}, from: at}
	if kind.Shape() == library.ShapePlace {
		return d
	}
	d.To(at)
	return d
}

// To goes on with the mark: the pointer is at another point now.
func (d *Draft) To(at library.Point) {
	at = within(at)
	switch shape := d.mark.Kind.Shape(); {
	case shape == library.ShapePlace:
		d.mark.Points = []library.Point{at}
	case shape == library.ShapeWay:
		if n := len(d.mark.Points); n < library.MaxPoints && (n < 2 || d.mark.Points[n-1] != at) {
			d.mark.Points = append(d.mark.Points, at)
		}
	case shape.Area():
		a, b := library.RectOf(d.from, at).Corners()
		d.mark.Points = []library.Point{a, b}
	default:
		d.mark.Points = []library.Point{d.from, at}
	}
}

// Snap lets a highlight lie on the words between its ends; where there are none it stays as it was drawn.
func (d *Draft) Snap(text Text) {
	if d.mark.Kind.Shape() != library.ShapeRegions {
		return
	}
	last := d.mark.Bounds()
	to := library.Point{X: last.X0 + last.X1 - d.from.X, Y: last.Y0 + last.Y1 - d.from.Y} // the corner across
	if regions := text.Between(d.from, to); len(regions) > 0 {
		d.mark.Points = d.mark.Points[:0:0]
		for _, r := range regions {
			a, b := r.Corners()
			d.mark.Points = append(d.mark.Points, a, b)
		}
	}
}

// Mark is the mark as it is now; ok is false while it is too small to be meant.
func (d *Draft) Mark() (m library.Mark, ok bool) {
	b := d.mark.Bounds()
	w, h := b.X1-b.X0, b.Y1-b.Y0
	switch shape := d.mark.Kind.Shape(); {
	case shape == library.ShapePlace:
		return d.mark, true
	case shape.Area():
		return d.mark, w >= least && h >= least
	default:
		return d.mark, max(w, h) >= least
	}
}

func within(p library.Point) library.Point {
	return library.Point{X: max(0, min(1, p.X)), Y: max(0, min(1, p.Y))}
}

// Hit tells whether a mark is at a pixel, or no further from it than near.
func Hit(m library.Mark, on compose.Map, x, y, near float64) bool {
	in := func(r library.Rect) bool {
		a, b := r.Corners()
		ax, ay := on.ToFrame(a)
		bx, by := on.ToFrame(b)
		return x >= min(ax, bx)-near && x <= max(ax, bx)+near && y >= min(ay, by)-near && y <= max(ay, by)+near
	}
	switch m.Kind.Shape() {
	case library.ShapeEnds, library.ShapeWay:
		for i := range m.Points[1:] {
			ax, ay := on.ToFrame(m.Points[i])
			bx, by := on.ToFrame(m.Points[i+1])
			if distance(x, y, ax, ay, bx, by) <= 2*near {
				return true
			}
		}
		return false
	case library.ShapeRegions:
		for _, r := range m.Regions() {
			if in(r) {
				return true
			}
		}
		return false
	case library.ShapeRegion, library.ShapePlace:
	}
	return in(m.Bounds())
}

// distance is that of a point from a line from a to b.
func distance(x, y, ax, ay, bx, by float64) float64 {
	dx, dy := bx-ax, by-ay
	t := 0.0
	if d := dx*dx + dy*dy; d > 0 {
		t = max(0, min(1, ((x-ax)*dx+(y-ay)*dy)/d))
	}
	return math.Hypot(x-ax-t*dx, y-ay-t*dy)
}

// Handles are the points by which a mark is stretched: its ends, or the corners and middles of its bounds
// in reading order. A text and a highlight of several lines have none.
func Handles(m library.Mark) []library.Point {
	switch shape := m.Kind.Shape(); {
	case shape == library.ShapePlace, shape == library.ShapeRegions && len(m.Points) > 2:
		return nil
	case shape == library.ShapeEnds:
		return m.Points
	}
	b := m.Bounds()
	cx, cy := (b.X0+b.X1)/2, (b.Y0+b.Y1)/2
	return []library.Point{
		{X: b.X0, Y: b.Y0},
		{X: cx, Y: b.Y0},
		{X: b.X1, Y: b.Y0},
		{X: b.X0, Y: cy},
		{X: b.X1, Y: cy},
		{X: b.X0, Y: b.Y1},
		{X: cx, Y: b.Y1},
		{X: b.X1, Y: b.Y1},
	}
}

// sides tells which sides of the bounds each of the eight handles moves: left, top, right, bottom.
var sides = [8][4]bool{
	{true, true, false, false},
	{false, true, false, false},
	{false, true, true, false},
	{true, false, false, false},
	{false, false, true, false},
	{true, false, false, true},
	{false, false, false, true},
	{false, false, true, true},
}

// Stretch is the mark with one of its handles at another point. It never becomes smaller than what can be
// picked again.
func Stretch(m library.Mark, handle int, to library.Point) library.Mark {
	to = within(to)
	if m.Kind.Shape() == library.ShapeEnds {
		points := append([]library.Point(nil), m.Points...)
		points[handle] = to
		m.Points = points
		return m
	}
	b, side := m.Bounds(), sides[handle]
	if side[0] {
		b.X0 = min(to.X, b.X1-least)
	}
	if side[1] {
		b.Y0 = min(to.Y, b.Y1-least)
	}
	if side[2] {
		b.X1 = max(to.X, b.X0+least)
	}
	if side[3] {
		b.Y1 = max(to.Y, b.Y0+least)
	}
	return m.Fitted(b)
}

// Grown is the mark with its right and lower side moved by parts of the page, for the keyboard.
func Grown(m library.Mark, dx, dy float64) library.Mark {
	if m.Kind.Shape() == library.ShapePlace {
		return m
	}
	if m.Kind.Shape() == library.ShapeEnds {
		return Stretch(m, 1, library.Point{X: m.Points[1].X + dx, Y: m.Points[1].Y + dy})
	}
	b := m.Bounds()
	b.X1, b.Y1 = min(1, max(b.X0+least, b.X1+dx)), min(1, max(b.Y0+least, b.Y1+dy))
	return m.Fitted(b)
}

// Placed is a mark of a usual size in the middle of the part of the page that is looked at, for the keyboard.
func Placed(kind library.MarkKind, view library.Rect) library.Mark {
	v := view.Or()
	cx, cy, w, h := (v.X0+v.X1)/2, (v.Y0+v.Y1)/2, (v.X1-v.X0)/6, (v.Y1-v.Y0)/16
	if kind.Shape() == library.ShapeRegions {
		h /= 3
	}
	a, b := library.Point{X: cx - w, Y: cy - h}, library.Point{X: cx + w, Y: cy + h}
	m := library.Mark{Kind: kind, Points: []library.Point{a, b}}
	if kind.Shape() == library.ShapePlace {
		m.Points = m.Points[:1]
	}
	return m
}
