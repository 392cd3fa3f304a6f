//go:build display && linux

package main

import (
	"bytes"
	"image/color"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"butluc/library"
	"butluc/library/journal"
	"butluc/presenter/display/displaytest"
)

// The preview's edge in the two looks of the window.
var (
	previewDark  = color.NRGBA{0x33, 0xa8, 0x71, 255}
	previewLight = color.NRGBA{0x18, 0x79, 0x4e, 255}
)

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
