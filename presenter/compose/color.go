package compose

import (
	"image/color"

	"butluc/library"
)

// hues are the names of [library.MarkColors]: how lines of this colour look, and how paper does that
// was highlighted with it, on which black print stays readable.
var hues = map[string]struct{ line, paper color.RGBA }{
	"yellow": {color.RGBA{245, 190, 0, 255}, color.RGBA{255, 235, 59, 255}},
	"orange": {color.RGBA{240, 120, 0, 255}, color.RGBA{255, 190, 90, 255}},
	"red":    {color.RGBA{220, 38, 38, 255}, color.RGBA{255, 150, 145, 255}},
	"green":  {color.RGBA{22, 143, 72, 255}, color.RGBA{150, 232, 140, 255}},
	"blue":   {color.RGBA{29, 95, 225, 255}, color.RGBA{140, 205, 255, 255}},
	"purple": {color.RGBA{134, 50, 190, 255}, color.RGBA{220, 170, 255, 255}},
	"black":  {color.RGBA{16, 16, 16, 255}, color.RGBA{188, 188, 188, 255}},
	"white":  {color.RGBA{255, 255, 255, 255}, color.RGBA{228, 228, 228, 255}},
}

// Color is how a mark of the kind looks in a colour of [library.MarkColors]; where that is none, in the
// kind's own: yellow for what is highlighted, red for lines. Redactions are black whatever their colour.
func Color(name string, kind library.MarkKind) color.RGBA {
	hue, known := hues[name]
	switch {
	case kind.Hides():
		return color.RGBA{A: 255}
	case kind.Shape() == library.ShapeRegions && !known:
		return hues["yellow"].paper
	case kind.Shape() == library.ShapeRegions:
		return hue.paper
	case !known:
		return hues["red"].line
	}
	return hue.line
}
