package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Field is a line to type into that a key opened: Esc leaves it.
type Field struct {
	widget.Entry
	OnEscape func()
	OnDown   func() // the key ↓, say to go into a list of results; may be nil
}

// NewField makes an empty field.
func NewField(placeholder string) *Field {
	f := &Field{}
	f.PlaceHolder = placeholder
	f.Scroll = fyne.ScrollNone
	f.ExtendBaseWidget(f)
	return f
}

// TypedKey implements [fyne.Focusable].
func (f *Field) TypedKey(e *fyne.KeyEvent) {
	switch {
	case e.Name == fyne.KeyEscape && f.OnEscape != nil:
		f.OnEscape()
	case e.Name == fyne.KeyDown && f.OnDown != nil:
		f.OnDown()
	default:
		f.Entry.TypedKey(e)
	}
}
