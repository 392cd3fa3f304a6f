package console

import (
	"testing"

	"butluc/app/console/court"
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
	w.opt.Court.Console = func() (x, y, width, height int, err error) { return console.X + 10, console.Y + 30, 1280, 720, nil }
	w.opt.Court.MoveConsole = func(int, int) {}
	w.opt.Court.PlaceConsole = func(s display.Screen) { *console = s }
	w.Court.Changed(display.Layout{Screens: []display.Screen{panel, beamer}})
	return w, console
}

func (w *harness) lamp() court.State {
	state, _ := w.Court.State()
	return state
}

// With the console on the projector a trial would show the court the notes: it begins only once a person has swapped the
// screens, or said that it is to be so.
func TestNoTrialBeginsWithTheConsoleOnTheCourtsScreen(t *testing.T) {
	w, console := twoScreens(t)
	if w.lamp() != court.Astray {
		t.Errorf("the lamp says %v", w.lamp())
	}
	for range 3 { // a clicker sends it again and again
		w.Start(false)
	}
	if w.Stage.Running() || !w.Notices.Now().Warn {
		t.Fatalf("a trial runs: %v; the foot says %q", w.Stage.Running(), w.Notices.Now().Text)
	}
	w.Court.SwapScreens()
	if astray, asks := w.Court.Astray(); *console != panel || astray || asks || w.lamp() != court.Ready {
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
	w.Court.Screens.StayHere()
	if w.lamp() != court.Ready {
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
	w.Court.Screens.StayHere()
	w.Start(false)
	w.does(presenter.Next{})
	saw := w.Stage.State().Program
	w.opt.Court.PlaceConsole = func(s display.Screen) {
		if w.screen.Sees != nil || w.Court.Attached() {
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
