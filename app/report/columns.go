package report

import (
	"strconv"
	"time"

	"butluc/app/i18n"
	"butluc/library/journal"
	"butluc/presenter/print"
)

// Column is one of the list's columns: all that is to be told of it, wherever the list is seen.
type Column struct {
	Name string // its heading has the text of "journal-column." + Name

	// List is what stands in it for people, in a terminal, on screen and on paper, in a row that stands under a day; nil:
	// it is in tables alone.
	List   func(in i18n.Catalogue, s journal.Span, day string) string
	Screen float32 // its share of the screen's width; 0: behind the column before it, in the same cell
	Paper  float64 // its share of the paper's
	Centre bool    // on paper

	// Table is what stands in it in a table for spreadsheets; nil: it is in lists alone.
	Table func(in i18n.Catalogue, s journal.Span) string
}

// Columns are the columns of a list, in their order.
type Columns []Column

// Standard are the columns of the journal's list.
func Standard() Columns {
	return Columns{
		{Name: "line", Table: func(_ i18n.Catalogue, s journal.Span) string { return strconv.Itoa(s.N) }},
		{
			Name: "from", Screen: 0.2, Paper: 0.15, Centre: true,
			List:  func(_ i18n.Catalogue, s journal.Span, _ string) string { return s.At.Format(time.TimeOnly) },
			Table: func(_ i18n.Catalogue, s journal.Span) string { return s.At.Format(time.DateTime) },
		},
		{
			Name: "to", Paper: 0.12, Centre: true,
			List: func(in i18n.Catalogue, s journal.Span, day string) string {
				switch {
				case s.To.IsZero():
					return ""
				case in.Date(s.To) != day:
					return s.To.Format(time.TimeOnly) + " " + in.Date(s.To)
				}
				return s.To.Format(time.TimeOnly)
			},
			Table: func(_ i18n.Catalogue, s journal.Span) string {
				if s.To.IsZero() {
					return ""
				}
				return s.To.Format(time.DateTime)
			},
		},
		{
			Name: "folio", Screen: 0.12, Paper: 0.13, Centre: true,
			List:  func(_ i18n.Catalogue, s journal.Span, _ string) string { return s.Folios() },
			Table: func(_ i18n.Catalogue, s journal.Span) string { return s.Folios() },
		},
		{
			Name: "what", Screen: 0.4, Paper: 0.33,
			List: func(in i18n.Catalogue, s journal.Span, _ string) string { return What(in, s) }, Table: What,
		},
		{
			Name: "where", Screen: 0.28, Paper: 0.27,
			List: func(_ i18n.Catalogue, s journal.Span, _ string) string { return s.Where() },
		},
		{Name: "phase", Table: func(_ i18n.Catalogue, s journal.Span) string {
			if s.Shown == nil {
				return ""
			}
			return s.Shown.Phase
		}},
		{Name: "scenario", Table: func(_ i18n.Catalogue, s journal.Span) string {
			if s.Shown == nil {
				return ""
			}
			return s.Shown.Scenario
		}},
		{Name: "step", Table: func(_ i18n.Catalogue, s journal.Span) string {
			switch {
			case s.Shown != nil:
				return s.Shown.Number
			case s.Note != nil:
				return s.Note.Number
			case s.Consent != nil:
				return s.Consent.Number
			}
			return ""
		}},
	}
}

// columns are those of the record, or the standard ones.
func (r Record) columns() Columns {
	if r.Columns == nil {
		return Standard()
	}
	return r.Columns
}

// Listed are the columns that people read, in the order of the cells of [Record.Rows].
func (r Record) Listed() Columns {
	var listed Columns
	for _, c := range r.columns() {
		if c.List != nil {
			listed = append(listed, c)
		}
	}
	return listed
}

// Rows are the journal as a list for people.
func (r Record) Rows(in i18n.Catalogue) []print.RecordRow {
	var rows []print.RecordRow
	listed, day := r.Listed(), ""
	for _, s := range r.Spans {
		row := print.RecordRow{Cells: make([]string, len(listed))}
		if d := in.Date(s.At); d != day {
			row.Day, day = d, d
		}
		for i, c := range listed {
			row.Cells[i] = c.List(in, s, day)
		}
		rows = append(rows, row)
	}
	return rows
}

// paper are the columns of the list on paper.
func (r Record) paper(in i18n.Catalogue) []print.RecordColumn {
	var columns []print.RecordColumn
	for _, c := range r.Listed() {
		columns = append(columns, print.RecordColumn{Head: in.T("journal-column." + c.Name), Share: c.Paper, Centre: c.Centre})
	}
	return columns
}

// table is the list for spreadsheets, its heading first.
func (r Record) table(in i18n.Catalogue) [][]string {
	rows := make([][]string, 1+len(r.Spans))
	for _, c := range r.columns() {
		if c.Table == nil {
			continue
		}
		rows[0] = append(rows[0], in.T("journal-column."+c.Name))
		for i, s := range r.Spans {
			rows[i+1] = append(rows[i+1], c.Table(in, s))
		}
	}
	return rows
}
