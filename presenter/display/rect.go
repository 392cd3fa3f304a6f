package display

import "image"

// Rect is a rectangle in pixels of the window, x right, y down. Its edges may lie between pixels and
// beyond the window.
type Rect struct{ X0, Y0, X1, Y1 float64 }

func rectOf(r image.Rectangle) Rect {
	return Rect{float64(r.Min.X), float64(r.Min.Y), float64(r.Max.X), float64(r.Max.Y)}
}

// empty reports whether r has no area; with NaN it has none.
func (r Rect) empty() bool { return !(r.X0 < r.X1 && r.Y0 < r.Y1) }

// meet is what r and s have in common.
func (r Rect) meet(s Rect) Rect {
	return Rect{max(r.X0, s.X0), max(r.Y0, s.Y0), min(r.X1, s.X1), min(r.Y1, s.Y1)}
}

// carry is where r comes to lie when from is moved and stretched to be to.
func (r Rect) carry(from, to Rect) Rect {
	sx, sy := (to.X1-to.X0)/(from.X1-from.X0), (to.Y1-to.Y0)/(from.Y1-from.Y0)
	return Rect{
		to.X0 + (r.X0-from.X0)*sx, to.Y0 + (r.Y0-from.Y0)*sy,
		to.X0 + (r.X1-from.X0)*sx, to.Y0 + (r.Y1-from.Y0)*sy,
	}
}
