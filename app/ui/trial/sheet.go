package trial

import (
	"cmp"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console/signatory"
	"butluc/app/i18n"
	"butluc/app/report"
	"butluc/app/ui/signing"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
	"butluc/presenter/print"
)

// openJournal shows what the court saw, to check the court's minutes against.
func (r *Room) openJournal() {
	r.s.Recorder.Read(func(j report.Record) {
		list := newJournalList(r.s.In(), j)
		head := widgets.Prose(r.s.T("journal.whole", "count", j.Head.Count, "hash", j.Head.Hash))
		if j.Head.Count == 0 {
			head.SetText(r.s.T("journal.empty"))
		}
		if j.Fault != nil {
			head.SetText(j.FaultText(r.s.In()))
			head.Importance = widget.WarningImportance
		}
		top := container.NewVBox(head, r.exports(j), list.heads.Content(), widgets.Rule())
		r.sheet.Open(r.s.T("journal.title"), container.NewBorder(top, nil, nil, nil, list.rows))
		r.sheet.OnKey = list.heads.Key
		list.rows.Reveal(len(list.lines) - 1)
	})
}

// journalList is the journal's list with its heads, as the court saw things or sorted by a column.
type journalList struct {
	own   []journalRow
	lines []journalRow // as they are listed
	heads *widgets.Heads
	rows  *widgets.Rows
}

// journalRow is a row of the list in the cells of its line.
type journalRow struct {
	n     int    // its place in the journal
	day   string // that it is of
	first bool   // of that day
	cells []string
}

func newJournalList(in i18n.Catalogue, j report.Record) *journalList {
	l := &journalList{rows: widgets.NewRows()}
	columns, day := j.Listed(), ""
	for i, row := range j.Rows(in) {
		if row.Day != "" {
			day = row.Day
		}
		l.own = append(l.own, journalRow{i, day, row.Day != "", journalCells(columns, row)})
	}
	var labels []string
	for _, c := range columns {
		if c.Screen > 0 {
			labels = append(labels, in.T("journal-column."+c.Name))
		}
	}
	_, widths := journalWidths(columns)
	l.heads = widgets.NewHeads(widths, widgets.Unsorted, l.sort, labels...)
	l.rows.Count = func() int { return len(l.lines) }
	l.rows.Height = func(int) float32 { return theme.Target }
	l.rows.Make = func() fyne.CanvasObject { return newJournalLine(columns) }
	l.rows.Fill = func(i int, o fyne.CanvasObject) {
		by, _ := l.heads.By()
		o.(*journalLine).show(l.lines[i], by > 0)
	}
	l.sort()
	return l
}

// sort lists the rows as the heads say: the first column by time, the others by their words.
func (l *journalList) sort() {
	l.lines = slices.Clone(l.own)
	widgets.Sort(l.heads, l.lines, func(column int, a, b journalRow) int {
		if column == 0 {
			return cmp.Compare(a.n, b.n)
		}
		return library.NaturalCompare(a.cells[column], b.cells[column])
	})
	l.rows.Reload()
}

// journalCells are a row in the cells of its line: one without a width of its own stands in the cell before it, from – to.
func journalCells(columns report.Columns, row print.RecordRow) (cells []string) {
	for i, cell := range row.Cells {
		switch {
		case columns[i].Screen > 0:
			cells = append(cells, cell)
		case cell != "":
			cells[len(cells)-1] += " – " + cell
		}
	}
	return cells
}

// exports are the buttons that write a journal's list to a file.
func (r *Room) exports(j report.Record) fyne.CanvasObject {
	sign := false
	export := func(ending string) *widgets.Button {
		return widgets.NewButton(r.s.T("journal.export", "kind", strings.ToUpper(ending)), nil, widgets.Plain, func() {
			r.signedBy(sign && ending == string(print.PDF), func(by *signatory.Signatory) {
				r.choose.ChooseSave("print.where", r.s.T("journal.title"), "."+ending, func(file string) {
					if by != nil {
						r.sheet.Close() // the form's secret goes with it
					}
					r.s.Recorder.Export(j, by, file)
				})
			})
		})
	}
	pictures := widgets.NewButton(r.s.T("album.open"), nil, widgets.Plain, func() { r.openAlbum(j) })
	review := widgets.NewButton(r.s.T("review.open"), nil, widgets.Plain, func() {
		r.choose.ChooseSave("print.where", r.s.T("review.title"), "."+string(print.DOCX), func(file string) { r.s.Recorder.Review(j, file) })
	})
	again := widgets.NewButton(r.s.T("replay.open"), nil, widgets.Plain, func() { r.openReplay(j) })
	again.SetDisabled(len(j.Entries) == 0)
	pack := widgets.NewButton(r.s.T("hearing-pack.open"), nil, widgets.Plain, func() {
		r.s.Sealing.Unlock("", func(error) { // a key that is locked signs nothing, which is said
			r.choose.ChooseSave("print.where", r.s.T("hearing-pack.file"), ".zip", func(file string) {
				r.s.Exchange.Pack(j, r.s.Sealing.Me(), file)
			})
		})
	})
	return widgets.NewFlow(theme.Gap, again, pictures, review, pack, export("pdf"), export("csv"), r.signToggle(&sign))
}

// signToggle is the box that says that a PDF is to be signed.
func (r *Room) signToggle(sign *bool) *widgets.Button {
	b := widgets.NewToggle(r.s.T("signing.pdf"), *sign, nil)
	b.OnTapped = func() {
		*sign = !*sign
		b.SetOn(*sign)
	}
	return b
}

// signedBy goes on once it is known who signs: nobody, where it is not to be signed.
func (r *Room) signedBy(sign bool, then func(*signatory.Signatory)) {
	if !sign {
		then(nil)
		return
	}
	signing.Open(r.s, r.sheet, r.focus, r.choose, then)
}

// journalLine is a line of the journal.
type journalLine struct {
	widget.BaseWidget
	cells []*widget.Label
	box   *fyne.Container
}

// journalWidths are how many cells a line has, and their shares of its width.
func journalWidths(columns report.Columns) (n int, widths shares) {
	whole := float32(0)
	for _, c := range columns {
		whole += c.Screen
	}
	for _, c := range columns {
		if c.Screen > 0 {
			widths = append(widths, c.Screen/whole)
		}
	}
	return len(widths), widths
}

func newJournalLine(columns report.Columns) *journalLine {
	l := &journalLine{}
	n, widths := journalWidths(columns)
	var objects []fyne.CanvasObject
	for range n {
		l.cells = append(l.cells, widgets.Line(""))
		objects = append(objects, l.cells[len(l.cells)-1])
	}
	l.box = container.New(widths, objects...)
	l.ExtendBaseWidget(l)
	return l
}

// show shows a row; its day stands with the first of the day, or dated with every one.
func (l *journalLine) show(row journalRow, dated bool) {
	for i, text := range row.cells {
		if i == 0 && (dated || row.first) {
			text = row.day + "  " + text
		}
		l.cells[i].SetText(text)
	}
}

// CreateRenderer implements [fyne.Widget].
func (l *journalLine) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(l.box) }
