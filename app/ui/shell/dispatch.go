package shell

import (
	"log/slog"

	"fyne.io/fyne/v2"

	"butluc/app/console"
	"butluc/app/keys"
	"butluc/app/ui/prepare"
	"butluc/app/ui/widgets"
	"butluc/presenter/display"
)

// consoleKey takes what is pressed while the console has the keyboard, before the toolkit, and tells whether that was
// all of it. What is typed into a field, or in a dialog of the toolkit's, is left to the toolkit.
func (k *keyboard) consoleKey(e display.KeyEvent) (taken bool) {
	if e.Rune == 0 {
		field, typing := k.typing()
		passes := field == k.w.call.field || field == k.w.jump.field || field == k.w.note.field // a clicker goes on
		heldOn := e.Repeat && k.took && typing                                                  // the key opened the field: its characters are not for it
		if !typing || passes && console.IsTurning(e) {
			field = nil
		}
		k.took = heldOn || k.press(e, field)
	}
	return k.took
}

// courtKey takes what is pressed while the court window has the keyboard, as a clicker may do. A field that is open in
// the console has it then, as if the console had the keyboard: a space in a note shows no page.
func (k *keyboard) courtKey(e display.KeyEvent) {
	field, open := k.openField()
	switch {
	case e.Repeat || e.Rune != 0 && k.took:
	case e.Rune != 0 && open:
		field.TypedRune(e.Rune)
	case e.Rune != 0:
		k.rune(e.Rune)
	default:
		into := field
		if !open || !isTyping(console.ChordOf(e), field) {
			into = nil
		}
		k.took = k.press(e, into)
		if focused := k.w.win.Canvas().Focused(); !k.took && !open && focused != nil {
			field, open = focused, true
		}
		if !k.took && open {
			field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyName(e.Name)})
		}
	}
}

// press is the one way of a key from either window to what it does, and tells whether it was one for us. field is the one
// that is typed into, nil for none.
func (k *keyboard) press(e display.KeyEvent, field fyne.Focusable) (taken bool) {
	defer func() { k.w.drawing.settle(k.w.win.Canvas(), k.w.session.Events.Holds()) }()
	return field == nil && k.walked(e) || k.dispatcher().Press(e, k.fieldOf(field))
}

// rune takes a typed character.
func (k *keyboard) rune(r rune) { k.dispatcher().Type(r) }

func (k *keyboard) dispatcher() *console.Dispatcher {
	return console.NewDispatcher(k.w.session, front{k.w})
}

// fieldOf is what takes the keys of a field before the toolkit does.
func (k *keyboard) fieldOf(field fyne.Focusable) console.Field {
	switch field {
	case nil:
		return nil
	case k.w.call.field:
		return k.w.call
	}
	return toolkitField{}
}

// toolkitField is a field that gets all its keys from the toolkit.
type toolkitField struct{}

// Key implements [console.Field].
func (toolkitField) Key(display.KeyEvent) bool { return false }

// front is the window as the keys find it.
type front struct{ w *window }

var _ console.Front = front{}

// Room implements [console.Front].
func (f front) Room() keys.Room { return f.w.at }

// Scope implements [console.Front].
func (f front) Scope() keys.Room {
	if r, ok := f.w.room.(*prepare.Room); ok {
		return r.Scope()
	}
	return f.w.at
}

// Over implements [console.Front].
func (f front) Over() (over console.Over, typed bool) {
	o := f.w.overlay()
	if o == nil {
		return nil, false
	}
	return o, o == widgets.Overlay(toolkitOverlay(f))
}

// OpenCall implements [console.Front].
func (f front) OpenCall(digit string) { f.w.call.open(digit) }

// Do implements [console.Front].
func (f front) Do(a keys.Action) { f.w.do(a) }

// typing is the field that has the keyboard, where one has: of ours, or in a dialog of the toolkit's.
func (k *keyboard) typing() (fyne.Focusable, bool) {
	focused := k.w.win.Canvas().Focused()
	_, ours := focused.(widgets.Keyboard)
	_, theirs := focused.(interface{ SetPlaceHolder(string) })
	return focused, ours || theirs
}

// openField is the field of the console that typing in the court window is for, if there is one.
func (k *keyboard) openField() (fyne.Focusable, bool) {
	switch {
	case k.w.overlay() != nil:
	case k.w.call.visible():
		return k.w.call.field, true
	case k.w.jump.visible():
		return k.w.jump.field, true
	case k.w.note.visible():
		return k.w.note.field, true
	}
	return k.typing()
}

// isTyping tells the keys of an open field from those that stay what they are: a clicker's, the function keys, Esc, which
// closes what is open, and any with Ctrl or Alt.
func isTyping(c keys.Chord, field fyne.Focusable) bool {
	switch {
	case c.Mods&(keys.Ctrl|keys.Alt) != 0 || len(c.Key) > 1 && c.Key[0] == 'F':
		return false
	case c.Key == "Tab":
		taker, ok := field.(fyne.Tabbable)
		return ok && taker.AcceptsTab()
	}
	return c.Key != "Next" && c.Key != "Prior" && c.Key != "Escape"
}

// actions are the window's own.
func actions() map[keys.Action]func(*window) {
	return map[keys.Action]func(*window){
		keys.Help: func(w *window) {
			w.help.open(w.at)
			w.over.Refresh() // the room's foot may have another height by now
		},
		keys.Walk:        func(w *window) { w.keyboard.walkOn() },
		keys.GoShelf:     func(w *window) { w.goTo(keys.Shelf) },
		keys.GoPrepare:   func(w *window) { w.goTo(keys.Prepare) },
		keys.GoTrial:     func(w *window) { w.goTo(keys.Trial) },
		keys.GoStudy:     func(w *window) { w.goTo(keys.Study) },
		keys.OpenFolder:  (*window).openFolder,
		keys.PackCase:    func(w *window) { w.chooser.packCase() },
		keys.OpenPackage: func(w *window) { w.sealing.Ask() },
		keys.WhoAmI:      func(w *window) { w.sealing.Me() },
		keys.Opinions:    func(w *window) { w.sealing.Opinions() },
		keys.Resume:      func(w *window) { stay{w}.resume() },
		keys.CallUp:      func(w *window) { w.call.open("") },
		keys.Note:        func(w *window) { w.note.open() },
		keys.FindStep:    func(w *window) { w.jump.open() },
		keys.Language:    (*window).switchLanguage,
		keys.Theme:       (*window).switchTheme,
		keys.Leave:       (*window).quit,
		keys.End:         func(w *window) { w.askEnd(false) },
		keys.CourtOff:    func(w *window) { w.leaving.Post(w.session.Court.Release) }, // not in a callback of the court window itself
		keys.Close:       (*window).close,
		keys.Start:       func(w *window) { w.start(false) },
		keys.StartHere:   func(w *window) { w.start(true) },
	}
}

// do does an action, whose it is in the room that is shown.
func (w *window) do(a keys.Action) {
	switch keys.OwnerIn(w.at, a) {
	case keys.OfWindow:
		actions()[a](w)
	case keys.OfCourt:
		w.session.Act(a)
	default:
		w.room.Do(a)
	}
}

// start begins the trial, at what is selected or from the first step.
func (w *window) start(here bool) {
	w.session.Start(here)
	if _, asks := w.session.Court.Astray(); asks && w.at != keys.Trial {
		w.enter(keys.Trial) // where the choice is
	}
	w.follow() // at once: the next key is meant for the Trial room
}

// openGuide opens F1's page at the guide.
func (w *window) openGuide() {
	w.do(keys.Help)
	w.help.read(true)
}

// goTo goes into a room. Who is there already stays: a room is not made anew, nor what is open in it closed.
func (w *window) goTo(at keys.Room) {
	if at != w.at {
		w.enter(at)
	}
}

// close closes what is open in the console. It never ends the trial or touches the court screen.
func (w *window) close() {
	switch {
	case w.call.visible():
		w.call.close()
	case w.jump.visible():
		w.jump.close()
	case w.note.visible():
		w.note.close()
	case w.closeInRoom():
	case w.tour.on():
		w.tour.leave()
	default:
		w.session.Notices.Clear()
	}
}

// closeInRoom closes what is open in the room, and tells whether anything was.
func (w *window) closeInRoom() bool {
	r, ok := w.room.(interface{ Close() bool })
	return ok && r.Close()
}

func (w *window) switchLanguage() {
	settings := w.session.Settings.Shelf().Settings()
	settings.Language = w.session.In().Next().Language()
	if err := w.session.Settings.Shelf().SetSettings(settings); err != nil {
		slog.Error("keep settings", "err", err)
	}
	w.session.SetLanguage(settings.Language)
	w.session.Notices.Translate()
	w.redraw()
}

// switchTheme goes from dark to light to the system's own.
func (w *window) switchTheme() {
	settings := w.session.Settings.Shelf().Settings()
	next := map[string]string{"": "dark", "system": "dark", "dark": "light", "light": "contrast", "contrast": "system"}
	settings.Theme = next[settings.Theme]
	if err := w.session.Settings.Shelf().SetSettings(settings); err != nil {
		slog.Error("keep settings", "err", err)
	}
	w.redraw()
	w.session.Notices.Tell("theme."+settings.Theme, false)
}
