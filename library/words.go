package library

import (
	"slices"
	"strconv"
	"strings"
)

// HasWords tells whether all words of a name are in a text, whatever their accents, numbers by their value: "tập 4" in
// "Tập 04 - Lời khai".
func HasWords(text, name string) bool {
	have := words(text)
	return !slices.ContainsFunc(words(name), func(w string) bool { return !slices.Contains(have, w) })
}

// words are the words of a name, folded, numbers without zeros in front.
func words(name string) []string {
	list := strings.FieldsFunc(Fold(name), func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') })
	for i, w := range list {
		if n, err := strconv.Atoi(w); err == nil {
			list[i] = strconv.Itoa(n)
		}
	}
	return list
}
