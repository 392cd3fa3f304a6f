package shell

import (
	"testing"

	"fyne.io/fyne/v2"

	"butluc/app/keys"
	"butluc/library"
	"butluc/presenter/display"
)

// What is done most takes few keys: a word that is typed counts as one. Before the rooms were made anew a page in trial took 4.
func TestWhatIsDoneMostTakesFewKeys(t *testing.T) {
	w := newConsole(t)
	w.enter(keys.Trial)
	w.start()
	done := 0
	press := func(names ...string) {
		for _, name := range names {
			done++
			w.press(display.KeyEvent{Name: name})
			if len(name) == 1 {
				w.press(display.KeyEvent{Rune: rune(name[0])})
			}
		}
	}
	typed := func(words string) {
		done++
		w.win.Canvas().Focused().(interface{ SetText(string) }).SetText(words)
	}
	enter := func() { done++; w.win.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}); w.pump() }
	took := func(job string, most int) {
		t.Helper()
		if done > most {
			t.Errorf("%s takes %d keys, at most %d", job, done, most)
		}
		t.Logf("%s: %d", job, done)
		done = 0
	}

	before := w.session.Stage.State().Program
	press("1", "7")
	enter()
	press("Return")
	w.until("the page", func() bool { return w.session.Stage.State().Program != before })
	took("a page is called in trial", 4)

	press("N")
	typed("Bị cáo nói không nhớ")
	enter()
	if w.note.visible() {
		t.Error("the note is still open")
	}
	took("an answer is noted", 3)

	press("F1")
	w.focus(w.help.search)
	typed("phong to")
	if rows := helpRows(w.session.In(), keys.GroupMarks, library.NewFilter(w.help.search.Text)); len(rows) == 0 {
		t.Error("the tool is not found")
	}
	took("a tool is found that is not known", 2)
	w.help.Close()

	w.enter(keys.Shelf)
	w.pump()
	done++
	w.press(keyEvent(keys.ChordsIn(keys.Shelf, keys.Resume)[0]))
	if w.at != keys.Trial {
		t.Error("the work does not go on where it stopped")
	}
	took("the work of the day before goes on", 1)
}
