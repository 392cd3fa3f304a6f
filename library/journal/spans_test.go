package journal

import (
	"testing"
	"time"
)

func TestSpansTellFromWhenToWhen(t *testing.T) {
	at := func(s int) time.Time { return time.Date(2026, 3, 14, 8, 0, s, 0, time.UTC) }
	show := func(n, folio string) *Shown {
		return &Shown{Phase: "Xét hỏi", Number: n, Panes: []Pane{{Folio: folio, Title: "Biên bản"}, {Title: "Ảnh"}}}
	}
	var s Spans
	for i, e := range []Entry{
		{Kind: KindStart},
		{Kind: KindShow, Shown: show("1.1", "45")},
		{Kind: KindView, Shown: show("1.1", "45")},
		{Kind: KindNote, Text: "21 giờ", Note: &Note{Number: "1.1"}},
		{Kind: KindShow, Shown: show("1.2", "61")},
		{Kind: KindBlack},
		{Kind: KindShow, Shown: show("1.2", "61")},
		{Kind: KindStart, Text: "after a crash"},
	} {
		e.At = at(i)
		s.Add(e)
	}
	l := s.List()
	if len(l) != 7 {
		t.Fatalf("%d spans: %+v", len(l), l)
	}
	if f := l[1]; f.At != at(1) || f.To != at(4) || f.Views != 1 || f.Folios() != "45" || f.Titles() != "Biên bản ⇄ Ảnh" || f.Where() != "Xét hỏi · 1.1" {
		t.Errorf("the first page: %+v", f)
	}
	if n := l[2]; !n.To.IsZero() || n.Where() != "1.1" {
		t.Errorf("the note: %+v", n)
	}
	if f := l[3]; f.To != at(5) {
		t.Errorf("until it was black: %+v", f)
	}
	if f := l[5]; !f.To.IsZero() {
		t.Errorf("a crash hides the end: %+v", f)
	}
}
