package library

import (
	"math"
	"testing"

	"pgregory.net/rapid"
)

func TestViewsStayOnThePageAndKeepTheirZoom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		page := rapid.Float64Range(0.2, 5).Draw(t, "page")
		box := rapid.Float64Range(0.2, 5).Draw(t, "box")
		zoom := rapid.Float64Range(1.001, MaxZoom).Draw(t, "zoom")
		v := ViewAt(page, box, zoom, rapid.Float64Range(-1, 2).Draw(t, "cx"), rapid.Float64Range(-1, 2).Draw(t, "cy"))
		if !v.Valid() {
			t.Fatalf("view %v leaves the page", v)
		}
		if got := v.Zoom(page, box); math.Abs(got-zoom) > 1e-6*zoom {
			t.Fatalf("view %v has zoom %v, want %v", v, got, zoom)
		}
		p := v.Panned(rapid.Float64Range(-9, 9).Draw(t, "dx"), rapid.Float64Range(-9, 9).Draw(t, "dy"))
		if !p.Valid() || math.Abs(p.X1-p.X0-(v.X1-v.X0)) > 1e-9 || math.Abs(p.Y1-p.Y0-(v.Y1-v.Y0)) > 1e-9 {
			t.Fatalf("panning %v gave %v", v, p)
		}
		if back := v.Zoomed(page, box, 1/zoom); back != (Rect{}) && back.Zoom(page, box) > 1.0001 {
			t.Fatalf("zooming back out gave %v, want the whole page", back)
		}
	})
}

func TestHalfScreenDownReachesTheFootOfThePage(t *testing.T) {
	v := WidthView(0.7, 1.78)
	for range 10 {
		v = v.Panned(0, 0.5)
	}
	if v.Y1 != 1 {
		t.Fatalf("after many half screens the view ends at %v, want the page's foot", v.Y1)
	}
}
