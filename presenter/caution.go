package presenter

import (
	"slices"

	"butluc/library"
)

// caution marks a page.
func (s *Stage) caution(page library.PageID, why Reason) []Effect {
	if s.cautions[page]&why == why {
		return nil
	}
	s.cautions[page] |= why
	return s.holdBack(page)
}

func (s *Stage) setCautions(pages map[library.PageID]Reason) []Effect {
	before := s.cautions
	s.cautions = make(map[library.PageID]Reason, len(pages))
	for p, why := range pages {
		s.cautions[p] = why
	}
	for p, why := range before {
		if why&Incomplete != 0 {
			s.cautions[p] |= Incomplete
		}
	}
	for _, pane := range s.program.List() {
		if reasons(pane, s.cautions)&^reasons(pane, before) != 0 {
			return s.holdBack(pane.Page)
		}
	}
	return nil
}

// holdBack gives up the take of a page about which something became known, when its frame was taken
// and is on the way: the court keeps the old picture, and the page waits in Preview for the second key.
func (s *Stage) holdBack(page library.PageID) []Effect {
	p := s.program
	why := s.why(p)
	if why == NoCaution || !concerns(page, p) || s.stands() == p || s.asked == p {
		return nil
	}
	effects := s.withdraw()
	s.preview, s.called, s.beating, s.asked = p, true, false, p
	return append(effects, Prepare{}, Ask{p, why})
}

// why is the gravest reason to ask before a shot is taken.
func (s *Stage) why(shot library.Shot) Reason {
	all := s.doubts(shot)
	if !s.minds {
		all &^= Statement
	}
	return all.Worst()
}

// doubts are all reasons that are known of a shot.
func (s *Stage) doubts(shot library.Shot) (all Reason) {
	for _, pane := range shot.List() {
		all |= reasons(pane, s.cautions)
	}
	return all
}

// cautioned are the pages whose cautions hold for a pane.
func cautioned(pane library.Pane) []library.PageID {
	pages := []library.PageID{pane.Page, {Path: pane.Page.Path, Index: AllPages}}
	if !pane.Clip.IsZero() {
		pages = append(pages, library.PageID{Path: pane.Page.Path})
	}
	return pages
}

// reasons are why a pane needs a second key, by cautions.
func reasons(pane library.Pane, cautions map[library.PageID]Reason) (all Reason) {
	for _, page := range cautioned(pane) {
		all |= cautions[page]
	}
	return all
}

// concerns tells whether a caution of a page holds for the shot.
func concerns(page library.PageID, shot library.Shot) bool {
	return slices.ContainsFunc(shot.List(), func(p library.Pane) bool { return slices.Contains(cautioned(p), page) })
}
