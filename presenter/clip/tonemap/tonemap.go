// Package tonemap makes pictures of films in HDR fit for screens in SDR: what a sheet of white paper reflects in the film
// is white on the screen, what is darker keeps its brightness, and lamps and glare above it are pressed into what is left.
//
// [New] makes the [Map] of a film's colours, which draws any number of its pictures, on any goroutine. It works in linear
// light. Sources: Rec. ITU-R BT.2100-2 for HLG and PQ, Report ITU-R BT.2408 for their white of 203 cd/m², Rec. ITU-R
// BT.1886 for the screen.
package tonemap

import (
	"encoding/binary"
	"image"
	"math"
	"runtime"
	"sync"
)

// Transfer is how a film writes brightness, by libmpv's name of it.
type Transfer string

// The transfers of HDR.
const (
	HLG Transfer = "hlg" // hybrid log-gamma, of phones and of broadcasting
	PQ  Transfer = "pq"  // perceptual quantizer, SMPTE ST 2084, of HDR10
)

const (
	white   = 203.0   // cd/m² of white paper
	hlgPeak = 1000.0  // cd/m² of the screen that HLG is drawn for
	pqPeak  = 10000.0 // cd/m² of PQ's highest code
	gamma   = 2.4     // exponent of the screen
	// knee is from where on brightness is pressed together, white being 1: so little below it that ordinary pictures look
	// as they do in SDR.
	knee = 0.9
)

const codes = 1 << 12 // of a signal; films have 1 << 10

// Tables of light go by the upper bits of its floating-point number: so their steps are finer in the dark, as the eye is,
// and none is computed. A step is 1/512 of the light at most, which is a fifth of a level of the screen.
const (
	dropped = 23 - 9                      // bits of a float32 that make no difference
	darkest = (127 - 20) << 23 >> dropped // the step of 2⁻²⁰, for which the screen has no level
	steps   = 1 << 14                     // there are less up to the light of 1: a power of two needs no check of bounds
)

// colours are those of a film: the way from them to those of the screen, in linear light, and how bright each is.
type colours struct{ red, green, blue, luma [3]float32 }

// known are colours by libmpv's names of primaries. Rec. ITU-R BT.2087 has the first, SMPTE EG 432-1 what leads to the
// second.
var known = map[string]colours{
	"bt.2020": {
		red:   [3]float32{1.660491, -0.587641, -0.072850},
		green: [3]float32{-0.124550, 1.132900, -0.008349},
		blue:  [3]float32{-0.018151, -0.100579, 1.118730},
		luma:  [3]float32{0.2627, 0.6780, 0.0593},
	},
	"display-p3": {
		red:   [3]float32{1.224940, -0.224940, 0},
		green: [3]float32{-0.042057, 1.042057, 0},
		blue:  [3]float32{-0.019638, -0.078636, 1.098274},
		luma:  [3]float32{0.2290, 0.6917, 0.0793},
	},
}

// screenColours are those of BT.709.
var screenColours = colours{
	red: [3]float32{1, 0, 0}, green: [3]float32{0, 1, 0}, blue: [3]float32{0, 0, 1}, luma: [3]float32{0.2126, 0.7152, 0.0722},
}

// Map draws pictures of a film. It does not change.
type Map struct {
	colours
	scene  bool           // light is that in the scene, as HLG has it, not that on the screen
	light  [codes]float32 // of a code, white on the screen or the brightest in the scene being 1
	system [steps]float32 // of a step of light in the scene: by what it is multiplied for the screen
	code   [steps]byte    // of a step of light on the screen
}

// New is the map of films with a transfer and primaries, both by libmpv's names; nil where they are not HDR. Primaries
// that it does not know are taken for those of the screen.
func New(transfer Transfer, primaries string) *Map {
	var light func(signal float64) float64
	switch transfer {
	case HLG:
		light = hlg
	case PQ:
		light = pq
	default:
		return nil
	}
	m := &Map{scene: transfer == HLG}
	var ok bool
	if m.colours, ok = known[primaries]; !ok {
		m.colours = screenColours
	}
	for i := range m.light {
		m.light[i] = float32(light(float64(i) / (codes - 1)))
	}
	for i := range steps {
		y := middle(i)
		m.system[i] = float32(math.Pow(y, 0.2) * hlgPeak / white) // BT.2100: 1.2 is the system gamma at 1000 cd/m²
		m.code[i] = byte(math.Round(255 * math.Pow(y, 1/gamma)))
	}
	return m
}

// middle is the light in the middle of a step, at most 1.
func middle(step int) float64 {
	if step == 0 {
		return 0
	}
	return min(1, float64(math.Float32frombits(uint32(step+darkest)<<dropped|1<<(dropped-1))))
}

// hlg is the light in the scene, 0..1, of a signal: the inverse of BT.2100's opto-electronic transfer function.
func hlg(signal float64) float64 {
	const a, b, c = 0.17883277, 0.28466892, 0.55991073
	if signal <= 0.5 {
		return signal * signal / 3
	}
	return (math.Exp((signal-c)/a) + b) / 12
}

// pq is the light on the screen, white being 1, of a signal: BT.2100's electro-optical transfer function.
func pq(signal float64) float64 {
	const m1, m2, c1, c2, c3 = 2610.0 / 16384, 2523.0 / 4096 * 128, 3424.0 / 4096, 2413.0 / 4096 * 32, 2392.0 / 4096 * 32
	e := math.Pow(signal, 1/m2)
	return math.Pow(max(0, e-c1)/(c2-c3*e), 1/m1) * pqPeak / white
}

// pixel is how many bytes one of 16 bits of each colour has.
const pixel = 8

// Draw draws a picture over all of dst: red, green, blue and one more of 16 bits each, in the order of this machine's
// bytes, row by row. src is as long as that, at least.
func (m *Map) Draw(dst *image.RGBA, src []byte) {
	width, height := dst.Rect.Dx(), dst.Rect.Dy()
	each(height, func(y int) { m.row(dst.Pix[dst.Stride*y:][:4*width], src[pixel*width*y:]) })
}

// Redraw draws a picture that has 8 bits of each colour over itself.
func (m *Map) Redraw(dst *image.RGBA) {
	const wide = 257 // 255 becomes 65535
	width := dst.Rect.Dx()
	each(dst.Rect.Dy(), func(y int) {
		row, deep := dst.Pix[dst.Stride*y:][:4*width], make([]byte, 0, pixel*width)
		for _, code := range row {
			deep = binary.NativeEndian.AppendUint16(deep, wide*uint16(code))
		}
		m.row(row, deep)
	})
}

// each does the rows of a picture, some at a time on each processor.
func each(rows int, do func(y int)) {
	parts := min(runtime.GOMAXPROCS(0), rows)
	var wait sync.WaitGroup
	for part := range parts {
		wait.Go(func() {
			for y := rows * part / parts; y < rows*(part+1)/parts; y++ {
				do(y)
			}
		})
	}
	wait.Wait()
}

// row draws a row of a picture, of which from has 16 bits of each colour. Lights are compared by their bits: as long as
// one is above 0 these are in the same order, and min and max of floating-point numbers take several times as long.
func (m *Map) row(to, from []byte) {
	const drop = 4 // from 16 bits to codes
	for ; len(from) >= pixel && len(to) >= 4; from, to = from[pixel:], to[4:] {
		r := m.light[binary.NativeEndian.Uint16(from)>>drop]
		g := m.light[binary.NativeEndian.Uint16(from[2:])>>drop]
		b := m.light[binary.NativeEndian.Uint16(from[4:])>>drop]
		s := float32(1)
		if m.scene {
			s = m.system[step(dot(&m.luma, r, g, b))]
		}
		r, g, b = s*dot(&m.red, r, g, b), s*dot(&m.green, r, g, b), s*dot(&m.blue, r, g, b)
		most := max(order(r), order(g), order(b), order(knee))
		s = pressed(math.Float32frombits(uint32(most))) // all three, so that no colour becomes another
		to[0], to[1], to[2], to[3] = m.code[step(r*s)], m.code[step(g*s)], m.code[step(b*s)], 255
	}
}

func dot(v *[3]float32, r, g, b float32) float32 { return v[0]*r + v[1]*g + v[2]*b }

// order is greater the more light there is, if there is any.
func order(light float32) int32 { return int32(math.Float32bits(light)) }

// step is that of an amount of light up to 1; of colours that the screen does not have, the nearest.
func step(light float32) int32 { return max(order(light)>>dropped-darkest, 0) & (steps - 1) }

// pressed is by what light is multiplied that is as bright as the knee, or brighter: it goes on from there as steeply as
// below, and never gets beyond 1. It is p/light, where p = knee + (1-knee)·over/(1+over), over = (light-knee)/(1-knee).
func pressed(light float32) float32 {
	return (light - knee*knee) / (light * (light + 1 - 2*knee))
}
