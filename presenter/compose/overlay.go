package compose

import (
	"image"
	"image/color"
	"math"

	"butluc/library"
)

// Stroke is a mark alone on a transparent ground, premultiplied, and where in the frame it lies: for one that
// is being drawn. pane is the box for the page (see [Place]), at where the page's picture stands. The pixels
// are those that [Compose] would make of it, but for two kinds: a highlight, which can't multiply what it
// does not see, is transparent colour, and a callout is the outline of its part. The picture is nil where
// nothing is to be seen.
func Stroke(pane, at image.Rectangle, view library.Rect, turn library.Turn, m library.Mark) (img *image.RGBA, origin image.Point) {
	if at.Empty() || unsound(m) {
		return nil, image.Point{}
	}
	s := surface{clip: at.Intersect(pane), pane: pane, Map: MapOf(at, view, turn)}
	var needs image.Rectangle
	switch shape := m.Kind.Shape(); {
	case m.Kind == library.MarkSpotlight:
		needs = s.clip
	case m.Kind.Hides():
		needs = s.hides(m.Bounds()).Intersect(s.clip)
	case shape == library.ShapePlace:
		plate, _ := s.plate(m, setLine(m.Text))
		needs = plate.bounds().Intersect(s.textClip(m))
	case shape == library.ShapeRegions:
		needs = s.areas(m).bounds().Intersect(s.clip)
	default:
		needs = s.outline(m).bounds().Intersect(s.clip)
	}
	if needs.Empty() {
		return nil, image.Point{}
	}
	s.dst = image.NewRGBA(needs)
	s.clip, s.pane = s.clip.Intersect(needs), s.pane.Intersect(needs)
	switch {
	case m.Kind.Shape() == library.ShapeRegions:
		c := Color(m.Color, m.Kind)
		s.paint(s.areas(m), faded(c, 0.45))
	case m.Kind == library.MarkCallout:
		s.paint(s.outline(m), Color(m.Color, m.Kind))
	default:
		s.draw([]library.Mark{m})
	}
	s.dst.Rect = image.Rectangle{Max: needs.Size()}
	return s.dst, needs.Min
}

// faded is a colour of which so much, 0..1, is there, premultiplied.
func faded(c color.RGBA, part float64) color.RGBA {
	v := func(v uint8) uint8 { return uint8(math.Round(float64(v) * part)) }
	return color.RGBA{v(c.R), v(c.G), v(c.B), v(255)}
}

// Pointer is the picture of a laser pointer for a frame of the given size, premultiplied; its middle is what
// it points at.
func Pointer(size image.Point) *image.RGBA {
	d := max(9, size.Y/40)
	core, rim := color.RGBA{235, 24, 24, 255}, color.RGBA{255, 235, 230, 255}
	return round(d, func(r float64) color.RGBA {
		red := smoothstep(0.62, 0.46, r)
		light := faded(rim, 0.85*smoothstep(1, 0.72, r))
		return color.RGBA{mixed(light.R, core.R, red), mixed(light.G, core.G, red), mixed(light.B, core.B, red), mixed(light.A, core.A, red)}
	})
}

// Spot is the picture of a moving spotlight for a frame of the given size: a round hole in the dark,
// premultiplied, and the dark that is around the picture.
func Spot(size image.Point) (img *image.RGBA, outside color.RGBA) {
	outside = faded(color.RGBA{}, 0.6)
	return round(max(16, size.Y*2/5), func(r float64) color.RGBA {
		return faded(color.RGBA{}, 0.6*smoothstep(0.8, 0.93, r))
	}), outside
}

// round is a square picture whose colour depends on the distance from its middle, 1 at its sides.
func round(d int, at func(r float64) color.RGBA) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, d, d))
	half := float64(d) / 2
	for y := range d {
		for x := range d {
			img.SetRGBA(x, y, at(math.Hypot(float64(x)+0.5-half, float64(y)+0.5-half)/half))
		}
	}
	return img
}

// smoothstep goes from 0 at a to 1 at b without a bend.
func smoothstep(a, b, v float64) float64 {
	t := max(0, min((v-a)/(b-a), 1))
	return t * t * (3 - 2*t)
}

func mixed(a, b uint8, t float64) uint8 { return uint8(math.Round(float64(a)*(1-t) + float64(b)*t)) }
