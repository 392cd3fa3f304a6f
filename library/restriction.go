package library

import "slices"

// Restricted says why a page may not be shown to everybody.
type Restricted struct {
	Code   string // one of [Restrictions]
	Reason string // as a person typed it; "" for none
	Person ID     // who is protected by it; "" where a person said it of the page itself
}

// protection is the restriction of what is of protected persons.
const protection = "bao-ve"

// RestrictionOf tells whether a page may not be shown to everybody: because a person said so of it, or else because its
// document, or an excerpt on it, is of somebody who is protected.
func (o Outline) RestrictionOf(p PageID, x *Index) (Restricted, bool) {
	p = x.Head(p)
	if n := o.Note(p); n.Restricted != "" {
		return Restricted{Code: n.Restricted, Reason: n.Text}, true
	}
	protected := o.protected()
	if len(protected) == 0 {
		return Restricted{}, false
	}
	if d, ok := o.DocumentOf(p, x); ok && slices.Contains(protected, d.Person) {
		return Restricted{Code: protection, Person: d.Person}, true
	}
	for _, r := range o.in().rows[TableExcerpts] {
		e := r.(Excerpt)
		if !slices.Contains(protected, e.Person) {
			continue
		}
		if _, now := o.Locate(e.Page, x); x.Head(now) == p {
			return Restricted{Code: protection, Person: e.Person}, true
		}
	}
	return Restricted{}, false
}

// RestrictedPages are all pages that may not be shown to everybody, those of recordings by their beginning. A page that was
// moved is restricted where it was and where it is now; of a document whose file was moved, and of which it is not certain
// yet where it begins there, the whole file is.
func (o Outline) RestrictedPages(x *Index) map[PageID]Restricted {
	pages := map[PageID]Restricted{}
	add := func(p PageID, why Restricted) {
		for _, p := range []PageID{p, o.moved(p, x)} {
			if p = x.Head(p); pages[p].Code == "" || why.Person == "" {
				pages[p] = why
			}
		}
	}
	for _, r := range o.in().rows[TablePages] {
		if n := r.(PageNote); n.Restricted != "" {
			add(n.Page, Restricted{Code: n.Restricted, Reason: n.Text})
		}
	}
	protected := o.protected()
	if len(protected) == 0 {
		return pages
	}
	of := func(person ID) (Restricted, bool) {
		return Restricted{Code: protection, Person: person}, slices.Contains(protected, person)
	}
	for _, r := range o.in().rows[TableExcerpts] {
		if why, is := of(r.(Excerpt).Person); is {
			add(r.(Excerpt).Page, why)
		}
	}
	for _, r := range o.in().rows[TableHeadings] {
		h := r.(Heading)
		if why, is := of(h.Person); is {
			if now := o.moved(h.First, x); now.Path != h.First.Path {
				e, _ := x.Exhibit(now.Path)
				for i := range e.File.Pages {
					add(e.Page(i), why)
				}
			}
		}
	}
	for _, d := range o.Documents(x) {
		if why, is := of(d.Person); is {
			for _, p := range d.WithHidden().Pages {
				add(p, why)
			}
		}
	}
	return pages
}

// moved is where a page is now if its file was moved, else the page.
func (o Outline) moved(p PageID, x *Index) PageID {
	if state, now := o.Locate(p, x); state == PageMoved {
		return now
	}
	return p
}

// protected are the persons who are under 18 or protected otherwise.
func (o Outline) protected() (ids []ID) {
	for _, r := range o.in().rows[TablePersons] {
		if p := r.(Person); p.Protected {
			ids = append(ids, p.ID)
		}
	}
	return ids
}
