//go:build display && linux

package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"butluc/assets"
	"butluc/library"
	"butluc/library/journal"
	"butluc/presenter/display"
	"butluc/presenter/display/displaytest"
)

// program is the built butluc with a case of its own and a home of its own, on two screens.
type program struct {
	*displaytest.Rig
	t    *testing.T
	home []string
	dir  string
	run  *displaytest.Program

	pictures int // recorded
}

// bin builds the program once a test binary.
func bin(t *testing.T) string {
	t.Helper()
	path := filepath.Join(os.TempDir(), fmt.Sprintf("butluc-display-%d", os.Getpid()))
	if _, err := os.Stat(path); err == nil {
		return path
	}
	out, err := exec.Command("go", "build", "-tags", "x11 nodynamic no_animations", "-o", path, ".").CombinedOutput()
	if err != nil {
		t.Fatalf("build butluc: %v\n%s", err, out)
	}
	leftovers = append(leftovers, path)
	return path
}

// openSample opens the sample case, changed before by change.
func openSample(t *testing.T, change ...func(dir string)) *program {
	t.Helper()
	p := &program{Rig: displaytest.Start(t), t: t, dir: filepath.Join(t.TempDir(), "Vụ án mẫu")}
	if err := assets.WriteSample(p.dir); err != nil {
		t.Fatal(err)
	}
	for _, f := range change {
		f(p.dir)
	}
	p.home = homeIn(t.TempDir())
	p.start()
	return p
}

// homeIn is a home of its own. Tesseract finds no language there: reading the sample's scans would take the
// processors that the tests draw with.
func homeIn(dir string) []string {
	return []string{
		"HOME=" + dir, "XDG_CONFIG_HOME=" + dir + "/config", "XDG_DATA_HOME=" + dir + "/data",
		"XDG_CACHE_HOME=" + dir + "/cache", "LANG=vi_VN.UTF-8", "LC_ALL=",
		noLanguages(dir),
	}
}

func noLanguages(dir string) string { return "TESSDATA_PREFIX=" + dir }

// start opens the case and waits until its tree is there.
func (p *program) start() {
	p.t.Helper()
	p.run = p.Command(p.home, bin(p.t), p.dir)
	p.keepFailure()
	p.WaitFor("the console with the case", func() bool {
		w, ok := p.console()
		return ok && strings.HasPrefix(w.Title, "Vụ án mẫu")
	})
	p.firstPage()
	w, _ := p.console()
	p.Focus(w)
}

// keepFailure records what is seen when the test fails, before the program is ended.
func (p *program) keepFailure() {
	p.t.Cleanup(func() {
		if p.t.Failed() {
			p.record("failed")
		}
	})
}

func (p *program) firstPage() {
	p.t.Helper()
	p.WaitFor("the first page, edged green", func() bool {
		green := 0
		shot := p.Shot(displaytest.Laptop)
		for i := 0; i < len(shot.Pix); i += 4 {
			if c := (color.NRGBA{shot.Pix[i], shot.Pix[i+1], shot.Pix[i+2], 255}); c == previewDark || c == previewLight {
				green++
			}
		}
		return green > 1000
	})
}

// The preview's edge in the two looks of the window.
var (
	previewDark  = color.NRGBA{0x30, 0xa4, 0x6c, 255}
	previewLight = color.NRGBA{0x18, 0x79, 0x4e, 255}
)

func (p *program) console() (displaytest.Window, bool) {
	for _, w := range p.Windows() {
		if w.PID == p.run.PID() && w.Mapped && strings.HasSuffix(w.Title, "Butluc") {
			return w, true
		}
	}
	return displaytest.Window{}, false
}

func (p *program) court() (displaytest.Window, bool) {
	w, ok := p.Window(display.Title)
	return w, ok && w.Mapped
}

// expect is what the court should see of a page, as `butluc show` makes it.
func (p *program) expect(page string, w, h int, more ...string) *image.RGBA {
	p.t.Helper()
	out := filepath.Join(p.t.TempDir(), "expect.png")
	args := append([]string{"show", p.dir, "--size", fmt.Sprintf("%dx%d", w, h), "-o", out}, more...)
	switch {
	case page == "#": // more says which
	case strings.Contains(page, "#"):
		args = append(args, "--page", page)
	default:
		args = append(args, "--folio", page)
	}
	cmd := exec.Command(bin(p.t), args...)
	cmd.Env = append(os.Environ(), p.home...)
	if text, err := cmd.CombinedOutput(); err != nil && cmd.ProcessState.ExitCode() != 1 { // findings
		p.t.Fatalf("butluc %v: %v\n%s", args, err, text)
	}
	return decode(p.t, out)
}

func decode(t *testing.T, path string) *image.RGBA {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	decoded, err := png.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	rgba := image.NewRGBA(decoded.Bounds())
	draw.Draw(rgba, rgba.Rect, decoded, decoded.Bounds().Min, draw.Src)
	return rgba
}

// courtSees waits until the court screen shows exactly this picture.
func (p *program) courtSees(want *image.RGBA, when string) {
	p.t.Helper()
	p.WaitFor("the court to see "+when, func() bool {
		return bytes.Equal(p.Shot(displaytest.Court).Pix, want.Pix)
	})
}

func (p *program) courtIsBlack(when string) {
	p.t.Helper()
	p.WaitFor("a black court screen "+when, func() bool { return displaytest.Uniform(p.Shot(displaytest.Court), 0, 0, 0) })
}

// courtStays fails the test if the court screen changes within a while.
func (p *program) courtStays(want *image.RGBA, when string) {
	p.t.Helper()
	p.Never("the court screen changes "+when, 400*time.Millisecond, func() bool {
		return !bytes.Equal(p.Shot(displaytest.Court).Pix, want.Pix)
	})
}

// startTrial presses F5 and waits for the court window.
func (p *program) startTrial() {
	p.t.Helper()
	p.Tap("F5")
	p.WaitFor("the court window", func() bool { _, ok := p.court(); return ok })
	p.courtIsBlack("at the start")
}

func TestATrialOnTwoScreens(t *testing.T) {
	p := openSample(t)
	p.startTrial()
	if w, _ := p.court(); w.X != 1366 && w.X != p.Where(displaytest.Court).X {
		t.Fatalf("the court window is at %v, the court screen at %v", w, p.Where(displaytest.Court))
	}
	first := p.expect("1", 1920, 1080)
	p.Tap("Next")
	p.courtSees(first, "BL 1 after PageDown")

	p.Type("25")
	p.courtStays(first, "while a folio is typed")
	p.Tap("Return")
	p.courtStays(first, "when the folio is in preview")
	p.Tap("Return")
	called := p.expect("25", 1920, 1080)
	p.courtSees(called, "BL 25 after Enter, Enter")

	p.Tap("b")
	p.courtIsBlack("after B")
	p.Tap("b")
	p.courtSees(called, "BL 25 again after B")

	p.Unplug()
	p.WaitFor("the court window to go with its screen", func() bool { _, ok := p.court(); return !ok })
	p.Never("a court window while there is no court screen", 500*time.Millisecond, func() bool { _, ok := p.court(); return ok })
	p.Plug()
	p.WaitFor("the court window to come back", func() bool { _, ok := p.court(); return ok })
	p.courtIsBlack("when the cable is back")
	p.Tap("b")
	p.courtSees(called, "BL 25 by one key after the cable is back")

	p.Swap()
	p.WaitFor("court window and console to follow their screens", func() bool {
		court, ok := p.court()
		console, there := p.console()
		laptop := p.Where(displaytest.Laptop)
		return ok && there && court.X == 0 && court.W == 1920 && console.X >= laptop.X
	})
	p.courtIsBlack("after the sides were swapped")
	p.Tap("b")
	p.courtSees(called, "BL 25 by one key after the swap")

	p.Mode(1280, 720)
	p.WaitFor("the court window at the new size", func() bool { w, ok := p.court(); return ok && w.W == 1280 && w.H == 720 })
	p.courtIsBlack("at the new resolution")
	p.Tap("b")
	p.courtSees(p.expect("25", 1280, 720), "BL 25 at the new resolution")
}

func TestNoKeyShowsAnythingByAccident(t *testing.T) {
	p := openSample(t)
	p.startTrial()
	p.Tap("Next")
	first := p.expect("1", 1920, 1080)
	p.courtSees(first, "BL 1")
	for _, key := range []string{"Tab", "BackSpace", "F5", "F5", "Escape", "Home", "End", "r", "z", "Down", "+", "]"} {
		p.Tap(key)
		p.courtStays(first, "by "+key)
	}
	p.Tap("Next", "Ctrl")
	p.courtStays(first, "by Ctrl+PageDown")
	p.Tap("Tab", "Shift")
	p.courtStays(first, "by Shift+Tab")
	p.Tap("r")
	p.Hold("Next", 1200*time.Millisecond)
	second := p.expect("2", 1920, 1080)
	p.courtSees(second, "BL 2, one page on, after a held PageDown")
	p.courtStays(second, "after a held PageDown")
}

// What lies over the console has the keys: a page of help, a chooser. A line into which a note is typed has the letters, and
// covers nothing. Black is always one key away.
func TestBlackPassesWhatCoversTheConsole(t *testing.T) {
	p := openSample(t)
	p.startTrial()
	p.Tap("Next")
	first := p.expect("1", 1920, 1080)
	p.courtSees(first, "BL 1")
	black := func(key, over string, mods ...string) {
		t.Helper()
		p.Tap(key, mods...)
		p.courtIsBlack("by " + key + " over " + over)
		p.Tap(key, mods...)
		p.courtSees(first, "BL 1 again over "+over)
	}

	p.Tap("F1")
	for _, key := range []string{"Next", "space", "Right", "Return", "End"} {
		p.Tap(key)
		p.courtStays(first, "by "+key+" over the table of keys")
	}
	black("b", "the table of keys")
	p.Tap("Escape")

	p.Tap("n")
	p.Type("bb.")
	p.courtStays(first, "by letters in a note")
	black(".", "a note", "Ctrl")
	p.Tap("Escape")

	p.Tap("2", "Ctrl") // where a folder can be chosen
	p.Tap("o", "Ctrl")
	p.Tap("F5")
	p.Tap("Next")
	p.courtStays(first, "by keys over the chooser")
	black("b", "the chooser")
	p.Tap("Escape")
	p.Tap("3", "Ctrl")
	p.Tap("Next")
	p.courtSees(p.expect("2", 1920, 1080), "BL 2: the keys are the room's again")
}

// The keys mean the same on each layout: digits and signs by their place, letters by what is printed on them.
func TestATrialOnOtherKeyboards(t *testing.T) {
	p := openSample(t)
	p.startTrial()
	first, called := p.expect("1", 1920, 1080), p.expect("45", 1920, 1080)
	call := func(places ...string) {
		for _, place := range append(places, "Return", "Return") {
			p.Tap(place)
		}
	}
	for _, layout := range []string{"vn", "fr", "ru", "us"} {
		p.Layout(layout)
		call("1")
		p.courtSees(first, "BL 1, called on "+layout)
		call("4", "5")
		p.Tap("1") // the ground on which the statement is read out
		p.courtSees(called, "BL 45, called on "+layout)
		p.Tap("b")
		p.courtIsBlack("by B on " + layout)
		p.Tap("b")
		p.courtSees(called, "BL 45 again on "+layout)
		p.Tap(".")
		p.courtIsBlack("by the clicker's black on " + layout)
		p.Tap(".")
		p.courtSees(called, "BL 45 once more on "+layout)
	}
}

// Who closes the window in a trial is asked, and finds it ended, black, by the answer yes; closing it again leaves. What
// nobody ended is cut off, and offered to go on. Either way nothing of the program is left.
func TestLeavingInTheMiddleOfATrial(t *testing.T) {
	closeWindow := func(p *program) {
		w, _ := p.console()
		p.Focus(w)
		p.Tap("F4", "Alt")
	}
	asked := func(leave func(*program)) func(*program) {
		return func(p *program) {
			first := p.Shot(displaytest.Court)
			leave(p)
			p.courtStays(first, "while it is asked")
			p.Tap("Escape")
			p.courtStays(first, "when the trial goes on")
			leave(p)
			p.Tap("e", "Ctrl", "Shift")
			p.courtIsBlack("when the trial is over")
			p.record("summary")
			p.Never("the desktop on the court screen", 400*time.Millisecond, func() bool { _, ok := p.court(); return !ok })
			leave(p)
		}
	}
	for name, way := range map[string]struct {
		leave func(*program)
		last  journal.Kind
	}{
		"SIGINT":  {func(p *program) { _ = p.run.Cmd.Process.Signal(syscall.SIGINT) }, journal.KindCut},
		"SIGTERM": {func(p *program) { _ = p.run.Cmd.Process.Signal(syscall.SIGTERM) }, journal.KindCut},
		"Ctrl+Q":  {asked(func(p *program) { p.Tap("q", "Ctrl") }), journal.KindEnd},
		"window":  {asked(closeWindow), journal.KindEnd},
	} {
		t.Run(name, func(t *testing.T) {
			p := openSample(t)
			p.startTrial()
			p.Tap("Next")
			first := p.expect("1", 1920, 1080)
			p.courtSees(first, "BL 1")
			workers := children(p.run.PID())
			if len(workers) == 0 {
				t.Fatal("no worker runs: this test would prove nothing")
			}
			way.leave(p)
			if status := p.run.Wait(); status != 0 {
				t.Errorf("exit status %d, want 0", status)
			}
			if out := p.run.Output(); strings.Contains(out, "panic") || strings.Contains(out, "SIG") {
				t.Errorf("it did not leave cleanly:\n%s", out)
			}
			for _, pid := range workers {
				if err := syscall.Kill(pid, 0); err == nil {
					t.Errorf("worker %d is left", pid)
				}
			}
			var last journal.Entry
			if _, err := journal.ReadFile(filepath.Join(p.dir, library.Sidecar, "journal", journal.FileName), func(e journal.Entry) { last = e }); err != nil {
				t.Error(err)
			}
			if last.Kind != way.last {
				t.Fatalf("the journal's last line is %q, want %q", last.Kind, way.last)
			}
			if way.last != journal.KindCut {
				return
			}
			p.run = p.Command(p.home, bin(t)) // without a case: it finds the trial itself
			p.WaitFor("the console", func() bool { w, ok := p.console(); return ok && strings.HasPrefix(w.Title, "Vụ án mẫu") })
			w, _ := p.console()
			p.Focus(w)
			p.startTrial()
			p.Tap("Return")
			p.courtSees(first, "what it saw before the trial was cut off")
		})
	}
}

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
	p.swap(accentDark, func(w displaytest.Window) displaytest.Where {
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
		return displaytest.Where{X: w.X + 80, Y: w.Y, W: w.W - 80, H: 60}
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

func TestWorkersKilledInTheMiddleOfATake(t *testing.T) {
	p := openSample(t)
	p.startTrial()
	p.Tap("Next")
	first := p.expect("1", 1920, 1080)
	p.courtSees(first, "BL 1")
	want := p.expect("70", 1920, 1080)
	kill := func() {
		for _, pid := range children(p.run.PID()) {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
	}
	kill()
	p.Type("70")
	p.Tap("Return")
	p.Tap("Return")
	kill()
	p.WaitFor("the court to keep BL 1 until BL 70 is whole", func() bool {
		seen := p.Shot(displaytest.Court)
		if !bytes.Equal(seen.Pix, first.Pix) && !bytes.Equal(seen.Pix, want.Pix) {
			t.Fatal("the court saw something that is neither the old nor the new page")
		}
		return bytes.Equal(seen.Pix, want.Pix)
	})
}

func TestIncompletePageTakesTwoKeys(t *testing.T) {
	p := openSample(t)
	p.startTrial()
	p.Tap("Next")
	first := p.expect("1", 1920, 1080)
	p.courtSees(first, "BL 1")
	const cut = "Tập 2 - Hiện trường, vật chứng/Bản ảnh/A5 Sân sau (tệp chép dở).jpg#1"
	want := p.expect(cut, 1920, 1080)
	p.Tap("f", "Ctrl", "Shift")
	p.Type("A5")
	p.Tap("Return")
	p.courtStays(first, "when the cut picture is in preview")
	p.Tap("Return")
	p.courtStays(first, "after the first key")
	p.Tap("Return")
	p.courtSees(want, "the cut picture after the second key")
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

// A window that grew with a title would reach onto the court's screen.
func TestLongNamesNeverWidenTheConsole(t *testing.T) {
	name := "zz " + strings.Repeat("Biên bản về việc ", 10) + ".png"
	p := openSample(t, func(dir string) {
		photograph, err := os.ReadFile(filepath.Join(dir, "Tập 2 - Hiện trường, vật chứng", "Bản ảnh", "A4 Con dao.png"))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name), photograph, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	})
	before, _ := p.console()
	p.startTrial()
	p.Tap("f", "Ctrl", "Shift")
	p.Type("zz bien")
	p.Tap("Return")
	want := p.expect(name+"#1", 1920, 1080)
	p.WaitFor("the file with the long name, and no other, to be shown once it is read", func() bool {
		p.Tap("Return")
		seen := p.Shot(displaytest.Court)
		if !displaytest.Uniform(seen, 0, 0, 0) && !bytes.Equal(seen.Pix, want.Pix) {
			t.Fatal("the court saw a page that nobody chose")
		}
		return bytes.Equal(seen.Pix, want.Pix)
	})
	if after, _ := p.console(); after.W != before.W || after.H != before.H {
		t.Errorf("the console grew from %v to %v", before, after)
	}
}

func TestEvidenceIsNeverWrittenTo(t *testing.T) {
	p := openSample(t)
	before := sums(t, p.dir)
	p.startTrial()
	for range 5 {
		p.Tap("Next")
	}
	p.Tap("b")
	_ = p.run.Cmd.Process.Signal(syscall.SIGTERM)
	p.run.Wait()
	if after := sums(t, p.dir); after != before {
		t.Errorf("the case folder changed:\nbefore\n%s\nafter\n%s", before, after)
	}
}

// sums is a line for every file under dir, the sidecar aside.
func sums(t *testing.T, dir string) string {
	t.Helper()
	cmd := exec.Command("sh", "-c", `find . -path ./_butluc -prune -o -type f -print0 | sort -z | xargs -0 sha256sum`)
	cmd.Dir = dir
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("sums: %v\n%s", err, out)
	}
	return string(out)
}

// children are the processes that a process started and that still run.
func children(parent int) []int {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/task/%d/children", parent, parent))
	var pids []int
	if err == nil {
		for _, f := range strings.Fields(string(b)) {
			if pid, err := strconv.Atoi(f); err == nil {
				pids = append(pids, pid)
			}
		}
	}
	tasks, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", parent))
	for _, task := range tasks {
		b, err := os.ReadFile(task)
		if err != nil {
			continue
		}
		for _, f := range strings.Fields(string(b)) {
			if pid, err := strconv.Atoi(f); err == nil {
				pids = append(pids, pid)
			}
		}
	}
	return pids
}

// A click on the court's screen gives its window the keyboard. What is typed into a line of the console is for that
// line alone even then: a space in a note is not the key that shows the next page, nor a "b" the one that shows black.
func TestANoteIsTypedWhileTheCourtWindowHasTheKeyboard(t *testing.T) {
	p := openSample(t)
	p.startTrial()
	first := p.expect("1", 1920, 1080)
	p.Tap("Next")
	p.courtSees(first, "BL 1 after PageDown")
	court, _ := p.court()
	p.Focus(court)
	p.Tap("n")
	p.Type("bi cao ban")
	p.Tap("BackSpace")
	p.Tap("BackSpace")
	p.Type("i")
	p.courtStays(first, "by what is typed into the note")
	p.Tap("Return")
	p.courtStays(first, "by Enter in the note")
	p.Tap("n")
	p.Type("thoi")
	p.Tap("Escape")
	p.Tap("b")
	p.courtIsBlack("by B once the note is closed")
	w, _ := p.console()
	p.Focus(w)
	p.leave()
	if text := p.butluc("journal", p.dir, "print"); !strings.Contains(text, "bi cao bi") || strings.Contains(text, "thoi") {
		t.Errorf("the journal says\n%s", text)
	}
}
