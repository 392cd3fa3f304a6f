package court

import (
	"testing"

	"butluc/presenter/display"
)

// Without a panel of its own, a lone screen, mirrored ones, and the modes that show on the console's screen on purpose
// ask for nothing.
func TestWhereTheConsoleMayStand(t *testing.T) {
	panel := display.Screen{Name: "eDP-1", W: 1366, H: 768, Internal: true}
	beamer := display.Screen{Name: "HDMI-1", X: 1366, W: 1920, H: 1080, Primary: true}
	outer := beamer
	outer.Primary = false
	main := display.Screen{Name: "DP-1", W: 1366, H: 768, Primary: true}
	for name, c := range map[string]struct {
		screens []display.Screen
		on      display.Screen
		mode    Mode
		want    bool
	}{
		"on the laptop's panel":            {[]display.Screen{panel, beamer}, panel, ModeSecond, false},
		"on the projector":                 {[]display.Screen{panel, beamer}, beamer, ModeSecond, true},
		"on the main screen of a computer": {[]display.Screen{main, outer}, main, ModeSecond, false},
		"beside it":                        {[]display.Screen{main, outer}, outer, ModeSecond, true},
		"no screen is the main one":        {[]display.Screen{outer, {Name: "DP-2", W: 800, H: 600}}, outer, ModeSecond, false},
		"a lone projector":                 {[]display.Screen{beamer}, beamer, ModeSecond, false},
		"a single screen on purpose":       {[]display.Screen{panel, beamer}, beamer, ModeSingle, false},
		"a shared window":                  {[]display.Screen{panel, beamer}, beamer, ModeShare, false},
	} {
		t.Run(name, func(t *testing.T) {
			screens := &Screens{layout: display.Layout{Screens: c.screens}, opt: &Options{
				Console: func() (x, y, width, height int, err error) { return c.on.X, c.on.Y, c.on.W, c.on.H, nil },
			}}
			court := &Court{mode: c.mode, Screens: screens}
			if _, got := court.astray(court.Screens.known()); got != c.want {
				t.Errorf("astray %v", got)
			}
		})
	}
}
