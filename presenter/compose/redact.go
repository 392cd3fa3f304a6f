package compose

import (
	"image"
	"image/draw"
	"math"

	"butluc/library"
)

// How much further than its edge a redaction reaches: as far as the renderer's filters carry a point of a
// scan. They carry it 3 pixels of the frame where they shrink (Lanczos). Where they enlarge a photograph they
// carry it 2 of its own points (CatmullRom), and half of one more, since they begin at whole points; that is
// this part of the page's shorter side for photographs of 460 points and more: a millimetre of an A4 sheet.
const (
	fringe      = 3
	fringeOfOne = 0.0055
)

func (s surface) fringe() int { return max(fringe, int(math.Ceil(fringeOfOne*bounded(s.Shorter())))) }

// redact paints the redacted parts black, by whole pixels.
func (s surface) redact(marks []library.Mark) {
	for _, m := range marks {
		if !m.Kind.Hides() {
			continue
		}
		for _, r := range m.Regions() {
			draw.Draw(s.dst, s.hides(r).Intersect(s.clip), image.Black, image.Point{}, draw.Src)
		}
	}
}

// hides is the pixels that may tell something of a redacted part. An edge that lies between two of them, but for
// what floating numbers round, takes the further one.
func (s surface) hides(r library.Rect) image.Rectangle {
	const rounding = 1e-6
	a, b := s.corners(r)
	return pixels(a.minus(point{rounding, rounding}), b.plus(point{rounding, rounding})).Inset(-s.fringe())
}
