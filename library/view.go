package library

// MaxZoom is how many times larger than whole in its box a page may be shown.
const MaxZoom = 16

// ViewAt is the part of a page that is seen at a zoom, 1 being the whole page in its box, around the
// point cx, cy of the page (0..1). page and box are proportions, width to height. The view stays on
// the page; where the page is narrower than the box, all of its width is seen.
func ViewAt(page, box, zoom, cx, cy float64) Rect {
	if !(page > 0) || !(box > 0) || !(zoom > 1) {
		return Rect{}
	}
	zoom = min(zoom, MaxZoom)
	w, h := 1/zoom, 1/zoom
	if page < box { // fitted by height: width has room to spare
		w = min(1, w*box/page)
	} else {
		h = min(1, h*page/box)
	}
	x, y := clamp(cx-w/2, 0, 1-w), clamp(cy-h/2, 0, 1-h)
	return Rect{x, y, min(1, x+w), min(1, y+h)}
}

// Zoom is how many times larger than whole in its box the view shows the page.
func (r Rect) Zoom(page, box float64) float64 {
	r = r.Or()
	w, h := r.X1-r.X0, r.Y1-r.Y0
	if !(page > 0) || !(box > 0) || !(w > 0) || !(h > 0) {
		return 1
	}
	// Heights of the page when it, or the view, is fitted into a box of height 1.
	whole, viewed := min(1, box/page), min(1/h, box/(page*w))
	return viewed / whole
}

// Zoomed is the view around the same middle, larger by factor.
func (r Rect) Zoomed(page, box, factor float64) Rect {
	v := r.Or()
	return ViewAt(page, box, r.Zoom(page, box)*factor, (v.X0+v.X1)/2, (v.Y0+v.Y1)/2)
}

// ZoomedAt is the view larger by factor, with the point at fx, fy of it (0..1) staying where it is as far as
// the page goes.
func (r Rect) ZoomedAt(page, box, factor, fx, fy float64) Rect {
	v := r.Or()
	x, y := v.X0+fx*(v.X1-v.X0), v.Y0+fy*(v.Y1-v.Y0)
	next := r.Zoomed(page, box, factor).Or()
	w, h := next.X1-next.X0, next.Y1-next.Y0
	x0, y0 := clamp(x-fx*w, 0, 1-w), clamp(y-fy*h, 0, 1-h)
	if w >= 1 && h >= 1 {
		return Rect{}
	}
	return Rect{x0, y0, min(1, x0+w), min(1, y0+h)}
}

// Panned is the view moved by fractions of itself, as far as the page goes.
func (r Rect) Panned(dx, dy float64) Rect {
	if r == (Rect{}) {
		return r
	}
	w, h := r.X1-r.X0, r.Y1-r.Y0
	x, y := clamp(r.X0+dx*w, 0, 1-w), clamp(r.Y0+dy*h, 0, 1-h)
	return Rect{x, y, min(1, x+w), min(1, y+h)}
}

// WidthView is the view of a page's whole width from its top, or the whole page where that is less.
func WidthView(page, box float64) Rect {
	if !(page > 0) || !(box > page) {
		return Rect{}
	}
	return Rect{0, 0, 1, page / box}
}

func clamp(v, lo, hi float64) float64 { return max(lo, min(v, hi)) }
