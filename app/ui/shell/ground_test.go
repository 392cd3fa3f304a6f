package shell

import (
	"testing"

	"butluc/app/keys"
	"butluc/presenter/display"
)

// A statement that asks for its ground is withdrawn by one Esc, with its line: the next digit calls a bút lục, as ever, and
// shows the court nothing. So it is whatever has the keyboard, and by the line's own button.
func TestOneEscapeWithdrawsAQuestion(t *testing.T) {
	escape, digit := display.KeyEvent{Name: "Escape"}, display.KeyEvent{Name: "1"}
	for hand, press := range hands {
		for name, c := range map[string]struct {
			before, withdraw func(*testConsole)
		}{
			"in the room": {func(*testConsole) {}, func(w *testConsole) { press(w, escape) }},
			"with a note open": {func(w *testConsole) { w.do(keys.Note) }, func(w *testConsole) {
				press(w, escape)
				if w.note.visible() {
					w.note.close() // the toolkit's driver has the field close itself
				}
			}},
			"with what was found open": {func(w *testConsole) { w.do(keys.Find); w.focus(nil) }, func(w *testConsole) { press(w, escape) }},
			"by the line's button":     {func(*testConsole) {}, func(w *testConsole) { w.notice.closer.OnTapped() }},
		} {
			w := newConsole(t)
			w.enter(keys.Trial)
			w.start()
			w.askGround()
			program := w.session.Stage.State().Program
			c.before(w)
			c.withdraw(w)
			w.pump()
			if w.session.Guard.AsksGround() || w.session.Notices.Now().Text != "" {
				t.Errorf("%s, %s: it still asks, %q", hand, name, w.session.Notices.Now().Text)
			}
			w.focus(nil)
			press(w, digit)
			w.pump()
			if st := w.session.Stage.State(); st.Program != program {
				t.Fatalf("%s, %s: a digit showed the court %v", hand, name, st.Program)
			}
			if !w.call.visible() {
				t.Errorf("%s, %s: a digit does not call a folio", hand, name)
			}
		}
	}
}

// Where the question is not seen, no digit answers it.
func TestAQuestionIsAnsweredWhereItIsSeen(t *testing.T) {
	for hand, press := range hands {
		for _, room := range []keys.Room{keys.Shelf, keys.Prepare, keys.Study} {
			w := newConsole(t)
			w.enter(keys.Trial)
			w.start()
			w.askGround()
			program := w.session.Stage.State().Program
			w.enter(room)
			press(w, display.KeyEvent{Name: "1"})
			w.pump()
			if st := w.session.Stage.State(); st.Program != program {
				t.Errorf("%s, room %d: a digit showed the court %v", hand, room, st.Program)
			}
			w.call.close()
			w.enter(keys.Trial)
			press(w, display.KeyEvent{Name: "1"})
			w.until("the statement", func() bool { return w.session.Stage.State().Program != program })
		}
	}
}
