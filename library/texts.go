package library

import "strings"

// TextField is a text of a record of one table: all that is to be told of it. A step or a scenario gets another one by a
// field of its type and a row here: it is then read, checked and searched, stands in the form beside the outline with the
// label "details." + Name, and on paper.
type TextField[R Record] struct {
	Name    string           // in files
	Of      func(*R) *string // the field
	Long    bool             // it has lines, and up to [MaxText] bytes; else it is one line of up to [MaxTitle]
	Form    bool             // it has a line in the form
	Private bool             // on paper only with the notes
	Paper   string           // what stands before it on paper, in Vietnamese as all paper; "": it is printed in a way of its own, or not
	Called  string           // what it is called on paper where it was changed
}

// Texts are the texts of the records of one table.
type Texts[R Record] []TextField[R]

// The texts of each table, in the order in which they are in forms and on paper.
var (
	CoverTexts = Texts[Cover]{
		{Name: "caseTitle", Of: func(c *Cover) *string { return &c.CaseTitle }, Form: true, Called: "tên vụ án"},
		{Name: "caseNumber", Of: func(c *Cover) *string { return &c.CaseNumber }, Form: true, Called: "số"},
		{Name: "superior", Of: func(c *Cover) *string { return &c.Superior }, Form: true, Called: "cơ quan cấp trên"},
		{Name: "office", Of: func(c *Cover) *string { return &c.Office }, Form: true, Called: "cơ quan"},
		{Name: "prosecutor", Of: func(c *Cover) *string { return &c.Prosecutor }, Form: true, Called: "Kiểm sát viên"},
		{Name: "approver", Of: func(c *Cover) *string { return &c.Approver }, Form: true, Called: "người duyệt"},
		{Name: "court", Of: func(c *Cover) *string { return &c.Court }, Form: true, Called: "Tòa án"},
		{Name: "hearing", Of: func(c *Cover) *string { return &c.Hearing }, Form: true, Called: "phiên tòa"},
		{Name: "place", Of: func(c *Cover) *string { return &c.Place }, Form: true, Called: "địa danh"},
		{Name: "notes", Of: func(c *Cover) *string { return &c.Notes }, Long: true, Called: "ghi chú"},
	}
	PersonTexts = Texts[Person]{
		{Name: "name", Of: func(p *Person) *string { return &p.Name }, Called: "tên"},
		{Name: "notes", Of: func(p *Person) *string { return &p.Notes }, Long: true, Called: "ghi chú"},
	}
	PhaseTexts    = Texts[Phase]{{Name: "title", Of: func(p *Phase) *string { return &p.Title }, Called: "tên"}}
	ScenarioTexts = Texts[Scenario]{
		{Name: "title", Of: func(s *Scenario) *string { return &s.Title }, Called: "tên"},
		{Name: "trigger", Of: func(s *Scenario) *string { return &s.Trigger }, Form: true, Called: "điều kiện"},
		{Name: "notes", Of: func(s *Scenario) *string { return &s.Notes }, Long: true, Form: true, Private: true, Paper: "Ghi chú:", Called: "ghi chú"},
	}
	StepTexts = Texts[Step]{
		{Name: "title", Of: func(s *Step) *string { return &s.Title }, Form: true, Called: "tên"},
		{Name: "say", Of: func(s *Step) *string { return &s.Say }, Long: true, Called: "câu hỏi, lời nói"},
		{Name: "ground", Of: func(s *Step) *string { return &s.Ground }, Form: true, Paper: "Căn cứ:", Called: "căn cứ pháp lý"},
		{Name: "notes", Of: func(s *Step) *string { return &s.Notes }, Long: true, Form: true, Private: true, Paper: "Ghi chú:", Called: "ghi chú"},
	}
	HeadingTexts = Texts[Heading]{
		{Name: "title", Of: func(h *Heading) *string { return &h.Title }, Called: "tên"},
		{Name: "date", Of: func(h *Heading) *string { return &h.Date }, Called: "ngày"},
	}
	JoinTexts     = Texts[Join]{{Name: "title", Of: func(j *Join) *string { return &j.Title }, Called: "tên"}}
	BindingTexts  = Texts[Binding]{{Name: "volume", Of: func(b *Binding) *string { return &b.Volume }, Called: "tập"}}
	PageNoteTexts = Texts[PageNote]{{Name: "text", Of: func(n *PageNote) *string { return &n.Text }, Long: true}}
	PassageTexts  = Texts[Passage]{{Name: "title", Of: func(p *Passage) *string { return &p.Title }, Called: "tên"}}
)

// check tells what of the texts of a record can't be.
func (ts Texts[R]) check(r R) error {
	for _, f := range ts {
		limit := MaxTitle
		if f.Long {
			limit = MaxText
		}
		if err := checkText(f.Name, *f.Of(&r), limit); err != nil {
			return err
		}
	}
	return nil
}

// legible is a record with its texts as they may be seen; see [legible].
func (ts Texts[R]) legible(r R) R {
	for _, f := range ts {
		text := f.Of(&r)
		if f.Long {
			*text = legibleText(*text)
		} else {
			*text = legibleLine(*text)
		}
	}
	return r
}

// size is how many bytes the texts of a record have.
func (ts Texts[R]) size(r R) (n int) {
	for _, f := range ts {
		n += len(*f.Of(&r))
	}
	return n
}

// Words are all texts of a record, a line each, to be searched.
func (ts Texts[R]) Words(r R) string {
	words := make([]string, len(ts))
	for i, f := range ts {
		words[i] = *f.Of(&r)
	}
	return strings.Join(words, "\n")
}

// goNames adds what the texts are called on paper, by the names of their fields in Go, as [Difference] has them.
func (ts Texts[R]) goNames(names map[string]string) {
	for _, f := range ts {
		names[strings.ToUpper(f.Name[:1])+f.Name[1:]] = f.Called
	}
}

// TextNames are what the texts of all tables are called on paper, by the names of their fields in Go, as [Difference] has
// them.
func TextNames() map[string]string {
	names := map[string]string{}
	for _, add := range []func(map[string]string){
		CoverTexts.goNames, PersonTexts.goNames, PhaseTexts.goNames, ScenarioTexts.goNames, StepTexts.goNames, HeadingTexts.goNames,
		JoinTexts.goNames, BindingTexts.goNames, PassageTexts.goNames, StatedHashTexts.goNames, CueTexts.goNames, ParagraphTexts.goNames,
	} {
		add(names)
	}
	return names
}
