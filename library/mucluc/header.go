package mucluc

import (
	"slices"
	"strings"

	"butluc/library"
)

// Column is what a column of a list of documents says. Printed by scripts: never rename one.
type Column string

// The columns.
const (
	Folio  Column = "folio" // "12" or "12-15"
	From   Column = "from"
	To     Column = "to"
	Page   Column = "page" // where the document begins in the volume's file, from 1
	Title  Column = "title"
	Date   Column = "date"
	Person Column = "person"
	Volume Column = "volume"
)

// header is what the columns of a table are.
type header struct {
	columns map[Column]int
	names   map[Column]string
	end     int // the first row below it
}

// patterns are the words of headers, folded, each with how sure they make; the first that are all in
// a header's words tell what it is. A word after "!" may not be there.
var patterns = []struct {
	column Column
	words  string
}{
	{Folio, "but luc tu den"},
	{Folio, "bl tu den"},
	{From, "but luc tu"},
	{From, "bl tu"},
	{From, "tu bl"},
	{From, "tu but luc"},
	{From, "but luc dau"},
	{From, "bl dau"},
	{From, "tu to"},
	{To, "but luc den"},
	{To, "bl den"},
	{To, "den bl"},
	{To, "den but luc"},
	{To, "but luc cuoi"},
	{To, "bl cuoi"},
	{To, "den to"},
	{Folio, "but luc"},
	{Folio, "bl"},
	{Folio, "to so"},
	{Page, "trang so"},
	{Page, "trang dau"},
	{Page, "tu trang"},
	{Page, "trang pdf"},
	{Page, "trang bat dau"},
	{Page, "trang !so"},
	{Person, "nguoi khai"},
	{Person, "ho ten"},
	{Person, "ho va ten"},
	{Person, "nguoi duoc hoi"},
	{Title, "ten tai lieu"},
	{Title, "trich yeu"},
	{Title, "ten van ban"},
	{Title, "ten loai"},
	{Title, "noi dung"},
	{Title, "danh muc"},
	{Title, "tai lieu !so !ngay"},
	{Title, "van ban !so !ngay"},
	{Date, "ngay"},
	{Date, "thoi gian"},
	{Volume, "tap"},
	{Volume, "quyen"},
	{Volume, "ten tep"},
	{Volume, "ten file"},
	{Person, "nguoi !lap !ky"},
	{Person, "duong su"},
}

// columnOf tells what a header's words say, and how much that is worth against another column that
// says the same: less is better.
func columnOf(text string) (Column, int) {
	have := strings.FieldsFunc(library.Fold(text), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	if len(have) == 0 || len(have) > 12 || slices.ContainsFunc(have, func(w string) bool { return w[0] <= '9' && len(w) > 1 }) {
		return "", 0 // a sentence, or a row of the list
	}
	for i, p := range patterns {
		if matches(have, strings.Fields(p.words)) {
			return p.column, i
		}
	}
	return "", 0
}

// matches tells whether the words come in this order, those after "!" nowhere.
func matches(have, want []string) bool {
	at := 0
	for _, w := range want {
		if no, ok := strings.CutPrefix(w, "!"); ok {
			if slices.Contains(have, no) {
				return false
			}
			continue
		}
		i := slices.Index(have[at:], w)
		if i < 0 {
			return false
		}
		at += i + 1
	}
	return true
}

// findHeader finds the row, or the two rows, that name the columns.
func findHeader(rows [][]cell) (header, bool) {
	best, score := header{}, 0
	for i := range min(len(rows), maxHeader) {
		for _, two := range []bool{false, true} {
			h, n := headerAt(rows, i, two)
			if n > score {
				best, score = h, n
			}
		}
	}
	return best, score > 0
}

// headerAt reads row i, or rows i and i+1 as one, as a header and tells how many columns it names; 0
// where it is none.
func headerAt(rows [][]cell, i int, two bool) (header, int) {
	names := make([]string, len(rows[i]))
	for c, cell := range rows[i] {
		names[c] = cell.text
	}
	h := header{columns: map[Column]int{}, names: map[Column]string{}, end: i + 1}
	if two {
		if i+1 >= len(rows) || !below(rows[i+1]) {
			return header{}, 0
		}
		h.end++
		above := ""
		for c, cell := range rows[i+1] {
			for len(names) <= c {
				names = append(names, "")
			}
			if names[c] != "" {
				above = names[c]
			}
			if cell.text != "" { // a cell over several columns stands in the first of them
				names[c] = above + " " + cell.text
			}
		}
	}
	worth := map[Column]int{}
	for c, name := range names {
		column, w := columnOf(name)
		if have, taken := worth[column]; column == "" || taken && have <= w {
			continue
		}
		worth[column], h.columns[column], h.names[column] = w, c, name
	}
	_, title := h.columns[Title]
	_, folio := h.columns[Folio]
	_, from := h.columns[From]
	_, page := h.columns[Page]
	if !title || !folio && !from && !page {
		return header{}, 0
	}
	return h, len(h.columns)
}

// below tells whether a row parts the columns of the one above: "Từ", "Đến".
func below(row []cell) bool {
	found := false
	for _, c := range row {
		switch strings.TrimSpace(library.Fold(c.text)) {
		case "tu", "den", "dau", "cuoi", "tu so", "den so", "tu bl", "den bl", "tu to", "den to":
			found = true
		case "":
		default:
			return false
		}
	}
	return found
}
