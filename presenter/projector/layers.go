package projector

import (
	"image"
	"image/color"
	"math"

	"butluc/library"
	"butluc/presenter/compose"
)

// Layers is a [Screen] that can change what it shows for a moment, without a new frame.
type Layers interface {
	// Over draws a picture with transparency over the frame, and outside's colour over all else of it, both
	// premultiplied; nil takes it away. The next frame, and black, take it away too.
	Over(picture *image.RGBA, at image.Point, outside color.RGBA) error
	// Reproject draws parts of the frame at other places, in place of those before.
	Reproject(parts ...Part) error
}

// Moving is a [Screen] that can show moving pictures.
type Moving interface {
	// Patch draws a part of the frame anew, with the picture's upper left corner at a pixel of the frame. It
	// stays until the next frame, and the picture is not kept. On a black screen nothing is drawn.
	Patch(picture *image.RGBA, at image.Point) error
}

// Part is a part of the frame that comes to lie at another place, within clip. All are told in pixels.
type Part struct {
	Clip     image.Rectangle
	From, To library.Rect
}

// Over draws over the court's picture for a moment: a pointer, a mark that is being drawn. Nothing is drawn
// on a black screen, nor while the picture of Program is on its way.
func (p *Projector) Over(picture *image.RGBA, at image.Point, outside color.RGBA) {
	if layers, ok := p.screen.(Layers); ok && p.stands() {
		p.tellError(layers.Over(picture, at, outside))
	}
}

// stands tells whether the court sees Program.
func (p *Projector) stands() bool {
	st := p.stage.State()
	return st.Running && st.Screen && !st.Dark && !st.Black && (st.Playing || st.Program == st.Shown)
}

// Room is the part of the frame that the page of a pane, with its callouts, has to itself.
func (f Frame) Room(pane int) image.Rectangle { return f.plan.Room(pane) }

// reproject shows at once, from the frame that stands on the screen, what a change of view will look like
// until its frame is made. What the frame does not have is black meanwhile; where it has nothing of the view,
// it stays.
func (p *Projector) reproject(program library.Shot) {
	layers, ok := p.screen.(Layers)
	st := p.stage.State()
	f, made := p.frames[st.Shown]
	if !ok || !made || f.Err != nil || st.Dark {
		return
	}
	for i, now := range f.Shot.List() {
		next := program.Panes[i]
		same := now
		same.View = next.View
		if same != next || len(f.Callouts[i]) > 0 {
			return // it differs in more than the view, or something stands before the page
		}
	}
	if f.Shot.Count != program.Count {
		return
	}
	var parts []Part
	for i, now := range f.Shot.List() {
		if next := program.Panes[i]; next != now {
			if from, to := moved(f.Places[i], f.Room(i), now.View.Or(), next.View.Or()); from != (library.Rect{}) {
				parts = append(parts, Part{f.Room(i), from, to})
			}
		}
	}
	if len(parts) > 0 {
		p.tellError(layers.Reproject(parts...))
	}
}

// moved is which part of a picture, of a page's view that stands at a place, comes to lie where in its room
// once the page is viewed otherwise; zero where the views have nothing in common.
func moved(place, room image.Rectangle, now, next library.Rect) (from, to library.Rect) {
	// Pixels that the whole page would have, in either direction; a fine measure, for sizes are whole.
	const fine = 16
	w, h := float64(place.Dx())/(now.X1-now.X0), float64(place.Dy())/(now.Y1-now.Y0)
	shape := image.Pt(int(math.Round(w*(next.X1-next.X0)*fine)), int(math.Round(h*(next.Y1-next.Y0)*fine)))
	at := compose.Fit(room, compose.Within(shape, room.Size()))
	in := func(at image.Rectangle, view, part library.Rect) library.Rect {
		sx, sy := float64(at.Dx())/(view.X1-view.X0), float64(at.Dy())/(view.Y1-view.Y0)
		x, y := float64(at.Min.X), float64(at.Min.Y)
		return library.Rect{
			X0: x + (part.X0-view.X0)*sx, Y0: y + (part.Y0-view.Y0)*sy,
			X1: x + (part.X1-view.X0)*sx, Y1: y + (part.Y1-view.Y0)*sy,
		}
	}
	both := library.Rect{
		X0: max(now.X0, next.X0), Y0: max(now.Y0, next.Y0), X1: min(now.X1, next.X1), Y1: min(now.Y1, next.Y1),
	}
	if both.X0 >= both.X1 || both.Y0 >= both.Y1 {
		return library.Rect{}, library.Rect{}
	}
	return in(place, now, both), in(at, next, both)
}
