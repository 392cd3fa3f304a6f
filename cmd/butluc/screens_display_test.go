//go:build display && linux

package main

import (
	"image"
	"image/color"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"butluc/assets"
	"butluc/presenter/display/displaytest"
)

// A cable that is pulled and put back, or mirrored screens, leave the court black after a trial.
func TestTheBlackAfterATrialOutlivesTheCable(t *testing.T) {
	p := openSample(t)
	p.startTrial()
	p.Tap("Next")
	p.courtSees(p.expect("1", 1920, 1080), "BL 1")
	p.endTrial()
	p.courtIsBlack("at the end")
	p.Unplug()
	p.WaitFor("the court window to go with its screen", func() bool { _, ok := p.court(); return !ok })
	p.Plug()
	p.WaitFor("the court window to come back", func() bool { _, ok := p.court(); return ok })
	p.courtIsBlack("when the cable is back")
	p.Mirror()
	p.WaitFor("the court window to hide", func() bool { _, ok := p.court(); return !ok })
	p.Extend()
	p.WaitFor("the court window to come back", func() bool { _, ok := p.court(); return ok })
	p.courtIsBlack("when the screens are extended again")
	p.Tap("Escape") // the summary
	p.startTrial()
	p.Tap("Next")
	p.courtSees(p.expect("1", 1920, 1080), "BL 1 in the next trial")
	p.endTrial()
	p.courtIsBlack("at its end")
	p.Tap("t", "Ctrl", "Shift")
	p.WaitFor("the court window to go by a key", func() bool { _, ok := p.court(); return !ok })
}

// badgeRed is the ground of the badges that can't be overlooked.
var badgeRed = color.NRGBA{0xce, 0x2c, 0x31, 255}

// onCourt moves the console onto the court's screen, as a hand or a window manager does.
func (p *program) onCourt() {
	p.t.Helper()
	w, _ := p.console()
	court := p.Where(displaytest.Court)
	p.MoveWindow(w, court.X+60, court.Y+60)
	p.WaitFor("the console on the court's screen", func() bool {
		w, ok := p.console()
		return ok && w.X >= court.X && w.X < court.X+court.W
	})
}

// swap clicks what has a colour in a part of the console, one thing after another, until the console is on the laptop:
// among them is the button that swaps the screens.
func (p *program) swap(c color.NRGBA, part func(console displaytest.Window) displaytest.Where) {
	p.t.Helper()
	tried := 0
	p.WaitFor("the console on the laptop, by its button", func() bool {
		w, ok := p.console()
		if !ok || w.X < displaytest.LaptopW {
			return ok
		}
		area := part(w)
		if at := colored(p.Grab(area), c); len(at) > 0 {
			click := at[tried%len(at)].Add(image.Pt(area.X, area.Y))
			tried++
			p.Glide(click.X-8, click.Y, click.X, click.Y, 3)
			p.Press()
			p.Release()
			time.Sleep(400 * time.Millisecond) // the window manager moves it
		}
		return false
	})
}

// colored are points well inside the areas of a colour, the first of each row of areas from left to right.
func colored(shot *image.RGBA, c color.NRGBA) (points []image.Point) {
	has := func(x, y int) bool {
		i := shot.PixOffset(x, y)
		return shot.Pix[i] == c.R && shot.Pix[i+1] == c.G && shot.Pix[i+2] == c.B
	}
	for y := 4; y < shot.Rect.Dy()-4; y += 8 {
		for x := 4; x < shot.Rect.Dx()-24; x++ {
			if has(x, y) && has(x+8, y) && has(x+4, y-4) && has(x+4, y+4) {
				points = append(points, image.Pt(x+4, y))
				x += 120
			}
		}
	}
	return points
}

// wantInPlace waits until the console is on the laptop and the court window, black, on the court's screen.
func (p *program) wantInPlace() {
	p.t.Helper()
	p.WaitFor("console and court window on their own screens", func() bool {
		console, there := p.console()
		court, ok := p.court()
		return there && ok && console.X < displaytest.LaptopW && court.X == p.Where(displaytest.Court).X
	})
	p.courtIsBlack("when the screens are as they should be")
}

// With the console on the projector F5 begins nothing, until the screens are swapped.
func TestNoTrialBeginsWithTheConsoleOnTheProjector(t *testing.T) {
	p := openSample(t)
	p.Tap("3", "Ctrl")
	p.onCourt()
	p.Tap("F5")
	p.Never("a court window on the laptop", 1500*time.Millisecond, func() bool { _, ok := p.court(); return ok })
	p.record("astray")
	p.swap(strongDark, func(w displaytest.Window) displaytest.Where {
		return displaytest.Where{X: w.X + 80, Y: w.Y + w.H/2, W: w.W - 80, H: w.H / 2}
	})
	p.Tap("F5")
	p.wantInPlace()
	p.Tap("Next")
	p.courtSees(p.expect("1", 1920, 1080), "BL 1")
}

// A console that gets onto the court's screen in a trial is brought back by the button, black, and one key shows again.
func TestTheScreensAreSwappedInATrialOnTwoScreens(t *testing.T) {
	p := openSample(t)
	p.startTrial()
	p.Tap("Next")
	first := p.expect("1", 1920, 1080)
	p.courtSees(first, "BL 1")
	p.onCourt()
	p.record("astray in the trial")
	p.swap(badgeRed, func(w displaytest.Window) displaytest.Where {
		return displaytest.Where{X: w.X + 80, Y: w.Y + w.H - 60, W: w.W - 480, H: 60}
	})
	p.wantInPlace()
	w, _ := p.console()
	p.Focus(w)
	p.Tap("b")
	p.courtSees(first, "BL 1 by one key")
}

// Where letters are drawn large a window manager puts the console where there is room: on the court's screen. It comes
// up on the laptop nevertheless.
func TestTheConsoleComesUpOnTheLaptop(t *testing.T) {
	p := &program{Rig: displaytest.Start(t), t: t, dir: filepath.Join(t.TempDir(), "Vụ án mẫu")}
	if err := assets.WriteSample(p.dir); err != nil {
		t.Fatal(err)
	}
	p.home = append(homeIn(t.TempDir()), "FYNE_SCALE=1.5")
	p.Move(displaytest.LaptopW+500, 500) // where the pointer is, windows come up
	p.run = p.Command(p.home, bin(t), p.dir)
	p.keepFailure()
	inside := func() bool {
		w, ok := p.console()
		return ok && strings.HasPrefix(w.Title, "Vụ án mẫu") && w.X >= 0 && w.X+w.W <= displaytest.LaptopW
	}
	p.WaitFor("the whole console on the laptop", inside)
	p.record("large letters")
	w, _ := p.console()
	p.Focus(w)
	p.startTrial()
	p.wantInPlace()
}

func TestMirroredScreensCoverTheConsole(t *testing.T) {
	p := openSample(t)
	p.startTrial()
	p.Tap("Next")
	p.courtSees(p.expect("1", 1920, 1080), "BL 1")
	p.Mirror()
	p.WaitFor("the court window to hide", func() bool { _, ok := p.court(); return !ok })
	covered := func() bool { // black but for the words: no page, no thumbnail, no title
		w, ok := p.console()
		if !ok {
			return false
		}
		corner := p.Grab(displaytest.Where{X: w.X, Y: w.Y, W: 200, H: w.H})
		return displaytest.Uniform(corner, 0, 0, 0)
	}
	p.WaitFor("the console to cover itself", covered)
	p.Extend()
	p.WaitFor("the court window to come back", func() bool { _, ok := p.court(); return ok })
	p.courtIsBlack("after the screens were extended")
}
