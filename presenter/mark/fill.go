package mark

import (
	"encoding/binary"
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
	return image.Rect(
		int(math.Floor(bounded(a.x))), int(math.Floor(bounded(a.y))),
		int(math.Ceil(bounded(b.x))), int(math.Ceil(bounded(b.y))),
	)
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
	first, second := 0.0, w
	if a.x > c.x {
		first, second = w, 0
	}
	for _, x := range [2]float64{first, second} {
		if (a.x < x) != (c.x < x) && a.x != x && c.x != x {
			b.raster.LineTo(float32(x), float32(a.y+(c.y-a.y)*(x-a.x)/(c.x-a.x)))
		}
	}
	b.raster.LineTo(clamped(c, w))
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

// hole is a rectangle, in pixels, that stays as bright as it is; its edge is soft by so many pixels.
type hole struct {
	a, b         point
	radius, soft float64
}

// light is how much of a point's light stays, 1 within the hole, 0 well outside.
func (h hole) light(x, y float64) float64 {
	c := h.a.plus(h.b).times(0.5)
	r := min(h.radius, (h.b.x-h.a.x)/2, (h.b.y-h.a.y)/2)
	dx, dy := math.Abs(x-c.x)-(h.b.x-c.x)+r, math.Abs(y-c.y)-(h.b.y-c.y)+r
	distance := math.Hypot(max(0, dx), max(0, dy)) + min(max(dx, dy), 0) - r
	return max(0, min(0.5-distance/max(1, h.soft), 1))
}

// reach is the rectangle outside of which the hole gives no light.
func (h hole) reach() image.Rectangle {
	grow := max(1, h.soft)/2 + 1
	return image.Rect(
		int(bounded(h.a.x-grow)), int(bounded(h.a.y-grow)), int(bounded(h.b.x+grow))+1, int(bounded(h.b.y+grow))+1,
	)
}

// dim takes part of the light, 0..1, of all that is outside of the holes.
func dim(dst *image.RGBA, clip image.Rectangle, part float64, holes []hole) {
	dark := uint32(math.Round(256 * (1 - part)))
	reach := make([]image.Rectangle, len(holes))
	for i, h := range holes {
		reach[i] = h.reach()
	}
	for y := clip.Min.Y; y < clip.Max.Y; y++ {
		row := dst.Pix[dst.PixOffset(clip.Min.X, y):][:4*clip.Dx()]
		for x := clip.Min.X; x < clip.Max.X; {
			near, until := nearest(reach, image.Pt(x, y), clip.Max.X)
			if near {
				light := 0.0
				for _, h := range holes {
					light = max(light, h.light(float64(x)+0.5, float64(y)+0.5))
				}
				until = x + 1
				darken(row[4*(x-clip.Min.X):][:4], uint32(math.Round(256*(1-part*(1-light)))))
			} else {
				darken(row[4*(x-clip.Min.X):4*(until-clip.Min.X)], dark)
			}
			x = until
		}
	}
}

// nearest tells whether a point is within reach of a hole, and if it is not, where in its row the next reach
// may begin.
func nearest(reach []image.Rectangle, p image.Point, end int) (near bool, until int) {
	for _, r := range reach {
		switch {
		case p.Y < r.Min.Y || p.Y >= r.Max.Y || p.X >= r.Max.X:
		case p.X >= r.Min.X:
			return true, end
		default:
			end = min(end, r.Min.X)
		}
	}
	return false, end
}

// darken lays black over pixels so that keep/256 of their light stays; where there is nothing, black comes.
func darken(pix []uint8, keep uint32) {
	const even = 0xff00ff
	black := (255 - 255*keep>>8) << 24
	for len(pix) >= 4 {
		v := binary.LittleEndian.Uint32(pix)
		v = (v&even)*keep>>8&even | (v>>8&even)*keep&^even
		binary.LittleEndian.PutUint32(pix, v+black)
		pix = pix[4:]
	}
}
