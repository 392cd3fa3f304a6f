package mucluc

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"butluc/library/viettext"
)

// readCSV reads a table of text, with whichever of comma, semicolon and tab makes most of its header.
func readCSV(data []byte) ([]table, error) {
	text, err := viettext.FromBytes(data)
	if err != nil {
		return nil, err
	}
	switch {
	case strings.TrimSpace(text) == "":
		return nil, ErrEmpty
	case strings.ContainsFunc(text, func(r rune) bool { return r < ' ' && !strings.ContainsRune("\t\n\v\f\r", r) }):
		return nil, ErrNoHeader // no text
	}
	var best table
	var worst error
	score := -1
	for _, comma := range []rune{';', '\t', ','} {
		rows, err := parseCSV(text, comma)
		if errors.Is(err, ErrTooLarge) {
			return nil, err
		}
		if err != nil {
			worst = err
			continue
		}
		n := 0
		if h, ok := findHeader(rows); ok {
			n = len(h.columns)
		}
		if n > score {
			best, score = table{rows: rows}, n
		}
	}
	if score <= 0 && worst != nil {
		return nil, worst
	}
	return []table{best}, nil
}

// parseCSV reads records. Line numbers are those of a spreadsheet: a record is a row, and empty
// lines are rows as well.
func parseCSV(text string, comma rune) ([][]cell, error) {
	var rows [][]cell
	if first, rest, _ := strings.Cut(text, "\n"); strings.HasPrefix(first, "sep=") { // as Excel likes it
		text = rest
		rows = append(rows, nil)
	}
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.ReplaceAll(text, "\r", "\n")
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.ReuseRecord = comma, -1, true
	skipped := len(rows) // rows that stand above the reader's first line
	line := 0            // the last line of the record before
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return trimRows(rows), nil
		}
		if err != nil {
			var fault *csv.ParseError
			if errors.As(err, &fault) {
				if fault.StartLine < fault.Line {
					return nil, fmt.Errorf("line %d to %d: %w", fault.StartLine+skipped, fault.Line+skipped, fault.Err)
				}
				return nil, fmt.Errorf("line %d, column %d: %w", fault.Line+skipped, fault.Column, fault.Err)
			}
			return nil, err
		}
		at, _ := r.FieldPos(0)
		for ; line+1 < at; line++ { // the reader leaves empty lines out
			rows = append(rows, nil)
		}
		last, _ := r.FieldPos(len(record) - 1)
		line = last + strings.Count(record[len(record)-1], "\n")
		if len(rows) >= maxRows || len(record) > maxColumns {
			return nil, ErrTooLarge
		}
		row := make([]cell, len(record))
		for i, field := range record {
			row[i] = cell{text: clean(field)}
		}
		rows = append(rows, row)
	}
}
