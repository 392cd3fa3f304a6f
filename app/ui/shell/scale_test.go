package shell

import (
	"image"
	"math"
	"testing"

	"butluc/presenter/display"
)

// The scale that a person chose stands wherever the rooms fit, and no letter is smaller than it must be.
func TestRoomsFitTheScreen(t *testing.T) {
	for _, c := range []struct {
		w, h        int
		scale, want float64 // what is drawn at, 1 = 100 %
	}{
		{1366, 768, 1, 1},
		{1366, 768, 1.25, 1.25},
		{1366, 768, 1.5, 1.5},
		{1366, 768, 2, 1.5},
		{1280, 720, 1.25, 1.25},
		{1024, 768, 1.25, 1.1},
		{800, 600, 1, 0.8},
		{1920, 1080, 1.25, 1.25},
		{1920, 1080, 1.5, 1.5},
		{1920, 1080, 1.75, 1.75},
		{1920, 1080, 2, 2},
		{2560, 1600, 2, 2},
		{3840, 2160, 3, 3},
		{640, 480, 1, 0.7},
		{1920, 1080, 0, 1}, // the system doesn't tell
	} {
		if got := max(1, c.scale) * scaleFactor(c.w, c.h, float32(c.scale)); math.Abs(got-c.want) > 0.001 {
			t.Errorf("%d × %d at %v: drawn at %v, want %v", c.w, c.h, c.scale, got, c.want)
		}
	}
}

// A window that grew over the edge of the laptop's screen is made smaller; one that a person put on a larger screen stays.
func TestOnlyAWindowThatOutgrewTheLaptopIsMadeSmaller(t *testing.T) {
	laptop := display.Screen{W: 1366, H: 768}
	for _, c := range []struct {
		at   image.Rectangle
		want bool
	}{
		{image.Rect(0, 48, 1469, 696), true},
		{image.Rect(0, 32, 1280, 720), false},
		{image.Rect(-8, -8, 1374, 740), false}, // maximized, as Windows does it
		{image.Rect(1366, 0, 3286, 1080), false},
		{image.Rect(-1920, 0, 0, 1080), false},
	} {
		if got := outgrown(c.at, laptop); got != c.want {
			t.Errorf("%v: %v, want %v", c.at, got, c.want)
		}
	}
}
