package compose_test

import (
	"image"
	"image/color"
	"math"
	"testing"

	"pgregory.net/rapid"

	"butluc/library"
	"butluc/presenter/compose"
)

// What the outline's check refuses, and frames of any size, make no trouble here.
func TestNoMarkMakesTrouble(t *testing.T) {
	wild := rapid.Custom(func(t *rapid.T) library.Mark {
		m := drawMark(t)
		odd := rapid.SampledFrom([]float64{-1, 0, 0.5, 1, 2, 1e9, math.NaN(), math.Inf(1), math.Inf(-1)})
		if rapid.Bool().Draw(t, "wild") {
			m.Points = rapid.SliceOfN(rapid.Custom(func(t *rapid.T) library.Point {
				return library.Point{X: odd.Draw(t, "x"), Y: odd.Draw(t, "y")}
			}), 0, 4).Draw(t, "points")
			m.Width = odd.Draw(t, "width")
		}
		return m
	})
	rapid.Check(t, func(t *rapid.T) {
		size := image.Pt(rapid.IntRange(1, 80).Draw(t, "w"), rapid.IntRange(1, 80).Draw(t, "h"))
		s := compose.Sheet{
			Picture: plain(rapid.IntRange(1, 100).Draw(t, "page w"), rapid.IntRange(1, 100).Draw(t, "page h"), paper),
			View:    drawRect(t, "view", 1e-4),
			Turn:    library.Turn(rapid.IntRange(0, 3).Draw(t, "turn")),
			Marks:   rapid.SliceOfN(wild, 0, 6).Draw(t, "marks"),
			Adjust:  drawAdjust(t),
			Caption: rapid.SampledFrom([]string{"", "BL 45"}).Draw(t, "caption"),
		}
		for n := 1; n <= 5; n++ {
			sheets := make([]compose.Sheet, n)
			for i := range sheets {
				sheets[i] = s
			}
			if _, err := compose.Compose(size, sheets...); err != nil {
				t.Fatal(err)
			}
		}
		for _, m := range s.Marks {
			compose.Stroke(image.Rectangle{Max: size}, image.Rectangle{Max: size}, s.View, s.Turn, m)
		}
	})
}

// A redaction that nobody understands hides the page rather than nothing.
func TestAnUnsoundRedactionHidesThePage(t *testing.T) {
	for _, points := range [][]library.Point{nil, pts(10, 10), {{X: 0.1, Y: 0.1}, {X: math.NaN(), Y: 0.2}}, {{X: 0.1, Y: 0.1}, {X: 1.2, Y: 0.2}}} {
		frame := blank(t, image.Pt(100, 100), library.Rect{}, 0, library.Mark{Kind: library.MarkRedaction, Points: points})
		if got := ink(frame, color.RGBA{A: 255}); !got.Empty() {
			t.Errorf("%v: %v is still to be seen", points, got)
		}
	}
}
