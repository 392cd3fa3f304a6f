package shell

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/keys"
	"butluc/app/ui/trial"
	"butluc/app/ui/widgets"
	"butluc/library"
	"butluc/presenter"
	"butluc/presenter/display"
)

// seen calls f with each object of the window that a person sees.
func (w *testConsole) seen(f func(fyne.CanvasObject)) {
	var walk func(fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() {
			return
		}
		f(o)
		switch o := o.(type) {
		case *fyne.Container:
			for _, child := range o.Objects {
				walk(child)
			}
		case *container.Split:
			walk(o.Leading)
			walk(o.Trailing)
		case *container.Scroll:
			walk(o.Content)
		}
	}
	walk(w.win.Content())
}

// says tells whether a line that is seen has a text in it.
func (w *testConsole) says(text string) (found bool) {
	w.seen(func(o fyne.CanvasObject) {
		if l, ok := o.(*widget.Label); ok && strings.Contains(l.Text, text) {
			found = true
		}
	})
	return found
}

// tappable is the button that is seen with a label; nil for none.
func (w *testConsole) tappable(label string) (found *widgets.Button) {
	w.seen(func(o fyne.CanvasObject) {
		if b, ok := o.(*widgets.Button); ok && b.Label == label {
			found = b
		}
	})
	return found
}

// Who leaves the Trial room while the court watches is told there what it sees, in the lamp's words, and can make it
// black or go back.
func TestEachRoomSaysWhatTheCourtSees(t *testing.T) {
	drawsManyWindows(t)
	for _, room := range []keys.Room{keys.Shelf, keys.Prepare, keys.Study} {
		w := newConsole(t)
		w.enter(room)
		if w.tappable(w.window.session.T("court-strip.back")) != nil {
			t.Fatal("a strip about a trial, and none runs")
		}
		w.start()
		w.enter(room)
		name := w.session.Labels.ShotName(w.session.Stage.State().Shown)
		_, lamp := trial.Lamp(w.session)
		if !w.says(lamp + " · " + name) {
			t.Errorf("room %d does not say that the court sees %s", room, name)
		}
		w.tappable(w.window.session.T("trial.blank")).Tapped(nil)
		w.pump()
		if !w.session.Stage.State().Dark {
			t.Errorf("room %d: the court is not black", room)
		}
		if _, lamp := trial.Lamp(w.session); !w.says(lamp) || w.tappable(w.window.session.T("trial.unblank")) == nil {
			t.Errorf("room %d does not say that the court sees black", room)
		}
		w.keyboard.consoleKey(display.KeyEvent{Name: "B"}) // the key, and back to the page
		w.until("the page again", func() bool { return w.session.Stage.State().Stands })
		w.tappable(w.window.session.T("court-strip.back")).Tapped(nil)
		if w.at != keys.Trial || w.tappable(w.window.session.T("court-strip.back")) != nil {
			t.Errorf("from room %d the way back leads to room %d, or the strip stayed", room, w.at)
		}
	}
}

// While a trial runs, what is selected in Prepare goes into Preview, and nothing of it to the court.
func TestWhatIsSelectedInPrepareGoesIntoPreviewOfARunningTrial(t *testing.T) {
	w := newConsole(t)
	w.start()
	w.enter(keys.Prepare)
	program := w.session.Stage.State().Program
	pages := w.session.Dossier.Pages()
	for _, c := range []struct {
		name string
		at   func()
		want library.PageID
	}{
		{"a step", func() { w.session.Study.SelectStep(w.session.Dossier.Outline().Steps("a")[2].ID) }, pages[2]},
		{"a page of no step", func() { w.session.Study.Select(pages[9]) }, pages[9]},
	} {
		w.enter(keys.Prepare)
		c.at()
		w.session.Control.Do(presenter.Jump{At: 0}) // Preview is somewhere else by then
		w.pump()
		if w.tappable(w.window.session.T("tool.start")) != nil {
			t.Fatal("a trial that runs can be started")
		}
		w.tappable(w.window.session.T("tool.preview-here")).Tapped(nil)
		w.pump()
		st := w.session.Stage.State()
		if w.at != keys.Trial || st.Preview.First().Page != c.want {
			t.Errorf("%s: in room %d, %v is in Preview, want %v", c.name, w.at, st.Preview.First().Page, c.want)
		}
		if st.Program != program || !st.Stands {
			t.Errorf("%s: the court sees %v", c.name, st.Program)
		}
	}
}
