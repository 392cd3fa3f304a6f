package print

import (
	"bytes"
	"fmt"
	"io"

	"codeberg.org/go-pdf/fpdf"
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

// pdf sets text by [fpdf], and decides itself where lines and pages end.
type pdf struct {
	pen
	y      float64 // where the next line's top is
	page   int
	fresh  bool   // nothing is on the page yet
	held   []para // wait for what they must stand with
	footer footer
	images int
}

func newPDF(foot footer) *pdf {
	f := fpdf.New("P", "mm", "A4", "")
	f.SetMargins(marginLeft, marginTop, marginRight)
	f.SetAutoPageBreak(false, 0)
	f.SetCatalogSort(true)
	f.SetCreator("Butluc", true)
	for s, ttf := range faces {
		f.AddUTF8FontFromBytes(face, styleNames[s], ttf)
	}
	p := &pdf{pen: pen{f}, footer: foot}
	p.newPage()
	return p
}

func (p *pdf) newPage() {
	p.f.AddPage()
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
	p.set(lines, q, x, room)
	switch {
	case q.rule:
		half := min(room, lines[len(lines)-1].width) / 4
		p.f.SetLineWidth(0.25)
		p.f.Line(x+room/2-half, p.y+1, x+room/2+half, p.y+1)
		p.y += 2
	case q.dots:
		p.f.SetLineWidth(0.2)
		p.f.SetDashPattern([]float64{0.4, 0.8}, 0)
		p.f.Line(x, p.y-1, x+room, p.y-1)
		p.f.SetDashPattern(nil, 0)
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

// pictureHeight is how high a picture is at the steps' width.
func (p *pdf) pictureHeight(pic *picture) float64 {
	if pic.jpeg == nil {
		return pictureWidth * 9 / 16
	}
	return min(pictureWidth*float64(pic.size.Y)/float64(pic.size.X), 90)
}

func (p *pdf) setPicture(pic *picture, x, y, w, h float64) {
	p.f.SetLineWidth(0.2)
	if pic.jpeg == nil {
		p.f.SetFillColor(0xee, 0xee, 0xee)
		p.f.Rect(x, y, w, h, "FD")
		q := para{size: 10, align: centre}
		lines := p.wrap(text(pic.why), q.size, w-4)
		lines = lines[:min(len(lines), int(h/lineHeight(q.size)))]
		y += (h - float64(len(lines))*lineHeight(q.size)) / 2
		for i, l := range lines {
			p.setLine(l, q, x+2, y+float64(i)*lineHeight(q.size), w-4)
		}
		return
	}
	p.images++
	name := fmt.Sprint("picture", p.images)
	p.f.RegisterImageOptionsReader(name, fpdf.ImageOptions{ImageType: "JPG"}, bytes.NewReader(pic.jpeg))
	p.f.ImageOptions(name, x, y, w, h, false, fpdf.ImageOptions{ImageType: "JPG"}, 0, "")
	p.f.Rect(x, y, w, h, "D")
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
	p.f.SetLineWidth(0.2)
	x := marginLeft
	for i, lines := range r.cells {
		w := t.widths[i] * textWidth
		p.f.Rect(x, p.y, w, r.height, "D")
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
	return p.f.Output(w)
}
