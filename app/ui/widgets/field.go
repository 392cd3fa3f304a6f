package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"butluc/app/keys"
)

// Field is a line to type into that a key opened: Esc leaves it. With MultiLine it grows, and
// Shift+Enter begins a new line where OnReturn takes Enter.
type Field struct {
	widget.Entry
	OnEscape func()
	OnDown   func()                // the key ↓ on the last line, say to go into a list of results; may be nil
	OnUp     func()                // the key ↑ on the first line; may be nil
	OnReturn func()                // Enter; nil for what the toolkit does
	OnTab    func(back bool)       // Tab and Shift+Tab; nil for what the toolkit does
	OnLost   func()                // the keyboard went elsewhere; may be nil
	OnPaste  func(string) bool     // text to be pasted; true where it was taken. May be nil
	OnChord  func(keys.Chord) bool // a key with Ctrl or Alt; true where it was taken. May be nil

	Value bool // a short text that is typed anew rather than changed, as a number is: a click into the field selects it

	proposed bool // nothing was typed yet over the text that was proposed
	focused  bool
}

// Propose fills in a text that a person may want to change: it is selected as the field gets the keyboard, so that what
// is typed takes its place. OnChanged is not told.
func (f *Field) Propose(text string) {
	told := f.OnChanged
	f.OnChanged = nil
	f.SetText(text)
	f.OnChanged = told
	f.Select()
}

// Select selects the text that is filled in already, as [Field.Propose] does. What a person wrote themselves is not to
// be selected unasked: one letter typed and it is gone.
func (f *Field) Select() {
	f.proposed = true
	f.Entry.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// SetText fills in a text that is not selected. The toolkit would keep what was selected before, and the next letter typed
// would take the place of the new text.
func (f *Field) SetText(text string) {
	f.proposed = false
	if f.SelectedText() != "" {
		f.Entry.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight}) // all that this does is to end the selection
	}
	f.Entry.SetText(text)
}

// FocusGained implements [fyne.Focusable].
func (f *Field) FocusGained() {
	f.focused = true
	f.Entry.FocusGained()
	if f.proposed {
		f.Select()
	}
}

// MouseDown implements [desktop.Mouseable].
func (f *Field) MouseDown(e *desktop.MouseEvent) {
	entered := !f.focused
	f.Entry.MouseDown(e)
	f.proposed = false
	if entered && f.Value && e.Button == desktop.MouseButtonPrimary {
		f.Select()
	}
}

// TypedRune implements [fyne.Focusable].
func (f *Field) TypedRune(r rune) {
	f.proposed = false
	f.Entry.TypedRune(r)
}

// NewField makes an empty field.
func NewField(placeholder string) *Field {
	f := &Field{}
	f.PlaceHolder = placeholder
	f.Scroll = fyne.ScrollNone
	f.ExtendBaseWidget(f)
	return f
}

// NewText makes an empty field of several lines, which scrolls where they don't fit.
func NewText(placeholder string) *Field {
	f := &Field{}
	f.PlaceHolder = placeholder
	f.MultiLine, f.Wrapping = true, fyne.TextWrapWord
	f.Scroll = fyne.ScrollVerticalOnly
	f.ExtendBaseWidget(f)
	return f
}

// Keyboard tells that a widget has the keyboard by a person's will: it is not taken away from it.
type Keyboard interface{ HasKeyboard() }

// HasKeyboard implements [Keyboard].
func (f *Field) HasKeyboard() {}

// TypedKey implements [fyne.Focusable].
func (f *Field) TypedKey(e *fyne.KeyEvent) {
	enter := e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter
	f.proposed = false
	shift := held(fyne.KeyModifierShift)
	switch {
	case e.Name == fyne.KeyEscape && f.OnEscape != nil:
		f.OnEscape()
	case e.Name == fyne.KeyDown && f.OnDown != nil:
		f.leave(e, f.OnDown)
	case e.Name == fyne.KeyUp && f.OnUp != nil:
		f.leave(e, f.OnUp)
	case e.Name == fyne.KeyTab && f.OnTab != nil:
		f.OnTab(shift)
	case enter && f.OnReturn != nil:
		if shift && f.MultiLine {
			f.TypedRune('\n')
			return
		}
		f.OnReturn()
	default:
		f.Entry.TypedKey(e)
	}
}

// ToEnd puts the cursor behind the text.
func (f *Field) ToEnd() {
	end := fyne.KeyName(fyne.KeyEnd)
	if f.MultiLine {
		end = fyne.KeyPageDown
	}
	f.Entry.TypedKey(&fyne.KeyEvent{Name: end})
}

// leave does what an arrow does within the text, or where it has no further line to go to, out.
func (f *Field) leave(e *fyne.KeyEvent, out func()) {
	row := f.CursorRow
	if f.Entry.TypedKey(e); f.CursorRow == row {
		out()
	}
}

// AcceptsTab implements [fyne.Tabbable].
func (f *Field) AcceptsTab() bool { return f.OnTab != nil || f.MultiLine }

// HasFocus tells whether it has the keyboard.
func (f *Field) HasFocus() bool { return f.focused }

// FocusLost implements [fyne.Focusable].
func (f *Field) FocusLost() {
	f.focused = false
	f.Entry.FocusLost()
	if f.OnLost != nil {
		f.OnLost()
	}
}

// TypedShortcut implements [fyne.Shortcutable].
func (f *Field) TypedShortcut(s fyne.Shortcut) {
	f.proposed = false
	if paste, ok := s.(*fyne.ShortcutPaste); ok && f.OnPaste != nil && f.OnPaste(paste.Clipboard.Content()) {
		return
	}
	if c, ok := s.(*desktop.CustomShortcut); ok && f.OnChord != nil && f.OnChord(chord(c)) {
		return
	}
	f.Entry.TypedShortcut(s)
}

// chord is a shortcut of the toolkit's as our table of keys has it.
func chord(s *desktop.CustomShortcut) keys.Chord {
	c := keys.Chord{Key: string(s.KeyName)}
	for theirs, ours := range map[fyne.KeyModifier]keys.Mods{
		fyne.KeyModifierShift: keys.Shift, fyne.KeyModifierControl: keys.Ctrl, fyne.KeyModifierAlt: keys.Alt,
	} {
		if s.Modifier&theirs != 0 {
			c.Mods |= ours
		}
	}
	return c
}

// held tells whether a modifier key is held now.
func held(m fyne.KeyModifier) bool {
	d, ok := fyne.CurrentApp().Driver().(desktop.Driver)
	return ok && d.CurrentKeyModifiers()&m != 0
}

// Held tells whether Shift and Ctrl are held now, for a click.
func Held() (shift, ctrl bool) {
	return held(fyne.KeyModifierShift), held(fyne.KeyModifierControl)
}
