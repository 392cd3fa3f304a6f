package tonemap

import (
	"encoding/binary"
	"image"
	"math"
	"math/rand/v2"
	"testing"
)

// signals of light on the screen, in cd/m²: the other way round than the package goes.
func ofHLG(nits float64) float64 {
	e := math.Pow(nits/hlgPeak, 1/1.2)
	if e <= 1.0/12 {
		return math.Sqrt(3 * e)
	}
	return 0.17883277*math.Log(12*e-0.28466892) + 0.55991073
}

func ofPQ(nits float64) float64 {
	y := math.Pow(nits/pqPeak, 2610.0/16384)
	return math.Pow((3424.0/4096+2413.0/4096*32*y)/(1+2392.0/4096*32*y), 2523.0/4096*128)
}

// drawn is the picture of one signal.
func drawn(m *Map, red, green, blue float64) [4]byte {
	src := make([]byte, 8)
	for i, signal := range []float64{red, green, blue} {
		binary.NativeEndian.PutUint16(src[2*i:], uint16(math.Round(65535*signal)))
	}
	dst := image.NewRGBA(image.Rect(0, 0, 1, 1))
	m.Draw(dst, src)
	return [4]byte(dst.Pix)
}

// Greys up to white are as bright as in SDR, and nothing brighter is darker than that.
func TestGreysAreAsInSDR(t *testing.T) {
	for transfer, signal := range map[Transfer]func(nits float64) float64{HLG: ofHLG, PQ: ofPQ} {
		m, last := New(transfer, "bt.2020"), byte(0)
		for grey := range 256 {
			s := signal(white * math.Pow(float64(grey)/255, gamma))
			p := drawn(m, s, s, s)
			if math.Abs(float64(p[0])-float64(grey)) > 6 || grey < 235 && math.Abs(float64(p[0])-float64(grey)) > 2 || p[1] != p[0] || p[2] != p[0] || p[3] != 255 {
				t.Errorf("%s: grey %d is drawn %v", transfer, grey, p)
			}
			if p[0] < last {
				t.Errorf("%s: grey %d is darker than the one before", transfer, grey)
			}
			last = p[0]
		}
		for _, nits := range []float64{300, 600, 1000} {
			s := signal(nits)
			if p := drawn(m, s, s, s); p[0] < last {
				t.Errorf("%s: %v cd/m² are drawn %v, white %d", transfer, nits, p, last)
			}
		}
	}
}

// A colour of BT.709 written in BT.2020 comes back.
func TestColoursAreThoseOfTheScreen(t *testing.T) {
	// BT.2087, M2: from BT.709 to BT.2020.
	wide := [3][3]float64{{0.6274, 0.3293, 0.0433}, {0.0691, 0.9195, 0.0114}, {0.0164, 0.0880, 0.8956}}
	for _, colour := range [][3]float64{{150, 60, 50}, {60, 120, 70}, {180, 20, 30}, {230, 220, 200}, {0, 0, 200}} {
		var signal [3]float64
		for i, row := range wide {
			nits := 0.0
			for k, weight := range row {
				nits += weight * white * math.Pow(colour[k]/255, gamma)
			}
			signal[i] = ofPQ(nits)
		}
		p := drawn(New(PQ, "bt.2020"), signal[0], signal[1], signal[2])
		for i := range colour {
			if math.Abs(float64(p[i])-colour[i]) > 4 {
				t.Errorf("%v is drawn %v", colour, p)
				break
			}
		}
	}
}

// Tables make no difference of more than a level to what is computed.
func TestTablesAreAsFineAsTheScreen(t *testing.T) {
	random := rand.New(rand.NewPCG(2, 100))
	for _, transfer := range []Transfer{HLG, PQ} {
		m := New(transfer, "bt.2020")
		for range 20000 {
			var signal, light [3]float64
			for i := range signal {
				signal[i] = float64(random.IntN(codes)) / (codes - 1)
				light[i] = map[Transfer]func(float64) float64{HLG: hlg, PQ: pq}[transfer](signal[i])
			}
			if transfer == HLG {
				system := math.Pow(exact(m.luma, light), 0.2) * hlgPeak / white
				for i := range light {
					light[i] *= system
				}
			}
			screen := [3]float64{exact(m.red, light), exact(m.green, light), exact(m.blue, light)}
			most, scale := max(screen[0], screen[1], screen[2]), 1.0
			if over := (most - knee) / (1 - knee); over > 0 {
				scale = (knee + (1-knee)*over/(1+over)) / most
			}
			got := drawn(m, signal[0], signal[1], signal[2])
			for i := range screen {
				if want := 255 * math.Pow(max(0, scale*screen[i]), 1/gamma); math.Abs(float64(got[i])-want) > 1 {
					t.Fatalf("%s: %v is drawn %v; channel %d should be %.2f", transfer, signal, got, i, want)
				}
			}
		}
	}
}

func exact(v [3]float32, light [3]float64) float64 {
	return float64(v[0])*light[0] + float64(v[1])*light[1] + float64(v[2])*light[2]
}

func TestEightBitsAreDrawnLikeSixteen(t *testing.T) {
	m := New(HLG, "bt.2020")
	for code := range 256 {
		s := float64(code) / 255
		dst := image.NewRGBA(image.Rect(0, 0, 1, 1))
		dst.Pix[0], dst.Pix[1], dst.Pix[2] = byte(code), byte(code), byte(code)
		m.Redraw(dst)
		if want := drawn(m, s, s, s); [4]byte(dst.Pix) != want {
			t.Errorf("code %d: %v, with 16 bits %v", code, dst.Pix, want)
		}
	}
}

func TestSDRHasNoMap(t *testing.T) {
	for _, transfer := range []Transfer{"", "bt.1886", "srgb"} {
		if New(transfer, "bt.709") != nil {
			t.Errorf("%q has a map", transfer)
		}
	}
}

func BenchmarkDraw1080p(b *testing.B) {
	m := New(HLG, "bt.2020")
	src, dst := make([]byte, 8*1920*1080), image.NewRGBA(image.Rect(0, 0, 1920, 1080))
	for i := range len(src) / 2 { // a slope with noise, as films are
		binary.NativeEndian.PutUint16(src[2*i:], uint16(i/4%1920*24+i*i%509))
	}
	for b.Loop() {
		m.Draw(dst, src)
	}
}
