// Package folios numbers the pages of a case: how they are numbered, how that is changed, what a list of documents and the
// stamps on the pages propose. What an [library.Outline] keeps of it, and how a page is called by its number, is its own.
package folios

import (
	"slices"

	"butluc/library"
	"butluc/library/internal/numbers"
)

// Numbering is how a case's pages are numbered. Hidden pages do not count.
type Numbering struct {
	Volumes    []NumberedVolume // that have a number, in order of their first
	Unnumbered []library.PageID // pages without a folio, in the documents' order, but those noted as not stamped
	Stated     []StatedCount    // of the series for which a number is stated
}

// NumberedVolume is how the pages are numbered that count together.
type NumberedVolume struct {
	library.Bound
	First, Last int // the lowest and the highest number
	Sheets      int // different folios, the back apart: 145 and 145a are two
	// Gaps are numbers that no page carries, between the lowest and the highest; where the indictment
	// states how many there are, and they are in one volume, between 1 and that.
	Gaps    []library.FolioRange
	Doubles []Double
	Unread  []Unread // that are there, and count, though nobody can see them
}

// Unread are the folios of a file that can't be shown, as its name or its heading tells them: no page of theirs is
// known, and none of them is missing.
type Unread struct {
	File   library.File
	Folios library.FolioRange
}

// Double is a folio that several documents carry, or one in several places, and the first page of each.
type Double struct {
	Folio library.Folio
	Pages []library.PageID
}

// StatedCount compares how many folios there are with how many the indictment states.
type StatedCount struct {
	Series       library.Series
	Stated, Have int
}

// Missing is how many folios are stated and not there.
func (s StatedCount) Missing() int { return max(0, s.Stated-s.Have) }

// Extra is how many folios are there and not stated.
func (s StatedCount) Extra() int { return max(0, s.Have-s.Stated) }

// Odd is how many gaps, doubles and pages without a number there are, and counts that differ from what is
// stated.
func (n Numbering) Odd() int {
	odd := len(n.Unnumbered)
	for _, v := range n.Volumes {
		odd += len(v.Gaps) + len(v.Doubles)
	}
	for _, s := range n.Stated {
		if s.Stated != s.Have {
			odd++
		}
	}
	return odd
}

// NumberingOf tells how the pages are numbered. It looks at all of them: a window asks on another goroutine.
func NumberingOf(o library.Outline, x *library.Index) Numbering {
	c := counter{o: o, bound: o.Bounds(x), bindings: len(o.Bindings()) > 0, volumes: map[library.Bound]int{}, carried: map[countedFolio]carrier{}}
	var n Numbering
	documents := o.Documents(x)
	for _, doc := range documents {
		c.stretch++
		c.now = library.Folio{}
		for k, f := range doc.Folios {
			if f.IsZero() {
				if p := doc.Pages[k]; !doc.Recorded(p.Path) && o.Note(p).Folio != library.NoFolio { // a recording is no sheet
					n.Unnumbered = append(n.Unnumbered, doc.Pages[k])
				}
				continue
			}
			c.count(doc.Pages[k], f)
		}
	}
	for _, doc := range documents {
		c.countUnread(doc)
	}
	stated := o.Cover().Stated
	for _, series := range library.AllSeries {
		s := StatedCount{Series: series, Stated: stated.Of(series)}
		if s.Stated == 0 {
			continue
		}
		volumes := 0
		for _, v := range c.list {
			if v.Series == series {
				s.Have += v.Sheets
				volumes++
			}
		}
		n.Stated = append(n.Stated, s)
		for i := range c.list {
			if v := &c.list[i]; v.Series == series && volumes == 1 {
				v.Gaps = gaps(c.numbers[i], 1, max(s.Stated, v.Last))
			}
		}
	}
	for i := range c.list {
		v := &c.list[i]
		if v.Gaps == nil {
			v.Gaps = gaps(c.numbers[i], v.First, v.Last)
		}
		slices.SortFunc(v.Doubles, func(a, b Double) int { return a.Folio.Compare(b.Folio) })
	}
	n.Volumes = c.list
	return n
}

// counter goes over the pages in the documents' order.
type counter struct {
	o        library.Outline
	bound    func(library.PageID) library.Bound
	bindings bool                  // there are some
	volumes  map[library.Bound]int // place in list
	list     []NumberedVolume
	numbers  []*numbers.Set
	carried  map[countedFolio]carrier
	path     string // of the page before, whose volume is
	volume   int
	stretch  int           // counts stretches of pages of one sheet in a document
	now      library.Folio // the sheet of the stretch
}

type countedFolio struct {
	volume int
	folio  library.Folio
}

// carrier is where a folio was come past last.
type carrier struct {
	page    library.PageID // where first
	stretch int
	double  int // its place among the doubles, -1 for none
}

func (c *counter) count(p library.PageID, f library.Folio) {
	if c.bindings || p.Path != c.path || len(c.list) == 0 {
		c.path, c.volume = p.Path, c.volumeOf(c.bound(p))
	}
	v := &c.list[c.volume]
	if sheet := (library.Folio{Number: f.Number, Suffix: f.Suffix}); sheet != c.now {
		c.now = sheet
		c.stretch++
	}
	if v.First == 0 || f.Number < v.First {
		v.First = f.Number
	}
	v.Last = max(v.Last, f.Number)
	c.numbers[c.volume].Add(f.Number)
	key := countedFolio{c.volume, f}
	had, before := c.carried[key]
	if !before {
		other := key
		other.folio.Back = !f.Back
		if _, known := c.carried[other]; !known {
			v.Sheets++
		}
		c.carried[key] = carrier{p, c.stretch, -1}
		return
	}
	if had.stretch == c.stretch {
		return
	}
	if had.double < 0 {
		had.double = len(v.Doubles)
		v.Doubles = append(v.Doubles, Double{f, []library.PageID{had.page}})
	}
	v.Doubles[had.double].Pages = append(v.Doubles[had.double].Pages, p)
	had.stretch = c.stretch
	c.carried[key] = had
}

// countUnread counts the folios of a document whose file can't be shown.
func (c *counter) countUnread(doc library.Document) {
	f := doc.File
	if f.Showable() || f.Fault.Code == library.FaultNone || f.Fault.Code == library.FaultVanished {
		return
	}
	first := library.PageID{Path: f.Path}
	r := named(c.o, first)
	if r.First.IsZero() {
		return
	}
	i := c.volumeOf(c.bound(first))
	v := &c.list[i]
	v.Unread = append(v.Unread, Unread{f, r})
	for n := r.First.Number; n <= r.Last.Number; n++ {
		if !c.numbers[i].Has(n) {
			c.numbers[i].Add(n)
			v.Sheets++
		}
	}
	if v.First == 0 || r.First.Number < v.First {
		v.First = r.First.Number
	}
	v.Last = max(v.Last, r.Last.Number)
}

// named are the folios that a heading at a file's beginning tells, else the file's name; zero where neither does.
func named(o library.Outline, first library.PageID) library.FolioRange {
	if h, ok := o.Heading(first); ok {
		if from, ok := library.ParseFolio(h.FolioFrom); ok {
			to, ok := library.ParseFolio(h.FolioTo)
			if !ok || to.Number < from.Number {
				to = from
			}
			return library.FolioRange{First: from, Last: to}
		}
	}
	from, to, _ := library.GuessFolios(library.BaseName(first.Path))
	return library.FolioRange{First: from, Last: to}
}

func (c *counter) volumeOf(b library.Bound) int {
	i, known := c.volumes[b]
	if !known {
		i = len(c.list)
		c.volumes[b] = i
		c.list = append(c.list, NumberedVolume{Bound: b})
		c.numbers = append(c.numbers, &numbers.Set{})
	}
	return i
}

// gaps gives the numbers that are not in a set, from the first to the last.
func gaps(s *numbers.Set, first, last int) []library.FolioRange {
	var list []library.FolioRange
	for n := first; n <= last; n++ {
		switch k := len(list) - 1; {
		case s.Has(n):
		case k >= 0 && list[k].Last.Number == n-1:
			list[k].Last.Number = n
		default:
			list = append(list, library.FolioRange{First: library.Folio{Number: n}, Last: library.Folio{Number: n}})
		}
	}
	return list
}
