package office

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console/label"
	"butluc/app/console/office"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library/office/share"
)

// rowTall is how tall a case's row is.
const rowTall = 64

// row is a case of the store: its title, and below it who has it, and how it stands.
type row struct {
	widget.BaseWidget
	ground *canvas.Rectangle
	title  *widgets.Paragraph
	words  *widgets.Paragraph
	state  *widgets.Paragraph
	tap    *widgets.Tap
	tapped func()
}

func newRow() *row {
	r := &row{ground: canvas.NewRectangle(color.Transparent)}
	r.ground.CornerRadius = theme.Radius
	r.title = widgets.NewParagraph(theme.TextBase, true, theme.Text)
	r.words = widgets.NewParagraph(theme.TextSmall, false, theme.Muted)
	r.state = widgets.NewParagraph(theme.TextSmall, false, theme.Text)
	for _, p := range []*widgets.Paragraph{r.title, r.words, r.state} {
		p.AtMost(1)
	}
	text := container.New(lines{}, r.title, r.words, r.state)
	r.tap = widgets.NewTap(container.NewStack(r.ground, widgets.Inset(6, text)), func() { r.tapped() })
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer implements [fyne.Widget].
func (r *row) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.tap) }

// lines are the title with the state right of it, and the words below.
type lines struct{}

// Layout implements [fyne.Layout].
func (lines) Layout(o []fyne.CanvasObject, size fyne.Size) {
	wide := min(320, size.Width*0.4)
	half := size.Height / 2
	for i, at := range []fyne.Position{{X: 0, Y: 0}, {X: 0, Y: half}, {X: size.Width - wide, Y: half}} {
		o[i].Move(at)
		o[i].Resize(fyne.NewSize([]float32{size.Width, size.Width - wide - 8, wide}[i], half))
	}
}

// MinSize implements [fyne.Layout].
func (lines) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(200, rowTall-12) }

// fill shows a case in a row.
func (r *Section) fill(i int, o *row) {
	list, _ := r.o.Rows()
	if i >= len(list) {
		return
	}
	c := list[i]
	o.title.SetText(c.Title)
	o.words.SetText(r.words(c))
	o.state.SetText(r.state(c))
	o.state.SetTint(theme.Muted)
	if c.Waits || c.State == share.StateBoth || c.Damaged > 0 || len(c.Heads) > 1 {
		o.state.SetTint(theme.Warn)
	}
	o.ground.FillColor, o.ground.StrokeWidth, o.ground.StrokeColor = color.Transparent, 0, theme.Color(theme.Accent)
	if i == r.at {
		o.ground.FillColor, o.ground.StrokeWidth = theme.Color(theme.Raised), 1.5
	}
	o.ground.Refresh()
	o.tapped = func() {
		again := r.at == i
		r.choose(i)
		if r.focus(nil); again {
			r.caseMenu()
		}
	}
}

// words tell whose a case is, and who was the last to put it into the store.
func (r *Section) words(c office.Row) string {
	text := c.Owner + " · " + label.Right(r.s.In(), c.Right)
	if n := len(c.Heads); n > 0 {
		h := c.Heads[n-1]
		text += " · " + r.s.T("store.last", "name", h.Author.Name, "time", r.o.When(h), "files", h.Files, "size", r.s.In().Size(h.Bytes))
	}
	return text
}

// state tells how a case here and the one in the store are to each other.
func (r *Section) state(c office.Row) string {
	switch {
	case c.Damaged > 0:
		return r.s.T("store.damaged-in", "count", c.Damaged)
	case c.Waits:
		return r.s.T("store.waits")
	case c.State != "":
		return r.s.T("store-state." + string(c.State))
	case len(c.Heads) > 1:
		return r.s.T("store.apart-window", "count", len(c.Heads))
	case c.Stale:
		return r.s.T("store.stale-window")
	}
	return ""
}
