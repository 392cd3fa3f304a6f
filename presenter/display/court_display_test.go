//go:build display && linux

package display

import (
	"bufio"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"butluc/presenter/display/displaytest"
)

// hand is the test's end of the program's input and output.
type hand struct {
	t       testing.TB
	rig     *displaytest.Rig
	program *displaytest.Program
	answers int
}

func start(t testing.TB) (*displaytest.Rig, *hand) {
	t.Helper()
	rig := displaytest.Start(t)
	h := &hand{t: t, rig: rig, program: rig.Command([]string{asProgram + "=1"}, os.Args[0])}
	h.answer()
	return rig, h
}

// lines are what the program has written, answers and reports apart.
func (h *hand) lines() (answers, reports []string) {
	lines := bufio.NewScanner(strings.NewReader(h.program.Output()))
	for lines.Scan() {
		if text := lines.Text(); strings.HasPrefix(text, "ok") || strings.HasPrefix(text, "error") {
			answers = append(answers, text)
		} else {
			reports = append(reports, text)
		}
	}
	return answers, reports
}

func (h *hand) answer() string {
	h.t.Helper()
	var answers []string
	h.rig.WaitFor("an answer", func() bool {
		answers, _ = h.lines()
		return len(answers) > h.answers || !h.program.Running()
	})
	if len(answers) <= h.answers {
		h.t.Fatalf("the program has ended: %s", h.program.Output())
	}
	h.answers++
	return strings.TrimSpace(strings.TrimPrefix(answers[h.answers-1], "ok"))
}

// try sends a line and returns the answer; say fails on "error".
func (h *hand) try(line string) string {
	h.t.Helper()
	fmt.Fprintln(h.program.Stdin, line)
	return h.answer()
}

func (h *hand) say(line string) string {
	h.t.Helper()
	answer := h.try(line)
	if strings.HasPrefix(answer, "error") {
		h.t.Fatalf("%s: %s", line, answer)
	}
	return answer
}

// reported waits for a report that starts so, and tells how many there are.
func (h *hand) reported(start string) int {
	n := 0
	_, reports := h.lines()
	for _, r := range reports {
		if strings.HasPrefix(r, start) {
			n++
		}
	}
	return n
}

func (h *hand) expect(what string, seed int) {
	h.t.Helper()
	picture := h.rig.Shot(displaytest.Court)
	want := pattern(seed, picture.Rect.Dx(), picture.Rect.Dy())
	if d := displaytest.Same(picture, want); d != "" {
		h.t.Errorf("%s: the court screen differs from the frame: %s", what, d)
	}
}

func (h *hand) isBlack() bool {
	return displaytest.Uniform(h.rig.Shot(displaytest.Court), 0, 0, 0)
}

func (h *hand) expectBlack(what string) {
	h.t.Helper()
	if !h.isBlack() {
		h.t.Errorf("%s: the court screen is not black", what)
	}
}

// overLaptop reports whether any part of the court window can be seen on the laptop.
func (h *hand) overLaptop() bool {
	w, ok := h.rig.Window(Title)
	if !ok || !w.Mapped {
		return false
	}
	l := h.rig.Where(displaytest.Laptop)
	return (Screen{X: l.X, Y: l.Y, W: l.W, H: l.H}).Overlap(w.X, w.Y, w.W, w.H) > 0
}

func (h *hand) gone() bool {
	w, ok := h.rig.Window(Title)
	return !ok || !w.Mapped
}

func TestShowsFramesPixelForPixel(t *testing.T) {
	rig, h := start(t)
	h.say("open")
	h.expectBlack("opened")
	if w, _ := rig.Window(Title); w.X != 1366 || w.Y != 0 || w.W != 1920 || w.H != 1080 {
		t.Errorf("the court window is %v", w)
	}
	for seed := range 3 {
		h.say(fmt.Sprint("show ", seed))
		h.expect("shown", seed)
	}
	if answer := h.try("wrong"); !strings.Contains(answer, ErrFrameSize.Error()) {
		t.Errorf("a frame of the wrong size: %q", answer)
	}
	h.expect("after a refused frame", 2)
	h.say("black")
	h.expectBlack("black")
	h.say("show 4")
	h.expect("after black", 4)
	if place := h.say("place"); place != "1366 0 1920 1080" {
		t.Errorf("place: %s", place)
	}
	h.say("quit")
	if status := h.program.Wait(); status != 0 {
		t.Errorf("left with status %d:\n%s", status, h.program.Output())
	}
}

func TestUnplugHidesAndPlugComesBackBlack(t *testing.T) {
	rig, h := start(t)
	h.say("open")
	h.say("guard")
	h.say("follow")
	h.say("show 1")
	h.expect("before", 1)
	rig.Unplug()
	rig.Never("the court window over the console", time.Second, h.overLaptop)
	rig.WaitFor("the loss to be told", func() bool { return h.reported("lost") == 1 })
	if !h.gone() {
		t.Error("the court window is still mapped")
	}
	if answer := h.try("show 2"); !strings.Contains(answer, ErrHidden.Error()) {
		t.Errorf("a frame for a hidden window: %q", answer)
	}
	rig.Plug()
	rig.WaitFor("the window to be back", func() bool { return !h.gone() })
	rig.Never("a picture without a key", 300*time.Millisecond, func() bool { return !h.isBlack() })
	if state := h.say("state"); state != "hidden=false showing=false" {
		t.Errorf("state %s", state)
	}
	h.say("show 1")
	h.expect("one key later", 1)
}

// Promise 5 does not wait for a UI goroutine that is busy.
func TestUnplugHidesWhileTheUIIsBusy(t *testing.T) {
	rig, h := start(t)
	h.say("open")
	h.say("guard")
	h.say("show 1")
	rig.Swap()
	rig.WaitFor("the swap to be noticed", func() bool { return h.reported("changed") == 2 })
	h.say("move")
	h.say("show 1")
	h.expect("on the left", 1)
	fmt.Fprintln(h.program.Stdin, "busy")
	rig.WaitFor("the UI to be busy", func() bool { return h.reported("busy") == 1 })
	rig.Unplug() // the laptop moves to where the window is
	rig.WaitFor("the window to be hidden", h.gone)
	h.say("enough")
	h.answer()
}

func TestUnplugIsNoticedAfterTheLinesToTheServerBroke(t *testing.T) {
	rig, h := start(t)
	h.say("open")
	h.say("guard")
	h.say("show 1")
	if n := h.say("cut"); n != "3" {
		t.Errorf("cut %s lines, want the Watcher's, the window's and the common one", n)
	}
	if place := h.say("place"); place != "1366 0 1920 1080" {
		t.Errorf("place without the old lines: %s", place)
	}
	h.say("now")
	rig.Unplug()
	rig.WaitFor("the window to be hidden", h.gone)
	rig.Never("the court window over the console", 200*time.Millisecond, h.overLaptop)
	h.say("quit")
	if status := h.program.Wait(); status != 0 {
		t.Errorf("left with status %d", status)
	}
}

func TestEagerDeliversKeysAtOnceAndCostsNothingAtRest(t *testing.T) {
	rig, h := start(t)
	h.say("open")
	h.say("show 1")
	h.say("eager")
	console, _ := rig.Window("console")
	rig.Focus(console)
	for range 20 {
		rig.Tap("Next")
	}
	rig.WaitFor("all keys", func() bool { return h.reported("console-key Next") == 20 })
	h.say("quit")
	if status := h.program.Wait(); status != 0 {
		t.Errorf("left with status %d", status)
	}
}

func TestSwapFollowsTheScreen(t *testing.T) {
	rig, h := start(t)
	h.say("open")
	h.say("guard")
	h.say("follow")
	h.say("show 1")
	rig.Swap()
	rig.WaitFor("the window to follow", func() bool {
		w, _ := rig.Window(Title)
		return w.Mapped && w.X == 0 && w.W == 1920
	})
	rig.Never("the court window over the console", 300*time.Millisecond, h.overLaptop)
	h.expectBlack("after the swap")
	h.say("show 3")
	h.expect("after a key", 3)
}

func TestAnotherModeIsBlackUntilAFrameOfItsSize(t *testing.T) {
	rig, h := start(t)
	h.say("open")
	h.say("guard")
	h.say("follow")
	h.say("show 1")
	rig.Mode(1280, 720)
	rig.WaitFor("the window to fit", func() bool {
		w, _ := rig.Window(Title)
		return w.Mapped && w.W == 1280 && w.H == 720
	})
	rig.WaitFor("black", h.isBlack)
	h.say("show 2")
	h.expect("in the new mode", 2)
}

func TestMirroringIsNoticedAndExtendEndsIt(t *testing.T) {
	rig, h := start(t)
	h.say("open")
	h.say("guard")
	h.say("show 1")
	rig.Mirror()
	rig.WaitFor("the window to be hidden", h.gone)
	rig.Never("the court window over the console", 300*time.Millisecond, h.overLaptop)
	rig.WaitFor("mirroring to be told", func() bool { return h.reported("changed 2 true") > 0 })
	if v := h.say("verdict"); v != "mirrored" {
		t.Errorf("verdict %s", v)
	}
	h.say("extend")
	if v := h.say("verdict"); v != "chosen" {
		t.Errorf("verdict after Extend: %s", v)
	}
	h.say("move")
	h.say("show 5")
	h.expect("after Extend", 5)
}

func TestNeverOntoTheConsole(t *testing.T) {
	_, h := start(t)
	h.say("open")
	h.say("guard")
	if answer := h.try("move-onto-console"); !strings.HasPrefix(answer, "error") {
		t.Errorf("moved onto the console: %q", answer)
	}
	h.say("show 1")
	h.expect("after a refused move", 1)
}

func TestKeysGoToTheConsoleAndReachUsFromTheCourtWindow(t *testing.T) {
	rig, h := start(t)
	h.say("open")
	console, _ := rig.Window("console")
	rig.Focus(console)
	rig.Click(2000, 500)
	rig.Tap("Next")
	rig.WaitFor("the console's key", func() bool { return h.reported("console-key Next") == 1 })

	court, _ := rig.Window(Title)
	rig.Focus(court)
	for _, tap := range []struct {
		key  string
		mods []string
		want string
	}{
		{"Next", nil, `"Name":"Next","Rune":0,"Mods":0,"Repeat":false`},
		{"b", nil, `"Name":"B","Rune":0,"Mods":0`},
		{".", nil, `"Name":".","Rune":0`},
		{"space", nil, `"Name":"Space","Rune":0`},
		{"7", nil, `"Name":"7","Rune":0`},
		{"Next", []string{"Ctrl", "Shift"}, `"Name":"Next","Rune":0,"Mods":3`},
		{"ề", nil, `"Rune":7873`},
	} {
		if _, ok := map[string]bool{"ề": true}[tap.key]; ok {
			rig.Type(tap.key)
		} else {
			rig.Tap(tap.key, tap.mods...)
		}
		rig.WaitFor("the key "+tap.want, func() bool { return strings.Contains(h.program.Output(), tap.want) })
	}
	rig.Hold("Next", time.Second)
	rig.WaitFor("repeats", func() bool { return strings.Contains(h.program.Output(), `"Repeat":true`) })
}

func TestAltF4AndCoveringLeaveThePicture(t *testing.T) {
	rig, h := start(t)
	h.say("open")
	h.say("show 1")
	court, _ := rig.Window(Title)
	rig.Focus(court)
	rig.Tap("F4", "Alt")
	h.say("hide")
	if !h.gone() {
		t.Error("not hidden")
	}
	h.say("move")
	h.expectBlack("moved back")
	h.say("show 2")
	h.expect("shown again", 2)
}

func TestIdentifyShowsADigitOnEveryScreen(t *testing.T) {
	rig, h := start(t)
	h.say("identify")
	for _, title := range []string{"Butluc – 1", "Butluc – 2"} {
		w, ok := rig.Window(title)
		if !ok || !w.Mapped {
			t.Fatalf("no window %q", title)
		}
		picture := rig.Grab(displaytest.Where{X: w.X, Y: w.Y, W: w.W, H: w.H})
		want, err := digitPicture(int(title[len(title)-1]-'0'), w.W)
		if err != nil {
			t.Fatal(err)
		}
		if d := displaytest.Same(picture, want); d != "" {
			t.Errorf("%s: %s", title, d)
		}
	}
	h.say("identified")
	if _, ok := rig.Window("Butluc – 1"); ok {
		t.Error("the digit is still there")
	}
}
