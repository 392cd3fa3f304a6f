package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"butluc/library"
)

// token is a syllable or a number of a text.
type token struct {
	exact  string // lower case, NFC, its tone where [toneMoved] puts it
	folded string // without accents, đ as d
	from   int    // in bytes of the text
	to     int
}

// maxToken is the longest run of letters, in bytes, that is taken for a word: what is longer is noise.
const maxToken = 64

// tokens parts a text into its syllables and numbers: "29A-123.45" is three, "5.000.000" too.
func tokens(text string) []token {
	var list []token
	from := -1
	end := func(to int) {
		if from >= 0 && to-from <= maxToken {
			exact := toneMoved.Replace(norm.NFC.String(strings.ToLower(text[from:to])))
			list = append(list, token{exact, library.Fold(exact), from, to})
		}
		from = -1
	}
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		switch letter := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r); {
		case letter && from < 0 && !unicode.IsMark(r):
			from = i
		case !letter:
			end(i)
		}
		i += n
	}
	end(len(text))
	return list
}

// toneMoved writes the tone on the second vowel, where it may stand on either: hòa and hoà are one word.
var toneMoved = strings.NewReplacer(
	"òa", "oà", "óa", "oá", "ỏa", "oả", "õa", "oã", "ọa", "oạ",
	"òe", "oè", "óe", "oé", "ỏe", "oẻ", "õe", "oẽ", "ọe", "oẹ",
	"ùy", "uỳ", "úy", "uý", "ủy", "uỷ", "ũy", "uỹ", "ụy", "uỵ",
)
