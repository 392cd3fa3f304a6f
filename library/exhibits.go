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
