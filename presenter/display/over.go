package display

import (
	"fmt"
	"image"
	"image/color"

	"github.com/go-gl/gl/v2.1/gl"
)

// Overlay is what is drawn over the picture for a moment: a pointer, a spotlight, a mark being drawn.
// The zero Overlay is nothing.
type Overlay struct {
	Image   *image.RGBA // premultiplied alpha; nil for none; never written to afterwards
	At      image.Point // its upper left corner, in pixels of the window; may lie partly outside
	Outside color.RGBA  // premultiplied; drawn over all of the picture but Image's rectangle: the dark around a spotlight
}

// maxOverlay bounds an overlay's image as frames are bounded, in pixels: they are 256 MB.
const maxOverlay = 64 << 20

// lay draws the picture with o over it, in place of the overlay before.
func (p *pane) lay(o Overlay) error {
	if o.Image != nil && o.Image.Rect.Empty() {
		o.Image = nil
	}
	before, outside := p.overPlace(), p.over.Outside
	p.over = Overlay{}
	if err := p.load(o.Image); err != nil {
		_ = p.draw(true) // at least nothing of the one before stays
		return err
	}
	p.over = o
	if o.Outside != outside {
		return p.draw(true)
	}
	return p.redraw(true, before.Union(p.overPlace()))
}

// overPlace is where the overlay's image lies.
func (p *pane) overPlace() image.Rectangle {
	if p.over.Image == nil {
		return image.Rectangle{}
	}
	return image.Rectangle{Max: p.layer.size}.Add(p.over.At)
}

// load uploads an overlay's image, unless it is there already: what only moves costs no upload.
func (p *pane) load(img *image.RGBA) (err error) {
	defer rescue(&err)
	if p.win == nil {
		return errDestroyed
	}
	if img == nil || img == p.loaded && img.Rect.Size() == p.layer.size {
		return nil
	}
	defer p.current()()
	size := img.Rect.Size()
	var longest int32
	gl.GetIntegerv(gl.MAX_TEXTURE_SIZE, &longest)
	if max(size.X, size.Y) > int(longest) || size.X*size.Y > maxOverlay {
		return fmt.Errorf("upload %d×%d pixels: too many", size.X, size.Y)
	}
	p.layer.fill(img, image.Rectangle{Max: size})
	p.loaded = img
	if err := glError("upload the image"); err != nil {
		p.loaded, p.layer.size = nil, image.Point{}
		return err
	}
	return nil
}

// paintOver draws the overlay, as far as it is in a part of the window, into the current context.
func (p *pane) paintOver(view image.Point, in image.Rectangle) {
	if p.over == (Overlay{}) {
		return
	}
	whole := image.Rectangle{Max: view}
	place := p.overPlace()
	seen := place.Intersect(whole)
	scissor(view, in)
	gl.Enable(gl.BLEND)
	gl.BlendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
	if c := p.over.Outside; c != (color.RGBA{}) {
		gl.Color4ub(c.R, c.G, c.B, c.A)
		for _, side := range around(seen, whole) {
			quad(view, rectOf(side), Rect{})
		}
	}
	p.layer.draw(view, rectOf(seen), rectOf(seen.Sub(place.Min)))
	gl.Disable(gl.BLEND)
}

// around is what of whole lies above, below, left and right of hole, which is inside it or zero.
func around(hole, whole image.Rectangle) [4]image.Rectangle {
	return [4]image.Rectangle{
		{whole.Min, image.Pt(whole.Max.X, hole.Min.Y)},
		{image.Pt(whole.Min.X, hole.Max.Y), whole.Max},
		{image.Pt(whole.Min.X, hole.Min.Y), image.Pt(hole.Min.X, hole.Max.Y)},
		{image.Pt(hole.Max.X, hole.Min.Y), image.Pt(whole.Max.X, hole.Max.Y)},
	}
}
