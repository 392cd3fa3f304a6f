// Package protection finds where the names of protected persons stand on the pages of a case, to be redacted once a person has
// looked at each place.
package protection

import (
	"context"
	"errors"
	"slices"

	"butluc/app/console/dossier"
	"butluc/app/console/job"
	"butluc/app/console/label"
	"butluc/app/console/notice"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/casefile"
)

// Protection proposes where names are to be redacted, and does what was confirmed.
type Protection struct {
	lang    *i18n.Localizer
	dossier *dossier.Dossier
	edits   *dossier.Edits
	jobs    *job.Runner
	notices *notice.Bar
}

// New makes it for a case.
func New(lang *i18n.Localizer, of *dossier.Dossier, edits *dossier.Edits, jobs *job.Runner, notices *notice.Bar) *Protection {
	return &Protection{lang: lang, dossier: of, edits: edits, jobs: jobs, notices: notices}
}

// Place is where a protected person's name, or what of it is on one line, stands on a page, and no redaction lies on it yet.
type Place struct {
	Page   library.PageID
	Person library.ID
	Box    library.Rect // on the page as it lies upright
}

// mostPages is how many pages with a name are looked through.
const mostPages = 5000

// Persons are those who are protected, in order.
func (pr *Protection) Persons() []library.Person { return protected(pr.dossier.Outline()) }

// Propose looks for the names of all protected persons in the text of the pages, as far as it has been read; proposed is called
// on the UI goroutine with the places, in the order of the case, and not where looking failed or was stopped. A name that is
// written otherwise, or that is only in a picture, is not found.
func (pr *Protection) Propose(proposed func([]Place)) {
	file := pr.dossier.File()
	if file == nil {
		return
	}
	o, x := pr.dossier.Outline(), pr.dossier.Index()
	var list []Place
	pr.jobs.Run(pr.lang.T("protection.name"), func(ctx context.Context, _ func(done, total int64)) (err error) {
		list, err = Find(ctx, file, o, x)
		return err
	}, func(err error) {
		switch {
		case err == nil:
			proposed(list)
		case !errors.Is(err, context.Canceled):
			pr.notices.TellText(pr.lang.T("protection.failed", "why", label.Why(pr.lang.In(), err)), true)
		}
	})
}

// Finder is a case whose text can be searched.
type Finder interface {
	Find(ctx context.Context, typed string, limit int) (casefile.FoundPages, error)
}

// Find finds where the names of the protected persons stand and no redaction lies on them, in the order of the case. It fails as
// [casefile.Case.Find] does.
func Find(ctx context.Context, in Finder, o library.Outline, x *library.Index) (list []Place, err error) {
	pages := o.PagesNow(x)
	for _, p := range protected(o) {
		found, err := in.Find(ctx, `"`+p.Name+`"`, mostPages)
		if err != nil {
			return nil, err
		}
		for _, f := range found.Pages {
			list = append(list, open(f, p.ID, pages)...)
		}
	}
	slices.SortStableFunc(list, func(a, b Place) int { return compare(o, x, a.Page, b.Page) })
	return list, nil
}

// Shown are those pages of places that steps show, each once, but for those on which the step itself hides the name.
func Shown(places []Place, o library.Outline, x *library.Index) (pages []library.PageID) {
	hidden := func(p Place, marks library.Marks) bool {
		return slices.ContainsFunc(marks.List(), func(m library.Mark) bool { return m.Kind.Hides() && covers(m.Bounds(), p.Box) })
	}
	for _, p := range places {
		for ref := range o.Walk() {
			for _, pane := range ref.Step.Shot.List() {
				if _, now := o.Locate(pane.Page, x); x.Head(now) == p.Page && !hidden(p, pane.Marks) && !slices.Contains(pages, p.Page) {
					pages = append(pages, p.Page)
				}
			}
		}
	}
	return pages
}

func protected(o library.Outline) []library.Person {
	return slices.DeleteFunc(o.Persons(), func(p library.Person) bool { return !p.Protected })
}

// open are the places on a page where a name was found that no redaction of the page covers.
func open(f casefile.Found, person library.ID, pages *library.PagesNow) (places []Place) {
	if f.Titled || f.Noted || f.Said {
		return nil
	}
	now := pages.Of(f.Page)
	for _, box := range f.Boxes {
		box = box.Turned(int(now.Upright))
		if !slices.ContainsFunc(now.Marks.List(), func(m library.Mark) bool { return m.Kind.Hides() && covers(m.Bounds(), box) }) {
			places = append(places, Place{f.Page, person, box})
		}
	}
	return places
}

// covers tells whether a redaction lies on all of a box, but for a hair's breadth.
func covers(redaction, box library.Rect) bool {
	const hair = 0.002
	return redaction.X0 <= box.X0+hair && redaction.Y0 <= box.Y0+hair && redaction.X1 >= box.X1-hair && redaction.Y1 >= box.Y1-hair
}

// compare orders pages as they stand in the case.
func compare(o library.Outline, x *library.Index, a, b library.PageID) int {
	docA, atA, _ := o.PlaceOf(a, x)
	docB, atB, _ := o.PlaceOf(b, x)
	if docA != docB {
		return docA - docB
	}
	return atA - atB
}

// around is how far a redaction goes beyond the words, of the page: what is read from a scan is not exact.
const around = 0.003

// Hide redacts the places, in one step that can be undone; it tells how many pages were, false where nothing was.
func (pr *Protection) Hide(places []Place) (pages int, done bool) {
	o := pr.dossier.Outline()
	notes := map[library.PageID]library.PageNote{}
	var order []library.PageID
	for _, p := range places {
		note, begun := notes[p.Page]
		if !begun {
			note = o.Note(p.Page)
			order = append(order, p.Page)
		}
		a, b := library.Rect{
			X0: max(0, p.Box.X0-around), Y0: max(0, p.Box.Y0-around), X1: min(1, p.Box.X1+around), Y1: min(1, p.Box.Y1+around),
		}.Corners()
		note.Marks = note.Marks.Add(library.Mark{Kind: library.MarkRedaction, Points: []library.Point{a, b}})
		notes[p.Page] = note
	}
	records := make([]library.Record, len(order))
	for i, page := range order {
		records[i] = notes[page]
	}
	return len(order), len(order) > 0 && pr.edits.Edit(o.SetAll("mark", records...))
}
