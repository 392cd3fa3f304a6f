package find

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// Heights of a row and its parts.
const (
	rowTall   = 92
	lineTall  = 36 // the picture of the line
	nameTall  = 20
	belowTall = 20 // whose statement it is, and of when
	pairWide  = 36
)

// face is what a row shows.
type face struct {
	name, below    string
	text           string   // the line in letters, while there is no picture of it
	bold           [][2]int // in text
	before         string   // what stands before the line in letters
	excerpt        bool     // it is one, which is not set beside a page
	picture        *image.RGBA
	lit            []library.Rect // in picture, 0..1
	chosen, paired bool
}

// row is the widget of a page that was found: its name, and the line where the words stand.
type row struct {
	widget.BaseWidget
	panel *Panel
	index int

	ground  *canvas.Rectangle
	name    *widget.Label
	below   *widget.Label
	picture *canvas.Image
	of      *image.RGBA // what picture was made of
	lit     []library.Rect
	text    *widget.RichText
	pair    *widgets.Button
}

func newRow(p *Panel) *row {
	r := &row{
		panel: p, ground: canvas.NewRectangle(color.Transparent), name: widgets.Line(""), below: widgets.Small(""),
		picture: &canvas.Image{ScaleMode: canvas.ImageScaleFastest, FillMode: canvas.ImageFillStretch}, text: widget.NewRichText(),
	}
	r.ground.CornerRadius = theme.Radius
	r.name.TextStyle.Bold = true
	r.text.Truncation = fyne.TextTruncateEllipsis
	r.pair = widgets.NewButton("⇄", nil, widgets.Quiet, func() {
		if pages, i := p.s.Finder.Found().Pages, r.index-len(p.answers); i >= 0 && i < len(pages) {
			p.choose(r.index)
			p.s.Finder.Compare(pages[i])
		}
	})
	r.pair.Tip = p.s.T("find.pair")
	r.ExtendBaseWidget(r)
	return r
}

func (r *row) show(i int, f face) {
	r.index = i
	r.ground.FillColor, r.ground.StrokeColor, r.ground.StrokeWidth = color.Transparent, color.Transparent, 0
	if f.paired {
		r.ground.FillColor = theme.Faint(theme.Preview, 0.2)
	}
	if f.chosen {
		r.ground.FillColor = theme.Faint(theme.Accent, 0.24)
		r.ground.StrokeColor, r.ground.StrokeWidth = theme.Color(theme.Accent), 1
	}
	r.ground.Refresh()
	r.name.SetText(f.name)
	r.below.SetText(f.below)
	widgets.Show(r.pair, !f.excerpt)
	style := widgets.Quiet
	if f.paired {
		style = widgets.Chosen
	}
	r.pair.SetStyle(style)
	if f.picture != nil {
		r.setPicture(f.picture, f.lit)
		r.text.Hide()
		r.picture.Show()
		return
	}
	r.of = nil
	r.picture.Hide()
	r.text.Segments = segments(f)
	r.text.Show()
	r.text.Refresh()
}

func (r *row) setPicture(p *image.RGBA, lit []library.Rect) {
	if r.of == p && len(lit) == len(r.lit) {
		return
	}
	r.of, r.lit = p, lit
	r.picture.Image = highlighted(p, lit)
	r.layout(r.Size())
	r.picture.Refresh()
}

// highlighted is a copy of a picture with parts of it (0..1) as if gone over with a yellow pen.
func highlighted(p *image.RGBA, parts []library.Rect) *image.RGBA {
	out := image.NewRGBA(p.Rect)
	draw.Draw(out, out.Rect, p, p.Rect.Min, draw.Src)
	w, h := float64(p.Rect.Dx()), float64(p.Rect.Dy())
	for _, part := range parts {
		for y := int(part.Y0 * h); y < int(math.Ceil(part.Y1*h)); y++ {
			for x := int(part.X0 * w); x < int(math.Ceil(part.X1*w)); x++ {
				blue := &out.Pix[out.PixOffset(x, y)+2]
				*blue = uint8(int(*blue) * 2 / 5)
			}
		}
	}
	return out
}

// segments is a line in letters, what was looked for in bold.
func segments(f face) []widget.RichTextSegment {
	text := func(s string, bold bool) *widget.TextSegment {
		style := widget.RichTextStyleInline
		style.TextStyle.Bold = bold
		style.SizeName = fynetheme.SizeNameText
		return &widget.TextSegment{Text: s, Style: style}
	}
	var list []widget.RichTextSegment
	if f.before != "" {
		list = append(list, text(f.before+": ", false))
	}
	at := 0
	for _, b := range f.bold {
		if b[0] < at || b[1] > len(f.text) || b[0] > b[1] {
			continue
		}
		if b[0] > at {
			list = append(list, text(f.text[at:b[0]], false))
		}
		list = append(list, text(f.text[b[0]:b[1]], true))
		at = b[1]
	}
	if at < len(f.text) || len(list) == 0 {
		list = append(list, text(f.text[at:], false))
	}
	return list
}

func (r *row) layout(size fyne.Size) {
	r.ground.Move(fyne.NewPos(2, 1))
	r.ground.Resize(size.SubtractWidthHeight(4, 2))
	const up = 6 // labels carry padding of their own
	r.name.Move(fyne.NewPos(2, -up/2))
	r.name.Resize(fyne.NewSize(max(0, size.Width-pairWide-4), r.name.MinSize().Height))
	r.pair.Move(fyne.NewPos(size.Width-pairWide-4, 2))
	r.pair.Resize(fyne.NewSize(pairWide, 28))
	y := float32(nameTall + up)
	r.text.Move(fyne.NewPos(2, y))
	r.text.Resize(fyne.NewSize(max(0, size.Width-4), lineTall))
	wide := size.Width - 2*theme.Gap
	if r.of != nil {
		b := r.of.Rect.Size()
		tall := min(lineTall, wide*float32(b.Y)/float32(max(b.X, 1)))
		r.picture.Move(fyne.NewPos(theme.Gap, y+3+(lineTall-tall)/2))
		r.picture.Resize(fyne.NewSize(wide, tall))
	}
	r.below.Move(fyne.NewPos(2, size.Height-r.below.MinSize().Height+up/2))
	r.below.Resize(fyne.NewSize(max(0, size.Width-4), r.below.MinSize().Height))
}

// CreateRenderer implements [fyne.Widget].
func (r *row) CreateRenderer() fyne.WidgetRenderer { return &rowRenderer{r} }

// Inside implements [widgets.Holder].
func (r *row) Inside() []fyne.CanvasObject { return []fyne.CanvasObject{r.pair} }

// Tapped implements [fyne.Tappable].
func (r *row) Tapped(*fyne.PointEvent) {
	r.panel.choose(r.index)
	r.panel.Go()
}

type rowRenderer struct{ r *row }

func (r *rowRenderer) MinSize() fyne.Size    { return fyne.NewSize(160, rowTall) }
func (r *rowRenderer) Layout(size fyne.Size) { r.r.layout(size) }
func (r *rowRenderer) Refresh()              { r.r.layout(r.r.Size()) }
func (r *rowRenderer) Destroy()              {}
func (r *rowRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.r.ground, r.r.name, r.r.picture, r.r.text, r.r.below, r.r.pair}
}
