package display

import (
	"fmt"
	"image"
	"image/color"
	"slices"
	"strconv"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// Identifying is a big digit on every screen, until Close.
type Identifying struct {
	panes  []*pane
	Digits []Numbered
}

// Numbered is a screen and the digit that is shown on it.
type Numbered struct {
	Digit  int
	Screen Screen
}

// Identify shows on each screen its digit, its place in the layout counted from 1: large on the
// others, in a small window in the corner of the console's. Of screens that mirror each other only
// the first one's digit is shown. It takes no keyboard. UI goroutine.
func Identify(l Layout, console Screen) (*Identifying, error) {
	id := &Identifying{}
	for i, s := range l.Screens {
		if slices.ContainsFunc(l.Screens[:i], s.Shares) {
			continue
		}
		id.Digits = append(id.Digits, Numbered{Digit: i + 1, Screen: s})
		if err := id.show(i+1, s, s.Same(console)); err != nil {
			id.Close()
			return nil, fmt.Errorf("identify screens: %w", err)
		}
	}
	return id, nil
}

func (id *Identifying) show(n int, s Screen, console bool) error {
	x, y, side := digitPlace(s, console)
	picture, err := digitPicture(n, side)
	if err != nil {
		return err
	}
	p, err := openPane("Butluc – "+strconv.Itoa(n), x, y, side, side)
	if err != nil {
		return err
	}
	id.panes = append(id.panes, p)
	if err := p.put(x, y, side, side); err != nil {
		return err
	}
	if err := p.appear(); err != nil {
		return err
	}
	// Where the window's pixels are not the desktop's (a scaled screen on macOS), draw it anew.
	if w, h := p.size(); w != side || h != side {
		if picture, err = digitPicture(n, min(w, h)); err != nil {
			return err
		}
	}
	return p.show(picture)
}

// digitPlace is a square: half as high as the screen in its middle, or a fifth in the console's
// upper right corner.
func digitPlace(s Screen, console bool) (x, y, side int) {
	short := min(s.W, s.H)
	if !console {
		side = short / 2
		return s.X + (s.W-side)/2, s.Y + (s.H-side)/2, side
	}
	side = short / 5
	margin := side / 4
	return s.X + s.W - side - margin, s.Y + margin, side
}

// digitPicture is a white number on a dark square with a white edge.
func digitPicture(n, side int) (*image.RGBA, error) {
	picture := image.NewRGBA(image.Rect(0, 0, side, side))
	white, dark := color.RGBA{255, 255, 255, 255}, color.RGBA{20, 28, 44, 255}
	edge := max(2, side/40)
	for y := range side {
		for x := range side {
			c := dark
			if min(x, y, side-1-x, side-1-y) < edge {
				c = white
			}
			picture.SetRGBA(x, y, c)
		}
	}
	parsed, err := opentype.Parse(gobold.TTF)
	if err != nil {
		return nil, fmt.Errorf("read font: %w", err)
	}
	face, err := opentype.NewFace(parsed, &opentype.FaceOptions{Size: float64(side) * 0.8, DPI: 72})
	if err != nil {
		return nil, fmt.Errorf("size font: %w", err)
	}
	text := strconv.Itoa(n)
	ink, _ := font.BoundString(face, text)
	middle := fixed.I(side) / 2
	pen := font.Drawer{Dst: picture, Src: image.NewUniform(white), Face: face, Dot: fixed.Point26_6{
		X: middle - (ink.Min.X+ink.Max.X)/2,
		Y: middle - (ink.Min.Y+ink.Max.Y)/2,
	}}
	pen.DrawString(text)
	return picture, face.Close()
}

// Close takes the digits off the screens. It may be called twice.
func (id *Identifying) Close() {
	for _, p := range id.panes {
		p.destroy()
	}
	id.panes = nil
}
