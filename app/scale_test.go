package app

import (
	"math"
	"testing"
)

// Whatever laptop and scale: all keys are on the screen, and letters are no smaller than they must be.
func TestRoomsFitTheScreen(t *testing.T) {
	for _, c := range []struct {
		w, h        int
		scale, want float64 // what is drawn at, 1 = 100 %
	}{
		{1366, 768, 1, 1},
		{1366, 768, 1.25, 1}, // 1.1 is 1408 pixels
		{1366, 768, 1.5, 1},
		{1366, 768, 2, 1},
		{1280, 720, 1, 1},
		{1024, 768, 1, 0.8},
		{1920, 1080, 1.25, 1.25},
		{1920, 1080, 1.5, 1.5},
		{1920, 1080, 1.75, 1.5},
		{2560, 1600, 2, 2},
		{3840, 2160, 3, 3},
		{640, 480, 1, 0.5},
		{1920, 1080, 0, 1}, // the system doesn't tell
	} {
		if got := max(1, c.scale) * scaleFactor(c.w, c.h, float32(c.scale)); math.Abs(got-c.want) > 0.001 {
			t.Errorf("%d × %d at %v: drawn at %v, want %v", c.w, c.h, c.scale, got, c.want)
		}
	}
}
