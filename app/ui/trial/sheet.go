package trial

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

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
		rows.Make = func() fyne.CanvasObject { return newJournalLine() }
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
		top := container.NewBorder(nil, nil, nil, r.exports(j), head)
		r.sheet.Open(r.s.T("journal.title"), container.NewBorder(top, nil, nil, nil, rows))
		rows.Reveal(len(list) - 1)
	})
}

// exports are the buttons that write a journal's list to a file.
func (r *Room) exports(j report.Record) fyne.CanvasObject {
	export := func(ending string) *widgets.Button {
		return widgets.NewButton(r.s.T("journal.export", "kind", strings.ToUpper(ending)), nil, widgets.Plain, func() {
			r.choose.ChooseSave(r.s.T("print.where"), r.s.T("journal.title"), "."+ending, func(file string) { r.s.Recorder.Export(j, file) })
		})
	}
	return container.NewHBox(export("pdf"), export("csv"))
}

// journalLine is a line of the journal: when, which folio, what, where in the outline.
type journalLine struct {
	widget.BaseWidget
	cells [4]*widget.Label
	box   *fyne.Container
}

func newJournalLine() *journalLine {
	l := &journalLine{}
	var objects []fyne.CanvasObject
	for i := range l.cells {
		l.cells[i] = widgets.Line("")
		objects = append(objects, l.cells[i])
	}
	l.box = container.New(shares{0.2, 0.12, 0.4, 0.28}, objects...)
	l.ExtendBaseWidget(l)
	return l
}

func (l *journalLine) show(row print.RecordRow) {
	when := row.From
	if row.To != "" {
		when += " – " + strings.Join(strings.Fields(row.To), " ")
	}
	if row.Day != "" {
		when = row.Day + "  " + when
	}
	for i, text := range []string{when, row.Folio, row.What, row.Where} {
		l.cells[i].SetText(text)
	}
}

// CreateRenderer implements [fyne.Widget].
func (l *journalLine) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.box) }
