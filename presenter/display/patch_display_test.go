//go:build display && linux

package display

import (
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"strings"
	"testing"
	"time"

	"butluc/presenter/display/displaytest"
)

// patched is a moving picture in words: the program and the test each make it from them.
type patched struct {
	Seed, W, H int // none when W is 0
	At         image.Point
}

func (p patched) picture() *image.RGBA {
	if p.W == 0 {
		return nil
	}
	// Of a larger one, so that its rows do not follow one another.
	larger := pattern(p.Seed, p.W+9, p.H+7)
	return larger.SubImage(image.Rect(5, 3, 5+p.W, 3+p.H)).(*image.RGBA)
}

// in is the frame that is shown once p was patched into it.
func (p patched) in(frame *image.RGBA) *image.RGBA {
	seen := image.NewRGBA(frame.Rect)
	copy(seen.Pix, frame.Pix)
	picture := p.picture()
	draw.Draw(seen, image.Rect(0, 0, p.W, p.H).Add(p.At), picture, picture.Rect.Min, draw.Src)
	return seen
}

// obeyPatch is the program's side of moving pictures.
func (p *program) obeyPatch(word string, args []string) error {
	switch word {
	case "patch":
		var what patched
		if err := json.Unmarshal([]byte(args[0]), &what); err != nil {
			return err
		}
		picture := what.picture()
		err := p.screen.Patch(picture, what.At)
		if picture != nil {
			clear(picture.Pix) // it is not the window's any more
		}
		return err
	case "show-plain":
		w, h := p.screen.Size()
		p.shown = plain(w, h)
		return p.screen.Show(p.shown)
	case "resize":
		p.screen.(*Share).pane.win.SetSize(600, 400)
		return nil
	case "shown-again": // what is kept, as after the texture was lost
		return p.court.pane.show(p.court.frame)
	}
	if displaytest.Same(p.shown, pattern(p.seed, p.shown.Rect.Dx(), p.shown.Rect.Dy())) != "" {
		return errors.New("the frame that was given was written to")
	}
	return nil
}

// plain is a frame of one colour, none of which reaches the texture.
func plain(w, h int) *image.RGBA {
	p := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(p, p.Rect, image.NewUniform(color.RGBA{30, 90, 60, 255}), image.Point{}, draw.Src)
	return p
}

func (h *hand) patch(p patched) {
	h.t.Helper()
	if answer := h.do("patch", p); answer != "" {
		h.t.Fatalf("patch %+v: %s", p, answer)
	}
}

// sees compares the court screen with a frame, exactly.
func (h *hand) sees(what string, want *image.RGBA) {
	h.t.Helper()
	if d := displaytest.Same(h.rig.Shot(displaytest.Court), want); d != "" {
		h.t.Errorf("%s: the court screen differs: %s", what, d)
	}
}

var (
	film0 = patched{10, 640, 360, image.Pt(700, 400)}
	film1 = patched{12, 640, 360, image.Pt(700, 400)}
)

func TestAPatchIsSeenAtItsPlaceAndNowhereElse(t *testing.T) {
	_, h := start(t)
	h.say("open")
	for _, seed := range []int{0, 1} { // 1 has margins, in which the texture holds what was shown before
		h.say("show 2")
		h.say(fmt.Sprint("show ", seed))
		want := frame(seed)
		for _, p := range []patched{
			film0, film1,
			{14, 1, 1, image.Pt(30, 900)},
			{16, 301, 203, image.Pt(500, 97)}, // over the edge of the page
			{18, 101, 57, image.Pt(0, 0)},
			{20, 101, 57, image.Pt(1819, 1023)},
			film0,
			{22, 1920, 1080, image.Point{}},
			film1,
		} {
			h.patch(p)
			want = p.in(want)
			h.sees(fmt.Sprintf("%+v in frame %d", p, seed), want)
		}
		h.say("shown-again")
		h.sees("kept", want)
		h.say("given")
		h.say(fmt.Sprint("show ", seed))
		h.expect("the plain frame shown again", seed)
		h.say("show 3")
		h.expect("the next frame", 3)
	}
	h.say("show-plain")
	h.patch(film0)
	h.sees("in a frame of one colour", film0.in(plain(displaytest.CourtW, displaytest.CourtH)))
}

func TestAPatchOutsideOfTheFrameIsRefused(t *testing.T) {
	_, h := start(t)
	h.say("open")
	h.say("show 2")
	h.patch(film0)
	for _, p := range []patched{
		{Seed: 10, W: 64, H: 64, At: image.Pt(-1, 0)},
		{Seed: 10, W: 64, H: 64, At: image.Pt(0, 1017)},
		{Seed: 10, W: 64, H: 64, At: image.Pt(5000, 5000)},
		{Seed: 10, W: 1921, H: 64},
		{Seed: 10, W: 64, H: 0},
		{},
	} {
		if answer := h.do("patch", p); !strings.Contains(answer, ErrFrameSize.Error()) {
			t.Errorf("%+v: %q", p, answer)
		}
	}
	h.sees("after refused pictures", film0.in(frame(2)))
}

func TestRedrawKeepsAPatch(t *testing.T) {
	_, h := start(t)
	pointer := laid{Seed: 1, W: 300, H: 200, At: image.Pt(600, 350)}
	h.say("open")
	h.say("show 1")
	h.over(pointer)
	h.patch(film0)
	h.patch(film1)
	want := pointer.overlay().under(film1.in(frame(1)))
	h.isDrawnAgain(want)
}

// Promises 1 and 3: what plays on behind the black, or while the screen is gone, is not seen.
func TestBlackStaysBlackUnderPatches(t *testing.T) {
	_, h := start(t)
	h.say("open")
	for _, step := range []struct {
		lines []string
		gone  bool
	}{{[]string{"now"}, false}, {[]string{"show 1", "black"}, false}, {[]string{"show 1", "hide"}, true}, {[]string{"move"}, false}} {
		for _, line := range step.lines {
			h.say(line)
		}
		h.patch(film0)
		if h.gone() != step.gone {
			t.Errorf("after %v the window is gone: %v", step.lines, h.gone())
		}
		h.expectBlack(fmt.Sprint("after ", step.lines))
	}
	h.say("show 3")
	h.expect("shown after all", 3)
	h.patch(film1)
	h.sees("patched after all", film1.in(frame(3)))
}

func TestAnOverlayStaysOverPatches(t *testing.T) {
	_, h := start(t)
	h.say("open")
	h.say("show 1")
	for _, l := range []laid{
		{Seed: 1, W: 64, H: 64, At: image.Pt(680, 380)}, // half over the film
		{Seed: 6, W: 300, H: 200, At: image.Pt(900, 500), Outside: color.RGBA{10, 0, 20, 160}},
		{Seed: 8, W: 64, H: 64, At: image.Pt(10, 10)},
	} {
		h.over(l)
		for _, p := range []patched{film0, film1} {
			h.patch(p)
			h.expectNear(fmt.Sprintf("%+v under %+v", p, l), l.overlay().under(p.in(frame(1))), 1)
		}
		l.At = l.At.Add(image.Pt(50, 70))
		h.over(l)
		h.expectNear("moved over the film", l.overlay().under(film1.in(frame(1))), 1)
	}
	h.say("over-none")
	h.sees("taken away", film1.in(frame(1)))
}

func TestAReprojectionEndsByAPatchAndShowsWhatIsPatched(t *testing.T) {
	_, h := start(t)
	h.say("open")
	for _, seed := range []int{0, 1} {
		h.say("show 2")
		h.say(fmt.Sprint("show ", seed))
		part := Part{image.Rect(0, 0, 1920, 1080), Rect{560, 300, 1520, 840}, Rect{0, 0, 1920, 1080}}
		h.reproject(part)
		h.patch(film0)
		h.sees("the reprojection is over", film0.in(frame(seed)))
		h.reproject(part)
		h.expectNear("looked at from near", through(film0.in(frame(seed)), part), 2)
	}
}

func TestShareHasMovingPictures(t *testing.T) {
	rig, h := start(t)
	h.say("share")
	see := func() *image.RGBA {
		w, _ := rig.Window(ShareTitle)
		return rig.Grab(displaytest.Where{X: w.X, Y: w.Y, W: w.W, H: w.H})
	}
	film := patched{10, 320, 180, image.Pt(60, 90)}
	rig.WaitFor("the window to share", func() bool { w, _ := rig.Window(ShareTitle); return w.Mapped })
	for range 2 {
		h.patch(film)
		rig.WaitFor("black", func() bool { return displaytest.Uniform(see(), 0, 0, 0) })
		h.say("show 1")
		h.patch(film)
		want := film.in(pattern(1, 640, 480))
		rig.WaitFor("the moving picture", func() bool { return displaytest.Same(see(), want) == "" })
		h.say("given")
		if answer := h.do("patch", patched{10, 64, 64, image.Pt(600, 0)}); !strings.Contains(answer, ErrFrameSize.Error()) {
			t.Errorf("outside of the frame: %q", answer)
		}
		h.say("show 2")
		rig.WaitFor("the next frame", func() bool { return displaytest.Same(see(), pattern(2, 640, 480)) == "" })
		h.say("black")
	}
}

// A frame is never cut: in a window that was made smaller, its film is not seen before a frame that fits.
func TestAResizedShareShowsNoMovingPicture(t *testing.T) {
	rig, h := start(t)
	h.say("share")
	smaller := func() bool { w, _ := rig.Window(ShareTitle); return w.Mapped && w.W == 600 && w.H == 400 }
	see := func() *image.RGBA {
		w, _ := rig.Window(ShareTitle)
		return rig.Grab(displaytest.Where{X: w.X, Y: w.Y, W: w.W, H: w.H})
	}
	film := patched{10, 320, 180, image.Pt(60, 90)}
	h.say("show 1")
	h.patch(film)
	h.say("resize")
	rig.WaitFor("the window to be smaller", smaller)
	rig.WaitFor("black", func() bool { return displaytest.Uniform(see(), 0, 0, 0) })
	h.patch(film)
	if !displaytest.Uniform(see(), 0, 0, 0) {
		t.Error("a part of the frame is seen")
	}
	h.say("show 2")
	h.patch(film)
	want := film.in(pattern(2, 600, 400))
	rig.WaitFor("the moving picture in the next frame", func() bool { return displaytest.Same(see(), want) == "" })
}

// BenchmarkPatch plays films in a frame of 1920×1080, beside whole frames that are shown.
func BenchmarkPatch(b *testing.B) {
	_, h := start(b)
	h.say("open")
	var show time.Duration
	for _, what := range []string{"show", "patch-640x360", "patch-1280x720", "patch-1920x1080", "show-and-patch-1280x720"} {
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
