package reading

import (
	"strings"

	"butluc/library"
	"butluc/library/search/text"
	"butluc/library/viettext"
)

// mostly is how much of a page pictures cover at least that is a scan.
const mostly = 0.5

// What the text layer of a scan has at least that needs no OCR: letters, and of the page's height, in twentieths, lines. The line
// of a scanner's program, the head of a fax and the words of a digital signature have less.
const (
	manyLetters = 200
	bands       = 20
	manyBands   = 7
)

// inUnicode are lines in Unicode, also where their fonts did not tell that they were written in an encoding of before.
func inUnicode(lines []library.Line) []library.Line {
	encoding := viettext.Guess(text.Page{Lines: lines}.Text())
	if encoding == viettext.None {
		return lines
	}
	read := make([]library.Line, len(lines))
	for i, l := range lines {
		words := make([]library.Word, len(l.Words))
		for k, w := range l.Words {
			words[k] = library.Word{Box: w.Box, Text: encoding.Decode(w.Text)}
		}
		read[i] = library.LineOf(words)
	}
	return read
}

// plausible tells whether a text is of a language: what a reader of another one made of a Vietnamese scan is of none.
func plausible(p text.Page) bool {
	s := p.Text()
	return viettext.Vietnamese(s) > 0.3 || viettext.Foreign(s)
}

// whole tells whether the text layer of a scan is that of all the page.
func whole(p text.Page) bool {
	var has [bands]bool
	n := 0
	for _, l := range p.Lines {
		has[min(bands-1, max(0, int((l.Box.Y0+l.Box.Y1)/2*bands)))] = true
	}
	for _, h := range has {
		if h {
			n++
		}
	}
	return text.InfoOf(p).Letters >= manyLetters && n >= manyBands && plausible(p)
}

// join is what OCR read of a page, and what its own text has besides: all of it, unless it is no text at all and OCR read the page.
func join(read, own text.Page) text.Page {
	if len(read.Lines) == 0 {
		read.Lines, read.Confidence = own.Lines, 100
		return read
	}
	if text.InfoOf(own).Letters >= manyLetters/2 && !plausible(own) && !read.Unread() {
		return read
	}
	known := map[string]bool{}
	for _, l := range read.Lines {
		for _, w := range l.Words {
			known[strings.ToLower(w.Text)] = true
		}
	}
	words := 0
	for _, l := range read.Lines {
		words += len(l.Words)
	}
	for _, l := range own.Lines {
		news := false
		for _, w := range l.Words {
			news = news || !known[strings.ToLower(w.Text)]
		}
		if words += len(l.Words); news && len(read.Lines) < text.MaxLines && words <= text.MaxWords {
			read.Lines = append(read.Lines, l)
		}
	}
	return read
}
