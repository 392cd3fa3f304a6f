package compose

import (
	"math"

	"butluc/library"
)

const (
	spotDim    = 0.65 // of the light that a spotlight takes from the rest of the page
	forwardDim = 0.45 // that a callout takes
)

// draw draws marks in their order, and redactions last. Spotlights are one: they take the light from all that
// was drawn before the first of them. Callouts are not drawn here.
func (s surface) draw(marks []library.Mark) {
	lit := false
	for _, m := range marks {
		switch m.Kind {
		case library.MarkSpotlight:
			if !lit {
				lit = true
				dim(s.dst, s.clip, spotDim, s.spots(marks))
			}
		case library.MarkCallout:
		default:
			if !m.Kind.Hides() {
				s.mark(m)
			}
		}
	}
	s.redact(marks)
}

// mark draws a mark that is neither a light nor a callout or redaction.
func (s surface) mark(m library.Mark) {
	switch m.Kind.Shape() {
	case library.ShapeRegions:
		s.tint(s.areas(m), Color(m.Color, m.Kind))
	case library.ShapePlace:
		s.text(m)
	case library.ShapeRegion, library.ShapeEnds, library.ShapeWay:
		s.paint(s.outline(m), Color(m.Color, m.Kind))
	}
}

// areas are the regions of a mark.
func (s surface) areas(m library.Mark) path {
	var p path
	for _, r := range m.Regions() {
		a, b := s.corners(r)
		p.rect(a, b, 0)
	}
	return p
}

// outline is the area that a mark made of lines covers: drawn as its kind is, else as its shape.
func (s surface) outline(m library.Mark) path {
	var p path
	width := s.lineWidth(m)
	points := make([]point, len(m.Points))
	for i, q := range m.Points {
		points[i] = s.point(q)
	}
	a, b := s.corners(library.RectOf(m.Points[0], m.Points[1]))
	switch shape := m.Kind.Shape(); {
	case m.Kind == library.MarkEllipse:
		p.line(ellipse(a, b), true, width)
	case m.Kind == library.MarkArrow:
		p.arrow(points[0], points[1], width)
	case shape == library.ShapeRegion:
		p.line([]point{a, {b.x, a.y}, b, {a.x, b.y}}, true, width)
	case shape == library.ShapeWay:
		p.line(smooth(points), false, width)
	default:
		p.line(points, false, width)
	}
	return p
}

// arrow adds an arrow whose tip is at the second point.
func (p *path) arrow(from, tip point, width float64) {
	d, far := from.toward(tip)
	head := min(5*width, 0.8*far)
	neck := tip.minus(d.times(head))
	wing := d.left().times(0.42 * head)
	p.line([]point{from, neck.plus(d.times(0.3 * head))}, false, min(width, 0.5*head+0.5))
	p.polygon(tip, neck.plus(wing), neck.minus(wing))
}

// The usual width of a line and height of a text, as parts of the page's shorter side: so that both are seen
// from the back of a courtroom.
const (
	usualLine = 0.006
	usualText = 0.03
)

// lineWidth is the width of a mark's lines, in pixels.
func (s surface) lineWidth(m library.Mark) float64 { return max(1.5, usualLine*s.Shorter()*times(m)) }

// times is a mark's width as a multiple of the usual.
func times(m library.Mark) float64 {
	if m.Width > 0 {
		return m.Width
	}
	return 1
}

// spots are the places that spotlights leave bright.
func (s surface) spots(marks []library.Mark) []hole {
	soft := max(3, math.Round(0.008*s.Shorter()))
	var holes []hole
	for _, m := range marks {
		if m.Kind != library.MarkSpotlight {
			continue
		}
		for _, r := range m.Regions() {
			a, b := s.corners(r)
			holes = append(holes, hole{a, b, 0.012 * s.Shorter(), soft})
		}
	}
	return holes
}
