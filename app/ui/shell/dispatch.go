package shell

import (
	"log/slog"

	"fyne.io/fyne/v2"

	"butluc/app/i18n"
	"butluc/app/keys"
	"butluc/app/ui/prepare"
	"butluc/app/ui/widgets"
	"butluc/presenter/display"
)

// consoleKey takes what is pressed while the console has the keyboard, before the toolkit, and tells whether that was
// all of it. What is typed into a field, or in a dialog of the toolkit's, is left to the toolkit.
func (w *window) consoleKey(e display.KeyEvent) (taken bool) {
	if e.Rune == 0 {
		field, typing := w.typing()
		passes := field == w.call.field || field == w.jump.field || field == w.note.field // a clicker goes on
		heldOn := e.Repeat && w.took && typing                                            // the key opened the field: its characters are not for it
		if !typing || passes && isTurning(e) {
			field = nil
		}
		w.took = heldOn || w.press(e, field)
	}
	return w.took
}

// courtKey takes what is pressed while the court window has the keyboard, as a clicker may do. A field that is open in
// the console has it then, as if the console had the keyboard: a space in a note shows no page.
func (w *window) courtKey(e display.KeyEvent) {
	field, open := w.openField()
	switch {
	case e.Repeat || e.Rune != 0 && w.took:
	case e.Rune != 0 && open:
		field.TypedRune(e.Rune)
	case e.Rune != 0:
		w.rune(e.Rune)
	default:
		into := field
		if !open || !isTyping(chord(e), field) {
			into = nil
		}
		w.took = w.press(e, into)
		if focused := w.win.Canvas().Focused(); !w.took && !open && focused != nil {
			field, open = focused, true
		}
		if !w.took && open {
			field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyName(e.Name)})
		}
	}
}

// press is the one way of a key from either window to what it does, and tells whether it was one for us: black goes
// before all, then what lies over the console has the keys, then the field that is typed into, nil for none, then the room.
func (w *window) press(e display.KeyEvent, field fyne.Focusable) (taken bool) {
	c, typing := chord(e), field != nil
	over := w.overlay()
	switch {
	case w.session.Stage.Running() && c.Does(keys.Blank) && (c.Mods != 0 || !typing):
		if !e.Repeat {
			w.do(keys.Blank)
		}
	case over != nil && c.Key == "Escape" && (!typing || over == widgets.Overlay(toolkitOverlay{w})):
		if !e.Repeat {
			over.Close()
		}
	case over != nil && !typing:
		return over.Key(c, e.Repeat)
	case typing:
		return field == w.call.field && w.call.key(e)
	default:
		return w.key(c, e.Repeat) || w.digit(e)
	}
	return true
}

// digit takes a key of the row of digits, whatever characters the layout has there: it is a digit of a bút lục, or gives a
// ground.
func (w *window) digit(e display.KeyEvent) bool {
	if isDigit(e) && !e.Repeat {
		w.rune(rune(e.Name[0]))
	}
	return isDigit(e)
}

func isDigit(e display.KeyEvent) bool { return e.Mods == 0 && !e.Keypad && isOne(e.Name, '0', '9') }

// isOne tells whether a text is one character of a range.
func isOne(text string, first, last byte) bool {
	return len(text) == 1 && text[0] >= first && text[0] <= last
}

// chord is a key with the modifiers that were held.
func chord(e display.KeyEvent) keys.Chord {
	c := keys.Chord{Key: e.Name}
	for _, m := range []struct {
		theirs display.Mods
		ours   keys.Mods
	}{{display.Shift, keys.Shift}, {display.Ctrl, keys.Ctrl}, {display.Alt, keys.Alt}} {
		if e.Mods&m.theirs != 0 {
			c.Mods |= m.ours
		}
	}
	return c
}

// key does what a key does in the room, and tells whether it does anything. A key that is held acts once, unless it says otherwise.
func (w *window) key(c keys.Chord, held bool) bool {
	b, ok := keys.Lookup(w.scope(), c)
	if !ok {
		b, ok = keys.Lookup(w.at, c)
	}
	switch {
	case !ok:
		return false
	case held && !b.Repeats:
	case b.Action == keys.Scenario:
		w.session.Study.JumpDigit(int(c.Key[0] - '0'))
	default:
		w.do(b.Action)
	}
	return true
}

// scope is where a key is looked up before the room: the part of it that has the keys.
func (w *window) scope() keys.Room {
	if r, ok := w.room.(*prepare.Room); ok {
		return r.Scope()
	}
	return w.at
}

// rune takes a typed character: digits open the line for a bút lục.
func (w *window) rune(r rune) {
	if w.overlay() != nil || w.session.Guard.AsksGround() && w.session.Control.GiveGround(int(r-'1')) {
		return
	}
	if r >= '0' && r <= '9' && w.at != keys.Shelf {
		if w.at == keys.Prepare && r == '0' {
			return // 0 is a zoom there; no bút lục begins with it
		}
		w.call.open(string(r))
	}
}

// typing is the field that has the keyboard, where one has: of ours, or in a dialog of the toolkit's.
func (w *window) typing() (fyne.Focusable, bool) {
	focused := w.win.Canvas().Focused()
	_, ours := focused.(widgets.Keyboard)
	_, theirs := focused.(interface{ SetPlaceHolder(string) })
	return focused, ours || theirs
}

// openField is the field of the console that typing in the court window is for, if there is one.
func (w *window) openField() (fyne.Focusable, bool) {
	switch {
	case w.overlay() != nil:
	case w.call.visible():
		return w.call.field, true
	case w.jump.visible():
		return w.jump.field, true
	case w.note.visible():
		return w.note.field, true
	}
	return w.typing()
}

// isTurning tells a clicker's keys, which mean nothing to a field of one line.
func isTurning(e display.KeyEvent) bool {
	return e.Mods == 0 && (e.Name == "Next" || e.Name == "Prior")
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

// do does an action: the window's own, else the room's.
func (w *window) do(a keys.Action) {
	switch a {
	case keys.Help:
		w.help.open()
		w.over.Refresh() // the room's foot may have another height by now
	case keys.Blank:
		w.session.Act(a) // in every room
	case keys.GoShelf:
		w.goTo(keys.Shelf)
	case keys.GoPrepare:
		w.goTo(keys.Prepare)
	case keys.GoTrial:
		w.goTo(keys.Trial)
	case keys.OpenFolder:
		w.openFolder()
	case keys.CallUp:
		w.call.open("")
	case keys.Note:
		w.note.open()
	case keys.FindStep:
		w.jump.open()
	case keys.Language:
		w.switchLanguage()
	case keys.Theme:
		w.switchTheme()
	case keys.Leave:
		w.quit()
	case keys.End:
		w.askEnd(false)
	case keys.CourtOff:
		w.leaving.Post(w.session.Court.Release) // not in a callback of the court window itself
	case keys.Close:
		w.close()
	case keys.Start, keys.StartHere:
		w.session.Start(a == keys.StartHere)
		if _, asks := w.session.Court.Astray(); asks && w.at != keys.Trial {
			w.enter(keys.Trial) // where the choice is
		}
		w.follow() // at once: the next key is meant for the Trial room
	default:
		w.room.Do(a)
	}
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
	settings.Language = i18n.Next().Language()
	if err := w.session.Settings.Shelf().SetSettings(settings); err != nil {
		slog.Error("keep settings", "err", err)
	}
	i18n.Use(settings.Language)
	w.session.Notices.Translate()
	w.redraw()
}

// switchTheme goes from dark to light to the system's own.
func (w *window) switchTheme() {
	settings := w.session.Settings.Shelf().Settings()
	next := map[string]string{"": "dark", "system": "dark", "dark": "light", "light": "system"}
	settings.Theme = next[settings.Theme]
	if err := w.session.Settings.Shelf().SetSettings(settings); err != nil {
		slog.Error("keep settings", "err", err)
	}
	w.redraw()
	w.session.Notices.Tell("theme."+settings.Theme, false)
}
