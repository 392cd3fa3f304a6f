package cliptest

import (
	"bytes"
	"fmt"
	"image"
	"io"
	"math"
	"os/exec"
	"regexp"
	"strconv"
	"sync"
	"testing"
)

// Frame is a picture of a file and its time in milliseconds from where the first of the file's streams starts, or from
// 0 where that lies before it.
type Frame struct {
	At      float64
	Picture *image.RGBA
}

// Frames are all pictures of a file, in the order in which they are shown.
type Frames []Frame

var (
	timeBase = regexp.MustCompile(`config in time_base: (\d+)/(\d+)`)
	pts      = regexp.MustCompile(`n: *\d+ pts: *(-?\d+) `)
)

// decoded are the files that were decoded before.
var decoded sync.Map // file and size → Frames

// Decode is what ffmpeg finds in a file that is decoded from its start, upright and stretched to a size. It is kept:
// the file must not change.
func Decode(t testing.TB, file string, size image.Point) Frames {
	t.Helper()
	key := fmt.Sprint(file, size)
	if known, ok := decoded.Load(key); ok {
		return known.(Frames)
	}
	frames := decode(t, file, size)
	decoded.Store(key, frames)
	return frames
}

func decode(t testing.TB, file string, size image.Point) Frames {
	t.Helper()
	var log bytes.Buffer
	cmd := exec.Command("ffmpeg", "-hide_banner", "-nostats", "-copyts", "-i", file, "-map", "0:v:0", "-fps_mode", "passthrough",
		"-vf", fmt.Sprintf("scale=%d:%d:flags=bicubic,showinfo=checksum=0", size.X, size.Y),
		"-f", "rawvideo", "-pix_fmt", "rgba", "-")
	cmd.Stderr = &log
	raw, err := cmd.Output()
	base := timeBase.FindSubmatch(log.Bytes())
	if err != nil || base == nil {
		t.Fatalf("ffmpeg decodes %s: %v: %s", file, err, log.Bytes())
	}
	unit := 1000 * number(base[1]) / number(base[2])
	begin := start(t, file)
	var frames Frames
	pictures := bytes.NewReader(raw)
	for _, found := range pts.FindAllSubmatch(log.Bytes(), -1) {
		m := image.NewRGBA(image.Rectangle{Max: size})
		if _, err := io.ReadFull(pictures, m.Pix); err != nil {
			t.Fatalf("ffmpeg decodes %s: picture %d: %v", file, len(frames), err)
		}
		frames = append(frames, Frame{At: unit*number(found[1]) - begin, Picture: m})
	}
	if len(frames) == 0 || pictures.Len() > 0 {
		t.Fatalf("ffmpeg decodes %s: %d times, %d bytes left over", file, len(frames), pictures.Len())
	}
	return frames
}

// start is the time that a file's first stream starts with, in milliseconds.
func start(t testing.TB, file string) float64 {
	t.Helper()
	out, err := exec.Command("ffprobe", "-v", "error", "-show_entries", "format=start_time", "-of", "csv=p=0", file).Output()
	if err != nil {
		t.Fatalf("ffprobe %s: %v", file, err)
	}
	return max(0, 1000*number(bytes.TrimSpace(out)))
}

func number(b []byte) float64 {
	n, _ := strconv.ParseFloat(string(b), 64)
	return n
}

// At is the index of the first frame at or after a time in milliseconds, 5 ms before it included; the last where there
// is none.
func (f Frames) At(ms int) int {
	for i := range f {
		if f[i].At >= float64(ms)-5 {
			return i
		}
	}
	return len(f) - 1
}

// Before is the index of the last frame at or before a time in milliseconds, 5 ms after it included; 0 where there is
// none.
func (f Frames) Before(ms int) int {
	for i := len(f) - 1; i > 0; i-- {
		if f[i].At <= float64(ms)+5 {
			return i
		}
	}
	return 0
}

// Difference is how much two pictures of a size differ: the mean over all pixels and colours, 0..255; 255 for pictures
// of different sizes.
func Difference(a, b *image.RGBA) float64 {
	if a.Rect.Size() != b.Rect.Size() {
		return 255
	}
	sum := 0.0
	for y := range a.Rect.Dy() {
		p, q := a.Pix[y*a.Stride:], b.Pix[y*b.Stride:]
		for x := range 4 * a.Rect.Dx() {
			if x%4 != 3 {
				sum += math.Abs(float64(p[x]) - float64(q[x]))
			}
		}
	}
	return sum / float64(3*a.Rect.Dx()*a.Rect.Dy())
}
