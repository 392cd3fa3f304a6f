package library

import (
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
	d.number()
	pages := d.called(f)
	if len(d.byFolio) == 0 && f.Suffix == "" && !f.Back && f.Number <= len(d.pages) {
		pages = d.pages[f.Number-1 : f.Number : f.Number]
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
	d.number()
	var pages []PageID
	for _, at := range d.byFolio[f] {
		if p := d.page(at); !d.hidden(at) {
			pages = append(pages, p)
		}
	}
	return pages
}

// Highest is the largest folio number of the case; 0 where it has none.
func (o Outline) Highest(x *Index) int {
	d := o.documents(x)
	d.number()
	highest := 0
	for f := range d.byFolio {
		highest = max(highest, f.Number)
	}
	return highest
}

// Pages gives all pages of the case that are not hidden, in the documents' order. The slice is not
// to be written to.
func (o Outline) Pages(x *Index) []PageID {
	d := o.documents(x)
	d.number()
	return d.pages
}

// number finds the pages by their folios, when that is first asked for.
func (d *documents) number() {
	d.folios.Do(func() {
		d.byFolio = map[Folio][]place{}
		for i, doc := range d.list {
			d.pages = append(d.pages, doc.Pages...)
			for at, f := range doc.allFolios {
				if !f.IsZero() {
					d.byFolio[f] = append(d.byFolio[f], place{int32(i), int32(at)})
				}
			}
		}
	})
}

func (d *documents) page(at place) PageID { return d.list[at.doc].all[at.at] }

func (d *documents) hidden(at place) bool {
	doc := d.list[at.doc]
	return doc.Hidden() > 0 && doc.Index(d.page(at)) < 0
}

// called gives one page of each document that carries the folio, or one like it.
func (d *documents) called(f Folio) []PageID {
	if places := d.byFolio[f]; len(places) > 0 {
		return d.firsts(places)
	}
	if f.Back { // a front and a back under one number
		front := f
		front.Back = false
		var backs []place
		for i, at := range d.byFolio[front] {
			if i > 0 && d.byFolio[front][i-1].doc == at.doc {
				backs = append(backs, at)
			}
		}
		if len(backs) > 0 {
			return d.firsts(backs)
		}
		return d.firsts(d.byFolio[front])
	}
	back := f
	back.Back = true
	if places := d.byFolio[back]; len(places) > 0 {
		return d.firsts(places)
	}
	if f.Suffix != "" {
		return nil
	}
	var like []place // "45a" alone
	for suffix := 'a'; suffix <= 'z'; suffix++ {
		like = append(like, d.byFolio[Folio{Number: f.Number, Suffix: string(suffix)}]...)
	}
	return d.firsts(like)
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
	pages := make([]PageID, len(shown))
	for i, at := range shown {
		pages[i] = d.page(at)
	}
	return pages
}
