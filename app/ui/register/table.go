package register

import (
	"image/color"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"butluc/app/i18n"
	"butluc/app/registry"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library/office/register"
)

// Measures of the table, in the toolkit's pixels.
const (
	rowTall   = 48
	cellGap   = 10
	titleWide = 200 // the least: what does not fit beside it is left out
)

// cell is what a column says of a case: one line, and a small one under it.
type cell struct {
	text, small string
	tint        theme.Token // of the small line
}

// column is a column of the table; its heading is in the catalogue behind "register-head.".
type column struct {
	name string
	wide float32 // 0: what is left
	by   register.Order
	last int // the higher, the sooner it is left out in a narrow window; 0: never
	say  func(i18n.Catalogue, register.Row, registry.Words) cell
}

var columns = []column{
	{"number", 146, register.ByNumber, 0, func(_ i18n.Catalogue, _ register.Row, w registry.Words) cell {
		return cell{text: w.Number, small: w.Kind}
	}},
	{"title", 0, register.ByTitle, 0, func(_ i18n.Catalogue, r register.Row, w registry.Words) cell {
		d := r.Facts.Docket
		said := []string{d.Parties, d.Charge}
		return cell{text: w.Title, small: strings.Join(slices.DeleteFunc(said, func(s string) bool { return s == "" || s == w.Title }), " · ")}
	}},
	{"prosecutor", 150, register.ByProsecutor, 3, func(_ i18n.Catalogue, r register.Row, w registry.Words) cell {
		return cell{text: w.Prosecutor, small: r.Facts.Office}
	}},
	{"stage", 146, register.ByStage, 0, func(in i18n.Catalogue, r register.Row, w registry.Words) cell {
		c := cell{text: w.Stage}
		if since := r.Facts.Docket.Since; since != "" && w.Stage != "" {
			c.small = in.T("register.since", "day", registry.ShowDay(since))
		}
		return c
	}},
	{"limit", 110, register.ByDue, 0, func(_ i18n.Catalogue, _ register.Row, w registry.Words) cell {
		c := cell{text: w.Limit, small: w.Left}
		switch {
		case w.Late:
			c.tint = theme.Program
		case w.Soon:
			c.tint = theme.Warn
		}
		return c
	}},
	{"scanned", 92, register.ByScanned, 4, func(_ i18n.Catalogue, _ register.Row, w registry.Words) cell { return cell{text: w.Sheets} }},
	{"outline", 116, register.ByOutline, 5, func(_ i18n.Catalogue, _ register.Row, w registry.Words) cell { return cell{text: w.Outline} }},
	{"hearing", 104, register.ByHearing, 1, func(in i18n.Catalogue, r register.Row, w registry.Words) cell {
		c := cell{text: w.Hearing}
		if s := r.Found.Shown; s.Pages > 0 {
			c.small = in.T("register.shown-pages", "count", s.Pages)
		}
		return c
	}},
}

// fitting are the columns that a width has room for, with their widths.
func fitting(wide float32) (shown []column, widths []float32) {
	shown = slices.Clone(columns)
	for {
		rest := wide - 2*cellGap - theme.Target
		for _, c := range shown {
			rest -= c.wide + cellGap
		}
		last := slices.MaxFunc(shown, func(a, b column) int { return a.last - b.last })
		if rest >= titleWide || last.last == 0 {
			for _, c := range shown {
				if c.wide == 0 {
					c.wide = max(60, rest)
				}
				widths = append(widths, c.wide)
			}
			return shown, widths
		}
		shown = slices.DeleteFunc(shown, func(c column) bool { return c.name == last.name })
	}
}

// table is the register as a table.
type table struct {
	r       *Section
	rows    []register.Row
	at      int
	by      register.Order
	back    bool
	heads   []*widgets.Button // of all columns
	list    *widgets.Rows
	content fyne.CanvasObject
}

func newTable(r *Section) *table {
	t := &table{r: r, by: register.ByDue}
	var heads []fyne.CanvasObject
	for _, c := range columns {
		b := widgets.NewButton("", nil, widgets.Quiet, func() { t.sort(c.by) })
		b.Row, b.Cut, b.Tall = true, true, 32
		t.heads = append(t.heads, b)
		heads = append(heads, b)
	}
	t.list = widgets.NewRows()
	t.list.Count = func() int { return len(t.rows) }
	t.list.Height = func(int) float32 { return rowTall }
	t.list.Make = func() fyne.CanvasObject { return newLine() }
	t.list.Fill = func(i int, o fyne.CanvasObject) { t.fill(i, o.(*line)) }
	t.content = container.NewBorder(container.NewVBox(container.New(headLayout{}, heads...), widgets.Rule()), nil, nil, nil, container.New(&again{rows: t.list}, t.list))
	t.name()
	return t
}

// name says over the columns what they are, and by which the rows are sorted.
func (t *table) name() {
	for i, c := range columns {
		label, style := t.r.s.T("register-head."+c.name), widgets.Quiet
		if c.by == t.by {
			style = widgets.Chosen
			label += map[bool]string{false: " ↑", true: " ↓"}[t.back]
		}
		t.heads[i].SetLabel(label)
		t.heads[i].SetStyle(style)
	}
}

// sort sorts by a column; once more, the other way.
func (t *table) sort(by register.Order) {
	t.back = t.by == by && !t.back
	t.by = by
	t.name()
	t.r.build()
}

// next sorts by the next column.
func (t *table) next() {
	shown, _ := fitting(t.list.Size().Width)
	at := slices.IndexFunc(shown, func(c column) bool { return c.by == t.by })
	t.back = true // sort turns it
	t.by = shown[(at+1)%len(shown)].by
	t.sort(t.by)
}

// show shows rows; the one that was chosen stays so.
func (t *table) show(rows []register.Row) {
	id := ""
	if t.at < len(t.rows) {
		id = t.rows[t.at].ID
	}
	t.rows = rows
	t.at = max(0, min(t.at, len(rows)-1))
	if i := slices.IndexFunc(rows, func(r register.Row) bool { return r.ID == id }); i >= 0 {
		t.at = i
	}
	t.list.Reload()
}

func (t *table) choose(i int) {
	t.at = i
	t.list.Reload()
	t.list.Reveal(i)
}

func (t *table) fill(i int, o *line) {
	row, in := t.rows[i], t.r.s.In()
	words := registry.Cells(in, row, t.r.d.Today())
	shown, widths := fitting(t.list.Size().Width)
	cells := make([]cell, len(shown))
	for k, c := range shown {
		cells[k] = c.say(in, row, words)
	}
	o.say(cells, widths, i == t.at)
	o.tapped = func() { t.choose(i); t.r.enter() }
	o.edit.OnTapped = func() { t.choose(i); t.r.edit() }
	o.edit.Tip = in.T("register.edit")
}

// headLayout lays the headings out over their columns.
type headLayout struct{}

// Layout implements [fyne.Layout].
func (headLayout) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	shown, widths := fitting(size.Width)
	x, k := float32(cellGap), 0
	for i, c := range columns {
		is := k < len(shown) && shown[k].name == c.name
		widgets.Show(objects[i], is)
		if is {
			objects[i].Move(fyne.NewPos(x-8, 0))
			objects[i].Resize(fyne.NewSize(widths[k]+cellGap, size.Height))
			x += widths[k] + cellGap
			k++
		}
	}
}

// MinSize implements [fyne.Layout].
func (headLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(60, 32) }

// again fills rows anew when their place changed.
type again struct {
	rows *widgets.Rows
	size fyne.Size
}

// Layout implements [fyne.Layout].
func (l *again) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	l.rows.Resize(size)
	if l.size != size {
		l.size = size
		l.rows.Reload()
	}
}

// MinSize implements [fyne.Layout].
func (l *again) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(60, rowTall) }

// line is a row: cells beside each other, a button to edit at its end.
type line struct {
	widget.BaseWidget
	ground          *canvas.Rectangle
	texts, smalls   []*canvas.Text
	edit            *widgets.Button
	objects         []fyne.CanvasObject
	widths          []float32
	chosen, hovered bool
	tapped          func()
}

func newLine() *line {
	l := &line{ground: canvas.NewRectangle(color.Transparent), edit: widgets.NewButton("", widgets.Icon("note"), widgets.Quiet, nil)}
	l.ground.CornerRadius = theme.Radius
	l.objects = []fyne.CanvasObject{l.ground}
	for range columns {
		t, s := canvas.NewText("", color.White), canvas.NewText("", color.White)
		t.TextSize, s.TextSize = theme.TextBase, theme.TextSmall
		l.texts, l.smalls = append(l.texts, t), append(l.smalls, s)
		l.objects = append(l.objects, t, s)
	}
	l.objects = append(l.objects, l.edit)
	l.ExtendBaseWidget(l)
	return l
}

// say changes what the line says.
func (l *line) say(cells []cell, widths []float32, chosen bool) {
	l.chosen, l.widths = chosen, widths
	for i, t := range l.texts {
		s := l.smalls[i]
		t.Text, s.Text = "", ""
		if i >= len(cells) {
			continue
		}
		c := cells[i]
		if c.tint == 0 {
			c.tint = theme.Muted
		}
		measure := func(of *canvas.Text) func(string) float32 {
			return func(text string) float32 { return fyne.MeasureText(text, of.TextSize, of.TextStyle).Width }
		}
		t.TextStyle.Bold = i == 0
		t.Color, s.Color = theme.Color(theme.Text), theme.Color(c.tint)
		t.Text, s.Text = widgets.CutEnd(c.text, widths[i], measure(t)), widgets.CutEnd(c.small, widths[i], measure(s))
	}
	l.Refresh()
}

// CreateRenderer implements [fyne.Widget].
func (l *line) CreateRenderer() fyne.WidgetRenderer { return &lineRenderer{l} }

type lineRenderer struct{ l *line }

func (r *lineRenderer) MinSize() fyne.Size { return fyne.NewSize(60, rowTall) }

func (r *lineRenderer) Layout(size fyne.Size) {
	l := r.l
	l.ground.Resize(fyne.NewSize(size.Width, size.Height-2))
	x := float32(cellGap)
	for i, t := range l.texts {
		s := l.smalls[i]
		if i >= len(l.widths) {
			continue
		}
		y := (size.Height - 2 - t.MinSize().Height) / 2
		if s.Text != "" {
			y = (size.Height - 2 - t.MinSize().Height - s.MinSize().Height) / 2
		}
		t.Move(fyne.NewPos(x, y))
		t.Resize(fyne.NewSize(l.widths[i], t.MinSize().Height))
		s.Move(fyne.NewPos(x, y+t.MinSize().Height))
		s.Resize(fyne.NewSize(l.widths[i], s.MinSize().Height))
		x += l.widths[i] + cellGap
	}
	l.edit.Move(fyne.NewPos(size.Width-theme.Target-4, (size.Height-2-theme.Target)/2))
	l.edit.Resize(fyne.NewSquareSize(theme.Target))
}

func (r *lineRenderer) Refresh() {
	l := r.l
	l.ground.FillColor, l.ground.StrokeColor, l.ground.StrokeWidth = color.Color(theme.Color(theme.Surface)), theme.Color(theme.Line), 1
	if l.hovered {
		l.ground.FillColor = theme.Color(theme.Raised)
	}
	if l.chosen {
		l.ground.StrokeColor, l.ground.StrokeWidth = theme.Color(theme.Accent), 2
	}
	r.Layout(l.Size())
	for _, o := range l.objects {
		if o != fyne.CanvasObject(l.edit) {
			o.Refresh()
		}
	}
	canvas.Refresh(l)
}

func (r *lineRenderer) Objects() []fyne.CanvasObject { return r.l.objects }
func (r *lineRenderer) Destroy()                     {}

// Tapped implements [fyne.Tappable].
func (l *line) Tapped(*fyne.PointEvent) { l.tapped() }

// MouseIn implements [desktop.Hoverable].
func (l *line) MouseIn(*desktop.MouseEvent) { l.hovered = true; l.Refresh() }

// MouseMoved implements [desktop.Hoverable].
func (l *line) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements [desktop.Hoverable].
func (l *line) MouseOut() { l.hovered = false; l.Refresh() }
