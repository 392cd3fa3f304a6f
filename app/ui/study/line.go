package study

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
)

// Heights of the lines.
const (
	excerptTall = 52
	matterTall  = 38
	cellTall    = 68
	deeper      = 18 // of a matter below another
)

// cell is the place of one text in a line.
type cell struct {
	text  string // in two lines at most
	small string // below it, muted
	tint  theme.Token
	bar   theme.Token // of the strip at its left
	edge  bool        // with the strip
	depth int         // how far to the right it begins
	bold  bool
	warn  bool // the small text is amber
}

// face is what a line shows: cells beside one another, as wide as columns say.
type face struct {
	cells  []cell
	head   bool // on a raised ground
	tied   bool // a line goes from the first cell to the second: they contradict each other
	chosen int  // the cell that is chosen, -1 for none
	whole  bool // the whole line is chosen with it
	picked []bool
}

// mostCells is how many cells a line has at most.
const mostCells = 5

// line is the widget of a row in either view.
type line struct {
	widget.BaseWidget
	index   int
	columns func(wide float32, cells int) []float32 // the widths of the cells
	tapped  func(index, cell int)
	shown   face
	ground  *canvas.Rectangle
	tie     *canvas.Line
	grounds [mostCells]*canvas.Rectangle
	bars    [mostCells]*canvas.Rectangle
	texts   [mostCells]*widgets.Paragraph
	smalls  [mostCells]*canvas.Text
}

func newLine(columns func(float32, int) []float32, tapped func(index, cell int)) *line {
	l := &line{columns: columns, tapped: tapped, ground: canvas.NewRectangle(color.Transparent), tie: canvas.NewLine(color.Transparent)}
	l.ground.CornerRadius, l.tie.StrokeWidth = theme.Radius, 2
	for i := range mostCells {
		l.grounds[i], l.bars[i] = canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
		l.grounds[i].CornerRadius = theme.Radius
		l.texts[i] = widgets.NewParagraph(theme.TextBase, false, theme.Text)
		l.smalls[i] = canvas.NewText("", theme.Color(theme.Muted))
		l.smalls[i].TextSize = theme.TextSmall
	}
	l.ExtendBaseWidget(l)
	return l
}

func (l *line) show(index int, f face) {
	l.index, l.shown = index, f
	l.layout(l.Size())
	for _, o := range l.objects() {
		o.Refresh()
	}
}

func (l *line) layout(size fyne.Size) {
	f := l.shown
	l.ground.Move(fyne.NewPos(2, 1))
	l.ground.Resize(size.SubtractWidthHeight(4, 2))
	l.ground.FillColor, l.ground.StrokeWidth = color.Transparent, 0
	switch {
	case f.whole && f.chosen >= 0:
		l.ground.FillColor = theme.Faint(theme.Accent, 0.24)
		l.ground.StrokeColor, l.ground.StrokeWidth = theme.Color(theme.Accent), 1
	case f.head:
		l.ground.FillColor = theme.Color(theme.Raised)
	}
	x := float32(theme.Gap)
	wides := l.columns(size.Width-2*theme.Gap, len(f.cells))
	var middle [mostCells]fyne.Position
	for i := range mostCells {
		there := i < len(f.cells)
		for _, o := range []fyne.CanvasObject{l.grounds[i], l.bars[i], l.texts[i], l.smalls[i]} {
			widgets.Show(o, there)
		}
		if !there {
			continue
		}
		l.cell(i, x, wides[i], size.Height)
		middle[i] = fyne.NewPos(x, size.Height/2)
		x += wides[i]
	}
	widgets.Show(l.tie, f.tied && len(f.cells) > 1)
	if f.tied && len(f.cells) > 1 {
		l.tie.StrokeColor = theme.Color(theme.Program)
		l.tie.Position1, l.tie.Position2 = middle[1].SubtractXY(22, 0), middle[1].AddXY(2, 0)
	}
}

// cell lays one cell out.
func (l *line) cell(i int, x, wide, tall float32) {
	c := l.shown.cells[i]
	left := x + 2 + float32(c.depth)*deeper
	l.grounds[i].Move(fyne.NewPos(x, 3))
	l.grounds[i].Resize(fyne.NewSize(max(0, wide-theme.Gap*2-6), tall-6))
	l.grounds[i].FillColor, l.grounds[i].StrokeWidth = color.Transparent, 0
	if c.edge {
		l.grounds[i].FillColor = theme.Color(theme.Surface)
		left = x + 10
	}
	if i < len(l.shown.picked) && l.shown.picked[i] {
		l.grounds[i].FillColor = theme.Faint(theme.Preview, 0.22)
	}
	if i == l.shown.chosen && !l.shown.whole {
		l.grounds[i].StrokeColor, l.grounds[i].StrokeWidth = theme.Color(theme.Accent), 2
	}
	l.bars[i].FillColor = color.Transparent
	if c.edge {
		l.bars[i].FillColor = theme.Color(c.bar)
		l.bars[i].Move(fyne.NewPos(x+3, 7))
		l.bars[i].Resize(fyne.NewSize(3, tall-14))
	}
	room := max(1, x+wide-left-theme.Gap)
	if c.edge {
		room = max(1, x+wide-left-theme.Gap*3)
	}
	lines := 2
	if c.small != "" && tall < cellTall {
		lines = 1
	}
	p := l.texts[i]
	p.AtMost(lines)
	p.SetSize(theme.TextSmall + 1)
	p.SetTint(c.tint)
	p.SetBold(c.bold)
	p.SetText(c.text)
	high := min(p.Tall(theme.TextSmall+1, room), tall)
	small := float32(0)
	if c.small != "" {
		small = l.smalls[i].MinSize().Height
	}
	y := max(0, (tall-high-small)/2)
	p.Move(fyne.NewPos(left, y))
	p.Resize(fyne.NewSize(room, high))
	l.smalls[i].Text = widgets.CutEnd(c.small, room, func(s string) float32 { return fyne.MeasureText(s, theme.TextSmall, fyne.TextStyle{}).Width })
	l.smalls[i].Color = theme.Color(theme.Muted)
	if c.warn {
		l.smalls[i].Color = theme.Color(theme.Warn)
	}
	l.smalls[i].Move(fyne.NewPos(left, y+high))
}

func (l *line) objects() []fyne.CanvasObject {
	list := []fyne.CanvasObject{l.ground}
	for i := range mostCells {
		list = append(list, l.grounds[i], l.bars[i], l.texts[i], l.smalls[i])
	}
	return append(list, l.tie)
}

// Tapped implements [fyne.Tappable].
func (l *line) Tapped(e *fyne.PointEvent) { l.tapped(l.index, l.at(e)) }

// at is the cell at a place.
func (l *line) at(e *fyne.PointEvent) int {
	x := float32(theme.Gap)
	for i, wide := range l.columns(l.Size().Width-2*theme.Gap, len(l.shown.cells)) {
		if x += wide; e != nil && e.Position.X < x {
			return i
		}
	}
	return max(0, len(l.shown.cells)-1)
}

// CreateRenderer implements [fyne.Widget].
func (l *line) CreateRenderer() fyne.WidgetRenderer { return &lineRenderer{l} }

type lineRenderer struct{ l *line }

func (r *lineRenderer) MinSize() fyne.Size           { return fyne.NewSize(200, matterTall) }
func (r *lineRenderer) Layout(size fyne.Size)        { r.l.layout(size) }
func (r *lineRenderer) Refresh()                     { r.l.layout(r.l.Size()) }
func (r *lineRenderer) Destroy()                     {}
func (r *lineRenderer) Objects() []fyne.CanvasObject { return r.l.objects() }
