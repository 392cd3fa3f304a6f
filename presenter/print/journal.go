package print

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"butluc/library"
)

// Record is the list of what the court saw, to be checked against the court's minutes.
type Record struct {
	Outline library.Outline // for the head
	Columns []RecordColumn
	Rows    []RecordRow
	Answers []RecordAnswer // what was noted of what people said
	Played  []string       // the recordings that were played, a line each: which file, how much of it, its SHA-256
	Count   int            // of the journal's lines
	Hash    string         // of the last one
	Fault   string         // what is wrong with the journal, "" where it is whole
	Now     time.Time      // of printing
}

// RecordColumn is a column of the list.
type RecordColumn struct {
	Head   string
	Share  float64 // of the width, beside the others'
	Centre bool
}

// RecordRow is a line of the list.
type RecordRow struct {
	Day   string   // where it differs from the row before; it stands over the first cell
	Cells []string // one a column
}

// Write prints the list as PDF.
func (r Record) Write(w io.Writer) error {
	m := Job{Kind: List, Format: PDF, Outline: r.Outline, Now: r.Now}.resolve()
	foot := m.footer()
	foot.right = fmt.Sprintf("Nhật ký: %d dòng, mã %.16s", r.Count, r.Hash)
	s := newPDF(foot)
	m.heads(s)
	s.para(para{spans: strong("NHẬT KÝ TRÌNH CHIẾU"), size: 14, align: centre, before: 10})
	s.para(para{spans: strong("TÀI LIỆU, CHỨNG CỨ TẠI PHIÊN TÒA"), size: 14, align: centre})
	c := r.Outline.Cover()
	for _, f := range [][2]string{{"Vụ án: ", c.CaseTitle}, {"Phiên tòa: ", c.Hearing}} {
		if f[1] != "" {
			s.para(para{spans: text(f[0] + f[1]), size: bodySize, align: centre, before: 1})
		}
	}
	var t table
	whole := 0.0
	for _, c := range r.Columns {
		whole += c.Share
	}
	for _, c := range r.Columns {
		t.head, t.widths, t.centre = append(t.head, c.Head), append(t.widths, c.Share/whole), append(t.centre, c.Centre)
	}
	for _, row := range r.Rows {
		cells := slices.Clone(row.Cells)
		if row.Day != "" && len(cells) > 0 {
			cells[0] = row.Day + "\n" + cells[0]
		}
		t.addLong(cells...)
	}
	s.table(t)
	if len(r.Answers) > 0 {
		answers(s, r.Answers)
	}
	playedList(s, r.Played)
	journalHead(s, r.Count, r.Hash, r.Fault)
	return s.finish(w)
}

// mostInCell is how many letters a cell of a row has at most: a page holds so many in a narrow column.
const mostInCell = 400

// cutCell is the beginning of a cell, up to a word's end where there is one, and what is left.
func cutCell(s string) (now, rest string) {
	letters := []rune(s)
	if len(letters) <= mostInCell {
		return s, ""
	}
	now = string(letters[:mostInCell])
	if i := strings.LastIndexByte(now, ' '); i > 0 {
		now = now[:i]
	}
	return now, strings.TrimSpace(s[len(now):])
}

func filled(cells []string) bool {
	return slices.ContainsFunc(cells, func(c string) bool { return c != "" })
}
