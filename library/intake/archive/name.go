package archive

import (
	"archive/zip"
	"encoding/binary"
	"hash/crc32"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// nameOf is an entry's name in Unicode, with "/" between its parts. Where the entry doesn't say that it is UTF-8, that is
// tried, Info-ZIP's Unicode path, then the code pages that Windows packs with: 1258 in Vietnam, else 437.
func nameOf(f *zip.File) string {
	name := f.Name
	if f.NonUTF8 && !utf8.ValidString(name) {
		name = decoded(name, f.Extra)
	}
	name = strings.ToValidUTF8(name, "_")
	if !strings.Contains(name, "/") { // some programs write Windows' separator, against 4.4.17.1
		name = strings.ReplaceAll(name, `\`, "/")
	}
	return norm.NFC.String(name)
}

func decoded(name string, extra []byte) string {
	if unicodePath, ok := infoZipPath(name, extra); ok {
		return unicodePath
	}
	vietnamese := true
	for i := range len(name) {
		if name[i] >= utf8.RuneSelf {
			r := charmap.Windows1258.DecodeByte(name[i])
			vietnamese = vietnamese && (unicode.IsLetter(r) || unicode.Is(unicode.Mn, r))
		}
	}
	page := charmap.CodePage437
	if vietnamese {
		page = charmap.Windows1258
	}
	text, err := page.NewDecoder().String(name)
	if err != nil {
		return name
	}
	return text
}

// infoZipPath is the name in the extra field 0x7075 (APPNOTE 4.6.9), where it belongs to this very name.
func infoZipPath(name string, extra []byte) (string, bool) {
	const id, versionAndSum = 0x7075, 5
	for len(extra) >= 4 {
		tag, size := binary.LittleEndian.Uint16(extra), int(binary.LittleEndian.Uint16(extra[2:]))
		if extra = extra[4:]; size > len(extra) {
			return "", false
		}
		field := extra[:size]
		extra = extra[size:]
		if tag != id || size <= versionAndSum || field[0] != 1 {
			continue
		}
		if binary.LittleEndian.Uint32(field[1:]) == crc32.ChecksumIEEE([]byte(name)) && utf8.Valid(field[versionAndSum:]) {
			return string(field[versionAndSum:]), true
		}
	}
	return "", false
}
