package library

import (
	"cmp"
	"path"
	"slices"
	"strconv"
	"strings"
)

// ListedDocument is a line of a mục lục, the list of documents that is bound into a volume.
type ListedDocument struct {
	Row         int    // in its table, from 1, for whoever looks it up there
	First, Last Folio  // Last is zero where only the first one is listed
	Page        int    // of the volume's file, from 1; 0 where it is not listed
	Volume      string // as listed: "2", "Tập 2"; "" where it is not
	Title       string
	Date        string
	Person      string
}

// End is the document's last folio, as far as it is listed: else the first.
func (d ListedDocument) End() Folio {
	if d.Last.IsZero() {
		return d.First
	}
	return d.Last
}

// Volume is a file that a list of documents is of.
type Volume struct {
	Path  string
	First Folio // of its first page; zero: the pages' folios are known, or the list has their numbers
	Backs bool  // every sheet from there on has two pages, front and back
}

// UnplacedReason is why a listed document is not in the files. Printed by scripts: never rename one.
type UnplacedReason string

// The reasons. Each has a sentence under the key "unplaced." + reason.
const (
	UnplacedNoPage    UnplacedReason = "no-page"   // no page of the files carries its folio
	UnplacedPastEnd   UnplacedReason = "past-end"  // its page is past the file's last
	UnplacedNoVolume  UnplacedReason = "no-volume" // its volume is none of the files
	UnplacedAmbiguous UnplacedReason = "ambiguous" // several files carry it, and nothing tells which is meant
	UnplacedDouble    UnplacedReason = "double"    // another listed document begins at its page
)

// Unplaced is a listed document that the plan leaves out.
type Unplaced struct {
	Document ListedDocument
	Why      UnplacedReason
	Page     PageID // where the other one begins, of a double
}

// PlannedDocument is a listed document and where it begins.
type PlannedDocument struct {
	Document ListedDocument
	First    PageID
	Pages    int  // up to the next one, or the file's end
	Changes  bool // the outline does not have it just so yet
}

// ListPlan is what a list of documents would make of volumes: to look at before anything changes.
type ListPlan struct {
	Documents []PlannedDocument // in order of the pages
	Unplaced  []Unplaced        // in order of the list
	Unlisted  []PageID          // where pages begin that are of no listed document: they are cut off
	Persons   []string          // who are not among the outline's persons yet
	Edit      Edit              // that does it; zero where nothing would change
}

// PlanList finds where the documents of a list begin in volumes, by the page that is listed or by
// the first folio, and plans the headings that cut the volumes there. Documents that were cut before
// stay, and one that begins at the same page is named anew. Folios are those that the outline knows,
// or counted from a volume's first page.
func (o Outline) PlanList(list []ListedDocument, x *Index, volumes ...Volume) ListPlan {
	f := newFinder(o, x, volumes)
	var plan ListPlan
	taken := map[PageID]bool{}
	var heads []Heading
	persons := map[string]ID{}
	for _, p := range o.Persons() {
		persons[Fold(p.Name)] = p.ID
	}
	var added []Person
	for i, d := range list {
		at, why := f.find(d)
		if why == "" && taken[at] {
			why = UnplacedDouble
		}
		if why != "" {
			plan.Unplaced = append(plan.Unplaced, Unplaced{d, why, at})
			continue
		}
		taken[at] = true
		h := Heading{First: at, Title: d.Title, Date: d.Date, FolioFrom: d.First.String()}
		last := d.Last
		if last.IsZero() && i+1 < len(list) && list[i+1].First.Number == d.First.Number+1 {
			last = d.First // nothing is between the two
		}
		if last.Number >= d.First.Number {
			h.FolioTo = last.String()
		}
		if name := strings.Join(strings.Fields(d.Person), " "); name != "" {
			if persons[Fold(name)] == "" {
				p := Person{ID: NewID(), Name: name, Present: true} // nobody said that they are absent
				added = append(added, p)
				persons[Fold(name)], plan.Persons = p.ID, append(plan.Persons, name)
			}
			h.Person = persons[Fold(name)]
		}
		heads = append(heads, h)
		plan.Documents = append(plan.Documents, PlannedDocument{Document: d, First: at})
	}
	f.sort(plan.Documents)
	for i, d := range plan.Documents {
		end := f.end(plan.Documents, i)
		if at, folio := f.unlisted(d, end); at < end {
			end = at
			p := PageID{d.First.Path, at}
			plan.Unlisted = append(plan.Unlisted, p)
			heads = append(heads, Heading{First: p, FolioFrom: folio.String()})
		}
		plan.Documents[i].Pages = end - d.First.Index
	}
	plan.Edit = o.listEdit(heads, added)
	changed := map[Key]bool{}
	for _, ch := range plan.Edit.Changes {
		changed[ch.Key()] = true
	}
	for i, d := range plan.Documents {
		plan.Documents[i].Changes = changed[Heading{First: d.First}.Key()]
	}
	return plan
}

// listEdit sets headings and adds the persons that they name.
func (o Outline) listEdit(heads []Heading, added []Person) Edit {
	records := make([]Record, len(heads))
	for i, h := range heads {
		if have, ok := o.Heading(h.First); ok { // what the list does not tell stays
			h.Title, h.Date, h.Person = cmp.Or(h.Title, have.Title), cmp.Or(h.Date, have.Date), cmp.Or(h.Person, have.Person)
			if h.FolioFrom == "" {
				h.FolioFrom, h.FolioTo = have.FolioFrom, have.FolioTo
			}
		}
		records[i] = h
	}
	e := o.SetAll("contents", records...)
	e.Label, e.Field = "contents", ""
	ranks := spreadRanks(o.lastRank(TablePersons), "", len(added))
	persons := make([]Change, len(added))
	for i, p := range added {
		p.Rank = ranks[i]
		persons[i].After = p
	}
	if e.Changes = append(persons, e.Changes...); len(e.Changes) == 0 {
		return Edit{}
	}
	return e
}

func (o Outline) lastRank(t Table) string {
	ids := o.in().order[t][""]
	if len(ids) == 0 {
		return ""
	}
	_, rank, _ := parentOf(o.in().rows[t][string(ids[len(ids)-1])])
	return rank
}

// finder finds pages of volumes.
type finder struct {
	volumes []Volume
	order   map[string]int       // of the volumes, by path
	folios  [][]Folio            // of each volume's pages
	at      map[Folio][]volumeAt // in the volumes' order
	after   volumeAt             // where the document before was found
}

type volumeAt struct{ volume, page int }

func (a volumeAt) before(b volumeAt) bool {
	return a.volume < b.volume || a.volume == b.volume && a.page < b.page
}

func newFinder(o Outline, x *Index, volumes []Volume) *finder {
	f := &finder{volumes: volumes, order: map[string]int{}, at: map[Folio][]volumeAt{}, after: volumeAt{-1, 0}}
	for v, volume := range volumes {
		e, _ := x.Exhibit(volume.Path)
		f.order[volume.Path] = v
		folios := make([]Folio, e.File.Pages)
		for i := range folios {
			folios[i] = o.FolioOf(e.Page(i), x)
		}
		if !volume.First.IsZero() {
			h, counted := Heading{FolioFrom: volume.First.String()}, folios
			if volume.Backs {
				h.FolioTo = Folio{Number: volume.First.Number + (len(folios)-1)/2}.String()
				counted = folios[:len(folios)/2*2]
			}
			count(counted, h)
		}
		f.folios = append(f.folios, folios)
		var before Folio
		for i, folio := range folios {
			if !folio.IsZero() && folio != before { // the first page of those that carry it
				f.at[folio] = append(f.at[folio], volumeAt{v, i})
			}
			before = folio
		}
	}
	return f
}

// find is the page at which a listed document begins.
func (f *finder) find(d ListedDocument) (PageID, UnplacedReason) {
	wanted := f.named(d.Volume)
	if len(wanted) == 0 {
		return PageID{}, UnplacedNoVolume
	}
	var at []volumeAt
	past := false
	switch {
	case d.Page > 0:
		for _, v := range wanted {
			if d.Page <= len(f.folios[v]) {
				at = append(at, volumeAt{v, d.Page - 1})
			}
		}
		past = len(at) == 0
	default:
		for _, a := range f.at[d.First] {
			if slices.Contains(wanted, a.volume) {
				at = append(at, a)
			}
		}
	}
	if len(at) > 1 {
		// Lists go through the volumes in order: the next one is meant. In a volume that has begun,
		// pages come before those of the next.
		next := slices.IndexFunc(at, func(a volumeAt) bool { return f.after.before(a) })
		if next < 0 || d.Page > 0 && at[next].volume != f.after.volume && f.after.volume >= 0 {
			return PageID{}, UnplacedAmbiguous
		}
		at = at[next:]
	}
	switch {
	case past:
		return PageID{}, UnplacedPastEnd
	case len(at) == 0:
		return PageID{}, UnplacedNoPage
	}
	f.after = at[0]
	return PageID{f.volumes[at[0].volume].Path, at[0].page}, ""
}

// named gives the volumes that a list calls by a name: by a part of their path, or its number there;
// without a name all.
func (f *finder) named(name string) []int {
	var list []int
	for i, v := range f.volumes {
		if HasWords(strings.TrimSuffix(v.Path, path.Ext(v.Path)), name) {
			list = append(list, i)
		}
	}
	return list
}

// HasWords tells whether all words of a name are in a text, whatever their accents, numbers by their value: "tập 4" in
// "Tập 04 - Lời khai".
func HasWords(text, name string) bool {
	have := words(text)
	return !slices.ContainsFunc(words(name), func(w string) bool { return !slices.Contains(have, w) })
}

// words are the words of a name, folded, numbers without zeros in front.
func words(name string) []string {
	list := strings.FieldsFunc(Fold(name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	for i, w := range list {
		if n, err := strconv.Atoi(w); err == nil {
			list[i] = strconv.Itoa(n)
		}
	}
	return list
}

// sort orders planned documents by their pages.
func (f *finder) sort(docs []PlannedDocument) {
	slices.SortStableFunc(docs, func(a, b PlannedDocument) int {
		return cmp.Or(cmp.Compare(f.order[a.First.Path], f.order[b.First.Path]), cmp.Compare(a.First.Index, b.First.Index))
	})
}

// end is the page after a planned document's last: where the next begins, or the file's end.
func (f *finder) end(docs []PlannedDocument, i int) int {
	if i+1 < len(docs) && docs[i+1].First.Path == docs[i].First.Path {
		return docs[i+1].First.Index
	}
	return len(f.folios[f.order[docs[i].First.Path]])
}

// unlisted is the page before end from which on the folios are past a document's last, and its
// folio; end where there is none.
func (f *finder) unlisted(d PlannedDocument, end int) (int, Folio) {
	if d.Document.Page > 0 || d.Document.Last.IsZero() {
		return end, Folio{}
	}
	folios := f.folios[f.order[d.First.Path]]
	for i := d.First.Index + 1; i < end; i++ {
		if folios[i].Number > d.Document.Last.Number {
			return i, folios[i]
		}
	}
	return end, Folio{}
}
