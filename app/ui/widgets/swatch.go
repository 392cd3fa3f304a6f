package widgets

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"butluc/app/ui/theme"
)

// Swatch is a dot of colour that can be clicked; the chosen one has a ring.
type Swatch struct {
	widget.BaseWidget
	tapped func()
	ring   *canvas.Circle
	dot    *canvas.Circle
}

const swatchSide = 24

// NewSwatch makes a dot.
func NewSwatch(c color.Color, tapped func()) *Swatch {
	s := &Swatch{tapped: tapped, ring: canvas.NewCircle(color.Transparent), dot: canvas.NewCircle(c)}
	s.ring.StrokeWidth = 2
	s.dot.StrokeColor, s.dot.StrokeWidth = theme.Color(theme.Line), 1
	s.ExtendBaseWidget(s)
	return s
}

// SetChosen puts the ring on or off.
func (s *Swatch) SetChosen(chosen bool) {
	var c color.Color = color.Transparent
	if chosen {
		c = theme.Color(theme.Text)
	}
	if s.ring.StrokeColor != c {
		s.ring.StrokeColor = c
		s.ring.Refresh()
	}
}

// CreateRenderer implements [fyne.Widget].
func (s *Swatch) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewCenter(container.NewGridWrap(fyne.NewSquareSize(swatchSide),
		container.NewStack(s.ring, container.NewPadded(s.dot)))))
}

// Tapped implements [fyne.Tappable].
func (s *Swatch) Tapped(*fyne.PointEvent) { s.tapped() }
