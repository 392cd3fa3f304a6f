package mpv_test

import (
	"fmt"
	"image"
	"math"
	"testing"

	"butluc/presenter/clip/cliptest"
	"butluc/presenter/clip/mpv"
	"butluc/presenter/clip/tonemap"
)

// greys are eight bars of a picture in SDR, from black to white.
var greys = [8]float64{0, 36, 73, 109, 146, 182, 219, 255}

// bars is a film of the greys, of a second, in the codes of HDR with 10 bits; signal is that of an amount of light on the
// screen in cd/m².
func bars(t testing.TB, name, transfer string, signal func(nits float64) float64) string {
	t.Helper()
	luma := "64"
	for i, grey := range greys {
		nits := 203 * math.Pow(grey/255, 2.4) // BT.1886, white as Report ITU-R BT.2408 has it
		luma = fmt.Sprintf("if(gte(8*X,%d*W),%d,%s)", i, int(math.Round(64+876*signal(nits))), luma)
	}
	// The last bar comes first: the first condition that holds counts.
	return cliptest.FFmpeg(t, name, "-f", "lavfi", "-i", "color=s=320x180:r=5:d=1,format=yuv420p10le,geq=lum='"+luma+"':cb=512:cr=512",
		"-c:v", "libx264", "-qp", "10", "-color_primaries", "bt2020", "-colorspace", "bt2020nc", "-color_trc", transfer, "-color_range", "tv")
}

func hlg(nits float64) float64 { // Rec. ITU-R BT.2100-2, for a screen of 1000 cd/m²
	e := math.Pow(nits/1000, 1/1.2)
	if e <= 1.0/12 {
		return math.Sqrt(3 * e)
	}
	return 0.17883277*math.Log(12*e-0.28466892) + 0.55991073
}

func pq(nits float64) float64 { // SMPTE ST 2084
	y := math.Pow(nits/10000, 2610.0/16384)
	return math.Pow((3424.0/4096+2413.0/4096*32*y)/(1+2392.0/4096*32*y), 2523.0/4096*128)
}

// What phones film in HDR looks as it does in SDR, upright, turned, and while it plays.
func TestAFilmInHDRLooksAsInSDR(t *testing.T) {
	cliptest.Need(t)
	for tone, file := range map[tonemap.Transfer]string{
		tonemap.HLG: bars(t, "hlg.mp4", "arib-std-b67", hlg),
		tonemap.PQ:  bars(t, "pq.mp4", "smpte2084", pq),
		"":          bars(t, "sdr.mp4", "bt709", func(nits float64) float64 { return math.Pow(nits/203, 1/2.4) }),
	} {
		f := open(t, file)
		if f.Tone() != tone {
			t.Errorf("%q has tone %q", tone, f.Tone())
		}
		m := picture(f)
		if _, err := f.Frame(400, m, within); err != nil {
			t.Fatal(err)
		}
		shows(t, string(tone)+" stands", m, func(i int) image.Point { return image.Pt(20+40*i, 90) })
		playing := picture(f)
		play(t, f, 800)
		if _, err := f.Stop(playing, within); err != nil {
			t.Fatal(err)
		}
		shows(t, string(tone)+" played", playing, func(i int) image.Point { return image.Pt(20+40*i, 90) })
		if err := f.Look(1, 0, 0, 1, 1); err != nil {
			t.Fatal(err)
		}
		turned := image.NewRGBA(image.Rect(0, 0, 180, 320))
		if _, err := f.Frame(200, turned, within); err != nil {
			t.Fatal(err)
		}
		shows(t, string(tone)+" turned", turned, func(i int) image.Point { return image.Pt(90, 20+40*i) })
	}
}

func shows(t *testing.T, what string, m *image.RGBA, at func(i int) image.Point) {
	t.Helper()
	for i, grey := range greys {
		p := at(i)
		c := m.RGBAAt(p.X, p.Y)
		for _, channel := range []uint8{c.R, c.G, c.B} {
			if math.Abs(float64(channel)-grey) > 8 {
				t.Errorf("%s: grey %.0f is %v", what, grey, c)
				break
			}
		}
	}
}

// A picture too large for 16 bits of each colour is mapped with 8.
func TestALargePictureInHDRIsMapped(t *testing.T) {
	cliptest.Need(t)
	f, err := mpv.Open(bars(t, "hlg.mp4", "arib-std-b67", hlg), within, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m := image.NewRGBA(image.Rect(0, 0, 6400, 3600))
	if _, err := f.Frame(400, m, within); err != nil {
		t.Fatal(err)
	}
	shows(t, "large", m, func(i int) image.Point { return image.Pt(400+800*i, 1800) })
}

// colourful is a film of saturated colours that move, in HDR.
func colourful(t testing.TB, transfer, size string) string {
	t.Helper()
	return cliptest.FFmpeg(t, "colourful-"+transfer+"-"+size+".mp4", "-f", "lavfi", "-i", "testsrc2=s="+size+":r=25:d=2,format=yuv420p10le", "-c:v", "libx264",
		"-preset", "ultrafast", "-color_primaries", "bt2020", "-colorspace", "bt2020nc", "-color_trc", transfer, "-color_range", "tv")
}

// fast are the options by which the player draws.
var fast = map[string]string{"sws-fast": "yes", "sws-scaler": "bilinear"}

// Nobody sees by its colours that a film in HDR stops: 3 levels are what a channel may differ by. On a busy machine the
// player passes over a picture, and stops on another one than was drawn last: then it is tried again. Colours differ each time.
func TestAFilmInHDRKeepsItsColoursWhereItStops(t *testing.T) {
	cliptest.Need(t)
	const tries = 8
	for _, transfer := range []string{"arib-std-b67", "smpte2084"} {
		for _, size := range []image.Point{{320, 180}, {240, 136}} {
			differs := ""
			for range tries {
				if differs = stoppedDiffers(t, colourful(t, transfer, "320x180"), size); differs == "" {
					break
				}
			}
			if differs != "" {
				t.Errorf("%s at %v: %s", transfer, size, differs)
			}
		}
	}
}

// stoppedDiffers plays a film at a size, stops it, and says where the picture that stands differs from the one played last.
func stoppedDiffers(t *testing.T, film string, size image.Point) string {
	t.Helper()
	f, err := mpv.Open(film, within, fast)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	last, stopped := image.NewRGBA(image.Rectangle{Max: size}), image.NewRGBA(image.Rectangle{Max: size})
	if _, err := f.Frame(400, stopped, within); err != nil {
		t.Fatal(err)
	}
	if err := f.Pause(false); err != nil {
		t.Fatal(err)
	}
	follow(t, f, last, func() bool { return f.At() >= 800 && f.Pause(true) == nil })
	if _, err := f.Stop(stopped, within); err != nil {
		t.Fatal(err)
	}
	for i := range last.Pix {
		if math.Abs(float64(last.Pix[i])-float64(stopped.Pix[i])) > 3 {
			p := i / 4
			return fmt.Sprintf("%v played as %v, and stands as %v", image.Pt(p%size.X, p/size.X), last.Pix[p*4:][:4], stopped.Pix[p*4:][:4])
		}
	}
	return ""
}

// A film in HDR plays where a frame takes less than the time it is shown: 33 ms of what phones film.
func BenchmarkDrawHDR1080p(b *testing.B) {
	cliptest.Need(b)
	f, err := mpv.Open(colourful(b, "arib-std-b67", "1920x1080"), within, fast)
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	m := picture(f)
	if _, err := f.Frame(400, m, within); err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := f.Draw(m); err != nil {
			b.Fatal(err)
		}
	}
}
