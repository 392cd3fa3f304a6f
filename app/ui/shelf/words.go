package shelf

import (
	"slices"
	"strings"
	"time"

	"butluc/app/console/label"
	"butluc/app/i18n"
	"butluc/app/ui/theme"
	"butluc/library"
	"butluc/library/intake"
	shelfstore "butluc/library/shelf"
)

// standing is what is known of a case by now, besides what the list of cases keeps.
type standing struct {
	opening, open   bool
	exhibits, pages int // of a case that is open, as is its progress
	progress        intake.Progress
}

// rowWords are what a case's row says.
type rowWords struct {
	facts string // kind, and how much is in it
	stage string // how far the work has come
	ready string // whether it could go to court
	tint  theme.Token
	when  string // it was opened last, or how it stands
	held  string // when a trial was held
	done  float64
}

// wordsOf says how a case stands. done is how much of it is read, 0..1; -1 where it is not being read.
func wordsOf(in i18n.Catalogue, e shelfstore.Entry, is standing, now time.Time) rowWords {
	w := rowWords{done: -1}
	exhibits, pages := e.Exhibits, e.Pages
	p := is.progress
	switch {
	case is.open && p.Done < p.Total:
		w.when, w.done = label.Progress(in, p), float64(p.Done)/float64(p.Total)
	case is.open:
		w.when = in.T("shelf.isopen")
	case !e.Opened.IsZero(): // an old list does not tell
		w.when = when(in, e.Opened, now)
	}
	if is.open {
		exhibits, pages = is.exhibits, is.pages
	}
	if is.opening {
		w.when = in.T("shelf.opening")
	}
	var facts []string
	if slices.Contains(library.CaseKinds, e.Kind) {
		facts = append(facts, in.T("case-kind."+string(e.Kind)))
	}
	facts = append(facts, in.T("shelf.counts", "exhibits", exhibits, "pages", pages))
	if e.Steps > 0 {
		facts = append(facts, in.T("shelf.steps", "count", e.Steps))
	}
	w.facts = strings.Join(facts, " · ")
	if slices.Contains(shelfstore.Stages, e.Stage) {
		w.stage = in.T("shelf-stage." + string(e.Stage))
	}
	w.ready, w.tint = readyWords(in, e, now)
	if !e.Held.IsZero() {
		w.held = in.T("shelf.held", "when", in.Date(e.Held.In(now.Location())))
	}
	return w
}

// readyWords says whether a case could go to court, and in which colour.
func readyWords(in i18n.Catalogue, e shelfstore.Entry, now time.Time) (text string, tint theme.Token) {
	switch {
	case e.Stage == "" || e.Steps == 0:
		return "", theme.Muted
	case e.Bad > 0:
		return in.T("shelf.bad", "count", e.Bad), theme.Warn
	case e.Checked.IsZero():
		return in.T("shelf.unchecked"), theme.Muted
	case e.Doubts > 0:
		return in.T("shelf.doubts", "count", e.Doubts), theme.Warn
	}
	return in.T("shelf.ready", "when", when(in, e.Checked, now)), theme.Preview
}

// when says when something was, as a person would.
func when(in i18n.Catalogue, t, now time.Time) string {
	t = t.In(now.Location())
	clock := in.Clock(t)
	day := func(t time.Time) string { return t.Format("2006-01-02") }
	switch {
	case day(t) == day(now):
		return in.T("when.today", "clock", clock)
	case day(t) == day(now.AddDate(0, 0, -1)):
		return in.T("when.yesterday", "clock", clock)
	}
	return in.Date(t) + " " + clock
}
