package library

import (
	"cmp"
	"slices"
)

// Numbering is how a case's pages are numbered. Hidden pages do not count.
type Numbering struct {
	Gaps    []FolioRange // numbers that no page carries, between the lowest and the highest
	Doubles []DoubleFolio
	Bare    []PageID // pages without a folio, in the documents' order
}

// DoubleFolio is a folio that several documents carry, and the first page of each.
type DoubleFolio struct {
	Folio Folio
	Pages []PageID
}

// Numbering tells how the pages are numbered.
func (o Outline) Numbering(x *Index) Numbering {
	d := o.documents(x)
	d.number()
	var n Numbering
	for _, doc := range d.list {
		for i, f := range doc.Folios {
			if f.IsZero() {
				n.Bare = append(n.Bare, doc.Pages[i])
			}
		}
	}
	var numbers []int
	for f, places := range d.byFolio {
		shown := slices.DeleteFunc(slices.Clone(places), d.hidden)
		if len(shown) == 0 {
			continue
		}
		numbers = append(numbers, f.Number)
		if pages := d.firsts(shown); len(pages) > 1 {
			n.Doubles = append(n.Doubles, DoubleFolio{f, pages})
		}
	}
	slices.Sort(numbers)
	for i, now := range numbers {
		if i > 0 && now > numbers[i-1]+1 {
			n.Gaps = append(n.Gaps, FolioRange{Folio{Number: numbers[i-1] + 1}, Folio{Number: now - 1}})
		}
	}
	slices.SortFunc(n.Doubles, func(a, b DoubleFolio) int { return compareFolios(a.Folio, b.Folio) })
	return n
}

func compareFolios(a, b Folio) int {
	side := func(f Folio) int {
		if f.Back {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(a.Number, b.Number), cmp.Compare(a.Suffix, b.Suffix), cmp.Compare(side(a), side(b)))
}

// String is the range as it is said: "12", "12–15".
func (r FolioRange) String() string {
	if r.First == r.Last {
		return r.First.String()
	}
	return r.First.String() + "–" + r.Last.String()
}
