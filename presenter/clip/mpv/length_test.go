package mpv_test

import (
	"testing"

	"butluc/presenter/clip/cliptest"
)

// A recording ends with its last frame, whatever its file says; and that frame is found there.
func TestTheEndIsWhereTheLastFrameIs(t *testing.T) {
	cliptest.Need(t)
	for _, film := range []struct {
		name string
		file string
		end  int // milliseconds, 40 more or less
	}{
		{"as its header says", cliptest.H264(t), 4000},
		{"longer than its header says", cliptest.Short(t), 4000},
		{"without a length", cliptest.Endless(t), 3960},
		{"over four thousand years, by its header", cliptest.Ageless(t), 4000},
		{"DAV with its last key frame in its last second", cliptest.DenseDAV(t), 8320},
		{"DAV", cliptest.DAV(t), 8320},
	} {
		f := open(t, film.file)
		end := f.End(within)
		if end < film.end-40 || end > film.end+40 {
			t.Errorf("%s: it ends at %d, want %d; said %d", film.name, end, film.end, f.Duration())
		}
		frames := cliptest.Decode(t, film.file, f.Size())
		for _, ms := range []int{end, 1500} {
			m := picture(f)
			at, err := f.Frame(ms, m, within)
			if err != nil {
				t.Fatalf("%s: %v", film.name, err)
			}
			same(t, m, at, frames, frames.At(ms), ms)
		}
	}
}
