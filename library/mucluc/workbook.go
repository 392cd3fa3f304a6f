package mucluc

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/xuri/excelize/v2"
)

// readWorkbook reads the sheets of an XLSX workbook.
func readWorkbook(data []byte) (tables []table, err error) {
	defer func() { // a foreign parser over foreign bytes
		if e := recover(); e != nil {
			tables, err = nil, fmt.Errorf("the workbook is damaged: %v", e)
		}
	}()
	if err := checkArchive(data); err != nil {
		return nil, err
	}
	f, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{
		RawCellValue: true,
		// The same: then nothing is unpacked into the system's temporary folder.
		UnzipSizeLimit: MaxBytes, UnzipXMLSizeLimit: MaxBytes,
	})
	if err != nil {
		return nil, fmt.Errorf("the workbook is damaged: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	b := book{f, map[int]bool{}, 0}
	for _, sheet := range f.GetSheetList() {
		rows, err := b.rows(sheet)
		if err != nil {
			return nil, err
		}
		tables = append(tables, table{sheet, rows})
	}
	return tables, nil
}

// checkArchive refuses an archive that says itself that it unpacks to too much.
func checkArchive(data []byte) error {
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return fmt.Errorf("the workbook is damaged: %w", err)
	}
	var size uint64
	for _, f := range z.File {
		if size += f.UncompressedSize64; f.UncompressedSize64 > MaxBytes || size > MaxBytes {
			return ErrTooLarge
		}
	}
	return nil
}

type book struct {
	f     *excelize.File
	dates map[int]bool // styles that show dates
	total int          // rows of all sheets
}

func (b *book) rows(sheet string) (rows [][]cell, err error) {
	r, err := b.f.Rows(sheet)
	if err != nil {
		var none excelize.ErrSheetNotExist
		if errors.As(err, &none) {
			return nil, nil // a chart
		}
		return nil, fmt.Errorf("sheet %q: %w", sheet, err)
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	for r.Next() {
		if b.total++; b.total > maxRows {
			return nil, ErrTooLarge
		}
		texts, err := r.Columns()
		if err != nil {
			return nil, fmt.Errorf("sheet %q, row %d: %w", sheet, len(rows)+1, err)
		}
		texts = texts[:min(len(texts), maxColumns)]
		row := make([]cell, len(texts))
		for i, text := range texts {
			row[i] = cell{text: clean(text)}
			if serial, err := strconv.ParseFloat(row[i].text, 64); err == nil && serial > 0 && b.isDate(sheet, i+1, len(rows)+1) {
				if t, err := excelize.ExcelDateToTime(serial, false); err == nil {
					row[i] = cell{dateText(t), true}
				}
			}
		}
		rows = append(rows, row)
	}
	if err := r.Error(); err != nil {
		return nil, fmt.Errorf("sheet %q: %w", sheet, err)
	}
	return trimRows(rows), nil
}

// dateText is a date as it is written in Vietnam.
func dateText(t time.Time) string { return t.Format("2/1/2006") }

// isDate tells whether a cell's format shows a date.
func (b *book) isDate(sheet string, column, row int) bool {
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		return false
	}
	style, err := b.f.GetCellStyle(sheet, name)
	if err != nil || style == 0 {
		return false
	}
	is, known := b.dates[style]
	if !known {
		if s, err := b.f.GetStyle(style); err == nil {
			is = dateFormat(s.NumFmt) || s.CustomNumFmt != nil && dateLetters(*s.CustomNumFmt)
		}
		b.dates[style] = is
	}
	return is
}

// dateFormat tells of the formats that workbooks have built in (ECMA-376, 18.8.30) those with a day,
// a month or a year.
func dateFormat(id int) bool {
	return id >= 14 && id <= 17 || id == 22 || id >= 27 && id <= 31 || id == 36 || id >= 50 && id <= 58
}

var quotedFormat = regexp.MustCompile(`"[^"]*"|\\.|\[[^\]]*\]`)

func dateLetters(format string) bool {
	return strings.ContainsAny(strings.ToLower(quotedFormat.ReplaceAllString(format, "")), "dy")
}
