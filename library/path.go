package library

import (
	"fmt"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"butluc/library/viettext"
)

// Sidecar is the name of our own folder inside a case folder; it holds no evidence.
const Sidecar = "_butluc"

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

// SystemPath undoes [EscapePath]: SystemPath(EscapePath(x)) is x for any bytes. Escapes that
// EscapePath would not write stay as they are, so that "%2E%2E" in an imported path is a name like
// any other and never becomes a way out of the case folder.
func SystemPath(p string) string { return filepath.FromSlash(unescaped(p)) }

func unescaped(p string) string {
	var b strings.Builder
	for i := 0; i < len(p); i++ {
		if c, ok := unescape(p[i:]); ok {
			b.WriteByte(c)
			i += 2
			continue
		}
		b.WriteByte(p[i])
	}
	return b.String()
}

// ReadablePath is a path that the library keeps, as people read it: without escapes, with a mark in the place of
// bytes that are no text, and in Unicode what was typed in an encoding of before ("Biªn b¶n.pdf"). It names no file.
func ReadablePath(p string) string {
	parts := strings.Split(unescaped(p), "/")
	for i, part := range parts {
		parts[i] = readableName(part)
	}
	return strings.Join(parts, "/")
}

func readableName(name string) string {
	if utf8.ValidString(name) {
		return viettext.Readable(name)
	}
	// Old archives and sticks keep the bytes as they were typed.
	if latin, err := charmap.Windows1252.NewDecoder().String(name); err == nil {
		if e := viettext.Guess(latin); e != viettext.None {
			return e.Decode(latin)
		}
	}
	return strings.ToValidUTF8(name, "\ufffd")
}

// ReadableName is the last part of [ReadablePath].
func ReadableName(p string) string { return path.Base(ReadablePath(p)) }

// unescape reads the escape at the beginning of s, where there is one that EscapePath writes: of
// "%" or of a byte over 127, in capital hexadecimal digits.
func unescape(s string) (byte, bool) {
	if len(s) < 3 || s[0] != '%' || strings.ToUpper(s[1:3]) != s[1:3] {
		return 0, false
	}
	v, err := strconv.ParseUint(s[1:3], 16, 8)
	if err != nil || v < utf8.RuneSelf && v != '%' {
		return 0, false
	}
	return byte(v), true
}
