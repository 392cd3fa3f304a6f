package print

import (
	"fmt"
	"io"
	"time"

	"butluc/library"
)

// Paper is an official paper of paragraphs and tables, with the heads of offices and a signature: a periodic report.
type Paper struct {
	Format                  Format // PDF or DOCX
	Superior, Office, Place string // for the head
	Now                     time.Time
	Title                   string   // of the kind of paper: "BÁO CÁO"
	About                   []string // what it is about, a line each
	Parts                   []Part
	To                      []string // who gets it, beside the signature
	Signs, Signer           string   // as what, and who
	Foot                    string   // at the foot of each page
}

// Part is a part of a paper. What of it is empty is left out.
type Part struct {
	Heading string
	Text    []string // paragraphs
	Table   Table
	Notes   []string // small paragraphs, after the table
}

// Table is a table in a paper.
type Table struct {
	Columns []TableColumn
	Rows    [][]string // a cell for each column
	Sum     bool       // the last row is the sum of the others
}

// TableColumn is a column of a table.
type TableColumn struct {
	Head   string
	Share  float64 // of the width, beside the others'
	Centre bool
}

// Write prints the paper.
func (p Paper) Write(w io.Writer) error {
	var s sheet
	foot := footer{left: clean(p.Foot)}
	switch p.Format {
	case PDF:
		s = newPDF(foot)
	case DOCX:
		s = newDOCX(w, foot)
	default:
		return fmt.Errorf("print paper: %w", ErrFormat)
	}
	heads(s, library.Cover{Superior: p.Superior, Office: p.Office, Place: p.Place}, p.Now)
	s.para(para{spans: strong(p.Title), size: 14, align: centre, before: 8})
	for _, line := range p.About {
		s.para(para{spans: strong(line), size: 14, align: centre})
	}
	for _, part := range p.Parts {
		part.set(s)
	}
	to := []para{{spans: strong("Nơi nhận:"), size: smallSize, before: 8}}
	for _, line := range p.To {
		to = append(to, para{spans: text("- " + line), size: 11})
	}
	if len(p.To) == 0 {
		to = nil
	}
	s.columns(0.5, to, []para{
		{spans: strong(p.Signs), size: bodySize, align: centre, before: 8},
		{spans: emphasised("(Ký, ghi rõ họ tên, đóng dấu)"), size: smallSize, align: centre},
		{spans: strong(p.Signer), size: bodySize, align: centre, before: 24},
	})
	if err := s.finish(w); err != nil {
		return fmt.Errorf("print paper: %w", err)
	}
	return nil
}

func (part Part) set(s sheet) {
	if part.Heading != "" {
		s.para(para{spans: strong(part.Heading), size: bodySize, before: 5, keep: true})
	}
	for _, line := range part.Text {
		s.para(para{spans: text(line), size: bodySize, before: 2})
	}
	if len(part.Table.Rows) > 0 {
		s.table(part.Table.set())
	}
	for _, line := range part.Notes {
		s.para(para{spans: emphasised(line), size: 11, before: 1})
	}
}

func (t Table) set() table {
	var set table
	whole := 0.0
	for _, c := range t.Columns {
		whole += c.Share
	}
	for _, c := range t.Columns {
		set.head, set.widths, set.centre = append(set.head, c.Head), append(set.widths, c.Share/whole), append(set.centre, c.Centre)
	}
	set.rows, set.sum = t.Rows, t.Sum
	return set
}
