package library

import (
	"cmp"
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Paragraph is a part of the closing speech (luận tội; in other cases than criminal ones the procuracy's opinion, phát biểu ý
// kiến), in order. Excerpts are cited in it: "[1]" in the text is the citation with the number 1, and stands as "(BL 45)" on
// paper. A citation whose text has no such mark stands at the paragraph's end.
type Paragraph struct {
	ID    ID        `json:"id"`
	Rank  string    `json:"rank,omitempty"`
	Text  string    `json:"text,omitempty"`
	Cites Citations `json:"cites,omitzero"`
}

// ParagraphTexts are its texts.
var ParagraphTexts = Texts[Paragraph]{{Name: "text", Of: func(p *Paragraph) *string { return &p.Text }, Long: true, Called: "lời luận tội"}}

// Key implements [Record].
func (p Paragraph) Key() Key { return Key{TableParagraphs, string(p.ID)} }

func (p Paragraph) check() error {
	list := p.Cites.List()
	if len(list) > MaxCitations {
		return bad("cites", "more than %d", MaxCitations)
	}
	for i, c := range list {
		if c.Number < 1 || c.Number > maxCitation || i > 0 && list[i-1].Number >= c.Number {
			return bad("cites", "%d is not above the number before it, up to %d", c.Number, maxCitation)
		}
		if err := checkID("cites", c.Excerpt); err != nil {
			return err
		}
	}
	return checks(checkID("id", p.ID), checkRank(p.Rank), ParagraphTexts.check(p))
}

// MaxCitations is how many excerpts a paragraph cites at most.
const MaxCitations = 100

// maxCitation is the highest number of a citation.
const maxCitation = 9999

// Citation is an excerpt that a paragraph cites. Its number is not given to another one while it is there: whoever changes
// the text and whoever changes the citations mean the same by it.
type Citation struct {
	Number  int `json:"number"` // from 1
	Excerpt ID  `json:"excerpt"`
}

// Citations are what a paragraph cites, in the order of their numbers: a value that never changes, and two are equal by ==
// when they have the same. The zero Citations has none.
type Citations struct{ joined string } // "1:ID 2:ID"

// CitationsOf are citations, in the order of their numbers.
func CitationsOf(list ...Citation) Citations {
	list = slices.Clone(list)
	slices.SortStableFunc(list, func(a, b Citation) int { return cmp.Compare(a.Number, b.Number) })
	parts := make([]string, len(list))
	for i, c := range list {
		parts[i] = strconv.Itoa(c.Number) + ":" + string(c.Excerpt)
	}
	return Citations{strings.Join(parts, " ")}
}

// IsZero tells whether it has none.
func (c Citations) IsZero() bool { return c.joined == "" }

// List is the citations in the order of their numbers. The slice is the caller's.
func (c Citations) List() []Citation {
	var list []Citation
	for part := range strings.FieldsSeq(c.joined) {
		number, id, _ := strings.Cut(part, ":")
		n, _ := strconv.Atoi(number)
		list = append(list, Citation{n, ID(id)})
	}
	return list
}

// MarshalJSON implements [json.Marshaler]: a list of [Citation].
func (c Citations) MarshalJSON() ([]byte, error) { return json.Marshal(c.List()) }

// UnmarshalJSON implements [json.Unmarshaler].
func (c *Citations) UnmarshalJSON(data []byte) error {
	var list []Citation
	if err := decodeStrict(data, &list); err != nil {
		return err
	}
	for _, cite := range list {
		if err := checkID("cites", cite.Excerpt); err != nil {
			return err
		}
	}
	*c = CitationsOf(list...)
	return nil
}

// citationMark is a citation in a text.
var citationMark = regexp.MustCompile(`\[(\d{1,4})\]`)

// CitedPart is a part of a paragraph: words, or citations that stand together.
type CitedPart struct {
	Words string
	Cites []CitedExcerpt
}

// CitedExcerpt is a citation as it stands in a text. It is lost where there is no such excerpt any more.
type CitedExcerpt struct {
	Number  int
	Excerpt Excerpt
	Lost    bool
}

// Cited takes a paragraph apart into its words and its citations, in the order in which they are read: a mark is a citation,
// also where nothing was ever cited by its number, which is then lost; a citation without a mark stands at the end.
func (o Outline) Cited(p Paragraph) []CitedPart {
	left := p.Cites.List()
	cited := func(number int) CitedExcerpt {
		c := CitedExcerpt{Number: number, Lost: true}
		for _, have := range p.Cites.List() {
			if have.Number == number {
				e, there := o.Excerpt(have.Excerpt)
				c.Excerpt, c.Lost = e, !there
			}
		}
		left = slices.DeleteFunc(left, func(have Citation) bool { return have.Number == number })
		return c
	}
	var parts []CitedPart
	cite := func(c CitedExcerpt) {
		if n := len(parts); n > 0 && len(parts[n-1].Cites) > 0 {
			parts[n-1].Cites = append(parts[n-1].Cites, c)
			return
		}
		parts = append(parts, CitedPart{Cites: []CitedExcerpt{c}})
	}
	at := 0
	for _, m := range citationMark.FindAllStringSubmatchIndex(p.Text, -1) {
		between := p.Text[at:m[0]]
		if together := len(parts) > 0 && strings.TrimSpace(between) == ""; between != "" && !together {
			parts = append(parts, CitedPart{Words: between})
		}
		number, _ := strconv.Atoi(p.Text[m[2]:m[3]])
		cite(cited(number))
		at = m[1]
	}
	if rest := p.Text[at:]; strings.TrimSpace(rest) != "" {
		parts = append(parts, CitedPart{Words: rest})
	}
	for _, c := range slices.Clone(left) {
		cite(cited(c.Number))
	}
	return parts
}

// LostCitations are the numbers of a paragraph's citations whose excerpts are not there any more, in the order of the text.
func (o Outline) LostCitations(p Paragraph) []int {
	var lost []int
	for _, part := range o.Cited(p) {
		for _, c := range part.Cites {
			if c.Lost && !slices.Contains(lost, c.Number) {
				lost = append(lost, c.Number)
			}
		}
	}
	return lost
}

// Paragraph finds a paragraph of the closing speech.
func (o Outline) Paragraph(id ID) (Paragraph, bool) {
	return find[Paragraph](o, TableParagraphs, string(id))
}

// Paragraphs gives the closing speech in order.
func (o Outline) Paragraphs() []Paragraph { return listOf[Paragraph](o, TableParagraphs, "") }

// AddParagraph adds a paragraph; without an id it gets one.
func (o Outline) AddParagraph(p Paragraph, at Place) Edit {
	if p.ID == "" {
		p.ID = NewID()
	}
	return o.add("paragraph", TableParagraphs, []Record{p}, at)
}

// DeleteParagraphs deletes paragraphs. Those that are not there are no fault.
func (o Outline) DeleteParagraphs(ids ...ID) Edit {
	e := Edit{Label: "delete"}
	for _, id := range IDsOf(ids...).List() {
		if p, ok := o.Paragraph(id); ok {
			e.Changes = append(e.Changes, Change{Before: p})
		}
	}
	return e
}

// Citing is a paragraph that cites an excerpt besides, its mark at the end of the last sentence. It is the same where it cites so many
// already, or has no room.
func (p Paragraph) Citing(excerpt ID) Paragraph {
	list := p.Cites.List()
	next := 1
	for _, c := range list {
		next = max(next, c.Number+1)
	}
	for _, m := range citationMark.FindAllStringSubmatch(p.Text, -1) { // a number that is lost stays lost
		n, _ := strconv.Atoi(m[1])
		next = max(next, n+1)
	}
	text := strings.TrimRight(p.Text, ".;:,!?… \n")
	end := p.Text[len(text):]
	mark := "[" + strconv.Itoa(next) + "]"
	if text != "" && !strings.HasSuffix(text, "]") {
		mark = " " + mark
	}
	if len(list) >= MaxCitations || next > maxCitation || len(p.Text)+len(mark) > MaxText {
		return p
	}
	p.Text = text + mark + end
	p.Cites = CitationsOf(append(list, Citation{next, excerpt})...)
	return p
}

// Uncited is a paragraph without the citation of a number, and without its marks.
func (p Paragraph) Uncited(number int) Paragraph {
	p.Cites = CitationsOf(slices.DeleteFunc(p.Cites.List(), func(c Citation) bool { return c.Number == number })...)
	mark := "[" + strconv.Itoa(number) + "]"
	p.Text = strings.ReplaceAll(strings.ReplaceAll(p.Text, " "+mark, ""), mark, "")
	return p
}

// ClosingDraft is the edit that drafts the closing speech of what is proved: a paragraph for each matter that has evidence,
// with what accuses and what clears, each cited, behind the paragraphs that are there. Words below a redaction are not
// repeated. It is zero where nothing is proved.
func (o Outline) ClosingDraft(x *Index) Edit {
	e := Edit{Label: "paragraph"}
	next := o
	pages := o.PagesNow(x)
	say := func(p Paragraph, opening string, list []Excerpt) Paragraph {
		for i, excerpt := range list {
			before := p
			if i == 0 {
				p.Text += opening
			} else {
				p.Text += ";"
			}
			_, now := o.Locate(excerpt.Page, x)
			person, _ := o.Person(o.SpeakerOf(excerpt, x))
			words := strings.TrimRight(strings.Join(strings.Fields(excerpt.Text), " "), ".;:, ") // the sentence goes on, or ends behind the citation
			switch {
			case excerpt.HiddenBy(pages.Shown(now)) || words == "":
			case excerpt.Verbatim() && person.Name != "":
				p.Text += " " + person.Name + " khai: “" + words + "”"
			case excerpt.Verbatim():
				p.Text += " “" + words + "”"
			case person.Name != "":
				p.Text += " " + person.Name + ": " + words
			default:
				p.Text += " " + words
			}
			if cited := p.Citing(excerpt.ID); cited.Cites != p.Cites && len(cited.Text) < MaxText {
				p = cited
				continue
			}
			return before // the rest finds no room: it is still in the system of evidence
		}
		if len(list) > 0 {
			p.Text += "."
		}
		return p
	}
	for _, proof := range o.Evidence(x) {
		p := Paragraph{ID: NewID(), Text: cutLine(proof.Matter.Title, MaxTitle) + "."}
		p = say(p, " Chứng cứ buộc tội:", proof.Accusing)
		p = say(p, " Chứng cứ gỡ tội:", proof.Clearing)
		p = say(p, " Chứng cứ khác:", proof.Neither)
		if p.Cites.IsZero() {
			continue
		}
		add := next.AddParagraph(p, Place{})
		var err error
		if next, err = next.Apply(add); err != nil {
			e.fault = err
			return e
		}
		e.Changes = append(e.Changes, add.Changes...)
	}
	return e
}

// ClosingSteps makes steps of the closing speech: of each paragraph one for each excerpt that it cites, the first with the
// paragraph to say, the others with the request to show theirs. left is how many paragraphs cite nothing and make none. said
// is a paragraph as it is to be said.
func (o Outline) ClosingSteps(x *Index, page func(PageID) float64, box float64, said func(Paragraph) string) (steps []Step, left int) {
	for _, p := range o.Paragraphs() {
		first := true
		for _, part := range o.Cited(p) {
			for _, c := range part.Cites {
				if c.Lost {
					continue
				}
				s := o.StepOf(c.Excerpt, x, page(c.Excerpt.Page), box, false)
				if first {
					s.Say, _ = cutText(said(p), MaxText)
				}
				steps, first = append(steps, s), false
			}
		}
		if first {
			left++
		}
	}
	return steps, left
}

// lostCitation stands on paper where an excerpt is cited that is not there any more.
const lostCitation = "(⚠ trích dẫn không còn)"

// CitedText is a paragraph as it is read: "(BL 45, 46)" where excerpts are cited. It is in Vietnamese, as all that is said in
// court.
func (o Outline) CitedText(p Paragraph, x *Index) string {
	var b strings.Builder
	for _, part := range o.Cited(p) {
		if part.Words != "" {
			b.WriteString(part.Words)
			continue
		}
		if text := b.String(); text != "" && !strings.HasSuffix(text, " ") && !strings.HasSuffix(text, "\n") {
			b.WriteString(" ")
		}
		b.WriteString(o.citation(part.Cites, x))
	}
	return b.String()
}

// citation is excerpts that are cited together: "(BL 45, 46; Bản ảnh hiện trường)". Those that are lost are told behind.
func (o Outline) citation(cites []CitedExcerpt, x *Index) string {
	var folios, others []string
	lost := false
	add := func(list []string, name string) []string {
		if slices.Contains(list, name) {
			return list
		}
		return append(list, name)
	}
	for _, c := range cites {
		if c.Lost {
			lost = true
			continue
		}
		_, now := o.Locate(c.Excerpt.Page, x)
		folio := o.FolioOf(now, x).String()
		if folio != "" && c.Excerpt.To == 0 {
			folios = add(folios, folio)
			continue
		}
		d, _ := o.DocumentOf(now, x)
		name := cmp.Or(d.Title, ReadablePath(now.Path))
		if c.Excerpt.To > 0 {
			name += " " + Span{From: now.Index, To: c.Excerpt.To}.Words()
		}
		others = add(others, name)
	}
	var parts []string
	if len(folios) > 0 {
		parts = append(parts, "BL "+strings.Join(folios, ", "))
	}
	text := ""
	if parts = append(parts, others...); len(parts) > 0 {
		text = "(" + strings.Join(parts, "; ") + ")"
	}
	if lost {
		text = strings.TrimSpace(text + " " + lostCitation)
	}
	return text
}
