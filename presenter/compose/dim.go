package compose

import (
	"encoding/binary"
	"image"
	"math"
)

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

// reach is the rectangle outside of which the hole gives no light, core one in which it leaves all.
func (h hole) reach() image.Rectangle { return h.grown(max(1, h.soft)/2 + 1) }
func (h hole) core() image.Rectangle  { return h.grown(-max(1, h.soft)/2 - h.radius - 1) }

func (h hole) grown(by float64) image.Rectangle {
	a, b := h.a.minus(point{by, by}), h.b.plus(point{by, by})
	if a.x >= b.x || a.y >= b.y {
		return image.Rectangle{}
	}
	return pixels(a, b)
}

// dim takes part of the light, 0..1, of all that is outside of the holes.
func dim(dst *image.RGBA, clip image.Rectangle, part float64, holes []hole) {
	dark := uint64(math.Round(256 * (1 - part)))
	reach, core := make([]image.Rectangle, len(holes)), make([]image.Rectangle, len(holes))
	for i, h := range holes {
		reach[i], core[i] = h.reach(), h.core()
	}
	for y := clip.Min.Y; y < clip.Max.Y; y++ {
		row := dst.Pix[dst.PixOffset(clip.Min.X, y):][:4*clip.Dx()]
		for x := clip.Min.X; x < clip.Max.X; {
			p := image.Pt(x, y)
			if bright, until := along(core, p, clip.Max.X); bright {
				x = until
				continue
			}
			near, until := along(reach, p, clip.Max.X)
			if !near {
				darken(row[4*(x-clip.Min.X):4*(until-clip.Min.X)], dark)
				x = until
				continue
			}
			light := 0.0
			for _, h := range holes {
				light = max(light, h.light(float64(x)+0.5, float64(y)+0.5))
			}
			darken(row[4*(x-clip.Min.X):][:4], uint64(math.Round(256*(1-part*(1-light)))))
			x++
		}
	}
}

// along tells whether a point is in one of the rectangles, and up to where in its row, below end, that stays
// so.
func along(rects []image.Rectangle, p image.Point, end int) (in bool, until int) {
	until = end
	for _, r := range rects {
		switch {
		case p.Y < r.Min.Y || p.Y >= r.Max.Y || p.X >= r.Max.X:
		case p.X >= r.Min.X:
			return true, min(r.Max.X, end)
		default:
			until = min(until, r.Min.X)
		}
	}
	return false, until
}

// darken lays black over pixels so that keep/256 of their light stays; where there is nothing, black comes. Two
// pixels go at a time, every other of their values in one number.
func darken(pix []uint8, keep uint64) {
	const even = 0x00ff00ff00ff00ff
	black := (255 - 255*keep>>8) << 24
	black |= black << 32
	dark := func(v uint64) uint64 { return ((v&even)*keep>>8&even | (v>>8&even)*keep&^even) + black }
	for len(pix) >= 8 {
		binary.LittleEndian.PutUint64(pix, dark(binary.LittleEndian.Uint64(pix)))
		pix = pix[8:]
	}
	if len(pix) >= 4 {
		binary.LittleEndian.PutUint32(pix, uint32(dark(uint64(binary.LittleEndian.Uint32(pix)))))
	}
}
