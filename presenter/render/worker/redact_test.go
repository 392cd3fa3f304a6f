//go:build cgo

package worker

import (
	"image"
	"image/color"
	"image/draw"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"

	"butluc/library"
	"butluc/presenter/compose"
)

// Two photographs that differ only in what is redacted, up to the redaction's very edge, make the same frame:
// what a filter carries over that edge, where the view begins within a point of the photograph too, is
// painted black. That holds for photographs as small as old cameras make them, 640 by 480 points.
func TestAPhotographCarriesNothingOutOfARedaction(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := image.Pt(rapid.IntRange(460, 1200).Draw(t, "width"), rapid.IntRange(460, 1200).Draw(t, "height"))
		x, y := rapid.IntRange(60, size.X-120).Draw(t, "x"), rapid.IntRange(60, size.Y-120).Draw(t, "y")
		hidden := image.Rect(x, y, x+40, y+40)
		turn := library.Turn(rapid.IntRange(0, 3).Draw(t, "turn"))
		part := func(p image.Point) library.Point {
			return library.Point{X: float64(p.X) / float64(size.X), Y: float64(p.Y) / float64(size.Y)}
		}
		a, b := part(hidden.Min), part(hidden.Max)
		redaction := library.RectOf(a, b).Turned(int(turn))
		around := rapid.Float64Range(0.03, 0.3).Draw(t, "half of the view")
		cx := rapid.Float64Range(redaction.X0, redaction.X1).Draw(t, "around x")
		cy := rapid.Float64Range(redaction.Y0, redaction.Y1).Draw(t, "around y")
		view := library.Rect{X0: max(0, cx-around), Y0: max(0, cy-around), X1: min(1, cx+around), Y1: min(1, cy+around)}
		marks := library.MarksOf(library.Mark{Kind: library.MarkRedaction, Points: []library.Point{a, b}}).List()
		frameSize := image.Pt(960, 540)

		var frames [2]*image.RGBA
		noise := rand.New(rand.NewPCG(1, uint64(size.X)))
		ground := image.NewRGBA(image.Rectangle{Max: size})
		for i := range ground.Pix {
			ground.Pix[i] = uint8(noise.Uint32())
			if i%4 == 3 {
				ground.Pix[i] = 255
			}
		}
		for i, inside := range [2]color.RGBA{{0, 0, 0, 255}, {255, 255, 255, 255}} {
			photo := image.NewRGBA(ground.Rect)
			copy(photo.Pix, ground.Pix)
			draw.Draw(photo, hidden, image.NewUniform(inside), image.Point{}, draw.Src)
			picture, err := drawPhoto(photo, view, turn, frameSize)
			if err != nil {
				t.Fatal(err)
			}
			if frames[i], err = compose.Compose(frameSize, compose.Sheet{Picture: picture, View: view, Turn: turn, Marks: marks}); err != nil {
				t.Fatal(err)
			}
		}
		for i := range frames[0].Pix {
			if frames[0].Pix[i] != frames[1].Pix[i] {
				p := image.Pt(i%frames[0].Stride/4, i/frames[0].Stride)
				t.Fatalf("at %v of the frame, whose view is %v of %v: %v, or %v", p, view, size, frames[0].RGBAAt(p.X, p.Y), frames[1].RGBAAt(p.X, p.Y))
			}
		}
	})
}
