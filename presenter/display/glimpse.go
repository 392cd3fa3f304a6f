package display

import (
	"fmt"
	"image"

	"github.com/go-gl/gl/v2.1/gl"
)

// glimpse is a part of the picture at another place; without a clip there is none.
type glimpse struct {
	clip     image.Rectangle
	from, to Rect
}

// peek draws the picture with g in it, in place of the glimpse before.
func (p *pane) peek(g glimpse) error {
	p.glimpse = glimpse{}
	if !g.clip.Empty() && (g.from.empty() || g.to.empty()) {
		_ = p.draw(true) // at least nothing of the one before stays
		return fmt.Errorf("move picture from %v to %v: nothing to show", g.from, g.to)
	}
	p.glimpse = g
	return p.draw(true)
}

// paintGlimpse draws it, as far as it is in a part of the window, into the current context, smoothly.
// Nothing outside the clip comes in: there may be another page.
func (p *pane) paintGlimpse(view image.Point, in image.Rectangle) {
	clip := p.glimpse.clip.Intersect(image.Rectangle{Max: view})
	if clip.Empty() {
		return
	}
	scissor(view, clip.Intersect(in))
	gl.ClearColor(0, 0, 0, 1)
	gl.Clear(gl.COLOR_BUFFER_BIT)
	from, to := p.glimpse.from, p.glimpse.to
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
