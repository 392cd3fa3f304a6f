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

const (
	codes = 1 << 12 // of a signal; films have 1 << 10
	steps = 1 << 12 // of the square root of light: finer in the dark, as the eye is
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
	light  []float32 // of a code: of PQ on the screen, of HLG in the scene, white and the brightest being 1
	system []float32 // of the root of HLG's light in the scene: by what it is multiplied for the screen; nil of PQ
	code   []byte    // of the root of light on the screen
}

// New is the map of films with a transfer and primaries, both by libmpv's names; nil where they are not HDR. Primaries
// that it does not know are taken for those of the screen.
func New(transfer Transfer, primaries string) *Map {
	m := &Map{light: make([]float32, codes), code: make([]byte, steps)}
	var ok bool
	if m.colours, ok = known[primaries]; !ok {
		m.colours = screenColours
	}
	switch transfer {
	case HLG:
		m.system = make([]float32, steps)
		for i := range m.system {
			y := square(i)
			m.system[i] = float32(math.Pow(y, 0.2) * hlgPeak / white) // BT.2100: 1.2 is the system gamma at 1000 cd/m²
		}
		fill(m.light, hlg)
	case PQ:
		fill(m.light, pq)
	default:
		return nil
	}
	for i := range m.code {
		m.code[i] = byte(math.Round(255 * math.Pow(square(i), 1/gamma)))
	}
	return m
}

func fill(table []float32, light func(signal float64) float64) {
	for i := range table {
		table[i] = float32(light(float64(i) / (codes - 1)))
	}
}

func square(step int) float64 { return math.Pow(float64(step)/(steps-1), 2) }

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

// Draw draws a picture over all of dst: red, green, blue and one more of 16 bits each, in the order of this machine's
// bytes, row by row. src is as long as that, at least.
func (m *Map) Draw(dst *image.RGBA, src []byte) {
	width, height := dst.Rect.Dx(), dst.Rect.Dy()
	each(height, func(y int) {
		from, to := src[8*width*y:][:8*width], dst.Pix[dst.Stride*y:][:4*width]
		for len(from) >= 8 && len(to) >= 4 {
			p := (*[4]byte)(to)
			m.pixel(p, binary.NativeEndian.Uint16(from), binary.NativeEndian.Uint16(from[2:]), binary.NativeEndian.Uint16(from[4:]))
			from, to = from[8:], to[4:]
		}
	})
}

// Redraw draws a picture that has 8 bits of each colour over itself.
func (m *Map) Redraw(dst *image.RGBA) {
	const wide = 257 // 255 becomes 65535
	each(dst.Rect.Dy(), func(y int) {
		for row := dst.Pix[dst.Stride*y:][:4*dst.Rect.Dx()]; len(row) >= 4; row = row[4:] {
			p := (*[4]byte)(row)
			m.pixel(p, uint16(p[0])*wide, uint16(p[1])*wide, uint16(p[2])*wide)
		}
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

// pixel draws one of a signal in 16 bits.
func (m *Map) pixel(p *[4]byte, red, green, blue uint16) {
	const drop = 4 // from 16 bits to codes
	light := (*[codes]float32)(m.light)
	r, g, b := light[red>>drop], light[green>>drop], light[blue>>drop]
	if m.system != nil {
		s := m.system[root(dot(&m.luma, r, g, b))]
		r, g, b = r*s, g*s, b*s
	}
	r, g, b = dot(&m.red, r, g, b), dot(&m.green, r, g, b), dot(&m.blue, r, g, b)
	if r > knee || g > knee || b > knee {
		most := max(r, g, b)
		s := pressed(most) / most // of all three, so that no colour becomes another
		r, g, b = r*s, g*s, b*s
	}
	p[0], p[1], p[2], p[3] = m.code[root(r)], m.code[root(g)], m.code[root(b)], 255
}

func dot(v *[3]float32, r, g, b float32) float32 { return v[0]*r + v[1]*g + v[2]*b }

// root is the step of an amount of light; of colours that the screen does not have, the nearest. It compares, as min and
// max of floating-point numbers take several times as long.
func root(light float32) int {
	if light < 0 {
		return 0
	}
	if light > 1 {
		return steps - 1
	}
	return int(float32(math.Sqrt(float64(light)))*(steps-1) + 0.5)
}

// pressed is the light of what is brighter than the knee: it goes on as steeply as below, and never gets beyond 1.
func pressed(light float32) float32 {
	over := (light - knee) / (1 - knee)
	return knee + (1-knee)*over/(1+over)
}
