package record_test

import (
	"testing"

	"butluc/app/record"
	"butluc/app/words"
	"butluc/library"
	"butluc/library/journal"
)

// The list of what was shown says that a page was drawn on, or its picture changed: the court minutes may.
func TestTheListSaysWhatWasDrawn(t *testing.T) {
	words.Use("vi")
	corners := []library.Point{{X: 0.1, Y: 0.1}, {X: 0.2, Y: 0.2}}
	marks := library.MarksOf(
		library.Mark{Kind: library.MarkHighlight, Points: corners}, library.Mark{Kind: library.MarkHighlight, Points: corners},
		library.Mark{Kind: library.MarkRedaction, Points: corners},
	)
	shown := journal.Shown{Beat: 2, Panes: []journal.Pane{
		{Path: "a.pdf", Page: 1, Title: "Biên bản", Marks: marks, Adjust: library.Adjust{Contrast: 20}},
		{Path: "b.pdf", Page: 1, Title: "Cáo trạng"},
	}}
	span := journal.Span{Entry: journal.Entry{Shown: &shown}}
	want := span.Titles() + "; lượt hiện 2; ảnh đã tăng tương phản; dấu: tô sáng, che kín"
	if got := record.ShownText(span); got != want {
		t.Errorf("%q, want %q", got, want)
	}
}
