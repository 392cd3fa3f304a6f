package main

import (
	"bytes"
	"fmt"
	"image"
	"image/jpeg"
	"math"
	"math/rand/v2"
)

// scan is the sheet as an office scanner gives it back: grey, a little askew, on paper that is
// not quite white, with the holes it was bound by. ghost is the sheet's other side, which shines
// through; it may be nil.
func scan(c, ghost *canvas, r *rand.Rand) *image.Gray {
	b := c.img.Bounds()
	w, h := b.Dx(), b.Dy()
	out := image.NewGray(b)
	turn := rotate(pt{float64(w) / 2, float64(h) / 2}, r.Float64()*1.3-0.65)
	dx, dy := r.Float64()*12-6, r.Float64()*12-6
	ink, back := luminance(c), luminance(ghost)
	paper := newClouds(w, h, 310, r)
	tone := 243 + r.Float64()*6
	holes := []pt{{float64(50 + r.IntN(14)), float64(h)/2 - 236}, {float64(50 + r.IntN(14)), float64(h)/2 + 236}}
	for y := range h {
		for x := range w {
			p := turn(pt{float64(x) + dx, float64(y) + dy})
			light := tone - 5*paper.at(x, y)
			light -= 26 * math.Exp(-float64(x)/14)
			if back != nil {
				light -= 0.045 * (255 - sample(back, w, h, pt{float64(w) - p.x, p.y}))
			}
			cover := 1 - sample(ink, w, h, p)/255
			v := light*(1-cover) + (light-215)*cover
			for _, hole := range holes {
				d := math.Hypot(p.x-hole.x, p.y-hole.y) - 17
				v -= 165 / (1 + math.Exp(d*1.3))
			}
			v += r.NormFloat64() * 0.8
			out.Pix[y*out.Stride+x] = uint8(min(max(v, 0), 255))
		}
	}
	return out
}

func luminance(c *canvas) []uint8 {
	if c == nil {
		return nil
	}
	out := make([]uint8, len(c.img.Pix)/4)
	for i := range out {
		p := c.img.Pix[i*4 : i*4+3]
		out[i] = uint8((299*int(p[0]) + 587*int(p[1]) + 114*int(p[2])) / 1000)
	}
	return out
}

// sample is the brightness at p between pixels; outside the sheet it is white.
func sample(pix []uint8, w, h int, p pt) float64 {
	x0, y0 := math.Floor(p.x), math.Floor(p.y)
	x, y := int(x0), int(y0)
	if x < 0 || y < 0 || x >= w-1 || y >= h-1 {
		return 255
	}
	fx, fy := p.x-x0, p.y-y0
	i := y*w + x
	a := float64(pix[i])*(1-fx) + float64(pix[i+1])*fx
	b := float64(pix[i+w])*(1-fx) + float64(pix[i+w+1])*fx
	return a*(1-fy) + b*fy
}

// clouds is smooth noise, 0..1.
type clouds struct {
	cell, columns int
	knots         []float64
}

func newClouds(w, h, cell int, r *rand.Rand) clouds {
	c := clouds{cell: cell, columns: w/cell + 2}
	c.knots = make([]float64, c.columns*(h/cell+2))
	for i := range c.knots {
		c.knots[i] = r.Float64()
	}
	return c
}

func (c clouds) at(x, y int) float64 {
	i := y/c.cell*c.columns + x/c.cell
	ease := func(n int) float64 {
		t := float64(n%c.cell) / float64(c.cell)
		return t * t * (3 - 2*t)
	}
	fx, fy := ease(x), ease(y)
	a := c.knots[i]*(1-fx) + c.knots[i+1]*fx
	b := c.knots[i+c.columns]*(1-fx) + c.knots[i+c.columns+1]*fx
	return a*(1-fy) + b*fy
}

func jpegBytes(img image.Image, quality int) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
		panic(fmt.Errorf("write JPEG: %w", err))
	}
	return b.Bytes()
}
