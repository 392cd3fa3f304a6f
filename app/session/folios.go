package session

import (
	"context"
	"strings"

	"butluc/app/words"
	"butluc/library"
	"butluc/presenter/render"
)

// BoundText is where folios count, in words: "Tòa án · Tập 3"; "" in a case that counts as one.
func BoundText(b library.Bound) string {
	text := b.Volume
	if b.Series != library.SeriesNone {
		if text = words.T("series." + string(b.Series)); b.Volume != "" {
			text += " · " + b.Volume
		}
	}
	return text
}

// StatedText says whether the case has as many folios as the indictment states.
func StatedText(s library.StatedCount) string {
	text := ""
	if s.Series != library.SeriesNone {
		text = words.T("series."+string(s.Series)) + ": "
	}
	switch {
	case s.Missing() > 0:
		return text + words.T("folios.stated-missing", "stated", s.Stated, "have", s.Have, "count", s.Missing())
	case s.Extra() > 0:
		return text + words.T("folios.stated-extra", "stated", s.Stated, "have", s.Have, "count", s.Extra())
	default:
		return text + words.T("folios.stated-right", "stated", s.Stated)
	}
}

// Candidates are the pages that the typed text may mean, what it calls first, limit at most.
func (s *Session) Candidates(typed string, limit int) []library.Candidate {
	return s.Outline().Complete(typed, limit, s.Index())
}

// CandidateText tells a page from others that the same number may mean: its folio, volume, document and date.
func (s *Session) CandidateText(c library.Candidate) string {
	var parts []string
	if !c.Folio.IsZero() {
		parts = append(parts, FolioText(c.Folio))
	}
	if bound := BoundText(c.Bound); bound != "" {
		parts = append(parts, bound)
	}
	parts = append(parts, s.Title(c.Page))
	if d, ok := s.Document(c.Page); ok {
		if d.Date != "" && !strings.Contains(d.Title, d.Date) {
			parts = append(parts, d.Date)
		}
		if at := d.Index(c.Page); len(d.Pages) > 1 && at >= 0 {
			parts = append(parts, words.T("page.of", "page", at+1, "pages", len(d.Pages)))
		}
	}
	return strings.Join(parts, " · ")
}

// Numbering tells on the UI goroutine how the pages are numbered. Looking through them is done on another.
func (s *Session) Numbering(done func(library.Numbering)) {
	o, x := s.Outline(), s.Index()
	s.working.Go(func() {
		n := o.Numbering(x)
		s.opt.Post(func() { done(n) })
	})
}

// PlanFolios plans on another goroutine how folios change, and hands the plan to done on the UI goroutine.
func (s *Session) PlanFolios(plan func(library.Outline, *library.Index) library.FolioPlan, done func(library.FolioPlan)) {
	o, x := s.Outline(), s.Index()
	s.working.Go(func() {
		p := plan(o, x)
		s.opt.Post(func() { done(p) })
	})
}

// EditFolios does a plan, in one step of undo, and says at the foot how many pages it changed.
func (s *Session) EditFolios(p library.FolioPlan) bool {
	if !s.Edit(p.Edit) {
		return false
	}
	s.TellText(words.T("folios.done", "count", len(p.Changes)), false)
	return true
}

// ProposeFolios reads the stamps in a corner of all pages as long work, and hands to done what folios they
// seem to have. Nothing is changed.
func (s *Session) ProposeFolios(corner library.Corner, done func([]library.FolioProposal)) {
	o, x, pages := s.Outline(), s.Index(), s.pages
	sources := map[string]render.Source{}
	for _, e := range s.snapshot.Exhibits {
		if e.File.Showable() {
			sources[e.File.Path] = s.sourceOf(e.File)
		}
	}
	var list []library.FolioProposal
	s.Run(words.T("proposals.reading"), func(ctx context.Context, progress func(done, total int64)) error {
		n := int64(0)
		words := func(p library.PageID) ([]library.Line, bool) {
			n++
			progress(n, int64(len(pages)))
			if ctx.Err() != nil {
				return nil, false
			}
			if s.opt.StampText != nil {
				if lines, ok := s.opt.StampText(p); ok {
					return lines, true
				}
			}
			lines, err := s.renderer.Lines(ctx, render.LaneBackground, sources[p.Path], p.Index, 0)
			return lines, err == nil
		}
		list = o.ProposeFolios(pages, corner, words, x)
		return ctx.Err()
	}, func(error) { done(list) })
}
