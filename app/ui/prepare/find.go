package prepare

import (
	"butluc/app/ui/widgets"
	"butluc/library"
)

// openFind puts what was found in the place of the evidence, and the keyboard into its field.
func (r *Room) openFind() {
	r.panel.Content().Hide()
	widgets.Show(r.find.Content(), true)
	r.s.Finder.Again()
	r.focus(r.find.Field())
}

// closeFind puts the evidence back, and tells whether it was away.
func (r *Room) closeFind() bool {
	if !r.find.Content().Visible() {
		return false
	}
	r.find.Content().Hide()
	widgets.Show(r.panel.Content(), true)
	r.s.Finder.Leave()
	r.focus(nil)
	return true
}

// addFound makes a step of the page that is looked at, or of the pair.
func (r *Room) addFound() {
	if shot, ok := r.s.Finder.PairShot(); ok {
		r.outline.Editor.AddShot(shot)
		return
	}
	if pane := r.s.Finder.Pane(); pane.Page != (library.PageID{}) {
		pane.View = library.Rect{}
		r.outline.Editor.AddShot(library.Shot{}.Add(pane))
	}
}
