package shell

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"butluc/app/i18n"
	"butluc/app/keys"
	"butluc/library"
)

// F1's page finds a key by what it does, without accents, and by its own name.
func TestKeysAreFound(t *testing.T) {
	in := i18n.In("vi")
	found := func(typed string) (actions []keys.Action) {
		for _, g := range []keys.Group{keys.GroupCourt, keys.GroupStudy, keys.GroupMarks, keys.GroupWindow} {
			for _, b := range helpRows(in, g, library.NewFilter(typed)) {
				actions = append(actions, b.Action)
			}
		}
		return actions
	}
	for typed, want := range map[string]keys.Action{"man hinh den": keys.Blank, "F6": keys.FoldEvidence, "ctrl+t": keys.Theme} {
		got := found(typed)
		if len(got) == 0 || got[0] != want || len(got) > 4 {
			t.Errorf("%q finds %v, want %v", typed, got, want)
		}
	}
	if got := found("xyzzy"); len(got) > 0 {
		t.Errorf("rubbish finds %v", got)
	}
}

// F1 opens at the keys of the room that one stands in, and they are seen whole on a screen of 1024×768, in a trial too, where
// its buttons stay in sight.
func TestTheKeysOfARoomFitOneScreen(t *testing.T) {
	drawsManyWindows(t)
	const bars = 80 // the system's
	small := fyne.NewSize(1024, 768-bars)
	w := newConsole(t)
	for _, language := range []string{"vi", "en"} {
		for _, at := range append(rooms, running) {
			w.speak(language)
			if at == running {
				w.start()
				at = keys.Trial
			} else {
				w.enter(at)
			}
			w.win.Resize(small)
			w.do(keys.Help)
			w.layAnew(small)
			if w.help.at != at {
				t.Errorf("%s: in room %d the keys of room %d are shown", language, at, w.help.at)
			}
			scroll := w.help.table.Objects[0].(*container.Scroll)
			if all, seen := scroll.Content.MinSize().Height, scroll.Size().Height; all > seen {
				t.Errorf("%s, room %d: the keys are %v tall, in %v", language, at, all, seen)
			}
			if bad := faults(w.help.content, small); len(bad) > 0 {
				t.Errorf("%s, room %d:\n%s", language, at, strings.Join(bad, "\n"))
			}
			w.help.Close()
			if w.session.Stage.Running() {
				w.session.Hearing.End()
				w.session.Court.Release()
				w.pump()
			}
		}
	}
}

// Left and Right turn to another room's keys, and what is typed finds any key from each of them.
func TestF1TurnsToAnyRoom(t *testing.T) {
	w := newConsole(t)
	w.enter(keys.Prepare)
	w.do(keys.Help)
	for _, c := range []struct {
		key  string
		want keys.Room
	}{{"Right", keys.Trial}, {"Right", keys.Study}, {"Right", 0}, {"Right", 0}, {"Left", keys.Study}, {"Left", keys.Trial}, {"Left", keys.Prepare}, {"Left", keys.Shelf}, {"Left", keys.Shelf}} {
		if w.help.Key(keys.Chord{Key: c.key}, false); w.help.at != c.want {
			t.Errorf("%s turns to room %d, want %d", c.key, w.help.at, c.want)
		}
	}
	sheet := w.help.table.Objects[0]
	if w.help.search.SetText("man hinh den"); w.help.table.Objects[0] == sheet {
		t.Error("what is typed finds nothing from a room's keys")
	}
}
