package display

import (
	"fmt"
	"image"

	"github.com/go-gl/gl/v2.1/gl"
)

// Part is a part of the picture at another place. Clip is the place in the window that is redrawn, black
// where nothing comes to lie; what is outside it stays, and nothing of it comes in. From is the part of the
// picture shown, To is where it comes to lie; both may reach beyond the clip and the window.
type Part struct {
	Clip     image.Rectangle
	From, To Rect
}

// peek draws the picture with parts of it at other places, instead of those before.
func (p *pane) peek(parts []Part) error {
	p.moved = nil
	for _, part := range parts {
		if part.Clip.Empty() || part.From.empty() || part.To.empty() {
			_ = p.draw(true) // at least nothing of what was before stays
			return fmt.Errorf("move picture from %v to %v in %v: nothing to show", part.From, part.To, part.Clip)
		}
	}
	p.moved = parts
	return p.draw(true)
}

// paintMoved draws a moved part, as far as it is in a part of the window, into the current context, smoothly.
func (p *pane) paintMoved(moved Part, view image.Point, in image.Rectangle) {
	clip := moved.Clip.Intersect(image.Rectangle{Max: view})
	if clip.Empty() {
		return
	}
	scissor(view, clip.Intersect(in))
	gl.ClearColor(0, 0, 0, 1)
	gl.Clear(gl.COLOR_BUFFER_BIT)
	from, to := moved.From, moved.To
	part := from.meet(rectOf(clip))
	inner := part.meet(p.faded())
	if inner != part {
		gl.Color4ub(p.ground[0], p.ground[1], p.ground[2], 255)
		quad(view, part.carry(from, to).meet(rectOf(clip)), Rect{})
	}
	place := inner.carry(from, to).meet(rectOf(clip))
	gl.BindTexture(gl.TEXTURE_2D, p.picture.name)
	filter(gl.LINEAR)
	p.picture.draw(view, place, place.carry(to, from))
	filter(gl.NEAREST)
}

// faded is the part of the picture that is not all ground when it is drawn smoothly: inner, whose edge
// fades over half a texel.
func (p *pane) faded() Rect {
	if p.inner.Empty() {
		return Rect{}
	}
	r := rectOf(p.inner)
	return Rect{r.X0 - 0.5, r.Y0 - 0.5, r.X1 + 0.5, r.Y1 + 0.5}
}
