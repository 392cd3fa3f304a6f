package main

import (
	"fmt"
	"image/color"

	"github.com/go-fonts/liberation/liberationmonobold"
	"github.com/go-fonts/liberation/liberationsansbold"
	"github.com/go-fonts/liberation/liberationsansregular"
	"github.com/go-fonts/liberation/liberationserifbold"
	"github.com/go-fonts/liberation/liberationserifbolditalic"
	"github.com/go-fonts/liberation/liberationserifitalic"
	"github.com/go-fonts/liberation/liberationserifregular"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"
)

// The letters come with the generator, never from the system: the same bytes on every machine.
// Liberation has the widths of the typefaces that offices write in, and every Vietnamese letter.
var (
	serif           = newTypeface(liberationserifregular.TTF)
	serifBold       = newTypeface(liberationserifbold.TTF)
	serifItalic     = newTypeface(liberationserifitalic.TTF)
	serifBoldItalic = newTypeface(liberationserifbolditalic.TTF)
	sans            = newTypeface(liberationsansregular.TTF)
	sansBold        = newTypeface(liberationsansbold.TTF)
	monoBold        = newTypeface(liberationmonobold.TTF)
)

// typeface gives outlines of letters, one em high, the baseline at y 0.
type typeface struct {
	font   *sfnt.Font
	glyphs map[rune]glyph
}

type glyph struct {
	outline shape
	advance float64
}

func newTypeface(ttf []byte) *typeface {
	f, err := sfnt.Parse(ttf)
	if err != nil {
		panic(fmt.Errorf("read typeface: %w", err))
	}
	return &typeface{f, map[rune]glyph{}}
}

const em = 2048 // outlines are read at this size, so that a unit of the font is a whole number

func (t *typeface) glyph(r rune) glyph {
	if g, ok := t.glyphs[r]; ok {
		return g
	}
	var buf sfnt.Buffer
	index, err := t.font.GlyphIndex(&buf, r)
	if err != nil || index == 0 {
		panic(fmt.Errorf("draw %q: the typeface has no such letter", r))
	}
	segments, err := t.font.LoadGlyph(&buf, index, fixed.I(em), nil)
	if err != nil {
		panic(fmt.Errorf("draw %q: %w", r, err))
	}
	var g glyph
	at := func(p fixed.Point26_6) pt { return pt{float64(p.X) / 64 / em, float64(p.Y) / 64 / em} }
	for _, s := range segments {
		switch s.Op {
		case sfnt.SegmentOpMoveTo:
			g.outline.move(at(s.Args[0]))
		case sfnt.SegmentOpLineTo:
			g.outline.line(at(s.Args[0]))
		case sfnt.SegmentOpQuadTo:
			g.outline.quad(at(s.Args[0]), at(s.Args[1]))
		case sfnt.SegmentOpCubeTo:
			g.outline.cube(at(s.Args[0]), at(s.Args[1]), at(s.Args[2]))
		}
	}
	advance, err := t.font.GlyphAdvance(&buf, index, fixed.I(em), font.HintingNone)
	if err != nil {
		panic(fmt.Errorf("measure %q: %w", r, err))
	}
	g.advance = float64(advance) / 64 / em
	t.glyphs[r] = g
	return g
}

// width is how far s reaches at a size in pixels.
func (t *typeface) width(size float64, s string) float64 {
	w := 0.0
	for _, r := range s {
		w += t.glyph(r).advance
	}
	return w * size
}

// outline is the shape of s with its baseline starting at p.
func (t *typeface) outline(size float64, p pt, s string) shape {
	var all shape
	for _, r := range s {
		g := t.glyph(r)
		all.ops = append(all.ops, g.outline.mapped(func(q pt) pt { return pt{p.x + q.x*size, p.y + q.y*size} }).ops...)
		p.x += g.advance * size
	}
	return all
}

// write draws s with its baseline starting at p.
func (c *canvas) write(t *typeface, size float64, p pt, s string, ink color.Color) {
	for _, r := range s {
		g := t.glyph(r)
		c.fill(g.outline.mapped(func(q pt) pt { return pt{p.x + q.x*size, p.y + q.y*size} }), ink)
		p.x += g.advance * size
	}
}

// centre draws s with the middle of its baseline at p.
func (c *canvas) centre(t *typeface, size float64, p pt, s string, ink color.Color) {
	c.write(t, size, pt{p.x - t.width(size, s)/2, p.y}, s, ink)
}

// slanted draws s with the middle of its baseline at p, turned clockwise by degrees.
func (c *canvas) slanted(t *typeface, size float64, p pt, degrees float64, s string, ink color.Color) {
	left := pt{p.x - t.width(size, s)/2, p.y}
	c.fill(t.outline(size, left, s).mapped(rotate(p, degrees)), ink)
}
