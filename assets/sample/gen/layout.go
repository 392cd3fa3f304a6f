package main

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"strings"
)

// A page of text is A4 at 150 dots an inch.
const (
	pageW, pageH = 1240, 1754
	left, right  = 205.0, pageW - 120.0
	top, bottom  = 150.0, pageH - 160.0
	body         = 32.0 // pixels an em: 15 point, easy to read on a wall
)

// line is one line of a laid-out page. Its height is in units of the page's leading, so that a
// page can be stretched until it is full, as clerks do.
type line struct {
	words  []word
	height float64
	fixed  bool // the height is in pixels, not in leadings
	align  align
	indent float64
	last   bool // of its paragraph: not stretched to the right margin
	draw   func(c *canvas, y float64, r *rand.Rand)
}

type word struct {
	face *typeface
	size float64
	text string
}

type align int

const (
	justified align = iota
	centred
	flushRight
)

// document is a text of several pages, in the small markup of the files in text/.
type document struct {
	pages [][]line
	full  []bool // pages whose lines are spread to the foot
	// signers sign the foot of every page but the last, which has their names.
	signers []string
}

// parse reads the markup: a line is a paragraph, and its first sign says which kind.
//
//	---          next page
//	# ## ~ = >   large bold, bold, italic and plain in the middle; italic at the right
//	@heading A / B          an office's heading beside the Republic's
//	@sign A / B | C / D     signatures, side by side: titles, last the name
//	@foot A | B             who signs at the foot of each page but the last
//	@seal AROUND | MIDDLE   the seal that goes with a signature that has [seal] for a title
//	@gap N                  N empty lines
//	*bold* _italic_         inside a paragraph, also over several words
func parse(name, text string) document {
	var d document
	var page []line
	var seal []string
	finish := func(full bool) {
		d.pages = append(d.pages, page)
		d.full = append(d.full, full)
		page = nil
	}
	scan := bufio.NewScanner(strings.NewReader(text))
	for scan.Scan() {
		s := strings.TrimSpace(scan.Text())
		mark, rest, _ := strings.Cut(s, " ")
		switch mark {
		case "":
		case "---":
			finish(true)
		case "#":
			page = append(page, paragraph(rest, serifBold, serifBold, body*1.1, centred)...)
		case "##":
			page = append(page, paragraph(rest, serifBold, serifBold, body, centred)...)
		case "~":
			page = append(page, paragraph(rest, serifItalic, serifBoldItalic, body*0.95, centred)...)
		case "=":
			page = append(page, paragraph(rest, serif, serifBold, body, centred)...)
		case ">":
			page = append(page, paragraph(rest, serifItalic, serifBoldItalic, body, flushRight)...)
		case "@heading":
			page = append(page, heading(strings.Split(rest, " / ")))
		case "@sign":
			page = append(page, signatures(strings.Split(rest, " | "), seal))
		case "@seal":
			seal = strings.Split(rest, " | ")
		case "@foot":
			d.signers = strings.Split(rest, " | ")
		case "@gap":
			var n float64
			if _, err := fmt.Sscan(rest, &n); err != nil {
				panic(fmt.Errorf("read %s: gap %q: %w", name, rest, err))
			}
			page = append(page, line{height: n})
		default:
			if strings.HasPrefix(mark, "@") {
				panic(fmt.Errorf("read %s: no such mark: %s", name, mark))
			}
			page = append(page, paragraph(speech(s), serif, serifBold, body, justified)...)
		}
	}
	finish(false)
	return d
}

// speech sets the words before a question and an answer in bold.
func speech(s string) string {
	for _, who := range []string{"Hỏi:", "Đáp:"} {
		if strings.HasPrefix(s, who) {
			return "*" + who + "*" + s[len(who):]
		}
	}
	return s
}

func paragraph(s string, plain, bold *typeface, size float64, a align) []line {
	width := right - left
	indent := 0.0
	if a == justified {
		indent = 52
	}
	var lines []line
	var current []word
	used := indent
	face := plain
	for _, text := range strings.Fields(s) {
		text, ends := emphasis(text, &face, plain, bold)
		w := face.width(size, text)
		space := plain.width(size, " ")
		if len(current) > 0 && used+space+w > width {
			lines = append(lines, line{words: current, height: 1, align: a, indent: indent})
			current, used, indent = nil, 0, 0
		}
		if len(current) > 0 {
			used += space
		}
		current = append(current, word{face: face, size: size, text: text})
		used += w
		if ends {
			face = plain
		}
	}
	return append(lines, line{words: current, height: 1.12, align: a, indent: indent, last: true})
}

// emphasis takes the marks off a word, sets face where one begins and tells whether one ends.
func emphasis(text string, face **typeface, plain, bold *typeface) (string, bool) {
	switch {
	case strings.HasPrefix(text, "*"):
		*face, text = bold, text[1:]
	case strings.HasPrefix(text, "_"):
		*face, text = serifItalic, text[1:]
	}
	if *face == plain {
		return text, false
	}
	if i := strings.LastIndexAny(text, "*_"); i >= 0 && i >= len(text)-2 {
		return text[:i] + text[i+1:], true
	}
	return text, false
}

// heading is the office at the left, the Republic at the right.
func heading(office []string) line {
	return line{height: 165, fixed: true, draw: func(c *canvas, y float64, _ *rand.Rand) {
		const size = 25
		l, r := left+150.0, right-255.0
		number := ""
		if n := len(office) - 1; strings.HasPrefix(office[n], "Số") {
			number, office = office[n], office[:n]
		}
		for i, s := range office {
			f := serif
			if i == len(office)-1 {
				f = serifBold
			}
			c.centre(f, size, pt{l, y + float64(i)*34}, s, grey(20))
		}
		under := y + float64(len(office)-1)*34 + 12
		c.stroke(2, grey(30), pt{l - 60, under}, pt{l + 60, under})
		if number != "" {
			c.centre(serif, size, pt{l, under + 36}, number, grey(20))
		}
		c.centre(serifBold, size, pt{r, y}, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", grey(20))
		c.centre(serifBold, size*1.08, pt{r, y + 35}, "Độc lập - Tự do - Hạnh phúc", grey(20))
		c.stroke(2, grey(30), pt{r - 152, y + 47}, pt{r + 152, y + 47})
	}}
}

// signatures stand side by side: titles above, the name below, the hand between.
func signatures(columns, seal []string) line {
	return line{height: 265, fixed: true, draw: func(c *canvas, y float64, r *rand.Rand) {
		step := (right - left) / float64(len(columns))
		for i, column := range columns {
			x := left + step*(float64(i)+0.5)
			lines := strings.Split(column, " / ")
			name := lines[len(lines)-1]
			for j, s := range lines[:len(lines)-1] {
				if s == "[seal]" {
					c.seal(pt{x - 105, y + 150}, seal[0], seal[1], veil(95, 95, 95, 0.8))
					continue
				}
				f := serifBold
				if strings.HasPrefix(s, "(") {
					f = serifItalic
				}
				if strings.HasPrefix(s, "- ") {
					c.write(serif, body*0.75, pt{x - step*0.36, y + float64(j)*34}, s, grey(20))
					continue
				}
				c.centre(f, body*0.86, pt{x, y + float64(j)*36}, s, grey(20))
			}
			if strings.Trim(name, " .") == "" { // a list of recipients, or an empty place
				continue
			}
			c.scribble(pt{x, y + 125}, 1, name, r)
			c.centre(serifBold, body*0.9, pt{x, y + 205}, name, grey(20))
		}
	}}
}

// sheet draws page i, counted from 0, with the folio's stamp where there is one.
func (d document) sheet(name string, i int, folio string, r *rand.Rand) *canvas {
	c := newCanvas(pageW, pageH, grey(255))
	units, pixels := 0.0, 0.0
	for _, l := range d.pages[i] {
		if l.fixed {
			pixels += l.height
			continue
		}
		units += l.height
	}
	most := 50.0
	if d.full[i] {
		most = 70
	}
	leading := min((bottom-top-pixels)/units, most)
	if leading < 41 {
		panic(fmt.Errorf("lay out %s: page %d is too full: %.1f pixels a line", name, i+1, leading))
	}
	y := top
	for _, l := range d.pages[i] {
		if l.draw != nil {
			l.draw(c, y, r)
		}
		c.setLine(l, y)
		if l.fixed {
			y += l.height
			continue
		}
		y += l.height * leading
	}
	if i > 0 {
		c.centre(serif, body*0.85, pt{pageW / 2, 95}, fmt.Sprint(i+1), grey(40))
	}
	if d.full[i] {
		for j, name := range d.signers {
			step := (right - left) / float64(len(d.signers))
			c.scribble(pt{left + step*(float64(j)+0.5), bottom + 62}, 0.6, name, r)
		}
	}
	c.folioStamp(folio, r)
	return c
}

func (c *canvas) setLine(l line, y float64) {
	if len(l.words) == 0 {
		return
	}
	space := l.words[0].face.width(l.words[0].size, " ")
	width := space * float64(len(l.words)-1)
	for _, w := range l.words {
		width += w.face.width(w.size, w.text)
	}
	x := left + l.indent
	switch {
	case l.align == centred:
		x = (left + right - width) / 2
	case l.align == flushRight:
		x = right - width
	case !l.last && len(l.words) > 1:
		space += (right - x - width) / float64(len(l.words)-1)
	}
	for _, w := range l.words {
		c.write(w.face, w.size, pt{x, y}, w.text, grey(22))
		x += w.face.width(w.size, w.text) + space
	}
}
