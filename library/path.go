package library

import (
	"fmt"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"
)

// EscapePath makes the path that the library keeps out of a path inside the case folder, as the
// system spells it: separators become "/", "%" and bytes that are not UTF-8 are percent-escaped,
// all else stays byte for byte (a Mac's decomposed Vietnamese stays decomposed).
func EscapePath(system string) string {
	s := filepath.ToSlash(system)
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == '%' || r == utf8.RuneError && n == 1 {
			fmt.Fprintf(&b, "%%%02X", s[i])
			i++
			continue
		}
		b.WriteString(s[i : i+n])
		i += n
	}
	return b.String()
}

// SystemPath undoes [EscapePath]. Escapes that EscapePath would not write stay as they are.
func SystemPath(p string) string {
	var b strings.Builder
	for i := 0; i < len(p); i++ {
		if p[i] == '%' && i+2 < len(p) {
			if v, err := strconv.ParseUint(p[i+1:i+3], 16, 8); err == nil {
				b.WriteByte(byte(v))
				i += 2
				continue
			}
		}
		b.WriteByte(p[i])
	}
	return filepath.FromSlash(b.String())
}
