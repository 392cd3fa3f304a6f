package shell

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"butluc/app/keys"
)

// tabbing is a field that takes Tab.
type tabbing struct{ widget.Entry }

func (*tabbing) AcceptsTab() bool { return true }

// What is typed in the court window goes into a field that is open in the console; a clicker's keys, Esc, and those with Ctrl
// or Alt stay what they are.
func TestOnlyWhatIsTypedGoesIntoAField(t *testing.T) {
	entry, tab := widget.NewEntry(), &tabbing{}
	for _, c := range []struct {
		key   string
		mods  keys.Mods
		field fyne.Focusable
		want  bool
	}{
		{"a", 0, entry, true},
		{"A", keys.Shift, entry, true},
		{"space", 0, entry, true},
		{"F", 0, entry, true},
		{"Left", 0, entry, true},
		{"BackSpace", 0, entry, true},
		{"Return", 0, entry, true},
		{".", 0, entry, true},
		{"Next", 0, entry, false},
		{"Prior", 0, entry, false},
		{"Escape", 0, entry, false},
		{"F5", 0, entry, false},
		{"F12", 0, entry, false},
		{".", keys.Ctrl, entry, false},
		{"1", keys.Alt, entry, false},
		{"z", keys.Ctrl | keys.Shift, entry, false},
		{"Tab", 0, entry, false},
		{"Tab", 0, tab, true},
	} {
		if got := isTyping(keys.Chord{Key: c.key, Mods: c.mods}, c.field); got != c.want {
			t.Errorf("%v %q into %T: %v, want %v", c.mods, c.key, c.field, got, c.want)
		}
	}
}

// The line for a bút lục names its keys as they stand on the keyboard.
func TestTheLineForAFolioNamesItsKeys(t *testing.T) {
	w := newConsole(t)
	w.enter(keys.Trial)
	w.call.open("1")
	w.pump()
	if got, want := w.call.found.Text, "Enter"; !strings.Contains(got, want) || strings.Contains(got, "{") {
		t.Errorf("with a page found it says %q", got)
	}
}

// A number that is not in the file is left, and the next one begins anew: "21" calls 21, not 1.
func TestTheNextNumberIsTypedWhole(t *testing.T) {
	w := newConsole(t)
	w.enter(keys.Trial)
	w.call.open("999")
	w.call.submit()
	w.call.close()
	w.call.open("2")
	w.call.field.TypedRune('1')
	w.pump()
	if got := w.call.field.Text; got != "21" {
		t.Errorf("2 and 1, typed after a number that was not found, make %q", got)
	}
}
