package mpv_test

import (
	"butluc/presenter/clip/mpv"
	"image"
	"testing"
	"time"
)

func TestHD(t *testing.T) {
	for _, d := range []string{"yes", "no"} {
		f, err := mpv.Open("/tmp/hd-mpvtest.mp4", within, map[string]string{"hr-seek-framedrop": d})
		if err != nil {
			t.Fatal(err)
		}
		m := picture(f)
		q := image.NewRGBA(image.Rect(0, 0, 320, 180))
		for _, ms := range []int{0, 9000, 9000, 4000} {
			s := time.Now()
			at, err := f.Frame(ms, m, within)
			full := time.Since(s)
			s = time.Now()
			f.Draw(q)
			t.Log(d, ms, at, err, full, "small", time.Since(s))
		}
		s := time.Now()
		f.Draw(m)
		t.Log("draw", time.Since(s))
		s = time.Now()
		f.Step(1, m, within)
		t.Log("step", time.Since(s))
		f.Close()
	}
}
