package library

import (
	"fmt"
	"slices"
)

// Reach says how far an assignment goes on from a page.
type Reach string

// The reaches; each has a word under the key "reach." + its name.
const (
	ReachPage     Reach = "page"     // that page alone
	ReachDocument Reach = "document" // to its document's end
	ReachVolume   Reach = "volume"   // to the end of the pages that count where it does
)

// Sides says how numbers are counted over pages.
type Sides string

// The ways to count; each has a word under the key "sides." + its name.
const (
	SidesOne     Sides = "one"     // a number a page; the blank back that is hidden has its front's
	SidesTwo     Sides = "two"     // a number a sheet of two pages, front and back
	SidesLetters Sides = "letters" // 145, 145a, 145b
	SidesSame    Sides = "same"    // one number for all
)

// Counting is how folios are counted over pages.
type Counting struct {
	First Folio // of the first page; zero: the pages lose their folios
	Sides Sides // "" as SidesOne
	// Skip are pages that carry no stamp: they get no folio and are counted past.
	Skip []PageID
}

// PageFolio is a page and its folio.
type PageFolio struct {
	Page  PageID
	Folio Folio // zero for none
}

// FolioChange is a page whose folio an edit changes.
type FolioChange struct {
	Page     PageID
	Was, Now Folio
}

// FolioPlan is what an assignment would do: to look at before anything changes.
type FolioPlan struct {
	Changes []FolioChange // in order of the pages
	Twice   []Folio       // that would be a double and are none now, in order
	Edit    Edit          // that does it; zero where nothing would change
}

// PagesFrom gives the pages, with those that are hidden, from a page on in the documents' order.
func (o Outline) PagesFrom(p PageID, reach Reach, x *Index) []PageID {
	d := o.documents(x)
	at, ok := d.find(p)
	if !ok || at.at < 0 {
		return nil
	}
	pages := slices.Clone(d.list[at.doc].all[at.at:])
	switch reach {
	case ReachPage:
		return pages[:1]
	case ReachVolume:
		b := d.bound(p)
		for i, page := range pages {
			if d.bound(page) != b {
				return pages[:i]
			}
		}
		for _, doc := range d.list[at.doc+1:] {
			for _, page := range doc.all {
				if d.bound(page) == b && !doc.recorded[page.Path] { // which nobody stamps
					pages = append(pages, page)
				}
			}
		}
	case ReachDocument:
	}
	return pages
}

// PagesNumbered gives the pages, with those that are hidden, whose folios count where those of a page do
// and are from first to last by number, in the documents' order.
func (o Outline) PagesNumbered(as PageID, first, last Folio, x *Index) []PageID {
	d := o.documents(x)
	b := d.bound(as)
	var pages []PageID
	for _, doc := range d.list {
		for i, f := range doc.allFolios {
			if !f.IsZero() && f.Number >= first.Number && f.Number <= last.Number && d.bound(doc.all[i]) == b {
				pages = append(pages, doc.all[i])
			}
		}
	}
	return pages
}

// Assign plans to count folios over pages, which are given in order. Steps stay on their pages.
func (o Outline) Assign(pages []PageID, c Counting, x *Index) FolioPlan {
	folios, err := o.counted(pages, c)
	if err != nil {
		return FolioPlan{Edit: Edit{Label: "folios", fault: err}}
	}
	return o.SetFolios(folios, x)
}

// Renumber plans to add a number to the folios of pages; those that have none are left alone.
func (o Outline) Renumber(pages []PageID, by int, x *Index) FolioPlan {
	var folios []PageFolio
	for _, p := range pages {
		f := o.FolioOf(p, x)
		if f.IsZero() {
			continue
		}
		if f.Number += by; f.Number < 1 || f.Number > maxFolio {
			return FolioPlan{Edit: Edit{Label: "folios", fault: fmt.Errorf("%s: %w", p, ErrFolio)}}
		}
		folios = append(folios, PageFolio{p, f})
	}
	return o.SetFolios(folios, x)
}

// counted are the folios that are counted over pages.
func (o Outline) counted(pages []PageID, c Counting) ([]PageFolio, error) {
	skip := map[PageID]bool{}
	for _, p := range c.Skip {
		skip[p] = true
	}
	list := make([]PageFolio, len(pages))
	next, before := c.First, Folio{}
	for i, p := range pages {
		list[i].Page = p
		switch {
		case skip[p] || c.First.IsZero():
			continue
		case c.Sides != SidesTwo && o.Note(p).Hidden:
			if list[i].Folio = before; !before.IsZero() && c.Sides != SidesSame {
				list[i].Folio.Back = true
			}
			continue
		case next.Number > maxFolio || next.Suffix > "z":
			return nil, fmt.Errorf("%s: %w", p, ErrFolio)
		}
		list[i].Folio, before = next, next
		next = after(next, c.Sides)
	}
	return list, nil
}

// after is the folio that is counted after another. Past 145z it is none that may be.
func after(f Folio, sides Sides) Folio {
	switch sides {
	case SidesSame:
		return f
	case SidesTwo:
		if !f.Back {
			f.Back = true
			return f
		}
	case SidesLetters:
		if f.Suffix == "" {
			return Folio{Number: f.Number, Suffix: "a"}
		}
		if f.Suffix == "r" { // 145s is the back of 145
			f.Suffix = "s"
		}
		return Folio{Number: f.Number, Suffix: string(f.Suffix[0] + 1)}
	case SidesOne:
	}
	return Folio{Number: f.Number + 1}
}

// SetFolios plans to give pages these folios. Documents that begin there count on from theirs, other pages
// have it noted: either way pages that are not given keep what they have.
func (o Outline) SetFolios(folios []PageFolio, x *Index) FolioPlan {
	plan := FolioPlan{Edit: Edit{Label: "folios"}}
	d := o.documents(x)
	wanted := make(map[PageID]Folio, len(folios))
	files := map[string]bool{}
	for _, f := range folios {
		if at, ok := d.find(f.Page); !ok || at.at < 0 {
			plan.Edit.fault = fmt.Errorf("%s: %w", f.Page, ErrNoRecord)
			return plan
		}
		if was := o.FolioOf(f.Page, x); was != f.Folio {
			plan.Changes = append(plan.Changes, FolioChange{f.Page, was, f.Folio})
			files[f.Page.Path] = true
		}
		wanted[f.Page] = f.Folio
	}
	if len(plan.Changes) == 0 {
		return plan
	}
	records, err := o.counting(wanted, files, x)
	if err == nil {
		plan.Edit = o.SetAll("folios", records...)
		plan.Edit.Label, plan.Edit.Field = "folios", "" // one step of undo, whatever it is made of
		var next Outline
		if next, err = o.Apply(plan.Edit); err == nil {
			plan.Twice = newDoubles(o.Numbering(x), next.Numbering(x))
		}
	}
	if err != nil {
		plan.Edit = Edit{Label: "folios", fault: err}
	}
	return plan
}

// counting gives the records that make pages have the wanted folios, and the other pages of these files
// keep theirs: headings that count, and notes of all pages that then still have another.
func (o Outline) counting(wanted map[PageID]Folio, files map[string]bool, x *Index) ([]Record, error) {
	d := o.documents(x)
	groups := map[int]bool{}
	for path := range files {
		groups[d.byPath[path].group] = true
	}
	var headings, notes []Record
	for i, doc := range d.list {
		if len(doc.all) == 0 || !groups[d.byPath[doc.all[0].Path].group] {
			continue
		}
		folio := func(at int) Folio {
			if f, is := wanted[doc.all[at]]; is {
				return f
			}
			return doc.allFolios[at]
		}
		if _, first := wanted[doc.all[0]]; first {
			if h, ok := o.heading(d.list[i], folio); ok {
				headings = append(headings, h)
			}
		}
		for _, p := range doc.all {
			if _, is := wanted[p]; is && o.Note(p).Folio != "" {
				n := o.Note(p)
				n.Folio = ""
				notes = append(notes, n)
			}
		}
	}
	counted, err := o.Apply(o.SetAll("folios", append(headings, notes...)...))
	if err != nil {
		return nil, err
	}
	byPage := map[PageID]Record{}
	for _, n := range notes {
		byPage[n.(PageNote).Page] = n
	}
	records := headings
	for i, doc := range counted.Documents(x) {
		if len(doc.all) == 0 || !groups[d.byPath[doc.all[0].Path].group] {
			continue
		}
		for at, p := range doc.all {
			f, is := wanted[p]
			if !is {
				f = d.list[i].allFolios[at]
			}
			if doc.allFolios[at] != f {
				n := counted.Note(p)
				if n.Folio = f.String(); f.IsZero() {
					n.Folio = NoFolio
				}
				byPage[p] = n
			}
			if n, changes := byPage[p]; changes && n != Record(o.Note(p)) {
				records = append(records, n)
			}
		}
	}
	return records, nil
}

// heading is a document's heading that counts from its first page's folio, front and back where that fits.
func (o Outline) heading(doc Document, folio func(at int) Folio) (Heading, bool) {
	first := doc.all[0]
	h, there := o.Heading(first)
	f := folio(0)
	if f.IsZero() || f.Back || !there && first.Index > 0 {
		return Heading{}, false
	}
	h.First, h.FolioFrom, h.FolioTo = first, f.String(), ""
	if last := folio(len(doc.all) - 1); len(doc.all) > 1 && last.Number >= f.Number {
		h.FolioTo = Folio{Number: last.Number, Suffix: last.Suffix}.String()
	}
	return h, true
}

// newDoubles are the folios that are double in one numbering and not in another.
func newDoubles(was, now Numbering) []Folio {
	type key struct {
		Bound
		Folio
	}
	had := map[key]bool{}
	for _, v := range was.Volumes {
		for _, d := range v.Doubles {
			had[key{v.Bound, d.Folio}] = true
		}
	}
	var list []Folio
	for _, v := range now.Volumes {
		for _, d := range v.Doubles {
			if !had[key{v.Bound, d.Folio}] {
				list = append(list, d.Folio)
			}
		}
	}
	slices.SortFunc(list, compareFolios)
	return slices.Compact(list)
}
