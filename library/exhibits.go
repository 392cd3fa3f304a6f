package library

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Exhibits makes one exhibit of each file, in the files' order; those that can't be shown too, so
// that nobody misses them. The slice is the caller's.
func Exhibits(files []File) []Exhibit {
	exhibits := make([]Exhibit, len(files))
	for i, f := range files {
		exhibits[i] = NewExhibit(f)
	}
	return exhibits
}

// FindFolio gives all pages that carry the folio, in the exhibits' order. One folio may span pages,
// and numbers may be stamped twice in a case; so there can be several. A folio asked for without
// the back finds the sheet's front.
func FindFolio(exhibits []Exhibit, folio Folio) []PageID {
	if folio.IsZero() {
		return nil
	}
	var pages []PageID
	for _, e := range exhibits {
		for i, f := range e.Folios {
			if f == folio {
				pages = append(pages, e.Page(i))
			}
		}
	}
	return pages
}

// Fold makes a text comparable the way people type in a hurry: lower case, without accents, đ as d.
// Both sides of a search go through it.
func Fold(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range norm.NFD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case r == 'đ' || r == 'Đ':
			b.WriteByte('d')
		default:
			b.WriteRune(unicode.ToLower(r))
		}
	}
	return b.String()
}
