package worker

import (
	"bytes"
	"slices"
	"strings"
)

// maxWarnings go out with a picture; the first tell most.
const maxWarnings = 20

// warnings is notes as people may read them in a log, each once.
func warnings(notes []string) []string {
	var list []string
	for _, n := range notes {
		if text := n[1:]; len(list) < maxWarnings && !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	return list
}

// Parts of messages that mean that a part of the page is missing or was guessed. They are MuPDF's
// and its decoders' own words; the corpus test prints what else they say.
var lostSigns = []string{
	"premature end", "truncat", "corrupt", "unexpected end", "unexpected eof", "end of file", "end of data", "not enough data",
	"error: cannot decode", "failed to decode", "ignoring zlib error", "cannot load object", "object missing", "object out of range",
	"cannot draw", "invalid huffman", "bad huffman",
	"cannot find builtin", "missing glyph", // a font that the file lacks: its letters are not drawn
	"unsupported: ",
	"is not a stream", "non-page object", // what the file refers to is not there
	"loading embedded font", "ft_load_glyph", // other letters than the file's own, or none
}

// Parts of messages that contain such a word and still mean that all of the picture is there.
var harmlessSigns = []string{
	"extraneous byte", // between two markers of a JPEG: some cameras pad
	"icc profile",
}

// lost tells whether notes say that a part of the picture is not what the file once held.
func lost(notes []string) bool {
	return slices.ContainsFunc(notes, func(n string) bool {
		text := strings.ToLower(n[1:])
		has := func(sign string) bool { return strings.Contains(text, sign) }
		return slices.ContainsFunc(lostSigns, has) && !slices.ContainsFunc(harmlessSigns, has)
	})
}

// unsupported tells whether MuPDF, or the decoder that it asked, refused a picture for its variant.
func unsupported(text string) bool { return strings.Contains(strings.ToLower(text), "unsupported") }

// outOfMemory tells whether MuPDF ran into the limit of memory.
func outOfMemory(notes []string) bool {
	return slices.ContainsFunc(notes, func(n string) bool {
		return n[0] == 'E' && (strings.Contains(n, "malloc") || strings.Contains(n, "calloc") || strings.Contains(n, "out of memory"))
	})
}

// overLimit tells whether MuPDF refused for a limit of its own, such as the size of a picture.
func overLimit(notes []string) bool {
	return slices.ContainsFunc(notes, func(n string) bool { return strings.HasPrefix(n, "Elimit error") })
}

// cutPDF tells whether a PDF lacks its end: the place of its table of objects and the end marker (ISO 32000-2, 7.5.5),
// which readers look for near the end, as mail gateways and sticks put zeros and lines of their own behind.
func cutPDF(data []byte) bool {
	const tail = 4 << 10
	end := bytes.TrimRight(data, "\x00\r\n\t ")
	end = end[max(0, len(end)-tail):]
	return !bytes.Contains(end, []byte("startxref")) && !bytes.Contains(end, []byte("%%EOF"))
}
