package library

import (
	"maps"
	"slices"
	"strconv"
	"strings"
)

// Call gives the pages that a typed folio calls, in the order of the documents: "45", "45a", "45s"
// for the back, "BL 45". One folio may span pages, of which the first is called; but where several
// documents carry it there are as many pages, and "45/2" is the second of them. Where nothing
// carries just that, a side or a suffix may differ. A hidden page is called when there is no other.
// In a case without any folio a number calls the page of that place.
func (o Outline) Call(typed string, x *Index) []PageID {
	typed, nth := cutNth(typed)
	f, ok := ParseFolio(typed)
	if !ok {
		return nil
	}
	d := o.documents(x)
	pages := d.called(f)
	if pages == nil && f.Suffix == "" && !f.Back && d.highest() == 0 {
		if all := o.Pages(x); f.Number <= len(all) {
			pages = all[f.Number-1 : f.Number : f.Number]
		}
	}
	switch {
	case nth == 0:
		return pages
	case nth <= len(pages):
		return pages[nth-1 : nth : nth]
	default:
		return nil
	}
}

// cutNth parts "45/2" into "45" and 2; without a slash the number is 0.
func cutNth(typed string) (folio string, nth int) {
	folio, rest, ok := strings.Cut(typed, "/")
	if !ok {
		return typed, 0
	}
	n, err := strconv.Atoi(strings.TrimSpace(rest))
	if err != nil || n < 1 {
		return "", 0
	}
	return folio, n
}

// PagesOf gives all pages that carry the folio and are not hidden, in the documents' order.
func (o Outline) PagesOf(f Folio, x *Index) []PageID {
	d := o.documents(x)
	var pages []PageID
	for _, at := range d.numbered()[f] {
		if !d.hidden(at) {
			pages = append(pages, d.page(at))
		}
	}
	return pages
}

// Highest is the largest folio number of the case; 0 where it has none.
func (o Outline) Highest(x *Index) int { return o.documents(x).highest() }

func (d *documents) highest() int {
	n := 0
	for _, doc := range d.list {
		for _, f := range doc.allFolios {
			n = max(n, f.Number)
		}
	}
	return n
}

// Pages gives all pages of the case that are not hidden, in the documents' order. The slice is the
// caller's.
func (o Outline) Pages(x *Index) []PageID {
	list := o.Documents(x)
	n := 0
	for _, doc := range list {
		n += len(doc.Pages)
	}
	pages := make([]PageID, 0, n)
	for _, doc := range list {
		pages = append(pages, doc.Pages...)
	}
	return pages
}

// numbered gives the places of each folio, which is made when it is first asked for: for one folio
// it is quicker to look through all.
func (d *documents) numbered() map[Folio][]place {
	d.folios.Do(func() {
		d.byFolio = map[Folio][]place{}
		for i, doc := range d.list {
			for at, f := range doc.allFolios {
				if !f.IsZero() {
					d.byFolio[f] = append(d.byFolio[f], place{i, at})
				}
			}
		}
	})
	return d.byFolio
}

func (d *documents) page(at place) PageID { return d.list[at.doc].all[at.at] }

func (d *documents) hidden(at place) bool {
	doc := d.list[at.doc]
	return doc.Hidden() > 0 && doc.Index(d.page(at)) < 0
}

// called gives one page of each document that carries the folio, or one like it.
func (d *documents) called(f Folio) []PageID {
	alike := map[Folio][]place{} // those with the number
	for i, doc := range d.list {
		for at, have := range doc.allFolios {
			if have.Number == f.Number {
				alike[have] = append(alike[have], place{i, at})
			}
		}
	}
	other := f
	other.Back = !f.Back
	switch {
	case len(alike[f]) > 0:
		return d.firsts(alike[f])
	case len(alike[other]) > 0:
		places := alike[other]
		if f.Back { // a front and a back under one number: the back is the second
			if backs := seconds(places); len(backs) > 0 {
				places = backs
			}
		}
		return d.firsts(places)
	case f.Suffix != "":
		return nil
	}
	var like []place // "45a" alone
	for _, have := range slices.SortedFunc(maps.Keys(alike), compareFolios) {
		like = append(like, alike[have]...)
	}
	return d.firsts(like)
}

// seconds leaves out each document's first place.
func seconds(places []place) []place {
	var list []place
	for i, at := range places {
		if i > 0 && places[i-1].doc == at.doc {
			list = append(list, at)
		}
	}
	return list
}

// firsts gives the first page of each document, a hidden one only where all are.
func (d *documents) firsts(places []place) []PageID {
	var shown, hidden []place
	for _, at := range places {
		list := &shown
		if d.hidden(at) {
			list = &hidden
		}
		if !slices.ContainsFunc(*list, func(have place) bool { return have.doc == at.doc }) {
			*list = append(*list, at)
		}
	}
	if len(shown) == 0 {
		shown = hidden
	}
	var pages []PageID
	for _, at := range shown {
		pages = append(pages, d.page(at))
	}
	return pages
}
