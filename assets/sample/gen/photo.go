package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"math/rand/v2"
)

// orientation is EXIF's: how a viewer must turn the stored picture to show it upright.
type orientation int

const (
	upright   orientation = 1
	turnHalf  orientation = 3
	turnRight orientation = 6 // the viewer turns it a quarter clockwise
	turnLeft  orientation = 8
)

// photograph is an upright picture as a camera held that way stores it: turned, and saying so.
func photograph(c *canvas, o orientation, taken string) []byte {
	stored := c.img
	switch o {
	case upright:
	case turnHalf:
		stored = quarter(quarter(c.img))
	case turnRight:
		stored = quarter(quarter(quarter(c.img)))
	case turnLeft:
		stored = quarter(c.img)
	}
	plain := jpegBytes(stored, 70)
	var b bytes.Buffer
	b.Write(plain[:2]) // start of image; the camera's words come first
	b.Write(exif(o, taken))
	b.Write(plain[2:])
	return b.Bytes()
}

// quarter turns a picture clockwise.
func quarter(in *image.RGBA) *image.RGBA {
	w, h := in.Rect.Dx(), in.Rect.Dy()
	out := image.NewRGBA(image.Rect(0, 0, h, w))
	for y := range h {
		for x := range w {
			out.SetRGBA(h-1-y, x, in.RGBAAt(x, y))
		}
	}
	return out
}

// exif is an APP1 segment with the orientation and the time, "2025:09:14 23:18:00".
func exif(o orientation, taken string) []byte {
	le := binary.LittleEndian
	tiff := []byte("II*\x00\x08\x00\x00\x00")
	tiff = le.AppendUint16(tiff, 2) // fields
	field := func(tag, kind uint16, count, value uint32) {
		tiff = le.AppendUint16(tiff, tag)
		tiff = le.AppendUint16(tiff, kind)
		tiff = le.AppendUint32(tiff, count)
		tiff = le.AppendUint32(tiff, value)
	}
	const after = 8 + 2 + 2*12 + 4 // where values that do not fit into a field begin
	field(0x0112, 3, 1, uint32(o))
	field(0x0132, 2, uint32(len(taken)+1), after)
	tiff = le.AppendUint32(tiff, 0)
	tiff = append(append(tiff, taken...), 0)
	out := []byte{0xff, 0xe1}
	out = binary.BigEndian.AppendUint16(out, uint16(2+6+len(tiff)))
	return append(append(out, "Exif\x00\x00"...), tiff...)
}

func pngBytes(c *canvas) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, c.img); err != nil {
		panic(fmt.Errorf("write PNG: %w", err))
	}
	return b.Bytes()
}

// shade colours every pixel by its place, 0..1 of the rectangle.
func (c *canvas) shade(r image.Rectangle, f func(x, y float64) color.RGBA) {
	r = r.Intersect(c.img.Rect)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			c.img.SetRGBA(x, y, f(float64(x-r.Min.X)/float64(r.Dx()), float64(y-r.Min.Y)/float64(r.Dy())))
		}
	}
}

func mix(a, b color.RGBA, t float64) color.RGBA {
	f := func(a, b uint8) uint8 { return uint8(float64(a) + (float64(b)-float64(a))*t) }
	return rgb(f(a.R, b.R), f(a.G, b.G), f(a.B, b.B))
}

// glow lightens the surroundings of a lamp.
func (c *canvas) glow(p pt, radius float64, light color.RGBA, strength float64) {
	box := image.Rect(int(p.x-radius), int(p.y-radius), int(p.x+radius), int(p.y+radius)).Intersect(c.img.Rect)
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			d := 1 - math.Hypot(float64(x)-p.x, float64(y)-p.y)/radius
			if d <= 0 {
				continue
			}
			s := d * d * strength
			v := c.img.RGBAAt(x, y)
			f := func(v, l uint8) uint8 { return uint8(min(float64(v)+float64(l)*s, 255)) }
			c.img.SetRGBA(x, y, rgb(f(v.R, light.R), f(v.G, light.G), f(v.B, light.B)))
		}
	}
}

// develop gives the drawing a lens and a sensor, and the camera's date in the corner.
func (c *canvas) develop(date string, r *rand.Rand) {
	w, h := float64(c.img.Rect.Dx()), float64(c.img.Rect.Dy())
	for y := range int(h) {
		for x := range int(w) {
			d := math.Hypot(float64(x)-w/2, float64(y)-h/2) / math.Hypot(w/2, h/2)
			fall := 1 - 0.38*d*d*d
			noise := r.NormFloat64() * 2.2
			v := c.img.RGBAAt(x, y)
			f := func(v uint8) uint8 { return uint8(min(max(float64(v)*fall+noise, 0), 255)) }
			c.img.SetRGBA(x, y, rgb(f(v.R), f(v.G), f(v.B)))
		}
	}
	size := 44.0
	at := pt{w - monoBold.width(size, date) - 40, h - 44}
	c.write(monoBold, size, pt{at.x + 2, at.y + 2}, date, rgb(40, 20, 0))
	c.write(monoBold, size, at, date, rgb(255, 150, 40))
}

// tent is an evidence marker with its number, standing at p.
func (c *canvas) tent(p pt, s float64, number string) {
	c.fill(ellipse(p.x+8*s, p.y+4*s, 66*s, 12*s), veil(0, 0, 0, 0.4))
	c.fill(polygon(pt{p.x - 50*s, p.y}, pt{p.x + 50*s, p.y}, pt{p.x + 36*s, p.y - 110*s}, pt{p.x - 36*s, p.y - 110*s}), rgb(250, 208, 30))
	c.fill(polygon(pt{p.x + 50*s, p.y}, pt{p.x + 66*s, p.y - 8*s}, pt{p.x + 46*s, p.y - 108*s}, pt{p.x + 36*s, p.y - 110*s}), rgb(190, 150, 20))
	c.centre(sansBold, 92*s, pt{p.x, p.y - 20*s}, number, rgb(20, 20, 20))
}

// ruler is a scale of n centimetres, px pixels each, from p to the right.
func (c *canvas) ruler(p pt, px float64, n int) {
	c.fill(rectangle(p.x, p.y, px*float64(n), 74), rgb(238, 238, 232))
	for i := range n {
		x := p.x + px*float64(i)
		if i%2 == 0 {
			c.fill(rectangle(x, p.y, px, 22), rgb(20, 20, 20))
		}
		if i > 0 {
			c.fill(rectangle(x-1, p.y+22, 2, 14), rgb(30, 30, 30))
			c.centre(sansBold, 24, pt{x, p.y + 62}, fmt.Sprint(i), rgb(30, 30, 30))
		}
	}
	c.write(sansBold, 20, pt{p.x + 8, p.y + 62}, "cm", rgb(30, 30, 30))
}

// drop is a spot of dried blood that flew towards an angle; a round one has no tail.
func (c *canvas) drop(p pt, size, tail, degrees float64, ink color.Color) {
	s := ellipse(p.x, p.y, size, size*0.92)
	if tail > 0 {
		s.ops = append(s.ops, polygon(pt{p.x, p.y - size*0.8}, pt{p.x + size + tail, p.y - 1}, pt{p.x + size + tail, p.y + 1}, pt{p.x, p.y + size*0.8}).ops...)
	}
	c.fill(s.mapped(rotate(p, degrees)), ink)
}

// motorbike stands on the ground at p, looking right, or left where s is negative.
func (c *canvas) motorbike(p pt, s float64, paint color.RGBA) {
	x := func(v float64) float64 { return p.x + v*s }
	a := math.Abs(s)
	y := func(v float64) float64 { return p.y - v*a }
	dark := rgb(18, 18, 20)
	c.fill(ellipse(p.x, p.y, 150*a, 14*a), veil(0, 0, 0, 0.5))
	for _, wheel := range []float64{-92, 92} {
		c.ring(13*a, dark, x(wheel), y(38), 38*a, 38*a)
		c.ring(3*a, rgb(120, 122, 126), x(wheel), y(38), 24*a, 24*a)
	}
	body := func(ink color.RGBA, points ...pt) {
		for i, q := range points {
			points[i] = pt{x(q.x), y(q.y)}
		}
		c.fill(polygon(points...), ink)
	}
	c.stroke(9*a, rgb(90, 92, 96), pt{x(92), y(38)}, pt{x(64), y(128)})
	body(paint, pt{-128, 84}, pt{-60, 52}, pt{10, 46}, pt{48, 60}, pt{76, 112}, pt{60, 120}, pt{20, 76}, pt{-30, 82}, pt{-70, 104}, pt{-132, 100})
	body(dark, pt{-126, 102}, pt{-20, 92}, pt{-8, 106}, pt{-116, 116})
	body(mix(paint, rgb(255, 255, 255), 0.25), pt{50, 60}, pt{78, 116}, pt{70, 124}, pt{40, 70})
	c.stroke(8*a, dark, pt{x(64), y(128)}, pt{x(40), y(142)})
	c.fill(ellipse(x(78), y(122), 12*a, 12*a), rgb(230, 226, 200))
}
