package keys_test

import (
	"testing"

	"butluc/app/keys"
	"butluc/assets"
)

func TestNoChordDoesTwoThingsInOneRoom(t *testing.T) {
	for _, room := range []keys.Room{keys.Shelf, keys.Prepare, keys.Trial, keys.Outline, keys.Marks, keys.Study, keys.Excerpt} {
		taken := map[keys.Chord]keys.Action{}
		for _, b := range keys.Table {
			if b.Rooms&room == 0 {
				continue
			}
			for _, c := range b.Chords {
				if other, ok := taken[c]; ok {
					t.Errorf("in room %d, %v does both %q and %q", room, c, other, b.Action)
				}
				taken[c] = b.Action
			}
		}
	}
}

// In each room where a key does an action, the table names one owner who acts there, and no owner without a room.
func TestEveryActionHasOneOwnerInEachOfItsRooms(t *testing.T) {
	rooms := map[keys.Owner]keys.Room{
		keys.OfWindow: keys.Any, keys.OfCourt: keys.Any, keys.OfPrepare: keys.Prepare,
		keys.OfOutline: keys.Outline, keys.OfMarks: keys.Prepare | keys.Marks, keys.OfTrial: keys.Trial, keys.OfShelf: keys.Shelf,
		keys.OfExcerpts: keys.Study | keys.Excerpt,
	}
	for _, b := range keys.Table {
		used := keys.Owner(0)
		for _, room := range []keys.Room{keys.Shelf, keys.Prepare, keys.Trial, keys.Outline, keys.Marks, keys.Study, keys.Excerpt} {
			if b.Rooms&room == 0 {
				continue
			}
			owner := b.Owner(room)
			if rooms[owner]&room == 0 {
				t.Errorf("%q has no owner in room %d", b.Action, room)
			}
			used |= owner
		}
		if used != b.Owners {
			t.Errorf("%q names owners %b, of whom %b act in its rooms", b.Action, b.Owners, used)
		}
	}
}

func TestHeldKeysNeverReachTheCourt(t *testing.T) {
	for _, b := range keys.Table {
		if b.Repeats && (b.Group == keys.GroupCourt || b.Group == keys.GroupLive) {
			t.Errorf("%q repeats, and it changes what the court sees", b.Action)
		}
	}
}

func TestTabOnlyGoesToTheOtherPaneAndBackspaceIsBoundToNothing(t *testing.T) {
	for _, b := range keys.Table {
		for _, c := range b.Chords {
			if c.Key == "Tab" && b.Action != keys.OtherPane || c.Key == "BackSpace" {
				t.Errorf("%q is bound to %v", b.Action, c)
			}
		}
	}
}

func TestEveryActionIsExplained(t *testing.T) {
	for _, lang := range assets.Languages {
		texts := assets.Catalogue(lang)
		for _, b := range keys.Table {
			if texts["key."+string(b.Action)] == "" {
				t.Errorf("%s: the action %q has no sentence", lang, b.Action)
			}
			if texts["keys."+string(b.Group)] == "" {
				t.Errorf("%s: the group %q has no heading", lang, b.Group)
			}
		}
	}
}

func TestClickersFindTheirKeys(t *testing.T) {
	for chord, want := range map[keys.Chord]keys.Action{
		{Key: "Next"}: keys.Next, {Key: "Prior"}: keys.Back, {Key: "."}: keys.Blank, {Key: "B"}: keys.Blank,
		{Key: "F5"}: keys.Start, {Mods: keys.Shift, Key: "F5"}: keys.StartHere, {Key: "Escape"}: keys.Close,
		{Key: "Return"}: keys.Take, {Key: "KP_Enter"}: keys.Take,
	} {
		if b, ok := keys.Lookup(keys.Trial, chord); !ok || b.Action != want {
			t.Errorf("%v does %q, want %q", chord, b.Action, want)
		}
	}
}

func TestKeysAreReadAsTheyAreWritten(t *testing.T) {
	for text, want := range map[string]keys.Chord{
		"PageDown": {Key: "Next"}, "Ctrl+Shift+E": {Mods: keys.Ctrl | keys.Shift, Key: "E"}, "b": {Key: "B"},
		"Alt+3": {Mods: keys.Alt, Key: "3"}, "Enter": {Key: "Return"}, "+": {Key: "+"}, "Ctrl++": {Mods: keys.Ctrl, Key: "+"}, ".": {Key: "."},
	} {
		if got, err := keys.Parse(text); err != nil || got != want {
			t.Errorf("%q is %v, %v; want %v", text, got, err, want)
		}
	}
	for _, text := range []string{"", "Ctrl+", "Hyper+X", "PgDn"} {
		if got, err := keys.Parse(text); err == nil {
			t.Errorf("%q is read as %v", text, got)
		}
	}
}

// Each action on a room's screen of F1's page has a key there, and stands there once; the court's keys stand on the trial's.
func TestTheScreenOfARoomHasItsKeys(t *testing.T) {
	for _, room := range []keys.Room{keys.Shelf, keys.Prepare, keys.Trial, keys.Study} {
		seen := map[keys.Action]bool{}
		for _, column := range keys.Sheet(room) {
			for _, g := range column {
				for _, row := range g.Rows {
					for _, a := range row {
						if len(keys.ChordsIn(room, a)) == 0 || seen[a] {
							t.Errorf("room %d: %q has no key there, or stands there twice", room, a)
						}
						seen[a] = true
					}
				}
			}
		}
		if room == keys.Trial && !(seen[keys.Take] && seen[keys.Next] && seen[keys.Blank] && seen[keys.CallUp]) {
			t.Error("what shows the court something is not on the trial's screen")
		}
	}
}
