package prepare

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console/exchange"
	"butluc/app/i18n"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// attached is the row over a PDF that holds other files: their names, and a way to save them.
type attached struct {
	names *widget.Label
	save  *widgets.Button
	row   *fyne.Container
	file  library.File
}

func newAttached(r *Room) attached {
	a := attached{names: widgets.Small("")}
	a.save = widgets.NewButton(r.s.T("attached.save"), nil, widgets.Plain, func() {
		file := r.head.attached.file // as it is now: another may be looked at when the folder is chosen
		r.choose.ChooseFolder("attached.where", "choose.into", func(into string) { r.s.Exchange.SaveAttached(file, into) })
	})
	a.row = container.NewBorder(nil, nil, nil, a.save, a.names)
	a.row.Hide()
	return a
}

func (a *attached) update(in i18n.Catalogue, f library.File) {
	a.file = f
	a.names.SetText(exchange.AttachedText(in, f))
	widgets.Show(a.row, len(f.Attached) > 0)
}
