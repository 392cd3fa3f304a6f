package viettext

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
)

// FromBytes makes text of a file's bytes: UTF-8 or UTF-16, with a mark at the beginning or without, else what
// Windows writes in Vietnam.
func FromBytes(data []byte) (string, error) {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")):
		return utf16(data, unicode.LittleEndian)
	case bytes.HasPrefix(data, []byte("\xfe\xff")):
		return utf16(data, unicode.BigEndian)
	case len(data) > 3 && data[1] == 0 && data[0] != 0:
		return utf16(data, unicode.LittleEndian)
	case len(data) > 3 && data[0] == 0 && data[1] != 0:
		return utf16(data, unicode.BigEndian)
	}
	if utf8.Valid(data) {
		return string(data), nil
	}
	text, err := charmap.Windows1258.NewDecoder().Bytes(data)
	return string(text), err
}

func utf16(data []byte, order unicode.Endianness) (string, error) {
	text, err := unicode.UTF16(order, unicode.UseBOM).NewDecoder().Bytes(data)
	return string(text), err
}
