package trial

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console/court"
	"butluc/app/ui/widgets"
	"butluc/presenter"
)

// chooseMode offers where the evidence is shown.
func (r *Room) chooseMode() {
	var items []*fyne.MenuItem
	for _, m := range []court.Mode{court.ModeSecond, court.ModeSingle} {
		item := fyne.NewMenuItem(r.s.T("mode."+m.String()), func() { r.s.Court.ChooseMode(m) })
		item.Checked = m == r.s.Court.Mode()
		items = append(items, item)
	}
	rehearsal := fyne.NewMenuItem(r.s.T("mode.rehearsal"), func() { r.s.Hearing.Rehearse(!r.s.Settings.Rehearsal()) })
	rehearsal.Checked = r.s.Settings.Rehearsal()
	for _, size := range court.ShareSizes {
		label := r.s.T("mode.share") + fmt.Sprintf(" %d×%d", size.X, size.Y)
		items = append(items, fyne.NewMenuItem(label, func() { r.s.Court.ChooseShare(size) }))
	}
	widgets.Menu(r.row.mode, append(items, fyne.NewMenuItemSeparator(), rehearsal)...)
}

// updateChoice offers the screens where there are several, and what to do where the console is not on its own.
func (r *Room) updateChoice(presenter.State) {
	state, _ := r.s.Court.State()
	offered := ""
	if state == court.Ask {
		for _, s := range r.s.Court.Screens.Others() {
			offered += fmt.Sprintf("%s %d,%d;", s.ID(), s.X, s.Y)
		}
	}
	if state == court.Astray {
		offered = state.String()
	}
	if offered == r.row.offered {
		return
	}
	r.row.offered = offered
	r.row.screens.RemoveAll()
	switch {
	case offered == "":
		return
	case state == court.Astray:
		r.row.screens.Add(widget.NewLabel(r.s.T("astray.text")))
		r.row.screens.Add(widgets.NewButton(r.s.T("astray.swap"), nil, widgets.Primary, r.s.Court.SwapScreens))
		r.row.screens.Add(widgets.NewButton(r.s.T("astray.stay"), nil, widgets.Plain, r.s.Court.Screens.StayHere))
		return
	}
	r.row.screens.Add(widget.NewLabel(r.s.T("screens.choose")))
	r.row.screens.Add(widgets.NewButton(r.s.T("screens.identify"), nil, widgets.Plain, r.s.Court.Screens.Identify))
	for _, s := range r.s.Court.Screens.Others() {
		label := r.s.T("screens.one", "number", r.s.Court.Screens.Number(s), "size", fmt.Sprintf("%d×%d", s.W, s.H))
		r.row.screens.Add(widgets.NewButton(label, nil, widgets.Primary, func() { r.s.Court.ChooseScreen(s) }))
	}
}
