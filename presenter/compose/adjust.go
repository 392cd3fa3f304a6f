package compose

import (
	"image"
	"image/draw"
	"math"

	"github.com/disintegration/imaging"

	"butluc/library"
)

// sharpest is the reach in pixels, a standard deviation, of the strongest sharpening.
const sharpest = 2.0

// adjust changes a part of an opaque picture: brightness, contrast, gamma, sharpness, and last white for black.
func adjust(dst *image.RGBA, at image.Rectangle, a library.Adjust) {
	if a.IsZero() || at.Empty() {
		return
	}
	part := dst.SubImage(at).(*image.RGBA)
	sharp := a.Sharpen > 0
	tone(part, library.Adjust{Brightness: a.Brightness, Contrast: a.Contrast, Gamma: a.Gamma, Invert: a.Invert && !sharp})
	if sharp {
		draw.Draw(dst, at, imaging.Sharpen(part, sharpest*float64(a.Sharpen)/100), image.Point{}, draw.Src)
		tone(part, library.Adjust{Invert: a.Invert})
	}
}

// tone changes each value by itself. What imaging makes of the 256 values that there are is what it would
// make of every pixel, in one pass instead of four.
func tone(part *image.RGBA, a library.Adjust) {
	if a.IsZero() {
		return
	}
	values := image.NewNRGBA(image.Rect(0, 0, 256, 1))
	for i := range 256 {
		copy(values.Pix[4*i:], []uint8{uint8(i), uint8(i), uint8(i), 255})
	}
	if a.Brightness != 0 {
		values = imaging.AdjustBrightness(values, float64(a.Brightness))
	}
	if a.Contrast != 0 {
		values = imaging.AdjustContrast(values, float64(a.Contrast))
	}
	if a.Gamma != 0 {
		values = imaging.AdjustGamma(values, math.Exp2(float64(a.Gamma)/50))
	}
	if a.Invert {
		values = imaging.Invert(values)
	}
	var become [256]uint8
	for i := range become {
		become[i] = values.Pix[4*i]
	}
	width := 4 * part.Rect.Dx()
	for y := range part.Rect.Dy() {
		row := part.Pix[y*part.Stride:][:width]
		for x := 0; x < width; x += 4 {
			p := row[x : x+4 : x+4]
			p[0], p[1], p[2] = become[p[0]], become[p[1]], become[p[2]]
		}
	}
}
