package folios

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"butluc/library"
)

// ListedDocument is a line of a mục lục, the list of documents that is bound into a volume.
type ListedDocument struct {
	Row         int           // in its table, from 1, for whoever looks it up there
	First, Last library.Folio // Last is zero where only the first one is listed
	Page        int           // of the volume's file, from 1; 0 where it is not listed
	Volume      string        // as listed: "2", "Tập 2"; "" where it is not
	Title       string
	Date        string
	Person      string
}

// End is the document's last folio, as far as it is listed: else the first.
func (d ListedDocument) End() library.Folio {
	if d.Last.IsZero() {
		return d.First
	}
	return d.Last
}

// Volume is a file that a list of documents is of.
type Volume struct {
	Path  string
	First library.Folio // of its first page; zero: the pages' folios are known, or the list has their numbers
	Backs bool          // every sheet from there on has two pages, front and back
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
	Page     library.PageID // where the other one begins, of a double
}

// PlannedDocument is a listed document and where it begins.
type PlannedDocument struct {
	Document ListedDocument
	First    library.PageID
	Pages    int  // up to the next one, or the file's end
	Changes  bool // the outline does not have it just so yet
}

// ListPlan is what a list of documents would make of volumes: to look at before anything changes.
type ListPlan struct {
	Documents []PlannedDocument // in order of the pages
	Unplaced  []Unplaced        // in order of the list
	Unlisted  []library.PageID  // where pages begin that are of no listed document: they are cut off
	Persons   []string          // who are not among the outline's persons yet
	Edit      library.Edit      // that does it; zero where nothing would change
}

// PlanList finds where the documents of a list begin in volumes, by the page that is listed or by
// the first folio, and plans the headings that cut the volumes there. Documents that were cut before
// stay, and one that begins at the same page is named anew. Folios are those that the outline knows,
// or counted from a volume's first page.
func PlanList(o library.Outline, list []ListedDocument, x *library.Index, volumes ...Volume) ListPlan {
	f := newFinder(o, x, volumes)
	var plan ListPlan
	taken := map[library.PageID]bool{}
	var heads []library.Heading
	persons := map[string]library.ID{}
	for _, p := range o.Persons() {
		persons[library.Fold(p.Name)] = p.ID
	}
	var added []library.Person
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
		h := library.Heading{First: at, Title: d.Title, Date: d.Date, FolioFrom: d.First.String()}
		last := d.Last
		if last.IsZero() && i+1 < len(list) && list[i+1].First.Number == d.First.Number+1 {
			last = d.First // nothing is between the two
		}
		if last.Number >= d.First.Number {
			h.FolioTo = last.String()
		}
		if name := strings.Join(strings.Fields(d.Person), " "); name != "" {
			if persons[library.Fold(name)] == "" {
				p := library.Person{ID: library.NewID(), Name: name, Present: true} // nobody said that they are absent
				added = append(added, p)
				persons[library.Fold(name)], plan.Persons = p.ID, append(plan.Persons, name)
			}
			h.Person = persons[library.Fold(name)]
		}
		heads = append(heads, h)
		plan.Documents = append(plan.Documents, PlannedDocument{Document: d, First: at})
	}
	f.sort(plan.Documents)
	for i, d := range plan.Documents {
		end := f.end(plan.Documents, i)
		if at, folio := f.unlisted(d, end); at < end {
			end = at
			p := library.PageID{Path: d.First.Path, Index: at}
			plan.Unlisted = append(plan.Unlisted, p)
			heads = append(heads, library.Heading{First: p, FolioFrom: folio.String()})
		}
		plan.Documents[i].Pages = end - d.First.Index
	}
	plan.Edit = listEdit(o, heads, added)
	changed := map[library.Key]bool{}
	for _, ch := range plan.Edit.Changes {
		changed[ch.Key()] = true
	}
	for i, d := range plan.Documents {
		plan.Documents[i].Changes = changed[library.Heading{First: d.First}.Key()]
	}
	return plan
}

// listEdit sets headings and adds the persons that they name.
func listEdit(o library.Outline, heads []library.Heading, added []library.Person) library.Edit {
	records := make([]library.Record, len(heads))
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
	last := ""
	if there := o.Persons(); len(there) > 0 {
		last = there[len(there)-1].Rank
	}
	ranks := library.SpreadRanks(last, "", len(added))
	persons := make([]library.Change, len(added))
	for i, p := range added {
		p.Rank = ranks[i]
		persons[i].After = p
	}
	if e.Changes = append(persons, e.Changes...); len(e.Changes) == 0 {
		return library.Edit{}
	}
	return e
}

// finder finds pages of volumes.
type finder struct {
	volumes []Volume
	order   map[string]int               // of the volumes, by path
	folios  [][]library.Folio            // of each volume's pages
	at      map[library.Folio][]volumeAt // in the volumes' order
	after   volumeAt                     // where the document before was found
}

type volumeAt struct{ volume, page int }

func (a volumeAt) before(b volumeAt) bool {
	return a.volume < b.volume || a.volume == b.volume && a.page < b.page
}

func newFinder(o library.Outline, x *library.Index, volumes []Volume) *finder {
	f := &finder{volumes: volumes, order: map[string]int{}, at: map[library.Folio][]volumeAt{}, after: volumeAt{-1, 0}}
	for v, volume := range volumes {
		e, _ := x.Exhibit(volume.Path)
		f.order[volume.Path] = v
		folios := make([]library.Folio, e.File.Pages)
		for i := range folios {
			folios[i] = o.FolioOf(e.Page(i), x)
		}
		if !volume.First.IsZero() {
			h, counted := library.Heading{FolioFrom: volume.First.String()}, folios
			if volume.Backs {
				h.FolioTo = library.Folio{Number: volume.First.Number + (len(folios)-1)/2}.String()
				counted = folios[:len(folios)/2*2]
			}
			h.CountOver(counted)
		}
		f.folios = append(f.folios, folios)
		var before library.Folio
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
func (f *finder) find(d ListedDocument) (library.PageID, UnplacedReason) {
	wanted := f.named(d.Volume)
	if len(wanted) == 0 {
		return library.PageID{}, UnplacedNoVolume
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
			return library.PageID{}, UnplacedAmbiguous
		}
		at = at[next:]
	}
	switch {
	case past:
		return library.PageID{}, UnplacedPastEnd
	case len(at) == 0:
		return library.PageID{}, UnplacedNoPage
	}
	f.after = at[0]
	return library.PageID{Path: f.volumes[at[0].volume].Path, Index: at[0].page}, ""
}

// named gives the volumes that a list calls by a name: by a part of their path, or its number there;
// without a name all.
func (f *finder) named(name string) []int {
	var list []int
	for i, v := range f.volumes {
		if library.HasWords(strings.TrimSuffix(v.Path, path.Ext(v.Path)), name) {
			list = append(list, i)
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
func (f *finder) unlisted(d PlannedDocument, end int) (int, library.Folio) {
	if d.Document.Page > 0 || d.Document.Last.IsZero() {
		return end, library.Folio{}
	}
	folios := f.folios[f.order[d.First.Path]]
	for i := d.First.Index + 1; i < end; i++ {
		if folios[i].Number > d.Document.Last.Number {
			return i, folios[i]
		}
	}
	return end, library.Folio{}
}
