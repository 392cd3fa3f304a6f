package display

import "testing"

// The window to share covers as little of the console as can be: nothing of it where there is another screen, or room
// beside it.
func TestTheSharedWindowLeavesTheConsoleFree(t *testing.T) {
	laptop := Screen{W: 1366, H: 768, Primary: true}
	projector := Screen{X: 1366, W: 1920, H: 1080}
	large := Screen{W: 3840, H: 2160, Primary: true}
	console := Screen{X: 40, Y: 40, W: 1280, H: 700}
	for what, c := range map[string]struct {
		screens []Screen
		console Screen
		w, h    int
		most    int // pixels of the console that may be covered
	}{
		"a second screen":                   {[]Screen{laptop, projector}, console, 1280, 720, 0},
		"a second screen on the left":       {[]Screen{{X: 1920, W: 1366, H: 768, Primary: true}, {W: 1920, H: 1080}}, Screen{X: 1960, Y: 40, W: 1280, H: 700}, 960, 540, 0},
		"one large screen, room right":      {[]Screen{large}, console, 1280, 720, 0},
		"one large screen, room left":       {[]Screen{large}, Screen{X: 2500, Y: 40, W: 1280, H: 2000}, 1280, 720, 0},
		"one large screen, room below":      {[]Screen{large}, Screen{Y: 40, W: 3840, H: 1000}, 1280, 720, 0},
		"no room: as much aside as can be":  {[]Screen{laptop}, console, 960, 540, 960*540 - 1},
		"a screen that mirrors the console": {[]Screen{laptop, {W: 1366, H: 768}}, console, 960, 540, 960*540 - 1},
	} {
		l := Layout{Screens: c.screens}
		x, y := SharePlace(l, c.console, c.w, c.h)
		if covered := c.console.Overlap(x, y-titleTall, c.w, c.h+titleTall); covered > c.most {
			t.Errorf("%s: at %d,%d it covers %d pixels of the console", what, x, y, covered)
		}
		seen := 0
		for _, s := range c.screens {
			seen = max(seen, s.Overlap(x, y, c.w, c.h))
		}
		if seen < c.w*c.h {
			t.Errorf("%s: at %d,%d only %d of its pixels are on a screen", what, x, y, seen)
		}
	}
}
