package trial

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"butluc/app/session"
	"butluc/app/widgets"
	"butluc/app/words"
	"butluc/presenter"
)

// chooseMode offers where the evidence is shown.
func (r *Room) chooseMode() {
	var items []*fyne.MenuItem
	for _, m := range []session.Mode{session.ModeSecond, session.ModeSingle} {
		item := fyne.NewMenuItem(words.T("mode."+m.String()), func() { r.s.ChooseMode(m) })
		item.Checked = m == r.s.Mode()
		items = append(items, item)
	}
	rehearsal := fyne.NewMenuItem(words.T("mode.rehearsal"), func() { r.s.Rehearse(!r.s.Rehearsal()) })
	rehearsal.Checked = r.s.Rehearsal()
	for _, size := range session.ShareSizes {
		label := words.T("mode.share") + fmt.Sprintf(" %d×%d", size.X, size.Y)
		items = append(items, fyne.NewMenuItem(label, func() { r.s.ChooseShare(size) }))
	}
	widgets.Menu(r.mode, append(items, fyne.NewMenuItemSeparator(), rehearsal)...)
}

// updateChoice offers the screens where there are several, and what to do where the console is not on its own.
func (r *Room) updateChoice(presenter.State) {
	state, _ := r.s.Court()
	offered := ""
	if state == session.CourtAsk {
		for _, s := range r.s.Screens() {
			offered += fmt.Sprintf("%s %d,%d;", s.ID(), s.X, s.Y)
		}
	}
	if state == session.CourtAstray {
		offered = state.String()
	}
	if offered == r.offered {
		return
	}
	r.offered = offered
	r.screens.RemoveAll()
	switch {
	case offered == "":
		return
	case state == session.CourtAstray:
		r.screens.Add(widget.NewLabel(words.T("astray.text")))
		r.screens.Add(widgets.NewButton(words.T("astray.swap"), nil, widgets.Primary, r.s.SwapScreens))
		r.screens.Add(widgets.NewButton(words.T("astray.stay"), nil, widgets.Plain, r.s.StayHere))
		return
	}
	r.screens.Add(widget.NewLabel(words.T("screens.choose")))
	r.screens.Add(widgets.NewButton(words.T("screens.identify"), nil, widgets.Plain, r.s.IdentifyScreens))
	for _, s := range r.s.Screens() {
		label := words.T("screens.one", "number", r.s.ScreenNumber(s), "size", fmt.Sprintf("%d×%d", s.W, s.H))
		r.screens.Add(widgets.NewButton(label, nil, widgets.Primary, func() { r.s.ChooseScreen(s) }))
	}
}
