package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"butluc/app/keys"
	"butluc/app/ui/theme"
)

// Sheet lies over a room with a title and a way to close it; nothing beneath can be clicked.
type Sheet struct {
	OnKey   func(keys.Chord) bool // takes the keys of what is shown, before it is scrolled; nil: it has none
	title   *canvas.Text
	body    *fyne.Container
	content *fyne.Container
	closed  func()
	walk    Walk
}

// NewSheet makes a closed sheet. closer is what its button says; closed is called when it was closed.
func NewSheet(closer string, closed func()) *Sheet {
	h := &Sheet{title: canvas.NewText("", theme.Color(theme.Text)), body: container.NewStack(), closed: closed}
	h.title.TextSize, h.title.TextStyle.Bold = 20, true
	button := NewButton(closer, nil, Plain, h.Close)
	button.Hint = "Esc"
	head := container.NewBorder(nil, nil, h.title, button)
	ground := canvas.NewRectangle(theme.Color(theme.Ground))
	h.content = container.NewStack(NewTap(ground, func() {}), Inset(24, container.NewBorder(head, nil, nil, nil, Inset(12, h.body))))
	h.content.Hide()
	return h
}

// Content is the sheet, to be laid over the room.
func (h *Sheet) Content() fyne.CanvasObject { return h.content }

// Title is what the sheet that is open is called.
func (h *Sheet) Title() string { return h.title.Text }

// Visible tells whether the sheet is open.
func (h *Sheet) Visible() bool { return h.content.Visible() }

// Open shows something under a title, in the place of what it showed.
func (h *Sheet) Open(title string, o fyne.CanvasObject) {
	h.title.Text = title
	h.title.Refresh()
	h.Show(o)
	Show(h.content, true)
}

// Show changes what the sheet shows.
func (h *Sheet) Show(o fyne.CanvasObject) {
	h.body.Objects = []fyne.CanvasObject{o}
	h.body.Refresh()
}

// Holds tells whether the sheet is open and shows o.
func (h *Sheet) Holds(o fyne.CanvasObject) bool {
	return h.Visible() && len(h.body.Objects) == 1 && h.body.Objects[0] == o
}

// Key implements [Overlay]: Tab goes from button to button, what is too long for the sheet is scrolled.
func (h *Sheet) Key(c keys.Chord, held bool) bool {
	if held {
		return ScrollKey(h.body, c)
	}
	ringed := h.walk.On() && h.walk.Key(h.content, c) // before what Enter does by itself
	return ringed || h.OnKey != nil && h.OnKey(c) || !h.form() && h.walk.Key(h.content, c) || ScrollKey(h.body, c)
}

// form tells whether a button of a form has the keyboard: the toolkit's own Tab goes on from it.
func (h *Sheet) form() bool {
	on := fyne.CurrentApp().Driver().CanvasForObject(h.content)
	if on == nil {
		return false
	}
	_, is := on.Focused().(*Press)
	return is
}

// Walk goes to the next button of the sheet, or to the one before, as Tab does where no text is typed.
func (h *Sheet) Walk(back bool) { h.walk.Step(h.content, back) }

// Close closes the sheet.
func (h *Sheet) Close() {
	h.walk.Stop()
	h.content.Hide()
	h.closed()
}
