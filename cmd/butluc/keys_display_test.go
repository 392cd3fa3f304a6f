//go:build display && linux

package main

import (
	"strings"
	"testing"

	"butluc/app/keys"
	"butluc/presenter/display/displaytest"
)

// Every key of the table is pressed in every room where it holds, in a trial too; the program lives,
// and leaves as it should.
func TestEveryKeyIsSurvivedInEveryRoom(t *testing.T) {
	p := openSample(t)
	press := func(c keys.Chord) {
		if c.Key == "KP_Enter" || c.Key == "Menu" || c.Key == "+" && c.Mods&keys.Shift != 0 {
			return // the rig has neither a keypad nor the menu key
		}
		var mods []string
		for mod, name := range map[keys.Mods]string{keys.Shift: "Shift", keys.Ctrl: "Ctrl", keys.Alt: "Alt"} {
			if c.Mods&mod != 0 {
				mods = append(mods, name)
			}
		}
		key := c.Key
		switch {
		case len(key) == 1:
			key = strings.ToLower(key)
		case key == "Space":
			key = "space"
		}
		p.Tap(key, mods...)
	}
	for _, visit := range []struct {
		room keys.Room
		key  string
	}{{keys.Shelf, "1"}, {keys.Prepare, "2"}, {keys.Trial, "3"}} {
		for _, b := range keys.Table {
			if b.Rooms&visit.room == 0 || b.Action == keys.Leave {
				continue
			}
			p.Tap(visit.key, "Ctrl")
			for _, c := range b.Chords {
				press(c)
			}
			p.Tap("Escape")
			if !p.run.Running() {
				t.Fatalf("%q ended the program", b.Action)
			}
		}
	}
	p.WaitFor("the console to answer", func() bool {
		p.Tap("F1")
		return !displaytest.Uniform(p.Shot(displaytest.Laptop), 0, 0, 0)
	})
	p.Tap("Escape")
	p.endTrial()
	p.Tap("q", "Ctrl")
	if status := p.run.Wait(); status != 0 {
		t.Errorf("exit status %d, want 0", status)
	}
}
