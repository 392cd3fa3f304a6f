package office

import (
	"strings"
	"unicode"
)

// rtfNamesOutside looks at the fields of an RTF, whose words may be in any pieces, and at its linked objects.
func rtfNamesOutside(doc []byte) bool {
	var (
		field strings.Builder
		depth int
		from  = -1 // the depth of the group that is a field's instruction; -1 outside of any
	)
	for i := 0; i < len(doc); {
		switch c := doc[i]; c {
		case '{':
			depth++
			i++
		case '}':
			if depth--; depth < from {
				if fetches(field.String()) {
					return true
				}
				field.Reset()
				from = -1
			}
			i++
		case '\\':
			word, letter, next := control(doc, i+1)
			i = next
			switch {
			case word == "objautlink" || word == "objlink":
				return true
			case word == "fldinst":
				from = depth
			case from >= 0 && letter != 0:
				field.WriteRune(letter)
			}
		case '\r', '\n':
			i++
		default:
			if from >= 0 {
				field.WriteByte(c)
			}
			i++
		}
	}
	return fetches(field.String())
}

// control reads what stands behind a backslash: a word with its number and the space that ends it, or a letter by its
// code. next is where the text goes on.
func control(doc []byte, at int) (word string, letter rune, next int) {
	i := at
	for i < len(doc) && doc[i] < unicode.MaxASCII && unicode.IsLetter(rune(doc[i])) {
		i++
	}
	if i == at { // one character
		if i+2 < len(doc) && doc[i] == '\'' {
			return "", nibble(doc[i+1])<<4 | nibble(doc[i+2]), i + 3
		}
		return "", 0, min(i+1, len(doc))
	}
	word = string(doc[at:i])
	number := 0
	for i < len(doc) && (doc[i] == '-' || doc[i] >= '0' && doc[i] <= '9') {
		if doc[i] != '-' && number < unicode.MaxRune {
			number = 10*number + int(doc[i]-'0')
		}
		i++
	}
	if i < len(doc) && doc[i] == ' ' {
		i++
	}
	if word == "u" { // with a letter behind it for those who know none
		return "", rune(number), min(i+1, len(doc))
	}
	return word, 0, i
}

func nibble(c byte) rune {
	const digits = "0123456789abcdef"
	return rune(max(0, strings.IndexByte(digits, byte(unicode.ToLower(rune(c))))))
}
