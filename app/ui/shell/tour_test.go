package shell

import (
	"testing"

	"fyne.io/fyne/v2"

	"butluc/app/keys"
	"butluc/app/ui/widgets"
	"butluc/presenter/display"
)

// press presses keys in the console, one after the other, and does what was posted after each.
func (w *testConsole) press(events ...display.KeyEvent) {
	for _, e := range events {
		hands["the console"](w, e)
		w.pump()
	}
}

// keysOf are the keys that each card of the tour names.
var keysOf = map[string][]display.KeyEvent{
	"folio": {{Name: "2"}, {Rune: '2'}, {Name: "8"}, {Rune: '8'}, {Name: "Return"}},
	"mark":  {{Name: "O"}, {Name: "Return"}},
	"step":  {{Name: "Return", Mods: display.Ctrl}},
	"start": {{Name: "F5"}},
	"next":  {{Name: "Next"}},
	"black": {{Name: "B"}},
	"end":   {{Name: "E", Mods: display.Ctrl | display.Shift}, {Name: "E", Mods: display.Ctrl | display.Shift}},
}

// tourTo begins the tour and does what its cards say, up to one of them.
func (w *testConsole) tourTo(words string) {
	w.t.Helper()
	w.enter(keys.Shelf)
	w.tour.begin()
	w.until("the first card", w.tour.on)
	for cards[w.tour.at].words != words {
		w.card()
	}
}

// card does what the present card says.
func (w *testConsole) card() {
	w.t.Helper()
	at := w.tour.at
	w.press(keysOf[cards[at].words]...)
	w.until("the card behind "+cards[at].words, func() bool { return w.tour.at != at })
}

// Each card waits for what it says, whatever else is done, and the tour leaves nothing behind that a trial would notice.
func TestTheTourWaitsForEachKey(t *testing.T) {
	w := newConsole(t)
	w.tourTo("folio")
	if w.at != keys.Prepare {
		t.Fatalf("the tour begins in room %d", w.at)
	}
	for i, c := range cards {
		if w.tour.at != i || !w.tour.content.Visible() {
			t.Fatalf("before %q the card is %d, seen: %v", c.words, w.tour.at, w.tour.content.Visible())
		}
		w.press(display.KeyEvent{Name: "Down"}, display.KeyEvent{Name: "-"}, display.KeyEvent{Name: "F1"}, display.KeyEvent{Name: "F1"})
		w.tour.follow()
		if w.tour.at != i {
			t.Errorf("the card %q did not wait", c.words)
		}
		w.card()
	}
	if w.tour.on() || w.tour.content.Visible() || w.session.Stage.Running() {
		t.Error("the tour, or its trial, goes on past its end")
	}
	if w.session.Settings.Rehearsal() {
		t.Error("the next trial is one for practice still")
	}
}

// A trial that is none for practice has no tour: it does not begin in one, and ends where one begins.
func TestARealTrialHasNoTour(t *testing.T) {
	w := newConsole(t)
	w.do(keys.Start)
	w.tour.begin()
	w.pump()
	if w.tour.on() || w.tour.pending {
		t.Error("it began while a trial runs")
	}
	if w.session.Notices.Now().Text != w.session.T("tour.not-now") {
		t.Errorf("told was %q", w.session.Notices.Now().Text)
	}
	w.session.Hearing.End()

	w = newConsole(t)
	w.tourTo("start")
	w.session.Hearing.Rehearse(false)
	w.do(keys.Start)
	w.pump()
	if !w.session.Stage.Running() || w.tour.on() {
		t.Errorf("a trial runs: %v, with the tour: %v", w.session.Stage.Running(), w.tour.on())
	}
}

// It can be left at any card by Esc, black works at any of them, and what was chosen for the next trial is kept.
func TestTheTourCanBeLeftAndBlackWorks(t *testing.T) {
	for _, c := range cards {
		w := newConsole(t)
		w.session.Hearing.Rehearse(true)
		w.tourTo(c.words)
		if w.session.Stage.Running() {
			was := w.session.Stage.State().Black
			w.press(display.KeyEvent{Name: ".", Mods: display.Ctrl})
			if st := w.session.Stage.State(); st.Black == was && !st.Program.IsZero() {
				t.Errorf("at %q black did nothing", c.words)
			}
		}
		w.press(display.KeyEvent{Name: "Escape"})
		for range 3 { // what else is open is closed first
			if w.tour.on() {
				w.press(display.KeyEvent{Name: "Escape"})
			}
		}
		if w.tour.on() || w.tour.content.Visible() {
			t.Errorf("at %q Esc did not leave it", c.words)
		}
		if w.session.Stage.Running() {
			w.session.Hearing.End()
			w.pump()
		}
		if !w.session.Settings.Rehearsal() {
			t.Errorf("left at %q, the next trial is none for practice any more", c.words)
		}
	}
}

// It stands below the room, on the smallest laptop too: no button is behind it, and the window needs no more room.
func TestTheTourCoversNothing(t *testing.T) {
	w := newConsole(t)
	for _, words := range []string{"folio", "next"} {
		w.tourTo(words)
		w.fitsAll("with the tour", w.at)
		for _, l := range laptops() {
			w.win.Resize(l.size)
			d := fyne.CurrentApp().Driver()
			top := d.AbsolutePositionForObject(w.tour.content).Y
			line := areaOf(d.AbsolutePositionForObject(w.tour.content), w.tour.content.Size())
			each(w.win.Content(), fyne.Position{}, func(o fyne.CanvasObject, at fyne.Position) {
				b, ok := o.(*widgets.Button)
				if ok && b.Label != w.session.T("tour.leave") && !areaOf(at, b.Size()).and(line).empty() {
					t.Errorf("%s, at %q: %q stands behind the tour", l.name, words, b.Label)
				}
			})
			if end := d.AbsolutePositionForObject(w.body).Y + w.body.Size().Height; end > top {
				t.Errorf("%s, at %q: the room ends at %v, the tour begins at %v", l.name, words, end, top)
			}
			if w.tour.content.Size().Height < tourTall {
				t.Errorf("%s: the tour is %v tall", l.name, w.tour.content.Size().Height)
			}
		}
	}
}
