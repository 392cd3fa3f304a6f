package library

import (
	"cmp"
	"slices"
	"strings"
)

// Side is for whom an excerpt speaks. Stored: never rename one.
type Side string

// The sides.
const (
	SideNone    Side = ""
	SideAccuses Side = "accuses" // buộc tội
	SideClears  Side = "clears"  // gỡ tội
)

// Sides are all sides, in the order in which they are offered.
var Sides = []Side{SideAccuses, SideClears, SideNone}

// MaxWeight is the most that an excerpt can weigh; 0 is not told.
const MaxWeight = 3

// Excerpt is a passage of a page (trích cứu): what it says, who says it, for whom it speaks, and what it proves. Its
// place stays on the passage when the page is turned or its document cut anew, and follows the file by its SHA-256 when
// that is renamed. The date on which it was said is its document's.
type Excerpt struct {
	ID   ID     `json:"id"`
	Page PageID `json:"page"`
	// Area is where it stands on the page as Turn makes it upright; see [Excerpt.AreaOn].
	Area Area `json:"area,omitzero"`
	Turn Turn `json:"turn,omitempty"`
	// To is until when it is heard where the page is one of a recording, in milliseconds, after Page.Index; 0: it is a picture.
	To int `json:"to,omitempty"`
	// Words are those of the page's text (its text layer, or OCR) there when it was made; "" of handwriting and pictures.
	Words   string `json:"words,omitempty"`
	Text    string `json:"text,omitempty"`   // what it says, as a person has it: Words at first
	Person  ID     `json:"person,omitempty"` // who says it; "": whose the document is
	When    string `json:"when,omitempty"`   // the time that it speaks of, as typed; [ParseMoment] reads it
	Where   string `json:"where,omitempty"`  // the place that it speaks of
	Side    Side   `json:"side,omitempty"`
	Matters IDs    `json:"matters,omitzero"` // that it proves
	Weight  int    `json:"weight,omitempty"` // 1 to [MaxWeight]; 0: not told
	Note    string `json:"note,omitempty"`   // private
}

// ExcerptTexts are its texts.
var ExcerptTexts = Texts[Excerpt]{
	{Name: "text", Of: func(e *Excerpt) *string { return &e.Text }, Long: true, Called: "nội dung trích"},
	{Name: "when", Of: func(e *Excerpt) *string { return &e.When }, Called: "thời gian"},
	{Name: "where", Of: func(e *Excerpt) *string { return &e.Where }, Called: "nơi"},
	{Name: "note", Of: func(e *Excerpt) *string { return &e.Note }, Long: true, Private: true, Called: "ghi chú"},
	{Name: "words", Of: func(e *Excerpt) *string { return &e.Words }, Long: true, Private: true, Called: "lời trên trang"},
}

// Key implements [Record].
func (e Excerpt) Key() Key { return Key{TableExcerpts, string(e.ID)} }

func (e Excerpt) check() error {
	if e.Turn > 3 {
		return bad("turn", "%d is not 0 to 3", e.Turn)
	}
	if e.To != 0 && (e.To <= e.Page.Index || e.To > MaxTime) {
		return bad("to", "%d ms is not after %d, within 100 hours", e.To, e.Page.Index)
	}
	if e.Weight < 0 || e.Weight > MaxWeight {
		return bad("weight", "%d is not 0 to %d", e.Weight, MaxWeight)
	}
	for _, id := range e.Matters.List() {
		if err := checkID("matters", id); err != nil {
			return err
		}
	}
	return checks(checkID("id", e.ID), checkPage("page", e.Page), e.Area.check("area"), ExcerptTexts.check(e), checkRef("person", e.Person),
		checkCode("side", string(e.Side), []string{string(SideAccuses), string(SideClears)}))
}

// Pane shows the excerpt: its page, or of a recording what is heard from its beginning to its end.
func (e Excerpt) Pane() Pane {
	p := Pane{Page: e.Page}
	if e.To > 0 {
		p.Clip = Span{From: e.Page.Index, To: e.To}
	}
	return p
}

// AreaOn is where it stands on the page as it is turned upright now.
func (e Excerpt) AreaOn(upright Turn) Area { return e.Area.Turned(int(upright) - int(e.Turn)) }

// Verbatim tells whether its text is the page's own words, so that it may stand in quotation marks.
func (e Excerpt) Verbatim() bool {
	return e.Words != "" && strings.Join(strings.Fields(e.Text), " ") == strings.Join(strings.Fields(e.Words), " ")
}

// HiddenBy tells whether a redaction among the marks of its page lies on it. Its text is private then: nothing that
// leaves the program for others may tell it. An excerpt of a whole page is hidden by any.
func (e Excerpt) HiddenBy(page PageNow) bool {
	area := e.AreaOn(page.Upright)
	return slices.ContainsFunc(page.Marks.List(), func(m Mark) bool { return m.Kind.Hides() && area.Touches(m.Bounds()) })
}

// Contradiction ties two excerpts that cannot both be true. A is the one whose id comes first.
type Contradiction struct {
	A    ID     `json:"a"`
	B    ID     `json:"b"`
	Text string `json:"text,omitempty"` // in what
}

// ContradictionTexts are its texts.
var ContradictionTexts = Texts[Contradiction]{{Name: "text", Of: func(c *Contradiction) *string { return &c.Text }, Called: "mâu thuẫn"}}

// Key implements [Record].
func (c Contradiction) Key() Key { return Key{TableContradictions, string(c.A) + "+" + string(c.B)} }

func (c Contradiction) check() error {
	if c.A >= c.B {
		return bad("b", "%q does not come after %q", c.B, c.A)
	}
	return checks(checkID("a", c.A), checkID("b", c.B), ContradictionTexts.check(c))
}

// Other is the excerpt at its other end; "" where it is not at one.
func (c Contradiction) Other(id ID) ID {
	switch id {
	case c.A:
		return c.B
	case c.B:
		return c.A
	}
	return ""
}

// Excerpt finds an excerpt.
func (o Outline) Excerpt(id ID) (Excerpt, bool) { return find[Excerpt](o, TableExcerpts, string(id)) }

// Excerpts gives all excerpts, ordered by path in bytes, page, and place on it.
func (o Outline) Excerpts() []Excerpt {
	return sorted(o, TableExcerpts, func(a, b Excerpt) int { return cmp.Or(comparePages(a.Page, b.Page), compareOnPage(a, b)) })
}

// ExcerptsBy gives all excerpts in the order of the case's documents and of their place on the page; those whose page is
// in none come last.
func (o Outline) ExcerptsBy(x *Index) []Excerpt {
	type placed struct {
		e       Excerpt
		doc, at int
	}
	list := make([]placed, 0, o.Count(TableExcerpts))
	for _, r := range o.in().rows[TableExcerpts] {
		p := placed{e: r.(Excerpt)}
		_, now := o.Locate(p.e.Page, x)
		var ok bool
		if p.doc, p.at, ok = o.PlaceOf(now, x); !ok {
			p.doc = len(o.Documents(x))
		}
		list = append(list, p)
	}
	slices.SortFunc(list, func(a, b placed) int {
		return cmp.Or(cmp.Compare(a.doc, b.doc), cmp.Compare(a.at, b.at), comparePages(a.e.Page, b.e.Page), compareOnPage(a.e, b.e))
	})
	excerpts := make([]Excerpt, len(list))
	for i, p := range list {
		excerpts[i] = p.e
	}
	return excerpts
}

func compareOnPage(a, b Excerpt) int {
	x, y := a.Area.Bounds(), b.Area.Bounds()
	return cmp.Or(cmp.Compare(x.Y0, y.Y0), cmp.Compare(x.X0, y.X0), cmp.Compare(a.ID, b.ID))
}

// ExcerptsOn gives the excerpts of a page as it is found now, in their order on it.
func (o Outline) ExcerptsOn(p PageID, x *Index) []Excerpt {
	var list []Excerpt
	for _, r := range o.in().rows[TableExcerpts] {
		e := r.(Excerpt)
		if e.Page.Index != p.Index {
			continue
		}
		if e.Page.Path != p.Path {
			if state, path := o.locate(e.Page.Path, x); state != PageMoved || path != p.Path {
				continue
			}
		}
		list = append(list, e)
	}
	slices.SortFunc(list, compareOnPage)
	return list
}

// SpeakerOf is who says it: the excerpt's own person, else the document's.
func (o Outline) SpeakerOf(e Excerpt, x *Index) ID {
	if e.Person != "" {
		return e.Person
	}
	_, now := o.Locate(e.Page, x)
	d, _ := o.DocumentOf(now, x)
	return d.Person
}

// Contradictions gives all contradictions, ordered by their excerpts' ids.
func (o Outline) Contradictions() []Contradiction {
	return sorted(o, TableContradictions, func(a, b Contradiction) int {
		return cmp.Or(cmp.Compare(a.A, b.A), cmp.Compare(a.B, b.B))
	})
}

// Contradiction finds what ties two excerpts, whichever is named first; where nothing does, it is what would.
func (o Outline) Contradiction(a, b ID) (Contradiction, bool) {
	c := Contradiction{A: min(a, b), B: max(a, b)}
	have, ok := find[Contradiction](o, TableContradictions, c.Key().ID)
	if ok {
		return have, true
	}
	return c, false
}

// AddExcerpt adds an excerpt; without an id it gets one.
func (o Outline) AddExcerpt(e Excerpt) Edit {
	if e.ID == "" {
		e.ID = NewID()
	}
	if _, there := o.Excerpt(e.ID); there {
		return Refused("excerpt", ErrThere)
	}
	return Edit{Label: "excerpt", Changes: []Change{{After: e}}}
}

// DeleteExcerpts deletes excerpts with the contradictions that tie them. Those that are not there are no fault.
func (o Outline) DeleteExcerpts(ids ...ID) Edit {
	e := Edit{Label: "delete"}
	gone := IDsOf(ids...)
	for _, c := range o.Contradictions() {
		if gone.Has(c.A) || gone.Has(c.B) {
			e.Changes = append(e.Changes, Change{Before: c})
		}
	}
	for _, id := range gone.List() {
		if r, ok := o.Excerpt(id); ok {
			e.Changes = append(e.Changes, Change{Before: r})
		}
	}
	return e
}

// Contradict ties two excerpts as contradicting each other, or takes that back where they are tied.
func (o Outline) Contradict(a, b ID) Edit {
	c, tied := o.Contradiction(a, b)
	switch {
	case a == b:
		return Refused("contradiction", ErrInvalid)
	case tied:
		return Edit{Label: "contradiction", Changes: []Change{{Before: c}}}
	}
	return Edit{Label: "contradiction", Changes: []Change{{After: c}}}
}
