package library

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Filter narrows a list to what a person types: accents or not, each word typed begins a word of what is listed.
// "hung" finds "hung khí" and "Nguyễn Văn Hùng", and not every "chứng cứ".
type Filter struct{ words []string }

// NewFilter makes the filter of what is typed; blank lets everything through.
func NewFilter(typed string) Filter { return Filter{strings.Fields(Fold(typed))} }

// IsZero tells whether everything is let through.
func (f Filter) IsZero() bool { return len(f.words) == 0 }

// Match tells whether each word typed begins a word of one of the texts, which [Fold] made.
func (f Filter) Match(folded ...string) bool {
	for _, w := range f.words {
		found := false
		for _, text := range folded {
			found = found || beginsWord(text, w)
		}
		if !found {
			return false
		}
	}
	return true
}

// beginsWord tells whether a text has a word that begins with w.
func beginsWord(text, w string) bool {
	for from := 0; ; {
		at := strings.Index(text[from:], w)
		if at < 0 {
			return false
		}
		if from += at; isBeginning(text, from) {
			return true
		}
		_, size := utf8.DecodeRuneInString(text[from:])
		from += size
	}
}

// isBeginning tells whether a word begins at a place of a text. A number is a word after letters, and without the zeros
// before it: 45 begins one in "BL45" and in "BL 045". What is neither letter nor digit is found wherever it stands.
func isBeginning(text string, at int) bool {
	first, _ := utf8.DecodeRuneInString(text[at:])
	if unicode.IsDigit(first) {
		text = strings.TrimRight(text[:at], "0")
		before, _ := utf8.DecodeLastRuneInString(text)
		return !unicode.IsDigit(before)
	}
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	return !isWord(first) || !isWord(before)
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
