package trial

import (
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"

	"butluc/app/i18n"
	"butluc/app/report"
	"butluc/library/journal"
	"butluc/presenter/print"
)

// The journal's line has the columns of the list, those among them that the room has never heard of.
func TestTheJournalsLineHasTheListsColumns(t *testing.T) {
	test.NewTempApp(t)
	columns := report.Columns{{Name: "from", Screen: 2}, {Name: "to"}, {Name: "weekday", Screen: 1}, {Name: "what", Screen: 5}}
	l := newJournalLine(columns)
	row := func(day string, cells ...string) journalRow {
		return journalRow{day: day, first: day != "", cells: journalCells(columns, print.RecordRow{Cells: cells})}
	}
	l.show(row("14/03/2026", "08:30", "08:31", "thứ bảy", "BL 45"), false)
	var texts []string
	for _, cell := range l.cells {
		texts = append(texts, cell.Text)
	}
	if want := []string{"14/03/2026  08:30 – 08:31", "thứ bảy", "BL 45"}; !slices.Equal(texts, want) {
		t.Errorf("the line says %q, want %q", texts, want)
	}
	l.show(row("", "08:32", "", "thứ bảy", ""), false)
	if got := l.cells[0].Text; got != "08:32" {
		t.Errorf("the next line begins with %q", got)
	}
	l.Resize(l.MinSize().AddWidthHeight(600, 0))
	if end := l.cells[2].Position().X + l.cells[2].Size().Width; end < l.Size().Width-1 || end > l.Size().Width+1 {
		t.Errorf("the cells end at %v of %v", end, l.Size().Width)
	}
}

// The journal is sorted by its heads: by folio 9 comes before 10, and each row says its day then; the newest first.
func TestTheJournalIsSorted(t *testing.T) {
	test.NewTempApp(t)
	shown := func(at time.Time, folio string) journal.Span {
		return journal.Span{Entry: journal.Entry{Kind: journal.KindShow, At: at, Shown: &journal.Shown{Panes: []journal.Pane{{Folio: folio}}}}}
	}
	day := time.Date(2026, 3, 14, 8, 30, 0, 0, time.Local)
	l := newJournalList(i18n.In("vi"), report.Record{Spans: []journal.Span{shown(day, "10"), shown(day.Add(time.Minute), "9"), shown(day.AddDate(0, 0, 1), "45")}})
	order := func() (n []int) {
		for _, row := range l.lines {
			n = append(n, row.n)
		}
		return n
	}
	for _, step := range []struct {
		column int
		want   []int
	}{{1, []int{1, 0, 2}}, {1, []int{2, 0, 1}}, {1, []int{0, 1, 2}}, {0, []int{0, 1, 2}}, {0, []int{2, 1, 0}}} {
		if l.heads.Click(step.column); !slices.Equal(order(), step.want) {
			t.Errorf("after a click on column %d the rows are %v, want %v", step.column, order(), step.want)
		}
	}
	line := newJournalLine(report.Standard())
	line.show(l.own[1], true)
	if got := line.cells[0].Text; !strings.HasPrefix(got, "14/03/2026  08:31") {
		t.Errorf("a sorted row begins with %q", got)
	}
}
