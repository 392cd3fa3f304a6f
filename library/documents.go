package library

import "sync"

// Document is what a person takes for one document: a file, a part of one that a [Heading] cut, or
// files that a [Join] put together.
type Document struct {
	Title  string
	Person ID
	Date   string
	Pages  []PageID
	Folios []Folio // one a page; zero where it has none
	File   File    // the first, or the only one
}

// Index is the page's place in the document, -1 where it is not in it.
func (d Document) Index(p PageID) int {
	for i, q := range d.Pages {
		if p == q {
			return i
		}
	}
	return -1
}

// cuts is how files are cut and joined and what is noted on their pages, made when first asked for.
type cuts struct {
	once     sync.Once
	notes    map[PageID]PageNote
	headings map[string][]Heading // by path, in order of pages
	joins    map[string]Join      // by each path
}

func (o Outline) cuts() *cuts {
	c := o.in().cuts
	c.once.Do(func() {
		c.headings, c.joins = map[string][]Heading{}, map[string]Join{}
		c.notes = make(map[PageID]PageNote, o.Count(TablePages))
		for _, r := range o.in().rows[TablePages] {
			n := r.(PageNote)
			c.notes[n.Page] = n
		}
		for _, h := range o.Headings() {
			c.headings[h.First.Path] = append(c.headings[h.First.Path], h)
		}
		for _, j := range o.Joins() {
			for _, p := range j.Paths {
				c.joins[p] = j
			}
		}
	})
	return c
}

// SameDocuments tells whether two outlines cut and join files alike and note the same on pages, as far
// as can be told without comparing: between them no edit did anything to that.
func (o Outline) SameDocuments(p Outline) bool { return o.in().cuts == p.in().cuts }

// SameShots tells whether two outlines show the same in the same order, as far as can be told without
// comparing: between them no edit did anything to that.
func (o Outline) SameShots(p Outline) bool { return o.in().uses == p.in().uses }

// Documents gives all documents in the exhibits' order; a joined one stands where its first file
// does. Exhibits that can't be shown are documents without pages.
func (o Outline) Documents(x *Index) []Document {
	list := make([]Document, 0, len(x.exhibits))
	done := map[ID]bool{}
	for _, e := range x.exhibits {
		if j, ok := o.cuts().joins[e.File.Path]; ok {
			if !done[j.ID] {
				done[j.ID] = true
				list = append(list, o.joined(j, x))
			}
			continue
		}
		list = append(list, o.cut(e)...)
	}
	return list
}

// DocumentOf finds the document that a page is in.
func (o Outline) DocumentOf(p PageID, x *Index) (Document, bool) {
	if j, ok := o.cuts().joins[p.Path]; ok {
		return o.joined(j, x), true
	}
	e, ok := x.Exhibit(p.Path)
	if !ok {
		return Document{}, false
	}
	docs := o.cut(e)
	for _, d := range docs {
		if d.Index(p) >= 0 {
			return d, true
		}
	}
	return docs[0], true
}

// FolioOf is the page's folio: as noted on the page, else as its document's heading counts, else as
// the file's name does.
func (o Outline) FolioOf(p PageID, x *Index) Folio {
	if n := o.cuts().notes[p]; n.Folio != "" {
		f, _ := ParseFolio(n.Folio)
		return f
	}
	if len(o.cuts().headings[p.Path]) == 0 {
		return x.Folio(p)
	}
	d, _ := o.DocumentOf(p, x)
	if i := d.Index(p); i >= 0 {
		return d.Folios[i]
	}
	return Folio{}
}

// cut gives the documents of one file, one at least.
func (o Outline) cut(e Exhibit) []Document {
	headings := o.cuts().headings[e.File.Path]
	docs := make([]Document, 0, len(headings)+1)
	if len(headings) == 0 || headings[0].First.Index > 0 || e.File.Pages == 0 {
		end := e.File.Pages
		if len(headings) > 0 {
			end = min(end, headings[0].First.Index)
		}
		docs = append(docs, o.part(e, Heading{Title: e.Title}, 0, end))
	}
	for i, h := range headings {
		end := e.File.Pages
		if i+1 < len(headings) {
			end = min(end, headings[i+1].First.Index)
		}
		if h.First.Index < end {
			docs = append(docs, o.part(e, h, h.First.Index, end))
		}
	}
	return docs
}

func (o Outline) part(e Exhibit, h Heading, from, end int) Document {
	d := Document{Title: h.Title, Person: h.Person, Date: h.Date, File: e.File}
	if d.Title == "" {
		d.Title = e.Title
	}
	var counted []Folio
	if first, ok := ParseFolio(h.FolioFrom); ok {
		last, ok := ParseFolio(h.FolioTo)
		if !ok || last.Number < first.Number {
			last = Folio{Number: first.Number + end - from - 1}
			if end-from == 1 {
				last = first
			}
		}
		counted = SpreadFolios(first, last, end-from)
	}
	notes := o.cuts().notes
	d.Pages, d.Folios = make([]PageID, 0, max(0, end-from)), make([]Folio, 0, max(0, end-from))
	for i := from; i < end; i++ {
		f := e.Folio(i)
		if counted != nil {
			f = counted[i-from]
		}
		p := e.Page(i)
		if n := notes[p]; n.Folio != "" {
			f, _ = ParseFolio(n.Folio)
		}
		d.Pages, d.Folios = append(d.Pages, p), append(d.Folios, f)
	}
	return d
}

func (o Outline) joined(j Join, x *Index) Document {
	d := Document{Title: j.Title}
	for i, p := range j.Paths {
		e, ok := x.Exhibit(p)
		if !ok {
			continue // the rest of the document is there
		}
		part := o.part(e, Heading{}, 0, e.File.Pages)
		if hs := o.cuts().headings[p]; i == 0 && len(hs) > 0 && hs[0].First.Index == 0 {
			part = o.part(e, hs[0], 0, e.File.Pages)
			d.Person, d.Date = part.Person, part.Date
		}
		if d.Title == "" {
			d.Title = part.Title
		}
		if d.File.Path == "" {
			d.File = e.File
		}
		d.Pages, d.Folios = append(d.Pages, part.Pages...), append(d.Folios, part.Folios...)
	}
	return d
}
