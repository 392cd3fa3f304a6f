package prepare

import (
	"fyne.io/fyne/v2"

	"butluc/app/keys"
	"butluc/app/ui/widgets"
)

// pageMenu is what can be done with the page looked at, with its keys.
func (nt *noting) pageMenu() []*fyne.MenuItem {
	items := nt.r.items(keys.AddPage, keys.AddBeside, keys.KeepView, "", keys.FlagKey, keys.FlagContradiction, keys.FlagVerify)
	items = append(items, fyne.NewMenuItem(nt.r.s.T("page.note"), func() { nt.r.bar.openNote(nt.noted()) }), fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(nt.r.s.T("page.name-document"), nt.nameDocument))
	items = append(items, nt.r.items(keys.BeginDocument, keys.Join, keys.HidePage, "", keys.NumberPages, keys.FolioTable)...)
	return append(items, fyne.NewMenuItemSeparator(), fyne.NewMenuItem(nt.r.s.T("proof.menu"), func() { nt.r.head.proved.open() }))
}

// markMenu is what can be done with the mark that is picked.
func (nt *noting) markMenu() []*fyne.MenuItem {
	var items []*fyne.MenuItem
	for _, a := range []keys.Action{keys.MarkOwner, keys.MarkSooner, keys.MarkLater, keys.MarkFront, keys.MarkBack, keys.Duplicate, keys.Delete} {
		items = append(items, widgets.Item(a.Text(nt.r.s.In()), keys.Hint(nt.r.s.In(), keys.Marks, a), func() { nt.r.page.marker.do(a) }))
	}
	return items
}

// openMenu opens the menu of the picked mark, or of the page, at a place of the window.
func (nt *noting) openMenu(at fyne.Position) {
	if _, picked := nt.r.page.marker.mark(); picked {
		widgets.MenuAt(nt.r.canvas(), at, nt.markMenu()...)
		return
	}
	if _, ok := nt.known(); ok {
		widgets.MenuAt(nt.r.canvas(), at, nt.pageMenu()...)
	}
}

// nameDocument opens the line in which the document looked at is named.
func (nt *noting) nameDocument() {
	d, _ := nt.r.s.Dossier.Document(nt.r.s.Study.Current().Page)
	if first, ok := d.First(); ok {
		nt.r.bar.openDocument(first)
	}
}
