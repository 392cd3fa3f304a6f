// Package compose is the composer: it makes the picture of a shot out of page pictures, at the court
// screen's exact pixels, with all that is drawn on them. The court screen, the console's mirror,
// `butluc show`, paper and the tests all get their pictures from [Compose], so they can't differ.
//
// [Layout] tells how large the pictures of pages may be, [Callouts] those of the parts that come
// forward, and [Compose] puts them together. [MapOf] tells where points of a page lie; [Stroke],
// [Pointer] and [Spot] are the small pictures that move over a frame.
//
// What a redaction covers is never in a frame: it is painted black in the picture of the page before
// anything else looks at it, and once more on top of the marks. Pictures are only read; they may be
// shared. All functions may be called on several goroutines.
package compose

import (
	"image"
	"image/draw"

	"butluc/library"
)

// Sheet is one page of a frame with all that is drawn on it.
type Sheet struct {
	Picture *image.RGBA    // of the View, turned, opaque; nil leaves the pane black
	View    library.Rect   // of the page once turned; zero: whole
	Turn    library.Turn   // of the upright page, which the marks lie on
	Marks   []library.Mark // in drawing order; redactions come last, whatever their order

	// Callouts are sharp pictures of the parts that come forward, in the order in which the function
	// Callouts tells them. One that is missing or nil is enlarged from Picture, as far as that shows it.
	Callouts []*image.RGBA

	Adjust  library.Adjust
	Caption string // in the strip under the page; "" for none
}

// Compose makes a frame of the given size: each sheet's picture centred in its place (see [Layout]) on
// black, pixel for pixel, and what is drawn on it. Without sheets the frame is black. Its error is
// [ErrSize].
func Compose(size image.Point, sheets ...Sheet) (*image.RGBA, error) {
	if err := CheckSize(size); err != nil {
		return nil, err
	}
	frame := image.NewRGBA(image.Rectangle{Max: size})
	draw.Draw(frame, frame.Rect, image.Black, image.Point{}, draw.Src)
	captions := false
	for _, s := range sheets {
		captions = captions || s.Caption != ""
	}
	for i, place := range Layout(size, len(sheets), captions) {
		if i < len(sheets) {
			sheets[i].draw(frame, place)
		}
	}
	return frame, nil
}

func (s Sheet) draw(frame *image.RGBA, place Place) {
	caption(frame, place.Strip, s.Caption)
	if s.Picture == nil || s.Picture.Rect.Empty() {
		return
	}
	s.Marks = sound(s.Marks)
	at := Fit(place.Page, s.Picture.Rect.Size())
	page := surface{frame, at.Intersect(place.Page), place.Page, MapOf(at, s.View, s.Turn)}
	page.put(s.Picture, s.Marks, s.Adjust)
	page.draw(s.Marks)
	s.bringForward(page)
}

// surface is the place in a frame where a page stands, or a part of it that has come forward.
type surface struct {
	dst  *image.RGBA
	clip image.Rectangle // nothing is drawn outside
	pane image.Rectangle // but for texts, which may run on up to here
	Map
}

// put draws the surface's picture, from which what is redacted is gone before it is adjusted.
func (s surface) put(picture *image.RGBA, marks []library.Mark, a library.Adjust) {
	draw.Draw(s.dst, s.clip, picture, picture.Rect.Min.Add(s.clip.Min.Sub(s.at.Min)), draw.Src)
	s.redact(marks)
	adjust(s.dst, s.clip, a)
}
