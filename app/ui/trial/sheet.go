package trial

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/i18n"
	"butluc/app/report"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/presenter/print"
)

// openJournal shows what the court saw, to check the court's minutes against.
func (r *Room) openJournal() {
	r.s.Recorder.Read(func(j report.Record) {
		list := j.Rows(r.s.In())
		rows := widgets.NewRows()
		rows.Count = func() int { return len(list) }
		rows.Height = func(int) float32 { return theme.Target }
		rows.Make = func() fyne.CanvasObject { return newJournalLine(j.Listed()) }
		rows.Fill = func(i int, o fyne.CanvasObject) { o.(*journalLine).show(list[i]) }
		rows.Reload()
		head := widgets.Prose(r.s.T("journal.whole", "count", j.Head.Count, "hash", j.Head.Hash))
		if j.Head.Count == 0 {
			head.SetText(r.s.T("journal.empty"))
		}
		if j.Fault != nil {
			head.SetText(j.FaultText(r.s.In()))
			head.Importance = widget.WarningImportance
		}
		top := container.NewVBox(container.NewBorder(nil, nil, nil, r.exports(j), head), journalHeads(r.s.In(), j.Listed()), widgets.Rule())
		r.sheet.Open(r.s.T("journal.title"), container.NewBorder(top, nil, nil, nil, rows))
		rows.Reveal(len(list) - 1)
	})
}

// journalHeads stand over the journal's columns.
func journalHeads(in i18n.Catalogue, columns report.Columns) fyne.CanvasObject {
	line := newJournalLine(columns)
	k := 0
	for _, c := range columns {
		if c.Screen > 0 {
			line.cells[k].TextStyle.Bold = true
			line.cells[k].SetText(in.T("journal-column." + c.Name))
			k++
		}
	}
	return line
}

// exports are the buttons that write a journal's list to a file.
func (r *Room) exports(j report.Record) fyne.CanvasObject {
	export := func(ending string) *widgets.Button {
		return widgets.NewButton(r.s.T("journal.export", "kind", strings.ToUpper(ending)), nil, widgets.Plain, func() {
			r.choose.ChooseSave("print.where", r.s.T("journal.title"), "."+ending, func(file string) { r.s.Recorder.Export(j, file) })
		})
	}
	return container.NewHBox(export("pdf"), export("csv"))
}

// journalLine is a line of the journal. Its cells are those of the list; one without a width of its own stands in the cell
// before it: from – to.
type journalLine struct {
	widget.BaseWidget
	columns report.Columns
	cells   []*widget.Label
	box     *fyne.Container
}

func newJournalLine(columns report.Columns) *journalLine {
	l := &journalLine{columns: columns}
	var objects []fyne.CanvasObject
	var widths shares
	whole := float32(0)
	for _, c := range columns {
		whole += c.Screen
	}
	for _, c := range columns {
		if c.Screen > 0 {
			l.cells = append(l.cells, widgets.Line(""))
			objects, widths = append(objects, l.cells[len(l.cells)-1]), append(widths, c.Screen/whole)
		}
	}
	l.box = container.New(widths, objects...)
	l.ExtendBaseWidget(l)
	return l
}

func (l *journalLine) show(row print.RecordRow) {
	var texts []string
	for i, cell := range row.Cells {
		switch {
		case l.columns[i].Screen > 0:
			texts = append(texts, cell)
		case cell != "":
			texts[len(texts)-1] += " – " + cell
		}
	}
	if row.Day != "" {
		texts[0] = row.Day + "  " + texts[0]
	}
	for i, text := range texts {
		l.cells[i].SetText(text)
	}
}

// CreateRenderer implements [fyne.Widget].
func (l *journalLine) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.box) }
