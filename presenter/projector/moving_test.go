package projector_test

import (
	"image"
	"image/color"
	"image/draw"
	"testing"

	"butluc/library"
	"butluc/presenter"
	"butluc/presenter/projector"
)

// sight is a screen in memory that keeps what it is given to show in a part.
type sight struct {
	*wall
	patches []*image.RGBA
}

func (s *sight) Patch(picture *image.RGBA, _ image.Point) error {
	own := image.NewRGBA(picture.Rect)
	draw.Draw(own, own.Rect, picture, image.Point{}, draw.Src)
	s.patches = append(s.patches, own)
	return nil
}

// white is a player of white pictures, which must stay white: they lie in memory that is shared.
type white struct {
	*fakePlayer
	picture *image.RGBA
}

func (w *white) Take(serial uint32, use func(*image.RGBA, int)) {
	w.fakePlayer.Take(serial, func(m *image.RGBA, at int) {
		w.picture = m
		draw.Draw(m, m.Rect, image.White, image.Point{}, draw.Src)
		use(m, at)
	})
}

// newSight is a testProjector whose court sees the passage stand, on a screen that keeps what moves.
func newSight(t *testing.T, prepare func(*testProjector)) (*testProjector, *white, *sight) {
	t.Helper()
	w := &white{fakePlayer: &fakePlayer{}}
	d := newDeskWith(t, func(d *testProjector) projector.Player { w.d = d; return w })
	d.wall.size = image.Pt(400, 300)
	screen := &sight{wall: d.wall}
	d.SetScreen(screen)
	prepare(d)
	d.Do(presenter.SetRun{Run: []presenter.Cue{{ID: "a", Shot: passage(1000)}, {ID: "b", Shot: shot("b")}}})
	d.stub.finish("a", false)
	d.stub.finish("b", false)
	d.Do(presenter.Start{}, presenter.Next{})
	d.until("the clip", func() bool { return d.wall.shows == 1 })
	d.until("the page behind it", d.made("b"))
	return d, w, screen
}

func nothing(*testProjector) {}

// Promise 12: what is redacted is black in every picture that moves, and in the program's own memory only.
func TestARedactionIsBurntIntoWhatMoves(t *testing.T) {
	d, w, screen := newSight(t, func(d *testProjector) {
		d.marks["a"] = library.MarksOf(library.Mark{Kind: library.MarkRedaction, Points: []library.Point{{X: 0, Y: 0}, {X: 0.5, Y: 1}}})
	})
	d.Do(presenter.Play{})
	w.frame(1000)
	w.frame(1040)
	if len(screen.patches) != 2 {
		t.Fatalf("%d pictures moved", len(screen.patches))
	}
	for i, m := range screen.patches {
		at := m.Rect.Size()
		if left, right := m.RGBAAt(at.X/4, at.Y/2), m.RGBAAt(at.X-1, at.Y/2); left != (color.RGBA{0, 0, 0, 255}) || right.R != 255 {
			t.Errorf("picture %d: %v where it is redacted, %v elsewhere", i, left, right)
		}
	}
	if c := w.picture.RGBAAt(1, w.picture.Rect.Dy()/2); c.R != 255 {
		t.Error("the player's memory was written to")
	}
}

// A redaction that comes while it plays is there with the next picture.
func TestARedactionThatComesWhileItPlays(t *testing.T) {
	d, w, screen := newSight(t, nothing)
	d.Do(presenter.Play{})
	w.frame(1000)
	d.marks["a"] = library.MarksOf(library.Mark{Kind: library.MarkRedaction, Points: []library.Point{{X: 0, Y: 0}, {X: 1, Y: 1}}})
	d.Refresh()
	w.frame(1040)
	last := screen.patches[len(screen.patches)-1]
	if c := last.RGBAAt(last.Rect.Dx()/2, last.Rect.Dy()/2); c != (color.RGBA{0, 0, 0, 255}) {
		t.Errorf("it shows %v", c)
	}
}

// Promises 2 and 3: whatever the court is not to see any more, no picture of it comes late.
func TestNoPictureMovesLate(t *testing.T) {
	for name, end := range map[string]func(*testProjector){
		"black":            func(d *testProjector) { d.Do(presenter.Blank{}) },
		"black and again":  func(d *testProjector) { d.Do(presenter.Blank{}, presenter.Blank{}) },
		"the next step":    func(d *testProjector) { d.Do(presenter.Next{}) },
		"the trial's end":  func(d *testProjector) { d.Do(presenter.End{}) },
		"without a screen": func(d *testProjector) { d.SetScreen(nil) },
		"another screen":   func(d *testProjector) { d.SetScreen(&sight{wall: &wall{size: image.Pt(400, 300)}}) },
	} {
		d, w, screen := newSight(t, nothing)
		d.Do(presenter.Play{})
		w.frame(1000)
		was := len(screen.patches)
		end(d)
		if w.pauses == 0 {
			t.Errorf("%s: the player goes on", name)
		}
		w.frame(1040)
		if n := len(screen.patches); n != was {
			t.Errorf("%s: %d pictures came late", name, n-was)
		}
	}
}

// The loudness changes nothing that is seen: the frame of the still is the same one.
func TestLoudnessDrawsNothing(t *testing.T) {
	d, _, _ := newSight(t, nothing)
	d.Do(presenter.Volume{Percent: 50})
	st := d.State()
	if st.Program != st.Shown {
		t.Error("the court is to see another picture")
	}
	if _, made := d.Frame(st.Program); !made {
		t.Error("the frame is to be made again")
	}
	if d.wall.shows != 1 {
		t.Errorf("it was shown %d times", d.wall.shows)
	}
}

// A still that is made while the clip moves is not shown over it.
func TestNoStillCoversWhatMoves(t *testing.T) {
	d, w, _ := newSight(t, nothing)
	d.Do(presenter.Play{})
	w.frame(1000)
	d.Refresh()
	d.stub.finish("a", false)
	d.until("the queue to be empty", func() bool { return len(d.posts) == 0 })
	if d.wall.shows != 1 {
		t.Error("a still stands over the film")
	}
}
