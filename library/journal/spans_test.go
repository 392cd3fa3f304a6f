package journal

import (
	"slices"
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

func TestSpansTellWhatWasPlayed(t *testing.T) {
	at := func(s int) time.Time { return time.Date(2026, 3, 14, 8, 0, s, 0, time.UTC) }
	still := func(ms int) *Shown {
		return &Shown{Panes: []Pane{{Path: "a.pdf", Page: 3}, {Path: "camera.mp4", Page: ms + 1, Clip: true}}}
	}
	played := func(from, to int) *Played { return &Played{Path: "camera.mp4", Folio: "A3", From: from, To: to} }
	var s Spans
	for i, e := range []Entry{
		{Kind: KindStart},
		{Kind: KindShow, Shown: still(7000)},
		{Kind: KindPlay, Played: played(7000, 0)},
		{Kind: KindStop, Played: played(7000, 9000)},
		{Kind: KindView, Shown: still(9000)},
		{Kind: KindView, Shown: still(8000)},
		{Kind: KindView, Shown: still(8000)},
		{Kind: KindPlay, Played: played(8000, 0)},
		{Kind: KindBlack},
		{Kind: KindStop, Played: played(8000, 8500)}, // of a screen that was lost
		{Kind: KindShow, Shown: still(8500)},
		{Kind: KindPlay, Played: played(8500, 0)},
		{Kind: KindStart, Text: "after a crash"},
		{Kind: KindShow, Shown: still(7000)},
		{Kind: KindPlay, Played: played(7000, 0)},
	} {
		e.At = at(i)
		s.Add(e)
	}
	l := s.List()
	var kinds []Kind
	for _, span := range l {
		kinds = append(kinds, span.Kind)
	}
	want := []Kind{KindStart, KindShow, KindPlay, KindPlay, KindBlack, KindShow, KindPlay, KindStart, KindShow, KindPlay}
	if !slices.Equal(kinds, want) {
		t.Fatalf("%v, want %v", kinds, want)
	}
	if f := l[1]; f.To != at(8) || f.Views != 3 || !slices.Equal(f.Stood, []int{8000}) {
		t.Errorf("shown: %+v", f)
	}
	if f := l[2]; f.To != at(3) || f.Stopped == nil || f.Stopped.To != 9000 || f.Stopped.Length() != 2000 || f.Cut || f.Folios() != "A3" {
		t.Errorf("the first play: %+v", f)
	}
	if f := l[3]; f.To != at(9) || f.Stopped == nil || f.Stopped.To != 8500 {
		t.Errorf("the play that black ended: %+v", f)
	}
	if f := l[6]; !f.To.IsZero() || f.Stopped != nil || !f.Cut {
		t.Errorf("the play that a crash ended: %+v", f)
	}
	if f := l[9]; !f.To.IsZero() || f.Stopped != nil || f.Cut {
		t.Errorf("what plays: %+v", f)
	}
}
