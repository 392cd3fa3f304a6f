package shelf

import (
	"fyne.io/fyne/v2"

	"butluc/app/keys"
	"butluc/app/ui/widgets"
	shelfstore "butluc/library/shelf"
)

// menu is what can be done with a case.
func (r *caseList) menu(e shelfstore.Entry) []*fyne.MenuItem {
	return []*fyne.MenuItem{
		fyne.NewMenuItem(r.s.T("shelf.open-case"), func() { r.s.Open(e.Path) }),
		fyne.NewMenuItemSeparator(),
		widgets.Item(r.s.T("sealing.open"), keys.Hint(r.s.In(), keys.Shelf, keys.PackCase), func() { r.ways.Pack(e.Path, e.Title) }),
		fyne.NewMenuItem(r.s.T("lock.open"), func() { r.ways.Lock(e.Path, e.Title) }),
		fyne.NewMenuItem(r.s.T("wipe.open"), func() { r.ways.Wipe(e.Path, e.Title) }),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(r.s.T("shelf.forget"), func() { r.forget(e) }),
	}
}

// menuOfChosen opens the menu of the case that is chosen.
func (r *caseList) menuOfChosen() {
	if r.at < len(r.cases) {
		widgets.MenuAt(canvasOf(r.list), fyne.CurrentApp().Driver().AbsolutePositionForObject(r.list).AddXY(rowLeast, rowLeast), r.menu(r.cases[r.at])...)
	}
}

func canvasOf(o fyne.CanvasObject) fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(o) }
