package registry

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"

	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/office/register"
)

// eventColumn is a column of the sheet of what was done; its heading is in the catalogue behind "register-event-column.".
type eventColumn struct {
	name string
	wide float64
	get  func(i18n.Catalogue, library.Event) any
	set  func(i18n.Catalogue, *library.Event, string) error
}

func eventColumns() []eventColumn {
	words := func(name string, wide float64, of func(*library.Event) *string) eventColumn {
		return eventColumn{
			name, wide, func(_ i18n.Catalogue, e library.Event) any { return *of(&e) },
			func(_ i18n.Catalogue, e *library.Event, cell string) error { *of(e) = cell; return nil },
		}
	}
	ticked := func(name string, of func(*library.Event) *bool) eventColumn {
		return eventColumn{
			name, 12, func(in i18n.Catalogue, e library.Event) any { return yes(in, *of(&e)) },
			func(in i18n.Catalogue, e *library.Event, cell string) (err error) {
				*of(e), err = parseYes(in, cell)
				return err
			},
		}
	}
	return []eventColumn{
		{
			"kind", 34, func(in i18n.Catalogue, e library.Event) any { return in.T("register-event." + string(e.Kind)) },
			func(in i18n.Catalogue, e *library.Event, cell string) error {
				code, err := parseWord(in, "register-event.", eventCodes(), cell)
				if err == nil && code == "" {
					err = fmt.Errorf("%q: %w", cell, ErrWord)
				}
				e.Kind = library.EventKind(code)
				return err
			},
		},
		{
			"day", 12, func(_ i18n.Catalogue, e library.Event) any { return day(e.Day) },
			func(_ i18n.Catalogue, e *library.Event, cell string) (err error) {
				e.Day, err = ParseDay(cell)
				return err
			},
		},
		{
			"count", 10, func(_ i18n.Catalogue, e library.Event) any { return e.Times() },
			func(_ i18n.Catalogue, e *library.Event, cell string) (err error) {
				e.Count, err = ParseCount(cell)
				return err
			},
		},
		words("place", 22, func(e *library.Event) *string { return &e.Place }),
		words("text", 40, func(e *library.Event) *string { return &e.Text }),
		ticked("online", func(e *library.Event) *bool { return &e.Online }),
		ticked("lesson", func(e *library.Event) *bool { return &e.Lesson }),
		ticked("shown", func(e *library.Event) *bool { return &e.Shown }),
	}
}

func eventCodes() (codes []string) {
	for _, k := range library.EventKinds {
		codes = append(codes, string(k))
	}
	return codes
}

// sheetNames are the sheets of cases and of what was done in them.
func sheetNames(in i18n.Catalogue) (cases, events string) {
	return in.T("register.sheet-cases"), in.T("register.sheet-events")
}

// WriteWorkbook writes rows as an XLSX workbook: a sheet of the cases, and one of what was done in them.
func WriteWorkbook(w io.Writer, rows []register.Row, today string) (err error) {
	b, err := newBook()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, b.f.Close()) }()
	in := i18n.In("vi")
	cases, events := sheetNames(in)
	b.cases(cases, rows, today)
	b.sheet(events)
	list := eventColumns()
	heads := []any{in.T("register-column.number"), in.T("register-column.id")}
	b.width(events, 0, 18)
	b.width(events, 1, 18)
	for i, c := range list {
		heads = append(heads, in.T("register-event-column."+c.name))
		b.width(events, i+2, c.wide)
	}
	b.row(events, 1, heads, b.head)
	at := 2
	for _, r := range rows {
		for _, e := range slices.Concat(withoutHearings(r), r.Hearings()) {
			cells := []any{r.Facts.Number, r.ID}
			for _, c := range list {
				cells = append(cells, c.get(in, e))
			}
			b.row(events, at, cells, b.plain)
			at++
		}
	}
	b.table(events, len(heads), at-1)
	return b.finish(w)
}

// cases writes the sheet of cases.
func (b *book) cases(sheet string, rows []register.Row, today string) {
	in := i18n.In("vi")
	b.sheet(sheet)
	list := columns()
	var heads []any
	for i, c := range list {
		heads = append(heads, in.T("register-column."+c.name))
		b.width(sheet, i, c.wide)
	}
	b.row(sheet, 1, heads, b.head)
	for n, r := range rows {
		var cells []any
		for _, c := range list {
			cells = append(cells, c.get(in, r, today))
		}
		b.row(sheet, n+2, cells, b.plain)
	}
	b.table(sheet, len(heads), len(rows)+1)
}

func withoutHearings(r register.Row) []library.Event {
	return slices.DeleteFunc(slices.Clone(r.Facts.Docket.Events), func(e library.Event) bool { return e.Kind == library.EventHearing })
}

// book is a workbook that is written. The first error stays.
type book struct {
	f                       *excelize.File
	plain, head, bold, date int // styles
	titled                  int
	sheets                  int
	err                     error
}

const face = "Times New Roman"

func newBook() (*book, error) {
	b := &book{f: excelize.NewFile()}
	border := []excelize.Border{}
	for _, side := range []string{"left", "top", "right", "bottom"} {
		border = append(border, excelize.Border{Type: side, Color: "999999", Style: 1})
	}
	form := "dd/mm/yyyy"
	for _, s := range []struct {
		to    *int
		style excelize.Style
	}{
		{&b.plain, excelize.Style{Border: border, Font: &excelize.Font{Family: face, Size: 12}, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}}},
		{&b.date, excelize.Style{Border: border, Font: &excelize.Font{Family: face, Size: 12}, Alignment: &excelize.Alignment{Vertical: "top"}, CustomNumFmt: &form}},
		{&b.head, excelize.Style{
			Border: border, Font: &excelize.Font{Family: face, Size: 12, Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E8ECF2"}},
			Alignment: &excelize.Alignment{Horizontal: "center", Vertical: "center", WrapText: true},
		}},
		{&b.bold, excelize.Style{Border: border, Font: &excelize.Font{Family: face, Size: 12, Bold: true}, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true}}},
		{&b.titled, excelize.Style{Font: &excelize.Font{Family: face, Size: 14, Bold: true}}},
	} {
		id, err := b.f.NewStyle(&s.style)
		if err != nil {
			return nil, fmt.Errorf("write workbook: %w", errors.Join(err, b.f.Close()))
		}
		*s.to = id
	}
	return b, nil
}

func (b *book) do(err error) {
	if b.err == nil && err != nil {
		b.err = fmt.Errorf("write workbook: %w", err)
	}
}

// sheet adds a sheet; the first one takes the place of that which a new workbook has.
func (b *book) sheet(name string) {
	if b.sheets++; b.sheets == 1 {
		b.do(b.f.SetSheetName(b.f.GetSheetName(0), name))
		return
	}
	_, err := b.f.NewSheet(name)
	b.do(err)
}

func (b *book) width(sheet string, column int, wide float64) {
	name, err := excelize.ColumnNumberToName(column + 1)
	b.do(err)
	b.do(b.f.SetColWidth(sheet, name, name, wide))
}

// row writes cells, of which days become dates, from the row's beginning.
func (b *book) row(sheet string, at int, cells []any, style int) {
	for i, c := range cells {
		name, err := excelize.CoordinatesToCellName(i+1, at)
		b.do(err)
		with := style
		switch v := c.(type) {
		case day:
			c = ""
			if t, err := time.Parse(library.DayForm, string(v)); err == nil {
				c, with = t, b.date
			}
		case string:
			c = visible(v)
		}
		b.do(b.f.SetCellValue(sheet, name, c))
		b.do(b.f.SetCellStyle(sheet, name, name, with))
	}
}

// visible is text with what would act in it written out, but its lines.
func visible(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = library.Visible(l)
	}
	return strings.Join(lines, "\n")
}

// table lets a sheet's first row stay in sight, and its rows be filtered.
func (b *book) table(sheet string, columns, rows int) {
	last, err := excelize.CoordinatesToCellName(columns, max(rows, 2))
	b.do(err)
	b.do(b.f.AutoFilter(sheet, "A1:"+last, nil))
	b.do(b.f.SetPanes(sheet, &excelize.Panes{Freeze: true, XSplit: 1, YSplit: 1, TopLeftCell: "B2", ActivePane: "bottomRight"}))
	landscape, size := "landscape", 9 // A4
	b.do(b.f.SetPageLayout(sheet, &excelize.PageLayoutOptions{Orientation: &landscape, Size: &size}))
}

func (b *book) finish(w io.Writer) error {
	if b.err == nil {
		b.do(b.f.Write(w))
	}
	return b.err
}

// maxWorkbook bounds what a workbook unpacks to, in bytes.
const maxWorkbook = 256 << 20

// CellError says which cell of a workbook can't be read.
type CellError struct {
	Sheet, Column string
	Row           int // from 1
	Err           error
}

func (e *CellError) Error() string {
	return fmt.Sprintf("%s, row %d, %s: %v", e.Sheet, e.Row, e.Column, e.Err)
}

// Unwrap gives what is wrong with the cell.
func (e *CellError) Unwrap() error { return e.Err }

// ErrNoRegister says that a workbook has no sheet of a register.
var ErrNoRegister = errors.New("the workbook has no sheet of a register")

// ReadWorkbook reads rows as [WriteWorkbook] wrote them, also after people worked on them: columns may be moved or left out,
// and others stand among them. Rows are of cases that are in the register alone. A row without an id gets one. What a cell
// may not hold is a [CellError].
func ReadWorkbook(data []byte) (rows []register.Row, err error) {
	defer func() { // a foreign parser over foreign bytes
		if e := recover(); e != nil {
			rows, err = nil, fmt.Errorf("the workbook is damaged: %v", e)
		}
	}()
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true, UnzipSizeLimit: maxWorkbook, UnzipXMLSizeLimit: maxWorkbook})
	if err != nil {
		return nil, fmt.Errorf("the workbook is damaged: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	in := i18n.In("vi")
	cases, events := sheetNames(in)
	if i, err := f.GetSheetIndex(cases); err != nil || i < 0 {
		return nil, ErrNoRegister
	}
	if rows, err = readCases(f, in, cases); err != nil {
		return nil, err
	}
	if i, err := f.GetSheetIndex(events); err == nil && i >= 0 {
		if err := readEvents(f, in, events, rows); err != nil {
			return nil, err
		}
	}
	for _, r := range rows {
		if err := r.Check(); err != nil {
			return nil, err
		}
	}
	return rows, nil
}

// headed tells in which column each heading stands.
func headed(row []string) map[string]int {
	at := map[string]int{}
	for i, head := range row {
		if _, twice := at[folded(head)]; !twice {
			at[folded(head)] = i
		}
	}
	return at
}

// cellAt is a cell's text, "" where the row ends before it.
func cellAt(row []string, heads map[string]int, head string) (text string, there bool) {
	i, there := heads[folded(head)]
	if !there || i >= len(row) {
		return "", there
	}
	return strings.TrimSpace(row[i]), true
}

func readCases(f *excelize.File, in i18n.Catalogue, sheet string) (rows []register.Row, err error) {
	table, err := f.GetRows(sheet)
	if err != nil || len(table) == 0 {
		return nil, errors.Join(ErrNoRegister, err)
	}
	heads := headed(table[0])
	if _, there := cellAt(nil, heads, in.T("register-column.number")); !there {
		return nil, ErrNoRegister
	}
	seen := map[string]bool{}
	for n, cells := range table[1:] {
		if !slices.ContainsFunc(cells, func(c string) bool { return strings.TrimSpace(c) != "" }) {
			continue
		}
		var r register.Row
		for _, c := range columns() {
			head := in.T("register-column." + c.name)
			cell, there := cellAt(cells, heads, head)
			if c.set == nil || !there {
				continue
			}
			if err := c.set(in, &r, cell); err != nil {
				return nil, &CellError{sheet, head, n + 2, err}
			}
		}
		if r.Facts.Kind == "" {
			r.Facts.Kind = register.Other
		}
		if r.ID == "" || seen[r.ID] {
			r.ID = string(library.NewID())
		}
		seen[r.ID] = true
		rows = append(rows, r)
	}
	return rows, nil
}

// readEvents reads what was done in the cases of rows. What is of another case is left out.
func readEvents(f *excelize.File, in i18n.Catalogue, sheet string, rows []register.Row) error {
	table, err := f.GetRows(sheet)
	if err != nil || len(table) == 0 {
		return err
	}
	heads := headed(table[0])
	byID, byNumber := map[string]int{}, map[string]int{}
	for i, r := range rows {
		byID[r.ID], byNumber[r.Facts.Number] = i, i
	}
	for n, cells := range table[1:] {
		id, _ := cellAt(cells, heads, in.T("register-column.id"))
		number, _ := cellAt(cells, heads, in.T("register-column.number"))
		at, known := byID[id]
		if !known && number != "" {
			at, known = byNumber[number]
		}
		if !known {
			continue
		}
		var e library.Event
		for _, c := range eventColumns() {
			head := in.T("register-event-column." + c.name)
			cell, _ := cellAt(cells, heads, head)
			if err := c.set(in, &e, cell); err != nil {
				return &CellError{sheet, head, n + 2, err}
			}
		}
		if e.Count == 1 {
			e.Count = 0 // as it is when it was typed
		}
		rows[at].Facts.Docket.Events = append(rows[at].Facts.Docket.Events, e)
	}
	return nil
}

// Gathered is what of rows that were read is to be put into a register.
type Gathered struct {
	Put                []register.Row
	New, Changed, Kept int // Kept are cases whose folders are on this laptop, and stay as they are
}

// Gather compares rows that were read with those of a register. A row is known by its id, else by number, kind and office.
func Gather(have, read []register.Row) Gathered {
	var g Gathered
	type named struct {
		number, office string
		kind           register.Kind
	}
	nameOf := func(r register.Row) named { return named{folded(r.Facts.Number), folded(r.Facts.Office), r.Facts.Kind} }
	byID, byName := map[string]register.Row{}, map[named]register.Row{}
	for _, r := range have {
		byID[r.ID] = r
		if r.Facts.Number != "" {
			byName[nameOf(r)] = r
		}
	}
	for _, r := range read {
		old, known := byID[r.ID]
		if !known && r.Facts.Number != "" {
			old, known = byName[nameOf(r)]
		}
		switch {
		case !known:
			g.New++
		case old.Path != "":
			g.Kept++
			continue
		default:
			r.ID = old.ID
			if r.Same(old) {
				continue
			}
			g.Changed++
		}
		g.Put = append(g.Put, r)
	}
	return g
}
