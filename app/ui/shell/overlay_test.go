package shell

import (
	"fmt"
	"reflect"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"butluc/app/keys"
	"butluc/app/ui/widgets"
	"butluc/library"
	"butluc/presenter/display"
)

// opened is an overlay that is registered, and a way to open it.
type opened struct {
	name string
	at   func(*testConsole) widgets.Overlay
	open func(*testConsole, widgets.Overlay)
}

// registered are all overlays of the room that the window is in. What is registered without a way to be opened here fails
// the test: tell it how.
func (w *testConsole) registered() (list []opened) {
	for i, o := range w.overlays() {
		at := func(w *testConsole) widgets.Overlay { return w.overlays()[i] }
		name := reflect.TypeOf(o).String()
		switch o := o.(type) {
		case toolkitOverlay:
			list = append(list,
				opened{"a menu", at, func(w *testConsole, _ widgets.Overlay) {
					widgets.MenuAt(w.win.Canvas(), fyne.NewPos(10, 10), fyne.NewMenuItem("1", func() {}), fyne.NewMenuItem("2", func() {}))
				}},
				opened{"a chooser of folders", at, func(w *testConsole, _ widgets.Overlay) { w.chooser.ChooseFolder("", "", func(string) {}) }},
				opened{"a chooser of files", at, func(w *testConsole, _ widgets.Overlay) { w.chooser.ChooseFile("", []string{".json"}, func(string) {}) }})
		case *helpPage:
			list = append(list, opened{name, at, func(_ *testConsole, o widgets.Overlay) { o.(*helpPage).open(0) }})
		case *endQuestion:
			list = append(list, opened{name, at, func(_ *testConsole, o widgets.Overlay) { o.(*endQuestion).open() }})
		case *picking:
			list = append(list, opened{name, at, func(w *testConsole, _ widgets.Overlay) {
				w.chooser.ask = asking(make(chan answer))
				w.openFolder()
				w.chooser.ask = nil // the toolkit's are opened here, too
			}})
		case *mirrorCover:
			list = append(list, opened{name, at, func(_ *testConsole, o widgets.Overlay) { o.(*mirrorCover).content.Show() }})
		case interface {
			Open(string, fyne.CanvasObject)
		}:
			list = append(list, opened{name, at, func(_ *testConsole, o widgets.Overlay) {
				o.(interface {
					Open(string, fyne.CanvasObject)
				}).Open("", container.NewVScroll(widget.NewLabel("")))
			}})
		default:
			w.t.Fatalf("%T is registered as an overlay, and this test can't open it", o)
		}
	}
	return list
}

// stage is all that a key could change behind what covers the console.
func (w *testConsole) stage() string {
	return fmt.Sprintf("%+v %v %v %v %v", w.session.Stage.State(), w.at, w.session.Court.Mode(), w.session.Study.Current(), len(w.session.Dossier.Outline().Steps("a")))
}

// Promise 13: from behind whatever covers the console no key of any binding reaches the stage but black, from either window.
func TestNothingButBlackPassesWhatCoversTheConsole(t *testing.T) {
	for _, c := range []struct {
		room    keys.Room
		section string // of the shelf
	}{{keys.Shelf, "here"}, {keys.Shelf, "register"}, {keys.Shelf, "office"}, {keys.Prepare, ""}, {keys.Trial, ""}, {keys.Study, ""}} {
		w := newConsole(t)
		if c.section != "" {
			w.session.Settings.Remember("shelf.section", c.section)
		}
		w.start()
		w.enter(c.room)
		w.nothingButBlackPasses(fmt.Sprintf("room %d %s", c.room, c.section))
	}
}

// nothingButBlackPasses tries every key of every binding over each overlay of the room.
func (w *testConsole) nothingButBlackPasses(room string) {
	t := w.t
	t.Helper()
	for _, o := range w.registered() {
		for hand, press := range hands {
			for _, b := range keys.Table {
				if _, asks := o.at(w).(*endQuestion); asks && b.Action == keys.End {
					continue // the key that asked says yes
				}
				for _, c := range b.Chords {
					what := fmt.Sprintf("%v in %s, over %s: %s", c, hand, room, o.name)
					over := o.at(w)
					if !over.Visible() {
						o.open(w, over)
					}
					if !over.Visible() {
						t.Fatalf("%s: it is not open", what)
					}
					before := w.stage()
					press(w, keyEvent(c))
					w.pump()
					black := w.session.Stage.State().Black
					if c.Does(keys.Blank) {
						if !black {
							t.Errorf("%s: the court is not black", what)
						}
						press(w, keyEvent(c))
						w.until("the page again", func() bool { return w.session.Stage.State().Stands })
					}
					if after := w.stage(); after != before {
						t.Errorf("%s (%s) reached the stage:\n%s\n%s", what, b.Action, before, after)
					}
					if c.Key == "Escape" && over.Visible() && reflect.TypeOf(over) != reflect.TypeOf(&mirrorCover{}) {
						t.Errorf("%s: it is still open", what)
					}
				}
			}
		}
		if over := o.at(w); over.Visible() {
			over.Close()
			if m, ok := over.(*mirrorCover); ok {
				m.content.Hide()
			}
		}
	}
}

// A letter that is typed is a letter, but the chord of black, and a clicker, work while a line is open.
func TestALineCoversNothing(t *testing.T) {
	w := newConsole(t)
	w.start()
	for hand, press := range hands {
		for name, open := range map[string]func(){
			"note": w.note.open, "call": func() { w.call.open("") }, "jump": w.jump.open,
		} {
			open()
			press(w, display.KeyEvent{Name: "B"})
			press(w, display.KeyEvent{Rune: 'b'})
			if w.session.Stage.State().Black {
				t.Errorf("%s, %s: a letter that was typed made the court black", hand, name)
			}
			press(w, display.KeyEvent{Name: ".", Mods: display.Ctrl})
			if !w.session.Stage.State().Black {
				t.Errorf("%s, %s: Ctrl+. did not make the court black", hand, name)
			}
			press(w, display.KeyEvent{Name: ".", Mods: display.Ctrl})
			at := w.session.Stage.State().At
			press(w, display.KeyEvent{Name: "Next"})
			if got := w.session.Stage.State().At; got != at+1 {
				t.Errorf("%s, %s: PageDown went from step %d to %d", hand, name, at, got)
			}
			press(w, display.KeyEvent{Name: "Prior"})
			w.close()
		}
	}
}

// On the layouts "Vietnamese" and "French" the row of digits gives other characters, some of which wait for a letter to
// stand on: a folio is called by the keys all the same.
func TestDigitsAreReadByTheKey(t *testing.T) {
	w := newConsole(t)
	w.start()
	type strokes []display.KeyEvent
	for hand, press := range hands {
		for layout, typed := range map[string]strokes{
			"Vietnamese": {{Name: "4"}, {Rune: 'ô'}, {Name: "5"}, {Name: "A"}, {Rune: 'à'}},
			"French":     {{Name: "4"}, {Rune: '\''}, {Name: "5"}, {Rune: '('}, {Name: "A"}, {Rune: 'a'}},
			"French, Shift": {
				{Name: "4", Mods: display.Shift}, {Rune: '4'}, {Name: "5", Mods: display.Shift}, {Rune: '5'}, {Name: "A"}, {Rune: 'a'},
			},
			"keypad":  {{Name: "4", Keypad: true}, {Rune: '4'}, {Name: "5", Keypad: true}, {Rune: '5'}, {Name: "A"}, {Rune: 'a'}},
			"Russian": {{Name: "4"}, {Rune: '4'}, {Name: "5"}, {Rune: '5'}, {Name: "A"}, {Rune: 'ф'}},
		} {
			for _, e := range typed {
				press(w, e)
			}
			if got := w.call.field.Text; !w.call.visible() || got != "45a" {
				t.Errorf("%s in %s: the line has %q, want 45a", layout, hand, got)
			}
			w.close()
		}
		press(w, display.KeyEvent{Name: "4", Keypad: true}) // NumLock is off: no character comes
		if w.call.visible() {
			t.Errorf("%s: an arrow of the keypad opened the line", hand)
		}
	}
}

// Black is one key away where the toolkit has the keyboard, too: in the dialog that asks for a folder's name.
func TestBlackByItsChordWhileAFieldOfTheToolkitHasTheKeyboard(t *testing.T) {
	w := newConsole(t)
	w.start()
	entry := widget.NewEntry()
	popup := widget.NewModalPopUp(entry, w.win.Canvas())
	popup.Show()
	w.win.Canvas().Focus(entry)
	press := hands["the console"]
	press(w, display.KeyEvent{Name: "B"})
	press(w, display.KeyEvent{Rune: 'b'})
	if w.session.Stage.State().Black || entry.Text != "b" {
		t.Errorf("black %v, typed %q: want a letter", w.session.Stage.State().Black, entry.Text)
	}
	press(w, display.KeyEvent{Name: ".", Mods: display.Ctrl})
	if !w.session.Stage.State().Black {
		t.Error("Ctrl+. did not make the court black")
	}
}

func TestWhatCoversTheConsoleIsScrolledByItsKeys(t *testing.T) {
	w := newConsole(t)
	w.start()
	w.win.Resize(fyne.NewSize(900, 500))
	w.do(keys.Help)
	w.help.turn(0)
	scroll := func() float32 {
		var find func(o fyne.CanvasObject) *container.Scroll
		find = func(o fyne.CanvasObject) *container.Scroll {
			switch o := o.(type) {
			case *container.Scroll:
				return o
			case *fyne.Container:
				for _, child := range o.Objects {
					if s := find(child); s != nil {
						return s
					}
				}
			}
			return nil
		}
		return find(w.help.content).Offset.Y
	}
	press := hands["the console"]
	press(w, display.KeyEvent{Name: "Next"})
	page := scroll()
	press(w, display.KeyEvent{Name: "Prior"})
	back := scroll()
	press(w, display.KeyEvent{Name: "End"})
	if end := scroll(); page <= 0 || back != 0 || end <= page {
		t.Errorf("PageDown scrolled to %v, PageUp to %v, End to %v", page, back, end)
	}
	press(w, display.KeyEvent{Name: "F1"})
	if w.help.Visible() {
		t.Error("F1 did not close its page")
	}
}

// However a chooser is closed, the next one opens, and Esc is Esc again.
func TestAChooserThatWasClosedIsGone(t *testing.T) {
	w := newConsole(t)
	press := hands["the console"]
	for _, how := range []string{"Esc", "its own button", "Esc again"} {
		w.openFolder()
		top := w.win.Canvas().Overlays().Top()
		if top == nil {
			t.Fatalf("before %s: no chooser opened", how)
		}
		if how != "its own button" {
			press(w, display.KeyEvent{Name: "Escape"})
		}
		for _, o := range test.LaidOutObjects(top) {
			if b, ok := o.(*widget.Button); ok && how == "its own button" && b.Text == w.window.session.T("shelf.dismiss") {
				test.Tap(b)
			}
		}
		if w.overlay() != nil {
			t.Errorf("after %s something lies over the console", how)
		}
	}
	w.do(keys.CallUp)
	press(w, display.KeyEvent{Name: "Escape"})
	if w.call.visible() {
		t.Error("Esc does not close what is open")
	}
}

// Promise 5: while the screens are mirrored the console is covered whole; a chooser lay above the cover, names of files and
// all.
func TestAChooserDoesNotLieOverTheCoverOfMirroredScreens(t *testing.T) {
	w := newConsole(t)
	w.openFolder()
	if w.win.Canvas().Overlays().Top() == nil {
		t.Fatal("no chooser opened")
	}
	w.coverUp(true)
	if top := w.win.Canvas().Overlays().Top(); top != nil || w.overlay() != widgets.Overlay(w.cover) {
		t.Errorf("over the cover lies %v", top)
	}
}

// Whatever is open over the room, and whatever the size: nothing lies over the button of black.
func TestNothingCoversTheButtonOfBlack(t *testing.T) {
	w := newConsole(t)
	w.start()
	w.session.Edits.Edit(w.session.Dossier.Outline().AddSteps(library.Place{Parent: "a"}, manySteps()...)) // the longest list to jump to
	w.pump()
	for _, size := range []fyne.Size{fyne.NewSize(911, 512), fyne.NewSize(960, 540), fyne.NewSize(1093, 614), fyne.NewSize(1280, 720), fyne.NewSize(1366, 768), fyne.NewSize(1920, 1080)} {
		w.win.Resize(size)
		for name, open := range map[string]func(){
			"note": w.note.open, "jump": func() { w.jump.open(); w.jump.field.SetText("b") },
			"call": func() { w.call.open("1") }, "page of keys": func() { w.do(keys.Help) },
		} {
			open()
			w.over.Refresh()
			d := fyne.CurrentApp().Driver()
			var black fyne.CanvasObject
			for _, o := range test.LaidOutObjects(w.body) {
				if b, ok := o.(*widgets.Button); ok && b.Style == widgets.Black {
					black = b
				}
			}
			at, end := d.AbsolutePositionForObject(black), d.AbsolutePositionForObject(black).Add(black.Size())
			for _, o := range seen(w.over) {
				p, s := d.AbsolutePositionForObject(o), o.Size()
				if s.Width > 0 && s.Height > 0 && p.X < end.X && p.Y < end.Y && p.X+s.Width > at.X && p.Y+s.Height > at.Y {
					t.Errorf("%v, %s: %T at %v, %v lies over the button at %v", size, name, o, p, s, at)
				}
			}
			w.close()
		}
	}
}

// seen are the objects in sight of which a container is made.
func seen(o fyne.CanvasObject) (list []fyne.CanvasObject) {
	box, ok := o.(*fyne.Container)
	switch {
	case !o.Visible():
	case !ok:
		list = append(list, o)
	default:
		for _, child := range box.Objects {
			list = append(list, seen(child)...)
		}
	}
	return list
}

func manySteps() (steps []library.Step) {
	for range 12 {
		steps = append(steps, library.Step{ID: library.NewID(), Title: "Bút lục", Say: "b"})
	}
	return steps
}
