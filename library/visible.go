package library

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Visible is a text with what would act rather than be seen written out, "\u202e": control characters, which command a
// terminal, and the marks that turn the direction of writing, with which a name shows another ending than it has. It
// is for names and words of strangers, on one line.
func Visible(s string) string {
	at := strings.IndexFunc(s, Acts)
	if at < 0 && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\ufffd"):
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case Acts(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Acts tells whether a character acts rather than is seen: the controls of C0 and C1, line and paragraph separators,
// and what turns the direction of writing (Unicode's Bidi_Control).
func Acts(r rune) bool {
	switch {
	case r < ' ', r >= 0x7f && r <= 0x9f:
		return true
	case r < 0x061c:
		return false
	}
	return r == 0x061c || r == 0x200e || r == 0x200f || r >= 0x2028 && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}
