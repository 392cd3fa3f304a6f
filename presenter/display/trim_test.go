package display

import (
	"image"
	"image/color"
	"image/draw"
	"testing"
)

func TestTrimFindsWhatIsInsideTheMargins(t *testing.T) {
	grey := color.RGBA{9, 9, 9, 255}
	for _, c := range []struct {
		name string
		draw []image.Rectangle
		want image.Rectangle
	}{
		{"one colour", nil, image.Rectangle{}},
		{"a page in the middle", []image.Rectangle{image.Rect(30, 0, 70, 60)}, image.Rect(30, 0, 70, 60)},
		{"a wide picture", []image.Rectangle{image.Rect(0, 10, 100, 50)}, image.Rect(0, 10, 100, 50)},
		{"two specks", []image.Rectangle{image.Rect(80, 5, 81, 6), image.Rect(10, 50, 11, 51)}, image.Rect(10, 5, 81, 51)},
		{"the last pixel", []image.Rectangle{image.Rect(99, 59, 100, 60)}, image.Rect(99, 59, 100, 60)},
	} {
		t.Run(c.name, func(t *testing.T) {
			// A part of a larger picture, as a frame may be.
			whole := image.NewRGBA(image.Rect(0, 0, 120, 80))
			frame := whole.SubImage(image.Rect(7, 5, 107, 65)).(*image.RGBA)
			draw.Draw(frame, frame.Rect, image.NewUniform(grey), image.Point{}, draw.Src)
			for _, r := range c.draw {
				draw.Draw(frame, r.Add(frame.Rect.Min), image.White, image.Point{}, draw.Src)
			}
			inner, ground := trim(frame)
			if inner != c.want || ground != [4]byte{9, 9, 9, 255} {
				t.Errorf("inner %v on %v, want %v", inner, ground, c.want)
			}
		})
	}
}

// The first pixel decides the ground; a picture that touches the corner has no margins there.
func TestTrimOfAPictureInTheCorner(t *testing.T) {
	frame := image.NewRGBA(image.Rect(0, 0, 10, 10))
	frame.SetRGBA(0, 0, color.RGBA{1, 2, 3, 255})
	if inner, _ := trim(frame); inner != image.Rect(0, 0, 10, 10) {
		t.Errorf("inner %v", inner)
	}
}

func BenchmarkTrimUprightPage(b *testing.B) {
	frame := image.NewRGBA(image.Rect(0, 0, 1920, 1080))
	draw.Draw(frame, image.Rect(578, 0, 1342, 1080), image.White, image.Point{}, draw.Src)
	for b.Loop() {
		trim(frame)
	}
}
