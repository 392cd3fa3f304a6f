package ready

import (
	"image"
	"image/color"
	"image/draw"
	"testing"
)

// text draws a page of lines in a frame: each line of ink is tall pixels high, with as much between.
func text(frame image.Rectangle, page image.Rectangle, tall int) *image.RGBA {
	p := image.NewRGBA(frame)
	draw.Draw(p, frame, image.Black, image.Point{}, draw.Src)
	draw.Draw(p, page, image.White, image.Point{}, draw.Src)
	ink := image.NewUniform(color.Gray{40})
	for y := page.Min.Y + tall; y+tall < page.Max.Y; y += 2 * tall {
		for x := page.Min.X + 40; x+12 < page.Max.X-40; x += 20 { // letters
			draw.Draw(p, image.Rect(x, y, x+5, y+tall), ink, image.Point{}, draw.Src)
		}
	}
	return p
}

func TestTextThatIsTooSmallForTheBackRowIsNoticed(t *testing.T) {
	frame := image.Rect(0, 0, 1920, 1080)
	page := image.Rect(600, 0, 1320, 1080)
	for tall, small := range map[int]bool{8: true, 12: true, 16: false, 30: false} {
		got := lineTall(text(frame, page, tall))
		if want := float64(tall) / 1080; got < want*0.95 || got > want*1.05 {
			t.Errorf("lines of %d pixels are found to be %.4f of the screen, want %.4f", tall, got, want)
		}
		if (got < leastLine) != small {
			t.Errorf("lines of %d pixels: too small is %v, want %v", tall, got < leastLine, small)
		}
	}
}

func TestAPhotographHasNoLines(t *testing.T) {
	p := image.NewRGBA(image.Rect(0, 0, 640, 360))
	for y := range 360 {
		for x := range 640 {
			p.Set(x, y, color.RGBA{uint8(x / 3), uint8(y / 2), 90, 255})
		}
	}
	if got := lineTall(p); got != 0 {
		t.Errorf("lines of %.4f of the screen are found in a photograph", got)
	}
	if got := lineTall(image.NewRGBA(image.Rect(0, 0, 640, 360))); got != 0 {
		t.Errorf("lines of %.4f are found in nothing", got)
	}
}
