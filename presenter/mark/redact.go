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
			draw.Draw(s.dst, s.cover(r).Inset(-fringe).Intersect(s.clip), image.Black, image.Point{}, draw.Src)
		}
	}
}
