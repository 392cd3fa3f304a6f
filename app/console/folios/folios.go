// Package folios numbers the pages of the case, and calls them by their number.
package folios

import (
	"context"
	"strings"
	"time"

	"butluc/app/console/dossier"
	"butluc/app/console/event"
	"butluc/app/console/job"
	"butluc/app/console/label"
	"butluc/app/console/notice"
	"butluc/app/console/study"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/folios"
	"butluc/presenter/render"
)

// Folios number the pages, and call them by their number.
type Folios struct {
	lang     *i18n.Localizer
	dossier  *dossier.Dossier
	labels   *label.Labels
	edits    *dossier.Edits
	study    *study.Study
	events   *event.Bus
	jobs     *job.Runner
	notices  *notice.Bar
	renderer *render.Renderer
	wish     func() // tells the renderer what is wanted now

	typed string           // so far, of a number
	meant []library.PageID // what it may mean, once nothing more seems to follow: to be made ahead
}

// Deps are what folios work with.
type Deps struct {
	Lang     *i18n.Localizer
	Dossier  *dossier.Dossier
	Labels   *label.Labels
	Edits    *dossier.Edits
	Study    *study.Study
	Events   *event.Bus
	Jobs     *job.Runner
	Notices  *notice.Bar
	Renderer *render.Renderer
	Wish     func() // tells the renderer what is wanted now
}

// New makes what numbers the pages of a case, and calls them.
func New(d Deps) *Folios {
	return &Folios{
		lang: d.Lang, dossier: d.Dossier, labels: d.Labels, edits: d.Edits, study: d.Study, events: d.Events,
		jobs: d.Jobs, notices: d.Notices, renderer: d.Renderer, wish: d.Wish,
	}
}

// Candidates are the pages that the typed text may mean, what it calls first, limit at most.
func (fo *Folios) Candidates(typed string, limit int) []library.Candidate {
	return fo.dossier.Outline().Complete(typed, limit, fo.dossier.Index())
}

// Kind is what a row of the table of folios tells.
type Kind string

// The kinds; each has a word under the key "folio-kind." + its name.
const (
	All    Kind = "all" // every kind, where one chooses what is listed
	Gap    Kind = "gap"
	Double Kind = "double"
	Bare   Kind = "bare"
	Unread Kind = "unread" // of a file that can't be shown
	Volume Kind = "volume"
)

// Kinds are all kinds in the order in which they are offered.
var Kinds = []Kind{All, Gap, Double, Bare, Unread, Volume}

// Row is a gap, one of the pages of a double, pages without a number that follow each other, a file that can't be
// shown, or a volume.
type Row struct {
	Kind   Kind
	Bound  library.Bound
	Folios library.FolioRange // zero of pages without a number
	Page   library.PageID     // to go to: the page itself, before a gap the one before it, the beginning of a file
	After  bool               // of a gap: it is after that page, and not before it
	Count  int                // numbers that are missing, folios of a volume, pages without a number
	Nth    int                // of Count pages of a double
	words  string             // folded, to filter by
}

// Match tells whether a filter lets the row through.
func (r Row) Match(f library.Filter) bool { return f.Match(r.words) }

// Table is how the pages are numbered, row by row.
type Table struct {
	Rows      []Row // by volume, then the pages without a number
	Numbering folios.Numbering
}

// Table hands the table of folios to done on the UI goroutine. It is made on another one.
func (fo *Folios) Table(done func(Table)) {
	o, x, file := fo.dossier.Outline(), fo.dossier.Index(), fo.dossier.File()
	fo.jobs.Go(func() {
		t := folioTable(o, x)
		fo.events.Post(func() {
			if fo.dossier.File() == file {
				done(t)
			}
		})
	})
}

func folioTable(o library.Outline, x *library.Index) Table {
	t := Table{Numbering: folios.NumberingOf(o, x)}
	add := func(r Row) {
		d, _ := o.DocumentOf(r.Page, x)
		text := []string{string(r.Bound.Series), r.Bound.Volume, d.Title, library.ReadablePath(r.Page.Path)}
		if !r.Folios.First.IsZero() {
			text = append(text, "bl "+r.Folios.String())
		}
		r.words = library.Fold(strings.Join(text, " "))
		t.Rows = append(t.Rows, r)
	}
	for _, v := range t.Numbering.Volumes {
		first, _ := o.PageNumbered(v.Bound, v.First, x)
		add(Row{
			Kind: Volume, Bound: v.Bound, Page: first, Count: v.Sheets,
			Folios: library.FolioRange{First: library.Folio{Number: v.First}, Last: library.Folio{Number: v.Last}},
		})
		for _, g := range v.Gaps {
			r := Row{Kind: Gap, Bound: v.Bound, Folios: g, Count: g.Last.Number - g.First.Number + 1}
			if r.Page, r.After = o.PageNumbered(v.Bound, g.First.Number-1, x); !r.After {
				r.Page, _ = o.PageNumbered(v.Bound, g.Last.Number+1, x)
			}
			add(r)
		}
		for _, u := range v.Unread {
			add(Row{Kind: Unread, Bound: v.Bound, Folios: u.Folios, Page: library.PageID{Path: u.File.Path}, Count: u.Folios.Last.Number - u.Folios.First.Number + 1})
		}
		for _, d := range v.Doubles {
			for i, p := range d.Pages {
				add(Row{Kind: Double, Bound: v.Bound, Folios: library.FolioRange{First: d.Folio, Last: d.Folio}, Page: p, Nth: i + 1, Count: len(d.Pages)})
			}
		}
	}
	for bare := t.Numbering.Unnumbered; len(bare) > 0; {
		p, run := bare[0], 1
		for run < len(bare) && bare[run] == (library.PageID{Path: p.Path, Index: p.Index + run}) {
			run++
		}
		add(Row{Kind: Bare, Bound: o.BoundOf(p, x), Page: p, Count: run})
		bare = bare[run:]
	}
	return t
}

// Plan plans on another goroutine how folios change, and hands the plan to done on the UI goroutine.
func (fo *Folios) Plan(plan func(library.Outline, *library.Index) folios.Plan, done func(folios.Plan)) {
	o, x, file := fo.dossier.Outline(), fo.dossier.Index(), fo.dossier.File()
	fo.jobs.Go(func() {
		p := plan(o, x)
		fo.events.Post(func() {
			if fo.dossier.File() == file {
				done(p)
			}
		})
	})
}

// Edit does a plan, in one step of undo, and says at the foot how many pages it changed.
func (fo *Folios) Edit(p folios.Plan) bool {
	if !fo.edits.Edit(p.Edit) {
		return false
	}
	fo.notices.TellText(fo.lang.T("folios.done", "count", len(p.Changes)), false)
	return true
}

// Propose reads the stamps in a corner of all pages as long work, and hands to done what folios they
// seem to have. Nothing is changed.
func (fo *Folios) Propose(corner folios.Corner, done func([]folios.Proposal)) {
	o, x, pages, file := fo.dossier.Outline(), fo.dossier.Index(), fo.dossier.Pages(), fo.dossier.File()
	sources := map[string]render.Source{}
	for _, e := range fo.dossier.Latest().Exhibits {
		if e.File.Showable() {
			sources[e.File.Path] = fo.dossier.SourceOf(e.File)
		}
	}
	var list []folios.Proposal
	fo.jobs.Run(fo.lang.T("proposals.reading"), func(ctx context.Context, progress func(done, total int64)) error {
		n := int64(0)
		words := func(p library.PageID) ([]library.Line, bool) {
			n++
			progress(n, int64(len(pages)))
			if ctx.Err() != nil {
				return nil, false
			}
			if page, ok := file.PageText(p); ok {
				return page.Lines, true
			}
			lines, err := fo.renderer.Lines(ctx, render.LaneBackground, sources[p.Path], p.Index, 0)
			return lines, err == nil
		}
		list = folios.Propose(o, pages, corner, words, x)
		return ctx.Err()
	}, func(error) { done(list) })
}

// considerAfter is how long typing must rest before the pages that it may mean are made ahead, where more digits may
// follow: those of a number's first digits would hold the workers when the one that is meant is called.
const considerAfter = 40 * time.Millisecond

// maxMeant is how many pages are made ahead that the digits typed so far may mean.
const maxMeant = 4

// Meant are the pages that are likely to be called next, the likeliest first, to be made ahead.
func (fo *Folios) Meant() []library.PageID { return fo.meant }

// Consider tells what is typed and which pages it may mean, the likeliest first, so that their pictures are made before the
// call: at once where what is typed can't go on. Those of what was typed before are given up.
func (fo *Folios) Consider(typed string, may []library.Candidate) {
	fo.typed, fo.meant = typed, nil
	consider := func() {
		if fo.typed == typed {
			fo.meant = nil
			for _, c := range may[:min(len(may), maxMeant)] {
				fo.meant = append(fo.meant, c.Page)
			}
			fo.wish()
		}
	}
	switch {
	case len(may) == 0:
	case !fo.dossier.GoesOn(typed):
		consider()
	default:
		time.AfterFunc(considerAfter, func() { fo.events.Post(consider) })
	}
}

// CallUp puts the page that the typed text calls into Preview, or in Prepare looks at it. It tells
// false, and says why at the foot, when there is none.
func (fo *Folios) CallUp(typed string) bool {
	pages := fo.dossier.FindFolio(typed)
	if len(pages) == 0 {
		fo.notices.TellText(fo.labels.NoFolio(typed), true)
		return false
	}
	fo.CallPage(pages[0])
	if len(pages) > 1 {
		fo.notices.TellText(fo.lang.T("call.several", "count", len(pages), "name", fo.labels.FullName(pages[0])), false)
	}
	return true
}

// CallPage puts a page into Preview, or in Prepare looks at it.
func (fo *Folios) CallPage(p library.PageID) {
	fo.study.Select(p)
	fo.notices.Clear()
}
