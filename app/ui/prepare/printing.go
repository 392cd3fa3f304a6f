package prepare

import (
	"path/filepath"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console/exchange"
	"butluc/app/console/signatory"
	"butluc/app/keys"
	"butluc/app/ui/signing"
	"butluc/app/ui/widgets"
	"butluc/library"
	"butluc/presenter/print"
)

// printing is what is to be put on paper, and where.
type printing struct {
	r          *Room
	kind       print.Kind
	format     print.Format
	notes      bool
	own        bool             // slides with words; never remembered: it is asked each time
	picked     []library.PageID // pages that are picked beside the outline
	opinion    bool             // that of the superior
	chosen     bool             // the bundle is of these
	restricted bool             // the bundle has restricted pages, too
	sign       bool             // digitally, which is asked each time
	dir        string
}

// bundle is printed by [exchange.Exchange.Bundle].
const bundle print.Kind = "bundle"

// formats are those in which each kind is printed, with what they are called.
var formats = map[print.Kind][]print.Format{
	print.Outline: {print.PDF, print.DOCX}, print.List: {print.PDF, print.DOCX}, print.Backup: {print.PDF}, bundle: {print.PDF}, print.Slides: {print.PPTX},
}

// openPrint opens the sheet on which is chosen what is put on paper. What was chosen last stands, so that Enter alone is enough.
func (r *Room) openPrint() {
	if _, ok := r.s.Dossier.Snapshot(); !ok {
		return
	}
	p := &printing{r: r, kind: print.Outline, format: print.PDF, notes: true, opinion: true, picked: r.panel.PickedPages(), dir: r.s.Exchange.PaperDir()}
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
	for _, kind := range []print.Kind{print.Outline, print.List, print.Backup, bundle, print.Slides} {
		kinds = append(kinds, choice(in.T("print."+string(kind)), p.kind == kind, func() { p.kind = kind }))
	}
	box.Add(row("print.what", kinds...))
	box.Add(row("print.whom", notCut(in.T("print-whom."+string(p.kind)))))
	if !slices.Contains(formats[p.kind], p.format) {
		p.format = formats[p.kind][0]
	}
	var of []fyne.CanvasObject
	for _, f := range formats[p.kind] {
		of = append(of, choice(in.T("print-format."+string(f)), p.format == f, func() { p.format = f }))
	}
	box.Add(row("print.format", of...))
	yesNo := func(label, yes, no string, of *bool) {
		box.Add(row(label, choice(in.T(yes), *of, func() { *of = true }), choice(in.T(no), !*of, func() { *of = false })))
	}
	switch p.kind {
	case print.Outline:
		yesNo("print.notes", "print.with-notes", "print.no-notes", &p.notes)
	case print.Slides:
		yesNo("print.words", "print.own-use", "print.no-words", &p.own)
	case bundle:
		if len(p.picked) > 0 {
			box.Add(row("print.pages", choice(in.T("print.of-outline"), !p.chosen, func() { p.chosen = false }),
				choice(in.T("print.of-picked", "count", len(p.picked)), p.chosen, func() { p.chosen = true })))
		}
		yesNo("print.restricted", "print.with-notes", "print.no-notes", &p.restricted)
	case print.List, print.Backup:
	}
	if p.kind == print.Outline && p.r.s.Review.Opinion() != nil {
		box.Add(row("print.opinion", choice(in.T("print.with-notes"), p.opinion, func() { p.opinion = true }), choice(in.T("print.no-notes"), !p.opinion, func() { p.opinion = false })))
	}
	if p.format == print.PDF {
		yesNo("signing.ask", "signing.yes", "signing.no", &p.sign)
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

// write writes what was chosen, once it is known who signs it.
func (p *printing) write() {
	if p.sign && p.format == print.PDF {
		signing.Open(p.r.s, p.r.sheet.Sheet, p.r.focus, p.r.choose, p.writeBy)
		return
	}
	p.writeBy(nil)
}

// writeBy writes what was chosen, signed by somebody or nobody, and closes the sheet.
func (p *printing) writeBy(by *signatory.Signatory) {
	r := p.r
	name := r.s.T("print." + string(p.kind))
	switch {
	case p.kind == print.Outline && !p.notes:
		name = r.s.T("print.without-notes", "what", name)
	case p.kind == print.Slides && p.own:
		name = r.s.T("print.for-own-use", "what", name)
	}
	r.sheet.OnKey = nil
	r.sheet.Close()
	r.s.Settings.Remember(exchange.PaperDirSetting, p.dir)
	file := filepath.Join(p.dir, r.s.Exchange.FileName(name, "."+string(p.format), time.Now()))
	if p.kind != bundle {
		paper := exchange.Paper{Kind: p.kind, By: by, Notes: p.kind == print.Outline && p.notes, Own: p.kind == print.Slides && p.own}
		if p.kind == print.Outline && p.opinion {
			paper.Opinion = r.s.Review.Opinion()
		}
		r.s.Exchange.Print(paper, file)
		return
	}
	var pages []library.PageID
	if p.chosen {
		pages = p.picked
	}
	r.s.Exchange.Bundle(pages, p.restricted, by, file)
}
