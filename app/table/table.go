// Package table writes tables for spreadsheets.
package table

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"butluc/library"
)

// Write writes rows as CSV, with the mark by which spreadsheets know UTF-8. Cells hold names and words of strangers:
// none is taken for a formula, and what would act on a terminal is written out.
func Write(w io.Writer, rows [][]string) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	table := csv.NewWriter(w)
	for _, row := range rows {
		cells := make([]string, len(row))
		for i, cell := range row {
			cells[i] = inert(cell)
		}
		if err := table.Write(cells); err != nil {
			return fmt.Errorf("write table: %w", err)
		}
	}
	table.Flush()
	if err := table.Error(); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	return nil
}

// inert is a cell that no spreadsheet takes for a formula.
func inert(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r\n", rune(cell[0])) {
		cell = "'" + cell
	}
	return library.Visible(cell)
}
