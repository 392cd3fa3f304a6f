package compose_test

import (
	"image"
	"image/color"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"

	"butluc/library"
	"butluc/presenter/compose"
)

func caption(t *testing.T, text string) (*image.RGBA, image.Rectangle) {
	t.Helper()
	size := image.Pt(640, 360)
	frame, err := compose.Compose(size, compose.Sheet{Caption: text})
	if err != nil {
		t.Fatal(err)
	}
	return frame, ink(frame, color.RGBA{A: 255})
}

func TestACaptionStandsInTheMiddleOfItsStrip(t *testing.T) {
	strip := compose.Layout(image.Pt(640, 360), 1, true)[0].Strip
	_, got := caption(t, "BL 45 · Biên bản hỏi cung lần 2")
	if !got.In(strip) || got.Empty() {
		t.Fatalf("the caption is at %v, the strip at %v", got, strip)
	}
	if left, right := got.Min.X-strip.Min.X, strip.Max.X-got.Max.X; left-right > 3 || right-left > 3 {
		t.Errorf("%d pixels to its left and %d to its right", left, right)
	}
}

func TestACaptionThatIsTooLongIsShortened(t *testing.T) {
	strip := compose.Layout(image.Pt(640, 360), 1, true)[0].Strip
	_, got := caption(t, strings.Repeat("Biên bản khám nghiệm ", 30))
	if got.Min.X <= strip.Min.X+3 || got.Max.X >= strip.Max.X-3 || got.Dx() < strip.Dx()*8/10 {
		t.Errorf("the shortened caption is at %v of %v", got, strip)
	}
}

// Vietnamese written with accents that stand by themselves, as a Mac does, looks like any other.
func TestLettersAndAccentsJoin(t *testing.T) {
	text := "Bị cáo đã khai ở quán Hương, Ế Ẵ ợ"
	one, _ := caption(t, norm.NFC.String(text))
	two, _ := caption(t, norm.NFD.String(text))
	if at, ok := differ(one, two, 0); ok {
		t.Errorf("at %v the two ways of writing differ", at)
	}
}

// A line break or a letter that the font lacks breaks nothing.
func TestOddTextIsDrawnInOneLine(t *testing.T) {
	_, plainLine := caption(t, "một hai")
	_, broken := caption(t, "một\nhai")
	if plainLine != broken {
		t.Errorf("%v with a blank, %v with a line break", plainLine, broken)
	}
	for _, text := range []string{"\u0301", "😀", "\a", " ", strings.Repeat("ệ", library.MaxMarkText/3)} {
		caption(t, text)
		blank(t, image.Pt(100, 140), library.Rect{}, 0, library.Mark{Kind: library.MarkText, Points: pts(10, 10), Text: text, Width: 8})
	}
}

// Pages beside each other stay level, whichever of them has a caption.
func TestStripsAreAlike(t *testing.T) {
	for n := 1; n <= library.MaxPanes; n++ {
		for _, size := range []image.Point{{X: 1280, Y: 720}, {X: 720, Y: 1280}, {X: 40, Y: 30}} {
			for i, p := range compose.Layout(size, n, true) {
				pane := compose.Panes(size, n)[i]
				if p.Page.Union(p.Strip) != pane || p.Page.Overlaps(p.Strip) || size.X > 100 && (p.Strip.Dy() < 18 || p.Page.Dy() < pane.Dy()/2) {
					t.Errorf("pane %v of %v becomes %v and %v", pane, size, p.Page, p.Strip)
				}
			}
			for i, p := range compose.Layout(size, n, false) {
				if p.Page != compose.Panes(size, n)[i] || !p.Strip.Empty() {
					t.Errorf("without captions pane %d of %v is %v", i, size, p)
				}
			}
		}
	}
}
