package main

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/vector"
)

// pt is a point in pixels, y down.
type pt struct{ x, y float64 }

// canvas is what pages and photographs are drawn on.
type canvas struct{ img *image.RGBA }

func newCanvas(w, h int, ground color.Color) *canvas {
	c := &canvas{image.NewRGBA(image.Rect(0, 0, w, h))}
	draw.Draw(c.img, c.img.Bounds(), image.NewUniform(ground), image.Point{}, draw.Src)
	return c
}

// shape is one or more closed outlines.
type shape struct{ ops []op }

// op draws on to p[n-1]; n is 0 for a move, which uses p[0], and 1, 2, 3 for a line, a quadratic
// and a cubic curve.
type op struct {
	n int
	p [3]pt
}

func (s *shape) move(p pt)       { s.ops = append(s.ops, op{0, [3]pt{p}}) }
func (s *shape) line(p pt)       { s.ops = append(s.ops, op{1, [3]pt{p}}) }
func (s *shape) quad(a, p pt)    { s.ops = append(s.ops, op{2, [3]pt{a, p}}) }
func (s *shape) cube(a, b, p pt) { s.ops = append(s.ops, op{3, [3]pt{a, b, p}}) }

func (o op) points() []pt { return o.p[:max(o.n, 1)] }

// mapped is s with every point moved by f.
func (s shape) mapped(f func(pt) pt) shape {
	moved := shape{make([]op, len(s.ops))}
	for i, o := range s.ops {
		for j := range o.points() {
			o.p[j] = f(o.p[j])
		}
		moved.ops[i] = o
	}
	return moved
}

func polygon(points ...pt) shape {
	var s shape
	for i, p := range points {
		if i == 0 {
			s.move(p)
			continue
		}
		s.line(p)
	}
	return s
}

func rectangle(x, y, w, h float64) shape {
	return polygon(pt{x, y}, pt{x + w, y}, pt{x + w, y + h}, pt{x, y + h})
}

func ellipse(cx, cy, rx, ry float64) shape {
	const k = 0.5523 // the usual approximation of a quarter circle by a cubic
	var s shape
	s.move(pt{cx + rx, cy})
	s.cube(pt{cx + rx, cy + k*ry}, pt{cx + k*rx, cy + ry}, pt{cx, cy + ry})
	s.cube(pt{cx - k*rx, cy + ry}, pt{cx - rx, cy + k*ry}, pt{cx - rx, cy})
	s.cube(pt{cx - rx, cy - k*ry}, pt{cx - k*rx, cy - ry}, pt{cx, cy - ry})
	s.cube(pt{cx + k*rx, cy - ry}, pt{cx + rx, cy - k*ry}, pt{cx + rx, cy})
	return s
}

// fill paints s. Outlines that run opposite ways cut holes into each other.
func (c *canvas) fill(s shape, ink color.Color) {
	lo, hi := pt{math.Inf(1), math.Inf(1)}, pt{math.Inf(-1), math.Inf(-1)}
	for _, o := range s.ops {
		for _, p := range o.points() {
			lo.x, lo.y = min(lo.x, p.x), min(lo.y, p.y)
			hi.x, hi.y = max(hi.x, p.x), max(hi.y, p.y)
		}
	}
	box := image.Rect(int(math.Floor(lo.x)), int(math.Floor(lo.y)), int(math.Ceil(hi.x))+1, int(math.Ceil(hi.y))+1)
	box = box.Intersect(c.img.Rect)
	if len(s.ops) == 0 || box.Empty() {
		return
	}
	z := vector.NewRasterizer(box.Dx(), box.Dy())
	at := func(p pt) (x, y float32) {
		return float32(p.x - float64(box.Min.X)), float32(p.y - float64(box.Min.Y))
	}
	for i, o := range s.ops {
		x, y := at(o.p[0])
		switch o.n {
		case 0:
			if i > 0 {
				z.ClosePath()
			}
			z.MoveTo(x, y)
		case 1:
			z.LineTo(x, y)
		case 2:
			x1, y1 := at(o.p[1])
			z.QuadTo(x, y, x1, y1)
		case 3:
			x1, y1 := at(o.p[1])
			x2, y2 := at(o.p[2])
			z.CubeTo(x, y, x1, y1, x2, y2)
		}
	}
	z.ClosePath()
	z.Draw(c.img, box, image.NewUniform(ink), image.Point{})
}

// stroke draws a line of the given width through the points, with round ends.
func (c *canvas) stroke(width float64, ink color.Color, points ...pt) {
	var s shape
	r := width / 2
	for i, p := range points {
		s.ops = append(s.ops, ellipse(p.x, p.y, r, r).ops...)
		q := points[max(i-1, 0)]
		dx, dy := p.x-q.x, p.y-q.y
		length := math.Hypot(dx, dy)
		if length == 0 {
			continue
		}
		nx, ny := -dy/length*r, dx/length*r
		// Clockwise like the round ends, or they would cut holes where they meet.
		s.ops = append(s.ops, polygon(pt{q.x - nx, q.y - ny}, pt{p.x - nx, p.y - ny}, pt{p.x + nx, p.y + ny}, pt{q.x + nx, q.y + ny}).ops...)
	}
	c.fill(s, ink)
}

// outline strokes the closed polygon through the points.
func (c *canvas) outline(width float64, ink color.Color, points ...pt) {
	c.stroke(width, ink, append(points, points[0])...)
}

// box strokes a rectangle.
func (c *canvas) box(width float64, ink color.Color, x, y, w, h float64) {
	c.outline(width, ink, pt{x, y}, pt{x + w, y}, pt{x + w, y + h}, pt{x, y + h})
}

// ring strokes an ellipse.
func (c *canvas) ring(width float64, ink color.Color, cx, cy, rx, ry float64) {
	var points []pt
	for i := range 72 {
		a := float64(i) * math.Pi / 36
		points = append(points, pt{cx + rx*math.Cos(a), cy + ry*math.Sin(a)})
	}
	c.outline(width, ink, points...)
}

// dashed strokes a broken line.
func (c *canvas) dashed(width float64, ink color.Color, from, to pt, on, off float64) {
	length := math.Hypot(to.x-from.x, to.y-from.y)
	at := func(d float64) pt {
		d /= length
		return pt{from.x + (to.x-from.x)*d, from.y + (to.y-from.y)*d}
	}
	for d := 0.0; d < length; d += on + off {
		c.stroke(width, ink, at(d), at(min(d+on, length)))
	}
}

// arrow strokes a line with a head at its end.
func (c *canvas) arrow(width float64, ink color.Color, from, to pt) {
	c.stroke(width, ink, from, to)
	a := math.Atan2(to.y-from.y, to.x-from.x)
	size := width * 6
	c.fill(polygon(
		pt{to.x + size*0.3*math.Cos(a), to.y + size*0.3*math.Sin(a)},
		pt{to.x - size*math.Cos(a-0.4), to.y - size*math.Sin(a-0.4)},
		pt{to.x - size*math.Cos(a+0.4), to.y - size*math.Sin(a+0.4)},
	), ink)
}

// rotate turns points about a centre, clockwise by degrees.
func rotate(centre pt, degrees float64) func(pt) pt {
	sin, cos := math.Sincos(degrees * math.Pi / 180)
	return func(p pt) pt {
		dx, dy := p.x-centre.x, p.y-centre.y
		return pt{centre.x + dx*cos - dy*sin, centre.y + dx*sin + dy*cos}
	}
}

func grey(v uint8) color.Color { return color.Gray{v} }

func rgb(r, g, b uint8) color.RGBA { return color.RGBA{r, g, b, 255} }

// veil is a colour seen through: alpha 0..1.
func veil(r, g, b uint8, alpha float64) color.Color {
	return color.NRGBA{r, g, b, uint8(alpha * 255)}
}
