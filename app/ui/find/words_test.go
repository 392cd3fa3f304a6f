package find

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/widget"

	"butluc/app/console/dossier"
	"butluc/app/console/find"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/casefile"
	reader "butluc/library/search/reading"
)

func found(paths ...string) (list []casefile.Found) {
	for _, p := range paths {
		list = append(list, casefile.Found{Page: library.PageID{Path: p}})
	}
	return list
}

// Enter shows the page that a person chose, though more is found meanwhile; of another list it shows the best.
func TestTheChosenPageStaysChosen(t *testing.T) {
	for _, c := range []struct {
		when   string
		pages  []casefile.Found
		at     int
		chosen string
		want   int
	}{
		{"the same list", found("a", "b", "c"), 1, "b", 1},
		{"more is found before it", found("x", "a", "b"), 0, "a", 1},
		{"it is found twice", found("a", "b", "a"), 2, "a", 2},
		{"it is found no more", found("x", "y"), 1, "a", 0},
		{"the list is shorter", found("x", "a"), 7, "a", 1},
		{"nothing is found", nil, 3, "a", 0},
	} {
		if got := chosenRow(c.pages, c.at, library.PageID{Path: c.chosen}); got != c.want {
			t.Errorf("%s: row %d, want %d", c.when, got, c.want)
		}
	}
}

func TestTheListSaysWhyItIsEmpty(t *testing.T) {
	in := i18n.In("en")
	count := func(key string, n int) string { return in.T(key, "count", n) }
	for _, c := range []struct {
		when          string
		f             find.Result
		over, instead string
	}{
		{"nothing is typed", find.Result{}, "", in.T("find.empty")},
		{"it is looked for", find.Result{Typed: "dao", Busy: true}, in.T("find.busy"), ""},
		{"nothing is found", find.Result{Typed: "dao"}, count("find.count", 0), in.T("find.none", "typed", "dao")},
		{"it failed: that is not nothing", find.Result{Typed: "dao", Failed: true}, in.T("find.failed"), ""},
		{"what was found stays while more is looked for", find.Result{Typed: "dao", Busy: true, Pages: found("a")}, count("find.count", 1), ""},
		{"there is more", find.Result{Typed: "dao", More: true, Pages: found("a", "b")}, count("find.more", 2), ""},
		{"pages that could not be read", find.Result{Unread: true, Pages: found("a")}, count("find.unread-list", 1), ""},
	} {
		if over, instead := listWords(in, c.f); over != c.over || instead != c.instead {
			t.Errorf("%s: %q, %q, want %q, %q", c.when, over, instead, c.over, c.instead)
		}
	}
}

func TestBelowAPageStandsWhoseStatementItIs(t *testing.T) {
	in := i18n.In("en")
	statement := in.T("find.statement", "name", "Hùng")
	for want, c := range map[string]struct {
		casefile.Found
		date, person string
	}{
		"":                           {person: "Hùng"},
		statement:                    {Found: casefile.Found{Statement: true}, person: "Hùng"},
		statement + " · 2026-03-01":  {Found: casefile.Found{Statement: true}, person: "Hùng", date: "2026-03-01"},
		"2026-03-01":                 {person: "Hùng", date: "2026-03-01"},
		"1 · " + in.T("find.titled"): {Found: casefile.Found{Titled: true}, date: "1"},
	} {
		if got := belowWords(in, c.Found, c.date, c.person); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestReadingIsPausedWhereThereIsAnythingToPause(t *testing.T) {
	in := i18n.In("en")
	of := func(state reader.State, held bool) dossier.TextReading {
		return dossier.TextReading{Progress: reader.Progress{State: state, Pages: 9, Done: 4}, Held: held}
	}
	words := func(key string) string { return in.T(key, "done", 4, "total", 9) }
	for _, c := range []struct {
		when         string
		t            dossier.TextReading
		trial        bool
		line, button string
	}{
		{"all is read", dossier.TextReading{Progress: reader.Progress{State: reader.Done, Pages: 9, Done: 9}}, false, "", ""},
		{"it is read", of(reader.Reading, false), false, words("find.reading"), in.T("evidence.stop")},
		{"a person paused it", of(reader.Held, true), false, words("find.reading-held"), in.T("evidence.resume")},
		{"a trial holds it", of(reader.Held, false), true, words("find.reading-held"), ""},
		{"nothing can read the rest", of(reader.Waiting, false), false, words("find.reading"), ""},
	} {
		if line, button := readingWords(in, c.t, c.trial); line != c.line || button != c.button {
			t.Errorf("%s: %q, %q, want %q, %q", c.when, line, button, c.line, c.button)
		}
	}
}

// What was looked for is bold in the line; places that the line does not have, or that overlap, leave it whole.
func TestTheWordsThatWereLookedForAreBold(t *testing.T) {
	for want, f := range map[string]face{
		"con [dao] dính [máu]": {text: "con dao dính máu", bold: [][2]int{{4, 7}, {14, 18}}},
		"[dao]":                {text: "dao", bold: [][2]int{{0, 3}}},
		"con dao":              {text: "con dao", bold: [][2]int{{4, 99}, {5, 3}}},
		"[con] dao":            {text: "con dao", bold: [][2]int{{0, 3}, {2, 5}}},
		"":                     {},
	} {
		var b strings.Builder
		for _, s := range segments(f) {
			text, ok := s.(*widget.TextSegment)
			switch {
			case !ok:
				t.Fatalf("%T", s)
			case text.Style.TextStyle.Bold:
				b.WriteString("[" + text.Text + "]")
			default:
				b.WriteString(text.Text)
			}
		}
		if b.String() != want {
			t.Errorf("%q, want %q", b.String(), want)
		}
	}
}
