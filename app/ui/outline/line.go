package outline

import (
	"image/color"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
)

// Heights of the rows.
const (
	phaseTall    = 34
	scenarioTall = 44
	stepTall     = 66
	writeTall    = 92
	thumbWide    = 44
	textLeft     = 64 // of a step's words
	textTop      = 6
)

// line is the widget of a row. It can be clicked, and dragged.
type line struct {
	widget.BaseWidget
	index int

	ground, bar *canvas.Rectangle
	mark        *canvas.Text
	title       *canvas.Text
	lines       [2]*canvas.Text
	badge       *canvas.Text
	key         *canvas.Text
	keycap      *canvas.Rectangle
	thumb       *widgets.Picture

	tapped  func(i int)
	menu    func(i int, at fyne.Position)
	dragged func(i int, at fyne.Position)
	dropped func()
	shown   face
	hovered bool
}

// face is what a line shows.
type face struct {
	kind     kind
	open     bool
	mark     string
	title    string
	text     string
	badge    string
	key      string // that jumps here, drawn as a keycap
	bad      bool   // the badge needs somebody
	color    color.Color
	selected bool
	cursor   bool
	writing  bool // a field lies over the words
	here     bool // the Trial's: this is what comes next
	done     bool // the Trial's: it was shown
}

func newLine() *line {
	text := func(size float32, token theme.Token) *canvas.Text {
		t := canvas.NewText("", theme.Color(token))
		t.TextSize = size
		return t
	}
	l := &line{
		ground: canvas.NewRectangle(color.Transparent), bar: canvas.NewRectangle(color.Transparent),
		mark: text(theme.TextBase, theme.Muted), title: text(theme.TextBase, theme.Text),
		lines: [2]*canvas.Text{text(theme.TextBase, theme.Text), text(theme.TextBase, theme.Text)},
		badge: text(theme.TextSmall, theme.Muted), key: text(theme.TextSmall, theme.Text),
		keycap: canvas.NewRectangle(theme.Color(theme.Raised)), thumb: widgets.NewPicture(),
	}
	l.ground.CornerRadius, l.keycap.CornerRadius = theme.Radius, theme.Radius
	l.keycap.StrokeColor, l.keycap.StrokeWidth = theme.Color(theme.Line), 1
	l.thumb.OnTapped = func() { l.Tapped(nil) }
	l.thumb.Ground = theme.Color(theme.Raised)
	l.thumb.Proportions.X, l.thumb.Proportions.Y = 3, 4
	l.ExtendBaseWidget(l)
	return l
}

func (l *line) show(f face) {
	l.shown = f
	l.mark.Text, l.badge.Text, l.key.Text = f.mark, f.badge, f.key
	l.mark.Color = theme.Color(theme.Muted)
	l.title.Color, l.title.TextSize = theme.Color(theme.Text), float32(theme.TextBase)
	l.title.TextStyle.Bold = true
	for _, t := range l.lines {
		t.Color, t.TextSize = theme.Color(theme.Text), float32(theme.TextBase)
	}
	l.badge.Color = theme.Color(theme.Muted)
	if f.bad {
		l.badge.Color = theme.Color(theme.Warn)
	}
	l.bar.FillColor = color.Transparent
	if f.color != nil {
		l.bar.FillColor = f.color
	}
	switch f.kind {
	case phaseRow:
		l.title.Color, l.title.TextSize = theme.Color(theme.Muted), float32(theme.TextSmall)
		f.title = strings.ToUpper(f.title)
	case scenarioRow:
		l.lines[0].Color, l.lines[0].TextSize = theme.Color(theme.Muted), float32(theme.TextSmall)
	case stepRow, draftRow:
		l.title.Color = theme.Color(theme.Accent)
		l.title.TextSize = float32(theme.TextSmall)
	}
	if f.done {
		l.title.Color, l.lines[0].Color, l.lines[1].Color = theme.Color(theme.Muted), theme.Color(theme.Muted), theme.Color(theme.Muted)
	}
	if f.here {
		l.title.Color = theme.Color(theme.Preview)
	}
	l.shown.title = f.title
	widgets.Show(l.thumb, f.kind == stepRow)
	widgets.Show(l.keycap, f.key != "")
	l.paintGround()
	l.layout(l.Size())
	for _, o := range l.objects() {
		if o != l.thumb {
			o.Refresh()
		}
	}
}

func (l *line) paintGround() {
	f := l.shown
	l.ground.FillColor, l.ground.StrokeWidth = color.Transparent, 0
	switch {
	case f.here:
		l.ground.FillColor = theme.Faint(theme.Preview, 0.18)
	case f.selected:
		l.ground.FillColor = theme.Faint(theme.Accent, 0.22)
	case l.hovered:
		l.ground.FillColor = theme.Color(theme.Raised)
	}
	if f.cursor {
		l.ground.StrokeColor, l.ground.StrokeWidth = theme.Color(theme.Accent), 2
	}
}

func (l *line) layout(size fyne.Size) {
	f := l.shown
	l.ground.Move(fyne.NewPos(2, 1))
	l.ground.Resize(fyne.NewSize(max(0, size.Width-4), max(0, size.Height-2)))
	l.bar.Move(fyne.NewPos(2, 3))
	l.bar.Resize(fyne.NewSize(3, max(0, size.Height-6)))
	badge := l.badge.MinSize()
	l.badge.Move(fyne.NewPos(size.Width-badge.Width-10, textTop))
	l.badge.Resize(badge)
	right := size.Width - badge.Width - 10 // of what stands before the badge
	if f.key != "" {
		key := l.key.MinSize()
		right -= key.Width + 16
		l.key.Move(fyne.NewPos(right+4, textTop))
		l.key.Resize(key)
		l.keycap.Move(fyne.NewPos(right, textTop-1))
		l.keycap.Resize(key.AddWidthHeight(8, 2))
	}
	x := float32(24)
	l.mark.Move(fyne.NewPos(9, textTop))
	if f.kind == stepRow || f.kind == draftRow {
		x = textLeft
		l.thumb.Move(fyne.NewPos(12, 4))
		l.thumb.Resize(fyne.NewSize(thumbWide, size.Height-8))
		l.mark.Move(fyne.NewPos(x, textTop))
		if f.mark != "" {
			x += l.mark.MinSize().Width + 4
		}
	}
	room := right - x - 8
	l.title.Text = elide(f.title, l.title.TextSize, l.title.TextStyle, room)
	l.title.Move(fyne.NewPos(x, textTop))
	y := textTop + max(l.title.MinSize().Height, l.mark.MinSize().Height)
	if f.kind == phaseRow {
		l.title.Move(fyne.NewPos(x, (size.Height-l.title.MinSize().Height)/2))
		l.mark.Move(fyne.NewPos(9, (size.Height-l.mark.MinSize().Height)/2))
	}
	left := x
	if f.kind == stepRow {
		left = textLeft
	}
	text := f.text
	if f.writing {
		text = ""
	}
	most := len(l.lines)
	if f.kind == scenarioRow {
		most = 1
	}
	broken := breakLines(text, l.lines[0].TextSize, size.Width-left-10, most)
	for i, t := range l.lines {
		t.Text = ""
		if i < len(broken) {
			t.Text = broken[i]
		}
		t.Move(fyne.NewPos(left, y))
		y += t.MinSize().Height
	}
}

// elide cuts a text with an ellipsis where it is wider than room.
func elide(text string, size float32, style fyne.TextStyle, room float32) string {
	fits := func(s string) bool { return fyne.MeasureText(s, size, style).Width <= room }
	if text == "" || room <= 0 || fits(text) {
		return text
	}
	runes := []rune(text)
	lo, hi := 0, len(runes) // the most that fits
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if fits(string(runes[:mid]) + "…") {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return strings.TrimRight(string(runes[:lo]), " ") + "…"
}

// breakLines breaks a text between words into at most most lines, the last one cut where the text
// goes on. What is far longer than any line is not measured.
func breakLines(text string, size, room float32, most int) []string {
	text = strings.TrimSpace(text)
	if text == "" || room <= 0 {
		return nil
	}
	words := strings.Fields(text)
	var lines []string
	for len(words) > 0 && len(lines) < most-1 {
		n := 1
		line := words[0]
		for n < len(words) {
			next := line + " " + words[n]
			if fyne.MeasureText(next, size, fyne.TextStyle{}).Width > room {
				break
			}
			line, n = next, n+1
		}
		lines = append(lines, elide(line, size, fyne.TextStyle{}, room))
		words = words[n:]
	}
	if len(words) > 0 {
		const longest = 60 // words; more never fit into a line
		rest := strings.Join(words[:min(len(words), longest)], " ")
		lines = append(lines, elide(rest, size, fyne.TextStyle{}, room))
	}
	return lines
}

func (l *line) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{l.ground, l.bar, l.thumb, l.mark, l.title, l.lines[0], l.lines[1], l.badge, l.keycap, l.key}
}

// CreateRenderer implements [fyne.Widget].
func (l *line) CreateRenderer() fyne.WidgetRenderer { return &lineRenderer{l} }

type lineRenderer struct{ l *line }

func (r *lineRenderer) MinSize() fyne.Size           { return fyne.NewSize(80, phaseTall) }
func (r *lineRenderer) Layout(size fyne.Size)        { r.l.layout(size) }
func (r *lineRenderer) Refresh()                     { r.l.show(r.l.shown) }
func (r *lineRenderer) Destroy()                     {}
func (r *lineRenderer) Objects() []fyne.CanvasObject { return r.l.objects() }

// Tapped implements [fyne.Tappable].
func (l *line) Tapped(*fyne.PointEvent) { l.tapped(l.index) }

// TappedSecondary implements [fyne.SecondaryTappable].
func (l *line) TappedSecondary(e *fyne.PointEvent) { l.menu(l.index, e.AbsolutePosition) }

// Dragged implements [fyne.Draggable].
func (l *line) Dragged(e *fyne.DragEvent) { l.dragged(l.index, e.AbsolutePosition) }

// DragEnd implements [fyne.Draggable].
func (l *line) DragEnd() { l.dropped() }

// MouseIn implements [desktop.Hoverable].
func (l *line) MouseIn(*desktop.MouseEvent) { l.hover(true) }

// MouseMoved implements [desktop.Hoverable].
func (l *line) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements [desktop.Hoverable].
func (l *line) MouseOut() { l.hover(false) }

func (l *line) hover(on bool) {
	l.hovered = on
	l.paintGround()
	l.ground.Refresh()
}
