package compose

import (
	"image"
	"testing"
)

// A tile in the middle of a large area is filled, however many edges of small things end to its left.
func TestATileInsideAnAreaIsTouched(t *testing.T) {
	large := []point{{0, 0}, {1000, 0}, {1000, 1000}, {0, 1000}}
	tile := image.Rect(512, 512, 768, 768)
	for name, small := range map[string][]point{
		"nothing": nil,
		"a kite":  {{100, 600}, {120, 560}, {140, 650}, {120, 700}},
		"a flag":  {{100, 600}, {140, 640}, {100, 700}, {120, 640}},
		"a wedge": {{100, 520}, {140, 600}, {100, 700}},
	} {
		for range 2 {
			var p path
			p.polygon(large...)
			p.polygon(small...)
			if !p.touches(tile) {
				t.Errorf("beside %s the tile is left out", name)
			}
			for i, q := range small { // and upside down
				small[i] = point{q.x, 1220 - q.y}
			}
		}
	}
	var p path
	p.line(large, true, 4)
	if p.touches(tile) {
		t.Error("a tile that no edge is in, and no area, costs its time")
	}
}

// A line of any length is where it ought to be: its edge's coverage is exact to a twentieth of a pixel.
func TestALongEdgeDoesNotStray(t *testing.T) {
	var p path
	p.polygon(point{0, 0}, point{40.25, 0}, point{100.25, 250}, point{0, 250})
	p.fill(image.Rect(0, 0, 256, 256), func(at image.Rectangle, mask *image.Alpha) {
		for y := at.Min.Y; y < at.Max.Y; y++ {
			covered := 0.0
			for x := at.Min.X; x < at.Max.X; x++ {
				covered += float64(mask.AlphaAt(x, y).A) / 255
			}
			want := 40.25 + 60*(float64(y)+0.5)/250
			if covered < want-0.05 || covered > want+0.05 {
				t.Fatalf("row %d is covered up to %.3f, want %.3f", y, covered, want)
			}
		}
	})
}
