package compose

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"sync"

	"golang.org/x/image/vector"
)

// side is the length of the tiles, in pixels, in which an area is filled. A frame's mask is never whole in
// memory, tiles that nothing of the area is in cost nothing, and the rasterizer stays in the range where it
// counts in whole numbers.
const side = 256

// brush is what a tile is filled with.
type brush struct {
	raster vector.Rasterizer
	mask   image.Alpha
}

var brushes = sync.Pool{New: func() any { return &brush{mask: image.Alpha{Pix: make([]uint8, side*side)}} }}

// fill paints an area of the picture within clip, tile by tile.
func (p path) fill(clip image.Rectangle, paint func(at image.Rectangle, mask *image.Alpha)) {
	all := p.bounds().Intersect(clip)
	if all.Empty() {
		return
	}
	b := brushes.Get().(*brush)
	defer brushes.Put(b)
	for y := all.Min.Y; y < all.Max.Y; y += side {
		for x := all.Min.X; x < all.Max.X; x += side {
			at := image.Rect(x, y, min(x+side, all.Max.X), min(y+side, all.Max.Y))
			if p.touches(at) {
				paint(at, b.rasterize(p, at))
			}
		}
	}
}

// bounds is the smallest rectangle of whole pixels with all of the area in it.
func (p path) bounds() image.Rectangle {
	if len(p) == 0 {
		return image.Rectangle{}
	}
	a, b := p[0].a, p[0].a
	for _, e := range p {
		a = point{min(a.x, e.a.x), min(a.y, e.a.y)}
		b = point{max(b.x, e.a.x), max(b.y, e.a.y)}
	}
	return pixels(a, b)
}

// touches tells whether something of the area may be in a tile: an edge runs through it or through the rows to
// its left, or it lies in the middle of a polygon.
func (p path) touches(tile image.Rectangle) bool {
	x0, x1 := float64(tile.Min.X), float64(tile.Max.X)
	y0, y1 := float64(tile.Min.Y), float64(tile.Max.Y)
	winding := 0
	for _, e := range p {
		top, foot := min(e.a.y, e.b.y), max(e.a.y, e.b.y)
		if foot <= y0 || top >= y1 || min(e.a.x, e.b.x) >= x1 {
			continue
		}
		if max(e.a.x, e.b.x) > x0 || top > y0 || foot < y1 {
			return true
		}
		if e.a.y < e.b.y {
			winding++
		} else {
			winding--
		}
	}
	return winding != 0
}

// rasterize is the area's mask of a tile, valid until the next one.
func (b *brush) rasterize(p path, at image.Rectangle) *image.Alpha {
	size := at.Size()
	b.raster.Reset(size.X, size.Y)
	b.raster.DrawOp = draw.Src
	corner, w, h := point{float64(at.Min.X), float64(at.Min.Y)}, float64(size.X), float64(size.Y)
	for _, e := range p {
		b.edge(e.a.minus(corner), e.b.minus(corner), w, h)
	}
	b.mask.Pix, b.mask.Stride, b.mask.Rect = b.mask.Pix[:size.X*size.Y], size.X, image.Rectangle{Max: size}
	b.raster.Draw(&b.mask, b.mask.Rect, image.Opaque, image.Point{})
	b.mask.Rect = at
	return &b.mask
}

// edge hands an edge to the rasterizer, which knows nothing outside of the tile: rows above and below are
// cut off, and what is beside the tile stands at its sides, where it counts the same.
func (b *brush) edge(p, q point, w, h float64) {
	if p.y == q.y || max(p.y, q.y) <= 0 || min(p.y, q.y) >= h {
		return
	}
	a, c := atHeight(p, q, max(0, min(p.y, h))), atHeight(p, q, max(0, min(q.y, h)))
	b.raster.MoveTo(clamped(a, w))
	from := a
	first, second := 0.0, w
	if a.x > c.x {
		first, second = w, 0
	}
	for _, x := range [2]float64{first, second} {
		if (a.x < x) != (c.x < x) && a.x != x && c.x != x {
			crossing := point{x, a.y + (c.y-a.y)*(x-a.x)/(c.x-a.x)}
			b.lineTo(from, crossing, w)
			from = crossing
		}
	}
	b.lineTo(from, c, w)
}

// lineTo goes on in lengths of few rows: from row to row the rasterizer rounds down where its line is, and a
// long one would stray by half a pixel.
func (b *brush) lineTo(from, to point, w float64) {
	const rows = 16
	n := math.Ceil(math.Abs(to.y-from.y) / rows)
	for i := 1.0; i < n; i++ {
		b.raster.LineTo(clamped(from.plus(to.minus(from).times(i/n)), w))
	}
	b.raster.LineTo(clamped(to, w))
}

func atHeight(p, q point, y float64) point {
	switch y {
	case p.y:
		return p
	case q.y:
		return q
	}
	return point{p.x + (q.x-p.x)*(y-p.y)/(q.y-p.y), y}
}

func clamped(p point, w float64) (x, y float32) { return float32(max(0, min(p.x, w))), float32(p.y) }

// paint fills an area with a colour, which is premultiplied.
func (s surface) paint(p path, c color.RGBA) {
	ink := image.NewUniform(c)
	p.fill(s.clip, func(at image.Rectangle, mask *image.Alpha) {
		draw.DrawMask(s.dst, at, ink, image.Point{}, mask, at.Min, draw.Over)
	})
}

// tint multiplies an area with a colour, as a marker pen does: paper takes the colour, print stays black.
func (s surface) tint(p path, c color.RGBA) {
	p.fill(s.clip, func(at image.Rectangle, mask *image.Alpha) {
		for y := at.Min.Y; y < at.Max.Y; y++ {
			row := s.dst.Pix[s.dst.PixOffset(at.Min.X, y):][:4*at.Dx()]
			for x, a := range mask.Pix[(y-at.Min.Y)*mask.Stride:][:at.Dx()] {
				if a == 0 {
					continue
				}
				v := row[4*x : 4*x+4 : 4*x+4]
				v[0], v[1], v[2] = multiplied(v[0], c.R, a), multiplied(v[1], c.G, a), multiplied(v[2], c.B, a)
			}
		}
	})
}

// multiplied is v × c/255, as far as a/255 of the pixel is covered.
func multiplied(v, c, a uint8) uint8 {
	left := 255*255 - uint32(a)*uint32(255-c)
	return uint8((uint32(v)*left + 255*255/2) / (255 * 255))
}
