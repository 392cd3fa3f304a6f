package print

import (
	"bytes"
	"fmt"
	"io"

	"codeberg.org/go-pdf/fpdf"
)

// canvas is what a [pen] draws on: pages of millimetres, measured from their upper left corner; letters in points.
type canvas interface {
	addPage() // the next sheet of A4, standing
	width(s string, st style, size float64) float64
	text(s string, st style, size, x, y float64) // y: of the line that letters stand on
	rule(x1, y1, x2, y2, thick float64, dotted bool)
	box(x, y, w, h float64, b boxStyle)
	image(p *picture, x, y, w, h float64) // one that has a JPEG or its like
	mark(title string, level int)         // a bookmark that leads to the page, below the last one of a lesser level
	finish(w io.Writer) error
}

// boxStyle is how a rectangle looks.
type boxStyle int

const (
	boxFrame boxStyle = iota
	boxGray           // with a frame
	boxBlack
)

const boxLine = 0.2 // mm

// sheets draws by [fpdf], which keeps all pages until the end.
type sheets struct {
	f      *fpdf.Fpdf
	images int
}

func newSheets() *sheets {
	f := fpdf.New("P", "mm", "A4", "")
	f.SetMargins(marginLeft, marginTop, marginRight)
	f.SetAutoPageBreak(false, 0)
	f.SetCatalogSort(true)
	f.SetCreator("Butluc", true)
	for s, ttf := range faces {
		f.AddUTF8FontFromBytes(face, styleNames[s], ttf)
	}
	return &sheets{f: f}
}

func (c *sheets) addPage() { c.f.AddPage() }

func (c *sheets) width(s string, st style, size float64) float64 {
	c.f.SetFont(face, styleNames[st], size)
	return c.f.GetStringWidth(s)
}

func (c *sheets) text(s string, st style, size, x, y float64) {
	c.f.SetFont(face, styleNames[st], size)
	c.f.Text(x, y, s)
}

func (c *sheets) rule(x1, y1, x2, y2, thick float64, dotted bool) {
	c.f.SetLineWidth(thick)
	if dotted {
		c.f.SetDashPattern([]float64{0.4, 0.8}, 0)
		defer c.f.SetDashPattern(nil, 0)
	}
	c.f.Line(x1, y1, x2, y2)
}

func (c *sheets) box(x, y, w, h float64, b boxStyle) {
	c.f.SetLineWidth(boxLine)
	switch b {
	case boxFrame:
		c.f.Rect(x, y, w, h, "D")
	case boxGray:
		c.f.SetFillColor(0xee, 0xee, 0xee)
		c.f.Rect(x, y, w, h, "FD")
	case boxBlack:
		c.f.SetFillColor(0, 0, 0)
		c.f.Rect(x, y, w, h, "F")
	}
}

func (c *sheets) image(p *picture, x, y, w, h float64) {
	c.images++
	name := fmt.Sprint("picture", c.images)
	form := fpdf.ImageOptions{ImageType: p.ending()}
	c.f.RegisterImageOptionsReader(name, form, bytes.NewReader(p.data))
	c.f.ImageOptions(name, x, y, w, h, false, form, 0, "")
}

func (c *sheets) mark(title string, level int) { c.f.Bookmark(title, level, 0) }

func (c *sheets) finish(w io.Writer) error { return c.f.Output(w) }
