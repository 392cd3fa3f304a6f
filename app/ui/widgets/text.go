package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	fynetheme "fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"butluc/app/ui/theme"
)

// Line is a line of text that is cut with an ellipsis where it doesn't fit.
func Line(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Truncation = fyne.TextTruncateEllipsis
	return l
}

// Small is a muted small line.
func Small(text string) *widget.Label {
	l := Line(text)
	l.SizeName = fynetheme.SizeNameCaptionText
	l.Importance = widget.LowImportance
	return l
}

// Heading is a bold line.
func Heading(text string) *widget.Label {
	l := Line(text)
	l.SizeName = fynetheme.SizeNameSubHeadingText
	l.TextStyle.Bold = true
	return l
}

// Prose is text that wraps.
func Prose(text string) *widget.Label {
	l := widget.NewLabel(text)
	l.Wrapping = fyne.TextWrapWord
	return l
}

// NoMatch says that nothing matches what is looked for, with the way back. It is hidden at first.
func NoMatch(text, back string, clear func()) fyne.CanvasObject {
	words := Prose(text)
	words.Alignment = fyne.TextAlignCenter
	o := container.NewVBox(Space(1, 24), words, container.NewCenter(NewButton(back, nil, Plain, clear)))
	o.Hide()
	return o
}

// Panel is content on the surface colour.
func Panel(content fyne.CanvasObject) fyne.CanvasObject {
	return container.NewStack(canvas.NewRectangle(theme.Color(theme.Surface)), content)
}

// Rule is a thin line between things, as wide as its place.
func Rule() fyne.CanvasObject {
	r := canvas.NewRectangle(theme.Color(theme.Line))
	r.SetMinSize(fyne.NewSize(1, 1))
	return r
}

// Space is an empty place of at least this size.
func Space(w, h float32) fyne.CanvasObject {
	r := canvas.NewRectangle(color.Transparent)
	r.SetMinSize(fyne.NewSize(w, h))
	return r
}

// Inset is content with a margin.
func Inset(margin float32, content fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(margin, margin, margin, margin), content)
}

// Lamp is a dot with words: what the court screen is doing. The colour never says it alone.
type Lamp struct {
	widget.BaseWidget
	color color.Color
	text  string
}

// NewLamp makes a grey lamp.
func NewLamp() *Lamp {
	l := &Lamp{color: theme.Color(theme.Muted)}
	l.ExtendBaseWidget(l)
	return l
}

// Set changes colour and words.
func (l *Lamp) Set(c color.Color, text string) {
	if l.color != c || l.text != text {
		l.color, l.text = c, text
		l.Refresh()
	}
}

// AccessibilityLabel implements [fyne.Accessible].
func (l *Lamp) AccessibilityLabel() string { return l.text }

// AccessibilityRole implements [fyne.Accessible].
func (l *Lamp) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// CreateRenderer implements [fyne.Widget].
func (l *Lamp) CreateRenderer() fyne.WidgetRenderer {
	text := NewParagraph(theme.TextBase, true, theme.Text)
	column := NewColumn(text)
	column.Edge, column.Middle = 2, true
	column.Shrinking(text, theme.TextSmall, theme.TextBase)
	r := &lampRenderer{l, canvas.NewCircle(l.color), text, column.Content()}
	r.Refresh()
	return r
}

type lampRenderer struct {
	l    *Lamp
	dot  *canvas.Circle
	text *Paragraph
	box  fyne.CanvasObject
}

const lampDot = 14

func (r *lampRenderer) MinSize() fyne.Size { return fyne.NewSize(160, theme.Target) }
func (r *lampRenderer) Layout(size fyne.Size) {
	r.dot.Move(fyne.NewPos(2, (size.Height-lampDot)/2))
	r.dot.Resize(fyne.NewSquareSize(lampDot))
	r.box.Move(fyne.NewPos(lampDot+6, 0))
	r.box.Resize(fyne.NewSize(size.Width-lampDot-6, size.Height))
}

func (r *lampRenderer) Refresh() {
	r.dot.FillColor = r.l.color
	r.dot.StrokeColor, r.dot.StrokeWidth = theme.Color(theme.Line), 1
	r.dot.Refresh()
	r.text.SetText(r.l.text)
}

func (r *lampRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.dot, r.box} }
func (r *lampRenderer) Destroy()                     {}

// Show makes an object visible, or not.
func Show(o fyne.CanvasObject, visible bool) {
	switch {
	case o.Visible() == visible:
	case visible:
		o.Show()
		redraw()
	default:
		o.Hide()
	}
}

// redraw lets the windows be drawn again. The toolkit does not when a container is shown that was never
// drawn: it would be seen with the next move of the mouse only.
func redraw() {
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		if c, ok := w.Canvas().(interface{ SetDirty() }); ok {
			c.SetDirty()
		}
	}
}
