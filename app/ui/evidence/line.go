package evidence

import (
	"image/color"
	"strings"

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
	more   *canvas.Text // where the name goes on that has no room in one line
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
		more:  canvas.NewText("", theme.Color(theme.Text)),
		count: canvas.NewText("", theme.Color(theme.Muted)), below: widgets.Small(""),
	}
	l.mark.TextSize, l.count.TextSize, l.more.TextSize = theme.TextBase, theme.TextSmall, theme.TextSmall
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
	room := max(0, size.Width-x-right)
	l.title.TextSize, l.more.TextStyle = theme.TextBase, l.title.TextStyle
	rest := ""
	if l.title.Text = l.name; measured(l.title, l.name) > room {
		if l.folder {
			l.title.TextSize = theme.TextSmall // two lines in the place of one
		}
		l.title.Text, rest = l.broken(room)
	}
	th, bh := l.title.MinSize().Height, l.below.MinSize().Height
	const padding = 7 // of the label
	y := (size.Height - th) / 2
	switch {
	case !l.folder:
		y = (size.Height-th-bh)/2 + padding
	case rest != "":
		y = (size.Height - 2*th) / 2
	}
	l.below.Hidden = l.folder
	left := x
	if l.more.Text = rest; rest != "" {
		l.more.Move(fyne.NewPos(x, y+th-1))
		l.more.Resize(l.more.MinSize())
		left += l.more.MinSize().Width + 2
	}
	drop := float32(padding)
	if rest != "" {
		drop += 3 // both stand on one line
	}
	l.below.Move(fyne.NewPos(left-padding, y+th-drop))
	l.below.Resize(fyne.NewSize(max(0, size.Width-left+padding), bh))
	l.title.Move(fyne.NewPos(x, y))
	l.title.Resize(fyne.NewSize(room, th))
	l.title.Refresh()
	l.more.Refresh()
	l.count.Move(fyne.NewPos(size.Width-right, y+(th-l.count.MinSize().Height)/2))
}

// factsLeast is the room that what is told of a document keeps, where its name goes on before it.
const factsLeast = 62

// broken is a name that has no room in one line, in two: the second one has what is told of a document behind it. What has no
// room there either is cut in its middle.
func (l *line) broken(room float32) (first, rest string) {
	words := strings.Fields(l.name)
	n := 1
	for n < len(words) && measured(l.title, strings.Join(words[:n+1], " ")) <= room {
		n++
	}
	second := room
	if !l.folder && l.below.Text != "" {
		second -= factsLeast
	}
	rest = strings.Join(words[n:], " ")
	if first = strings.Join(words[:n], " "); measured(l.title, first) > room || measured(l.more, rest) > max(second, room/2) {
		rest = widgets.CutMiddle(rest, max(second, room/2), func(s string) float32 { return measured(l.more, s) })
		first = widgets.CutMiddle(first, room, func(s string) float32 { return measured(l.title, s) })
	}
	return first, rest
}

// measured is how wide words are in the letters of a text.
func measured(in *canvas.Text, words string) float32 {
	return fyne.MeasureText(words, in.TextSize, in.TextStyle).Width
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
	return []fyne.CanvasObject{r.l.ground, r.l.mark, r.l.title, r.l.more, r.l.count, r.l.below}
}
