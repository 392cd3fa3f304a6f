package shell

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"butluc/app/keys"
	"butluc/app/ui/widgets"
)

// closes closes the window as its button does, and tells whether that left the program.
func (w *testConsole) closes() (left bool) {
	defer func() {
		if w.left {
			_ = recover() // which ends the toolkit's loop
			left = true
		}
	}()
	w.quit()
	w.pump()
	return w.left
}

// said is all that a thing says.
func said(o fyne.CanvasObject) string {
	var all strings.Builder
	for _, each := range test.LaidOutObjects(o) {
		switch l := each.(type) {
		case *widget.Label:
			all.WriteString(l.Text + "\n")
		case *widgets.Button:
			if l.Visible() {
				all.WriteString(l.Label + "\n")
			}
		}
	}
	return all.String()
}

// Closing the window in a trial asks once, and the court goes on seeing what it sees.
func TestClosingTheWindowInATrialAsks(t *testing.T) {
	for name, ask := range map[string]func(*testConsole){
		"the window's button": func(w *testConsole) { w.closes() }, "Ctrl+Q": func(w *testConsole) { w.do(keys.Leave) },
		"the button of the trial's end": func(w *testConsole) { w.do(keys.End) },
	} {
		t.Run(name, func(t *testing.T) {
			w := newConsole(t)
			w.start()
			for range 2 { // asked again, it goes on standing
				ask(w)
				w.pump()
				if st := w.session.Stage.State(); !w.question.Visible() || !st.Running || !st.Stands || w.left {
					t.Fatalf("asked %v, running %v, the court sees it %v, left %v", w.question.Visible(), st.Running, st.Stands, w.left)
				}
			}
			test.Tap(w.question.no)
			w.pump()
			if st := w.session.Stage.State(); w.question.Visible() || !st.Running || !st.Stands {
				t.Errorf("gone on with: asked %v, running %v, the court sees it %v", w.question.Visible(), st.Running, st.Stands)
			}
		})
	}
}

// Whoever ends the trial by the window's closing finds it black, and a summary; closing once more leaves.
func TestATrialEndedByClosingTheWindow(t *testing.T) {
	w := newConsole(t)
	w.start()
	w.enter(keys.Prepare)
	w.closes()
	test.Tap(w.question.end)
	w.pump()
	if w.session.Stage.Running() || !w.session.Court.Held() || w.left || w.trial == nil || !w.trial.Closing() {
		t.Fatalf("running %v, black still %v, left %v, summed up %v", w.session.Stage.Running(), w.session.Court.Held(), w.left, w.trial != nil && w.trial.Closing())
	}
	w.until("the summary", func() bool { return strings.Contains(said(w.trial.Content()), w.window.session.T("closing.export")) })
	text := said(w.trial.Content())
	for _, want := range []string{"Đã chiếu 1 trang và 0 bản", "Buổi diễn tập từ", "Nhật ký đã lưu", w.window.session.T("closing.black"), w.window.session.T("key.leave")} {
		if !strings.Contains(text, want) {
			t.Errorf("the summary says not %q:\n%s", want, text)
		}
	}
	w.do(keys.CourtOff)
	w.pump()
	if text := said(w.trial.Content()); w.session.Court.Held() || !strings.Contains(text, w.window.session.T("closing.off")) {
		t.Errorf("turned off: black still %v\n%s", w.session.Court.Held(), text)
	}
	if !w.closes() {
		t.Error("closing the window while the summary stands does not leave")
	}
}

// A window that is closed while the court screen is black still sums up first.
func TestClosingTheWindowWhileTheCourtIsBlack(t *testing.T) {
	w := newConsole(t)
	w.start()
	w.do(keys.End)
	w.question.Key(keys.Chord{Mods: keys.Ctrl | keys.Shift, Key: "E"}, false)
	w.pump()
	if text := said(w.trial.Content()); !w.trial.Closing() || strings.Contains(text, w.window.session.T("key.leave")) {
		t.Errorf("ended by its button, leaving is offered:\n%s", text)
	}
	w.overlay().Close()
	w.closes()
	if w.left || !w.session.Court.Held() || !w.trial.Closing() {
		t.Fatalf("left %v, black still %v, summed up %v", w.left, w.session.Court.Held(), w.trial.Closing())
	}
	if !w.closes() {
		t.Error("closing once more does not leave")
	}
}

// A signal, or the end of the system's session, asks nobody, and ends nothing in anybody's name.
func TestASignalLeavesWithoutAsking(t *testing.T) {
	w := newConsole(t)
	w.start()
	w.closes() // the question may stand
	func() {
		defer func() { _ = recover() }() // which ends the toolkit's loop
		w.leave()
	}()
	if !w.left || w.session.Stage.Running() || w.session.Court.Held() {
		t.Errorf("left %v, running %v, black still %v", w.left, w.session.Stage.Running(), w.session.Court.Held())
	}
	if w.session.Dossier.File().Setting("trial.at") == "" {
		t.Error("it is not offered to go on")
	}
}
