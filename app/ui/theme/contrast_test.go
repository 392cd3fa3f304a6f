package theme

import (
	"image/color"
	"math"
	"testing"
)

// luminance and contrast are WCAG 2.2's: 1.0 for two alike, 21 for black on white.
func luminance(c color.NRGBA) float64 {
	linear := func(v uint8) float64 {
		x := float64(v) / 255
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

// Whatever is written in a colour can be read on every ground, in every look.
func TestWordsCanBeReadOnEveryGround(t *testing.T) {
	white := color.NRGBA{255, 255, 255, 255}
	for look, palette := range palettes {
		for _, words := range []Token{Text, Muted, Program, Preview, Warn, Accent} {
			for _, ground := range []Token{Ground, Surface, Raised} {
				if c := contrast(palette[words], palette[ground]); c < 4.5 {
					t.Errorf("%v: colour %d on ground %d has a contrast of %.2f", look, words, ground, c)
				}
			}
		}
		if c := contrast(white, palette[Strong]); c < 4.5 {
			t.Errorf("%v: the letters of the main button have a contrast of %.2f", look, c)
		}
	}
}
