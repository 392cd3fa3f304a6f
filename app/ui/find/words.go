package find

import (
	"slices"
	"strings"

	"butluc/app/console/dossier"
	"butluc/app/console/find"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/casefile"
	reader "butluc/library/search/reading"
)

// chosenRow is the row of the chosen page in a list that may be another one by now: the best of it, where the page is not
// in it.
func chosenRow(pages []casefile.Found, at int, chosen library.PageID) int {
	if at < len(pages) && pages[at].Page == chosen { // a page may be found more than once
		return at
	}
	return max(0, slices.IndexFunc(pages, func(f casefile.Found) bool { return f.Page == chosen }))
}

// listWords are what stands over the list, and in it while it is empty.
func listWords(in i18n.Catalogue, f find.Result) (over, instead string) {
	n := len(f.Pages)
	switch {
	case f.Unread:
		return in.T("find.unread-list", "count", n), ""
	case f.Typed == "":
		return "", in.T("find.empty")
	case f.Failed:
		return in.T("find.failed"), ""
	case f.Busy && n == 0:
		return in.T("find.busy"), ""
	case f.More:
		return in.T("find.more", "count", n), ""
	case n == 0 && !f.Busy:
		instead = in.T("find.none", "typed", f.Typed)
	}
	return in.T("find.count", "count", n), instead
}

// belowWords say whose statement a page is, and of when.
func belowWords(in i18n.Catalogue, found casefile.Found, date, person string) string {
	var parts []string
	if found.Statement {
		parts = append(parts, in.T("find.statement", "name", person))
	}
	if date != "" {
		parts = append(parts, date)
	}
	if found.Titled {
		parts = append(parts, in.T("find.titled"))
	}
	return strings.Join(parts, " · ")
}

// readingWords are how far the text is read, "" once it is, and what the button beside it does, "" where there is nothing
// to pause: in a trial reading stands still by itself.
func readingWords(in i18n.Catalogue, t dossier.TextReading, trial bool) (line, button string) {
	if t.Done >= t.Pages {
		return "", ""
	}
	key := "find.reading"
	if t.State == reader.Held {
		key = "find.reading-held"
	}
	line = in.T(key, "done", t.Done, "total", t.Pages)
	if t.State != reader.Waiting && !trial {
		button = in.T(either(t.Held, "evidence.resume", "evidence.stop"))
	}
	return line, button
}

func either(first bool, a, b string) string {
	if first {
		return a
	}
	return b
}
