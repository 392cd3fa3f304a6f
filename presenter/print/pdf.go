package print

import (
	"fmt"
	"io"
)

const (
	face    = "serif"
	leading = 1.2       // of lines, to the size of letters
	point   = 25.4 / 72 // mm
	bottom  = pageHeight - marginBottom
	least   = 2     // lines of a paragraph that stand alone at a page's head or foot
	whole   = 120.0 // mm: a step that is not higher stays on one page
)

var styleNames = map[style]string{plain: "", bold: "B", italic: "I"}

// pdf sets text on a [canvas], and decides itself where lines and pages end.
type pdf struct {
	pen
	y      float64 // where the next line's top is
	page   int
	fresh  bool   // nothing is on the page yet
	held   []para // wait for what they must stand with
	footer footer
}

func newPDF(foot footer) *pdf { return newPDFOn(newSheets(), foot) }

func newPDFOn(c canvas, foot footer) *pdf {
	p := &pdf{pen: pen{c}, footer: foot}
	p.newPage()
	return p
}

func (p *pdf) newPage() {
	p.c.addPage()
	p.page++
	p.y, p.fresh = marginTop, true
	if p.page > 1 {
		p.put(fmt.Sprint(p.page), plain, bodySize, pageWidth/2, marginTop-8, centre)
	}
	p.put(p.footer.right, plain, footSize, pageWidth-marginRight, bottom+8, right)
	room := textWidth - p.width(p.footer.right, plain, footSize) - 5
	p.put(p.fit(p.footer.left, plain, footSize, room), plain, footSize, marginLeft, bottom+8, left)
}

func lineHeight(size float64) float64 { return size * point * leading }

// set draws lines in a column, and goes on to the next page where they do not fit, never with fewer
// than [least] lines of a paragraph on either.
func (p *pdf) set(lines []line, q para, x, room float64) {
	height := lineHeight(q.size)
	for i := 0; i < len(lines); {
		fits := int((bottom - p.y + 0.01) / height)
		rest := len(lines) - i
		switch {
		case rest <= fits:
			fits = rest
		case fits < least || rest-fits < least && fits-1 < least:
			fits = 0
		case rest-fits < least:
			fits--
		}
		if fits <= 0 && p.fresh {
			fits = 1
		}
		for range max(fits, 0) {
			p.setLine(lines[i], q, x, p.y, room)
			p.y += height
			p.fresh = false
			i++
		}
		if i < len(lines) {
			p.newPage()
		}
	}
}

// height is that of a paragraph in a column.
func (p *pdf) height(q para, room float64) float64 {
	h := q.before + float64(len(p.wrap(q.spans, q.size, room)))*lineHeight(q.size)
	if q.rule {
		h += 2
	}
	return h
}

func (p *pdf) heights(list []para, room float64) (sum float64) {
	for _, q := range list {
		sum += p.height(q, room)
	}
	return sum
}

func (p *pdf) draw(q para, x, room float64) {
	if !p.fresh {
		p.y += q.before
	}
	lines := p.wrap(q.spans, q.size, room)
	if q.level > 0 {
		p.c.mark(spansText(q.spans), q.level-1)
	}
	p.set(lines, q, x, room)
	switch {
	case q.rule:
		half := min(room, lines[len(lines)-1].width) / 4
		p.c.rule(x+room/2-half, p.y+1, x+room/2+half, p.y+1, 0.25, false)
		p.y += 2
	case q.dots:
		p.c.rule(x, p.y-1, x+room, p.y-1, boxLine, true)
	}
}

// release sets what was held, on a page that has need mm of room after it.
func (p *pdf) release(need float64) {
	if !p.fresh && p.y+p.heights(p.held, textWidth)+need > bottom {
		p.newPage()
	}
	for _, q := range p.held {
		p.draw(q, marginLeft, textWidth)
	}
	p.held = nil
}

func (p *pdf) para(q para) {
	if q.keep {
		p.held = append(p.held, q)
		return
	}
	p.release(min(p.height(q, textWidth), q.before+least*lineHeight(q.size)))
	p.draw(q, marginLeft, textWidth)
}

func (p *pdf) columns(share float64, one, two []para) {
	first := (textWidth - gutter) * share
	second := textWidth - gutter - first
	p.release(max(p.heights(one, first), p.heights(two, second)))
	top, fresh := p.y, p.fresh
	for _, q := range one {
		p.draw(q, marginLeft, first)
	}
	low := p.y
	p.y, p.fresh = top, fresh
	for _, q := range two {
		p.draw(q, marginLeft+first+gutter, second)
	}
	p.y, p.fresh = max(low, p.y), false
}

func (p *pdf) breakPage() {
	p.release(0)
	if !p.fresh {
		p.newPage()
	}
}

func (p *pdf) step(s step) {
	const before, after = 3.0, 1.0
	x, room, high := marginLeft, textWidth, 0.0
	if s.picture != nil {
		x, room = marginLeft+pictureWidth+gutter, textWidth-pictureWidth-gutter
		high = p.pictureHeight(s.picture)
	}
	folios := p.fit(s.folios, plain, smallSize, textWidth/2)
	beside := p.width(folios, plain, smallSize)
	head := para{spans: strong(s.title), size: bodySize, before: before}
	title := textWidth - beside - gutter
	headHigh := p.height(head, title) + after
	body := p.heights(s.body, room)
	need := headHigh + max(high, body)
	if need > whole {
		need = headHigh + max(high, min(body, least*lineHeight(bodySize)))
	}
	p.release(need)
	if !p.fresh {
		p.put(folios, plain, smallSize, pageWidth-marginRight, p.y+before+(bodySize-smallSize)*point, right)
	} else {
		p.put(folios, plain, smallSize, pageWidth-marginRight, p.y+(bodySize-smallSize)*point, right)
	}
	p.draw(head, marginLeft, title)
	p.y += after
	page, top := p.page, p.y
	if s.picture != nil {
		p.setPicture(s.picture, marginLeft, top, pictureWidth, high)
	}
	for _, q := range s.body {
		p.draw(q, x, room)
	}
	if p.page == page {
		p.y = max(p.y, top+high)
	}
	p.fresh = false
}

// plateLeast is how high the picture of a plate is at least, in mm: what is told beneath goes on to the next page first.
const plateLeast = 110.0

func (p *pdf) plate(s plate) {
	const gap = 2.5
	p.breakPage()
	if s.part != "" {
		p.c.mark(clean(s.part), s.head.level-2)
	}
	p.draw(s.head, marginLeft, textWidth)
	p.y += gap
	high := max(plateLeast, bottom-p.y-gap-p.heights(s.facts, textWidth))
	if s.picture.data != nil {
		high = min(high, textWidth*float64(s.picture.size.Y)/float64(s.picture.size.X))
	} else {
		high = plateLeast / 2
	}
	p.setPicture(s.picture, marginLeft, p.y, textWidth, high)
	p.y, p.fresh = p.y+high+gap, false
	for _, q := range s.facts {
		p.draw(q, marginLeft, textWidth)
	}
}

// pictureHeight is how high a picture is at the steps' width.
func (p *pdf) pictureHeight(pic *picture) float64 {
	if pic.data == nil {
		return pictureWidth * 9 / 16
	}
	return min(pictureWidth*float64(pic.size.Y)/float64(pic.size.X), pictureHigh)
}

func (p *pdf) setPicture(pic *picture, x, y, w, h float64) {
	if pic.data == nil {
		p.c.box(x, y, w, h, boxGray)
		q := para{size: 10, align: centre}
		lines := p.wrap(text(pic.why), q.size, w-4)
		lines = lines[:min(len(lines), int(h/lineHeight(q.size)))]
		y += (h - float64(len(lines))*lineHeight(q.size)) / 2
		for i, l := range lines {
			p.setLine(l, q, x+2, y+float64(i)*lineHeight(q.size), w-4)
		}
		return
	}
	if wide := h * float64(pic.size.X) / float64(pic.size.Y); wide < w {
		x, w = x+(w-wide)/2, wide
	}
	p.c.image(pic, x, y, w, h)
	p.c.box(x, y, w, h, boxFrame)
}

func (p *pdf) table(t table) {
	p.release(20)
	p.y += 5
	head := p.newRow(t, t.head, bold)
	p.row(t, head)
	for i, cells := range t.rows {
		st := plain
		if t.sum && i == len(t.rows)-1 {
			st = bold
		}
		r := p.newRow(t, cells, st)
		if p.y+r.height > bottom {
			p.newPage()
			p.row(t, head)
		}
		p.row(t, r)
	}
}

const cellPad = 1.2 // mm

// tableRow is a row of a table with its cells' lines.
type tableRow struct {
	cells  [][]line
	style  style
	height float64
}

func (p *pdf) newRow(t table, cells []string, st style) tableRow {
	r := tableRow{style: st}
	for i, c := range cells {
		lines := p.wrap([]span{{clean(c), st}}, smallSize, t.widths[i]*textWidth-2*cellPad)
		r.cells = append(r.cells, lines)
		r.height = max(r.height, float64(len(lines))*lineHeight(smallSize)+2*cellPad)
	}
	return r
}

func (p *pdf) row(t table, r tableRow) {
	x := marginLeft
	for i, lines := range r.cells {
		w := t.widths[i] * textWidth
		p.c.box(x, p.y, w, r.height, boxFrame)
		q := para{size: smallSize}
		if r.style == bold || t.centre[i] {
			q.align = centre
		}
		for n, l := range lines {
			p.setLine(l, q, x+cellPad, p.y+cellPad+float64(n)*lineHeight(smallSize), w-2*cellPad)
		}
		x += w
	}
	p.y, p.fresh = p.y+r.height, false
}

func (p *pdf) finish(w io.Writer) error {
	p.release(0)
	return p.c.finish(w)
}
