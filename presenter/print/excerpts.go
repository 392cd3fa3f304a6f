package print

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"butluc/library"
)

// StudyKind is what the paper of a study has.
type StudyKind string

// The papers of a study.
const (
	StudyTable    StudyKind = "table"    // the excerpts by document (bản trích cứu hồ sơ)
	StudyEvidence StudyKind = "evidence" // the matters to be proved with what proves them (bảng hệ thống chứng cứ)
	StudyTimeline StudyKind = "timeline" // what happened when (bảng dòng thời gian)
)

// studyTitles stand over the papers.
var studyTitles = map[StudyKind]string{
	StudyTable: "BẢN TRÍCH CỨU HỒ SƠ", StudyEvidence: "BẢNG HỆ THỐNG CHỨNG CỨ", StudyTimeline: "BẢNG DÒNG THỜI GIAN",
}

// Excerpts is the paper of a study. Private notes are not on it, nor what an excerpt says that a redaction lies on.
type Excerpts struct {
	Outline  library.Outline
	Exhibits []library.Exhibit
	Now      time.Time // on its first page
	Kind     StudyKind
}

// ExcerptSection is a table with what stands over it.
type ExcerptSection struct {
	Title string
	Note  string // "" for none
	Head  []string
	Rows  [][]string

	widths []float64
}

// sideWords are what a side is called on paper.
var sideWords = map[library.Side]string{library.SideAccuses: "Buộc tội", library.SideClears: "Gỡ tội", library.SideNone: "Trung tính"}

// gapWords are what is wanting, on paper.
var gapWords = map[library.Gap]string{
	library.GapNoEvidence: "chưa có chứng cứ", library.GapOneSource: "chỉ một nguồn buộc tội", library.GapUncontradicted: "có lời gỡ tội chưa bị bác",
}

// Sections are its tables, in Vietnamese as all paper.
func (p Excerpts) Sections() []ExcerptSection {
	x := library.NewIndex(p.Exhibits)
	switch p.Kind {
	case StudyEvidence:
		return p.evidence(x)
	case StudyTimeline:
		return p.timeline(x)
	case StudyTable:
	}
	titles := map[library.ID]string{}
	for _, n := range p.Outline.MatterTree() {
		titles[n.Matter.ID] = n.Number + ". " + n.Matter.Title
	}
	var list []ExcerptSection
	for _, e := range p.Outline.ExcerptsBy(x) {
		_, now := p.Outline.Locate(e.Page, x)
		d, _ := p.Outline.DocumentOf(now, x)
		title := d.Title
		if title == "" {
			title = library.ReadableName(now.Path)
		}
		if d.Date != "" && !strings.Contains(title, d.Date) {
			title += " ngày " + d.Date
		}
		if n := len(list); n == 0 || list[n-1].Title != title {
			list = append(list, ExcerptSection{
				Title: title, Head: []string{"BL", "Người khai", "Nội dung trích", "Hướng", "Vấn đề chứng minh"}, widths: []float64{0.09, 0.16, 0.42, 0.11, 0.22},
			})
		}
		var matters []string
		for _, id := range e.Matters.List() {
			matters = append(matters, titles[id])
		}
		slices.Sort(matters)
		s := &list[len(list)-1]
		s.Rows = append(s.Rows, []string{p.folio(now, x), p.speaker(e, x), p.words(e, now, x), sideWords[e.Side], strings.Join(matters, "; ")})
	}
	return list
}

func (p Excerpts) evidence(x *library.Index) []ExcerptSection {
	var list []ExcerptSection
	cite := func(e library.Excerpt) string {
		_, now := p.Outline.Locate(e.Page, x)
		text := p.words(e, now, x)
		var from []string
		for _, part := range []string{p.speaker(e, x), p.folio(now, x)} {
			if part != "" {
				from = append(from, part)
			}
		}
		if len(from) > 0 {
			text += " (" + strings.Join(from, ", ") + ")"
		}
		return text
	}
	for _, proof := range p.Outline.Evidence(x) {
		var gaps []string
		for _, g := range proof.Gaps {
			gaps = append(gaps, gapWords[g])
		}
		s := ExcerptSection{
			Title: proof.Number + ". " + proof.Matter.Title, Note: strings.Join(gaps, "; "),
			Head: []string{fmt.Sprintf("Buộc tội (%d)", len(proof.Accusing)), fmt.Sprintf("Gỡ tội (%d)", len(proof.Clearing))}, widths: []float64{0.5, 0.5},
		}
		for i := range max(len(proof.Accusing), len(proof.Clearing)) {
			row := []string{"", ""}
			if i < len(proof.Accusing) {
				row[0] = cite(proof.Accusing[i])
			}
			if i < len(proof.Clearing) {
				row[1] = cite(proof.Clearing[i])
			}
			s.Rows = append(s.Rows, row)
		}
		for _, e := range proof.Neither {
			s.Rows = append(s.Rows, []string{"Trung tính: " + cite(e), ""})
		}
		list = append(list, s)
	}
	against := ExcerptSection{Title: "Mâu thuẫn", Head: []string{"Lời thứ nhất", "Lời thứ hai", "Mâu thuẫn ở"}, widths: []float64{0.38, 0.38, 0.24}}
	for _, c := range p.Outline.Contradictions() {
		a, _ := p.Outline.Excerpt(c.A)
		b, _ := p.Outline.Excerpt(c.B)
		against.Rows = append(against.Rows, []string{cite(a), cite(b), c.Text})
	}
	if len(against.Rows) > 0 {
		list = append(list, against)
	}
	return list
}

// timeline is a table of what is dated, and one of the hours without a day.
func (p Excerpts) timeline(x *library.Index) []ExcerptSection {
	var list []ExcerptSection
	t := p.Outline.Timeline(x)
	if t.Untimed > 0 {
		list = append(list, ExcerptSection{Title: "Chưa có trong bảng", Note: fmt.Sprintf("%d trích cứu có thời gian không đọc được.", t.Untimed)})
	}
	for _, e := range t.Events {
		title := "Theo ngày giờ"
		if !e.Moment.Dated {
			title = "Chỉ có giờ, không rõ ngày"
		}
		if n := len(list); n == 0 || list[n-1].Title != title {
			list = append(list, ExcerptSection{
				Title: title, Head: []string{"Thời gian", "Theo ai", "Việc", "BL", "Khác với"}, widths: []float64{0.16, 0.17, 0.37, 0.1, 0.2},
			})
		}
		who, what := p.speaker(e.Excerpt, x), p.words(e.Excerpt, e.Page, x)
		if t.Lanes[e.Lane].Recordings {
			d, _ := p.Outline.DocumentOf(e.Page, x)
			who, what = "Bản ghi", d.Title
			if !e.Until.IsZero() {
				what += " (đến " + e.Until.Format("15:04:05") + ")"
			}
		}
		if e.Excerpt.Where != "" && !p.hidden(e.Excerpt, e.Page, x) {
			what += " · " + e.Excerpt.Where
		}
		var against []string
		for _, id := range e.Against {
			other, _ := p.Outline.Excerpt(id)
			_, at := p.Outline.Locate(other.Page, x)
			against = append(against, strings.Trim(p.speaker(other, x)+", "+p.folio(at, x), ", "))
		}
		s := &list[len(list)-1]
		s.Rows = append(s.Rows, []string{e.Moment.String(), who, what, p.folio(e.Page, x), strings.Join(against, "; ")})
	}
	return list
}

func (p Excerpts) hidden(e library.Excerpt, now library.PageID, x *library.Index) bool {
	return e.HiddenBy(p.Outline.PagesNow(x).Shown(now))
}

func (p Excerpts) folio(page library.PageID, x *library.Index) string {
	if f := p.Outline.FolioOf(page, x); !f.IsZero() {
		return "BL " + f.String()
	}
	return ""
}

func (p Excerpts) speaker(e library.Excerpt, x *library.Index) string {
	person, _ := p.Outline.Person(p.Outline.SpeakerOf(e, x))
	return person.Name
}

// words are what an excerpt says: in quotation marks where they are the page's own, and not where a redaction lies on them.
func (p Excerpts) words(e library.Excerpt, now library.PageID, x *library.Index) string {
	switch {
	case p.hidden(e, now, x):
		return "(đoạn đã che)"
	case e.Verbatim():
		return "“" + strings.Join(strings.Fields(e.Text), " ") + "”"
	}
	return e.Text
}

// Write prints it as [PDF] or [DOCX].
func (p Excerpts) Write(w io.Writer, format Format) error {
	s, err := titled(w, format, p.Outline.Cover(), studyTitles[p.Kind], p.Now)
	if err != nil {
		return fmt.Errorf("print excerpts: %w", err)
	}
	for _, section := range p.Sections() {
		s.para(para{spans: strong(section.Title), size: bodySize, before: 5, keep: true, level: 1})
		if section.Note != "" {
			s.para(para{spans: emphasised(section.Note), size: smallSize, before: 1, keep: len(section.Rows) > 0})
		}
		if len(section.Rows) > 0 {
			s.table(table{head: section.Head, widths: section.widths, centre: make([]bool, len(section.Head)), rows: section.Rows})
		}
	}
	if err := s.finish(w); err != nil {
		return fmt.Errorf("print excerpts: %w", err)
	}
	return nil
}

// titled is a paper with the office's heads, its title and the case's, to which the rest is added; now is the day on it, zero for
// today. It fails with [ErrFormat] where it is neither PDF nor DOCX.
func titled(w io.Writer, format Format, c library.Cover, title string, now time.Time) (s sheet, err error) {
	if now.IsZero() {
		now = time.Now()
	}
	foot := footer{left: clean(c.CaseTitle)}
	switch format {
	case PDF:
		s = newPDFOn(newStream(w, about{title + ": " + c.CaseTitle, now}), foot)
	case DOCX:
		s = newDOCX(w, foot)
	default:
		return nil, ErrFormat
	}
	heads(s, c, now)
	s.para(para{spans: strong(title), size: 14, align: centre, before: 10})
	if c.CaseTitle != "" {
		s.para(para{spans: text("Vụ án: " + c.CaseTitle), size: bodySize, align: centre, before: 1})
	}
	return s, nil
}
