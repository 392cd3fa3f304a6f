package library

import (
	"slices"
	"sync"
)

// uses tells which steps show a page. It is made when it is first asked for, once for all outlines
// that have the same steps in the same order.
type uses struct {
	once   sync.Once
	byPage map[PageID][]ID
	byPath map[string][]ID
}

func (o Outline) uses() *uses {
	u := o.in().uses
	u.once.Do(func() {
		u.byPage, u.byPath = map[PageID][]ID{}, map[string][]ID{}
		for ref := range o.Walk() {
			for _, p := range ref.Step.Shot.Panes[:ref.Step.Shot.Count] {
				if ids := u.byPage[p.Page]; !slices.Contains(ids, ref.Step.ID) {
					u.byPage[p.Page] = append(ids, ref.Step.ID)
				}
				if ids := u.byPath[p.Page.Path]; !slices.Contains(ids, ref.Step.ID) {
					u.byPath[p.Page.Path] = append(ids, ref.Step.ID)
				}
			}
		}
	})
	return u
}

// UsedIn gives the steps that show the page, in the outline's order. The slice is not to be written
// to.
func (o Outline) UsedIn(p PageID) []ID { return o.uses().byPage[p] }

// UsedOf gives the steps that show a page of a document, and of a recording those that play or show any of it: for a
// list of the document's pages. The slice is not to be written to.
func (o Outline) UsedOf(d Document, p PageID) []ID {
	if d.recorded[p.Path] {
		return o.uses().byPath[p.Path]
	}
	return o.UsedIn(p)
}

// Uses tells whether a step shows a page of the document, hidden or not.
func (o Outline) Uses(d Document) bool {
	return slices.ContainsFunc(d.all, func(p PageID) bool { return len(o.UsedOf(d, p)) > 0 })
}

// Unused gives the documents of which no step shows a page, in their order.
func (o Outline) Unused(x *Index) []Document {
	var unused []Document
	for _, d := range o.Documents(x) {
		if len(d.Pages) > 0 && !o.Uses(d) {
			unused = append(unused, d)
		}
	}
	return unused
}

// Index finds exhibits and pages. It is made once for a list of exhibits and read from any
// goroutine.
type Index struct {
	exhibits []Exhibit
	byPath   map[string]int
	byPrint  map[string][]int
}

// NewIndex indexes exhibits, which may not be written to afterwards.
func NewIndex(exhibits []Exhibit) *Index {
	x := &Index{
		exhibits: exhibits, byPath: make(map[string]int, len(exhibits)),
		byPrint: make(map[string][]int, len(exhibits)),
	}
	for i, e := range exhibits {
		x.byPath[e.File.Path] = i
		if e.File.SHA256 != "" {
			x.byPrint[e.File.SHA256] = append(x.byPrint[e.File.SHA256], i)
		}
	}
	return x
}

// Exhibit finds the exhibit of the file at path.
func (x *Index) Exhibit(path string) (Exhibit, bool) {
	i, ok := x.byPath[path]
	if !ok {
		return Exhibit{}, false
	}
	return x.exhibits[i], true
}

// Clip tells whether the file at path is a recording.
func (x *Index) Clip(path string) bool {
	i, ok := x.byPath[path]
	return ok && x.exhibits[i].File.Kind.Clip()
}

// Head is the page that stands for a page among a case's documents: of a recording, each millisecond of which is a
// page, the one at its beginning; else the page itself. What is noted on it holds for all of the recording: its
// folio, flag and restriction, its turn and whether it is hidden; only marks lie on one frame alone.
func (x *Index) Head(p PageID) PageID {
	if p.Index > 0 && x.Clip(p.Path) {
		p.Index = 0
	}
	return p
}

// place orders pages as the exhibits do; those in none come last.
func (x *Index) place(p PageID) int {
	i, ok := x.byPath[p.Path]
	if !ok {
		i = len(x.exhibits)
	}
	return i*maxPages + min(p.Index, maxPages-1)
}
