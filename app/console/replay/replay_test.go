package replay_test

import (
	"context"
	"errors"
	"image"
	"strings"
	"testing"
	"time"

	"butluc/app/album"
	"butluc/app/console/replay"
	"butluc/app/i18n"
	"butluc/app/report"
	"butluc/library/journal"
	"butluc/presenter/print"
	"butluc/presenter/projector"
)

// desk is where a journal is played again: a clock that a test moves, and pictures a pixel wide for each that stood.
type desk struct {
	*replay.Replay
	running bool
	waits   time.Duration // of the timer
	due     func()        // nil: no timer runs
}

func page(n int) *journal.Shown {
	return &journal.Shown{Panes: []journal.Pane{{Path: "a.pdf", Page: n, Folio: "45", Title: "Biên bản"}}, Number: "C.2"}
}

// newDesk plays again: black, page 1, a note, its view, page 9 that the screen refused, page 2 that can't be made, black.
func newDesk(t *testing.T) *desk {
	t.Helper()
	entries := []journal.Entry{
		{Kind: journal.KindStart, Trial: &journal.Trial{}},
		{Kind: journal.KindShow, Shown: page(1)},
		{Kind: journal.KindNote, Text: "Tôi không nhớ", Note: &journal.Note{Person: "Khải"}},
		{Kind: journal.KindHash, Hashed: &journal.Hashed{Path: "a.pdf"}},
		{Kind: journal.KindShow, Shown: page(9)},
		{Kind: journal.KindRefused},
		{Kind: journal.KindShow, Shown: page(2)},
		{Kind: journal.KindEnd},
	}
	at := time.Date(2026, 3, 14, 9, 0, 0, 0, time.UTC)
	for i := range entries {
		entries[i].N, entries[i].At = i+1, at.Add(time.Duration(i)*time.Minute)
	}
	d := &desk{}
	d.Replay = replay.New(replay.Deps{
		In: i18n.In("vi"), Post: func(f func()) { f() }, Go: func(f func()) { f() }, Running: func() bool { return d.running },
		Changed: func() {},
		Remake: func(_ context.Context, p album.Picture) (print.Remade, album.Verdict) {
			n := p.Entry.Shown.Panes[0].Page
			if n == 2 {
				return print.Remade{Why: "x", Facts: []print.Fact{{Text: errors.New("không có tệp").Error()}}}, album.Missing
			}
			return print.Remade{Frame: projector.Frame{Image: image.NewRGBA(image.Rect(0, 0, n, 1))}, Facts: []print.Fact{{Text: "giống hệt"}}}, album.Same
		},
		After: func(after time.Duration, f func()) func() bool {
			d.waits, d.due = after, f
			return func() bool { d.due = nil; return true }
		},
	}, report.Record{Entries: entries})
	t.Cleanup(d.Close)
	return d
}

// ring lets the timer go off.
func (d *desk) ring(t *testing.T) {
	t.Helper()
	f := d.due
	if f == nil {
		t.Fatalf("at moment %d nothing is waited for", d.At())
	}
	d.due = nil
	f()
}

// A journal is stepped through: each thing that was shown or noted is a moment, with what stood on the screen then. What the
// screen refused never stood there; what can't be made is said.
func TestAJournalIsSteppedThrough(t *testing.T) {
	d := newDesk(t)
	want := []struct {
		text, words string
		wide        int // of the picture; 0: none
		differs     bool
	}{
		{"bắt đầu phiên", "Lúc này màn hình tòa đen.", 0, false},
		{"BL 45 · Biên bản · C.2", "giống hệt", 1, false},
		{"Khải: Tôi không nhớ", "giống hệt", 1, false},
		{"BL 45 · Biên bản · C.2", "không có tệp", 0, true},
		{"kết thúc phiên", "Lúc này màn hình tòa đen.", 0, false},
	}
	if d.Len() != len(want) {
		t.Fatalf("%d moments, want %d", d.Len(), len(want))
	}
	for i, w := range want {
		picture, words := d.Seen()
		wide := 0
		if picture != nil {
			wide = picture.Rect.Dx()
		}
		if d.At() != i || d.Text(i) != w.text || words != w.words || wide != w.wide || d.Differs() != w.differs {
			t.Errorf("moment %d (%d) is %q, %q, %d wide, differs %v; want %+v", d.At(), i, d.Text(i), words, wide, d.Differs(), w)
		}
		d.Jump(d.At() + 1)
	}
	if d.Jump(-7); d.At() != 0 {
		t.Errorf("before the first is moment %d", d.At())
	}
	if first, second := d.Clock(0), d.Clock(1); first != d.Time(0) || second != "09:01:00" {
		t.Errorf("they are listed at %q and %q", first, second)
	}
	if at := d.Time(1); !strings.HasSuffix(at, "09:01:00") {
		t.Errorf("the second was at %q", at)
	}
}

// By itself each moment stands as long as it did, divided by the speed; at the end it stands, and a trial stops it.
func TestAJournalPlaysByItself(t *testing.T) {
	d := newDesk(t)
	d.Faster(1)
	if d.due != nil {
		t.Error("it goes on though nobody lets it")
	}
	d.Toggle()
	for _, want := range []time.Duration{6 * time.Second, 6 * time.Second, 24 * time.Second, 6 * time.Second} {
		if d.waits != want || !d.Playing() {
			t.Errorf("moment %d stands for %v, want %v; playing is %v", d.At(), d.waits, want, d.Playing())
		}
		d.ring(t)
	}
	if d.Playing() || d.At() != d.Len()-1 || d.due != nil {
		t.Errorf("at the end it stands at %d, playing is %v", d.At(), d.Playing())
	}
	if d.Toggle(); d.At() != 0 || !d.Playing() {
		t.Errorf("played once more it begins at %d", d.At())
	}
	d.Faster(-9)
	if d.Speed() != 1 || d.waits != time.Minute {
		t.Errorf("at speed %d a moment stands for %v", d.Speed(), d.waits)
	}
	d.running = true
	if d.ring(t); d.Playing() || d.At() != 0 {
		t.Errorf("in a trial it goes on to moment %d", d.At())
	}
	if d.Toggle(); d.Playing() {
		t.Error("in a trial it is begun")
	}
}
