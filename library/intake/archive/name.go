package archive

import (
	"archive/zip"
	"encoding/binary"
	"hash/crc32"
	"path/filepath"
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

// inside is an entry's name as a path inside of a folder, as any system can write it; "" where it leads out of it.
func inside(name string) string {
	if strings.HasPrefix(name, "/") || strings.HasPrefix(name, `\`) || len(name) > 1 && name[1] == ':' {
		return ""
	}
	var parts []string
	for part := range strings.SplitSeq(name, "/") {
		switch part {
		case "", ".":
			continue
		case "..":
			return ""
		}
		parts = append(parts, writable(part))
	}
	path := filepath.Join(parts...)
	if !filepath.IsLocal(path) {
		return ""
	}
	return path
}

// writable is a part of a name without what Windows refuses: evidence is carried from machine to machine.
func writable(part string) string {
	part = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`<>:"|?*\`, r) {
			return '_'
		}
		return r
	}, part)
	if end := strings.TrimRight(part, ". "); end != part {
		part = end + "_"
	}
	switch base, _, _ := strings.Cut(strings.ToUpper(part), "."); base {
	case "CON", "PRN", "AUX", "NUL", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
		"LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9":
		part = "_" + part
	}
	return part
}
