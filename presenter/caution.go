package presenter

import (
	"slices"

	"butluc/library"
)

// guard knows what is to be asked about before the court sees it.
type guard struct {
	pages      map[library.PageID]Reason
	statements bool // they are asked about: only while questions are put
}

// add marks a page, and tells false where nothing is new.
func (g *guard) add(page library.PageID, why Reason) bool {
	if g.pages[page]&why == why {
		return false
	}
	g.pages[page] |= why
	return true
}

// replace takes other cautions than those before; that a page is incomplete stays known. It tells of a page of a shot for
// which there are more reasons now.
func (g *guard) replace(pages map[library.PageID]Reason, shot library.Shot) (worse library.PageID, found bool) {
	before := g.pages
	g.pages = make(map[library.PageID]Reason, len(pages))
	for p, why := range pages {
		g.pages[p] = why
	}
	for p, why := range before {
		if why&Incomplete != 0 {
			g.pages[p] |= Incomplete
		}
	}
	for _, pane := range shot.List() {
		if reasons(pane, g.pages)&^reasons(pane, before) != 0 {
			return pane.Page, true
		}
	}
	return library.PageID{}, false
}

// why is the gravest reason to ask before a shot is taken.
func (g *guard) why(shot library.Shot) Reason {
	all := g.doubts(shot)
	if !g.statements {
		all &^= Statement
	}
	return all.Worst()
}

// doubts are all reasons that are known of a shot.
func (g *guard) doubts(shot library.Shot) (all Reason) {
	for _, pane := range shot.List() {
		all |= reasons(pane, g.pages)
	}
	return all
}

// holdBack gives up the take of a page about which something became known, when its frame was taken
// and is on the way: the court keeps the old picture, and the page waits in Preview for the second key.
func (s *Stage) holdBack(page library.PageID) []Effect {
	p := s.program
	why := s.guard.why(p)
	if why == NoCaution || !concerns(page, p) || s.stands() == p || s.asked == p {
		return nil
	}
	effects := s.withdraw()
	s.preview, s.called, s.beating, s.asked = p, true, false, p
	return append(effects, Prepare{}, Ask{p, why})
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
