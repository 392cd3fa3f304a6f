package library

import "slices"

// Document is what a person takes for one document: a file, a part of one that a [Heading] cut, or
// files that a [Join] put together. Its slices are not to be written to.
type Document struct {
	Title  string
	Person ID
	Date   string
	Pages  []PageID // those that are not hidden
	Folios []Folio  // one a page; zero where it has none
	File   File     // the first, or the only one
	Cut    bool     // it is a part of its file
	Join   ID       // what put its files together; "" for a document of one file

	all       []PageID // with those that are hidden
	allFolios []Folio
	recorded  map[string]bool // the paths of its files that are recordings; mostly nil
}

// Index is the page's place in the document, -1 where it is not in it or hidden. All frames of a recording are in
// one place.
func (d Document) Index(p PageID) int { return slices.Index(d.Pages, d.head(p)) }

// Recorded tells whether a file of the document is a recording, by its path.
func (d Document) Recorded(path string) bool { return d.recorded[path] }

// Has tells whether the page is in the document, hidden or not.
func (d Document) Has(p PageID) bool { return slices.Contains(d.WithHidden().Pages, d.head(p)) }

// head is as [Index.Head].
func (d Document) head(p PageID) PageID {
	if p.Index > 0 && d.recorded[p.Path] {
		p.Index = 0
	}
	return p
}

// First is the page that the document begins at, hidden or not; false where it has none.
func (d Document) First() (PageID, bool) {
	if pages := d.WithHidden().Pages; len(pages) > 0 {
		return pages[0], true
	}
	return PageID{Path: d.File.Path}, false
}

// Hidden is how many pages are hidden.
func (d Document) Hidden() int { return len(d.WithHidden().Pages) - len(d.Pages) }

// WithHidden is the document with its hidden pages among the others, where a person can show them
// again.
func (d Document) WithHidden() Document {
	if d.all != nil {
		d.Pages, d.Folios = d.all, d.allFolios
	}
	return d
}

// Further is the page by pages further on than p, which may be hidden itself; false past the ends.
func (d Document) Further(p PageID, by int) (PageID, bool) {
	at := d.Index(p)
	if at < 0 { // between two of the pages
		for _, q := range d.all[:max(0, slices.Index(d.all, d.head(p)))] {
			if d.Index(q) >= 0 {
				at++
			}
		}
		if by <= 0 {
			at++
		}
	}
	if at += by; at < 0 || at >= len(d.Pages) {
		return PageID{}, false
	}
	return d.Pages[at], true
}

// SameDocuments tells whether two outlines cut and join files alike and note the same on pages, as far
// as can be told without comparing: between them no edit did anything to that.
func (o Outline) SameDocuments(p Outline) bool { return o.in().cuts == p.in().cuts }

// SameShots tells whether two outlines show the same in the same order, as far as can be told without
// comparing: between them no edit did anything to that.
func (o Outline) SameShots(p Outline) bool { return o.in().uses == p.in().uses }

// Documents gives all documents in the exhibits' order; a joined one stands where its first file
// does. Exhibits that can't be shown are documents without pages. The slice is the same until an
// edit changes a document, and not to be written to.
func (o Outline) Documents(x *Index) []Document { return o.documents(x).list }

// PlaceOf is where a page is: its document's place among the documents, and its own among all pages of that, hidden ones with
// them; of a page past its file's last it is that of the file's last document, and -1.
func (o Outline) PlaceOf(p PageID, x *Index) (doc, at int, ok bool) {
	found, ok := o.documents(x).find(p)
	return found.doc, found.at, ok
}

// DocumentOf finds the document that a page is in. Of a page past a file's last, say because the
// file is not read yet, it is the file's last document.
func (o Outline) DocumentOf(p PageID, x *Index) (Document, bool) {
	d := o.documents(x)
	at, ok := d.find(p)
	if !ok {
		return Document{}, false
	}
	return d.list[at.doc], true
}

// FolioOf is the page's folio: as noted on the page, else as its document's heading counts, else as
// the file's name does.
func (o Outline) FolioOf(p PageID, x *Index) Folio {
	d := o.documents(x)
	at, ok := d.find(p)
	if !ok || at.at < 0 {
		return Folio{}
	}
	return d.list[at.doc].allFolios[at.at]
}

// Upright is the turn that makes a page upright, as a person noted it. It comes before the turn of a
// pane, which is of the upright page.
// Of a recording's frame, [PagesNow.Of] tells it.
func (o Outline) Upright(p PageID) Turn { return o.cuts().note(p).Turn }

// cut gives the documents of one file, one at least, in order.
func (c *cutting) cut(e Exhibit) []Document {
	headings := c.headings[e.File.Path]
	pages := make([]PageID, e.File.Pages)
	folios := make([]Folio, e.File.Pages)
	copy(folios, e.Folios)
	for i := range pages {
		pages[i] = e.Page(i)
	}
	starts := []Heading{{First: e.Page(0), Title: e.Title}}
	for _, h := range headings {
		switch {
		case h.First.Index == 0:
			starts[0] = h
		case h.First.Index < e.File.Pages:
			starts = append(starts, h)
		}
	}
	// Numbers are counted from a heading that has one up to the next that has.
	for i, h := range starts {
		if h.FolioFrom == "" {
			continue
		}
		end := len(pages)
		for _, next := range starts[i+1:] {
			if next.FolioFrom != "" {
				end = next.First.Index
				break
			}
		}
		h.CountOver(folios[h.First.Index:end])
	}
	docs := make([]Document, len(starts))
	for i, h := range starts {
		end := len(pages)
		if i+1 < len(starts) {
			end = starts[i+1].First.Index
		}
		from := min(h.First.Index, end)
		docs[i] = c.document(h, e, pages[from:end:end], folios[from:end:end])
		docs[i].Cut = len(starts) > 1
	}
	return docs
}

// CountOver numbers pages from a heading's first folio.
func (h Heading) CountOver(folios []Folio) {
	first, ok := ParseFolio(h.FolioFrom)
	if !ok {
		return
	}
	last, ok := ParseFolio(h.FolioTo)
	if !ok || last.Number < first.Number {
		last = Folio{Number: first.Number + len(folios) - 1}
		if len(folios) == 1 {
			last = first
		}
	}
	clear(folios)
	copy(folios, SpreadFolios(first, last, len(folios)))
}

// joined is the document of several files.
func (c *cutting) joined(j Join, x *Index) Document {
	var first Exhibit
	var pages []PageID
	var folios []Folio
	for _, p := range j.Paths {
		e, ok := x.Exhibit(p)
		if !ok {
			continue // the rest of the document is there
		}
		if first.File.Path == "" {
			first = e
		}
		for i := range e.File.Pages {
			pages, folios = append(pages, e.Page(i)), append(folios, e.Folio(i))
		}
	}
	var recorded map[string]bool
	for _, p := range j.Paths {
		if x.Clip(p) {
			recorded = withPath(recorded, p)
		}
	}
	h := Heading{Title: j.Title}
	if hs := c.headings[j.Paths[0]]; len(hs) > 0 && hs[0].First.Index == 0 {
		h = hs[0]
		if j.Title != "" {
			h.Title = j.Title
		}
		if h.FolioFrom != "" {
			h.CountOver(folios)
		}
	}
	d := c.document(h, first, pages, folios)
	d.Join, d.recorded = j.ID, recorded
	return d
}

func withPath(paths map[string]bool, p string) map[string]bool {
	if paths == nil {
		paths = map[string]bool{}
	}
	paths[p] = true
	return paths
}

// document is of all those pages, with what is noted on them.
func (c *cutting) document(h Heading, e Exhibit, pages []PageID, folios []Folio) Document {
	d := Document{Title: h.Title, Person: h.Person, Date: h.Date, File: e.File, all: pages, allFolios: folios}
	if d.Title == "" {
		d.Title = e.Title
	}
	if e.File.Kind.Clip() {
		d.recorded = withPath(nil, e.File.Path)
	}
	hides := false
	for i, p := range pages {
		n := c.note(p)
		if n.Folio != "" {
			folios[i], _ = ParseFolio(n.Folio)
		}
		hides = hides || n.Hidden
	}
	d.Pages, d.Folios = pages, folios
	if hides {
		d.Pages, d.Folios = nil, nil
		for i, p := range pages {
			if !c.note(p).Hidden {
				d.Pages, d.Folios = append(d.Pages, p), append(d.Folios, folios[i])
			}
		}
	}
	return d
}
