package app

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"butluc/app/keys"
)

// owner has the keyboard whenever no field is open. It takes Tab, and it acts when a key goes down:
// unlike TypedKey, that never comes again while the key is held.
type owner struct {
	widget.BaseWidget
	down  func(keys.Chord)
	again func(keys.Chord) // a key that is held
	typed func(rune)
	lost  func()

	pressed fyne.KeyName // went down last: its first TypedKey is not a repeat
}

func newOwner() *owner {
	o := &owner{}
	o.ExtendBaseWidget(o)
	return o
}

var (
	_ desktop.Keyable = (*owner)(nil)
	_ fyne.Tabbable   = (*owner)(nil)
)

// CreateRenderer implements [fyne.Widget].
func (o *owner) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(canvas.NewRectangle(nil))
}

// AcceptsTab implements [fyne.Tabbable].
func (o *owner) AcceptsTab() bool { return true }

// FocusGained implements [fyne.Focusable].
func (o *owner) FocusGained() {}

// FocusLost implements [fyne.Focusable].
func (o *owner) FocusLost() { o.lost() }

// TypedRune implements [fyne.Focusable].
func (o *owner) TypedRune(r rune) { o.typed(r) }

// TypedKey implements [fyne.Focusable].
func (o *owner) TypedKey(e *fyne.KeyEvent) {
	if o.pressed == e.Name {
		o.pressed = ""
		return
	}
	o.again(chord(e))
}

// KeyDown implements [desktop.Keyable].
func (o *owner) KeyDown(e *fyne.KeyEvent) {
	o.pressed = e.Name
	o.down(chord(e))
}

// KeyUp implements [desktop.Keyable].
func (o *owner) KeyUp(*fyne.KeyEvent) {}

func chord(e *fyne.KeyEvent) keys.Chord {
	c := keys.Chord{Key: string(e.Name)}
	if d, ok := fyne.CurrentApp().Driver().(desktop.Driver); ok {
		c.Mods = mods(d.CurrentKeyModifiers())
	}
	return c
}

func mods(m fyne.KeyModifier) keys.Mods {
	var held keys.Mods
	if m&fyne.KeyModifierShift != 0 {
		held |= keys.Shift
	}
	if m&fyne.KeyModifierControl != 0 {
		held |= keys.Ctrl
	}
	if m&fyne.KeyModifierAlt != 0 {
		held |= keys.Alt
	}
	return held
}
