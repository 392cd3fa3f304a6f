package console

import (
	"testing"

	"butluc/presenter"
	"butluc/presenter/display"
)

// The two screens of these tests. The system's main one is the projector, as after a slip in its settings.
var (
	panel  = display.Screen{Name: "eDP-1", W: 1366, H: 768, Internal: true}
	beamer = display.Screen{Name: "HDMI-1", X: 1366, W: 1920, H: 1080, Primary: true}
)

// twoScreens gives the session two screens, and a console that can be put on either.
func twoScreens(t *testing.T) (w *harness, console *display.Screen) {
	t.Helper()
	w = newHarness(t)
	closeHarness(t, w)
	console = &display.Screen{}
	*console = beamer
	w.opt.Console = func() (x, y, width, height int, err error) { return console.X + 10, console.Y + 30, 1280, 720, nil }
	w.opt.MoveConsole = func(int, int) {}
	w.opt.PlaceConsole = func(s display.Screen) { *console = s }
	w.Court.changed(display.Layout{Screens: []display.Screen{panel, beamer}})
	return w, console
}

func (w *harness) lamp() CourtState {
	state, _ := w.Court.State()
	return state
}

// With the console on the projector a trial would show the court the notes: it begins only once a person has swapped the
// screens, or said that it is to be so.
func TestNoTrialBeginsWithTheConsoleOnTheCourtsScreen(t *testing.T) {
	w, console := twoScreens(t)
	if w.lamp() != CourtAstray {
		t.Errorf("the lamp says %v", w.lamp())
	}
	for range 3 { // a clicker sends it again and again
		w.Start(false)
	}
	if w.Stage.Running() || !w.Notices.Now().Warn {
		t.Fatalf("a trial runs: %v; the foot says %q", w.Stage.Running(), w.Notices.Now().Text)
	}
	w.Court.SwapScreens()
	if astray, asks := w.Court.Astray(); *console != panel || astray || asks || w.lamp() != CourtReady {
		t.Fatalf("swapped: the console is on %s, astray %v, asked %v, the lamp says %v", console.Name, astray, asks, w.lamp())
	}
	w.Start(false)
	if !w.Stage.Running() {
		t.Error("no trial begins")
	}
	w.Hearing.End()
}

func TestAPersonMayLeaveTheConsoleWhereItIs(t *testing.T) {
	w, _ := twoScreens(t)
	w.Court.StayHere()
	if w.lamp() != CourtReady {
		t.Errorf("the lamp says %v", w.lamp())
	}
	w.Start(false)
	if astray, asks := w.Court.Astray(); !w.Stage.Running() || !astray || asks {
		t.Fatalf("running %v, astray %v, asked %v", w.Stage.Running(), astray, asks)
	}
	w.Hearing.End()
}

// In a trial both screens are black on the way and afterwards; one key shows again.
func TestTheScreensAreSwappedInATrial(t *testing.T) {
	w, console := twoScreens(t)
	w.Court.StayHere()
	w.Start(false)
	w.does(presenter.Next{})
	saw := w.Stage.State().Program
	w.opt.PlaceConsole = func(s display.Screen) {
		if w.screen.Sees != nil || w.Court.attached {
			t.Error("the court sees something while the console moves")
		}
		*console = s
	}
	w.Court.SwapScreens()
	if st := w.Stage.State(); *console != panel || !st.Screen || !st.Black || w.screen.Sees != nil || st.Program != saw {
		t.Fatalf("the console is on %s, %+v", console.Name, st)
	}
	w.does(presenter.Blank{})
	if w.screen.Sees == nil || w.Stage.State().Shown != saw {
		t.Error("one key does not show again what was shown")
	}
	w.Hearing.End()
}

// Without a panel of its own, a lone screen, mirrored ones, and the modes that show on the console's screen on purpose
// ask for nothing.
func TestWhereTheConsoleMayStand(t *testing.T) {
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
