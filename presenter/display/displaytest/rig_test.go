//go:build display && linux

package displaytest_test

import (
	"testing"

	"butluc/presenter/display/displaytest"
)

func TestScreensComeGoAndMove(t *testing.T) {
	rig := displaytest.Start(t)
	expect := func(doing string, laptop, court displaytest.Where) {
		t.Helper()
		if l, c := rig.Where(displaytest.Laptop), rig.Where(displaytest.Court); l != laptop || c != court {
			t.Errorf("%s: laptop %+v, court %+v; want %+v, %+v", doing, l, c, laptop, court)
		}
	}
	atOrigin := displaytest.Where{W: 1366, H: 768}
	right := displaytest.Where{X: 1366, W: 1920, H: 1080}
	expect("at first", atOrigin, right)
	rig.Unplug()
	expect("unplugged", atOrigin, displaytest.Where{})
	rig.Plug()
	expect("plugged", atOrigin, right)
	rig.Swap()
	expect("swapped", displaytest.Where{X: 1920, W: 1366, H: 768}, displaytest.Where{W: 1920, H: 1080})
	rig.Mode(1280, 720)
	expect("in another mode", atOrigin, displaytest.Where{X: 1366, W: 1280, H: 720})
	rig.Mirror()
	expect("mirrored", atOrigin, atOrigin)
	rig.Extend()
	expect("extended", atOrigin, right)
	if p := rig.Shot(displaytest.Court); p.Rect.Dx() != 1920 || p.Rect.Dy() != 1080 {
		t.Errorf("the court screen's picture is %v", p.Rect)
	}
}
