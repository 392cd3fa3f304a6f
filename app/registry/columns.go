// Package registry writes the register of an office's cases for people and programs, and reads it again: as workbooks, by
// which an office gathers the rows of its units, as JSON, and as the periodic report. Workbooks and reports are Vietnamese
// whatever the window speaks, as all paper is.
package registry

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/office/register"
)

// day is a day in a cell, a date to a spreadsheet.
type day string

// column is a column of the register's sheet. Its heading is in the catalogue behind "register-column.".
type column struct {
	name string
	wide float64 // in letters
	get  func(in i18n.Catalogue, r register.Row, today string) any
	set  func(in i18n.Catalogue, r *register.Row, cell string) error // nil: it is worked out, and not read again
}

// textColumn is a column of a text.
func textColumn(name string, wide float64, of func(*register.Row) *string) column {
	return column{
		name, wide, func(_ i18n.Catalogue, r register.Row, _ string) any { return *of(&r) },
		func(_ i18n.Catalogue, r *register.Row, cell string) error { *of(r) = cell; return nil },
	}
}

func dayColumn(name string, of func(*register.Row) *string) column {
	return column{
		name, 12, func(_ i18n.Catalogue, r register.Row, _ string) any { return day(*of(&r)) },
		func(_ i18n.Catalogue, r *register.Row, cell string) (err error) {
			*of(r), err = ParseDay(cell)
			return err
		},
	}
}

func countColumn(name string, wide float64, of func(*register.Row) *int) column {
	return column{
		name, wide, func(_ i18n.Catalogue, r register.Row, _ string) any { return *of(&r) },
		func(_ i18n.Catalogue, r *register.Row, cell string) (err error) {
			*of(r), err = ParseCount(cell)
			return err
		},
	}
}

// codeColumn is a column of words that stand for codes; prefix and code are the key of a word.
func codeColumn(name string, wide float64, prefix string, codes []string, of func(*register.Row) string, to func(*register.Row, string)) column {
	return column{
		name, wide,
		func(in i18n.Catalogue, r register.Row, _ string) any { return word(in, prefix, of(&r)) },
		func(in i18n.Catalogue, r *register.Row, cell string) error {
			code, err := parseWord(in, prefix, codes, cell)
			to(r, code)
			return err
		},
	}
}

// made is a column that is worked out.
func made(name string, wide float64, of func(r register.Row, today string) any) column {
	return column{name: name, wide: wide, get: func(_ i18n.Catalogue, r register.Row, today string) any { return of(r, today) }}
}

// word is what a code is called, "" for none.
func word(in i18n.Catalogue, prefix, code string) string {
	if code == "" {
		return ""
	}
	return in.T(prefix + code)
}

// columns are those of the sheet of cases, in order.
func columns() []column {
	list := []column{
		textColumn("number", 18, func(r *register.Row) *string { return &r.Facts.Number }),
		codeColumn("kind", 20, "register-kind.", kinds(), func(r *register.Row) string { return string(r.Facts.Kind) },
			func(r *register.Row, code string) { r.Facts.Kind = register.Kind(code) }),
		textColumn("title", 34, func(r *register.Row) *string { return &r.Facts.Title }),
		textColumn("parties", 30, func(r *register.Row) *string { return &r.Facts.Docket.Parties }),
		textColumn("charge", 28, func(r *register.Row) *string { return &r.Facts.Docket.Charge }),
		codeColumn("severity", 18, "register-severity.", severities[:], func(r *register.Row) string { return severityCode(r.Facts.Docket.Severity) },
			func(r *register.Row, code string) { r.Facts.Docket.Severity = slices.Index(severities[:], code) + 1 }),
		textColumn("prosecutor", 22, func(r *register.Row) *string { return &r.Facts.Prosecutor }),
		textColumn("office", 24, func(r *register.Row) *string { return &r.Facts.Office }),
		textColumn("court", 22, func(r *register.Row) *string { return &r.Facts.Court }),
		dayColumn("accepted", func(r *register.Row) *string { return &r.Facts.Docket.Accepted }),
		codeColumn("stage", 22, "register-stage.", library.Stages, func(r *register.Row) string { return r.Facts.Docket.Stage },
			func(r *register.Row, code string) { r.Facts.Docket.Stage = code }),
		dayColumn("since", func(r *register.Row) *string { return &r.Facts.Docket.Since }),
		dayColumn("due", func(r *register.Row) *string { return &r.Facts.Docket.Due }),
		made("limit", 12, func(r register.Row, _ string) any { d, _, _ := r.Facts.Due(); return day(d) }),
		made("left", 9, func(r register.Row, today string) any {
			if d, _, ok := r.Facts.Due(); ok {
				return register.DaysLeft(d, today)
			}
			return ""
		}),
		countColumn("sheets", 10, func(r *register.Row) *int { return &r.Facts.Docket.Sheets }),
		countColumn("scanned", 10, func(r *register.Row) *int { return &r.Found.Scanned }),
		{
			"early", 10, func(in i18n.Catalogue, r register.Row, _ string) any { return yes(in, r.Facts.Docket.Early) },
			func(in i18n.Catalogue, r *register.Row, cell string) (err error) {
				r.Facts.Docket.Early, err = parseYes(in, cell)
				return err
			},
		},
		codeColumn("outline", 18, "register-outline.", outlines(), func(r *register.Row) string { return string(r.Found.Outline) },
			func(r *register.Row, code string) { r.Found.Outline = register.Outline(code) }),
		made("hearing", 12, func(r register.Row, today string) any { e, _ := r.Hearing(today); return day(e.Day) }),
		countColumn("shown-pages", 10, func(r *register.Row) *int { return &r.Found.Shown.Pages }),
		countColumn("shown-recordings", 10, func(r *register.Row) *int { return &r.Found.Shown.Recordings }),
		countColumn("shown-minutes", 10, func(r *register.Row) *int { return &r.Found.Shown.Minutes }),
	}
	for _, kind := range library.EventKinds[1:] {
		list = append(list, made("count-"+string(kind), 10, func(r register.Row, _ string) any { return times(r, kind) }))
	}
	return append(list,
		textColumn("notes", 30, func(r *register.Row) *string { return &r.Facts.Docket.Notes }),
		textColumn("id", 18, func(r *register.Row) *string { return &r.ID }))
}

// times is how often something was done in a case.
func times(r register.Row, kind library.EventKind) (n int) {
	for _, e := range r.Facts.Docket.Events {
		if e.Kind == kind {
			n += e.Times()
		}
	}
	return n
}

// severities are the codes of how grave a crime is, from 1.
var severities = [...]string{"1", "2", "3", "4"}

func severityCode(n int) string {
	if n < 1 || n > len(severities) {
		return ""
	}
	return severities[n-1]
}

func kinds() (codes []string) {
	for _, k := range register.Kinds {
		codes = append(codes, string(k))
	}
	return codes
}

func outlines() (codes []string) {
	for _, o := range register.Outlines[1:] {
		codes = append(codes, string(o))
	}
	return codes
}

func yes(in i18n.Catalogue, is bool) string {
	if is {
		return in.T("register.yes")
	}
	return ""
}

// What a cell may not hold.
var (
	ErrDay   = errors.New("no day")
	ErrCount = errors.New("no count")
	ErrWord  = errors.New("no word of the column's")
)

// ParseDay reads a day as people type it: "2/3/2026", "2026-03-02", or a spreadsheet's date. "" is none.
func ParseDay(typed string) (string, error) {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return "", nil
	}
	for _, form := range []string{library.DayForm, "2/1/2006", "2-1-2006", "2.1.2006"} {
		if t, err := time.Parse(form, typed); err == nil && t.Year() >= 1900 {
			return t.Format(library.DayForm), nil
		}
	}
	if serial, err := strconv.ParseFloat(typed, 64); err == nil && serial >= 20_000 && serial < 200_000 { // days since 30 December 1899; 2026 is none
		return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(serial)).Format(library.DayForm), nil
	}
	return "", fmt.Errorf("%q: %w", typed, ErrDay)
}

// ShowDay is a day as people read it.
func ShowDay(d string) string {
	t, err := time.Parse(library.DayForm, d)
	if err != nil {
		return d
	}
	return t.Format("02/01/2006")
}

// ParseCount reads a count as people type it: digits alone. "" is none.
func ParseCount(cell string) (int, error) {
	if cell == "" {
		return 0, nil
	}
	n, err := strconv.ParseFloat(cell, 64)
	if err != nil || n < 0 || n > library.MaxCount || n != float64(int(n)) {
		return 0, fmt.Errorf("%q: %w", cell, ErrCount)
	}
	return int(n), nil
}

func parseWord(in i18n.Catalogue, prefix string, codes []string, cell string) (string, error) {
	if cell == "" {
		return "", nil
	}
	for _, code := range codes {
		if folded(cell) == folded(in.T(prefix+code)) {
			return code, nil
		}
	}
	return "", fmt.Errorf("%q: %w", cell, ErrWord)
}

func parseYes(in i18n.Catalogue, cell string) (bool, error) {
	switch folded(cell) {
	case "":
		return false, nil
	case folded(in.T("register.yes")), "x", "1", "true":
		return true, nil
	case folded(in.T("register.no")), "0", "false":
		return false, nil
	}
	return false, fmt.Errorf("%q: %w", cell, ErrWord)
}

// folded is a word as it is compared: without accents, capitals and needless spaces.
func folded(s string) string { return strings.Join(strings.Fields(library.Fold(s)), " ") }
