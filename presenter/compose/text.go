package compose

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"strings"
	"sync"
	"unicode"

	"github.com/go-fonts/liberation/liberationsansregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
	"golang.org/x/text/unicode/norm"

	"butluc/library"
)

// typeface has all Vietnamese letters. Its glyphs are filled as areas, like everything else, and so need
// neither a face for each size nor a lock.
var typeface = sync.OnceValue(func() *sfnt.Font {
	f, err := sfnt.Parse(liberationsansregular.TTF)
	if err != nil {
		panic(err) // it is built in
	}
	return f
})

// How far letters reach above and below the line, in parts of the size.
const (
	ascent  = 0.905
	descent = 0.212
	pad     = 0.3 // between a text and the sides of its plate, half of it above and below
)

// line is one line of text, laid out at a size of 1.
type line struct {
	glyphs []sfnt.GlyphIndex
	at     []float64 // where each glyph begins, and at last where the line ends
}

// setLine lays out one line of text. Accents that stand by themselves join their letters.
func setLine(text string) line {
	f, one := typeface(), fixed.I(int(typeface().UnitsPerEm()))
	var (
		l      = line{at: []float64{0}}
		buffer sfnt.Buffer
		x      fixed.Int26_6
	)
	for _, r := range norm.NFC.String(text) {
		if unicode.IsSpace(r) {
			r = ' '
		}
		glyph, err := f.GlyphIndex(&buffer, r)
		if err != nil || unicode.IsControl(r) {
			continue
		}
		advance, err := f.GlyphAdvance(&buffer, glyph, one, font.HintingNone)
		if err != nil {
			continue
		}
		if n := len(l.glyphs); n > 0 {
			if kern, err := f.Kern(&buffer, l.glyphs[n-1], glyph, one, font.HintingNone); err == nil {
				x += kern
				l.at[n] = float64(x) / float64(one)
			}
		}
		x += advance
		l.glyphs, l.at = append(l.glyphs, glyph), append(l.at, float64(x)/float64(one))
	}
	return l
}

func (l line) width() float64 { return l.at[len(l.glyphs)] }

// area is the line's letters at a size in pixels, from the left end of its baseline. What lies outside of
// clip may be missing.
func (l line) area(from point, size float64, clip image.Rectangle) path {
	f, one := typeface(), fixed.I(int(typeface().UnitsPerEm()))
	var (
		p      path
		buffer sfnt.Buffer
	)
	for i, glyph := range l.glyphs {
		origin := point{from.x + l.at[i]*size, from.y}
		if origin.x > float64(clip.Max.X)+size || origin.x < float64(clip.Min.X)-2*size {
			continue
		}
		segments, err := f.LoadGlyph(&buffer, glyph, one, nil)
		if err != nil {
			continue
		}
		scale := size / float64(one)
		p.glyph(segments, func(q fixed.Point26_6) point {
			return point{origin.x + float64(q.X)*scale, origin.y + float64(q.Y)*scale}
		}, int(max(2, min(math.Sqrt(size), 16))))
	}
	return p
}

// glyph adds a glyph, each of its curves as so many lines.
func (p *path) glyph(segments sfnt.Segments, place func(fixed.Point26_6) point, lines int) {
	var contour []point
	for _, s := range segments {
		a, b, c := place(s.Args[0]), place(s.Args[1]), place(s.Args[2])
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			p.loop(contour...)
			contour = []point{a}
		case sfnt.SegmentOpLineTo:
			contour = append(contour, a)
		default:
			from := contour[len(contour)-1]
			for i := 1; i <= lines; i++ {
				t := float64(i) / float64(lines)
				u := 1 - t
				if s.Op == sfnt.SegmentOpQuadTo {
					contour = append(contour, from.times(u*u).plus(a.times(2*u*t)).plus(b.times(t*t)))
				} else {
					contour = append(contour, from.times(u*u*u).plus(a.times(3*u*u*t)).plus(b.times(3*u*t*t)).plus(c.times(t*t*t)))
				}
			}
		}
	}
	p.loop(contour...)
}

// text draws a text upright, however the page is turned, on a plate on which it can be read.
func (s surface) text(m library.Mark) {
	s.clip = s.textClip(m)
	ink, l := Color(m.Color, m.Kind), setLine(m.Text)
	plate, edge := s.plate(m, l)
	s.paint(plate, plateFor(ink))
	s.paint(edge, faded(ink, 0.6))
	size := s.textSize(m)
	s.paint(l.area(s.point(m.Points[0]).plus(point{pad * size, (pad/2 + ascent) * size}), size, s.clip), ink)
}

// plate is the ground of a text, and the edge within it.
func (s surface) plate(m library.Mark, l line) (ground, edge path) {
	size, a := s.textSize(m), s.point(m.Points[0])
	b := a.plus(point{l.width() + 2*pad, ascent + descent + pad}.times(size))
	width := max(1, size/16)
	half := point{width / 2, width / 2}
	ground.rect(a, b, size/4)
	edge.line(corners(a.plus(half), b.minus(half), size/4-width/2), true, width)
	return ground, edge
}

// textClip is where a text is seen: one that begins in view runs on past the page's edge.
func (s surface) textClip(m library.Mark) image.Rectangle {
	from := s.point(m.Points[0])
	if image.Pt(int(math.Floor(bounded(from.x))), int(math.Floor(bounded(from.y)))).In(s.clip) {
		return s.pane
	}
	return s.clip
}

// textSize is the size of letters in pixels.
func (s surface) textSize(m library.Mark) float64 { return max(9, usualText*s.Shorter()*times(m)) }

// plateFor is a ground, a little transparent, on which a colour can be read.
func plateFor(ink color.RGBA) color.RGBA {
	if 299*int(ink.R)+587*int(ink.G)+114*int(ink.B) > 165*1000 {
		return color.RGBA{20, 20, 20, 240}
	}
	return color.RGBA{240, 240, 240, 240}
}

// caption writes a page's caption into its strip, shortened where it is too long.
func caption(frame *image.RGBA, strip image.Rectangle, text string) {
	if text == "" || strip.Empty() {
		return
	}
	size := 0.58 * float64(strip.Dy())
	room := float64(strip.Dx()) - 2*size
	l := setLine(text)
	if l.width()*size > room {
		l = shortened(text, room/size)
	}
	draw.Draw(frame, strip, image.Black, image.Point{}, draw.Src)
	s := surface{dst: frame, clip: strip}
	from := point{
		float64(strip.Min.X) + (float64(strip.Dx())-l.width()*size)/2,
		float64(strip.Min.Y) + (float64(strip.Dy())+(ascent-descent)*size)/2,
	}
	s.paint(l.area(from, size, strip), captionInk)
}

// shortened is the longest beginning of a text that fits with three dots, by bisection.
func shortened(text string, room float64) line {
	letters := []rune(norm.NFC.String(text))
	fits, tooLong := 0, len(letters)
	for fits+1 < tooLong {
		middle := (fits + tooLong) / 2
		if setLine(beginning(letters, middle)).width() <= room {
			fits = middle
		} else {
			tooLong = middle
		}
	}
	return setLine(beginning(letters, fits))
}

func beginning(letters []rune, n int) string {
	return strings.TrimRightFunc(string(letters[:n]), unicode.IsSpace) + "…"
}
