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
	var n Numbering
	var there [maxFolio + 1]bool
	type seen struct {
		page  PageID
		doc   int // the last that carries it
		twice int // its place among the doubles, -1 for none
	}
	carried := map[Folio]seen{}
	for i, d := range o.Documents(x) {
		for k, f := range d.Folios {
			if f.IsZero() {
				n.Bare = append(n.Bare, d.Pages[k])
				continue
			}
			there[f.Number] = true
			s, before := carried[f]
			switch {
			case !before:
				s = seen{d.Pages[k], i, -1}
			case s.doc == i:
				continue
			case s.twice < 0:
				s.twice = len(n.Doubles)
				n.Doubles = append(n.Doubles, DoubleFolio{f, []PageID{s.page}})
				fallthrough
			default:
				s.doc = i
				n.Doubles[s.twice].Pages = append(n.Doubles[s.twice].Pages, d.Pages[k])
			}
			carried[f] = s
		}
	}
	last := 0
	for number, is := range there {
		if is && last > 0 && number > last+1 {
			n.Gaps = append(n.Gaps, FolioRange{Folio{Number: last + 1}, Folio{Number: number - 1}})
		}
		if is {
			last = number
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
