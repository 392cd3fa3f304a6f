package library

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// Call gives the pages that a typed folio calls, in the order of the documents: "45", "45a", "45s"
// for the back, "BL 45". One folio may span pages, of which the first is called; but where several
// documents carry it there are as many pages, and "45/2" is the second of them. Words after the folio
// leave those whose volume, series, title, person or date has them: "45 tập 3", "45 tòa". Where nothing
// carries just that, a side or a suffix may differ. A hidden page is called when there is no other.
// In a case without any folio a number calls the page of that place.
func (o Outline) Call(typed string, x *Index) []PageID {
	c, ok := parseCall(typed)
	if !ok {
		return nil
	}
	d := o.documents(x)
	pages := d.pages(o.narrowed(d, d.called(c.folio), c.words))
	if pages == nil && c.folio.Suffix == "" && !c.folio.Back && d.highest() == 0 {
		if all := o.Pages(x); c.folio.Number <= len(all) {
			pages = all[c.folio.Number-1 : c.folio.Number : c.folio.Number]
		}
	}
	switch {
	case c.nth == 0:
		return pages
	case c.nth <= len(pages):
		return pages[c.nth-1 : c.nth : c.nth]
	default:
		return nil
	}
}

// call is what a person typed to call a page.
type call struct {
	folio Folio
	nth   int      // of those that carry it, from 1; 0 for all
	words []string // that tell them apart
}

func parseCall(typed string) (call, bool) {
	if head, rest, ok := strings.Cut(typed, "/"); ok {
		if f, is := ParseFolio(head); is {
			n, err := strconv.Atoi(strings.TrimSpace(rest))
			return call{folio: f, nth: n}, err == nil && n > 0
		}
	}
	fields := strings.FieldsFunc(typed, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;·", r) })
	const longest = 5 // "bút lục 45 (mặt sau)"
	for n := min(len(fields), longest); n > 0; n-- {
		if f, ok := ParseFolio(strings.Join(fields[:n], " ")); ok {
			return call{folio: f, words: words(strings.Join(fields[n:], " "))}, true
		}
	}
	return call{}, false
}

// TypedFolio is what a person types to call the nth of several pages that carry a folio, of which there is
// one unless of is more: "145", "145s" for the back, "145/2".
func TypedFolio(f Folio, nth, of int) string {
	typed := strconv.Itoa(f.Number) + f.Suffix
	if f.Back {
		typed += "s"
	}
	if of > 1 && nth > 0 {
		typed += "/" + strconv.Itoa(nth)
	}
	return typed
}

// Candidate is a page that a typed folio may mean.
type Candidate struct {
	Page  PageID
	Folio Folio // zero in a case without any
	Bound Bound
	// Nth of Of pages that the same words call, as in "45/2"; both 0 for a page that they do not call.
	Nth, Of int
}

// Complete gives the pages that a typed folio may mean, limit at most: those that it calls, then others
// with its number, then those whose number begins with its digits.
func (o Outline) Complete(typed string, limit int, x *Index) []Candidate {
	c, ok := parseCall(typed)
	if !ok {
		return nil
	}
	d := o.documents(x)
	var list []Candidate
	add := func(at place, nth, of int) {
		if len(list) < limit {
			p := d.page(at)
			list = append(list, Candidate{p, d.list[at.doc].allFolios[at.at], d.bound(p), nth, of})
		}
	}
	called := o.narrowed(d, d.called(c.folio), c.words)
	for i, at := range called {
		if c.nth == 0 || c.nth == i+1 {
			add(at, i+1, len(called))
		}
	}
	if d.highest() == 0 {
		if pages := o.Call(typed, x); len(pages) > 0 {
			list = append(list, Candidate{Page: pages[0], Nth: 1, Of: 1})
		}
	}
	if c.nth > 0 || len(c.words) > 0 {
		return list
	}
	for _, at := range d.likeFirst(c.folio.Number) {
		if !slices.Contains(called, at) {
			add(at, 0, 0)
		}
	}
	if c.folio.Suffix != "" || c.folio.Back {
		return list
	}
	for low, span := c.folio.Number*10, 10; low <= d.highest(); low, span = low*10, span*10 {
		for n := low; n < low+span && n <= d.highest() && len(list) < limit; n++ {
			for _, at := range d.likeFirst(n) {
				add(at, 0, 0)
			}
		}
	}
	return list
}

// likeFirst gives where each folio with a number begins, by side and suffix, then in order.
func (d *documents) likeFirst(number int) []place {
	alike := d.alike(number)
	var list []place
	for _, f := range slices.SortedFunc(maps.Keys(alike), Folio.Compare) {
		list = append(list, d.firsts(alike[f])...)
	}
	return list
}

// PagesOf gives all pages that carry the folio and are not hidden, in the documents' order.
func (o Outline) PagesOf(f Folio, x *Index) []PageID {
	d := o.documents(x)
	var pages []PageID
	for _, at := range d.numbered(f.Number) {
		if d.folio(at) == f && !d.hidden(at) {
			pages = append(pages, d.page(at))
		}
	}
	return pages
}

// PageNumbered is the first page with a number, whatever its side and suffix, among those that count in a
// place; false where there is none.
func (o Outline) PageNumbered(b Bound, number int, x *Index) (PageID, bool) {
	d := o.documents(x)
	for _, at := range d.numbered(number) {
		if p := d.page(at); d.bound(p) == b {
			return p, true
		}
	}
	return PageID{}, false
}

// Highest is the largest folio number of the case; 0 where it has none.
func (o Outline) Highest(x *Index) int { return o.documents(x).highest() }

func (d *documents) highest() int {
	d.index()
	return len(d.numbers) - 2
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

// index sorts the pages by their folios' numbers, once.
func (d *documents) index() {
	d.folios.Do(func() {
		count, n := make([]int32, MaxFolio+2), 0
		highest := 0
		for i := range d.list {
			folios := d.list[i].allFolios
			for at := range folios {
				if number := folios[at].Number; number > 0 {
					count[number+1]++
					highest = max(highest, number)
					n++
				}
			}
		}
		d.numbers, d.byNumber = slices.Clip(count[:highest+2]), make([]place, n)
		for i := 1; i < len(d.numbers); i++ {
			d.numbers[i] += d.numbers[i-1]
		}
		next := slices.Clone(d.numbers)
		for i := range d.list {
			folios := d.list[i].allFolios
			for at := range folios {
				if number := folios[at].Number; number > 0 {
					d.byNumber[next[number]] = place{i, at}
					next[number]++
				}
			}
		}
	})
}

// numbered gives the places with a number, whatever their side and suffix, in order.
func (d *documents) numbered(number int) []place {
	if number < 1 || number > d.highest() {
		return nil
	}
	return d.byNumber[d.numbers[number]:d.numbers[number+1]]
}

// alike parts the places with a number by their folios.
func (d *documents) alike(number int) map[Folio][]place {
	alike := map[Folio][]place{}
	for _, at := range d.numbered(number) {
		alike[d.folio(at)] = append(alike[d.folio(at)], at)
	}
	return alike
}

func (d *documents) page(at place) PageID { return d.list[at.doc].all[at.at] }

func (d *documents) folio(at place) Folio { return d.list[at.doc].allFolios[at.at] }

func (d *documents) pages(places []place) []PageID {
	var pages []PageID
	for _, at := range places {
		pages = append(pages, d.page(at))
	}
	return pages
}

func (d *documents) hidden(at place) bool {
	doc := d.list[at.doc]
	return doc.Hidden() > 0 && doc.Index(d.page(at)) < 0
}

// called gives one place of each document that carries the folio, or one like it.
func (d *documents) called(f Folio) []place {
	alike := d.alike(f.Number)
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
	for _, have := range slices.SortedFunc(maps.Keys(alike), Folio.Compare) {
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

// firsts gives the first place of each stretch of pages with the number, a hidden one only where all are.
func (d *documents) firsts(places []place) []place {
	var shown, hidden []place
	last := map[bool]place{} // of those that are hidden, and of the others
	for _, at := range places {
		list, is := &shown, d.hidden(at)
		if is {
			list = &hidden
		}
		if before, any := last[is]; !any || !d.goesOn(before, at) {
			*list = append(*list, at)
		}
		last[is] = at
	}
	if len(shown) == 0 {
		return hidden
	}
	return shown
}

// goesOn tells whether one folio spans the pages from one place to a later one: there is none between
// of another sheet.
func (d *documents) goesOn(from, to place) bool {
	if from.doc != to.doc {
		return false
	}
	doc := d.list[from.doc]
	sheet := doc.allFolios[from.at]
	for _, f := range doc.allFolios[from.at+1 : to.at] {
		if !f.IsZero() && (f.Number != sheet.Number || f.Suffix != sheet.Suffix) {
			return false
		}
	}
	return d.bound(doc.all[from.at]) == d.bound(doc.all[to.at])
}

// narrowed leaves the places whose volume, series, title, person or date has the words. A word need not be
// typed to its end, a number must be.
func (o Outline) narrowed(d *documents, places []place, wanted []string) []place {
	if len(wanted) == 0 {
		return places
	}
	var left []place
	for _, at := range places {
		doc, b := d.list[at.doc], d.bound(d.page(at))
		person, _ := o.Person(doc.Person)
		have := words(strings.Join([]string{seriesWords[b.Series], b.Volume, doc.Title, doc.Date, person.Name}, " "))
		if !slices.ContainsFunc(wanted, func(w string) bool { return !slices.ContainsFunc(have, func(h string) bool { return meant(w, h) }) }) {
			left = append(left, at)
		}
	}
	return left
}

// meant tells whether a word typed so far can be another.
func meant(typed, word string) bool {
	if typed[0] >= '0' && typed[0] <= '9' {
		return typed == word
	}
	return strings.HasPrefix(word, typed)
}
