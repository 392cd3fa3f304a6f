package display

import (
	"fmt"
	"image"
	"image/draw"
)

// Patch draws a part of the frame shown anew, with picture's upper left corner at a pixel of the frame: the
// next picture of a film. What is shown from then on, and again after the window was covered, is the frame
// with the picture in it; the next Show replaces both. A reprojection ends; an overlay stays over it. A picture
// that does not lie wholly within the frame is refused with [ErrFrameSize]. On black or a hidden window, and
// in one that has another size than the frame meanwhile, nothing is drawn. The picture is not kept: it may be
// changed as soon as Patch returns. Its transparency is not heeded.
//
// The first patch after a Show costs a copy of the frame beside.
func (c *Court) Patch(picture *image.RGBA, at image.Point) error {
	if !c.Showing() {
		return nil
	}
	if err := c.film.patch(c.pane, &c.frame, picture, at); err != nil {
		return fmt.Errorf("show moving picture: %w", err)
	}
	return nil
}

// Patch draws a part of the frame anew as [Court.Patch] does.
func (s *Share) Patch(picture *image.RGBA, at image.Point) error {
	if s.frame == nil {
		return nil
	}
	if err := s.film.patch(s.pane, &s.frame, picture, at); err != nil {
		return fmt.Errorf("show moving picture: %w", err)
	}
	return nil
}

// film is the frame that is shown while parts of it change: the one that was given is others' too.
type film struct {
	own *image.RGBA // nil before the first patch; its memory serves for the next frames of its size
}

// patch draws picture into *frame, which becomes a copy of our own, and shows that part of it.
func (f *film) patch(p *pane, frame **image.RGBA, picture *image.RGBA, at image.Point) error {
	whole := image.Rectangle{Max: (*frame).Rect.Size()}
	if picture == nil || picture.Rect.Empty() {
		return ErrFrameSize
	}
	place := picture.Rect.Sub(picture.Rect.Min).Add(at)
	if !place.In(whole) {
		return ErrFrameSize
	}
	if *frame != f.own {
		if f.own == nil || f.own.Rect != whole {
			f.own = image.NewRGBA(whole)
		}
		draw.Draw(f.own, whole, *frame, (*frame).Rect.Min, draw.Src)
		*frame = f.own
	}
	draw.Draw(f.own, place, picture, picture.Rect.Min, draw.Src)
	return p.patch(f.own, place)
}

// patch uploads a part of frame and draws it; all else of it is as it was when it was shown last.
func (p *pane) patch(frame *image.RGBA, part image.Rectangle) (err error) {
	defer rescue(&err)
	if p.win == nil {
		return errDestroyed
	}
	whole := image.Rectangle{Max: image.Pt(p.size())}
	if p.picture.size != whole.Max || frame.Rect.Size() != whole.Max {
		return nil // what is seen is black until a frame of the window's size
	}
	defer p.current()()
	inner, missing := p.inner, part
	if !part.In(inner) {
		inner = inner.Union(part)
		missing = inner.Inset(-1).Intersect(whole) // there was nothing of the margins in the texture
	}
	p.picture.fill(frame, missing)
	if err := glError("upload the picture"); err != nil {
		return err
	}
	p.inner = inner
	if len(p.moved) > 0 || p.back != whole.Max {
		p.moved, part = nil, whole
	}
	return p.paint(true, whole.Max, part)
}
