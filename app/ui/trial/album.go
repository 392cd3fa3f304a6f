package trial

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"butluc/app/album"
	"butluc/app/console/signatory"
	"butluc/app/keys"
	"butluc/app/report"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/presenter/print"
)

// albumForm chooses which pictures of a journal are put on paper, and in which form.
type albumForm struct {
	r          *Room
	record     report.Record
	all        []album.Picture // with those of rehearsals
	list       []album.Picture // that are offered
	left       map[int]bool    // numbers of those that are left out
	rehearsals bool
	format     print.Format
	sign       bool // digitally, which is asked each time
	rows       *widgets.Rows
	write      *widgets.Button
	formats    map[print.Format]*widgets.Button
}

// openAlbum opens the sheet on which an album is chosen. Enter alone writes all pictures of hearings as PDF.
func (r *Room) openAlbum(j report.Record) {
	f := &albumForm{r: r, record: j, all: album.Pictures(j), left: map[int]bool{}, format: print.PDF, formats: map[print.Format]*widgets.Button{}}
	in := r.s.In()
	f.rows = widgets.NewRows()
	f.rows.Count = func() int { return len(f.list) }
	f.rows.Height = func(int) float32 { return theme.Target }
	f.rows.Make = func() fyne.CanvasObject {
		b := widgets.NewToggle("", true, nil)
		b.Cut = true
		return b
	}
	f.rows.Fill = func(i int, o fyne.CanvasObject) { f.fill(f.list[i], o.(*widgets.Button)) }
	f.write = widgets.NewButton("", nil, widgets.Primary, f.export)
	f.write.Hint = "Enter"
	buttons := []fyne.CanvasObject{
		widgets.NewButton(in.T("album.all"), nil, widgets.Plain, func() { f.leave(false) }),
		widgets.NewButton(in.T("album.nothing"), nil, widgets.Plain, func() { f.leave(true) }),
	}
	if len(album.Real(f.all)) < len(f.all) {
		toggle := widgets.NewToggle(in.T("album.rehearsals"), false, nil)
		toggle.OnTapped = func() {
			f.rehearsals = !f.rehearsals
			toggle.SetOn(f.rehearsals)
			f.offer()
		}
		buttons = append(buttons, toggle)
	}
	for _, format := range []print.Format{print.PDF, print.DOCX} {
		f.formats[format] = widgets.NewButton(in.T("print-format."+string(format)), nil, widgets.Plain, func() {
			f.format = format
			f.show()
		})
		buttons = append(buttons, f.formats[format])
	}
	buttons = append(buttons, r.signToggle(&f.sign))
	text := in.T("album.text")
	if len(album.Real(f.all)) == 0 {
		text = in.T("album.no-pictures")
	}
	top := container.NewVBox(widgets.Prose(text), widgets.NewFlow(theme.Gap, append(buttons, f.write)...), widgets.Rule())
	r.sheet.Open(in.T("album.title"), container.NewBorder(top, nil, nil, nil, f.rows))
	r.sheet.OnKey = func(c keys.Chord) bool {
		if c.Mods == 0 && (c.Key == "Return" || c.Key == "KP_Enter") {
			f.export()
			return true
		}
		return false
	}
	f.offer()
}

// offer lists the pictures that can be chosen.
func (f *albumForm) offer() {
	f.list = f.all
	if !f.rehearsals {
		f.list = album.Real(f.all)
	}
	f.show()
}

// leave leaves all that are offered out, or none.
func (f *albumForm) leave(out bool) {
	for _, p := range f.list {
		f.left[p.Number] = out
	}
	f.show()
}

// fill makes a row a picture's.
func (f *albumForm) fill(p album.Picture, b *widgets.Button) {
	in := f.r.s.In()
	b.SetLabel(in.T("album.row", "number", p.Number, "when", in.Date(p.Entry.At)+" "+p.Entry.At.Format(time.TimeOnly), "name", album.Name(in, p)))
	b.SetOn(!f.left[p.Number])
	b.OnTapped = func() {
		f.left[p.Number] = !f.left[p.Number]
		f.show()
	}
}

// chosen are the pictures that are put on paper.
func (f *albumForm) chosen() []album.Picture {
	var list []album.Picture
	for _, p := range f.list {
		if !f.left[p.Number] {
			list = append(list, p)
		}
	}
	return list
}

func (f *albumForm) show() {
	n := len(f.chosen())
	f.write.SetLabel(f.r.s.T("album.write", "count", n))
	f.write.SetDisabled(n == 0)
	for format, b := range f.formats {
		style := widgets.Plain
		if format == f.format {
			style = widgets.Chosen
		}
		b.SetStyle(style)
	}
	f.rows.Reload()
}

// export asks where the album is written, and writes it behind the window.
func (f *albumForm) export() {
	chosen := f.chosen()
	if len(chosen) == 0 {
		return
	}
	r, record := f.r, f.record
	r.signedBy(f.sign && f.format == print.PDF, func(by *signatory.Signatory) {
		r.choose.ChooseSave("print.where", r.s.T("album.title"), "."+string(f.format), func(file string) {
			r.sheet.Close()
			r.s.Exchange.Album(record, chosen, by, file)
		})
	})
}
