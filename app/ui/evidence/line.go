package evidence

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
)

// line is the widget of a row: a folder in one line, an exhibit in two.
type line struct {
	widget.BaseWidget
	panel  *Panel
	index  int
	depth  int
	folder bool
	here   bool   // it is what is looked at
	name   string // whole
	ground *canvas.Rectangle
	mark   *canvas.Text // ▾ or ▸
	title  *canvas.Text
	count  *canvas.Text
	below  *widget.Label
}

const (
	lineTall   = 44
	folderTall = 32
	indent     = 12
)

func newLine(p *Panel) *line {
	l := &line{
		panel: p, ground: canvas.NewRectangle(color.Transparent), mark: canvas.NewText("", theme.Color(theme.Muted)), title: canvas.NewText("", theme.Color(theme.Text)),
		count: canvas.NewText("", theme.Color(theme.Muted)), below: widgets.Small(""),
	}
	l.mark.TextSize, l.count.TextSize, l.title.TextSize = theme.TextBase, theme.TextSmall, theme.TextBase
	l.ground.CornerRadius = theme.Radius
	l.ExtendBaseWidget(l)
	return l
}

// show fills the line. below is the second line, "" for none; warn makes it amber; picked marks it as
// one of several chosen.
func (l *line) show(r row, count, below string, warn, picked bool) {
	l.ground.FillColor = color.Transparent
	if l.here {
		l.ground.FillColor = theme.Faint(theme.Accent, 0.28)
	}
	if picked {
		l.ground.FillColor = theme.Faint(theme.Accent, 0.3)
	}
	l.ground.Refresh()
	l.depth, l.folder = r.depth, r.isFolder() && !r.album
	l.mark.Text = ""
	if r.isFolder() {
		l.mark.Text = "▸"
		if r.open {
			l.mark.Text = "▾"
		}
	}
	l.mark.Refresh()
	l.title.TextStyle.Bold = l.folder
	l.name = r.title
	l.count.Text = count
	l.count.Refresh()
	l.below.Importance = widget.LowImportance
	if warn {
		l.below.Importance = widget.WarningImportance
	}
	l.below.SetText(below)
	l.layout(l.Size())
}

func (l *line) layout(size fyne.Size) {
	l.ground.Resize(size)
	x := float32(4 + indent*l.depth)
	l.mark.Move(fyne.NewPos(x, (size.Height-l.mark.MinSize().Height)/2))
	x += 14
	right := l.count.MinSize().Width + 8
	l.title.Text = widgets.CutMiddle(l.name, max(0, size.Width-x-right), func(s string) float32 {
		return fyne.MeasureText(s, l.title.TextSize, l.title.TextStyle).Width
	})
	th, bh := l.title.MinSize().Height, l.below.MinSize().Height
	y := (size.Height - th) / 2
	if !l.folder {
		const padding = 7 // of the label
		y = (size.Height-th-bh)/2 + padding
		l.below.Move(fyne.NewPos(x-padding, y+th-padding))
		l.below.Resize(fyne.NewSize(max(0, size.Width-x), bh))
	}
	l.below.Hidden = l.folder
	l.title.Move(fyne.NewPos(x, y))
	l.title.Resize(fyne.NewSize(max(0, size.Width-x-right), th))
	l.title.Refresh()
	l.count.Move(fyne.NewPos(size.Width-right, y+(th-l.count.MinSize().Height)/2))
}

// CreateRenderer implements [fyne.Widget].
func (l *line) CreateRenderer() fyne.WidgetRenderer { return &lineRenderer{l} }

// Tapped implements [fyne.Tappable].
func (l *line) Tapped(e *fyne.PointEvent) {
	l.panel.tapped(l.index, e != nil && e.Position.X < l.title.Position().X)
}

// TappedSecondary implements [fyne.SecondaryTappable].
func (l *line) TappedSecondary(e *fyne.PointEvent) { l.panel.menu(l.index, e.AbsolutePosition) }

// Dragged implements [fyne.Draggable].
func (l *line) Dragged(e *fyne.DragEvent) { l.panel.drag(l.index, e.AbsolutePosition) }

// DragEnd implements [fyne.Draggable].
func (l *line) DragEnd() { l.panel.OnDrop() }

type lineRenderer struct{ l *line }

func (r *lineRenderer) MinSize() fyne.Size    { return fyne.NewSize(120, lineTall) }
func (r *lineRenderer) Layout(size fyne.Size) { r.l.layout(size) }
func (r *lineRenderer) Refresh()              { r.l.layout(r.l.Size()) }
func (r *lineRenderer) Destroy()              {}
func (r *lineRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.l.ground, r.l.mark, r.l.title, r.l.count, r.l.below}
}
