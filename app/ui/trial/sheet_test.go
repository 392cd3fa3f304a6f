package trial

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2/test"

	"butluc/app/report"
	"butluc/presenter/print"
)

// The journal's line has the columns of the list, those among them that the room has never heard of.
func TestTheJournalsLineHasTheListsColumns(t *testing.T) {
	test.NewTempApp(t)
	columns := report.Columns{{Name: "from", Screen: 2}, {Name: "to"}, {Name: "weekday", Screen: 1}, {Name: "what", Screen: 5}}
	l := newJournalLine(columns)
	l.show(print.RecordRow{Day: "14/03/2026", Cells: []string{"08:30", "08:31", "thứ bảy", "BL 45"}})
	var texts []string
	for _, cell := range l.cells {
		texts = append(texts, cell.Text)
	}
	if want := []string{"14/03/2026  08:30 – 08:31", "thứ bảy", "BL 45"}; !slices.Equal(texts, want) {
		t.Errorf("the line says %q, want %q", texts, want)
	}
	l.show(print.RecordRow{Cells: []string{"08:32", "", "thứ bảy", ""}})
	if got := l.cells[0].Text; got != "08:32" {
		t.Errorf("the next line begins with %q", got)
	}
	l.Resize(l.MinSize().AddWidthHeight(600, 0))
	if end := l.cells[2].Position().X + l.cells[2].Size().Width; end < l.Size().Width-1 || end > l.Size().Width+1 {
		t.Errorf("the cells end at %v of %v", end, l.Size().Width)
	}
}
