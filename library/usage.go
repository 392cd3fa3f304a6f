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
	paths  map[string]bool
}

func (o Outline) uses() *uses {
	u := o.in().uses
	u.once.Do(func() {
		u.byPage, u.paths = map[PageID][]ID{}, map[string]bool{}
		for ref := range o.Walk() {
			for _, p := range ref.Step.Shot.Panes[:ref.Step.Shot.Count] {
				u.paths[p.Page.Path] = true
				if ids := u.byPage[p.Page]; !slices.Contains(ids, ref.Step.ID) {
					u.byPage[p.Page] = append(ids, ref.Step.ID)
				}
			}
		}
	})
	return u
}

// UsedIn gives the steps that show the page, in the outline's order. The slice is not to be written
// to.
func (o Outline) UsedIn(p PageID) []ID { return o.uses().byPage[p] }

// Unused gives the exhibits of which no step shows a page, in their order.
func (o Outline) Unused(exhibits []Exhibit) []Exhibit {
	paths := o.uses().paths
	var unused []Exhibit
	for _, e := range exhibits {
		if e.File.Pages > 0 && !paths[e.File.Path] {
			unused = append(unused, e)
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
	byFolio  map[Folio][]PageID
}

// NewIndex indexes exhibits, which may not be written to afterwards.
func NewIndex(exhibits []Exhibit) *Index {
	x := &Index{
		exhibits: exhibits, byPath: make(map[string]int, len(exhibits)),
		byPrint: make(map[string][]int, len(exhibits)), byFolio: map[Folio][]PageID{},
	}
	for i, e := range exhibits {
		x.byPath[e.File.Path] = i
		if e.File.SHA256 != "" {
			x.byPrint[e.File.SHA256] = append(x.byPrint[e.File.SHA256], i)
		}
		for at, f := range e.Folios {
			if !f.IsZero() {
				x.byFolio[f] = append(x.byFolio[f], e.Page(at))
			}
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

// Folio is the page's folio, zero where it has none.
func (x *Index) Folio(p PageID) Folio {
	e, _ := x.Exhibit(p.Path)
	return e.Folio(p.Index)
}

// Pages gives all pages that carry the folio, in the exhibits' order. The slice is not to be
// written to.
func (x *Index) Pages(f Folio) []PageID { return x.byFolio[f] }

// place orders pages as the exhibits do; those in none come last.
func (x *Index) place(p PageID) int {
	i, ok := x.byPath[p.Path]
	if !ok {
		i = len(x.exhibits)
	}
	return i*maxPages + min(p.Index, maxPages-1)
}
