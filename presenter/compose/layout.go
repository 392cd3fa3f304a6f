package compose

import (
	"errors"
	"fmt"
	"image"
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

// Panes are the places of n panes in a frame, in reading order: side by side, four as two rows of
// two. On an upright screen two and three stand under each other. A narrow gap parts them.
func Panes(size image.Point, n int) []image.Rectangle {
	columns, rows := n, 1
	switch {
	case n <= 1:
		return []image.Rectangle{{Max: size}}
	case n >= 4:
		columns, rows = 2, 2
	case size.Y > size.X:
		columns, rows = 1, n
	}
	gap := max(2, size.X/240)
	places := make([]image.Rectangle, 0, n)
	for i := range min(n, columns*rows) {
		c, r := i%columns, i/columns
		places = append(places, image.Rect(
			c*(size.X+gap)/columns, r*(size.Y+gap)/rows,
			(c+1)*(size.X+gap)/columns-gap, (r+1)*(size.Y+gap)/rows-gap,
		).Intersect(image.Rectangle{Max: size})) // a frame of a few pixels has no room for gaps
	}
	return places
}

// Place is where the page of one pane and the strip with its caption stand in a frame.
type Place struct {
	Page  image.Rectangle
	Strip image.Rectangle // at the foot of the pane; empty where the frame has no captions
}

// Layout is the places of n panes in a frame (see [Panes]). With captions every pane has a strip, so
// that pages beside each other stay level.
func Layout(size image.Point, n int, captions bool) []Place {
	var places []Place
	for _, pane := range Panes(size, n) {
		place := Place{Page: pane}
		if captions {
			foot := pane.Max.Y - min(max(18, min(size.X, size.Y)/28), pane.Dy()/3)
			place.Page.Max.Y = foot
			place.Strip = image.Rect(pane.Min.X, foot, pane.Max.X, pane.Max.Y)
		}
		places = append(places, place)
	}
	return places
}

// Within is the largest size with a picture's proportions that fits into a box; zero where either is
// empty.
func Within(picture, box image.Point) image.Point {
	if picture.X < 1 || picture.Y < 1 || box.X < 1 || box.Y < 1 {
		return image.Point{}
	}
	w, h := box.X, box.X*picture.Y/picture.X
	if h > box.Y {
		w, h = box.Y*picture.X/picture.Y, box.Y
	}
	return image.Pt(max(1, w), max(1, h))
}

// Fit is where a picture stands in a pane: whole, centred, at its own pixels. Pictures larger than
// the pane are cut evenly; the renderer makes none.
func Fit(pane image.Rectangle, picture image.Point) image.Rectangle {
	at := pane.Min.Add(image.Pt((pane.Dx()-picture.X)/2, (pane.Dy()-picture.Y)/2))
	return image.Rectangle{at, at.Add(picture)}
}
