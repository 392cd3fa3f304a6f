package main

import "image/color"

// appIcon is the program's icon: a stamped sheet on a dark court screen.
func appIcon() *canvas {
	c := newCanvas(512, 512, color.Transparent)
	c.fill(rounded(26, 44, 460, 346, 44), rgb(20, 23, 28))
	c.fill(rounded(44, 62, 424, 310, 28), rgb(38, 45, 55))
	c.fill(rounded(222, 384, 68, 56, 4), rgb(20, 23, 28))
	c.fill(rounded(140, 424, 232, 46, 22), rgb(20, 23, 28))
	c.fill(rounded(150, 84, 212, 268, 10), rgb(248, 249, 251))
	for i, w := range []float64{92, 150, 150, 150, 118} {
		y := 200 + float64(i)*29
		c.fill(rounded(180, y, w, 13, 6), rgb(176, 184, 194))
	}
	red := rgb(206, 44, 49)
	stamp := rounded(228, 98, 120, 78, 12)
	turn := rotate(pt{288, 137}, -5)
	c.fill(stamp.mapped(turn), red)
	c.fill(rounded(235, 105, 106, 64, 7).mapped(turn), rgb(248, 249, 251))
	c.slanted(sansBold, 66, pt{288, 160}, -5, "45", red)
	return c
}

// rounded is a rectangle with round corners.
func rounded(x, y, w, h, r float64) shape {
	const k = 0.4477 // of the radius, from the corner: a quarter circle by a cubic
	var s shape
	s.move(pt{x + r, y})
	s.line(pt{x + w - r, y})
	s.cube(pt{x + w - r*k, y}, pt{x + w, y + r*k}, pt{x + w, y + r})
	s.line(pt{x + w, y + h - r})
	s.cube(pt{x + w, y + h - r*k}, pt{x + w - r*k, y + h}, pt{x + w - r, y + h})
	s.line(pt{x + r, y + h})
	s.cube(pt{x + r*k, y + h}, pt{x, y + h - r*k}, pt{x, y + h - r})
	s.line(pt{x, y + r})
	s.cube(pt{x, y + r*k}, pt{x + r*k, y}, pt{x + r, y})
	return s
}
