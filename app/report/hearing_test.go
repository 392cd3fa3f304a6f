package report_test

import (
	"testing"
	"time"

	"butluc/app/report"
	"butluc/library/journal"
)

// A trial is counted from where it began, over the times that it was cut off, to where a person ended it: each page and
// each recording once, and nothing of the trial before.
func TestTheLastTrialInFigures(t *testing.T) {
	at := time.Date(2026, 3, 14, 8, 0, 0, 0, time.UTC)
	page := func(n int) *journal.Shown { return &journal.Shown{Panes: []journal.Pane{{Path: "a.pdf", Page: n}}} }
	film := &journal.Shown{Panes: []journal.Pane{{Path: "camera.mp4", Page: 7481, Clip: true}, {Path: "a.pdf", Page: 1}}}
	r := report.Record{Entries: []journal.Entry{
		{Kind: journal.KindStart, Trial: &journal.Trial{Rehearsal: true}},
		{Kind: journal.KindShow, Shown: page(9)},
		{Kind: journal.KindEnd},
		{Kind: journal.KindStart, Trial: &journal.Trial{}},
		{Kind: journal.KindShow, Shown: page(1)},
		{Kind: journal.KindView, Shown: page(1)},
		{Kind: journal.KindNote, Text: "im lặng"},
		{Kind: journal.KindCut},
		{Kind: journal.KindStart, Trial: &journal.Trial{}, Text: "it was cut off"},
		{Kind: journal.KindShow, Shown: page(2)},
		{Kind: journal.KindShow, Shown: film},
		{Kind: journal.KindPlay, Played: &journal.Played{Path: "camera.mp4"}},
		{Kind: journal.KindPlay, Played: &journal.Played{Path: "gọi.mp3"}},
		{Kind: journal.KindEnd},
	}}
	for i := range r.Entries {
		r.Entries[i].At = at.Add(time.Duration(i) * time.Minute)
	}
	want := report.Hearing{From: at.Add(3 * time.Minute), To: at.Add(13 * time.Minute), Pages: 2, Recordings: 2, Notes: 1}
	if got := r.Last(); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got := (report.Record{}).Last(); got != (report.Hearing{}) {
		t.Errorf("of an empty journal: %+v", got)
	}
}
