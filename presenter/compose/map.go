package compose

import (
	"image"
	"math"

	"butluc/library"
)

// Map tells where points of an upright page lie in a frame, and back.
type Map struct {
	at   image.Rectangle // of the view's picture, in frame pixels
	view library.Rect    // of the page once turned
	turn library.Turn
}

// MapOf is the map of a page whose view, of the page once turned, stands at the rectangle of a frame.
func MapOf(at image.Rectangle, view library.Rect, turn library.Turn) Map {
	return Map{at, view.Or(), turn}
}

// ToFrame is where a point of the upright page lies, in pixels of the frame.
func (m Map) ToFrame(p library.Point) (x, y float64) {
	p = p.Turned(int(m.turn))
	return float64(m.at.Min.X) + (p.X-m.view.X0)/(m.view.X1-m.view.X0)*float64(m.at.Dx()),
		float64(m.at.Min.Y) + (p.Y-m.view.Y0)/(m.view.Y1-m.view.Y0)*float64(m.at.Dy())
}

// ToPage is the point of the upright page at a place of the frame; not of the page where that is
// outside.
func (m Map) ToPage(x, y float64) library.Point {
	p := library.Point{X: m.view.X0, Y: m.view.Y0}
	if !m.at.Empty() {
		p.X += (x - float64(m.at.Min.X)) / float64(m.at.Dx()) * (m.view.X1 - m.view.X0)
		p.Y += (y - float64(m.at.Min.Y)) / float64(m.at.Dy()) * (m.view.Y1 - m.view.Y0)
	}
	return p.Turned(-int(m.turn))
}

// Shorter is the length of the whole page's shorter side, in pixels of the frame; the widths of lines and the
// size of texts are parts of it.
func (m Map) Shorter() float64 {
	return min(float64(m.at.Dx())/(m.view.X1-m.view.X0), float64(m.at.Dy())/(m.view.Y1-m.view.Y0))
}

func (m Map) point(p library.Point) point {
	x, y := m.ToFrame(p)
	return point{x, y}
}

// corners are the upper left and the lower right one of a rectangle of the upright page.
func (m Map) corners(r library.Rect) (a, b point) {
	c, d := r.Corners()
	p, q := m.point(c), m.point(d)
	return point{min(p.x, q.x), min(p.y, q.y)}, point{max(p.x, q.x), max(p.y, q.y)}
}

// cover is the smallest rectangle of whole pixels that a rectangle of the upright page lies in.
func (m Map) cover(r library.Rect) image.Rectangle {
	return pixels(m.corners(r))
}

// pixels are those that a rectangle touches.
func pixels(a, b point) image.Rectangle {
	return image.Rect(
		int(math.Floor(bounded(a.x))), int(math.Floor(bounded(a.y))),
		int(math.Ceil(bounded(b.x))), int(math.Ceil(bounded(b.y))),
	)
}

// bounded keeps what is far outside of every frame from overflowing.
func bounded(v float64) float64 { return max(-1e6, min(v, 1e6)) }
