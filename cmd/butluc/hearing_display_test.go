//go:build display && linux

package main

import (
	"bytes"
	"context"
	"image"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/journal"
	"butluc/presenter/display/displaytest"
)

// openOutlined opens the sample case with its outline.
func openOutlined(t *testing.T) (*program, library.Outline) {
	t.Helper()
	p := &program{Rig: displaytest.Start(t), t: t, dir: filepath.Join(t.TempDir(), "Vụ án mẫu")}
	p.home = homeIn(t.TempDir())
	p.butluc("demo", p.dir, "--no-window")
	c, err := casefile.Open(context.Background(), p.dir, casefile.Options{ReadOnly: true, Paused: true, NoWatch: true})
	if err != nil {
		t.Fatal(err)
	}
	o := c.Snapshot().Outline
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	p.start()
	return p, o
}

// butluc runs a verb of the program, which must succeed.
func (p *program) butluc(args ...string) string {
	p.t.Helper()
	cmd := exec.Command(bin(p.t), args...)
	cmd.Env = append(os.Environ(), p.home...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		p.t.Fatalf("butluc %v: %v\n%s", args, err, out)
	}
	return string(out)
}

// expectStep is what the court should see of a step.
func (p *program) expectStep(id library.ID, more ...string) *image.RGBA {
	p.t.Helper()
	return p.expect("#", displaytest.CourtW, displaytest.CourtH, append(more, "--step", string(id))...)
}

// TestAWholeHearing plays one from keys, and compares the journal with the pictures of the court screen,
// line by line.
func TestAWholeHearing(t *testing.T) {
	p, o := openOutlined(t)
	steps := slices.Collect(o.Walk())
	type seen struct {
		kind   journal.Kind
		pixels string // of show and view
		number string // of the step; "" for a page from outside the outline
	}
	saw := []seen{{kind: journal.KindStart}}
	black := func(when string) {
		p.courtIsBlack(when)
		saw = append(saw, seen{kind: journal.KindBlack})
	}
	shows := func(kind journal.Kind, want *image.RGBA, number, when string) {
		p.courtSees(want, when)
		saw = append(saw, seen{kind, journal.PixelHash(want), number})
		p.record(when)
	}
	p.startTrial()
	black("at the start")

	p.Tap("Next")
	shows(journal.KindShow, p.expectStep(steps[0].Step.ID), "A.1", "the first step")
	p.Tap("Next")
	shows(journal.KindShow, p.expectStep(steps[1].Step.ID), "A.2", "the second step")

	// The defendant says something unexpected: scenario 2, whose first step is a statement.
	second, ok := o.ScenarioOf(2)
	if !ok {
		t.Fatal("no scenario has the key 2")
	}
	first := o.Steps(second.ID)[0]
	p.Tap("2", "Alt")
	before := p.Shot(displaytest.Court)
	p.Tap("Next")
	p.courtStays(before, "before the statement's ground is given")
	p.Tap("Return")
	p.courtStays(before, "by Enter instead of a ground")
	p.Type("1")
	shows(journal.KindShow, p.expectStep(first.ID), "C.1", "the statement, on ground a")

	// The last step of the scenario, and what comes forward of it with its beat.
	last := o.Steps(second.ID)[3]
	p.Tap("End")
	p.Tap("Return")
	shows(journal.KindShow, p.expectStep(last.ID), "C.4", "the scenario's last step")
	p.Tap("Next")
	shows(journal.KindShow, p.expectStep(last.ID, "--beat", "1"), "C.4", "its callout")

	p.Type("71")
	p.Tap("Return")
	p.Tap("Return")
	called := p.expect("71", displaytest.CourtW, displaytest.CourtH)
	shows(journal.KindShow, called, "", "a page that was called")

	p.Tap("b")
	black("after B")
	p.Tap("b")
	shows(journal.KindShow, called, "", "the page again")

	p.Unplug()
	p.WaitFor("the court window to go", func() bool { _, ok := p.court(); return !ok })
	saw = append(saw, seen{kind: journal.KindLost})
	p.Plug()
	p.WaitFor("the court window to come back", func() bool { _, ok := p.court(); return ok })
	p.courtIsBlack("when the cable is back")
	saw = append(saw, seen{kind: journal.KindFound}, seen{kind: journal.KindBlack})
	p.Tap("b")
	shows(journal.KindShow, called, "", "the page after the cable is back")

	p.Tap("n")
	p.Type("Bi cao im lang")
	p.Tap("Return")
	saw = append(saw, seen{kind: journal.KindNote})

	p.Tap("r") // the outline's next is in Preview already: back to where it was left, twice
	p.Tap("r")
	p.Tap("Return")
	shows(journal.KindShow, p.expectStep(steps[2].Step.ID), "B.1", "where the outline was left")
	p.Tap("e", "Ctrl", "Shift")
	p.courtStays(p.expectStep(steps[2].Step.ID), "while the trial's end is asked about")
	p.Tap("e", "Ctrl", "Shift")
	black("at the end")
	saw = append(saw, seen{kind: journal.KindEnd})
	p.record("the end")
	p.courtStays(p.Shot(displaytest.Court), "when the trial is over")
	p.Tap("t", "Ctrl", "Shift")
	p.WaitFor("the court window to go", func() bool { _, ok := p.court(); return !ok })
	p.Tap("q", "Ctrl")
	p.WaitFor("the program to end", func() bool { return !p.run.Running() })

	var got []seen
	head, err := journal.ReadFile(filepath.Join(p.dir, library.Sidecar, "journal", journal.FileName), func(e journal.Entry) {
		s := seen{kind: e.Kind}
		if e.Shown != nil {
			s.pixels, s.number = e.Shown.Pixels, e.Shown.Number
			if s.number == "C.1" && e.Shown.Ground != "a" {
				t.Errorf("the statement's ground is %q", e.Shown.Ground)
			}
		}
		got = append(got, s)
	})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(got, saw) {
		t.Errorf("the journal has\n%v\nthe court saw\n%v", got, saw)
	}
	kept := filepath.Join(strings.TrimPrefix(p.home[2], "XDG_DATA_HOME="), "butluc", "journals")
	heads, err := os.ReadDir(kept)
	if err != nil || len(heads) != 1 {
		t.Fatalf("%v, %v", heads, err)
	}
	if h, err := journal.KeptHead(filepath.Join(kept, heads[0].Name())); err != nil || *h != head {
		t.Errorf("the head that was kept is %v (%v), the journal's %v", h, err, head)
	}
}

// TestATrialThatWasKilledGoesOn: back on the court screen within three seconds of starting again, by two
// keys, and black before the second.
func TestATrialThatWasKilledGoesOn(t *testing.T) {
	p, o := openOutlined(t)
	steps := slices.Collect(o.Walk())
	p.startTrial()
	for range 3 {
		p.Tap("Next")
	}
	want := p.expectStep(steps[2].Step.ID)
	p.courtSees(want, "the third step")
	p.WaitFor("the third step to be on the disk", func() bool { // what was done within the last second may be lost
		db, err := os.ReadFile(filepath.Join(p.dir, library.Sidecar, "case.db"))
		return err == nil && bytes.Contains(db, []byte(`\"cue\":\"`+steps[2].Step.ID)) // JSON in JSON
	})
	if err := p.run.Cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	p.WaitFor("the program to be gone", func() bool { return !p.run.Running() })

	began := time.Now()
	p.run = p.Command(p.home, bin(t)) // without a case: it finds the trial itself
	p.WaitFor("the console", func() bool { w, ok := p.console(); return ok && strings.HasPrefix(w.Title, "Vụ án mẫu") })
	w, _ := p.console()
	p.Focus(w)
	p.Tap("F5")
	p.WaitFor("the court window", func() bool { _, ok := p.court(); return ok })
	p.courtIsBlack("until the second key")
	p.Tap("Return")
	p.courtSees(want, "the step that was shown")
	t.Logf("back on the court screen after %v", time.Since(began).Round(time.Millisecond))
}
