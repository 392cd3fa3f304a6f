package shell

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"butluc/app/console"
	"butluc/app/console/consoletest"
	"butluc/app/console/court"
	"butluc/app/console/sealing"
	"butluc/app/keys"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/office/identity"
	"butluc/presenter/display"
)

func TestMain(m *testing.M) {
	consoletest.Main(m)
}

// testConsole is the whole window in the toolkit's test driver, with the sample case and an outline of three steps.
type testConsole struct {
	*window
	t      testing.TB
	loop   *consoletest.Loop
	screen *consoletest.Screen // the court's
}

func newConsole(t testing.TB) *testConsole {
	t.Helper()
	w := &testConsole{t: t, loop: consoletest.NewLoop(t), screen: &consoletest.Screen{}}
	w.window = newWindow(test.NewTempApp(t), "")
	w.leaving.post = w.loop.Post
	sample := consoletest.SampleCase(t)
	w.session = console.New(console.Options{
		Post: w.leaving.Post, NewRenderer: consoletest.NewRenderer, OpenCase: consoletest.Opener(t, nil),
		Shelf: consoletest.Settings(t),
		Court: court.Options{
			Screen:  w.screen,
			Console: func() (x, y, w, h int, err error) { return 0, 0, 1280, 720, nil },
		},
		WriteSample: func() (string, error) { return sample, nil },
		Sealing:     sealing.Options{Home: identity.Home{Dir: t.TempDir()}},
	})
	t.Cleanup(func() {
		if err := w.session.Close(); err != nil {
			t.Error(err)
		}
	})
	w.build()
	w.session.Open(sample)
	w.loop.UntilRead(func() (casefile.Snapshot, bool) { return w.session.Dossier.Snapshot() })
	pages := w.session.Dossier.Pages()
	w.session.Edits.Edit(w.session.Dossier.Outline().AddPhase(library.Phase{ID: "p", Title: "Xét hỏi"}, library.Place{}))
	w.session.Edits.Edit(w.session.Dossier.Outline().AddScenario(library.Scenario{ID: "a", Title: "Không nhận tội", Digit: 1}, library.Place{Parent: "p"}))
	for i := range 3 {
		w.session.Edits.Edit(w.session.Dossier.Outline().AddSteps(library.Place{Parent: "a"}, library.Step{ID: library.NewID(), Shot: library.ShotOf(pages[i])}))
	}
	w.pump()
	return w
}

// drawsManyWindows leaves a test out of those with the race detector: windows in each size, look and language that the toolkit's
// test driver never lets go of, and no goroutine that others have not.
func drawsManyWindows(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("it draws many windows, which take gigabytes with the race detector: the unit tests run it")
	}
}

// pump does what was posted so far.
func (w *testConsole) pump() { w.loop.Pump() }

// until does what is posted until something is so.
func (w *testConsole) until(what string, so func() bool) {
	w.t.Helper()
	w.loop.Until(what, so)
}

// start begins a trial and shows the court the first page.
func (w *testConsole) start() {
	w.t.Helper()
	w.session.Hearing.Rehearse(true)
	w.do(keys.Start)
	w.do(keys.Take)
	w.until("the first page", func() bool { return w.session.Stage.State().Stands })
}

// hands are the two windows that a person may press keys in.
var hands = map[string]func(*testConsole, display.KeyEvent){
	"the console": func(w *testConsole, e display.KeyEvent) {
		if w.keyboard.consoleKey(e) {
			return
		}
		w.toolkit(e)
	},
	"the court window": func(w *testConsole, e display.KeyEvent) { w.keyboard.courtKey(e) },
}

// toolkit does with a key or a character what the toolkit's own driver does.
func (w *testConsole) toolkit(e display.KeyEvent) {
	c := w.win.Canvas()
	focused, name := c.Focused(), &fyne.KeyEvent{Name: fyne.KeyName(e.Name)}
	switch {
	case e.Mods&(display.Ctrl|display.Alt) != 0:
	case e.Rune != 0 && focused != nil:
		focused.TypedRune(e.Rune)
	case e.Rune != 0 && c.OnTypedRune() != nil:
		c.OnTypedRune()(e.Rune)
	case e.Rune == 0 && focused != nil:
		focused.TypedKey(name)
	case e.Rune == 0 && c.OnTypedKey() != nil:
		c.OnTypedKey()(name)
	}
}

// event is the key event of a chord.
func keyEvent(c keys.Chord) display.KeyEvent {
	e := display.KeyEvent{Name: c.Key}
	for theirs, ours := range map[display.Mods]keys.Mods{display.Shift: keys.Shift, display.Ctrl: keys.Ctrl, display.Alt: keys.Alt} {
		if c.Mods&ours != 0 {
			e.Mods |= theirs
		}
	}
	return e
}
