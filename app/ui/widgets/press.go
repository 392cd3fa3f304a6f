package widgets

import (
	"fyne.io/fyne/v2"

	"butluc/app/keys"
	"butluc/app/ui/theme"
)

// Press is a button of a form. Unlike [Button] it has the keyboard in its turn, by Tab: a form is filled in without a mouse.
// Space, Enter and ↓ press it; [Press.Key] is for the sheet that it lies on.
type Press struct {
	Button
}

// NewPress makes a button of a form.
func NewPress(label string, style Style, tapped func()) *Press {
	p := &Press{}
	p.Label, p.Style, p.OnTapped = label, style, tapped
	p.Tall = theme.Target
	p.ExtendBaseWidget(p)
	return p
}

// FocusGained implements [fyne.Focusable].
func (p *Press) FocusGained() { p.ring(true) }

// FocusLost implements [fyne.Focusable].
func (p *Press) FocusLost() { p.ring(false) }

func (p *Press) ring(on bool) {
	p.ringed = on
	p.Refresh()
}

// HasFocus tells whether it has the keyboard.
func (p *Press) HasFocus() bool { return p.ringed }

// TypedRune implements [fyne.Focusable].
func (p *Press) TypedRune(rune) {}

// TypedKey implements [fyne.Focusable]: keys come by [Press.Key].
func (p *Press) TypedKey(*fyne.KeyEvent) {}

// Key presses the button by a key, and tells whether it was one of its.
func (p *Press) Key(c keys.Chord) bool {
	if c.Mods != 0 || c.Key != "Space" && c.Key != "Return" && c.Key != "KP_Enter" && c.Key != "Down" {
		return false
	}
	p.Tapped(nil)
	return true
}

// Pressed hands a key to the button of a form that has the keyboard, if one has, and tells whether it was for it.
func Pressed(on fyne.CanvasObject, c keys.Chord) bool {
	cv := fyne.CurrentApp().Driver().CanvasForObject(on)
	if cv == nil {
		return false
	}
	p, ok := cv.Focused().(*Press)
	return ok && p.Key(c)
}
