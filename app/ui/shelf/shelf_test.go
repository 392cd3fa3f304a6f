package shelf

import (
	"testing"
	"time"

	"butluc/app/console/label"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/intake"
	shelfstore "butluc/library/shelf"
)

func TestSearchFindsCasesAtTheBeginningsOfWords(t *testing.T) {
	for title, want := range map[string]bool{"Vụ án Trần Văn Hùng": true, "Vụ án chứng khoán": false} {
		if got := match(shelfstore.Entry{Title: title, Path: "/an/" + title}, library.NewFilter("hung")); got != want {
			t.Errorf("“hung” finds %q: %v", title, got)
		}
	}
}

func TestACardSaysHowItsCaseStands(t *testing.T) {
	in := i18n.In("en")
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.FixedZone("", 7*3600))
	kept := shelfstore.Entry{Title: "Vụ án", Exhibits: 3, Pages: 40, Opened: now.Add(-time.Hour)}
	counts := func(exhibits, pages int) string { return in.T("shelf.counts", "exhibits", exhibits, "pages", pages) }
	opened := in.T("shelf.opened", "when", in.T("when.today", "clock", in.Clock(now.Add(-time.Hour))))
	half := intake.Progress{Stage: intake.StageInspect, Done: 5, Total: 10}
	for _, c := range []struct {
		when           string
		entry          shelfstore.Entry
		is             standing
		counts, status string
		done           float64
	}{
		{"closed", kept, standing{}, counts(3, 40), opened, -1},
		{"kept by an old version", shelfstore.Entry{Exhibits: 3, Pages: 40}, standing{}, counts(3, 40), "", -1},
		{"it is being opened", kept, standing{opening: true}, counts(3, 40), in.T("shelf.opening"), -1},
		{
			"it is read", kept,
			standing{open: true, exhibits: 4, pages: 20, progress: half},
			counts(4, 20), label.Progress(in, half), 0.5,
		},
		{"it is open", kept, standing{open: true, exhibits: 4, pages: 44}, counts(4, 44), in.T("shelf.isopen"), -1},
	} {
		if counts, status, done := cardWords(in, c.entry, c.is, now); counts != c.counts || status != c.status || done != c.done {
			t.Errorf("%s: %q, %q, %v, want %q, %q, %v", c.when, counts, status, done, c.counts, c.status, c.done)
		}
	}
}

// A day is the laptop's: what was opened before midnight was opened yesterday, however few hours ago.
func TestWhenACaseWasOpened(t *testing.T) {
	in := i18n.In("en")
	hanoi := time.FixedZone("", 7*3600)
	now := time.Date(2026, 3, 1, 0, 30, 0, 0, hanoi)
	for _, c := range []struct {
		t    time.Time
		want string
	}{
		{now.Add(-20 * time.Minute), in.T("when.today", "clock", in.Clock(now.Add(-20*time.Minute)))},
		{now.Add(-time.Hour).UTC(), in.T("when.yesterday", "clock", in.Clock(now.Add(-time.Hour)))},
		{now.AddDate(0, 0, -2), in.Date(now.AddDate(0, 0, -2)) + " " + in.Clock(now)},
	} {
		if got := when(in, c.t, now); got != c.want {
			t.Errorf("%v: %q, want %q", c.t, got, c.want)
		}
	}
}
