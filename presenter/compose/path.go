package compose

import "math"

// point is a place in a frame, in pixels; whole numbers lie between pixels.
type point struct{ x, y float64 }

func (p point) plus(q point) point    { return point{p.x + q.x, p.y + q.y} }
func (p point) minus(q point) point   { return point{p.x - q.x, p.y - q.y} }
func (p point) times(f float64) point { return point{p.x * f, p.y * f} }
func (p point) length() float64       { return math.Hypot(p.x, p.y) }
func (p point) left() point           { return point{-p.y, p.x} } // a quarter turn
func (p point) cross(q point) float64 { return p.x*q.y - p.y*q.x }
func (p point) dot(q point) float64   { return p.x*q.x + p.y*q.y }
func (p point) turned(a float64) point {
	s, c := math.Sincos(a)
	return point{p.x*c - p.y*s, p.x*s + p.y*c}
}

func (p point) toward(q point) (point, float64) { // the unit vector, and how far
	d := q.minus(p)
	n := d.length()
	if n == 0 {
		return point{1, 0}, 0
	}
	return d.times(1 / n), n
}

// path is an area: the union of polygons, as their edges. All polygons run the same way round, so that
// coverage, which the rasterizer sums up, is never taken away where they overlap, and is exact along edges
// that two of them share.
type path []edge

type edge struct{ a, b point }

// loop adds a closed line as it runs.
func (p *path) loop(points ...point) {
	for i, a := range points {
		*p = append(*p, edge{a, points[(i+1)%len(points)]})
	}
}

// polygon adds a polygon that does not cross itself.
func (p *path) polygon(points ...point) {
	area := 0.0
	for i, a := range points {
		area += a.cross(points[(i+1)%len(points)])
	}
	if area < 0 {
		for i, a := range points {
			*p = append(*p, edge{points[(i+1)%len(points)], a})
		}
		return
	}
	p.loop(points...)
}

// corners are the outline of a rectangle, its corners round.
func corners(a, b point, radius float64) []point {
	radius = max(0, min(radius, (b.x-a.x)/2, (b.y-a.y)/2))
	if radius == 0 {
		return []point{b, {a.x, b.y}, a, {b.x, a.y}}
	}
	a, b = a.plus(point{radius, radius}), b.minus(point{radius, radius})
	var round []point
	for quarter, c := range []point{b, {a.x, b.y}, a, {b.x, a.y}} {
		round = append(round, arc(c, point{radius, 0}.turned(float64(quarter)*math.Pi/2), math.Pi/2)...)
	}
	return round
}

// rect adds a rectangle, its corners round.
func (p *path) rect(a, b point, radius float64) { p.polygon(corners(a, b, radius)...) }

// arc is the way of c+r as r turns by an angle, its ends included.
func arc(c, r point, angle float64) []point {
	n := int(math.Ceil(math.Abs(angle) / step(r.length())))
	points := make([]point, 0, n+1)
	for i := range n + 1 {
		points = append(points, c.plus(r.turned(angle*float64(i)/float64(max(1, n)))))
	}
	return points
}

// step is the angle by which a circle's chords may turn and stay within a twentieth of a pixel of it.
func step(radius float64) float64 {
	return max(math.Pi/180, min(math.Pi/4, 2*math.Acos(max(0, 1-0.05/max(0.1, radius)))))
}

// ellipse is the outline of the ellipse in a rectangle.
func ellipse(a, b point) []point {
	c, rx, ry := a.plus(b).times(0.5), (b.x-a.x)/2, (b.y-a.y)/2
	n := int(math.Ceil(2 * math.Pi / step(max(rx, ry))))
	points := make([]point, n)
	for i := range points {
		s, cos := math.Sincos(2 * math.Pi * float64(i) / float64(n))
		points[i] = point{c.x + rx*cos, c.y + ry*s}
	}
	return points
}

// line adds a line along points, with round joins and, unless it is closed, round ends. It consists of a
// rectangle for each length and a slice of a disc for what gapes at each bend; edges meet at the points
// themselves, so that they cancel where pieces touch.
func (p *path) line(points []point, closed bool, width float64) {
	points = distinct(points, closed)
	half := width / 2
	if len(points) < 2 {
		if len(points) == 1 {
			p.polygon(arc(points[0], point{half, 0}, 2*math.Pi)...)
		}
		return
	}
	n := len(points)
	lengths := n
	if !closed {
		lengths--
	}
	along := func(i int) point {
		d, _ := points[i%n].toward(points[(i+1)%n])
		return d
	}
	for i := range lengths {
		a, b, side := points[i], points[(i+1)%n], along(i).left().times(half)
		p.polygon(a.minus(side), b.minus(side), b, b.plus(side), a.plus(side), a)
		if i+1 < lengths || closed {
			p.join(b, side, along(i), along((i+1)%n))
		}
	}
	if !closed {
		p.disc(points[0], along(0).left().times(half), math.Pi)
		p.disc(points[n-1], along(n-2).left().times(-half), math.Pi)
	}
}

// join fills the outer side of a bend at a point.
func (p *path) join(at, side, before, after point) {
	bend := math.Atan2(before.cross(after), before.dot(after))
	if bend > 0 {
		side = side.times(-1)
	}
	p.disc(at, side, bend)
}

// disc adds the slice of a disc that a radius covers as it turns.
func (p *path) disc(c, radius point, angle float64) {
	if angle != 0 {
		p.polygon(append(arc(c, radius, angle), c)...)
	}
}

// distinct is the points without those that stand still.
func distinct(points []point, closed bool) []point {
	const still = 1.0 / 16 // of a pixel
	var moved []point
	for _, q := range points {
		if n := len(moved); n == 0 || q.minus(moved[n-1]).length() >= still {
			moved = append(moved, q)
		}
	}
	for closed && len(moved) > 1 && moved[0].minus(moved[len(moved)-1]).length() < still {
		moved = moved[:len(moved)-1]
	}
	return moved
}

// smooth is the curve through points, as points a few pixels apart (a Catmull-Rom spline).
func smooth(points []point) []point {
	points = distinct(points, false)
	if len(points) < 3 {
		return points
	}
	curve := []point{points[0]}
	for i := range len(points) - 1 {
		p1, p2 := points[i], points[i+1]
		p0, p3 := points[max(0, i-1)], points[min(len(points)-1, i+2)]
		n := max(1, min(32, int(p2.minus(p1).length()/4)))
		for k := 1; k <= n; k++ {
			t := float64(k) / float64(n)
			curve = append(curve, point{
				spline(p0.x, p1.x, p2.x, p3.x, t),
				spline(p0.y, p1.y, p2.y, p3.y, t),
			})
		}
	}
	return curve
}

func spline(a, b, c, d, t float64) float64 {
	return b + t/2*(c-a+t*(2*a-5*b+4*c-d+t*(3*(b-c)+d-a)))
}
