package shell

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"butluc/app/keys"
	"butluc/app/ui/shelf"
	"butluc/app/ui/widgets"
	"butluc/library/office/register"
	"butluc/library/office/register/registertest"
	"butluc/presenter/display"
)

// inRegister goes to the shelf's section of the register.
func (w *testConsole) inRegister() {
	w.t.Helper()
	w.enter(keys.Shelf)
	w.press(display.KeyEvent{Name: "Next", Mods: display.Ctrl})
	w.pump()
}

// types types a text into what has the keyboard.
func (w *testConsole) types(text string) {
	for _, r := range text {
		w.press(display.KeyEvent{Name: strings.ToUpper(string(r))}, display.KeyEvent{Rune: r})
	}
}

// open is the overlay that is open, nil for none.
func (w *testConsole) openOverlay() widgets.Overlay {
	for _, o := range w.room.Overlays() {
		if o.Visible() {
			return o
		}
	}
	return nil
}

// A case on paper is added, typed, found, taken out and brought back, all by keys.
func TestTheRegisterIsWorkedByKeys(t *testing.T) {
	w := newConsole(t)
	w.session.Hearing.Rehearse(true)
	w.inRegister()
	if _, ok := w.room.(*shelf.Room); !ok {
		t.Fatal("not in the shelf")
	}
	before := len(w.session.Register.Book.Rows())
	w.press(display.KeyEvent{Name: "N"})
	if w.openOverlay() == nil {
		t.Fatal("N opens no form")
	}
	w.types("45/2026/HS")
	hands["the console"](w, display.KeyEvent{Name: "Escape"}) // leaves the field
	hands["the console"](w, display.KeyEvent{Name: "Escape"})
	if w.openOverlay() != nil {
		t.Fatal("the form is still open")
	}
	rows := w.session.Register.Book.Rows()
	if len(rows) != before+1 || rows[before].Facts.Number != "45/2026/HS" {
		t.Fatalf("%+v", rows)
	}
	id := rows[before].ID
	there := func() bool { _, ok := w.session.Register.Book.Row(id); return ok }
	w.until("the row in the list", func() bool { return len(w.session.Register.List().Find("45 hs", "", register.ByDue, false)) == 1 })
	w.press(display.KeyEvent{Name: "F", Mods: display.Ctrl})
	w.types("45")
	hands["the console"](w, display.KeyEvent{Name: "Return"})
	w.press(display.KeyEvent{Name: "Delete"})
	if there() {
		t.Error("Delete takes nothing out")
	}
	w.press(display.KeyEvent{Name: "Z", Mods: display.Ctrl})
	if !there() {
		t.Error("Ctrl+Z does not bring it back")
	}
	w.press(display.KeyEvent{Name: "L"}, display.KeyEvent{Name: "L"}, display.KeyEvent{Name: "S"}, display.KeyEvent{Name: "End"}, display.KeyEvent{Name: "Home"})
	w.press(display.KeyEvent{Name: "Prior", Mods: display.Ctrl})
	if w.session.Settings.Remembered("shelf.section") != "here" {
		t.Error("Ctrl+PageUp does not go back to the cases of this laptop")
	}
}

// From the list of this laptop's cases F2 leads to what the register has of the chosen one.
func TestTheListOfCasesLeadsToTheRegister(t *testing.T) {
	w := newConsole(t)
	w.session.Hearing.Rehearse(true)
	w.enter(keys.Shelf)
	w.pump()
	w.press(display.KeyEvent{Name: "F2"})
	if w.openOverlay() == nil {
		t.Fatal("F2 opens no form")
	}
	w.types("9/2026/")
	hands["the console"](w, display.KeyEvent{Name: "Escape"})
	if got := w.session.Dossier.Outline().Cover().CaseNumber; !strings.HasPrefix(got, "9/2026/") {
		t.Errorf("the case's number is %q", got)
	}
}

// Promise 13 in the register: while its sheets are open, nothing but black reaches the court, whatever of them has the keyboard.
func TestNothingButBlackPassesTheSheetsOfTheRegister(t *testing.T) {
	w := newConsole(t)
	w.start()
	if err := w.session.Register.Book.Put(registertest.Cases()[0]); err != nil {
		t.Fatal(err)
	}
	w.inRegister()
	tried := 0
	for _, o := range w.registered() {
		if !strings.HasPrefix(o.name, "*register.") {
			continue
		}
		tried++
		for hand, press := range hands {
			for _, b := range keys.Table {
				for _, c := range b.Chords {
					over := o.at(w)
					if !over.Visible() {
						o.open(w, over)
					}
					before := w.stage()
					press(w, keyEvent(c))
					w.pump()
					black := w.session.Stage.State().Black
					if c.Does(keys.Blank) {
						if !black {
							t.Errorf("%v in %s, over %s: the court is not black", c, hand, o.name)
						}
						press(w, keyEvent(c))
						w.until("the page again", func() bool { return w.session.Stage.State().Stands })
					}
					if after := w.stage(); after != before {
						t.Errorf("%v in %s, over %s reached the stage:\n%s\n%s", c, hand, o.name, before, after)
					}
				}
			}
		}
		o.at(w).Close()
	}
	if tried != 2 {
		t.Errorf("%d sheets were tried", tried)
	}
	o := w.room.Overlays()[0].(interface {
		widgets.Overlay
		Show(fyne.CanvasObject)
	})
	w.press(display.KeyEvent{Name: "F2"})
	if !o.Visible() {
		t.Fatal("F2 opens no form")
	}
	p := widgets.NewPress("", widgets.Plain, func() { t.Error("B presses a button") })
	o.Show(p)
	w.focus(p)
	hands["the console"](w, display.KeyEvent{Name: "B"})
	if !w.session.Stage.State().Black {
		t.Error("B does not blank while a button of a form has the keyboard")
	}
}

// All cases of a large office are laid out without anything being cut off by the window.
func TestTheRegisterFitsTheWindow(t *testing.T) {
	w := newConsole(t)
	w.session.Hearing.Rehearse(true)
	if err := w.session.Register.Book.Put(registertest.Cases()...); err != nil {
		t.Fatal(err)
	}
	w.inRegister()
	w.until("the rows", func() bool { return len(w.session.Register.List().Rows()) > 100 })
	if least := w.win.Content().MinSize(); least.Width > 1024 || least.Height > 640 {
		t.Errorf("the window is at least %v", least)
	}
}
