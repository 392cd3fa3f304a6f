package library

import (
	"cmp"
	"maps"
	"slices"
	"sync"
)

// cutting is how files are cut and joined and what is noted on their pages. It is never written to
// once it is made.
type cutting struct {
	notes    map[string]map[int]PageNote // by path and page
	headings map[string][]Heading        // by path, in order of pages
	joins    map[string]Join             // by each path
	bindings map[string][]Binding        // by path of a file or folder, in order of pages
}

func (c *cutting) note(p PageID) PageNote { return c.notes[p.Path][p.Index] }

// cuts has a cutting, made when it is first asked for; after an edit, out of the one before. One
// serves all outlines between which no edit did anything to it.
type cuts struct {
	mu   sync.Mutex
	made *cutting
}

func (o Outline) cuts() *cutting {
	c := o.in().cuts
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.made == nil {
		c.made = newCutting(o.in())
	}
	return c.made
}

func newCutting(c *content) *cutting {
	k := &cutting{map[string]map[int]PageNote{}, map[string][]Heading{}, joinsOf(c), bindingsOf(c)}
	for _, r := range c.rows[TablePages] {
		n := r.(PageNote)
		if k.notes[n.Page.Path] == nil {
			k.notes[n.Page.Path] = map[int]PageNote{}
		}
		k.notes[n.Page.Path][n.Page.Index] = n
	}
	for _, r := range c.rows[TableHeadings] {
		h := r.(Heading)
		k.headings[h.First.Path] = append(k.headings[h.First.Path], h)
	}
	for _, list := range k.headings {
		slices.SortFunc(list, func(a, b Heading) int { return cmp.Compare(a.First.Index, b.First.Index) })
	}
	return k
}

func bindingsOf(c *content) map[string][]Binding {
	bindings := map[string][]Binding{}
	for _, b := range (Outline{c}).Bindings() {
		bindings[b.First.Path] = append(bindings[b.First.Path], b)
	}
	return bindings
}

func joinsOf(c *content) map[string]Join {
	joins := map[string]Join{}
	for _, j := range (Outline{c}).Joins() {
		for _, p := range j.Paths {
			joins[p] = j
		}
	}
	return joins
}

// after is the cutting after changes that made next of the content before; nil where none was made
// yet.
func (c *cuts) after(changes []Change, next *content) *cuts {
	c.mu.Lock()
	was := c.made
	c.mu.Unlock()
	if was == nil {
		return &cuts{}
	}
	k := &cutting{maps.Clone(was.notes), maps.Clone(was.headings), was.joins, was.bindings}
	own := map[string]bool{} // the paths whose notes are copied already
	for _, ch := range changes {
		switch r := cmp.Or[Record](ch.After, ch.Before).(type) {
		case PageNote:
			if !own[r.Page.Path] {
				own[r.Page.Path] = true
				if k.notes[r.Page.Path] = maps.Clone(was.notes[r.Page.Path]); k.notes[r.Page.Path] == nil {
					k.notes[r.Page.Path] = map[int]PageNote{}
				}
			}
			if ch.After == nil {
				delete(k.notes[r.Page.Path], r.Page.Index)
			} else {
				k.notes[r.Page.Path][r.Page.Index] = r
			}
		case Heading:
			list := k.headings[r.First.Path]
			at, found := slices.BinarySearchFunc(list, r.First.Index, func(h Heading, i int) int { return cmp.Compare(h.First.Index, i) })
			list = slices.Clone(list)
			switch {
			case ch.After == nil && found:
				list = slices.Delete(list, at, at+1)
			case ch.After != nil && found:
				list[at] = r
			case ch.After != nil:
				list = slices.Insert(list, at, r)
			}
			k.headings[r.First.Path] = list
		case Join:
			k.joins = nil
		case Binding:
			k.bindings = nil
		default:
		}
	}
	if k.joins == nil {
		k.joins = joinsOf(next)
	}
	if k.bindings == nil {
		k.bindings = bindingsOf(next)
	}
	return &cuts{made: k}
}

// dossier is a case as an outline cuts, joins and numbers it. It is made when first asked for, once
// for all outlines that do so alike, and kept for one index at a time; after an edit, the files that
// it is not about are taken over.
type dossier struct {
	mu    sync.Mutex
	made  *documents
	base  *documents      // of which all but the stale files hold; nil: none
	stale map[string]bool // by path
}

// documents is the documents of an index's exhibits, group by group.
type documents struct {
	of      *Index
	cutting *cutting
	groups  []*group
	starts  []int // where each group's documents begin in the list
	byPath  map[string]part
	list    []Document

	folios   sync.Once
	byNumber []place // those with a folio, in order of its number, then of the documents
	numbers  []int32 // where each number begins in byNumber, and where the last ends

	restart sync.Once
	again   bool // numbers start again in the volumes that paths name
}

// group is the documents of one file, or the one that several are joined to. It is never written to
// once it is made.
type group struct {
	docs   []Document
	places [][]place // of each page of each of its files
	volume string    // that the path of its first file names
}

// part is a file among those of its group.
type part struct{ group, file int }

// place is where a page is: the document, and the page among all of its pages.
type place struct{ doc, at int }

// after is the dossier after changes.
func (d *dossier) after(changes []Change) *dossier {
	stale := map[string]bool{}
	joins, bindings := false, false
	for _, ch := range changes {
		if !cutsElse(ch) {
			continue
		}
		switch r := cmp.Or[Record](ch.After, ch.Before).(type) {
		case Heading:
			stale[r.First.Path] = true
		case PageNote:
			stale[r.Page.Path] = true
		case Binding:
			bindings = true // of the same documents
		default:
			joins = true
		}
	}
	if len(stale) == 0 && !joins && !bindings {
		return d
	}
	next := &dossier{stale: stale}
	if joins {
		return next
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if next.base = d.made; next.base == nil {
		next.base = d.base
		for p := range d.stale {
			stale[p] = true
		}
	}
	return next
}

func (o Outline) documents(x *Index) *documents {
	d := o.in().dossier
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case d.made != nil && d.made.of == x:
	case d.made == nil && d.base != nil && d.base.of == x:
		d.made = d.base.without(d.stale, o.cuts())
		d.base, d.stale = nil, nil
	default:
		d.made = newDocuments(o.cuts(), x)
		d.base, d.stale = nil, nil
	}
	return d.made
}

func newDocuments(c *cutting, x *Index) *documents {
	d := &documents{of: x, cutting: c, byPath: make(map[string]part, len(x.exhibits))}
	done := map[ID]bool{}
	names := volumeNames{}
	for _, e := range x.exhibits {
		paths := []string{e.File.Path}
		if j, ok := c.joins[e.File.Path]; ok {
			if done[j.ID] {
				continue
			}
			done[j.ID], paths = true, j.Paths
		}
		for i, p := range paths {
			d.byPath[p] = part{len(d.groups), i}
		}
		g := c.group(e, x)
		g.volume = names.of(e.File.Path)
		d.groups = append(d.groups, g)
	}
	d.number()
	return d
}

// without is the documents with the stale files' made anew.
func (d *documents) without(stale map[string]bool, c *cutting) *documents {
	next := &documents{of: d.of, cutting: c, byPath: d.byPath, groups: slices.Clone(d.groups)}
	done := map[int]bool{}
	for path := range stale {
		at, ok := d.byPath[path]
		if !ok || done[at.group] {
			continue
		}
		done[at.group] = true
		e, _ := d.of.Exhibit(path)
		g := c.group(e, d.of)
		g.volume = d.groups[at.group].volume
		next.groups[at.group] = g
	}
	next.number()
	return next
}

// number puts the groups' documents one after another.
func (d *documents) number() {
	n := 0
	d.starts = make([]int, len(d.groups))
	for i, g := range d.groups {
		d.starts[i] = n
		n += len(g.docs)
	}
	d.list = make([]Document, 0, n)
	for _, g := range d.groups {
		d.list = append(d.list, g.docs...)
	}
}

// group makes the documents of the file of an exhibit, or of the files that it is joined with.
func (c *cutting) group(e Exhibit, x *Index) *group {
	j, ok := c.joins[e.File.Path]
	if !ok {
		g := &group{docs: c.cut(e), places: [][]place{make([]place, 0, e.File.Pages)}}
		for i, doc := range g.docs {
			for at := range doc.all {
				g.places[0] = append(g.places[0], place{i, at})
			}
		}
		return g
	}
	g := &group{docs: []Document{c.joined(j, x)}, places: make([][]place, len(j.Paths))}
	at := 0
	for i, p := range j.Paths {
		joined, _ := x.Exhibit(p)
		for range joined.File.Pages {
			g.places[i] = append(g.places[i], place{0, at})
			at++
		}
	}
	return g
}

// find is the place of a page. Of a page past its file's last it is the file's last document, and at
// is -1.
func (d *documents) find(p PageID) (place, bool) {
	at, ok := d.byPath[p.Path]
	if !ok {
		return place{}, false
	}
	places := d.groups[at.group].places[at.file]
	start := d.starts[at.group]
	p = d.of.Head(p)
	switch {
	case p.Index >= 0 && p.Index < len(places):
		return place{start + places[p.Index].doc, places[p.Index].at}, true
	case len(places) > 0:
		return place{start + places[len(places)-1].doc, -1}, true
	default:
		return place{start, -1}, true
	}
}
