package main

import (
	"hash/fnv"
	"image/color"
	"math"
	"math/rand/v2"
)

// random is a source of chance that depends on what it is for alone.
func random(purpose string) *rand.Rand {
	h := fnv.New64a()
	_, _ = h.Write([]byte(purpose))
	return rand.New(rand.NewPCG(h.Sum64(), 2025)) //nolint:gosec // noise on a page, the same each time
}

// folioStamp prints a numbering machine's number at the top right; empty prints nothing.
func (c *canvas) folioStamp(folio string, r *rand.Rand) {
	if folio == "" {
		return
	}
	ink := grey(uint8(45 + r.IntN(50)))
	at := pt{pageW - 130 + r.Float64()*20, 92 + r.Float64()*16}
	c.slanted(monoBold, 58, at, r.Float64()*8-4, folio, ink)
}

// scribble is a signature about p. The same name is always signed alike, but for a trembling.
func (c *canvas) scribble(p pt, scale float64, name string, r *rand.Rand) {
	hand := random("signature of " + name)
	n := 7 + hand.IntN(4)
	var knots []pt
	for i := range n {
		up := 1.0
		if i%2 == 1 {
			up = -1
		}
		knots = append(knots, pt{
			p.x + scale*(-85+170*float64(i)/float64(n-1)+hand.Float64()*30-15+r.Float64()*3),
			p.y + scale*(up*(12+hand.Float64()*34)+r.Float64()*3),
		})
	}
	knots = append(knots, pt{p.x - scale*(60+hand.Float64()*30), p.y + scale*(30+hand.Float64()*8)}, pt{p.x + scale*(80+hand.Float64()*30), p.y + scale*(18+r.Float64()*6)})
	c.stroke(2.6*scale, color.Gray{50}, smooth(knots)...)
}

// smooth rounds the way through the knots (Catmull-Rom).
func smooth(k []pt) []pt {
	at := func(i int) pt { return k[min(max(i, 0), len(k)-1)] }
	var way []pt
	for i := range len(k) - 1 {
		a, b, c, d := at(i-1), at(i), at(i+1), at(i+2)
		for s := range 10 {
			t := float64(s) / 10
			f := func(a, b, c, d float64) float64 {
				return 0.5 * (2*b + (c-a)*t + (2*a-5*b+4*c-d)*t*t + (3*b-a-3*c+d)*t*t*t)
			}
			way = append(way, pt{f(a.x, b.x, c.x, d.x), f(a.y, b.y, c.y, d.y)})
		}
	}
	return append(way, at(len(k)-1))
}

// seal is an office's round stamp, over the left part of a signature, as the rule is.
func (c *canvas) seal(p pt, around, middle string, ink color.Color) {
	const r = 112.0
	c.ring(4, ink, p.x, p.y, r, r)
	c.ring(2, ink, p.x, p.y, r-9, r-9)
	c.ring(2, ink, p.x, p.y, r-40, r-40)
	size := 24.0
	width := sansBold.width(size, around)
	radius := r - 33
	sweep := min(width/radius, 1.75*math.Pi)
	at := -sweep / 2
	for _, l := range around {
		w := sansBold.width(size, string(l)) / width * sweep
		centre := pt{p.x, p.y - radius}
		turned := rotate(p, (at+w/2)*180/math.Pi)
		shape := sansBold.outline(size, pt{centre.x - sansBold.width(size, string(l))/2, centre.y}, string(l))
		c.fill(shape.mapped(turned), ink)
		at += w
	}
	c.star(pt{p.x, p.y + r - 21}, 11, ink)
	c.star(pt{p.x, p.y - 22}, 30, ink)
	c.centre(sansBold, 21, pt{p.x, p.y + 40}, middle, ink)
}

func (c *canvas) star(p pt, r float64, ink color.Color) {
	var points []pt
	for i := range 10 {
		a := float64(i)*math.Pi/5 - math.Pi/2
		d := r
		if i%2 == 1 {
			d = r * 0.4
		}
		points = append(points, pt{p.x + d*math.Cos(a), p.y + d*math.Sin(a)})
	}
	c.fill(polygon(points...), ink)
}
