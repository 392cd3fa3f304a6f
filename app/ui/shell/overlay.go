package shell

import (
	"fyne.io/fyne/v2"

	"butluc/app/keys"
	"butluc/app/ui/widgets"
)

// overlays are all that may lie over the console, the topmost first. What is to be one is added here, or by its room:
// then it has the keys while it is open, and from behind it nothing reaches the court but black. The lines of a note, a
// call and a jump are none: they cover nothing, and a clicker goes on.
func (w *window) overlays() []widgets.Overlay {
	return append([]widgets.Overlay{toolkitOverlay{w}, w.cover, w.question, w.picking, w.help, w.sealing}, w.room.Overlays()...)
}

// overlay is the topmost that is open, nil where nothing lies over the console.
func (w *window) overlay() widgets.Overlay {
	for _, o := range w.overlays() {
		if o.Visible() {
			return o
		}
	}
	return nil
}

// toolkitOverlay is the dialog or the menu of the toolkit's that lies on top. The toolkit itself knows which there are,
// however they were opened and are closed.
type toolkitOverlay struct{ w *window }

func (t toolkitOverlay) top() fyne.CanvasObject { return t.w.win.Canvas().Overlays().Top() }

// Visible implements [widgets.Overlay].
func (t toolkitOverlay) Visible() bool { return t.top() != nil }

// Close implements [widgets.Overlay].
func (t toolkitOverlay) Close() {
	top := t.top()
	top.Hide()
	t.w.win.Canvas().Overlays().Remove(top) // a dialog's does not go with being hidden
	if !t.Visible() {
		t.w.focus(nil)
	}
}

// Key implements [widgets.Overlay]: what has the keyboard in there gets its keys from the toolkit.
func (t toolkitOverlay) Key(keys.Chord, bool) bool { return false }

// foot is the part of the room that nothing lies over, nil where there is none.
func (w *window) foot() fyne.CanvasObject {
	if r, ok := w.room.(interface{ Foot() fyne.CanvasObject }); ok {
		return r.Foot()
	}
	return nil
}
