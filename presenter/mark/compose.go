// Package mark is the composer: it makes the picture of a shot out of page pictures, at the court
// screen's exact pixels. The court screen, the console's mirror, `butluc show` and the tests all get
// their pictures from [Compose], so they can't differ.
package mark

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
)

// MaxPixels bounds a frame: 64 M pixels are 256 MB.
const MaxPixels = 64 << 20

// ErrSize says that a frame of the asked size can't be made.
var ErrSize = errors.New("frame size out of range")

// CheckSize tells whether frames of this size can be made: 1..16384 pixels a side, [MaxPixels] in all.
func CheckSize(size image.Point) error {
	if size.X < 1 || size.Y < 1 || size.X > 16384 || size.Y > 16384 || size.X*size.Y > MaxPixels {
		return fmt.Errorf("%w: %d×%d pixels", ErrSize, size.X, size.Y)
	}
	return nil
}

// Fit is where a picture stands in a frame: whole, centred, at its own pixels. Pictures larger than
// the frame are cut evenly; the renderer makes none.
func Fit(frame, picture image.Point) image.Rectangle {
	at := image.Pt((frame.X-picture.X)/2, (frame.Y-picture.Y)/2)
	return image.Rectangle{at, at.Add(picture)}
}

// Compose makes a frame of the given size: the page's picture centred on black, pixel for pixel.
// A nil page gives black.
func Compose(size image.Point, page *image.RGBA) (*image.RGBA, error) {
	if err := CheckSize(size); err != nil {
		return nil, err
	}
	frame := image.NewRGBA(image.Rectangle{Max: size})
	draw.Draw(frame, frame.Rect, image.NewUniform(color.Black), image.Point{}, draw.Src)
	if page != nil {
		draw.Draw(frame, Fit(size, page.Rect.Size()), page, page.Rect.Min, draw.Src)
	}
	return frame, nil
}
