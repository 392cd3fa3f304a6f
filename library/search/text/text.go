// Package text is what is written on the pages of a case: words and where they stand, from the file's own
// text layer or by OCR. A page's text belongs to the content of its file, so it is known by the file's
// SHA-256 and outlives that the file is moved or renamed.
package text

import (
	"strings"

	"butluc/library"
)

// Key names a page by the content of its file.
type Key struct {
	SHA256 string // of the file, as library.File has it
	Page   int    // from 0
}

// Source says where the words come from.
type Source string

// The sources. They are kept on disk: never rename one.
const (
	SourceLayer Source = "layer" // the file's own text
	SourceOCR   Source = "ocr"
	SourceScan  Source = "scan" // the text that comes with a scan, which OCR is still to read
)

// Page is what is written on one page. The zero Page is one that was not read.
type Page struct {
	Source     Source
	Engine     string         // "tesseract 5.3.0 vie+eng"; "" for a layer
	Confidence int            // of OCR, 0..100: the mean of the words, by their length; 100 for a layer
	Lines      []library.Line // boxes are on the page as its file has it, not turned further
}

// Sure is the least confidence at which a page counts as read: handwriting comes out far below it.
const Sure = 60

// Unread tells whether a page has writing that could not be read, as handwriting has: its words are
// guesses, and somebody may want to type what it says.
func (p Page) Unread() bool { return p.Source == SourceOCR && len(p.Lines) > 0 && p.Confidence < Sure }

// Text is the page's words, a line a line.
func (p Page) Text() string {
	var b strings.Builder
	for i, l := range p.Lines {
		if i > 0 {
			b.WriteByte('\n')
		}
		b.WriteString(l.Text())
	}
	return b.String()
}
