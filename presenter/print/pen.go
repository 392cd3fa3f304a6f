package print

import (
	"strings"
	"unicode/utf8"
)

// pen measures and sets single lines.
type pen struct{ c canvas }

// line is a line of text: pieces in one style each.
type line struct {
	pieces []span
	width  float64
}

func (p pen) width(s string, st style, size float64) float64 {
	return p.c.width(s, st, size)
}

// fit is s, or its beginning where it is wider than room.
func (p pen) fit(s string, st style, size, room float64) string {
	s = inFace(strings.ReplaceAll(s, "\n", " "))
	if p.width(s, st, size) <= room {
		return s
	}
	const more = "…"
	measure := func(s string) float64 { return p.width(s, st, size) }
	return s[:fitting(s, room-measure(more), measure)] + more
}

// put sets one line with its top at y.
func (p pen) put(s string, st style, size, x, y float64, a align) {
	if s == "" {
		return
	}
	switch a {
	case centre:
		x -= p.width(s, st, size) / 2
	case right:
		x -= p.width(s, st, size)
	case left:
	}
	p.c.text(s, st, size, x, y+size*point)
}

// setLine sets a line of a paragraph in a column, with its top at y.
func (p pen) setLine(l line, q para, x, y, room float64) {
	switch q.align {
	case centre:
		x += (room - l.width) / 2
	case right:
		x += room - l.width
	case left:
	}
	for _, piece := range l.pieces {
		p.put(piece.text, piece.style, q.size, x, y, left)
		x += p.width(piece.text, piece.style, q.size)
	}
}

// wrap breaks spans into lines of a width.
func (p pen) wrap(spans []span, size, room float64) []line {
	var lines []line
	var now line
	end := func() {
		if n := len(now.pieces); n > 0 { // room at a line's end is none
			last := &now.pieces[n-1]
			trimmed := strings.TrimRight(last.text, " ")
			now.width -= p.width(last.text[len(trimmed):], last.style, size)
			last.text = trimmed
		}
		lines = append(lines, now)
		now = line{}
	}
	add := func(word string, st style) {
		w := p.width(word, st, size)
		if now.width > 0 && now.width+p.width(strings.TrimRight(word, " "), st, size) > room {
			end()
		}
		for now.width == 0 && p.width(strings.TrimRight(word, " "), st, size) > room { // a word wider than the line
			_, one := utf8.DecodeRuneInString(word)
			n := max(one, fitting(word, room, func(s string) float64 { return p.width(s, st, size) }))
			now = line{[]span{{word[:n], st}}, p.width(word[:n], st, size)}
			end()
			word = word[n:]
			w = p.width(word, st, size)
		}
		if n := len(now.pieces); n > 0 && now.pieces[n-1].style == st {
			now.pieces[n-1].text += word
		} else if word != "" {
			now.pieces = append(now.pieces, span{word, st})
		}
		now.width += w
	}
	for _, s := range spans {
		for i, part := range strings.Split(s.text, "\n") {
			if i > 0 {
				end()
			}
			for _, word := range strings.SplitAfter(part, " ") {
				add(inFace(word), s.style)
			}
		}
	}
	end()
	return lines
}
