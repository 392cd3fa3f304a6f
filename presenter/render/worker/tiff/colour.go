package tiff

import "errors"

// Kinds of extra samples (TIFF 6.0, section 18).
const (
	premultiplied = 1
	transparency  = 2
)

// colours is what makes a pixel of red, green, blue and transparency of a page's samples.
func (p *page) colours() (func(s, px []uint8), error) {
	needs := 1
	var colour func(s, px []uint8)
	switch p.meaning {
	case whiteIsZero, blackIsZero:
		most := 255
		if p.bits < 8 {
			most = 1<<p.bits - 1
		}
		colour = func(s, px []uint8) {
			v := uint8(int(s[0]) * 255 / most)
			if p.meaning == whiteIsZero {
				v = 255 - v
			}
			px[0], px[1], px[2] = v, v, v
		}
	case asPalette:
		palette, err := p.palette()
		if err != nil {
			return nil, err
		}
		colour = func(s, px []uint8) { copy(px, palette[s[0]][:]) }
	case asCMYK:
		needs = 4
		most := p.most()
		colour = func(s, px []uint8) {
			k := most - int(s[3])
			for i := range 3 {
				px[i] = uint8((most - int(s[i])) * k * 255 / (most * most))
			}
		}
	case asYCbCr:
		needs, colour = 3, p.ycbcr()
	default:
		needs = 3
		most := p.most()
		colour = func(s, px []uint8) {
			for i := range 3 {
				px[i] = uint8(int(s[i]) * 255 / most)
			}
		}
	}
	return p.withTransparency(colour, needs), nil
}

// most is the largest value of a sample.
func (p *page) most() int {
	if p.bits < 8 {
		return 1<<p.bits - 1
	}
	return 255
}

// withTransparency reads the sample behind those of the colour, where it says how transparent a pixel is.
func (p *page) withTransparency(colour func(s, px []uint8), at int) func(s, px []uint8) {
	kind := uint64(0)
	if len(p.extra) > 0 {
		kind = p.extra[0]
	}
	if p.samples <= at || kind != premultiplied && kind != transparency {
		return func(s, px []uint8) {
			colour(s, px)
			px[3] = 255
		}
	}
	most := p.most()
	return func(s, px []uint8) {
		colour(s, px)
		a := int(s[at]) * 255 / most
		px[3] = uint8(a)
		if kind == premultiplied && a > 0 {
			for i := range 3 {
				px[i] = uint8(min(int(px[i])*255/a, 255))
			}
		}
	}
}

// palette is the colours of a map: of 16 bits each, or, where all are small, of 8 as some programs write them.
func (p *page) palette() ([][3]uint8, error) {
	n := 1 << p.bits
	table := p.dir.Numbers(tagColorMap)
	if len(table) < 3*n {
		return nil, errors.New("no colour map")
	}
	shift := 0
	for _, v := range table {
		if v > 255 {
			shift = 8
		}
	}
	palette := make([][3]uint8, n)
	for i := range palette {
		for c := range 3 {
			palette[i][c] = uint8(table[c*n+i] >> shift)
		}
	}
	return palette, nil
}

// ycbcr makes RGB by the page's coefficients and range (TIFF 6.0, section 21).
func (p *page) ycbcr() func(s, px []uint8) {
	if p.packing == packJPEG { // is RGB by now
		return func(s, px []uint8) { copy(px[:3], s) }
	}
	red, green, blue := 0.299, 0.587, 0.114
	if c := p.dir.Rationals(tagCoefficients); len(c) == 3 && c[1] > 0 {
		red, green, blue = c[0], c[1], c[2]
	}
	reference := []float64{0, 255, 128, 255, 128, 255}
	if r := p.dir.Rationals(tagReferenceRange); len(r) == 6 && r[1] > r[0] && r[3] > r[2] && r[5] > r[4] {
		reference = r
	}
	clamp := func(v float64) uint8 { return uint8(min(max(v+0.5, 0), 255)) }
	return func(s, px []uint8) {
		y := (float64(s[0]) - reference[0]) * 255 / (reference[1] - reference[0])
		cb := (float64(s[1]) - reference[2]) * 127 / (reference[3] - reference[2])
		cr := (float64(s[2]) - reference[4]) * 127 / (reference[5] - reference[4])
		r, b := cr*(2-2*red)+y, cb*(2-2*blue)+y
		px[0], px[1], px[2] = clamp(r), clamp((y-blue*b-red*r)/green), clamp(b)
	}
}
