package worker

import (
	"unicode"
	"unicode/utf8"

	"butluc/library"
	"butluc/library/viettext"
	"butluc/presenter/render/protocol"
)

// lineBuilder puts letters together to words and words to lines. Letters come line by line.
type lineBuilder struct {
	place    matrix            // from the letters' points to the page once turned, 0..1
	encoding viettext.Encoding // of the letters that are added

	lines [][]library.Word
	words int // in lines
	line  []library.Word
	at    int    // the line that letters come from
	text  []byte // what of the word is in Unicode
	old   []byte // what follows it in an encoding of before
	oldIn viettext.Encoding
	box   library.Rect // of text and old
	last  rune
	from  library.Rect // the last letter's box, in points
}

// space is how far letters of a word may be apart, in ems: MuPDF's own measure.
const space = 0.15

// add adds a letter of a line: the size of its type and its box are in the page's points.
func (s *lineBuilder) add(line int, r rune, size float64, box library.Rect) {
	switch {
	case line != s.at:
		s.endLine()
		s.at = line
	case (unicode.Is(unicode.Latin, s.last) || s.encoding != viettext.None) && gap(s.from, box) > space*size:
		// MuPDF puts a space into a gap that has none, but not after a letter beyond U+0700: most of
		// the Vietnamese ones.
		s.endWord()
	}
	s.last, s.from = r, box
	if unicode.IsSpace(r) || unicode.IsControl(r) {
		s.endWord()
		return
	}
	box = s.onPage(box)
	if !(box.X0 <= box.X1 && box.Y0 <= box.Y1) { // not a number, or off the page
		return
	}
	if len(s.text) == 0 && len(s.old) == 0 {
		s.box = box
	} else {
		s.box = library.Rect{
			X0: min(s.box.X0, box.X0), Y0: min(s.box.Y0, box.Y0),
			X1: max(s.box.X1, box.X1), Y1: max(s.box.Y1, box.Y1),
		}
	}
	if s.encoding != s.oldIn {
		s.settle()
		s.oldIn = s.encoding
	}
	if s.encoding == viettext.None {
		s.text = utf8.AppendRune(s.text, r) // what is no rune becomes U+FFFD
	} else {
		s.old = utf8.AppendRune(s.old, r)
	}
}

// settle puts what of the word is in an old encoding into Unicode.
func (s *lineBuilder) settle() {
	s.text = append(s.text, s.oldIn.Decode(string(s.old))...)
	s.old = s.old[:0]
}

// gap is how far two boxes beside or above each other are apart.
func gap(a, b library.Rect) float64 {
	return max(a.X0-b.X1, b.X0-a.X1, a.Y0-b.Y1, b.Y0-a.Y1)
}

// onPage is the part of a letter's box that is on the page.
func (s *lineBuilder) onPage(b library.Rect) library.Rect {
	m := &s.place
	x0, y0 := m[0]*b.X0+m[2]*b.Y0+m[4], m[1]*b.X0+m[3]*b.Y0+m[5]
	x1, y1 := m[0]*b.X1+m[2]*b.Y1+m[4], m[1]*b.X1+m[3]*b.Y1+m[5]
	return library.Rect{
		X0: max(min(x0, x1), 0), Y0: max(min(y0, y1), 0),
		X1: min(max(x0, x1), 1), Y1: min(max(y0, y1), 1),
	}
}

func (s *lineBuilder) endWord() {
	s.settle()
	if s.box.Valid() && len(s.text) > 0 && s.words < protocol.MaxWords {
		s.line = append(s.line, library.Word{Box: s.box, Text: string(s.text)})
		s.words++
	}
	s.text = s.text[:0]
}

func (s *lineBuilder) endLine() {
	s.endWord()
	if len(s.line) > 0 && len(s.lines) < protocol.MaxLines {
		s.lines = append(s.lines, s.line)
	}
	s.line = nil
}

// finish ends the last line and returns all.
func (s *lineBuilder) finish() [][]library.Word {
	s.endLine()
	return s.lines
}
