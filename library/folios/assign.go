package folios

import (
	"fmt"
	"slices"

	"butluc/library"
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
	First library.Folio // of the first page; zero: the pages lose their folios
	Sides Sides         // "" as SidesOne
	// Skip are pages that carry no stamp: they get no folio and are counted past.
	Skip []library.PageID
}

// PageFolio is a page and its folio.
type PageFolio struct {
	Page  library.PageID
	Folio library.Folio // zero for none
}

// Change is a page whose folio an edit changes.
type Change struct {
	Page     library.PageID
	Was, Now library.Folio
}

// Plan is what an assignment would do: to look at before anything changes.
type Plan struct {
	Changes []Change        // in order of the pages
	Twice   []library.Folio // that would be a double and are none now, in order
	Edit    library.Edit    // that does it; zero where nothing would change
}

// PagesFrom gives the pages, with those that are hidden, from a page on in the documents' order.
func PagesFrom(o library.Outline, p library.PageID, reach Reach, x *library.Index) []library.PageID {
	documents := o.Documents(x)
	doc, at, ok := o.PlaceOf(p, x)
	if !ok || at < 0 {
		return nil
	}
	pages := slices.Clone(documents[doc].WithHidden().Pages[at:])
	switch reach {
	case ReachPage:
		return pages[:1]
	case ReachVolume:
		bound := o.Bounds(x)
		b := bound(p)
		for i, page := range pages {
			if bound(page) != b {
				return pages[:i]
			}
		}
		for _, doc := range documents[doc+1:] {
			for _, page := range doc.WithHidden().Pages {
				if bound(page) == b && !doc.Recorded(page.Path) { // which nobody stamps
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
func PagesNumbered(o library.Outline, as library.PageID, first, last library.Folio, x *library.Index) []library.PageID {
	bound := o.Bounds(x)
	b := bound(as)
	var pages []library.PageID
	for _, doc := range o.Documents(x) {
		all := doc.WithHidden()
		for i, f := range all.Folios {
			if !f.IsZero() && f.Number >= first.Number && f.Number <= last.Number && bound(all.Pages[i]) == b {
				pages = append(pages, all.Pages[i])
			}
		}
	}
	return pages
}

// Assign plans to count folios over pages, which are given in order. Steps stay on their pages.
func Assign(o library.Outline, pages []library.PageID, c Counting, x *library.Index) Plan {
	folios, err := counted(o, pages, c)
	if err != nil {
		return Plan{Edit: library.Refused("folios", err)}
	}
	return Set(o, folios, x)
}

// Renumber plans to add a number to the folios of pages; those that have none are left alone.
func Renumber(o library.Outline, pages []library.PageID, by int, x *library.Index) Plan {
	var folios []PageFolio
	for _, p := range pages {
		f := o.FolioOf(p, x)
		if f.IsZero() {
			continue
		}
		if f.Number += by; f.Number < 1 || f.Number > library.MaxFolio {
			return Plan{Edit: library.Refused("folios", fmt.Errorf("%s: %w", p, library.ErrFolio))}
		}
		folios = append(folios, PageFolio{p, f})
	}
	return Set(o, folios, x)
}

// counted are the folios that are counted over pages.
func counted(o library.Outline, pages []library.PageID, c Counting) ([]PageFolio, error) {
	skip := map[library.PageID]bool{}
	for _, p := range c.Skip {
		skip[p] = true
	}
	list := make([]PageFolio, len(pages))
	next, before := c.First, library.Folio{}
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
		case next.Number > library.MaxFolio || next.Suffix > "z":
			return nil, fmt.Errorf("%s: %w", p, library.ErrFolio)
		}
		list[i].Folio, before = next, next
		next = after(next, c.Sides)
	}
	return list, nil
}

// after is the folio that is counted after another. Past 145z it is none that may be.
func after(f library.Folio, sides Sides) library.Folio {
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
			return library.Folio{Number: f.Number, Suffix: "a"}
		}
		if f.Suffix == "r" { // 145s is the back of 145
			f.Suffix = "s"
		}
		return library.Folio{Number: f.Number, Suffix: string(f.Suffix[0] + 1)}
	case SidesOne:
	}
	return library.Folio{Number: f.Number + 1}
}

// Set plans to give pages these folios. Documents that begin there count on from theirs, other pages
// have it noted: either way pages that are not given keep what they have.
func Set(o library.Outline, folios []PageFolio, x *library.Index) Plan {
	plan := Plan{Edit: library.Edit{Label: "folios"}}
	wanted := make(map[library.PageID]library.Folio, len(folios))
	files := map[string]bool{}
	for _, f := range folios {
		if _, at, ok := o.PlaceOf(f.Page, x); !ok || at < 0 {
			plan.Edit = library.Refused("folios", fmt.Errorf("%s: %w", f.Page, library.ErrNoRecord))
			return plan
		}
		if was := o.FolioOf(f.Page, x); was != f.Folio {
			plan.Changes = append(plan.Changes, Change{f.Page, was, f.Folio})
			files[f.Page.Path] = true
		}
		wanted[f.Page] = f.Folio
	}
	if len(plan.Changes) == 0 {
		return plan
	}
	records, err := counting(o, wanted, files, x)
	if err == nil {
		plan.Edit = o.SetAll("folios", records...)
		plan.Edit.Label, plan.Edit.Field = "folios", "" // one step of undo, whatever it is made of
		var next library.Outline
		if next, err = o.Apply(plan.Edit); err == nil {
			plan.Twice = newDoubles(NumberingOf(o, x), NumberingOf(next, x))
		}
	}
	if err != nil {
		plan.Edit = library.Refused("folios", err)
	}
	return plan
}

// counting gives the records that make pages have the wanted folios, and the other pages of these files
// keep theirs: headings that count, and notes of all pages that then still have another.
func counting(o library.Outline, wanted map[library.PageID]library.Folio, files map[string]bool, x *library.Index) ([]library.Record, error) {
	documents := o.Documents(x)
	whole := map[together]bool{}
	for path := range files {
		if doc, ok := o.DocumentOf(library.PageID{Path: path}, x); ok {
			whole[togetherOf(doc)] = true
		}
	}
	var headings, notes []library.Record
	for _, doc := range documents {
		doc = doc.WithHidden()
		if len(doc.Pages) == 0 || !whole[togetherOf(doc)] {
			continue
		}
		folio := func(at int) library.Folio {
			if f, is := wanted[doc.Pages[at]]; is {
				return f
			}
			return doc.Folios[at]
		}
		if _, first := wanted[doc.Pages[0]]; first {
			if h, ok := heading(o, doc, folio); ok {
				headings = append(headings, h)
			}
		}
		for _, p := range doc.Pages {
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
	byPage := map[library.PageID]library.Record{}
	for _, n := range notes {
		byPage[n.(library.PageNote).Page] = n
	}
	records := headings
	for i, doc := range counted.Documents(x) {
		doc = doc.WithHidden()
		if len(doc.Pages) == 0 || !whole[togetherOf(doc)] {
			continue
		}
		had := documents[i].WithHidden().Folios
		for at, p := range doc.Pages {
			f, is := wanted[p]
			if !is {
				f = had[at]
			}
			if doc.Folios[at] != f {
				n := counted.Note(p)
				if n.Folio = f.String(); f.IsZero() {
					n.Folio = library.NoFolio
				}
				byPage[p] = n
			}
			if n, changes := byPage[p]; changes && n != library.Record(o.Note(p)) {
				records = append(records, n)
			}
		}
	}
	return records, nil
}

// together is what is counted together: a file, or those that a join put together.
type together struct {
	join library.ID
	path string
}

func togetherOf(doc library.Document) together {
	if doc.Join != "" {
		return together{join: doc.Join}
	}
	return together{path: doc.File.Path}
}

// heading is a document's heading that counts from its first page's folio, front and back where that fits.
func heading(o library.Outline, doc library.Document, folio func(at int) library.Folio) (library.Heading, bool) {
	first := doc.Pages[0]
	h, there := o.Heading(first)
	f := folio(0)
	if f.IsZero() || f.Back || !there && first.Index > 0 {
		return library.Heading{}, false
	}
	h.First, h.FolioFrom, h.FolioTo = first, f.String(), ""
	if last := folio(len(doc.Pages) - 1); len(doc.Pages) > 1 && last.Number >= f.Number {
		h.FolioTo = library.Folio{Number: last.Number, Suffix: last.Suffix}.String()
	}
	return h, true
}

// newDoubles are the folios that are double in one numbering and not in another.
func newDoubles(was, now Numbering) []library.Folio {
	type key struct {
		library.Bound
		library.Folio
	}
	had := map[key]bool{}
	for _, v := range was.Volumes {
		for _, d := range v.Doubles {
			had[key{v.Bound, d.Folio}] = true
		}
	}
	var list []library.Folio
	for _, v := range now.Volumes {
		for _, d := range v.Doubles {
			if !had[key{v.Bound, d.Folio}] {
				list = append(list, d.Folio)
			}
		}
	}
	slices.SortFunc(list, library.Folio.Compare)
	return slices.Compact(list)
}
