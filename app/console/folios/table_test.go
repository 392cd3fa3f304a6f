package folios

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"butluc/library"
)

// The table has a row for each gap, each page of a double and each run of pages without a number, and every row
// leads to a page.
func TestTheTableOfFolios(t *testing.T) {
	file := func(path string, pages int) library.File {
		return library.File{Path: path, Pages: pages, Kind: library.KindPDF}
	}
	broken := func(path string) library.File {
		return library.File{Path: path, Kind: library.KindPDF, Fault: library.Fault{Code: library.FaultBroken}}
	}
	x := library.NewIndex(library.Exhibits([]library.File{file("BL 3-5 Đơn.pdf", 3), file("BL 5.pdf", 1), file("BL 9.pdf", 1), file("Ảnh.pdf", 4), broken("BL 7 Đơn.pdf")}))
	table := func(o library.Outline, typed string) (rows []string) {
		for _, r := range folioTable(o, x).Rows {
			if r.Page.Path == "" {
				t.Errorf("%+v leads nowhere", r)
			}
			if r.Match(library.NewFilter(typed)) {
				rows = append(rows, fmt.Sprintf("%s %s %s %v %d/%d", r.Kind, r.Folios, r.Page, r.After, r.Nth, r.Count))
			}
		}
		return rows
	}
	var o library.Outline
	o, err := o.Apply(o.SetAll("cover", library.Cover{Kind: library.CaseCriminal, Stated: library.Stated{Case: 9}},
		library.PageNote{Page: library.PageID{Path: "Ảnh.pdf", Index: 1}, Folio: library.NoFolio}))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"volume 3–9 BL 3-5 Đơn.pdf#1 false 0/5", "gap 1–2 BL 3-5 Đơn.pdf#1 false 0/2", "gap 6 BL 3-5 Đơn.pdf#3 true 0/1", "gap 8 BL 9.pdf#1 false 0/1",
		"unread 7 BL 7 Đơn.pdf#1 false 0/1",
		"double 5 BL 3-5 Đơn.pdf#3 false 1/2", "double 5 BL 5.pdf#1 false 2/2", "bare  Ảnh.pdf#1 false 0/1", "bare  Ảnh.pdf#3 false 0/2",
	}
	if got := table(o, ""); !slices.Equal(got, want) {
		t.Errorf("the table is\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if got := table(o, "anh"); len(got) != 2 {
		t.Errorf("with “anh”: %v", got)
	}
	if got := table(o, "nh"); len(got) != 0 {
		t.Errorf("“nh” begins no word, and finds %v", got)
	}
}
