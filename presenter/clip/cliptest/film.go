package cliptest

import (
	"bytes"
	"fmt"
	"image"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"testing"
)

// folder holds the clips of a test process, made once each; "" without [Run].
var (
	folder string
	made   sync.Map // name → func() error
)

// Run runs the tests of a package and keeps the clips that they make until the end, for all of them.
func Run(m *testing.M) int {
	dir, err := os.MkdirTemp("", "clips-*")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }()
	folder = dir
	return m.Run()
}

// Make is a file of a name that make writes: once per process, where the tests are run by [Run]. Nobody may change it.
func Make(t testing.TB, name string, make func(file string) error) string {
	t.Helper()
	dir := folder
	if dir == "" {
		dir = t.TempDir()
	}
	file := filepath.Join(dir, name)
	do, _ := made.LoadOrStore(file, sync.OnceValue(func() error { return make(file) }))
	if err := do.(func() error)(); err != nil {
		t.Fatalf("make %s: %v", name, err)
	}
	return file
}

// Film is a film to be made: pictures that carry their numbers, from 0 on.
type Film struct {
	Size   image.Point // in pixels; 160×120 where zero
	Rate   int         // pictures per second; 25 where 0
	Frames int         // how many; 100 where 0
}

func (f Film) filled() Film {
	if f.Size == (image.Point{}) {
		f.Size = image.Pt(160, 120)
	}
	if f.Rate == 0 {
		f.Rate = 25
	}
	if f.Frames == 0 {
		f.Frames = 100
	}
	return f
}

// Make makes the film, by ffmpeg with the arguments of its output. Where they name an input of their own (-i), that is
// number 1.
func (f Film) Make(t testing.TB, name string, args ...string) string {
	t.Helper()
	f = f.filled()
	return Make(t, name, func(file string) error {
		in, out := io.Pipe()
		go func() {
			picture := image.NewRGBA(image.Rectangle{Max: f.Size})
			for i := range f.Frames {
				draw(picture, i)
				if _, err := out.Write(picture.Pix); err != nil {
					return // ffmpeg has told why
				}
			}
			_ = out.Close()
		}()
		defer func() { _ = in.Close() }()
		return ffmpeg(in, append(append([]string{
			"-f", "rawvideo", "-pix_fmt", "rgba", "-s", fmt.Sprintf("%dx%d", f.Size.X, f.Size.Y),
			"-r", strconv.Itoa(f.Rate), "-i", "-",
		}, args...), file)...)
	})
}

// Sine is ffmpeg's input of a tone, of so many seconds.
func Sine(seconds int) []string {
	return []string{"-f", "lavfi", "-i", fmt.Sprintf("sine=330:duration=%d", seconds)}
}

// FFmpeg makes a file by ffmpeg with arguments, the last of which, its output, is added.
func FFmpeg(t testing.TB, name string, args ...string) string {
	t.Helper()
	return Make(t, name, func(file string) error { return ffmpeg(nil, append(args, file)...) })
}

func ffmpeg(stdin io.Reader, args ...string) error {
	cmd := exec.Command("ffmpeg", append([]string{"-hide_banner", "-v", "error", "-y"}, args...)...)
	cmd.Stdin = stdin
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("ffmpeg %v: %w: %s", args, err, bytes.TrimSpace(out))
	}
	return nil
}

// The picture of a number: 16 bits in four rows of four blocks, most significant first, over a strip of colours.
const (
	side  = 4
	light = 230
	dark  = 25
)

func draw(m *image.RGBA, number int) {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	for y := range h {
		for x := range w {
			p := m.Pix[m.PixOffset(x, y):][:4:4]
			row := y * (side + 1) / h
			if row == side {
				p[0], p[1], p[2], p[3] = byte(255*x/w), byte(255*(w-x)/w), 128, 255
				continue
			}
			shade := byte(dark)
			if number>>(side*side-1-row*side-x*side/w)&1 == 1 {
				shade = light
			}
			p[0], p[1], p[2], p[3] = shade, shade, shade, 255
		}
	}
}

// Number reads the number of a picture, of any size; false where it carries none.
func Number(m *image.RGBA) (int, bool) {
	w, h := m.Rect.Dx(), m.Rect.Dy()
	number := 0
	for i := range side * side {
		x, y := (2*(i%side)+1)*w/(2*side), (2*(i/side)+1)*h/(2*(side+1))
		shade := m.RGBAAt(m.Rect.Min.X+x, m.Rect.Min.Y+y).G
		if shade > dark+60 && shade < light-60 {
			return 0, false
		}
		number <<= 1
		if shade > 128 {
			number |= 1
		}
	}
	return number, true
}
