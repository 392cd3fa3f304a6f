package compose

import (
	"cmp"
	"image"
	"image/color"
	"math"
	"slices"

	xdraw "golang.org/x/image/draw"

	"butluc/library"
)

// How large a callout becomes that has no place of its own.
const (
	widest   = 0.92 // of the pane
	highest  = 0.45
	together = 0.90 // of the pane's height, for all of them
	most     = 6.0  // times as large as on the page
)

// Callout is a part of a page that comes forward, and how large its picture may be.
type Callout struct {
	View library.Rect // of the page once turned
	Max  image.Point  // pixels
}

// Callouts tells which parts of a page come forward in a box for the page (see [Place]), before
// there is any picture: those of the callouts whose part is in view, in the order of the marks. A picture no
// larger than Max is shown at its own pixels.
func Callouts(box image.Point, view library.Rect, turn library.Turn, marks []library.Mark) []Callout {
	var callouts []Callout
	for _, f := range comingForward(box, view, turn, sound(marks)) {
		callouts = append(callouts, f.Callout)
	}
	return callouts
}

// forward is a callout that is seen.
type forward struct {
	Callout
	mark library.Mark
}

func comingForward(box image.Point, view library.Rect, turn library.Turn, marks []library.Mark) []forward {
	view = view.Or()
	var list []forward
	free := 0 // that have no place of their own
	for _, m := range marks {
		if m.Kind != library.MarkCallout {
			continue
		}
		part := overlap(m.Bounds().Turned(int(turn)), library.WholePage)
		if !part.Valid() || !overlap(part, view).Valid() {
			continue
		}
		list = append(list, forward{Callout{View: part}, m})
		if m.To == (library.Rect{}) {
			free++
		}
	}
	w, h := float64(box.X), float64(box.Y)
	for i, f := range list {
		own := f.mark.To
		x, y := w*(own.X1-own.X0), h*(own.Y1-own.Y0)
		if own == (library.Rect{}) {
			x = min(widest*w, most*w*(f.View.X1-f.View.X0)/(view.X1-view.X0))
			y = min(highest*h, together*h/float64(free), most*h*(f.View.Y1-f.View.Y0)/(view.Y1-view.Y0))
		}
		list[i].Max = image.Pt(max(1, min(int(x), box.X)), max(1, min(int(y), box.Y)))
	}
	return list
}

func overlap(a, b library.Rect) library.Rect {
	return library.Rect{X0: max(a.X0, b.X0), Y0: max(a.Y0, b.Y0), X1: min(a.X1, b.X1), Y1: min(a.Y1, b.Y1)}
}

// CalloutsAt is where the sheet's callouts come to stand in a box for its page, in the order of [Callouts].
func (s Sheet) CalloutsAt(box image.Rectangle) []image.Rectangle {
	if s.Picture == nil {
		return nil
	}
	s.Marks = sound(s.Marks)
	at := Fit(box, s.Picture.Rect.Size())
	page := surface{clip: at.Intersect(box), pane: box, Map: MapOf(at, s.View, s.Turn)}
	return s.placed(page, comingForward(box.Size(), s.View, s.Turn, s.Marks))
}

// placed is where callouts come to stand.
func (s Sheet) placed(page surface, list []forward) []image.Rectangle {
	places := make([]image.Rectangle, len(list))
	var free []int
	var busy []image.Rectangle // what had better not be covered
	for i, f := range list {
		busy = append(busy, page.part(f))
		if to := f.mark.To; to != (library.Rect{}) {
			places[i] = Fit(MapOf(page.pane, library.WholePage, 0).cover(to), s.sizeOf(i, f))
			busy = append(busy, places[i])
		} else {
			free = append(free, i)
		}
	}
	slices.SortStableFunc(free, func(a, b int) int {
		return cmp.Compare(page.part(list[a]).Min.Y, page.part(list[b]).Min.Y)
	})
	room := inner(page.pane)
	for _, i := range free {
		places[i] = besides(page.part(list[i]), s.sizeOf(i, list[i]), room, busy)
		busy = append(busy, places[i])
	}
	pushApart(places, free, room)
	return places
}

// inner is the pane without a margin for the frames of callouts.
func inner(pane image.Rectangle) image.Rectangle {
	return pane.Inset(min(int(3*thin(pane))+1, pane.Dx()/30, pane.Dy()/30))
}

// thin is the width of guides, in pixels; frames are twice as wide.
func thin(pane image.Rectangle) float64 {
	return max(1.5, float64(min(pane.Dx(), pane.Dy()))/500)
}

// part is where on the page that which comes forward lies, as far as it is seen.
func (s surface) part(f forward) image.Rectangle { return s.cover(f.mark.Bounds()).Intersect(s.clip) }

// sizeOf is the size of a callout: that of its picture where there is room for it.
func (s Sheet) sizeOf(i int, f forward) image.Point {
	size := s.pixels(i, f).Size()
	if s.picture(i) == nil {
		size = size.Mul(1 << 10) // enlarged as far as it may be
	}
	if size.X > f.Max.X || size.Y > f.Max.Y {
		size = Within(size, f.Max)
	}
	return size
}

// picture is the sharp one of a callout, or nil.
func (s Sheet) picture(i int) *image.RGBA {
	if i < len(s.Callouts) && s.Callouts[i] != nil && !s.Callouts[i].Rect.Empty() {
		return s.Callouts[i]
	}
	return nil
}

// pixels are those of its sharp picture or, where that is missing, of the page's picture that show its part.
func (s Sheet) pixels(i int, f forward) image.Rectangle {
	if p := s.picture(i); p != nil {
		return p.Rect
	}
	all := s.Picture.Rect
	r := MapOf(all, s.View, s.Turn).cover(f.mark.Bounds()).Intersect(all)
	if r.Empty() { // a sliver at the edge
		return image.Rectangle{all.Min, all.Min.Add(image.Pt(1, 1))}
	}
	return r
}

// besides is the place for a callout: under its part, over it or, where neither has room, upon it; that which
// covers least of what is busy.
func besides(part image.Rectangle, size image.Point, room image.Rectangle, busy []image.Rectangle) image.Rectangle {
	gap := room.Dy() / 50
	x := max(room.Min.X, min((part.Min.X+part.Max.X-size.X)/2, room.Max.X-size.X))
	var best image.Rectangle
	least := math.MaxInt
	for _, y := range []int{part.Max.Y + gap, part.Min.Y - gap - size.Y, (part.Min.Y + part.Max.Y - size.Y) / 2} {
		y = max(room.Min.Y, min(y, room.Max.Y-size.Y))
		at := image.Rectangle{image.Pt(x, y), image.Pt(x, y).Add(size)}
		covered := 0
		for _, b := range busy {
			common := at.Intersect(b)
			covered += common.Dx() * common.Dy()
		}
		if covered < least {
			best, least = at, covered
		}
	}
	return best
}

// pushApart moves places up or down, in their order, until they stay in the pane and clear of each other, as
// far as there is room.
func pushApart(places []image.Rectangle, order []int, pane image.Rectangle) {
	left := pane.Dy()
	for _, i := range order {
		left -= places[i].Dy()
	}
	gap := max(0, min(pane.Dy()/50, left/(len(order)+1)))
	move := func(i, y int) { places[i] = places[i].Add(image.Pt(0, y-places[i].Min.Y)) }
	next := pane.Min.Y
	for _, i := range order {
		move(i, max(places[i].Min.Y, next))
		next = places[i].Max.Y + gap
	}
	next = pane.Max.Y
	for _, i := range slices.Backward(order) {
		move(i, max(pane.Min.Y, min(places[i].Min.Y, next-places[i].Dy())))
		next = places[i].Min.Y - gap
	}
}

// bringForward draws the sheet's callouts over its page.
func (s Sheet) bringForward(page surface) {
	list := comingForward(page.pane.Size(), s.View, s.Turn, s.Marks)
	if len(list) == 0 {
		return
	}
	places := s.placed(page, list)
	var parts []hole
	for _, f := range list {
		r := page.part(f)
		parts = append(parts, hole{a: point{float64(r.Min.X), float64(r.Min.Y)}, b: point{float64(r.Max.X), float64(r.Max.Y)}})
	}
	dim(page.dst, page.clip, forwardDim, parts)
	over := page
	over.clip = page.pane
	for i, f := range list {
		ink := Color(f.mark.Color, f.mark.Kind)
		page.paint(page.outline(library.Mark{Kind: library.MarkBox, Points: f.mark.Points, Width: 0.6}), ink)
		over.paint(guides(parts[i], places[i], thin(page.pane)), ink)
	}
	for i, f := range list {
		s.bringOne(over, i, f, places[i])
	}
}

// bringOne draws one callout at its place, with the marks that lie in its part.
func (s Sheet) bringOne(over surface, i int, f forward, at image.Rectangle) {
	w := thin(over.pane)
	over.paint(around(at, 2.5*w, w), faded(color.RGBA{}, 0.5))
	over.paint(around(at, w, 2*w), color.RGBA{255, 255, 255, 255})

	view := f.View
	if s.picture(i) == nil {
		view = overlap(f.View, s.View.Or())
	}
	part := surface{over.dst, at.Intersect(over.clip), at.Intersect(over.clip), MapOf(at, view, s.Turn)}
	if p := s.picture(i); p != nil && p.Rect.Size() == at.Size() {
		part.put(p, s.Marks, s.Adjust)
	} else {
		s.enlarge(part, i, f)
	}
	part.draw(slices.DeleteFunc(slices.Clone(s.Marks), func(m library.Mark) bool { return m.Kind == library.MarkSpotlight }))
}

// around is a line around a rectangle, its middle some way outside.
func around(at image.Rectangle, out, width float64) path {
	a := point{float64(at.Min.X) - out, float64(at.Min.Y) - out}
	b := point{float64(at.Max.X) + out, float64(at.Max.Y) + out}
	var p path
	p.line([]point{a, {b.x, a.y}, b, {a.x, b.y}}, true, width)
	return p
}

// enlarge fills a callout from a picture of another size, of which only a copy without what is redacted is
// looked at.
func (s Sheet) enlarge(part surface, i int, f forward) {
	source, view := s.picture(i), f.View
	if source == nil {
		source, view = s.Picture, s.View
	}
	from := s.pixels(i, f)
	clean := surface{dst: image.NewRGBA(from), clip: from, Map: MapOf(source.Rect, view, s.Turn)}
	clean.put(source, s.Marks, s.Adjust)
	scaled := part.dst.SubImage(part.clip).(*image.RGBA)
	xdraw.CatmullRom.Scale(scaled, part.at, clean.dst, from, xdraw.Src, nil)
}

// guides lead from the corners of a part of the page to those of its callout, from side to facing side.
func guides(part hole, at image.Rectangle, width float64) path {
	a, b := point{float64(at.Min.X), float64(at.Min.Y)}, point{float64(at.Max.X), float64(at.Max.Y)}
	under, over := a.y-part.b.y, part.a.y-b.y
	right, left := a.x-part.b.x, part.a.x-b.x
	var p path
	lead := func(from, to point) { p.line([]point{from, to}, false, width) }
	switch widest := max(under, over, right, left); widest {
	case under:
		lead(point{part.a.x, part.b.y}, a)
		lead(part.b, point{b.x, a.y})
	case over:
		lead(part.a, point{a.x, b.y})
		lead(point{part.b.x, part.a.y}, b)
	case right:
		lead(point{part.b.x, part.a.y}, a)
		lead(part.b, point{a.x, b.y})
	default:
		lead(part.a, point{b.x, a.y})
		lead(point{part.a.x, part.b.y}, b)
	}
	return p
}
