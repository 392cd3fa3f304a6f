package album_test

import (
	"slices"
	"testing"
	"time"

	"butluc/app/album"
	"butluc/app/i18n"
	"butluc/app/report"
	"butluc/library/journal"
)

// journalOf is a record of entries a minute apart.
func journalOf(entries ...journal.Entry) report.Record {
	at := time.Date(2026, 3, 14, 9, 0, 0, 0, time.UTC)
	for i := range entries {
		entries[i].N, entries[i].At = i+1, at.Add(time.Duration(i)*time.Minute)
	}
	return report.Record{Entries: entries}
}

func shows(kind journal.Kind, folio string) journal.Entry {
	return journal.Entry{Kind: kind, Shown: &journal.Shown{Panes: []journal.Pane{{Path: "a.pdf", Page: 1, Folio: folio, Title: "Biên bản"}}}}
}

// The album has each thing that was shown and each view of it, from when it stood to when it did not; nothing that the
// screen refused, and nothing of a rehearsal unless that is asked for.
func TestAnAlbumHasWhatStoodThere(t *testing.T) {
	film := &journal.Played{Path: "camera.mp4", Title: "Camera", From: 7000, Speed: 100, Volume: 100}
	stopped := *film
	stopped.To = 31000
	r := journalOf(
		journal.Entry{Kind: journal.KindStart, Trial: &journal.Trial{Rehearsal: true}}, // 9:00
		shows(journal.KindShow, "1"),
		journal.Entry{Kind: journal.KindEnd},
		journal.Entry{Kind: journal.KindStart, Trial: &journal.Trial{Program: "7"}},
		shows(journal.KindShow, "2"), // 9:04
		shows(journal.KindView, "3"),
		shows(journal.KindShow, "4"), // refused: 3 goes on
		journal.Entry{Kind: journal.KindRefused},
		journal.Entry{Kind: journal.KindPlay, Played: film},
		journal.Entry{Kind: journal.KindStop, Played: &stopped},
		journal.Entry{Kind: journal.KindBlack}, // 9:10
		journal.Entry{Kind: journal.KindPlay, Played: film},
		shows(journal.KindShow, "5"),
		journal.Entry{Kind: journal.KindStart, Trial: &journal.Trial{Program: "8"}, Text: "it was cut off"},
		shows(journal.KindShow, "6"),
		journal.Entry{Kind: journal.KindEnd},
	)
	type stood struct {
		number      int
		folio       string
		from, to    int // minutes; to is -1 where nobody knows
		plays       int
		program     string
		isRehearsal bool
	}
	var got []stood
	for _, p := range album.Pictures(r) {
		to := -1
		if !p.To.IsZero() {
			to = p.To.Minute()
		}
		got = append(got, stood{p.Number, p.Entry.Shown.Panes[0].Folio, p.Entry.At.Minute(), to, len(p.Played), p.Trial.Program, p.Rehearsal})
	}
	want := []stood{
		{1, "1", 1, 2, 0, "", true},
		{2, "2", 4, 5, 0, "7", false},
		{3, "3", 5, 10, 1, "7", false},
		{4, "5", 12, -1, 0, "7", false},
		{5, "6", 14, 15, 0, "8", false},
	}
	if !slices.Equal(got, want) {
		t.Errorf("the album has\n%v, want\n%v", got, want)
	}
	real := album.Real(album.Pictures(r))
	if len(real) != 4 || real[0].Number != 2 {
		t.Errorf("of hearings there are %d, from %d on", len(real), real[0].Number)
	}
	if p := real[1].Played[0]; p.Stopped == nil || p.Stopped.To != 31000 {
		t.Errorf("what was played while it stood: %+v", p)
	}
}

// A person writes numbers as in a printing dialog; what is no number is refused.
func TestPicturesAreChosenByTheirNumbers(t *testing.T) {
	var list []album.Picture
	for n := range 9 {
		list = append(list, album.Picture{Number: n + 1})
	}
	for typed, want := range map[string][]int{
		"": {1, 2, 3, 4, 5, 6, 7, 8, 9}, "3": {3}, " 2 - 4, 8 ": {2, 3, 4, 8}, "7–99": {7, 8, 9}, "12": nil, "5,5,4-5": {4, 5},
	} {
		chosen, err := album.Only(list, typed)
		var got []int
		for _, p := range chosen {
			got = append(got, p.Number)
		}
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("%q chooses %v, %v; want %v", typed, got, err, want)
		}
	}
	for _, typed := range []string{"x", "0", "4-2", "1,,2", "-3", "1-2-3"} {
		if _, err := album.Only(list, typed); err == nil {
			t.Errorf("%q is taken", typed)
		}
	}
}

// What was noted as an answer stands in a list with its time, who said it and what the court saw and heard then; what was
// noted in a rehearsal, or answers an argument, does not.
func TestAnswersStandWithTheirTimes(t *testing.T) {
	note := func(text string, n journal.Note) journal.Entry {
		return journal.Entry{Kind: journal.KindNote, Text: text, Note: &n}
	}
	r := journalOf(
		journal.Entry{Kind: journal.KindStart, Trial: &journal.Trial{Rehearsal: true}},
		note("diễn tập", journal.Note{Person: "Khải"}),
		journal.Entry{Kind: journal.KindStart, Trial: &journal.Trial{}},
		shows(journal.KindShow, "45"),
		journal.Entry{Kind: journal.KindPlay, Played: &journal.Played{Title: "Camera", From: 5000, Speed: 50}},
		note("Tôi không nhớ", journal.Note{Person: "Bùi Quang Khải", Number: "C.2"}),
		note("Không có lỗi", journal.Note{Argument: true}),
		note("", journal.Note{Answers: 7}),
		journal.Entry{Kind: journal.KindBlack},
		note("Xin lỗi", journal.Note{Person: "Bùi Quang Khải"}),
	)
	got := r.Answers(i18n.In("vi"))
	type row = struct{ Time, Person, Text, Where string }
	want := []row{
		{"14/03/2026 09:05:00", "Bùi Quang Khải", "Tôi không nhớ", "bước C.2; đang chiếu BL 45, Biên bản; đang phát Camera, khoảng 0:35"},
		{"14/03/2026 09:06:00", "Người bào chữa (luận điểm)", "Không có lỗi", "đang chiếu BL 45, Biên bản; đang phát Camera, khoảng 1:05"},
		{"14/03/2026 09:09:00", "Bùi Quang Khải", "Xin lỗi", ""},
	}
	if len(got) != len(want) {
		t.Fatalf("%d answers: %+v", len(got), got)
	}
	for i, a := range got {
		if row(a) != want[i] {
			t.Errorf("answer %d is %+v, want %+v", i, a, want[i])
		}
	}
}

// What the panel said to a request stands with each picture of what was asked for, whether it was said before or while it
// stood; of two, the later.
func TestWhatThePanelSaidStandsWithThePicture(t *testing.T) {
	said := func(page int, refused bool) journal.Entry {
		return journal.Entry{Kind: journal.KindConsent, Consent: &journal.Consent{Refused: refused, Panes: []journal.Pane{{Path: "a.pdf", Page: page}}}}
	}
	shown := func(page int) journal.Entry {
		return journal.Entry{Kind: journal.KindShow, Shown: &journal.Shown{Panes: []journal.Pane{{Path: "a.pdf", Page: page}}}}
	}
	list := album.Pictures(journalOf(
		journal.Entry{Kind: journal.KindStart, Trial: &journal.Trial{}},
		said(1, false), shown(1), shown(2), said(2, true),
		journal.Entry{Kind: journal.KindBlack}, shown(1), journal.Entry{Kind: journal.KindBlack}, said(1, true), shown(3),
		journal.Entry{Kind: journal.KindEnd},
		journal.Entry{Kind: journal.KindStart, Trial: &journal.Trial{}},
		shown(1),
	))
	var got []int // lines
	for _, p := range list {
		n := 0
		if p.Consent != nil {
			n = p.Consent.N
		}
		got = append(got, n)
	}
	if want := []int{2, 5, 9, 0, 0}; !slices.Equal(got, want) {
		t.Errorf("the lines of what was said are %v, want %v", got, want)
	}
}
