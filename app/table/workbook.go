package table

import (
	"errors"
	"fmt"
	"io"

	"github.com/xuri/excelize/v2"

	"butluc/library"
)

// WriteWorkbook writes rows as a workbook (XLSX) of one sheet, the first row its head. Cells are text, as in [Write].
func WriteWorkbook(w io.Writer, sheet string, rows [][]string) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	style, err := f.NewStyle(&excelize.Style{
		Font: &excelize.Font{Family: "Times New Roman", Size: 12}, Alignment: &excelize.Alignment{Vertical: "top", WrapText: true},
	})
	if err == nil {
		err = f.SetSheetName(f.GetSheetName(0), sheet)
	}
	for at, row := range rows {
		for i, cell := range row {
			name, wrong := excelize.CoordinatesToCellName(i+1, at+1)
			err = errors.Join(err, wrong, f.SetCellStr(sheet, name, library.Visible(cell)), f.SetCellStyle(sheet, name, name, style))
		}
	}
	if len(rows) > 0 {
		last, wrong := excelize.ColumnNumberToName(len(rows[0]))
		err = errors.Join(err, wrong, f.SetColWidth(sheet, "A", last, 28),
			f.SetPanes(sheet, &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}))
	}
	if err == nil {
		err = f.Write(w)
	}
	if err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}
