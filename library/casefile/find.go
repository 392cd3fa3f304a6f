package casefile

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"butluc/library"
	"butluc/library/search"
	"butluc/library/search/text"
)

// Found is a page on which something stands that was looked for.
type Found struct {
	Page      library.PageID
	Score     float64        // larger is better; 0 where no words were looked for
	Together  bool           // the words stand side by side, in their order
	Statement bool           // the page is of a document in which the person that is looked for speaks
	Titled    bool           // it stands in the title of the document that begins here, not on the page
	Noted     bool           // it stands in what was noted on the page, not on the page itself
	Said      bool           // it is said in the recording, at that time, as its transcript has it
	Text      string         // the line where it stands, or of a note a part of it
	Bold      [][2]int       // the words in Text that were looked for, as from and to in bytes
	Line      library.Rect   // that line, on the page as its file has it; zero where Noted
	Boxes     []library.Rect // all words on the page that were looked for, a box a run of words
}

// FoundPages are pages found, the best first.
type FoundPages struct {
	Pages []Found
	More  bool // than were asked for
}

// Find looks for what was typed, see [search.ParseQuery], in the text of the case's pages, in what was noted
// on them and in the documents' titles: limit pages at most. It fails with [ErrNoText], or with ctx's error.
func (c *Case) Find(ctx context.Context, typed string, limit int) (FoundPages, error) {
	q := search.ParseQuery(typed)
	if c.texts == nil {
		return FoundPages{}, ErrNoText
	}
	if q.IsZero() || limit < 1 {
		return FoundPages{}, nil
	}
	if err := c.texts.update(ctx, false); err != nil {
		return FoundPages{}, err
	}
	f := newFinder(c, q)
	switch {
	case q.Person != "":
		return f.person(ctx, limit)
	case q.HasWords():
		return f.words(ctx, q, limit, nil)
	}
	return f.all(limit), nil
}

// finder finds for one query in one state of the case.
type finder struct {
	c     *Case
	q     search.Query
	s     Snapshot
	x     *library.Index
	docs  []library.Document
	paths map[string][]string     // of each content
	in    map[library.PageID]bool // the pages that the query is narrowed to; nil for all
}

func newFinder(c *Case, q search.Query) *finder {
	s := c.Snapshot()
	f := &finder{c: c, q: q, s: s, x: library.NewIndex(s.Exhibits), paths: map[string][]string{}}
	f.docs = s.Outline.Documents(f.x)
	for _, file := range s.Case.Files {
		if file.SHA256 != "" {
			f.paths[file.SHA256] = append(f.paths[file.SHA256], file.Path)
		}
	}
	if q.Folder != "" || !q.From.IsZero() {
		f.in = map[library.PageID]bool{}
		for _, d := range f.docs {
			for i, p := range d.Pages {
				f.in[p] = (q.Folder == "" || library.HasWords(p.Path, q.Folder)) && (q.From.IsZero() || between(d.Folios[i], q.From, q.To))
			}
		}
	}
	return f
}

// between tells whether a folio is from one to another; "45" as an end has 45a and the back of 45 with it.
func between(f, from, to library.Folio) bool {
	if f.Number < from.Number || f.Number > to.Number || f.IsZero() {
		return false
	}
	return !(f.Number == from.Number && f.Suffix < from.Suffix || f.Number == to.Number && to.Suffix != "" && f.Suffix > to.Suffix)
}

func (f *finder) wanted(p library.PageID) bool { return f.in == nil || f.in[f.x.Head(p)] }

// keys are the contents of pages.
func (f *finder) keys(pages map[library.PageID]bool) map[text.Key]struct{} {
	keys := map[text.Key]struct{}{}
	for p, in := range pages {
		if e, ok := f.x.Exhibit(p.Path); ok && in && e.File.SHA256 != "" {
			keys[text.Key{SHA256: e.File.SHA256, Page: p.Index}] = struct{}{}
		}
	}
	return keys
}

// all are the pages that a query is narrowed to which has no words, in their order.
func (f *finder) all(limit int) FoundPages {
	var list FoundPages
	for _, d := range f.docs {
		for _, p := range d.Pages {
			if !f.wanted(p) {
				continue
			}
			if len(list.Pages) == limit {
				list.More = true
				return list
			}
			list.Pages = append(list.Pages, Found{Page: p})
		}
	}
	return list
}

// person finds the statements of a person, then the pages that mention them; with words besides, those of them on
// which the words stand.
func (f *finder) person(ctx context.Context, limit int) (FoundPages, error) {
	statements := map[library.PageID]bool{}
	for _, d := range f.docs {
		if p, ok := f.s.Outline.Person(d.Person); ok && library.HasWords(p.Name, f.q.Person) {
			for _, page := range d.Pages {
				statements[page] = f.wanted(page)
			}
		}
	}
	name := search.ParseQuery(`"` + strings.ReplaceAll(f.q.Person, `"`, " ") + `"`)
	about := f.q
	if !f.q.HasWords() {
		about = name
	}
	var said FoundPages
	var err error
	if f.q.HasWords() {
		said, err = f.words(ctx, f.q, limit, statements)
	} else {
		for _, d := range f.docs {
			for _, page := range d.Pages {
				if statements[page] {
					said.Pages = append(said.Pages, f.found(page, name))
				}
			}
		}
	}
	if err != nil {
		return FoundPages{}, err
	}
	for i := range said.Pages {
		said.Pages[i].Statement = true
	}
	mentions, err := f.words(ctx, name, limit, nil)
	if err != nil {
		return FoundPages{}, err
	}
	for _, m := range mentions.Pages {
		if statements[m.Page] {
			continue
		}
		if f.q.HasWords() {
			score := m.Score
			if m = f.found(m.Page, about); len(m.Boxes) == 0 || !f.match(m.Page, about).Found {
				continue
			}
			m.Score = score
		}
		said.Pages = append(said.Pages, m)
	}
	said.More = said.More || mentions.More || len(said.Pages) > limit
	said.Pages = said.Pages[:min(len(said.Pages), limit)]
	return said, nil
}

// words finds the pages on which the words of a query stand: of within, where that is not nil.
func (f *finder) words(ctx context.Context, q search.Query, limit int, within map[library.PageID]bool) (FoundPages, error) {
	var scope map[text.Key]struct{}
	switch {
	case within != nil:
		scope = f.keys(within)
	case f.in != nil:
		scope = f.keys(f.in)
	}
	allowed := func(p library.PageID) bool { return f.wanted(p) && (within == nil || within[f.x.Head(p)]) }
	var list FoundPages
	at := map[library.PageID]bool{}
	for _, n := range f.s.Outline.Notes() {
		if m := q.MatchText(n.Text); m.Found && allowed(n.Page) && f.there(n.Page) {
			list.Pages = append(list.Pages, Found{Page: n.Page, Score: notedScore, Noted: true, Text: m.Text, Bold: m.Bold})
			at[n.Page] = true
		}
	}
	for _, c := range f.s.Outline.AllCues() {
		if len(list.Pages) > limit {
			break
		}
		if m := q.MatchText(c.Text); m.Found && allowed(c.First) && f.there(f.x.Head(c.First)) {
			list.Pages = append(list.Pages, Found{Page: c.First, Score: saidScore, Together: m.Together, Said: true, Text: m.Text, Bold: m.Bold})
		}
	}
	f.c.texts.mu.Lock()
	index := f.c.texts.index
	f.c.texts.mu.Unlock()
	hits, err := index.Search(ctx, q, limit+1, scope)
	if err != nil {
		return FoundPages{}, err
	}
	for _, h := range hits {
		for _, path := range f.paths[h.Key.SHA256] {
			p := library.PageID{Path: path, Index: h.Key.Page}
			if ctx.Err() != nil {
				return FoundPages{}, ctx.Err()
			}
			if at[p] || !allowed(p) || !f.there(p) {
				continue
			}
			at[p] = true
			found := f.found(p, q)
			found.Score = h.Score
			list.Pages = append(list.Pages, found)
		}
	}
	for _, d := range f.docs {
		m := q.MatchText(d.Title)
		if p, ok := d.First(); ok && m.Whole && !at[p] && allowed(p) {
			at[p] = true
			list.Pages = append(list.Pages, Found{Page: p, Score: titledScore, Titled: true, Text: m.Text, Bold: m.Bold})
		}
	}
	// The index knows which words are neighbours, not which stand in a row: of pages that it takes for equally good,
	// those come first on which all do.
	slices.SortStableFunc(list.Pages, func(a, b Found) int {
		if math.Floor(a.Score) == math.Floor(b.Score) && a.Together != b.Together {
			if a.Together {
				return -1
			}
			return 1
		}
		return cmp.Compare(math.Floor(b.Score), math.Floor(a.Score))
	})
	list.More = len(list.Pages) > limit
	list.Pages = list.Pages[:min(len(list.Pages), limit)]
	return list, nil
}

// What a person noted comes before titles, those before what is said in recordings, and that before what stands on pages.
const (
	notedScore  = 100
	titledScore = 99
	saidScore   = 98
)

// there tells whether a page is in a document, and not hidden.
func (f *finder) there(p library.PageID) bool {
	d, ok := f.s.Outline.DocumentOf(p, f.x)
	return ok && d.Index(p) >= 0
}

func (f *finder) match(p library.PageID, q search.Query) search.Match {
	page, ok := f.c.PageText(p)
	if !ok {
		return search.Match{Line: -1}
	}
	return q.Match(page)
}

// found tells where on a page the words stand.
func (f *finder) found(p library.PageID, q search.Query) Found {
	page, ok := f.c.PageText(p)
	if !ok {
		return Found{Page: p}
	}
	m := q.Match(page)
	found := Found{Page: p, Together: m.Together, Text: m.Text, Bold: m.Bold, Boxes: m.Boxes}
	if m.Line >= 0 {
		found.Line = page.Lines[m.Line].Box
	}
	return found
}
