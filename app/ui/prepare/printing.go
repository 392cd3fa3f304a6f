package prepare

import (
	"os"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/keys"
	"butluc/app/ui/widgets"
	"butluc/presenter/print"
)

// printing is what is to be put on paper, and where.
type printing struct {
	r      *Room
	kind   print.Kind
	format print.Format
	notes  bool
	dir    string
}

// dirSetting remembers where the last paper was written.
const dirSetting = "print.dir"

// openPrint opens the sheet on which is chosen what is put on paper. What was chosen last stands, so that Enter alone is enough.
func (r *Room) openPrint() {
	snapshot, ok := r.s.Dossier.Snapshot()
	if !ok {
		return
	}
	p := &printing{r: r, kind: print.Outline, format: print.PDF, notes: true, dir: r.s.Settings.Remembered(dirSetting)}
	if info, err := os.Stat(p.dir); err != nil || !info.IsDir() {
		p.dir = filepath.Dir(snapshot.Case.Path)
	}
	r.sheet.open(r.s.T("print.title"), p.build)
	r.sheet.OnKey = func(c keys.Chord) bool {
		if c.Mods == 0 && (c.Key == "Return" || c.Key == "KP_Enter") {
			p.write()
			return true
		}
		return false
	}
}

// build draws the sheet as things are chosen now.
func (p *printing) build() fyne.CanvasObject {
	in := p.r.s.In()
	choice := func(label string, chosen bool, choose func()) fyne.CanvasObject {
		style := widgets.Plain
		if chosen {
			style = widgets.Chosen
		}
		return widgets.NewButton(label, nil, style, func() {
			choose()
			p.r.sheet.rebuild()
		})
	}
	row := func(label string, of ...fyne.CanvasObject) fyne.CanvasObject {
		return coverRow(in, label, widgets.NewFlow(8, of...))
	}
	box := container.NewVBox()
	var kinds []fyne.CanvasObject
	for _, kind := range []print.Kind{print.Outline, print.List, print.Backup} {
		kinds = append(kinds, choice(in.T("print."+string(kind)), p.kind == kind, func() { p.kind = kind }))
	}
	box.Add(row("print.what", kinds...))
	box.Add(row("print.whom", notCut(in.T("print-whom."+string(p.kind)))))
	if p.kind == print.Backup {
		p.format = print.PDF
	}
	formats := []fyne.CanvasObject{choice("PDF", p.format == print.PDF, func() { p.format = print.PDF })}
	if p.kind != print.Backup {
		formats = append(formats, choice("Word", p.format == print.DOCX, func() { p.format = print.DOCX }))
	}
	box.Add(row("print.format", formats...))
	if p.kind == print.Outline {
		box.Add(row("print.notes", choice(in.T("print.with-notes"), p.notes, func() { p.notes = true }), choice(in.T("print.no-notes"), !p.notes, func() { p.notes = false })))
	}
	change := widgets.NewButton(in.T("print.elsewhere"), nil, widgets.Plain, func() {
		p.r.choose.ChooseFolder("print.where", "choose.here", func(dir string) {
			p.dir = dir
			p.r.sheet.rebuild()
		})
	})
	where := widget.NewLabel(p.dir)
	where.Wrapping = fyne.TextWrapBreak
	box.Add(coverRow(in, "print.into", container.NewBorder(nil, nil, nil, container.NewCenter(change), where)))
	write := widgets.NewButton(in.T("print.write"), nil, widgets.Primary, p.write)
	write.Hint = "Enter"
	box.Add(container.NewHBox(write))
	return box
}

// write writes what was chosen, and closes the sheet.
func (p *printing) write() {
	r := p.r
	name := r.s.T("print." + string(p.kind))
	if p.kind == print.Outline && !p.notes {
		name = r.s.T("print.without-notes", "what", name)
	}
	r.sheet.OnKey = nil
	r.sheet.Close()
	r.s.Settings.Remember(dirSetting, p.dir)
	r.s.Exchange.Print(p.kind, p.kind == print.Outline && p.notes, filepath.Join(p.dir, r.s.Exchange.FileName(name, "."+string(p.format), time.Now())))
}
