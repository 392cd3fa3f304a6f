//go:build display && linux

package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"image"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"butluc/app/keys"
	"butluc/library"
	"butluc/library/journal"
	"butluc/presenter/display/displaytest"
)

// hostile is a person who means ill, at the real window on two screens, and beside them a witness who knows only which
// keys were pressed, what the journal on the disk says, and the pixels of the court screen.
type hostile struct {
	*program
	random *rand.Rand
	did    []string // what was done last

	read   int64  // of the journal's file
	last   string // the pixels of the last picture that the journal has
	shows  int    // pictures in the journal
	lit    bool   // what the journal says last is a picture
	may    int    // pictures that may be in the journal by what was pressed
	stands string // the pixels that the court sees, "" for black
}

// TestTheHostileHour does at random what a person, a cable and a window manager may do, and after each thing asks: does the
// court see what was taken, or black? BUTLUC_TORTURE is how many things are done, BUTLUC_SEED which.
func TestTheHostileHour(t *testing.T) {
	things, seed := number(t, "BUTLUC_TORTURE", 60), number(t, "BUTLUC_SEED", 1)
	t.Logf("%d things of seed %d", things, seed)
	h := &hostile{program: openSample(t), random: rand.New(rand.NewPCG(uint64(seed), 7))}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("seed %d, thing %d; the last were %s", seed, len(h.did), strings.Join(h.did[max(0, len(h.did)-12):], " | "))
		}
	})
	h.begin()
	deeds := h.deeds()
	for range things {
		at := h.random.IntN(deeds[len(deeds)-1].upTo)
		for _, d := range deeds {
			if at < d.upTo {
				h.did = append(h.did, d.name)
				d.do()
				break
			}
		}
		if !h.run.Running() {
			t.Fatal("the program is gone")
		}
		h.compare()
	}
	h.end()
	h.butluc("journal", h.dir, "verify", "--frames") // each picture of the journal is made anew from the case, and is the same
}

func number(t *testing.T, name string, usual int) int {
	t.Helper()
	text := os.Getenv(name)
	if text == "" {
		return usual
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// deed is a thing to do; it is chosen where a number lies under upTo and under no other.
type deed struct {
	name string
	upTo int
	do   func()
}

func (h *hostile) deeds() (list []deed) {
	sum := 0
	for _, d := range []struct {
		name  string
		often int
		do    func()
	}{
		{"take", 30, h.take},
		{"idle key", 25, h.idle},
		{"call", 12, h.call},
		{"note", 8, h.note},
		{"black", 8, h.settle},
		{"cover", 10, h.cover},
		{"other room", 6, h.otherRoom},
		{"click", 10, h.click},
		{"close", 5, h.askEnd},
		{"cable", 3, h.cable},
		{"size", 3, h.size},
		{"swap", 2, h.swap},
		{"mirror", 2, h.mirrored},
		{"end and begin", 1, func() { h.end(); h.begin() }},
		{"leave and come back", 1, h.reopen},
	} {
		sum += d.often
		list = append(list, deed{d.name, sum, d.do})
	}
	return list
}

func (h *hostile) pick(names ...string) string { return names[h.random.IntN(len(names))] }

// tap presses a chord: "Ctrl+Next".
func (h *hostile) tap(chord string) {
	h.t.Helper()
	h.did[len(h.did)-1] += " " + chord
	parts := strings.Split(chord, "+")
	h.Tap(parts[len(parts)-1], parts[:len(parts)-1]...)
}

// sees is the pixels of the court screen, "" for black.
func (h *hostile) sees() string {
	h.t.Helper()
	shot := h.Shot(displaytest.Court)
	if displaytest.Uniform(shot, 0, 0, 0) {
		return ""
	}
	return journal.PixelHash(shot)
}

// follow reads what the journal has got since.
func (h *hostile) follow() {
	h.t.Helper()
	f, err := os.Open(filepath.Join(h.dir, library.Sidecar, "journal", journal.FileName))
	if err != nil {
		h.t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.Seek(h.read, io.SeekStart); err != nil {
		h.t.Fatal(err)
	}
	for in := bufio.NewReader(f); ; {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return // the end, or a line that is being written
		}
		h.read += int64(len(line))
		var e journal.Entry
		if err := json.Unmarshal(bytes.TrimSpace(line), &e); err != nil {
			h.t.Fatal(err)
		}
		switch e.Kind { //nolint:exhaustive // the others change nothing that stands there
		case journal.KindShow, journal.KindView:
			h.last, h.shows, h.lit = e.Shown.Pixels, h.shows+1, true
		case journal.KindStart, journal.KindBlack, journal.KindLost, journal.KindFound, journal.KindEnd, journal.KindCut:
			h.lit = false
		}
	}
}

// compare holds what the court sees against what it may see.
func (h *hostile) compare() {
	h.t.Helper()
	if now := h.sees(); now != h.stands {
		h.t.Fatalf("the court sees %.8q, and %.8q was taken", now, h.stands)
	}
	if h.follow(); h.shows > h.may {
		h.t.Fatalf("the journal has %d pictures, and at most %d were taken", h.shows, h.may)
	}
}

// settle makes the court black by B and brings the picture back: all that was pressed before is done by then. The picture
// is the journal's last.
func (h *hostile) settle() {
	h.t.Helper()
	if h.sees() != "" {
		h.Tap(h.pick("b", "."))
		h.WaitFor("black by one key", func() bool { return h.sees() == "" })
	}
	h.back()
}

// back brings the picture back onto a black court screen.
func (h *hostile) back() {
	h.t.Helper()
	h.WaitFor("the journal to say that the court sees black", func() bool { h.follow(); return !h.lit })
	h.Tap("b")
	h.WaitFor("the picture that was taken", func() bool {
		h.follow()
		h.stands = h.sees()
		return h.lit && h.stands != "" && h.stands == h.last
	})
	h.may++
	if h.shows > h.may {
		h.t.Fatalf("the journal has %d pictures, and at most %d were taken", h.shows, h.may)
	}
	h.may = h.shows // what could have been taken and was not can't be taken any more
}

// begin begins a trial and takes the first page.
func (h *hostile) begin() {
	h.t.Helper()
	if len(h.did) == 0 {
		h.did = append(h.did, "begin")
	}
	h.tap("F5")
	h.WaitFor("the court window", func() bool { _, ok := h.court(); return ok })
	h.courtIsBlack("at the start")
	h.may++
	h.tap("Next")
	h.WaitFor("the first page", func() bool { h.follow(); return h.sees() != "" && h.sees() == h.last })
	h.settle()
}

// take presses keys that may show something else.
func (h *hostile) take() {
	h.may++
	h.tap(h.pick("Next", "Next", "Prior", "Right", "Left", "Return", "space", "Shift+z", "Shift+Down", "Shift+Up", "Ctrl+Shift+Next", "h", "x"))
	h.settle()
}

// idle presses keys that show the court nothing.
func (h *hostile) idle() {
	h.tap(h.pick("r", "z", "Home", "End", "Up", "Down", "Tab", "]", "[", "-", "Ctrl+Next", "Ctrl+Prior", "Alt+Left", "Alt+Right", "F5", "Shift+F5",
		"BackSpace", "Insert", "Delete", "Alt+1", "Alt+4", "Escape", "F2", "Ctrl+l", "Ctrl+t", "Ctrl+Shift+t", "Ctrl+r"))
	if h.random.IntN(3) == 0 {
		h.compare()
		h.settle()
	}
}

// call calls a folio: Enter puts it into the preview, Enter again takes it.
func (h *hostile) call() {
	for range 1 + h.random.IntN(2) {
		h.tap(strconv.Itoa(1 + h.random.IntN(9)))
	}
	h.tap("Return")
	h.compare()
	h.may++
	h.tap("Return")
	h.tap("Escape")                   // withdraws the question, where one was asked
	h.tap(h.pick("1", "2", "3", "4")) // where a statement asked for its ground, this is no answer any more
	h.tap("Escape")
	h.settle()
}

// note types letters into a note, black ones among them.
func (h *hostile) note() {
	h.tap(h.pick("n", "Ctrl+g")) // not the jump: there is no outline to jump in
	for range 1 + h.random.IntN(4) {
		h.tap(h.pick("a", "b", ".", "n", "space", "F5", "7"))
		h.compare()
	}
	if h.random.IntN(2) == 0 {
		h.tap("Ctrl+.")
		h.WaitFor("black while a text is typed", func() bool { return h.sees() == "" })
		h.stands = ""
	}
	h.tap("Escape")
	h.tap("Escape")
	h.settle()
}

// cover opens what lies over the console, and presses all kinds of keys.
func (h *hostile) cover() {
	chooser := h.random.IntN(2) == 0
	if chooser {
		h.tap("Ctrl+2")
		h.tap("Ctrl+o")
	} else {
		h.tap("F1")
	}
	for range 2 + h.random.IntN(6) {
		if name, ok := h.anyKey(); ok {
			h.tap(name)
			h.compare()
		}
	}
	h.settle()
	h.tap("Escape")
	if chooser {
		h.tap("Ctrl+3")
	}
}

// anyKey is a chord of the table, but for those that close what covers the console, black, and what the rig's keyboard
// has not.
func (h *hostile) anyKey() (string, bool) {
	b := keys.Table[h.random.IntN(len(keys.Table))]
	c := b.Chords[h.random.IntN(len(b.Chords))]
	if b.Action == keys.Close || b.Action == keys.Help || c.Does(keys.Blank) || c.Key == "KP_Enter" || c.Key == "Menu" || c.Key == "+" || c.Key == "Tab" {
		return "", false
	}
	name := c.Key
	if len(name) == 1 {
		name = strings.ToLower(name)
	}
	for mod, held := range map[keys.Mods]string{keys.Shift: "Shift", keys.Ctrl: "Ctrl", keys.Alt: "Alt"} {
		if c.Mods&mod != 0 {
			name = held + "+" + name
		}
	}
	return name, true
}

// otherRoom goes into another room during the trial, and looks at pages there.
func (h *hostile) otherRoom() {
	h.tap(h.pick("Ctrl+1", "Ctrl+2"))
	for range 1 + h.random.IntN(4) {
		h.tap(h.pick("Next", "Prior", "Right", "Left", "space", "Up", "Down", "F5", "z", "]"))
		h.compare()
	}
	h.tap("Ctrl+3")
}

// click clicks somewhere into the room, the buttons of the trial among it.
func (h *hostile) click() {
	w, ok := h.console()
	if !ok {
		h.t.Fatal("there is no console")
	}
	h.may += 2
	at := image.Pt(w.X+100+h.random.IntN(w.W*6/10-100), w.Y+60+h.random.IntN(w.H-70))
	h.did[len(h.did)-1] += " " + at.String()
	h.Click(at.X, at.Y)
	h.Move(w.X+w.W/2, w.Y+2)
	for range 3 {
		h.tap("Escape")
	}
	h.tap("Ctrl+3")
	h.settle()
}

// askEnd asks to leave, or to end, and goes on.
func (h *hostile) askEnd() {
	if h.random.IntN(3) == 0 {
		h.tap("Alt+F4") // goes by way of the window manager: a key may overtake it
		h.settle()
	} else {
		h.tap(h.pick("Ctrl+q", "Ctrl+Shift+e"))
		h.tap(h.pick("Next", "Return", "space", "F5", "7"))
		h.compare()
	}
	h.tap("Escape")
	h.settle()
}

// moved waits until the court window is where its screen is now, black, and brings the picture back.
func (h *hostile) moved() {
	h.t.Helper()
	at := h.Where(displaytest.Court)
	h.WaitFor("the court window on its screen", func() bool {
		w, ok := h.court()
		return ok && w.X == at.X && w.Y == at.Y && w.W == at.W && w.H == at.H
	})
	h.courtIsBlack("on its screen again")
	h.back()
}

// cable pulls the cable, presses keys, and plugs it in.
func (h *hostile) cable() {
	h.Unplug()
	h.WaitFor("the court window to go", func() bool { _, ok := h.court(); return !ok })
	h.may += 2
	h.tap(h.pick("Next", "Prior", "r"))
	h.Plug()
	h.moved()
}

// size changes the court's resolution and back, or the laptop's.
func (h *hostile) size() {
	if h.random.IntN(3) == 0 {
		h.LaptopMode(2560, 1600)
	} else {
		size := [][2]int{{1280, 720}, {1024, 768}}[h.random.IntN(2)]
		h.Mode(size[0], size[1])
	}
	h.moved()
	h.compare()
	h.Plug()
	h.moved()
}

func (h *hostile) swap() {
	h.Swap()
	h.moved()
	h.compare()
	h.Plug()
	h.moved()
}

// mirrored lets laptop and court show the same for a while: the court window goes.
func (h *hostile) mirrored() {
	h.Mirror()
	h.WaitFor("the court window to go", func() bool { _, ok := h.court(); return !ok })
	h.tap(h.pick("Next", "Return", "7"))
	h.may++
	h.Extend()
	h.tap("Escape") // from the line for a folio, where the digit came before the cover
	h.moved()
}

// end ends the trial: black, whatever is pressed, until the screen is given up.
func (h *hostile) end() {
	h.t.Helper()
	h.tap("Ctrl+Shift+e")
	h.tap("Ctrl+Shift+e")
	h.courtIsBlack("after the end")
	for range 3 {
		h.tap(h.pick("Next", "Return", "space", "b"))
		h.Never("the desktop or a page after the end", 50*time.Millisecond, func() bool { return h.sees() != "" })
	}
	h.tap("Ctrl+Shift+t")
	h.WaitFor("the court window to go", func() bool { _, ok := h.court(); return !ok })
	h.tap("Escape")
}

// reopen ends the program as a shutdown does, and goes on with the trial.
func (h *hostile) reopen() {
	_ = h.run.Cmd.Process.Signal(syscall.SIGTERM)
	if status := h.run.Wait(); status != 0 {
		h.t.Fatalf("exit status %d", status)
	}
	h.start()
	h.begin()
}
