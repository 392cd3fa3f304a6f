package mark

import (
	"image"
	"image/draw"

	"butluc/library"
)

// fringe is how many pixels further than its edge a redaction reaches: as far as the renderer's filter
// carries a point of a scan that it shrinks.
const fringe = 3

// redact paints the redacted parts black, by whole pixels.
func (s surface) redact(marks []library.Mark) {
	for _, m := range marks {
		if m.Kind != library.MarkRedaction {
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
	return pixels(a.minus(point{rounding, rounding}), b.plus(point{rounding, rounding})).Inset(-fringe)
}
