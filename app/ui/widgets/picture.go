package widgets

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"butluc/app/ui/theme"
	"butluc/presenter/compose"
)

// Picture shows a picture, or a frame of the court screen, as large as fits, with a coloured edge.
// A picture larger than its place is shrunk on a goroutine to exactly the device's pixels: left to
// Fyne, that would be done while drawing.
type Picture struct {
	widget.BaseWidget
	// Edge is the colour of the edge; nil for none.
	Edge color.Color
	// Ground is behind the picture and in its place while there is none; nil for none.
	Ground color.Color
	// Proportions (width, height) are kept for the place while there is no picture.
	Proportions image.Point
	// Top puts the picture at the top of its place rather than in the middle.
	Top bool
	// Empty says in words why there is no picture.
	Empty string
	// OnTapped is called on a click; may be nil.
	OnTapped func()
	// OnResized is called when the picture's place changed, with its size in device pixels; may be nil.
	OnResized func(image.Point)

	source   *image.RGBA
	part     image.Rectangle // of source, that is shown as large as fits
	shown    *image.RGBA
	seen     image.Rectangle // of source, that shown is made from
	at       fyne.Position   // of what is shown
	place    image.Point
	shrinker Latest
}

// NewPicture makes an empty picture with the proportions of a court screen; post runs a function on the UI goroutine, later.
func NewPicture(post func(func())) *Picture {
	p := &Picture{Proportions: image.Pt(16, 9), shrinker: Latest{Post: post}}
	p.ExtendBaseWidget(p)
	return p
}

// SetImage shows a picture; nil for none. The picture must not be written to afterwards. While the
// new one is being shrunk the old stays.
func (p *Picture) SetImage(source *image.RGBA) {
	part := image.Rectangle{}
	if source != nil {
		part = source.Rect
	}
	p.SetPart(source, part)
}

// SetPart shows a picture so that a part of it is as large as fits. Of what is round the part as much is seen as there
// is room for.
func (p *Picture) SetPart(source *image.RGBA, part image.Rectangle) {
	if p.source == source && p.part == part {
		return
	}
	p.source, p.part = source, part
	p.update()
}

// SetEmpty changes the words shown while there is no picture.
func (p *Picture) SetEmpty(text string) {
	if p.Empty != text {
		p.Empty = text
		p.Refresh()
	}
}

// SetEdge changes the edge's colour; nil for none.
func (p *Picture) SetEdge(c color.Color) {
	if p.Edge != c {
		p.Edge = c
		p.Refresh()
	}
}

// Shown is where the picture stands in the widget; empty while there is none.
func (p *Picture) Shown() (at fyne.Position, size fyne.Size) {
	if p.shown == nil {
		return fyne.Position{}, fyne.Size{}
	}
	return p.at, p.stands()
}

// stands is how large what is shown is drawn: pixel for pixel, but while it was made for a larger place.
func (p *Picture) stands() fyne.Size {
	size := p.shown.Rect.Size()
	if box := p.PixelSize(); size.X > box.X+2 || size.Y > box.Y+2 {
		size = compose.Within(size, box)
	}
	return units(p, size)
}

// Whole is where the whole picture would stand of which a part is shown: it may reach out of the widget. It is empty
// while there is none.
func (p *Picture) Whole() (at fyne.Position, size fyne.Size) {
	if p.shown == nil || p.source == nil || p.seen.Empty() {
		return fyne.Position{}, fyne.Size{}
	}
	at, size = p.Shown()
	unit := size.Width / float32(p.seen.Dx())
	at = at.SubtractXY(float32(p.seen.Min.X-p.source.Rect.Min.X)*unit, float32(p.seen.Min.Y-p.source.Rect.Min.Y)*unit)
	return at, fyne.NewSize(float32(p.source.Rect.Dx())*unit, float32(p.source.Rect.Dy())*unit)
}

// around is a part of a picture with as much round it, on the side that has room, as a box of some proportions takes.
func around(part, whole image.Rectangle, box image.Point) image.Rectangle {
	if part = part.Intersect(whole); part.Empty() {
		return whole
	}
	grow := func(from, to, least, most, want int) (int, int) { // to a length, within bounds, about the same middle
		want = min(want, most-least)
		from = max(least, min((from+to-want)/2, most-want))
		return from, from + want
	}
	if wide := part.Dy() * box.X / box.Y; wide > part.Dx() {
		part.Min.X, part.Max.X = grow(part.Min.X, part.Max.X, whole.Min.X, whole.Max.X, wide)
	} else if tall := part.Dx() * box.Y / box.X; tall > part.Dy() {
		part.Min.Y, part.Max.Y = grow(part.Min.Y, part.Max.Y, whole.Min.Y, whole.Max.Y, tall)
	}
	return part
}

// PixelSize is the size in device pixels of the place that the picture may fill.
func (p *Picture) PixelSize() image.Point { return Pixels(p, p.inner()) }

func (p *Picture) inner() fyne.Size {
	s := p.Size()
	if p.Edge != nil {
		s = s.SubtractWidthHeight(2*theme.Edge, 2*theme.Edge)
	}
	return fyne.NewSize(max(0, s.Width), max(0, s.Height))
}

func (p *Picture) update() {
	box := p.PixelSize()
	if p.source == nil || box.X < 1 || box.Y < 1 {
		p.shown = nil
		p.Refresh()
		return
	}
	part, seen := p.part, around(p.part, p.source.Rect, box)
	size := compose.Within(seen.Size(), box)
	if s := seen.Size(); s.X <= box.X && s.Y <= box.Y && (s.X >= box.X-2 || s.Y >= box.Y-2) {
		size = s // made for this place: pixel for pixel
	}
	source := p.source
	if source.Rect.Size() == size {
		p.shown, p.seen = source, seen
		p.Refresh()
		return
	}
	p.shrinker.Do(func() func() {
		out := resample(source, seen, size)
		return func() {
			if p.source == source && p.part == part && p.PixelSize() == box {
				p.shown, p.seen = out, seen
				p.Refresh()
			}
		}
	})
}

// Tapped implements [fyne.Tappable].
func (p *Picture) Tapped(*fyne.PointEvent) {
	if p.OnTapped != nil {
		p.OnTapped()
	}
}

// CreateRenderer implements [fyne.Widget].
func (p *Picture) CreateRenderer() fyne.WidgetRenderer {
	r := &pictureRenderer{
		p: p, ground: canvas.NewRectangle(color.Transparent),
		image: &canvas.Image{ScaleMode: canvas.ImageScaleFastest, FillMode: canvas.ImageFillStretch},
		text:  widget.NewLabel(""),
	}
	for i := range r.edge {
		r.edge[i] = canvas.NewRectangle(color.Transparent)
	}
	r.text.Alignment, r.text.Wrapping = fyne.TextAlignCenter, fyne.TextWrapWord
	r.text.Importance = widget.LowImportance
	r.Refresh()
	return r
}

type pictureRenderer struct {
	p      *Picture
	ground *canvas.Rectangle
	edge   [4]*canvas.Rectangle // a side each: one rectangle with a stroke would have all of its inside shaded
	image  *canvas.Image
	text   *widget.Label
}

func (r *pictureRenderer) MinSize() fyne.Size { return fyne.NewSize(48, 48) }

func (r *pictureRenderer) Layout(size fyne.Size) {
	p := r.p
	inner := p.inner()
	shown := fyne.Size{}
	if p.shown != nil {
		shown = p.stands()
	} else {
		fit := compose.Within(p.Proportions, image.Pt(int(inner.Width), int(inner.Height)))
		shown = fyne.NewSize(float32(fit.X), float32(fit.Y))
	}
	at := fyne.NewPos((size.Width-shown.Width)/2, (size.Height-shown.Height)/2)
	if p.Top {
		at.Y = min(at.Y, theme.Edge)
	}
	p.at = at
	r.image.Move(at)
	r.image.Resize(shown)
	r.ground.Move(at)
	r.ground.Resize(shown)
	r.layoutEdge(at, shown)
	h := r.text.MinSize().Height
	r.text.Resize(fyne.NewSize(shown.Width, h))
	r.text.Move(fyne.NewPos(at.X, at.Y+(shown.Height-r.text.MinSize().Height)/2))
	if box := p.PixelSize(); box != p.place {
		p.place = box
		p.update()
		if p.OnResized != nil {
			p.OnResized(box)
		}
	}
}

// layoutEdge puts the four sides round a place: left and right between top and bottom.
func (r *pictureRenderer) layoutEdge(at fyne.Position, size fyne.Size) {
	const thick = theme.Edge
	wide, tall := size.Width+2*thick, size.Height
	for i, side := range [4]struct {
		x, y, w, h float32
	}{{-thick, -thick, wide, thick}, {-thick, tall, wide, thick}, {-thick, 0, thick, tall}, {size.Width, 0, thick, tall}} {
		r.edge[i].Move(at.AddXY(side.x, side.y))
		r.edge[i].Resize(fyne.NewSize(side.w, side.h))
	}
}

func (r *pictureRenderer) Refresh() {
	p := r.p
	r.ground.FillColor = color.Transparent
	if p.Ground != nil && p.shown == nil { // a picture hides it, and what is hidden is drawn all the same
		r.ground.FillColor = p.Ground
	}
	if p.shown == nil {
		r.image.Hide()
		r.image.Image = nil
		r.text.SetText(p.Empty)
		r.text.Show()
	} else {
		r.text.Hide()
		r.image.Show()
		if r.image.Image != image.Image(p.shown) {
			r.image.Image = p.shown
			r.image.Refresh()
		}
	}
	r.Layout(p.Size())
	for _, side := range r.edge {
		side.FillColor = color.Transparent
		if p.Edge != nil {
			side.FillColor = p.Edge
		}
		side.Refresh()
	}
	r.ground.Refresh()
	canvas.Refresh(p)
}

func (r *pictureRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.ground, r.edge[0], r.edge[1], r.edge[2], r.edge[3], r.image, r.text}
}
func (r *pictureRenderer) Destroy() {}
