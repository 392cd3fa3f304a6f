package library

import (
	"cmp"
	"slices"
)

// Numbering is how a case's pages are numbered. Hidden pages do not count.
type Numbering struct {
	Volumes    []NumberedVolume // that have a number, in order of their first
	Unnumbered []PageID         // pages without a folio, in the documents' order, but those noted as not stamped
	Stated     []StatedCount    // of the series for which a number is stated
}

// NumberedVolume is how the pages are numbered that count together.
type NumberedVolume struct {
	Bound
	First, Last int // the lowest and the highest number
	Sheets      int // different folios, the back apart: 145 and 145a are two
	// Gaps are numbers that no page carries, between the lowest and the highest; where the indictment
	// states how many there are, and they are in one volume, between 1 and that.
	Gaps    []FolioRange
	Doubles []DoubleFolio
	Unread  []UnreadFolios // that are there, and count, though nobody can see them
}

// UnreadFolios are the folios of a file that can't be shown, as its name or its heading tells them: no page of theirs is
// known, and none of them is missing.
type UnreadFolios struct {
	File   File
	Folios FolioRange
}

// DoubleFolio is a folio that several documents carry, or one in several places, and the first page of each.
type DoubleFolio struct {
	Folio Folio
	Pages []PageID
}

// StatedCount compares how many folios there are with how many the indictment states.
type StatedCount struct {
	Series       Series
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

// Numbering tells how the pages are numbered. It looks at all of them: a window asks on another goroutine.
func (o Outline) Numbering(x *Index) Numbering {
	c := counter{d: o.documents(x), volumes: map[Bound]int{}, carried: map[countedFolio]carrier{}}
	var n Numbering
	for _, doc := range c.d.list {
		c.stretch++
		c.now = Folio{}
		for k, f := range doc.Folios {
			if f.IsZero() {
				if p := doc.Pages[k]; !doc.recorded[p.Path] && o.Note(p).Folio != NoFolio { // a recording is no sheet
					n.Unnumbered = append(n.Unnumbered, doc.Pages[k])
				}
				continue
			}
			c.count(doc.Pages[k], f)
		}
	}
	for _, doc := range c.d.list {
		c.countUnread(doc)
	}
	stated := o.Cover().Stated
	for _, series := range AllSeries {
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
				v.Gaps = c.numbers[i].gaps(1, max(s.Stated, v.Last))
			}
		}
	}
	for i := range c.list {
		v := &c.list[i]
		if v.Gaps == nil {
			v.Gaps = c.numbers[i].gaps(v.First, v.Last)
		}
		slices.SortFunc(v.Doubles, func(a, b DoubleFolio) int { return compareFolios(a.Folio, b.Folio) })
	}
	n.Volumes = c.list
	return n
}

// counter goes over the pages in the documents' order.
type counter struct {
	d       *documents
	volumes map[Bound]int // place in list
	list    []NumberedVolume
	numbers []*numberSet
	carried map[countedFolio]carrier
	path    string // of the page before, whose volume is
	volume  int
	stretch int   // counts stretches of pages of one sheet in a document
	now     Folio // the sheet of the stretch
}

type countedFolio struct {
	volume int
	folio  Folio
}

// carrier is where a folio was come past last.
type carrier struct {
	page    PageID // where first
	stretch int
	double  int // its place among the doubles, -1 for none
}

func (c *counter) count(p PageID, f Folio) {
	if len(c.d.cutting.bindings) > 0 || p.Path != c.path || len(c.list) == 0 {
		c.path, c.volume = p.Path, c.volumeOf(c.d.bound(p))
	}
	v := &c.list[c.volume]
	if sheet := (Folio{Number: f.Number, Suffix: f.Suffix}); sheet != c.now {
		c.now = sheet
		c.stretch++
	}
	if v.First == 0 || f.Number < v.First {
		v.First = f.Number
	}
	v.Last = max(v.Last, f.Number)
	c.numbers[c.volume].add(f.Number)
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
		v.Doubles = append(v.Doubles, DoubleFolio{f, []PageID{had.page}})
	}
	v.Doubles[had.double].Pages = append(v.Doubles[had.double].Pages, p)
	had.stretch = c.stretch
	c.carried[key] = had
}

// countUnread counts the folios of a document whose file can't be shown.
func (c *counter) countUnread(doc Document) {
	f := doc.File
	if f.Showable() || f.Fault.Code == FaultNone || f.Fault.Code == FaultVanished {
		return
	}
	first := PageID{Path: f.Path}
	r := c.d.cutting.named(first)
	if r.First.IsZero() {
		return
	}
	i := c.volumeOf(c.d.bound(first))
	v := &c.list[i]
	v.Unread = append(v.Unread, UnreadFolios{f, r})
	for n := r.First.Number; n <= r.Last.Number; n++ {
		if !c.numbers[i].has(n) {
			c.numbers[i].add(n)
			v.Sheets++
		}
	}
	if v.First == 0 || r.First.Number < v.First {
		v.First = r.First.Number
	}
	v.Last = max(v.Last, r.Last.Number)
}

// named are the folios that a heading at a file's beginning tells, else the file's name; zero where neither does.
func (c *cutting) named(first PageID) FolioRange {
	for _, h := range c.headings[first.Path] {
		if from, ok := ParseFolio(h.FolioFrom); ok && h.First == first {
			to, ok := ParseFolio(h.FolioTo)
			if !ok || to.Number < from.Number {
				to = from
			}
			return FolioRange{from, to}
		}
	}
	from, to, _ := GuessFolios(baseName(first.Path))
	return FolioRange{from, to}
}

func (c *counter) volumeOf(b Bound) int {
	i, known := c.volumes[b]
	if !known {
		i = len(c.list)
		c.volumes[b] = i
		c.list = append(c.list, NumberedVolume{Bound: b})
		c.numbers = append(c.numbers, &numberSet{})
	}
	return i
}

// gaps gives the numbers that are not in the set, from the first to the last.
func (s *numberSet) gaps(first, last int) []FolioRange {
	var list []FolioRange
	for n := first; n <= last; n++ {
		switch k := len(list) - 1; {
		case s.has(n):
		case k >= 0 && list[k].Last.Number == n-1:
			list[k].Last.Number = n
		default:
			list = append(list, FolioRange{Folio{Number: n}, Folio{Number: n}})
		}
	}
	return list
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
