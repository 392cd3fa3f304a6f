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
	untoldTall   = 32 // of a scenario that doesn't say when it arises
	scenarioTall = 44
	stepTall     = 46
	writeTall    = 92
	thumbWide    = 30
	textLeft     = 50 // of a step's words
	textTop      = 5
)

// line is the widget of a row. It can be clicked, and dragged.
type line struct {
	widget.BaseWidget
	index int

	ground, bar *canvas.Rectangle
	mark        *canvas.Text
	title       *canvas.Text
	text        *canvas.Text
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

func newLine(post func(func())) *line {
	text := func(size float32, token theme.Token) *canvas.Text {
		t := canvas.NewText("", theme.Color(token))
		t.TextSize = size
		return t
	}
	l := &line{
		ground: canvas.NewRectangle(color.Transparent), bar: canvas.NewRectangle(color.Transparent),
		mark: text(theme.TextBase, theme.Muted), title: text(theme.TextBase, theme.Text),
		text:  text(theme.TextBase, theme.Text),
		badge: text(theme.TextSmall, theme.Muted), key: text(theme.TextSmall, theme.Text),
		keycap: canvas.NewRectangle(theme.Color(theme.Raised)), thumb: widgets.NewPicture(post),
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
	l.text.Color, l.text.TextSize = theme.Color(theme.Text), float32(theme.TextBase)
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
		l.text.Color, l.text.TextSize = theme.Color(theme.Muted), float32(theme.TextSmall)
	case stepRow, draftRow:
		l.title.Color = theme.Color(theme.Accent)
		l.title.TextSize = float32(theme.TextSmall)
	}
	if f.done {
		l.title.Color, l.text.Color = theme.Color(theme.Muted), theme.Color(theme.Muted)
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
	key := fyne.Size{}
	if f.key != "" {
		key = l.key.MinSize().AddWidthHeight(16, 0)
	}
	x := float32(24)
	aside := float32(textTop) // where badge and key stand: beside a title that leaves them no room, in the line below it
	below := float32(0)       // what they take there
	right := size.Width - badge.Width - 10
	cramped := f.kind == scenarioRow && fyne.MeasureText(f.title, l.title.TextSize, l.title.TextStyle).Width > right-key.Width-x-8
	l.badge.Hidden = false
	switch {
	case !cramped:
	case size.Height >= scenarioTall:
		aside, below, right = size.Height-max(badge.Height, key.Height)-textTop, badge.Width+key.Width+10, size.Width-2
	case f.key == "": // there is no such line: how many steps there are is seen below
		l.badge.Hidden, right = true, size.Width-2
	}
	l.badge.Move(fyne.NewPos(size.Width-badge.Width-10, aside))
	l.badge.Resize(badge)
	if f.key != "" {
		at := size.Width - badge.Width - 10 - key.Width
		l.key.Move(fyne.NewPos(at+4, aside))
		l.key.Resize(l.key.MinSize())
		l.keycap.Move(fyne.NewPos(at, aside-1))
		l.keycap.Resize(l.key.MinSize().AddWidthHeight(8, 2))
		if below == 0 {
			right = at
		}
	}
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
	l.text.Text = elide(strings.Join(strings.Fields(text), " "), l.text.TextSize, fyne.TextStyle{}, size.Width-left-10-below)
	l.text.Move(fyne.NewPos(left, y))
}

// elide cuts a text with an ellipsis where it is wider than room.
func elide(text string, size float32, style fyne.TextStyle, room float32) string {
	fits := func(s string) bool { return fyne.MeasureText(s, size, style).Width <= room }
	if text == "" || room <= 0 || fits(text) {
		return text
	}
	const longest = 400 // letters; more never fit into a line
	runes := []rune(text)
	runes = runes[:min(len(runes), longest)]
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

func (l *line) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{l.ground, l.bar, l.thumb, l.mark, l.title, l.text, l.badge, l.keycap, l.key}
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
