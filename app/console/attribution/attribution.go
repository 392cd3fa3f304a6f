// Package attribution finds out whose the statements of a case are, by their names and their first pages, for a person to
// confirm.
package attribution

import (
	"context"
	"errors"
	"log/slog"
	"slices"

	"butluc/app/console/dossier"
	"butluc/app/console/job"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/casefile"
)

// Attribution proposes whose statements are, and applies what was confirmed.
type Attribution struct {
	lang    *i18n.Localizer
	dossier *dossier.Dossier
	edits   *dossier.Edits
	jobs    *job.Runner
}

// New makes it for a case.
func New(lang *i18n.Localizer, of *dossier.Dossier, edits *dossier.Edits, jobs *job.Runner) *Attribution {
	return &Attribution{lang: lang, dossier: of, edits: edits, jobs: jobs}
}

// mostPages is how many pages with a person's name are looked through: more than any case has statements of one.
const mostPages = 5000

// Propose looks through the names of the statements that are nobody's yet, and the text of their first pages as far as it has
// been read; proposed is called on the UI goroutine with what was found, and not where looking was stopped.
func (a *Attribution) Propose(proposed func([]library.Attribution)) {
	file := a.dossier.File()
	if file == nil {
		return
	}
	o, x := a.dossier.Outline(), a.dossier.Index()
	var list []library.Attribution
	a.jobs.Run(a.lang.T("attribution.name"), func(ctx context.Context, progress func(done, total int64)) error {
		on := map[library.PageID][]library.ID{}
		persons := o.Persons()
		for i, p := range persons {
			progress(int64(i), int64(len(persons)))
			found, err := file.Find(ctx, `"`+p.Name+`"`, mostPages)
			switch {
			case ctx.Err() != nil:
				return ctx.Err()
			case err != nil && !errors.Is(err, casefile.ErrNoText):
				slog.Warn("find person in text", "err", err) // then their names in titles are all there is
			}
			for _, page := range found.Pages {
				if !page.Titled && !page.Noted && !slices.Contains(on[page.Page], p.ID) {
					on[page.Page] = append(on[page.Page], p.ID)
				}
			}
		}
		list = o.Attribute(x, func(p library.PageID) []library.ID { return on[p] })
		return nil
	}, func(err error) {
		if err == nil {
			proposed(list)
		}
	})
}

// Apply makes the statements the first of their persons', in one step that can be undone; it tells false where nothing changed.
func (a *Attribution) Apply(list ...library.Attribution) bool {
	return len(list) > 0 && a.edits.Edit(a.dossier.Outline().SetAttributed(list...))
}
