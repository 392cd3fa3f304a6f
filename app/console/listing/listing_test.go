package listing

import (
	"image"
	"image/color"
	"testing"
)

func TestPicturesStandSideBySide(t *testing.T) {
	of := func(w, h int, c color.RGBA) *image.RGBA {
		img := image.NewRGBA(image.Rect(0, 0, w, h))
		for i := range w * h {
			img.SetRGBA(i%w, i/w, c)
		}
		return img
	}
	red, green := color.RGBA{R: 255, A: 255}, color.RGBA{G: 255, A: 255}
	out := sideBySide([]*image.RGBA{of(160, 227, red), of(227, 128, green)})
	if out.Rect.Dx() != 2*FirstPageWide || out.RGBAAt(2, FirstPageTall-2) != red || out.RGBAAt(FirstPageWide+2, 2) != green || out.RGBAAt(2*FirstPageWide-2, FirstPageTall-2) != green {
		t.Errorf("of a red and a green picture: %v, %v, %v", out.Rect, out.RGBAAt(2, 2), out.RGBAAt(FirstPageWide+2, 2))
	}
}
