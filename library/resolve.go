package library

import (
	"iter"
	"maps"
	"slices"
)

// PageState is what became of a page since it was prepared. Printed by scripts: never rename one.
type PageState string

// The states, the worse ones last.
const (
	PageFound      PageState = "found"
	PageNoFolio    PageState = "no-folio"   // a document's page that nobody can call by number
	PageMoved      PageState = "moved"      // its file has another path now
	PageShort      PageState = "short"      // the recording ends before what the step plays of it does
	PageChanged    PageState = "changed"    // its file is not the one that was prepared
	PageAmbiguous  PageState = "ambiguous"  // its file is gone, and there are several copies of it
	PageUnreadable PageState = "unreadable" // its file is there and can't be shown
	PageMissing    PageState = "missing"    // there is no such file or page
)

// Finding is a step's page that is not as it should be.
type Finding struct {
	Step  ID
	Pane  int
	State PageState
	Page  PageID // as in the step
	Now   PageID // where it is, when moved; else as Page
}

// Resolve gives the findings of all steps, in the outline's order. Fingerprints that are pending
// count as those prepared.
func (o Outline) Resolve(x *Index) []Finding {
	var list []Finding
	for ref := range o.Walk() {
		list = append(list, o.ResolveStep(ref.Step, x)...)
	}
	return list
}

// ResolveStep gives the findings of one step.
func (o Outline) ResolveStep(s Step, x *Index) []Finding {
	var list []Finding
	for i, p := range s.Shot.Panes[:min(int(s.Shot.Count), MaxPanes)] {
		state, now := o.Locate(p.Page, x)
		switch e, _ := x.Exhibit(now.Path); state {
		case PageFound, PageNoFolio, PageMoved:
			if e.File.Showable() && p.Clip.To > e.File.Duration {
				state = PageShort
			}
		default:
		}
		if state != PageFound {
			list = append(list, Finding{s.ID, i, state, p.Page, now})
		}
	}
	return list
}

// Locate tells what became of a page, and where it is now.
func (o Outline) Locate(p PageID, x *Index) (PageState, PageID) {
	state, path := o.locate(p.Path, x)
	now := PageID{path, p.Index}
	e, _ := x.Exhibit(path)
	switch {
	case state == PageMissing || state == PageAmbiguous || state == PageChanged:
		return state, now
	case e.File.Pages == 0 && e.File.Fault.Code != FaultNone:
		return PageUnreadable, now
	case e.File.Pages > 0 && !e.File.Has(p.Index):
		return PageMissing, now
	case state == PageFound && !e.File.Kind.Picture() && !e.File.Kind.Clip() && o.FolioOf(p, x).IsZero():
		return PageNoFolio, now
	}
	return state, now
}

// LocateFile tells what became of the file at path, and where it is now: found, moved, changed,
// ambiguous or missing.
func (o Outline) LocateFile(path string, x *Index) (PageState, string) { return o.locate(path, x) }

// PageNow is what goes with a page wherever it is shown.
type PageNow struct {
	Upright Turn  // what makes it upright
	Marks   Marks // that lie on the upright page itself
}

// PagesNow are the pages with a turn or marks of their own, by where they are now.
type PagesNow struct {
	x      *Index
	pages  map[PageID]PageNow
	hidden map[string][]PageNote // the redactions of recordings, by path
}

// Of is what goes with a page. A recording's frame has the turn of all of it, and its own marks.
func (n *PagesNow) Of(p PageID) PageNow {
	now := n.pages[p]
	if head := n.x.Head(p); head != p {
		now.Upright = n.pages[head].Upright
	}
	return now
}

// Shown is what goes with a page where it is shown. What is redacted in one frame of a recording is redacted in all of
// it: the recording moves on to where nobody looked.
func (n *PagesNow) Shown(p PageID) PageNow {
	now := n.Of(p)
	for _, note := range n.hidden[p.Path] {
		now = now.with(note)
	}
	return now
}

// All gives the pages that have a turn or marks of their own, in no order.
func (n *PagesNow) All() iter.Seq2[PageID, PageNow] { return maps.All(n.pages) }

// PagesNow tells what goes with pages wherever they are: a redaction goes with the content of its page. When the file
// has another name, when only copies are left of which none is known to be the one, or when another file stands in its
// place, every file of the same content shows it as it was noted.
func (o Outline) PagesNow(x *Index) *PagesNow {
	pages := map[PageID]PageNow{}
	type move struct {
		note PageNote
		now  PageID
	}
	var moves []move
	for _, r := range o.in().rows[TablePages] {
		n := r.(PageNote)
		if n.Turn == 0 && n.Marks.IsZero() {
			continue
		}
		paths, left := o.copies(n.Page.Path, x)
		if !left {
			pages[n.Page] = PageNow{n.Turn, n.Marks}
		}
		for _, path := range paths {
			moves = append(moves, move{n, PageID{path, n.Page.Index}})
		}
	}
	slices.SortFunc(moves, func(a, b move) int { return comparePages(a.note.Page, b.note.Page) })
	for _, m := range moves {
		have, there := pages[m.now]
		if !there {
			pages[m.now] = PageNow{m.note.Turn, m.note.Marks}
			continue
		}
		pages[m.now] = have.with(m.note)
	}
	return &PagesNow{x, pages, hiddenIn(pages, x)}
}

// hiddenIn are the redactions of recordings, in the order of their frames.
func hiddenIn(pages map[PageID]PageNow, x *Index) map[string][]PageNote {
	hidden := map[string][]PageNote{}
	for p, now := range pages {
		if !x.Clip(p.Path) {
			continue
		}
		redactions := slices.DeleteFunc(now.Marks.List(), func(m Mark) bool { return !m.Kind.Hides() })
		if len(redactions) > 0 {
			hidden[p.Path] = append(hidden[p.Path], PageNote{Page: p, Turn: now.Upright, Marks: MarksOf(redactions...)})
		}
	}
	for _, notes := range hidden {
		slices.SortFunc(notes, func(a, b PageNote) int { return comparePages(a.Page, b.Page) })
	}
	return hidden
}

// with is what goes with a page that has marks of its own when those of another note are known to belong to it,
// too: of these, the redactions.
func (p PageNow) with(n PageNote) PageNow {
	comes := n.Marks.Turned(int(p.Upright) - int(n.Turn))
	if p.Marks.IsZero() {
		p.Marks = comes
		return p
	}
	for _, m := range p.Marks.lacks(comes) {
		if m.Kind.Hides() {
			p.Marks = p.Marks.Add(m)
		}
	}
	return p
}

// copies are the files that have now what was noted of the file at a path, where that is not the file itself;
// left tells that nothing of it is at the path any more.
func (o Outline) copies(path string, x *Index) (paths []string, left bool) {
	switch state, now := o.locate(path, x); state {
	case PageMoved:
		return []string{now}, true
	case PageAmbiguous, PageChanged:
		source, _ := o.Source(path)
		for _, i := range x.byPrint[source.SHA256] {
			paths = append(paths, x.exhibits[i].File.Path)
		}
	default:
	}
	return paths, false
}

// MarkPage gives the notes that put marks on a page, in the place of all that are on it: those, too, that were
// noted when its file had another name.
func (o Outline) MarkPage(p PageID, marks Marks, x *Index) []Record {
	note := o.Note(p)
	note.Marks = marks
	if x.Head(p) == p { // a frame is turned with its recording
		note.Turn = o.PagesNow(x).Of(p).Upright
	}
	records := []Record{note}
	for _, n := range o.Notes() {
		if n.Marks.IsZero() || n.Page.Index != p.Index || n.Page.Path == p.Path {
			continue
		}
		if state, now := o.locate(n.Page.Path, x); state == PageMoved && now == p.Path {
			n.Marks = Marks{}
			records = append(records, n)
		}
	}
	return records
}

// StrayMarks are the pages with marks on them that are in no file of the case that is known to be theirs: gone,
// or to be found only once the files' fingerprints are known.
func (o Outline) StrayMarks(x *Index) []PageID {
	var stray []PageID
	for _, r := range o.in().rows[TablePages] {
		n := r.(PageNote)
		if n.Marks.IsZero() {
			continue
		}
		e, there := x.Exhibit(n.Page.Path)
		source, known := o.Source(n.Page.Path)
		if there && (!known || e.File.SHA256 == source.SHA256) {
			continue
		}
		if state, _ := o.Locate(n.Page, x); state != PageMoved {
			stray = append(stray, n.Page)
		}
	}
	return stray
}

// Located is a shot with its pages where they are now, as far as they moved.
func (o Outline) Located(shot Shot, x *Index) Shot {
	for i, pane := range shot.List() {
		if state, path := o.locate(pane.Page.Path, x); state == PageMoved {
			pane.Page.Path = path
			shot = shot.With(i, pane)
		}
	}
	return shot
}

// locate finds the file that was prepared: at its path where the fingerprint fits or is not known,
// else the only one that has the fingerprint. Where another file stands at the path, that one
// changed, and whether an old copy elsewhere is meant is for a person to say; but when that other
// file is itself one that was prepared, files were renamed all round.
func (o Outline) locate(path string, x *Index) (PageState, string) {
	state, now := o.trace(path, x)
	if e, there := x.Exhibit(path); there && state == PageMoved && !o.prepared(e.File.SHA256) {
		return PageChanged, path
	}
	return state, now
}

// trace is locate by fingerprint alone, whatever stands at the path: for an outline that comes from
// another copy of the case.
func (o Outline) trace(path string, x *Index) (PageState, string) {
	e, there := x.Exhibit(path)
	source, known := o.Source(path)
	if there && (!known || e.File.SHA256 == "" || e.File.SHA256 == source.SHA256) {
		return PageFound, path
	}
	var candidates []int
	if known {
		candidates = x.byPrint[source.SHA256]
	}
	switch {
	case len(candidates) == 1:
		return PageMoved, x.exhibits[candidates[0]].File.Path
	case there:
		return PageChanged, path
	case len(candidates) > 1:
		return PageAmbiguous, path
	default:
		return PageMissing, path
	}
}

// prepared tells whether a file of the fingerprint is one that the outline refers to.
func (o Outline) prepared(sum string) bool {
	for _, r := range o.in().rows[TableSources] {
		if r.(Source).SHA256 == sum {
			return true
		}
	}
	return false
}
