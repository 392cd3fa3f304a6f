//go:build display && linux

package display

import (
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"math"
	"strings"
	"testing"
	"time"

	"butluc/presenter/display/displaytest"
)

// laid is an overlay in words: the program and the test each make it from them.
type laid struct {
	Seed, W, H int // of its image, none when W is 0
	At         image.Point
	Outside    color.RGBA
}

func (l laid) overlay() Overlay {
	o := Overlay{At: l.At, Outside: l.Outside}
	if l.W > 0 {
		o.Image = veil(l.Seed, l.W, l.H)
	}
	return o
}

// obeyOver is the program's side of what is laid over the picture.
func (p *program) obeyOver(word string, args []string) error {
	switch word {
	case "over":
		var l laid
		if err := json.Unmarshal([]byte(args[0]), &l); err != nil {
			return err
		}
		o := l.overlay()
		p.mark = o.Image
		return p.screen.Over(o)
	case "over-moved": // against the rules the image is changed: only an upload could show it
		clear(p.mark.Pix)
		return p.screen.Over(Overlay{Image: p.mark, At: image.Pt(700, 500)})
	case "over-none":
		return p.screen.Over(Overlay{})
	case "over-huge":
		return p.screen.Over(Overlay{Image: &image.RGBA{Rect: image.Rect(0, 0, 1<<13+1, 1<<13)}})
	case "reproject":
		var m []Part
		if err := json.Unmarshal([]byte(args[0]), &m); err != nil {
			return err
		}
		return p.screen.Reproject(m...)
	}
	return p.times(args[0], args[1])
}

// times does one thing over and over, for benchmarks.
func (p *program) times(what, count string) error {
	w, h := p.screen.Size()
	frames := [2]*image.RGBA{pattern(0, w, h), pattern(2, w, h)}
	pointer := veil(1, 64, 64)
	whole := rectOf(image.Rect(0, 0, w, h))
	var film image.Point
	_, size, _ := strings.Cut(what, "patch-")
	_, _ = fmt.Sscanf(size, "%dx%d", &film.X, &film.Y)
	films := [2]*image.RGBA{pattern(4, film.X, film.Y), pattern(6, film.X, film.Y)}
	middle := image.Pt(w, h).Sub(film).Div(2)
	if err := p.screen.Show(frames[0]); err != nil {
		return err
	}
	var n int
	if _, err := fmt.Sscan(count, &n); err != nil {
		return err
	}
	for i := range n {
		var err error
		switch at := i % 512; what {
		case "show":
			err = p.screen.Show(frames[i%2])
		case "over":
			err = p.screen.Over(Overlay{Image: pointer, At: image.Pt(at, at)})
		case "reproject":
			d := float64(at)
			err = p.screen.Reproject(Part{image.Rect(0, 0, w, h), Rect{d, d, whole.X1 - d, whole.Y1 - d}, whole})
		case "patch-" + size:
			err = p.screen.Patch(films[i%2], middle)
		case "show-and-patch-" + size:
			err = errors.Join(p.screen.Show(frames[i%2]), p.screen.Patch(films[i%2], middle))
		default:
			err = errors.New("what?")
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// veil is an image in which no pixel is like its neighbours and every degree of transparency is.
func veil(seed, w, h int) *image.RGBA {
	v := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			a := min(255, (x*5+y*11+seed*13)%320)
			v.SetRGBA(x, y, color.RGBA{uint8(a * (x % 3) / 2), uint8(a * (y % 5) / 4), uint8(a * ((x + y) % 2)), uint8(a)})
		}
	}
	return v
}

// under is the screen that must be seen with o over it.
func (o Overlay) under(frame *image.RGBA) *image.RGBA {
	seen := image.NewRGBA(frame.Rect)
	for y := range frame.Rect.Dy() {
		for x := range frame.Rect.Dx() {
			over := o.Outside
			if at := image.Pt(x, y).Sub(o.At); o.Image != nil && at.In(o.Image.Rect) {
				over = o.Image.RGBAAt(at.X, at.Y)
			}
			below := frame.RGBAAt(x, y)
			blend := func(over, below, alpha uint8) uint8 {
				return uint8(min(255, int(over)+(int(below)*(255-int(alpha))+127)/255))
			}
			seen.SetRGBA(x, y, color.RGBA{
				blend(over.R, below.R, over.A), blend(over.G, below.G, over.A), blend(over.B, below.B, over.A), 255,
			})
		}
	}
	return seen
}

// through is the screen that must be seen with parts of the frame moved.
func through(frame *image.RGBA, parts ...Part) *image.RGBA {
	seen := Overlay{}.under(frame)
	for _, m := range parts {
		m.into(seen, frame)
	}
	return seen
}

func (m Part) into(seen, frame *image.RGBA) {
	part := m.From.meet(rectOf(m.Clip))
	for y := m.Clip.Min.Y; y < m.Clip.Max.Y; y++ {
		for x := m.Clip.Min.X; x < m.Clip.Max.X; x++ {
			c := color.RGBA{A: 255}
			u := m.From.X0 + (float64(x)+0.5-m.To.X0)*(m.From.X1-m.From.X0)/(m.To.X1-m.To.X0)
			v := m.From.Y0 + (float64(y)+0.5-m.To.Y0)*(m.From.Y1-m.From.Y0)/(m.To.Y1-m.To.Y0)
			if u >= part.X0 && u < part.X1 && v >= part.Y0 && v < part.Y1 {
				c = between(frame, u, v)
			}
			seen.SetRGBA(x, y, c)
		}
	}
}

// between mixes the four pixels around a point.
func between(p *image.RGBA, u, v float64) color.RGBA {
	x, y := math.Floor(u-0.5), math.Floor(v-0.5)
	dx, dy := u-0.5-x, v-0.5-y
	at := func(x, y float64) color.RGBA {
		return p.RGBAAt(max(0, min(p.Rect.Max.X-1, int(x))), max(0, min(p.Rect.Max.Y-1, int(y))))
	}
	a, b, c, d := at(x, y), at(x+1, y), at(x, y+1), at(x+1, y+1)
	mix := func(a, b, c, d uint8) uint8 {
		upper := float64(a)*(1-dx) + float64(b)*dx
		lower := float64(c)*(1-dx) + float64(d)*dx
		return uint8(math.Round(upper*(1-dy) + lower*dy))
	}
	return color.RGBA{mix(a.R, b.R, c.R, d.R), mix(a.G, b.G, c.G, d.G), mix(a.B, b.B, c.B, d.B), 255}
}

// apart tells the first pixel of which a channel differs by more than tolerance, "" for none.
func apart(a, b *image.RGBA, tolerance int) string {
	n, first := 0, ""
	worst := 0
	for i := range a.Pix {
		d := int(a.Pix[i]) - int(b.Pix[i])
		worst = max(worst, d, -d)
		if d > tolerance || -d > tolerance {
			if n++; first == "" {
				x, y := i%a.Stride/4, i/a.Stride
				first = fmt.Sprintf("at %d,%d: %v and %v", x, y, a.RGBAAt(x, y), b.RGBAAt(x, y))
			}
		}
	}
	if n == 0 {
		return ""
	}
	return fmt.Sprintf("%d values differ by up to %d, first %s", n, worst, first)
}

func (h *hand) do(word string, what any) string {
	h.t.Helper()
	text, err := json.Marshal(what)
	if err != nil {
		h.t.Fatal(err)
	}
	return h.try(word + " " + string(text))
}

func (h *hand) over(l laid) {
	h.t.Helper()
	if answer := h.do("over", l); answer != "" {
		h.t.Fatalf("over %+v: %s", l, answer)
	}
}

func (h *hand) reproject(parts ...Part) {
	h.t.Helper()
	if answer := h.do("reproject", parts); answer != "" {
		h.t.Fatalf("reproject %+v: %s", parts, answer)
	}
}

// expectNear compares the court screen with a picture, to within so much of each channel.
func (h *hand) expectNear(what string, want *image.RGBA, tolerance int) {
	h.t.Helper()
	if d := apart(h.rig.Shot(displaytest.Court), want, tolerance); d != "" {
		h.t.Errorf("%s: the court screen differs: %s", what, d)
	}
}

func frame(seed int) *image.RGBA { return pattern(seed, displaytest.CourtW, displaytest.CourtH) }

func TestOverlayLiesOnTheFramePixelForPixel(t *testing.T) {
	_, h := start(t)
	h.say("open")
	h.say("show 1")
	dark := color.RGBA{10, 0, 20, 160}
	for _, c := range []struct {
		what string
		laid
	}{
		{"a pointer", laid{Seed: 1, W: 64, H: 64, At: image.Pt(900, 400)}},
		{"over the upper left corner", laid{Seed: 2, W: 64, H: 48, At: image.Pt(-20, -31)}},
		{"over the lower right corner", laid{Seed: 3, W: 64, H: 48, At: image.Pt(1900, 1047)}},
		{"larger than the window", laid{Seed: 4, W: 2001, H: 1201, At: image.Pt(-33, -60)}},
		{"wholly outside", laid{Seed: 5, W: 64, H: 64, At: image.Pt(500, -64)}},
		{"a spotlight", laid{Seed: 6, W: 300, H: 200, At: image.Pt(1000, 700), Outside: dark}},
		{"a spotlight over the edge", laid{Seed: 7, W: 300, H: 200, At: image.Pt(-120, 1000), Outside: dark}},
		{"a spotlight outside", laid{Seed: 8, W: 300, H: 200, At: image.Pt(1920, 0), Outside: dark}},
		{"dark all over", laid{Outside: dark}},
	} {
		h.over(c.laid)
		o := c.overlay()
		h.expectNear(c.what, o.under(frame(1)), 1) // for rounding
		if c.Outside.A == 0 {
			seen := h.rig.Shot(displaytest.Court)
			draw.Draw(seen, o.Image.Rect.Add(o.At), frame(1), o.At, draw.Src)
			if d := displaytest.Same(seen, frame(1)); d != "" {
				t.Errorf("%s: beside it the frame is another: %s", c.what, d)
			}
		}
	}
	h.say("over-none")
	h.expect("taken away", 1)
}

func TestOverlayIsUploadedOnceAndMoved(t *testing.T) {
	_, h := start(t)
	h.say("open")
	h.say("show 2")
	h.over(laid{Seed: 1, W: 64, H: 64, At: image.Pt(100, 100)})
	h.say("over-moved")
	h.expectNear("moved", Overlay{Image: veil(1, 64, 64), At: image.Pt(700, 500)}.under(frame(2)), 1)
	h.over(laid{Seed: 9, W: 64, H: 64, At: image.Pt(700, 500)})
	h.expectNear("another of the same size", Overlay{Image: veil(9, 64, 64), At: image.Pt(700, 500)}.under(frame(2)), 1)
}

func TestOverlayEndsWithItsFrame(t *testing.T) {
	_, h := start(t)
	pointer := laid{Seed: 1, W: 64, H: 64, At: image.Pt(800, 300), Outside: color.RGBA{A: 99}}
	h.say("open")
	h.say("show 1")
	for _, end := range [][]string{{"show 2"}, {"black", "show 2"}, {"hide", "move", "show 2"}, {"move", "show 2"}} {
		h.over(pointer)
		for _, line := range end {
			h.say(line)
			if line == "black" || line == "move" {
				h.expectBlack(fmt.Sprint("in ", end))
			}
		}
		h.expect(fmt.Sprint("after ", end), 2)
	}
	h.over(pointer)
	if answer := h.try("over-huge"); !strings.Contains(answer, "8193×8192") {
		t.Errorf("a huge overlay: %q", answer)
	}
	h.expect("after a refused overlay", 2)
}

func TestBlackStaysBlackUnderOverlayAndReprojection(t *testing.T) {
	_, h := start(t)
	pointer := laid{Seed: 1, W: 64, H: 64, At: image.Pt(800, 300), Outside: color.RGBA{200, 200, 200, 200}}
	part := Part{image.Rect(0, 0, 1920, 1080), Rect{0, 0, 960, 540}, Rect{0, 0, 1920, 1080}}
	h.say("open")
	for _, step := range []struct {
		line string
		gone bool
	}{{"now", false}, {"show 1", false}, {"black", false}, {"hide", true}, {"move", false}} {
		h.say(step.line)
		if step.line == "show 1" {
			continue
		}
		h.over(pointer)
		h.reproject(part)
		if h.gone() != step.gone {
			t.Errorf("after %q the window is gone: %v", step.line, h.gone())
		}
		h.expectBlack("after " + step.line)
	}
	h.say("show 3")
	h.expect("shown after all", 3)
}

// isDrawnAgain covers the court window, which shows want, and wants it drawn again when it is seen again.
func (h *hand) isDrawnAgain(want *image.RGBA) {
	h.t.Helper()
	h.expectNear("before", want, 1)
	h.say("identify")
	if apart(h.rig.Shot(displaytest.Court), want, 1) == "" {
		h.t.Fatal("nothing covers the court window")
	}
	h.say("identified")
	h.rig.WaitFor("the window to be drawn again as it was", func() bool {
		return apart(h.rig.Shot(displaytest.Court), want, 1) == ""
	})
}

func TestRedrawKeepsOverlayAndReprojection(t *testing.T) {
	_, h := start(t)
	pointer := laid{Seed: 1, W: 900, H: 700, At: image.Pt(500, 200)}
	h.say("open")
	h.say("show 2")
	part := Part{image.Rect(0, 0, 1920, 1080), Rect{0, 0, 1920, 1080}, Rect{300, 200, 2220, 1280}}
	h.reproject(part)
	h.over(pointer)
	want := pointer.overlay().under(through(frame(2), part))
	h.isDrawnAgain(want)
}

func TestReprojectionShowsThePartUntilTheNextFrame(t *testing.T) {
	_, h := start(t)
	h.say("open")
	whole := image.Rect(0, 0, 1920, 1080)
	pane := image.Rect(400, 100, 1500, 1000)
	for _, c := range []struct {
		what      string
		tolerance int // of linear filtering with weights of eight bits
		Part
	}{
		{"nothing moved", 0, Part{whole, rectOf(whole), rectOf(whole)}},
		{"panned", 0, Part{whole, rectOf(whole), Rect{-200, 130, 1720, 1210}}},
		{"panned in a pane", 0, Part{pane, rectOf(pane), Rect{470, 70, 1570, 970}}},
		{"zoomed in", 2, Part{whole, Rect{600, 300, 1368, 732}, rectOf(whole)}},
		{"zoomed out", 2, Part{whole, rectOf(whole), Rect{250.3, 150.3, 1530.1, 870.1}}},
		{"zoomed in a pane", 2, Part{pane, Rect{-100.2, -3000, 2000.7, 4000}, Rect{-900, -6000, 2600.1, 5700}}},
		{"zoomed deep", 2, Part{pane, Rect{700, 400, 711, 409}, rectOf(pane)}},
		{"a part of a part", 2, Part{pane, Rect{600, 300, 800, 500}, Rect{450.2, 150.2, 1050.3, 750.3}}},
	} {
		for _, seed := range []int{0, 1} { // 1 has margins, in which the texture still holds 0
			h.say(fmt.Sprint("show ", 0))
			h.say(fmt.Sprint("show ", seed))
			h.reproject(c.Part)
			h.expectNear(fmt.Sprint(c.what, " in frame ", seed), through(frame(seed), c.Part), c.tolerance)
		}
	}
	h.reproject()
	h.expect("taken away", 1)
	beside := []Part{ // as two pages that are zoomed together
		{image.Rect(0, 0, 950, 1080), Rect{200, 200, 600, 800}, Rect{0, 0, 950, 1080}},
		{image.Rect(970, 0, 1920, 1080), Rect{1200, 100, 1500, 500}, Rect{970, 40, 1920, 1000}},
	}
	h.reproject(beside...)
	h.expectNear("two parts", through(frame(1), beside...), 2)
	h.reproject(beside[1])
	h.expectNear("one of them in the place of both", through(frame(1), beside[1]), 2)
	h.reproject(Part{whole, rectOf(whole), Rect{100, 100, 500, 500}})
	if answer := h.do("reproject", []Part{{pane, Rect{5, 5, 5, 9}, rectOf(pane)}}); !strings.HasPrefix(answer, "error") {
		t.Errorf("a reprojection of nothing: %q", answer)
	}
	h.expect("after a refused reprojection", 1)
	h.reproject(Part{whole, rectOf(whole), Rect{100.5, 100.5, 500, 500}})
	h.say("show 2")
	h.expect("the next frame", 2)
}

func TestOverlayMovesOverAReprojection(t *testing.T) {
	_, h := start(t)
	h.say("open")
	h.say("show 1")
	part := Part{image.Rect(400, 100, 1500, 1000), Rect{0, 0, 1920, 1080}, Rect{100, -200, 2020, 880}}
	h.reproject(part)
	for _, at := range []image.Point{{350, 300}, {410, 60}, {1000, 500}, {1490, 990}} {
		pointer := laid{Seed: 1, W: 100, H: 100, At: at, Outside: color.RGBA{A: 90}}
		h.over(pointer)
		h.expectNear(fmt.Sprint("at ", at), pointer.overlay().under(through(frame(1), part)), 1)
	}
	h.say("over-none")
	h.expectNear("taken away", through(frame(1), part), 0)
}

func TestShareHasOverlayAndReprojection(t *testing.T) {
	rig, h := start(t)
	h.say("share")
	see := func() *image.RGBA {
		w, _ := rig.Window(ShareTitle)
		return rig.Grab(displaytest.Where{X: w.X, Y: w.Y, W: w.W, H: w.H})
	}
	pointer := laid{Seed: 1, W: 64, H: 64, At: image.Pt(200, 100), Outside: color.RGBA{A: 120}}
	part := Part{image.Rect(0, 0, 640, 480), Rect{0, 0, 640, 480}, Rect{-100, 50, 540, 530}}
	rig.WaitFor("the window to share", func() bool { w, _ := rig.Window(ShareTitle); return w.Mapped })
	for range 2 {
		h.over(pointer)
		h.reproject(part)
		rig.WaitFor("black", func() bool { return displaytest.Uniform(see(), 0, 0, 0) })
		h.say("show 1")
		h.reproject(part)
		h.over(pointer)
		rig.WaitFor("overlay and reprojection", func() bool {
			return apart(see(), pointer.overlay().under(through(pattern(1, 640, 480), part)), 1) == ""
		})
		h.say("show 2")
		rig.WaitFor("the next frame", func() bool { return displaytest.Same(see(), pattern(2, 640, 480)) == "" })
		h.say("black")
	}
}

// BenchmarkOver moves a pointer by a pixel a time, beside a frame that is shown and a reprojection of it.
func BenchmarkOver(b *testing.B) {
	_, h := start(b)
	h.say("open")
	var show time.Duration
	for _, what := range []string{"show", "over", "reproject"} {
		b.Run(what, func(b *testing.B) {
			h.say(fmt.Sprintf("times %s %d", what, b.N))
			each := b.Elapsed() / time.Duration(b.N)
			if what == "show" {
				show = each
			}
			b.ReportMetric(float64(each)/float64(show), "of-show")
		})
	}
}
