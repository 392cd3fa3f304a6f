package shelf

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
)

// firstTime is what a person sees who has no case here yet: three ways to begin.
type firstTime struct {
	choices []*choice
	at      int // that Enter takes
	content *fyne.Container
}

func newFirstTime(s *console.Session, ways Ways) *firstTime {
	f := &firstTime{}
	box := container.NewVBox(widgets.Heading(s.T("shelf.first")))
	for _, c := range []struct {
		icon        fyne.Resource
		name, about string // in the catalogue
		taken       func()
	}{
		{fynetheme.FolderOpenIcon(), "shelf.first-open", "shelf.first-open-text", ways.Open},
		{fynetheme.MediaPlayIcon(), "shelf.first-tour", "shelf.first-tour-text", ways.Tour},
		{widgets.Icon("help"), "shelf.first-guide", "shelf.first-guide-text", ways.Guide},
	} {
		i := len(f.choices)
		o := newChoice(c.icon, s.T(c.name), s.T(c.about), func() { f.choose(i); c.taken() })
		f.choices = append(f.choices, o)
		box.Add(o)
	}
	f.content = container.New(centred{680}, box)
	f.content.Hide()
	f.choose(0)
	return f
}

// choose makes a choice the one that Enter takes.
func (f *firstTime) choose(i int) {
	f.at = max(0, min(i, len(f.choices)-1))
	for k, c := range f.choices {
		c.chosen = k == f.at
		c.Refresh()
	}
}

func (f *firstTime) take() { f.choices[f.at].tapped() }

// choiceTall is how tall a choice is.
const choiceTall = 72

// choice is a large thing to do: an icon, what it is, what it is for.
type choice struct {
	widget.BaseWidget
	ground          *canvas.Rectangle
	body            fyne.CanvasObject
	chosen, hovered bool
	tapped          func()
}

func newChoice(icon fyne.Resource, title, text string, tapped func()) *choice {
	c := &choice{ground: canvas.NewRectangle(color.Transparent), tapped: tapped}
	c.ground.CornerRadius = theme.Radius
	drawn := canvas.NewImageFromResource(fynetheme.NewThemedResource(icon))
	drawn.FillMode = canvas.ImageFillContain
	drawn.SetMinSize(fyne.NewSquareSize(32))
	head, rest := widgets.NewParagraph(18, true, theme.Text), widgets.NewParagraph(theme.TextBase, false, theme.Muted)
	head.SetText(title)
	rest.SetText(text)
	words := widgets.NewColumn(head, rest)
	words.Middle = true
	words.Shrinking(rest, theme.TextSmall, theme.TextBase)
	c.body = container.NewStack(widgets.Space(1, choiceTall), c.ground,
		container.NewBorder(nil, nil, widgets.Inset(rowGap, container.NewCenter(drawn)), nil, words.Content()))
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer implements [fyne.Widget].
func (c *choice) CreateRenderer() fyne.WidgetRenderer {
	c.paint()
	return widget.NewSimpleRenderer(c.body)
}

// Refresh implements [fyne.Widget].
func (c *choice) Refresh() {
	c.paint()
	c.BaseWidget.Refresh()
}

func (c *choice) paint() {
	c.ground.FillColor, c.ground.StrokeColor, c.ground.StrokeWidth = theme.Color(theme.Surface), theme.Color(theme.Line), 1
	if c.hovered {
		c.ground.FillColor = theme.Color(theme.Raised)
	}
	if c.chosen {
		c.ground.StrokeColor, c.ground.StrokeWidth = theme.Color(theme.Accent), 2
	}
	c.ground.Refresh()
}

// Tapped implements [fyne.Tappable].
func (c *choice) Tapped(*fyne.PointEvent) { c.tapped() }

// MouseIn implements [desktop.Hoverable].
func (c *choice) MouseIn(*desktop.MouseEvent) { c.hovered = true; c.Refresh() }

// MouseMoved implements [desktop.Hoverable].
func (c *choice) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements [desktop.Hoverable].
func (c *choice) MouseOut() { c.hovered = false; c.Refresh() }

// centred puts a thing in the middle, no wider than most.
type centred struct{ most float32 }

// Layout implements [fyne.Layout].
func (l centred) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		wide, tall := min(l.most, size.Width-2*rowGap), min(o.MinSize().Height, size.Height)
		o.Resize(fyne.NewSize(wide, tall))
		o.Move(fyne.NewPos((size.Width-wide)/2, (size.Height-tall)/2))
	}
}

// MinSize implements [fyne.Layout].
func (l centred) MinSize(objects []fyne.CanvasObject) fyne.Size {
	tall := float32(0)
	for _, o := range objects {
		tall = max(tall, o.MinSize().Height)
	}
	return fyne.NewSize(320, tall)
}
