package library

import "strings"

// Word is one word of a page's text and where it stands: a box of the page, 0..1, x to the right, y down,
// on the page as it was turned when it was read.
type Word struct {
	Box  Rect   `json:"box"` // it has an area
	Text string `json:"text"`
}

// Line is one line of a page's text, along any of the page's edges. The cells of a table's row are
// lines of their own, and so may be the parts of a line around a wide gap.
type Line struct {
	Box   Rect   // around its words
	Words []Word // at least one; in reading order, which whoever read the page tells
}

// LineOf puts words into a line; it needs one.
func LineOf(words []Word) Line {
	box := words[0].Box
	for _, w := range words[1:] {
		box = box.Around(w.Box)
	}
	return Line{box, words}
}

// Text is the line's words with spaces between them.
func (l Line) Text() string {
	var b strings.Builder
	for i, w := range l.Words {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(w.Text)
	}
	return b.String()
}

// Around is the smallest rectangle that has both in it.
func (r Rect) Around(other Rect) Rect {
	return Rect{min(r.X0, other.X0), min(r.Y0, other.Y0), max(r.X1, other.X1), max(r.Y1, other.Y1)}
}
