// Package viettext reads Vietnamese that was typed before Unicode: with fonts that draw Vietnamese letters for the codes of
// others, so that what is "Cộng hoà" on paper is "Céng hoµ" in the file. A font tells its encoding by its name, see [ByFont]; where
// there is no font, as of names of files, the letters themselves do, see [Guess]. [Vietnamese] tells how much of a text is
// Vietnamese at all.
//
// It reads, and never writes: paths stay what they are on disk.
package viettext

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"
)

// Encoding is a way to write Vietnamese in bytes.
type Encoding uint8

// The encodings. TCVN3 is the one of fonts like .VnTime (TCVN 5712:1993, VN3), with capitals in fonts of their own, whose
// names end in H; VNI writes a base letter and a mark.
const (
	None Encoding = iota
	TCVN3
	TCVN3Capitals
	VNI
	VPS
	VISCII
)

// ByFont is the encoding of a font's letters by the font's name as a document has it, with or without the six letters and +
// of a part of a font. None: Unicode, or not known.
func ByFont(name string) Encoding {
	if len(name) > 7 && name[6] == '+' {
		name = name[7:]
	}
	base, _, _ := strings.Cut(name, ",") // ".VnTime,Bold"
	base = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(base, "-Bold"), "-Italic"), "-BoldItalic")
	upper := strings.ToUpper(base)
	switch {
	case strings.HasPrefix(upper, ".VN"):
		if strings.HasSuffix(base, "H") && len(base) > len(".VnH") {
			return TCVN3Capitals
		}
		return TCVN3
	case strings.HasPrefix(upper, "VNI-"), strings.HasPrefix(upper, "VNI "):
		return VNI
	case strings.HasPrefix(upper, "VPS"):
		return VPS
	case strings.HasPrefix(upper, "VISCII"), strings.HasPrefix(upper, "VI "):
		return VISCII
	}
	return None
}

// Decode reads text whose bytes were taken for Windows-1252, as documents do, or for the symbols of a font (U+F000 to F0FF).
// What the encoding has no letter for stays as it is. Any text will do, and comes out valid.
func (e Encoding) Decode(text string) string {
	if e == None {
		return text
	}
	if e == VNI {
		return decodeVNI(text)
	}
	table := tables[e][:]
	runes := []rune(text)
	var b strings.Builder
	for i, r := range runes {
		code, ok := byteOf(r)
		switch {
		case ok && table[code] != 0:
			r = table[code]
		case r == '-' && (e == TCVN3 || e == TCVN3Capitals) && besideLetter(runes, i):
			r = 'ư' // 0xAD: many readers make a hyphen of it
		}
		if e == TCVN3Capitals {
			r = unicode.ToUpper(r)
		}
		b.WriteRune(r)
	}
	return b.String()
}

func besideLetter(runes []rune, i int) bool {
	letter := func(i int) bool {
		if i < 0 || i >= len(runes) {
			return false
		}
		code, ok := byteOf(runes[i])
		return unicode.IsLetter(runes[i]) || ok && tables[TCVN3][code] != 0
	}
	return letter(i-1) || letter(i+1)
}

// byteOf undoes how a byte was taken for a letter.
func byteOf(r rune) (byte, bool) {
	switch {
	case r < utf8.RuneSelf:
		return 0, false
	case r >= 0xf080 && r <= 0xf0ff: // a font of symbols
		return byte(r - 0xf000), true
	case r == 'μ': // the Greek letter, for the sign of a millionth
		return 0xb5, true
	case r == 'Đ':
		return 0xd0, true // for Ð, which looks like it
	case r <= 0xff:
		return byte(r), true
	}
	return charmap.Windows1252.EncodeRune(r)
}

// decodeVNI joins base letters and marks.
func decodeVNI(text string) string {
	var b strings.Builder
	runes := []rune(text)
	for i := 0; i < len(runes); i++ {
		r := plain(runes[i])
		if i+1 < len(runes) {
			if joined, ok := vniPairs[[2]rune{r, plain(runes[i+1])}]; ok {
				b.WriteRune(joined)
				i++
				continue
			}
		}
		if single, ok := vniSingles[r]; ok {
			r = single
		} else {
			r = runes[i]
		}
		b.WriteRune(r)
	}
	return b.String()
}

// plain is the letter of Latin-1 that a byte was taken for.
func plain(r rune) rune {
	if r >= 0xf020 && r <= 0xf0ff {
		return r - 0xf000
	}
	return r
}

// Guess finds the encoding of a text that no font tells: the one in which its words are Vietnamese where they are none as
// they stand. It takes at least two words with letters beyond ASCII, so that one foreign name is left alone.
func Guess(text string) Encoding {
	if !suspicious(text) {
		return None
	}
	good, all := syllables(text)
	least := (all*8 + 9) / 10 // words that must be Vietnamese
	switch {
	case all < 2 || good == all:
		return None
	case good*2 >= all && all < 3:
		return None
	case good*2 >= all: // many old words look like others
		least = all
	}
	best, most := None, least-1
	for _, e := range []Encoding{TCVN3, VNI, VPS, VISCII} {
		if good, _ := syllables(e.Decode(text)); good > most {
			best, most = e, good
		}
	}
	return best
}

// suspicious tells whether a text has letters or signs of Latin-1, and none that only Unicode has.
func suspicious(text string) bool {
	found := false
	for _, r := range text {
		switch {
		case r >= 0x1ea0 && r <= 0x1ef9, strings.ContainsRune("ăĂđơƠưƯ", r), r >= 0x300 && r <= 0x323:
			return false
		case r >= 0xa1 && r <= 0x2122:
			found = true
		}
	}
	return found
}

// Readable is a text in Unicode, whichever encoding it was written in.
func Readable(text string) string { return Guess(text).Decode(text) }

// words are stretches of letters and of the signs that old encodings put in their place.
func words(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool {
		return r < utf8.RuneSelf && !unicode.IsLetter(r) || unicode.IsSpace(r) || r >= 0x2010 && r <= 0x201f
	})
}

// syllables counts the words with letters beyond ASCII, and how many of them are Vietnamese.
func syllables(text string) (good, all int) {
	for _, w := range words(norm.NFC.String(text)) {
		if strings.IndexFunc(w, func(r rune) bool { return r >= utf8.RuneSelf }) < 0 || strings.IndexFunc(w, unicode.IsLetter) < 0 {
			continue
		}
		all++
		if syllable(w) {
			good++
		}
	}
	return good, all
}

// Vietnamese is how much of a text is Vietnamese with its marks, in parts of its words, 0 to 1: of running text two
// thirds and more, of other languages hardly any.
func Vietnamese(text string) float64 {
	all := 0
	for _, w := range words(text) {
		if strings.IndexFunc(w, unicode.IsLetter) >= 0 {
			all++
		}
	}
	good, _ := syllables(text)
	return float64(good) / float64(max(1, all))
}

// telling are words that are frequent in a language and none of Vietnamese, with or without its marks.
var telling = map[string]map[string]bool{
	"en": set("of and is was with for by as are that this from which have has be or not were will shall been their"),
	"fr": set("et les des une est pour dans par sur qui aux avec cette sont ses plus pas ont leur été comme"),
}

func set(list string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// Foreign tells whether a text is in a language that is known and not Vietnamese: one word in sixteen is one of the
// language's most frequent, and three of them are there.
func Foreign(text string) bool {
	list := words(strings.ToLower(text))
	for _, known := range telling {
		n, different := 0, map[string]bool{}
		for _, w := range list {
			if known[w] {
				n++
				different[w] = true
			}
		}
		if len(different) >= 3 && n*16 >= len(list) {
			return true
		}
	}
	return false
}
