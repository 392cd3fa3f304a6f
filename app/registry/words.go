package registry

import (
	"errors"
	"fmt"
	"strconv"

	"butluc/app/i18n"
	"butluc/library/office/register"
)

// Words are what the list of the register says of a case.
type Words struct {
	Number, Kind, Title, Prosecutor, Stage, Limit, Left, Sheets, Outline, Hearing string
	Late                                                                          bool // its limit is past
	Soon                                                                          bool // it ends within [SoonDays]
}

// SoonDays is how near a limit's end is told in another colour.
const SoonDays = 7

// Cells are the words of a case, in a language.
func Cells(in i18n.Catalogue, r register.Row, today string) Words {
	f, d := r.Facts, r.Facts.Docket
	w := Words{
		Number: f.Number, Kind: word(in, "register-kind.", string(f.Kind)), Title: f.Title, Prosecutor: f.Prosecutor,
		Stage: word(in, "register-stage.", d.Stage), Outline: word(in, "register-outline.", string(r.Found.Outline)),
	}
	if w.Title == "" {
		w.Title = d.Parties
	}
	if due, _, ok := f.Due(); ok {
		left := register.DaysLeft(due, today)
		w.Limit, w.Left = ShowDay(due), Left(in, left)
		w.Late, w.Soon = left < 0, left >= 0 && left <= SoonDays
	}
	switch {
	case d.Sheets > 0:
		w.Sheets = fmt.Sprintf("%s/%s", in.Number(r.Found.Scanned), in.Number(d.Sheets))
	case r.Found.Scanned > 0:
		w.Sheets = in.Number(r.Found.Scanned)
	}
	if e, ok := r.Hearing(today); ok && e.Day != "" {
		w.Hearing = ShowDay(e.Day)
	}
	return w
}

// Left says how many days are left, or since how many a limit is past.
func Left(in i18n.Catalogue, days int) string {
	switch {
	case days < 0:
		return in.T("register.days-late", "count", -days)
	case days == 0:
		return in.T("register.days-today")
	}
	return in.T("register.days-left", "count", days)
}

// WhatOf says what is wrong with what was typed, in a language.
func WhatOf(in i18n.Catalogue, err error) string {
	switch {
	case errors.Is(err, ErrDay):
		return in.T("register.cell-day")
	case errors.Is(err, ErrCount):
		return in.T("register.cell-count")
	}
	return in.T("register.cell-word")
}

// Why says what is wrong with a workbook, in a language.
func Why(in i18n.Catalogue, err error) string {
	var cell *CellError
	switch {
	case errors.As(err, &cell):
		return in.T("register.cell", "sheet", cell.Sheet, "row", strconv.Itoa(cell.Row), "column", cell.Column, "what", WhatOf(in, cell.Err))
	case errors.Is(err, ErrNoRegister):
		return in.T("register.no-sheet")
	}
	return err.Error()
}
