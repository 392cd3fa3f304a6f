// Package animation gives the frames of animated GIF, PNG and WebP files one by one, each as a viewer shows it: laid
// over what the frames before it left. As evidence each frame is a page.
//
// [Open] decodes no pixels of a PNG or WebP and no more than the file holds of a GIF; [Animation.Frame] decodes what it
// needs to draw one frame. Structures are those of GIF89a (CompuServe, 1990), PNG 3 (W3C, 2025: acTL, fcTL, fdAT) and the
// WebP container specification (Google: ANIM, ANMF).
package animation

import (
	"errors"
	"fmt"
	"image"
	"image/draw"

	"butluc/library"
)

// MaxPixels of all frames together are read; the caller's limit for one picture is lower.
const MaxPixels = 512 << 20

var (
	// ErrStill is a file with one picture, or of another format.
	ErrStill = errors.New("not an animation")
	// ErrTooLarge is an animation of more than MaxPixels.
	ErrTooLarge = errors.New("animation is too large")
)

// Animation is an open animation. Its bytes must not change while it is used. It is for one goroutine.
type Animation struct {
	size   image.Point
	frames []frame
	canvas *image.NRGBA // as it is after frame at; nil before the first
	at     int
	before *image.NRGBA // what frame at covered, where it is to be put back
}

// frame is one picture of an animation and how it goes over the others.
type frame struct {
	at      image.Point // of its corner on the canvas
	size    image.Point
	over    bool // blended over what stands there, instead of put in its place
	dispose disposal
	decode  func() (image.Image, error)
}

// disposal is what is done with a frame before the next one is drawn.
type disposal uint8

const (
	keep     disposal = iota // it stays
	clearing                 // its place is emptied
	restore                  // its place is as it was before
)

// Open reads what an animation consists of. The error is ErrStill for a file with a single picture.
func Open(kind library.Kind, data []byte) (*Animation, error) {
	var (
		a   *Animation
		err error
	)
	switch kind {
	case library.KindGIF:
		a, err = openGIF(data)
	case library.KindPNG:
		a, err = openPNG(data)
	case library.KindWebP:
		a, err = openWebP(data)
	default:
		return nil, ErrStill
	}
	if err != nil {
		return nil, err
	}
	if len(a.frames) < 2 {
		return nil, ErrStill
	}
	if a.size.X <= 0 || a.size.Y <= 0 || a.size.X > MaxPixels/a.size.Y || len(a.frames) > MaxPixels/(a.size.X*a.size.Y) {
		return nil, fmt.Errorf("%d frames of %v: %w", len(a.frames), a.size, ErrTooLarge)
	}
	canvas := image.Rectangle{Max: a.size}
	for _, f := range a.frames {
		if f.size.X <= 0 || f.size.Y <= 0 || !(image.Rectangle{f.at, f.at.Add(f.size)}).In(canvas) {
			return nil, fmt.Errorf("frame of %v at %v on a canvas of %v", f.size, f.at, a.size)
		}
	}
	return a, nil
}

// Frames is how many pictures there are, at least two.
func (a *Animation) Frames() int { return len(a.frames) }

// Frame draws a frame, from 0. The picture is valid until the next call.
func (a *Animation) Frame(i int) (image.Image, error) {
	if i < 0 || i >= len(a.frames) {
		return nil, fmt.Errorf("frame %d of %d", i+1, len(a.frames))
	}
	if a.canvas == nil || i < a.at {
		a.canvas, a.before, a.at = image.NewNRGBA(image.Rectangle{Max: a.size}), nil, -1
	}
	for a.at < i {
		if err := a.next(); err != nil {
			a.canvas = nil
			return nil, fmt.Errorf("frame %d: %w", a.at+2, err)
		}
	}
	return a.canvas, nil
}

// next draws the frame after the one that stands on the canvas.
func (a *Animation) next() error {
	if a.at >= 0 {
		a.dispose(a.frames[a.at])
	}
	f := a.frames[a.at+1]
	picture, err := f.decode()
	if err != nil {
		return err
	}
	if picture.Bounds().Size() != f.size {
		return fmt.Errorf("a picture of %v in a frame of %v", picture.Bounds().Size(), f.size)
	}
	place := image.Rectangle{f.at, f.at.Add(f.size)}
	a.before = nil
	if f.dispose == restore {
		a.before = image.NewNRGBA(place)
		draw.Draw(a.before, place, a.canvas, place.Min, draw.Src)
	}
	op := draw.Src
	if f.over {
		op = draw.Over
	}
	draw.Draw(a.canvas, place, picture, picture.Bounds().Min, op)
	a.at++
	return nil
}

func (a *Animation) dispose(f frame) {
	place := image.Rectangle{f.at, f.at.Add(f.size)}
	switch f.dispose {
	case clearing:
		draw.Draw(a.canvas, place, image.Transparent, image.Point{}, draw.Src)
	case restore:
		draw.Draw(a.canvas, place, a.before, place.Min, draw.Src)
	case keep:
	}
}

// Relax gives back what can be made again.
func (a *Animation) Relax() { a.canvas, a.before = nil, nil }
