package trial

import (
	"slices"

	"fyne.io/fyne/v2"

	"butluc/app/ui/widgets"
	"butluc/presenter"
)

// setNarrow puts the outline into the drawer, or back into a column of its own.
func (r *Room) setNarrow(narrow bool) {
	if narrow == r.aside.narrow {
		return
	}
	r.aside.narrow = narrow
	r.aside.column.Objects, r.area.drawer.Objects = []fyne.CanvasObject{r.aside.beside}, nil
	r.aside.acts.Objects, r.area.acts.Objects = r.acts.buttons, nil
	if narrow {
		r.aside.column.Objects, r.area.drawer.Objects = nil, []fyne.CanvasObject{r.aside.beside}
		r.aside.acts.Objects, r.area.acts.Objects = nil, append(slices.Clone(r.acts.buttons), r.opener)
	}
	widgets.Show(r.aside.column, !narrow)
	widgets.Show(r.aside.closer, narrow)
	r.openDrawer(false)
	r.showBelow()
	r.split.Refresh()
}

// openDrawer has the outline take the place of what comes next, on a screen that is too small for both; or gives that
// back. It is a part of the room like the column that it is elsewhere: all keys do what they did.
func (r *Room) openDrawer(open bool) {
	open = open && r.aside.narrow
	widgets.Show(r.area.drawer, open)
	for _, o := range []fyne.CanvasObject{r.area.previewHead, r.area.preview, r.area.told.Content()} {
		widgets.Show(o, !open)
	}
	widgets.Show(r.ask.content, !open && r.s.Guard.AsksGround())
	r.showTools()
	r.area.drawer.Refresh()
	r.layAnew()
}

// showTools shows the tools, and on a small screen the named buttons, unless something stands in their place.
func (r *Room) showTools() {
	free := !r.s.Guard.AsksGround() && !r.area.drawer.Visible()
	widgets.Show(r.mirror.box, r.s.Stage.Running() && free)
	widgets.Show(r.area.acts, free)
}

// showBelow shows what stands under the outline or the evidence; in a drawer, which is short, only what goes with it and
// leaves room for the list.
func (r *Room) showBelow() {
	const enough = 330
	widgets.Show(r.strip.content, !r.aside.narrow || r.aside.panel.Content().Visible() && r.area.drawer.Size().Height >= enough)
	r.aside.panel.ShowPages(!r.aside.narrow)
}

// followDrawer closes the drawer when there is something to see where it lies: what was chosen for Preview, other than by
// going on, or a question.
func (r *Room) followDrawer(st presenter.State) {
	chosen := st.Preview != r.views.last.preview && st.Program == r.views.last.program
	r.views.last.preview, r.views.last.program = st.Preview, st.Program
	if r.area.drawer.Visible() && (chosen || r.s.Guard.AsksGround()) {
		r.openDrawer(false)
	}
}
