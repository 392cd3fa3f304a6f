package projector_test

import (
	"image"
	"image/color"
	"image/draw"
	"slices"
	"sync"
	"testing"

	"butluc/library"
	"butluc/presenter"
	"butluc/presenter/render"
)

// hidden is what the court sees in the middle of a page that is redacted there.
var hidden = color.RGBA{A: 255}

// redaction hides the middle of a page.
var redaction = library.MarksOf(library.Mark{Kind: library.MarkRedaction, Points: []library.Point{{X: 0.2, Y: 0.2}, {X: 0.8, Y: 0.8}}})

// neverSaw checks that neither the court saw a page as it is without its redaction, nor the console is given it.
func (d *testProjector) neverSaw(path, when string) {
	d.t.Helper()
	if slices.Contains(d.wall.saw, tint(path)) {
		d.t.Fatalf("%s: the court saw what is redacted", when)
	}
	if f, ok := d.Frame(shot(path)); ok && f.Image.RGBAAt(20, 10) == tint(path) {
		d.t.Fatalf("%s: the frame without the redaction is still there", when)
	}
}

// The frame without the redaction lies there when that comes; the page is taken before anything else is done.
func TestARedactionIsNotOvertakenByAFrameThatWasMadeBefore(t *testing.T) {
	for name, ready := range map[string]func(*testProjector){
		"whose post still waits": func(d *testProjector) { d.wholeUnposted("a") },
		"that was delivered": func(d *testProjector) {
			d.stub.finish("a", false)
			d.until("the frame of a", d.made("a"))
		},
	} {
		for _, refreshed := range []bool{false, true} {
			d := newTestProjector(t, "a", "b")
			d.Do(presenter.Start{})
			ready(d)
			d.marks["a"] = redaction
			if refreshed {
				d.Refresh()
			}
			d.Do(presenter.Next{})
			d.neverSaw("a", "a frame "+name)
			d.until("the redacted frame", func() bool {
				d.neverSaw("a", "a frame "+name)
				return d.wall.shows > 0
			})
			if d.wall.sees != hidden {
				t.Errorf("a frame %s: the court sees %v", name, d.wall.sees)
			}
		}
	}
}

// The frame without the redaction is being made when that comes, and is whole after or before the page is taken.
func TestARedactionIsNotOvertakenByAFrameThatIsBeingMade(t *testing.T) {
	for _, taken := range []bool{true, false} {
		d := newTestProjector(t)
		began, goOn, second := make(chan bool), make(chan bool), make(chan bool)
		picture := &render.Picture{Image: image.NewRGBA(image.Rect(0, 0, 10, 8))}
		draw.Draw(picture.Image, picture.Image.Rect, image.NewUniform(tint("a")), image.Point{}, draw.Src)
		release := sync.OnceFunc(func() { close(second) })
		t.Cleanup(release)
		calls := 0
		d.stub.own = func(render.Request) (*render.Picture, bool) { // on the composing goroutine, always
			switch calls++; calls {
			case 1:
				began <- true
				<-goOn
			case 2:
				<-second
			}
			return picture, true
		}
		d.Do(presenter.SetRun{Run: []presenter.Cue{{ID: "a", Shot: shot("a")}}}, presenter.Start{})
		<-began
		d.marks["a"] = redaction
		d.Refresh()
		if taken {
			d.Do(presenter.Next{})
		}
		goOn <- true
		(<-d.posts)() // the frame without it is whole
		d.neverSaw("a", "a frame that was being made")
		release()
		d.until("the redacted frame", func() bool {
			d.neverSaw("a", "a frame that was being made")
			return d.made("a")()
		})
		if !taken {
			d.Do(presenter.Next{})
		}
		if d.wall.sees != hidden {
			t.Errorf("taken before it was whole %v: the court sees %v", taken, d.wall.sees)
		}
	}
}

// Promise 1: what the court sees does not change because a mark was made in Prepare; the next take has it.
func TestProgramStandsUntilItIsTakenAgain(t *testing.T) {
	for name, again := range map[string][]presenter.Command{
		"called":          {presenter.Call{Shot: shot("a")}, presenter.Take{}},
		"black, and back": {presenter.Blank{}, presenter.Blank{}},
	} {
		d := newTestProjector(t, "a", "b")
		d.stub.finish("a", false)
		d.until("the frame of a", d.made("a"))
		d.Do(presenter.Start{}, presenter.Next{})
		d.marks["a"] = redaction
		d.Refresh()
		d.until("the frame with the redaction", func() bool {
			f, ok := d.Frame(shot("a"))
			return ok && f.Image.RGBAAt(20, 10) == hidden
		})
		d.sees("a", "after a redaction came")
		if d.wall.shows != 1 {
			t.Fatalf("the screen was painted %d times for one take", d.wall.shows)
		}
		d.Do(again...)
		if d.wall.sees != hidden || d.wall.shows != 2 {
			t.Errorf("%s: the court sees %v after %d pictures", name, d.wall.sees, d.wall.shows)
		}
	}
}

// marked is a page with marks of its step.
func marked(path string, marks ...library.Mark) library.Shot {
	return library.Shot{}.Add(library.Pane{Page: library.PageID{Path: path}, Marks: library.MarksOf(marks...)})
}

var part = library.Rect{X0: 0.25, Y0: 0.4, X1: 0.75, Y1: 0.5}

func callout() library.Mark {
	a, b := part.Corners()
	return library.Mark{Kind: library.MarkCallout, Points: []library.Point{a, b}}
}

// parts is a renderer that has pictures of whole pages, and those of parts that the test gives it.
func (d *testProjector) parts(incomplete bool) (give func()) {
	given := make(chan bool)
	whole := func(r render.Request) *render.Picture {
		p := &render.Picture{Image: image.NewRGBA(image.Rect(0, 0, r.Max.Y*7/10, r.Max.Y))}
		draw.Draw(p.Image, p.Image.Rect, image.NewUniform(tint(r.Path)), image.Point{}, draw.Src)
		return p
	}
	d.stub.own = func(r render.Request) (*render.Picture, bool) {
		if r.View == (library.Rect{}) {
			return whole(r), true
		}
		select {
		case <-given:
		default:
			return nil, false
		}
		p := &render.Picture{Image: image.NewRGBA(image.Rectangle{Max: image.Pt(r.Max.X, max(1, r.Max.X/10))}), Incomplete: incomplete}
		draw.Draw(p.Image, p.Image.Rect, image.NewUniform(color.RGBA{0, 255, 0, 255}), image.Point{}, draw.Src)
		return p, true
	}
	return func() {
		close(given)
		d.Done(render.Request{}, nil, nil)
	}
}

// large gives the testProjector a screen on which callouts have room.
func (d *testProjector) large() {
	d.wall.size = image.Pt(320, 180)
	d.SetScreen(d.wall)
}

// Promise 4: a frame is whole with the sharp pictures of its callouts, which are asked for with that of its page.
func TestAFrameWithACalloutWaitsForItsPicture(t *testing.T) {
	d := newTestProjector(t)
	d.large()
	give := d.parts(false)
	with := marked("a", callout())
	d.Do(presenter.SetRun{Run: []presenter.Cue{{ID: "a", Shot: with}, {ID: "b", Shot: shot("b")}}})
	var views []library.Rect
	for _, r := range d.stub.wished {
		if r.Path == "a" {
			views = append(views, r.View)
		}
	}
	if want := []library.Rect{{}, part}; !slices.Equal(views, want) {
		t.Fatalf("the renderer is asked for the views %v, want %v", views, want)
	}
	d.Do(presenter.Start{}, presenter.Next{})
	d.until("the frame of b", d.made("b")) // which is wanted less
	if _, made := d.Frame(with); made || d.wall.shows != 0 {
		t.Fatalf("a frame was made without its callout, and shown %d times", d.wall.shows)
	}
	give()
	d.until("the frame of a", func() bool { return d.wall.shows > 0 })
	f, _ := d.Frame(with)
	if len(f.Callouts) != 1 || len(f.Callouts[0]) != 1 {
		t.Fatalf("callouts stand at %v", f.Callouts)
	}
	at := f.Callouts[0][0]
	if got := f.Image.RGBAAt((at.Min.X+at.Max.X)/2, (at.Min.Y+at.Max.Y)/2); got != (color.RGBA{0, 255, 0, 255}) {
		t.Errorf("in the callout's middle is %v", got)
	}
	if len(f.Incomplete) > 0 {
		t.Errorf("%v are incomplete", f.Incomplete)
	}
}

// Promise 11: a callout that decoded only in part makes its frame one that takes a second key.
func TestAFrameIsIncompleteWithItsCallout(t *testing.T) {
	d := newTestProjector(t)
	d.large()
	with := marked("a", callout())
	d.parts(true)()
	d.Do(presenter.SetRun{Run: []presenter.Cue{{ID: "a", Shot: with}}})
	d.until("the frame", func() bool { _, ok := d.Frame(with); return ok })
	if f, _ := d.Frame(with); !slices.Equal(f.Incomplete, []library.PageID{{Path: "a"}}) {
		t.Errorf("incomplete are %v", f.Incomplete)
	}
	d.Do(presenter.Start{}, presenter.Next{})
	if d.wall.shows != 0 || len(d.told) != 1 {
		t.Errorf("shown %d times, told %v; want to be asked first", d.wall.shows, d.told)
	}
	d.Do(presenter.Next{})
	if d.wall.shows != 1 {
		t.Errorf("shown %d times after the second key", d.wall.shows)
	}
}

// What goes with a page decides its frame: another caption, and what makes it upright, make another one.
func TestACaptionMakesAnotherFrame(t *testing.T) {
	d := newTestProjector(t)
	d.large()
	d.parts(false)()
	d.Do(presenter.SetRun{Run: []presenter.Cue{{ID: "a", Shot: shot("a")}}})
	d.until("the frame", d.made("a"))
	plain, _ := d.Frame(shot("a"))
	d.captions["a"] = "BL 45"
	d.Refresh()
	if _, stale := d.Frame(shot("a")); stale {
		t.Error("the frame without the caption is still there")
	}
	d.until("the frame with its caption", d.made("a"))
	named, _ := d.Frame(shot("a"))
	if slices.Equal(plain.Image.Pix, named.Image.Pix) {
		t.Error("the caption changes no pixel")
	}
	if whole, above := plain.Room(0), named.Room(0); whole.Max.Y != 180 || above.Max.Y >= 180 {
		t.Errorf("the page has the room %v without a caption, and %v with one", whole, above)
	}
	ink := 0
	for y := named.Room(0).Max.Y; y < 180; y++ {
		for x := range 320 {
			switch named.Image.RGBAAt(x, y) {
			case hidden:
			case tint("a"):
				t.Fatal("the page stands where its caption is")
			default:
				ink++
			}
		}
	}
	if ink == 0 {
		t.Error("the caption is not to be seen")
	}
	if foot := named.Places[0].Max.Y; foot > named.Room(0).Max.Y {
		t.Errorf("the page reaches to %d, over its caption", foot)
	}
}
