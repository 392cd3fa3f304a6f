package shell

import (
	"testing"

	"fyne.io/fyne/v2"
)

// loopOf is an application whose loop does one thing, and returns when that does.
type loopOf struct {
	fyne.App
	do func()
}

func (a loopOf) Run() { a.do() }

func TestLeavingEndsTheLoopFromWithin(t *testing.T) {
	w := newWindow(nil, "")
	beyond := false
	w.app = loopOf{do: func() { w.breakLoop(); beyond = true }}
	w.loop()
	if beyond {
		t.Error("the loop went on, to the toolkit's own end")
	}
}

func TestOtherPanicsAreNotTakenForLeaving(t *testing.T) {
	w := newWindow(loopOf{do: func() { panic("a fault") }}, "")
	defer func() {
		if r := recover(); r != "a fault" {
			t.Errorf("recovered %v, want the fault", r)
		}
	}()
	w.loop()
}
