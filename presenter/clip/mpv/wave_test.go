package mpv_test

import (
	"errors"
	"image"
	"os"
	"path/filepath"
	"testing"
	"time"

	"butluc/presenter/clip/cliptest"
	"butluc/presenter/clip/mpv"
)

// loudThenLow is ten seconds of a tone: silence, loud, silence, low, silence, two seconds each.
func loudThenLow(t testing.TB, name string) string {
	t.Helper()
	return cliptest.FFmpeg(t, name, "-f", "lavfi", "-i",
		"aevalsrc=exprs='sin(2*PI*440*t)*(0.8*between(t,2,4)+0.05*between(t,6,8))':s=16000:d=10")
}

func wave(t testing.TB, name string, from, to int, size image.Point) (*image.RGBA, error) {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	dst := image.NewRGBA(image.Rectangle{Max: size})
	return dst, mpv.Wave(f, 0, from, to, dst, 20*time.Second)
}

// tall is how many pixels of a column are lit.
func tall(m *image.RGBA, x int) (n int) {
	for y := range m.Rect.Dy() {
		if m.RGBAAt(x, y).G > 60 {
			n++
		}
	}
	return n
}

func TestAWaveShowsWhereThereIsSound(t *testing.T) {
	cliptest.Need(t)
	for _, name := range []string{"waves.mp3", "waves.wav", "waves.m4a"} {
		t.Run(filepath.Ext(name), func(t *testing.T) {
			recording := loudThenLow(t, name)
			whole, err := wave(t, recording, 0, 10_000, image.Pt(500, 80))
			if err != nil {
				t.Fatal(err)
			}
			for _, c := range []struct {
				at       int // in tenths of a second
				min, max int // lit pixels
			}{{10, 0, 2}, {30, 60, 80}, {50, 0, 2}, {70, 10, 30}, {90, 0, 2}} {
				if n := tall(whole, c.at*5); n < c.min || n > c.max {
					t.Errorf("%d pixels at %d.%d s, want %d to %d", n, c.at/10, c.at%10, c.min, c.max)
				}
			}
			part, err := wave(t, recording, 3_000, 7_000, image.Pt(400, 80))
			if err != nil {
				t.Fatal(err)
			}
			if loud, silent, low := tall(part, 50), tall(part, 200), tall(part, 350); loud < 60 || silent > 2 || low < 10 || low > 30 {
				t.Errorf("from 3 s to 7 s: %d, %d and %d pixels", loud, silent, low)
			}
		})
	}
}

func TestAWaveOfNothing(t *testing.T) {
	cliptest.Need(t)
	broken := filepath.Join(t.TempDir(), "broken.mp3")
	if err := os.WriteFile(broken, []byte("not a recording, by any means"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{broken, cliptest.HEVC(t)} {
		if _, err := wave(t, name, 0, 1000, image.Pt(100, 20)); !errors.Is(err, mpv.ErrFormat) {
			t.Errorf("%s: %v, want ErrFormat", filepath.Base(name), err)
		}
	}
}
