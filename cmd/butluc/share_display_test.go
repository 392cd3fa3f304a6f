//go:build display && linux

package main

import (
	"bytes"
	"image/color"
	"testing"

	"butluc/presenter/display"
	"butluc/presenter/display/displaytest"
)

// menuGround is a menu's ground in the dark look.
var menuGround = color.NRGBA{0x1c, 0x21, 0x28, 255}

// TestASharedWindowShowsTheEvidenceAlone: chosen from the menu beside the start button, of a window of
// 1280 × 720, it has exactly the pixels of the page, and black as fast as the court screen.
func TestASharedWindowShowsTheEvidenceAlone(t *testing.T) {
	p := openSample(t)
	w, _ := p.console()
	p.Tap("3", "Ctrl")
	p.WaitFor("the start button", func() bool { return p.hasColor(strongDark, w.X+95, w.Y+575, 8, 4) })
	p.Click(w.X+672, w.Y+564) // the mode's button
	p.WaitFor("the menu", func() bool { return p.hasColor(menuGround, w.X+787, w.Y+500, 4, 4) })
	p.Click(w.X+718, w.Y+545) // 960 × 540
	p.WaitFor("the menu to go", func() bool { return !p.hasColor(menuGround, w.X+787, w.Y+500, 4, 4) })
	p.Tap("F5")
	var share displaytest.Window
	p.WaitFor("the window to share", func() (ok bool) {
		share, ok = p.Window(display.ShareTitle)
		return ok && share.Mapped && share.W == 960 && share.H == 540
	})
	if _, ok := p.court(); ok {
		t.Error("there is a court window, too")
	}
	if c, _ := p.console(); share.X < c.X+c.W {
		t.Errorf("it opened at %d,%d, over the console, though there is another screen", share.X, share.Y)
	}
	area := displaytest.Where{X: share.X, Y: share.Y, W: share.W, H: share.H}
	p.WaitFor("black", func() bool { return displaytest.Uniform(p.Grab(area), 0, 0, 0) })
	p.Focus(share) // keys go there as well as to the console
	p.Tap("Next")
	want := p.expect("1", 960, 540)
	p.WaitFor("the page, pixel for pixel", func() bool {
		share, _ = p.Window(display.ShareTitle)
		area.X, area.Y = share.X, share.Y
		return bytes.Equal(p.Grab(area).Pix, want.Pix)
	})
	p.record("shared")
	p.Tap("b")
	p.WaitFor("black again", func() bool { return displaytest.Uniform(p.Grab(area), 0, 0, 0) })
	w, _ = p.console()
	p.Focus(w)
	p.endTrial()
	p.WaitFor("black at the end", func() bool { return displaytest.Uniform(p.Grab(area), 0, 0, 0) })
	p.Tap("t", "Ctrl", "Shift")
	p.WaitFor("the window to go", func() bool { _, ok := p.Window(display.ShareTitle); return !ok })
}
