package shell

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"butluc/app/keys"
	"butluc/library/shelf"
	"butluc/presenter/display"
)

// Cases are chosen by the arrows, found by typing and opened by Enter. The list alone is read: none of its folders is there.
func TestCasesAreFoundAndOpenedByKeys(t *testing.T) {
	w := newConsole(t)
	gone := t.TempDir()
	for i := range 4 {
		e := shelf.Entry{Path: filepath.Join(gone, fmt.Sprint("case ", i)), Title: []string{"Án", "Bình", "Phúc", "Xuân"}[i], Opened: time.Now().AddDate(0, 0, -1-i)}
		if err := w.session.Settings.Shelf().Remember(e); err != nil {
			t.Fatal(err)
		}
	}
	w.enter(keys.Shelf)
	w.pump()
	opens := func(what, want string) {
		t.Helper()
		if got := filepath.Base(w.session.Opening()); got != want {
			t.Errorf("%s, Enter opens %q, want %q", what, got, want)
		}
		w.until("that it can't be opened", func() bool { return w.session.Opening() == "" })
	}
	w.press(display.KeyEvent{Name: "Down"}, display.KeyEvent{Name: "Down"})
	hands["the console"](w, display.KeyEvent{Name: "Return"})
	opens("two rows below the open one", "case 1")
	w.press(display.KeyEvent{Name: "End"})
	hands["the console"](w, display.KeyEvent{Name: "Return"})
	opens("at the end", "case 3")
	w.press(display.KeyEvent{Name: "F", Mods: display.Ctrl})
	for _, r := range "phuc" {
		w.press(display.KeyEvent{Name: strings.ToUpper(string(r))}, display.KeyEvent{Rune: r})
	}
	hands["the console"](w, display.KeyEvent{Name: "Return"})
	opens("looked for", "case 2")
}

// Without any case the three ways to begin are chosen by the arrows and taken by Enter, and all fit the smallest laptop.
func TestTheFirstStartIsWorkedByKeys(t *testing.T) {
	w := newConsole(t)
	w.session.Hearing.Rehearse(true)
	for _, e := range w.session.Settings.Shelf().Cases() {
		if err := w.session.Settings.Shelf().Forget(e.Path); err != nil {
			t.Fatal(err)
		}
	}
	w.session.Dossier.Forget()
	w.enter(keys.Shelf)
	w.pump()
	w.press(display.KeyEvent{Name: "Down"}, display.KeyEvent{Name: "Down"}, display.KeyEvent{Name: "Return"})
	if !w.help.Visible() || !w.help.reads() {
		t.Error("the third way is not the guide")
	}
	w.press(display.KeyEvent{Name: "Escape"}, display.KeyEvent{Name: "Up"}, display.KeyEvent{Name: "Return"})
	if !w.tour.pending {
		t.Error("the second way is not the tour")
	}
	w.tour.leave()
	w.press(display.KeyEvent{Name: "Up"}, display.KeyEvent{Name: "Return"})
	if w.win.Canvas().Overlays().Top() == nil {
		t.Error("the first way asks for no folder")
	}
}
