package widgets

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Menu opens a menu under a widget. It has the keyboard while it is open.
func Menu(under fyne.CanvasObject, items ...*fyne.MenuItem) {
	d := fyne.CurrentApp().Driver()
	at := d.AbsolutePositionForObject(under)
	MenuAt(d.CanvasForObject(under), at.AddXY(0, under.Size().Height), items...)
}

// MenuAt opens a menu at a place of a window.
func MenuAt(c fyne.Canvas, at fyne.Position, items ...*fyne.MenuItem) {
	if c == nil || len(items) == 0 {
		return
	}
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), c, at)
}
