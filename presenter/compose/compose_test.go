package compose_test

import (
	"errors"
	"image"
	"image/color"
	"image/draw"
	"testing"

	"pgregory.net/rapid"

	"butluc/presenter/compose"
)

func plain(w, h int, c color.RGBA) *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(p, p.Rect, image.NewUniform(c), image.Point{}, draw.Src)
	return p
}

func TestOnePageStandsInTheMiddleOnBlack(t *testing.T) {
	red := color.RGBA{200, 0, 0, 255}
	frame, err := compose.Compose(image.Pt(100, 60), compose.Sheet{Picture: plain(40, 60, red)})
	if err != nil {
		t.Fatal(err)
	}
	for y := range 60 {
		for x := range 100 {
			want := color.RGBA{0, 0, 0, 255}
			if x >= 30 && x < 70 {
				want = red
			}
			if got := frame.RGBAAt(x, y); got != want {
				t.Fatalf("at %d,%d: %v, want %v", x, y, got, want)
			}
		}
	}
}

func TestPanesNeverOverlapAndStayInTheFrame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		size := image.Pt(rapid.IntRange(64, 4096).Draw(t, "w"), rapid.IntRange(64, 4096).Draw(t, "h"))
		n := rapid.IntRange(1, 4).Draw(t, "panes")
		panes := compose.Panes(size, n)
		if len(panes) != n {
			t.Fatalf("%d panes, want %d", len(panes), n)
		}
		for i, p := range panes {
			if p.Empty() || !p.In(image.Rectangle{Max: size}) {
				t.Fatalf("pane %v of %v is empty or leaves the frame", p, size)
			}
			for _, q := range panes[:i] {
				if p.Overlaps(q) {
					t.Fatalf("panes %v and %v overlap", p, q)
				}
			}
		}
	})
}

func TestAPictureTooLargeForItsPaneIsCutNotSpilled(t *testing.T) {
	green := color.RGBA{0, 200, 0, 255}
	frame, err := compose.Compose(image.Pt(200, 100), compose.Sheet{Picture: plain(400, 400, green)}, compose.Sheet{})
	if err != nil {
		t.Fatal(err)
	}
	if got := frame.RGBAAt(150, 50); got != (color.RGBA{0, 0, 0, 255}) {
		t.Fatalf("the neighbour's pane shows %v, want black", got)
	}
}

func TestAbsurdSizesAreRefused(t *testing.T) {
	for _, size := range []image.Point{{}, {X: -1, Y: 10}, {X: 20000, Y: 10}, {X: 16384, Y: 16384}} {
		if _, err := compose.Compose(size); !errors.Is(err, compose.ErrSize) {
			t.Errorf("size %v: error %v, want ErrSize", size, err)
		}
	}
}
