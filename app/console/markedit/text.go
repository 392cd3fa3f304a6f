package markedit

import (
	"math"

	"butluc/library"
)

// Text is the lines of text of an upright page, top to bottom; none of a photograph.
type Text []library.Line

// word finds the word that a point means: in its line, or just above or below it.
func (t Text) word(p library.Point) (line, word int, ok bool) {
	best := math.Inf(1)
	for i, l := range t {
		tall := l.Box.Y1 - l.Box.Y0
		if p.Y < l.Box.Y0-tall*0.3 || p.Y > l.Box.Y1+tall*0.3 {
			continue
		}
		for k, w := range l.Words {
			away := max(0, w.Box.X0-p.X, p.X-w.Box.X1) + math.Abs((l.Box.Y0+l.Box.Y1)/2-p.Y)/100
			if away < best {
				best, line, word = away, i, k
			}
		}
	}
	const far = 0.08 // of the page's width: in a margin, not in the text
	return line, word, best < far
}

// Between is the regions of the words from one point to another as they are read, one a line; none where
// one of the points is at no text.
func (t Text) Between(from, to library.Point) []library.Rect {
	l0, w0, ok0 := t.word(from)
	l1, w1, ok1 := t.word(to)
	if !ok0 || !ok1 {
		return nil
	}
	if l1 < l0 || l1 == l0 && w1 < w0 {
		l0, w0, l1, w1 = l1, w1, l0, w0
	}
	var regions []library.Rect
	for i := l0; i <= l1; i++ {
		l := t[i]
		first, last := 0, len(l.Words)-1
		if i == l0 {
			first = w0
		}
		if i == l1 {
			last = w1
		}
		if last < first {
			continue
		}
		r := library.Rect{X0: l.Words[first].Box.X0, Y0: l.Box.Y0, X1: l.Words[last].Box.X1, Y1: l.Box.Y1}
		if r.Valid() {
			regions = append(regions, r)
		}
	}
	return regions
}
