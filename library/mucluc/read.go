package mucluc

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"butluc/library"
	"butluc/library/folios"
)

// Bounds of what is read.
const (
	MaxBytes   = 16 << 20 // of the file, and of what a workbook unpacks to
	maxRows    = 20_000   // of all sheets
	maxColumns = 100
	maxHeader  = 40 // rows above the header
)

var (
	// ErrNoHeader says that no row has the words by which a list of documents is known.
	ErrNoHeader = errors.New("no header with the names of documents and their folios or pages")
	// ErrTooLarge says that a table is larger than a list of documents can be.
	ErrTooLarge = errors.New("larger than a list of documents can be")
	// ErrOldExcel says that a workbook is of the format before 2007.
	ErrOldExcel = errors.New("an .xls workbook of the old kind: save it as .xlsx or CSV")
	// ErrEmpty says that a table has no rows.
	ErrEmpty = errors.New("the table is empty")
)

// Reason is why a row can't be read. Printed by scripts: never rename one.
type Reason string

// The reasons. Each has a sentence under the key "list-fault." + reason.
const (
	NoFolio  Reason = "no-folio"  // neither a folio nor a page: a heading, a sum, or something forgotten
	BadFolio Reason = "bad-folio" // not a folio, or two of which the last comes first
	DateCell Reason = "date-cell" // Excel made a date of folios like 1-3
	BadPage  Reason = "bad-page"  // not a page's number
	TooLong  Reason = "too-long"  // more than a title can have
)

// Fault is a row, or a cell of it, that can't be read.
type Fault struct {
	Sheet  string // of a workbook; "" in CSV
	Row    int    // from 1
	Column int    // from 1; 0 where it is of the whole row
	Why    Reason
	Text   string // of the cell, or of the row's first
}

// Cell is the cell as spreadsheets call it: "C12"; without a column "12".
func (f Fault) Cell() string {
	name, n := "", f.Column
	for ; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name + strconv.Itoa(f.Row)
}

// List is what a table says.
type List struct {
	Documents []folios.ListedDocument // in order
	Faults    []Fault
	Columns   map[Column]string // the header's words for what was found
}

// cell is a cell's text; date tells that a spreadsheet shows it as a date.
type cell struct {
	text string
	date bool
}

// table is a sheet. Rows that are empty are there, so that numbers are right.
type table struct {
	sheet string
	rows  [][]cell
}

// Read reads a table. Its error is of the whole of it: one of the errors above, or where the file is
// broken.
func Read(data []byte) (List, error) {
	var tables []table
	var err error
	switch {
	case len(data) > MaxBytes:
		err = ErrTooLarge
	case bytes.HasPrefix(data, []byte("PK\x03\x04")):
		tables, err = readWorkbook(data)
	case bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		err = ErrOldExcel
	default:
		tables, err = readCSV(data)
	}
	if err != nil {
		return List{}, fmt.Errorf("read list of documents: %w", err)
	}
	var list List
	empty := true
	for _, t := range tables {
		empty = empty && len(t.rows) == 0
		h, ok := findHeader(t.rows)
		if !ok {
			continue
		}
		if list.Columns == nil {
			list.Columns = h.names
		}
		list.read(t, h)
	}
	switch {
	case list.Columns != nil:
		return list, nil
	case empty:
		err = ErrEmpty
	default:
		err = ErrNoHeader
	}
	return List{}, fmt.Errorf("read list of documents: %w", err)
}

func (l *List) read(t table, h header) {
	for i := h.end; i < len(t.rows); i++ {
		row := t.rows[i]
		if isBlank(row) || isNumbering(row) {
			continue
		}
		fault := func(column int, why Reason, text string) {
			f := Fault{Sheet: t.sheet, Row: i + 1, Why: why, Text: text}
			if column >= 0 {
				f.Column = column + 1
			}
			l.Faults = append(l.Faults, f)
		}
		d := folios.ListedDocument{Row: i + 1}
		if l.folios(&d, row, h, fault) && l.page(&d, row, h, fault) && l.texts(&d, row, h, fault) {
			if d.First.IsZero() && d.Page == 0 {
				fault(-1, NoFolio, firstText(row))
				continue
			}
			l.Documents = append(l.Documents, d)
		}
	}
}

// folios reads the columns of folios, and tells whether they are fine or empty.
func (l *List) folios(d *folios.ListedDocument, row []cell, h header, fault func(int, Reason, string)) bool {
	for _, c := range []Column{Folio, From, To} {
		at, ok := h.columns[c]
		if !ok || textAt(row, at) == "" {
			continue
		}
		text := textAt(row, at)
		if row[at].date {
			fault(at, DateCell, text)
			return false
		}
		first, last, ok := parseFolios(text)
		switch {
		case !ok:
			fault(at, BadFolio, text)
			return false
		case c == To:
			d.Last = last
		default:
			d.First, d.Last = first, last
			if c == From || first == last {
				d.Last = library.Folio{}
			}
			if c == Folio && first == last && ranged(text) {
				d.Last = last // "12-12" says that there is but one
			}
		}
		if c == To && (d.First.IsZero() || d.Last.Number < d.First.Number) {
			fault(at, BadFolio, text)
			return false
		}
	}
	return true
}

func ranged(text string) bool { return strings.ContainsAny(text, "-–—") }

// parseFolios reads "12", "BL 12-15", "12, 13", "từ 12 đến 15".
func parseFolios(text string) (first, last library.Folio, ok bool) {
	text = folioPrefix.ReplaceAllString(text, "")
	if f, ok := library.ParseFolio(text); ok {
		return f, f, true
	}
	ranges := library.FindFolios("BL " + text)
	if len(ranges) == 0 || !folioForm.MatchString(text) {
		return first, last, false
	}
	first, last = ranges[0].First, ranges[len(ranges)-1].Last
	return first, last, last.Number >= first.Number
}

var (
	folioPrefix = regexp.MustCompile(`(?i)^\s*(?:(?:BL|bút\s*lục|but\s*luc)\s*[.:]?\s*)?(?:(?:số|so|từ|tu)\s*[.:]?\s*)?`)
	// Nothing but folios, and what stands between them.
	folioForm = regexp.MustCompile(`(?i)^(?:\d{1,5}[a-z]?|\(?mặt sau\)?|\(?mat sau\)?|BL|bút lục|but luc|đến|den|và|va|[\s,;&.:–—-])+$`)
)

func (l *List) page(d *folios.ListedDocument, row []cell, h header, fault func(int, Reason, string)) bool {
	at, ok := h.columns[Page]
	text := textAt(row, at)
	if !ok || text == "" {
		return true
	}
	number, _, _ := strings.Cut(text, "-") // "12-15": it begins at 12
	n, err := strconv.Atoi(strings.TrimSpace(number))
	if err != nil || n < 1 || n > 1_000_000 || row[at].date {
		fault(at, BadPage, text)
		return false
	}
	d.Page = n
	return true
}

func (l *List) texts(d *folios.ListedDocument, row []cell, h header, fault func(int, Reason, string)) bool {
	for _, c := range []struct {
		column Column
		to     *string
	}{{Title, &d.Title}, {Date, &d.Date}, {Person, &d.Person}, {Volume, &d.Volume}} {
		at, ok := h.columns[c.column]
		if !ok {
			continue
		}
		text := strings.Join(strings.Fields(textAt(row, at)), " ")
		if len(text) > library.MaxTitle {
			fault(at, TooLong, text[:min(len(text), 100)])
			return false
		}
		*c.to = text
	}
	return true
}

func textAt(row []cell, at int) string {
	if at < 0 || at >= len(row) {
		return ""
	}
	return row[at].text
}

func firstText(row []cell) string {
	for _, c := range row {
		if c.text != "" {
			return c.text
		}
	}
	return ""
}

func isBlank(row []cell) bool { return firstText(row) == "" }

var numbering = regexp.MustCompile(`^\(?(\d{1,2}|[A-Za-z])\)?$`)

// isNumbering tells whether a row numbers the columns, as tables in offices do below the header:
// "(1) (2) (3)".
func isNumbering(row []cell) bool {
	var found []string
	for _, c := range row {
		if c.text == "" {
			continue
		}
		m := numbering.FindStringSubmatch(c.text)
		if m == nil {
			return false
		}
		found = append(found, m[1])
	}
	if len(found) < 3 {
		return false
	}
	for i := range found {
		n, err := strconv.Atoi(found[i])
		before, errBefore := strconv.Atoi(found[max(0, i-1)])
		if err == nil && errBefore == nil && i > 0 && n != before+1 {
			return false
		}
	}
	return true
}

// clean makes text of what a cell holds.
func clean(s string) string {
	s = norm.NFC.String(strings.ToValidUTF8(s, "\ufffd"))
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\u00a0' || r == '\u202f' || r == '\t':
			return ' '
		case r < ' ' && r != '\n', r == '\ufeff', r == '\u200b', r == utf8.RuneError:
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

func trimRows(rows [][]cell) [][]cell {
	for len(rows) > 0 && isBlank(rows[len(rows)-1]) {
		rows = rows[:len(rows)-1]
	}
	return slices.Clip(rows)
}
