package print

import (
	"fmt"
	"io"
	"strings"
	"time"

	"butluc/library"
)

// Closing is the closing speech on paper (bản luận tội), with the folios of what it cites.
type Closing struct {
	Outline  library.Outline
	Exhibits []library.Exhibit
	Now      time.Time // on its first page
}

// closingTitle is what the speech is called: the prosecution's in a criminal case (Criminal Procedure Code, Art. 321), else the
// procuracy's opinion (Civil Procedure Code, Art. 262).
func closingTitle(kind library.CaseKind) string {
	if kind == library.CaseCriminal {
		return "BẢN LUẬN TỘI"
	}
	return "BẢN PHÁT BIỂU Ý KIẾN CỦA VIỆN KIỂM SÁT"
}

// Lost is how many of its citations have no excerpt any more. They are marked on it.
func (p Closing) Lost() (n int) {
	for _, paragraph := range p.Outline.Paragraphs() {
		n += len(p.Outline.LostCitations(paragraph))
	}
	return n
}

// Write prints it as [PDF] or [DOCX].
func (p Closing) Write(w io.Writer, format Format) error {
	c := p.Outline.Cover()
	s, err := titled(w, format, c, closingTitle(c.Kind), p.Now)
	if err != nil {
		return fmt.Errorf("print closing: %w", err)
	}
	x := library.NewIndex(p.Exhibits)
	for _, paragraph := range p.Outline.Paragraphs() {
		for i, line := range strings.Split(p.Outline.CitedText(paragraph, x), "\n") {
			line = strings.ReplaceAll(line, "BL ", "BL\u00a0") // on one line
			s.para(para{spans: text(line), size: bodySize, before: map[bool]float64{true: 3, false: 1}[i == 0]})
		}
	}
	if c.Prosecutor != "" {
		s.para(para{spans: strong("KIỂM SÁT VIÊN"), size: bodySize, align: right, before: 10, keep: true})
		s.para(para{spans: text(c.Prosecutor), size: bodySize, align: right, before: 16})
	}
	if err := s.finish(w); err != nil {
		return fmt.Errorf("print closing: %w", err)
	}
	return nil
}
