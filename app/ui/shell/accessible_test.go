package shell

import (
	"testing"
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"butluc/app/keys"
	"butluc/app/ui/widgets"
	"butluc/presenter/display"
)

// Every button has a name in words, beside it or as its tip, and gives it to what reads the screen aloud.
func TestEveryButtonHasAName(t *testing.T) {
	w := newConsole(t)
	for _, language := range []string{"vi", "en"} {
		w.speak(language)
		seen := 0
		look := func(where string) {
			eachButton(w.win.Content(), func(b *widgets.Button) {
				seen++
				if named := fyne.Accessible(b); !worded(named.AccessibilityLabel()) || named.AccessibilityRole() != fyne.AccessibleRoleButton {
					t.Errorf("%s, %s: a button is called %q (icon %v)", language, where, named.AccessibilityLabel(), b.Icon)
				}
			})
		}
		for name, at := range map[string]keys.Room{"the shelf": keys.Shelf, "Prepare": keys.Prepare, "the Trial room": keys.Trial, "the study": keys.Study} {
			w.enter(at)
			w.win.Resize(fyne.NewSize(1366, 688))
			look(name)
			w.do(keys.Find)
			w.pump()
			look(name + ", looking for words")
			w.do(keys.Help)
			look(name + ", F1")
			w.help.Close()
		}
		if seen < 100 {
			t.Errorf("%s: %d buttons were looked at", language, seen)
		}
	}
}

// worded tells whether a name has a word in it, or is the size of letters that it sets.
func worded(name string) bool {
	letters := 0
	for _, r := range name {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters >= 2
}

// eachButton calls f with each button in sight.
func eachButton(o fyne.CanvasObject, f func(*widgets.Button)) {
	if !o.Visible() {
		return
	}
	switch o := o.(type) {
	case *widgets.Button:
		f(o)
	case *fyne.Container:
		for _, inside := range o.Objects {
			eachButton(inside, f)
		}
	case fyne.Widget:
		for _, inside := range test.WidgetRenderer(o).Objects() {
			eachButton(inside, f)
		}
	}
}

// With F10 every button in sight can be reached and pressed by keys, in each room; Esc gives the keys back. In a trial the ring
// alone shows the court nothing, and Enter presses what has it in place of taking what is in Preview.
func TestEveryButtonIsPressedByKeys(t *testing.T) {
	press := hands["the console"]
	walk, tab, enter, escape := display.KeyEvent{Name: "F10"}, display.KeyEvent{Name: "Tab"}, display.KeyEvent{Name: "Return"}, display.KeyEvent{Name: "Escape"}
	for _, at := range append(rooms, running) {
		w := newConsole(t)
		if at == running {
			w.enter(keys.Trial)
			w.start()
		} else {
			w.enter(at)
		}
		w.win.Resize(fyne.NewSize(1366, 688))
		want, got := map[*widgets.Button]bool{}, map[string]bool{}
		eachButton(w.main, func(b *widgets.Button) {
			if b.OnTapped != nil {
				want[b] = true
				b.OnTapped = func() { got[b.AccessibilityLabel()] = true }
			}
		})
		court := w.session.Stage.State().Program
		press(w, walk)
		for range 3 * len(want) {
			press(w, enter)
			press(w, tab)
		}
		for b := range want {
			pressable := false
			walkedTo := b.AccessibilityLabel()
			for _, name := range w.walkable() {
				pressable = pressable || name == walkedTo
			}
			if pressable && !got[walkedTo] {
				t.Errorf("room %d: no key presses %q (icon %v, at %v)", at, walkedTo, b.Icon, b.Position())
			}
		}
		if len(got) < 5 || w.session.Stage.State().Program != court {
			t.Errorf("room %d: %d buttons were pressed; the court sees another page: %v", at, len(got), w.session.Stage.State().Program != court)
		}
		if press(w, escape); w.walk.On() {
			t.Errorf("room %d: Esc leaves the ring", at)
		}
	}
}

// walkable are the names of what is not deaf.
func (w *testConsole) walkable() (names []string) {
	eachButton(w.main, func(b *widgets.Button) {
		if !b.Disabled() {
			names = append(names, b.AccessibilityLabel())
		}
	})
	return names
}
