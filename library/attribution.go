package library

import "strings"

// Attribution proposes whose a statement is.
type Attribution struct {
	First   PageID // where the document begins
	Title   string
	Persons []ID // those it may be of, the likeliest first; never empty
	Certain bool // the document's name has the name of one person, and of no other
}

// named tells whether the words of a name follow each other, with their accents and without.
func (s spelling) named(name string) (spelt, folded bool) {
	of := spell(name)
	return strings.Contains(s.spelt, of.spelt), strings.Contains(s.folded, of.folded)
}

// Attribute proposes whose the statements are that are nobody's yet, in the order of the documents: of those whose name the
// document's own has, else of those that onPage has for its first page. A name is compared with its accents first: *Hùng* and
// *Hưng* are two.
func (o Outline) Attribute(x *Index, onPage func(PageID) []ID) []Attribution {
	var all []Attribution
	for _, d := range o.Documents(x) {
		first, ok := d.First()
		if !ok || d.Person != "" || !d.IsStatement() {
			continue
		}
		a := Attribution{First: first, Title: d.Title}
		title := spell(d.Title)
		var folded []ID
		for _, p := range o.Persons() {
			switch exact, alike := title.named(p.Name); {
			case strings.TrimSpace(p.Name) == "":
			case exact:
				a.Persons = append(a.Persons, p.ID)
			case alike:
				folded = append(folded, p.ID)
			}
		}
		if len(a.Persons) == 0 {
			a.Persons = folded
		}
		a.Certain = len(a.Persons) == 1
		if len(a.Persons) == 0 && onPage != nil {
			a.Persons = onPage(first)
		}
		if len(a.Persons) > 0 {
			all = append(all, a)
		}
	}
	return all
}

// SetAttributed makes each statement the first of its persons', in one step.
func (o Outline) SetAttributed(list ...Attribution) Edit {
	records := make([]Record, 0, len(list))
	for _, a := range list {
		h, ok := o.Heading(a.First)
		if !ok {
			h.First = a.First
		}
		h.Person = a.Persons[0]
		records = append(records, h)
	}
	return o.SetAll("heading", records...)
}
