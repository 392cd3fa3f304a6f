package projector_test

import (
	"errors"
	"image"
	"image/color"
	"image/draw"
	"sync"
	"testing"

	"butluc/library"
	"butluc/library/eventually"
	"butluc/presenter"
	"butluc/presenter/projector"
	"butluc/presenter/render"
)

// stub is a renderer that finishes a page only when the test says so.
type stub struct {
	mu       sync.Mutex
	pictures map[string]*render.Picture
	failures map[string]error
	sizes    map[string]image.Point // what was last wished
	turns    map[string]library.Turn
	wished   []render.Request // last
	// own, where it is set, has the pictures in place of the map; it is called on the composing goroutine.
	own  func(render.Request) (*render.Picture, bool)
	done func(render.Request, *render.Picture, error)
}

func (s *stub) Wish(lane render.Lane, requests []render.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if lane == render.LaneCourt {
		s.wished = nil // those for what comes next follow
	}
	s.wished = append(s.wished, requests...)
	for _, r := range requests {
		s.sizes[r.Path], s.turns[r.Path] = r.Max, r.Turn
	}
}

func (s *stub) Cached(r render.Request) (*render.Picture, bool) {
	s.mu.Lock()
	own, p := s.own, s.pictures[r.Path]
	s.mu.Unlock()
	if own != nil {
		return own(r)
	}
	return p, p != nil
}

func (s *stub) Failure(r render.Request) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.failures[r.Path]
}

func (s *stub) Pin(...render.Request) {}

func request(path string, size image.Point) render.Request {
	return render.Request{Source: render.Source{Path: path}, Max: size}
}

// finish makes the page's picture, plain in the page's own colour.
func (s *stub) finish(path string, incomplete bool) {
	p := &render.Picture{Image: image.NewRGBA(image.Rect(0, 0, 10, 8)), Incomplete: incomplete}
	draw.Draw(p.Image, p.Image.Rect, image.NewUniform(tint(path)), image.Point{}, draw.Src)
	s.mu.Lock()
	s.pictures[path] = p
	size := s.sizes[path]
	s.mu.Unlock()
	s.done(request(path, size), p, nil)
}

func (s *stub) fail(path string, err error) {
	s.mu.Lock()
	s.failures[path] = err
	size := s.sizes[path]
	s.mu.Unlock()
	s.done(request(path, size), nil, err)
}

func tint(path string) color.RGBA { return color.RGBA{path[0], 10, 20, 255} }

// wall is a screen in memory.
type wall struct {
	size  image.Point
	sees  color.RGBA // of its middle; black when black or hidden
	shows int
	saw   []color.RGBA // all that was shown
}

func (w *wall) Show(frame *image.RGBA) error {
	if frame.Rect.Size() != w.size {
		return errors.New("wrong size")
	}
	w.sees = frame.RGBAAt(w.size.X/2, w.size.Y/2)
	w.shows++
	w.saw = append(w.saw, w.sees)
	return nil
}
func (w *wall) Black() error      { w.sees = color.RGBA{}; return nil }
func (w *wall) Hide()             { w.sees = color.RGBA{} }
func (w *wall) Size() image.Point { return w.size }

// testProjector is a projector whose owner is the test's goroutine.
type testProjector struct {
	*projector.Projector
	t     *testing.T
	stub  *stub
	wall  *wall
	posts chan func()
	told  []presenter.Effect

	events []recorded
	saw    []string // what was recorded, and what a player and a screen for films were given
	known  bool     // the file "?unread" has been read
	gone   bool     // all files are

	upright  library.Turn // of all pages
	marks    map[string]library.Marks
	captions map[string]string
}

// recorded is an event, with how many frames the screen had shown by then.
type recorded struct {
	projector.Event
	shows int
}

func newTestProjector(t *testing.T, pages ...string) *testProjector {
	t.Helper()
	return newDeskWith(t, func(*testProjector) projector.Player { return nil }, pages...)
}

func newDeskWith(t *testing.T, player func(*testProjector) projector.Player, pages ...string) *testProjector {
	t.Helper()
	d := &testProjector{t: t, marks: map[string]library.Marks{}, captions: map[string]string{}, posts: make(chan func(), 100), wall: &wall{size: image.Pt(40, 20)}}
	d.stub = &stub{pictures: map[string]*render.Picture{}, failures: map[string]error{}, sizes: map[string]image.Point{}, turns: map[string]library.Turn{}}
	d.Projector = projector.New(projector.Options{
		Renderer: d.stub, Post: func(f func()) { d.posts <- f }, Changed: func() {},
		Source: func(pane library.Pane) (projector.Origin, bool) {
			path := pane.Page.Path
			return projector.Origin{
				Source: render.Source{Path: path}, Upright: d.upright, Marks: d.marks[path], Caption: d.captions[path],
			}, !d.gone && (path != "?unread" || d.known)
		},
		Moved: func() {},
		Tell:  func(e presenter.Effect) { d.told = append(d.told, e) },
		Record: func(e projector.Event) {
			d.events = append(d.events, recorded{e, d.wall.shows})
			d.saw = append(d.saw, said(e))
		},
		Player: player(d),
	})
	d.stub.done = d.Done
	t.Cleanup(d.Close)
	var run []presenter.Cue
	for _, p := range pages {
		run = append(run, presenter.Cue{ID: p, Shot: shot(p)})
	}
	d.Do(presenter.SetRun{Run: run})
	d.SetScreen(d.wall)
	return d
}

func shot(path string) library.Shot { return library.ShotOf(library.PageID{Path: path}) }

// until runs posts until the condition holds.
func (d *testProjector) until(what string, cond func() bool) {
	d.t.Helper()
	for late := eventually.Late(d.t); !cond(); {
		select {
		case f := <-d.posts:
			f()
		case <-late:
			d.t.Fatalf("waited in vain for %s", what)
		}
	}
}

func (d *testProjector) made(path string) func() bool {
	return func() bool { _, ok := d.Frame(shot(path)); return ok }
}

func (d *testProjector) sees(want string, when string) {
	d.t.Helper()
	c := color.RGBA{}
	if want != "" {
		c = tint(want)
	}
	if d.wall.sees != c {
		d.t.Fatalf("%s: the court sees %v, want %v", when, d.wall.sees, c)
	}
}

func TestTakeOfAPreparedPageIsPaintedAtOnce(t *testing.T) {
	d := newTestProjector(t, "a", "b", "c")
	d.stub.finish("a", false)
	d.until("the frame of a", d.made("a"))
	d.Do(presenter.Start{}, presenter.Next{})
	d.sees("a", "in the very call of the take")
}

func TestColdTakeKeepsTheOldPictureUntilTheFrameIsWhole(t *testing.T) {
	d := newTestProjector(t, "a", "b", "c")
	d.stub.finish("a", false)
	d.until("the frame of a", d.made("a"))
	d.Do(presenter.Start{}, presenter.Next{}, presenter.Next{})
	d.sees("a", "while b is being made")
	d.stub.finish("b", false)
	d.until("b on the screen", func() bool { return d.wall.sees == tint("b") })
	if d.wall.shows != 2 {
		t.Errorf("the screen was painted %d times, want twice", d.wall.shows)
	}
}

// wholeUnposted waits until the frame of a page has been made; its post has not run.
func (d *testProjector) wholeUnposted(path string) {
	d.t.Helper()
	d.stub.finish(path, false)
	post := <-d.posts
	d.posts <- post
}

func TestTakeFindsAFrameWhosePostStillWaits(t *testing.T) {
	d := newTestProjector(t, "a", "b")
	d.wholeUnposted("a")
	d.Do(presenter.Start{}, presenter.Next{})
	d.sees("a", "in the very call of the take")
}

func TestBlankDoesNotFlashAFrameWhosePostStillWaits(t *testing.T) {
	d := newTestProjector(t, "a", "b")
	d.Do(presenter.Start{}, presenter.Next{})
	d.wholeUnposted("a")
	d.Do(presenter.Blank{})
	d.sees("", "blank")
	if d.wall.shows != 0 {
		t.Errorf("the screen was painted %d times before it went black", d.wall.shows)
	}
}

func TestLateFrameIsNotPaintedOverBlack(t *testing.T) {
	d := newTestProjector(t, "a", "b", "c")
	d.stub.finish("a", false)
	d.until("the frame of a", d.made("a"))
	d.Do(presenter.Start{}, presenter.Next{}, presenter.Next{}, presenter.Blank{})
	d.stub.finish("b", false)
	d.until("the frame of b", d.made("b"))
	d.sees("", "a frame that came while black")
}

func TestBlankNeedsNoRenderer(t *testing.T) {
	d := newTestProjector(t, "a", "b")
	d.stub.finish("a", false)
	d.until("the frame of a", d.made("a"))
	d.Do(presenter.Start{}, presenter.Next{})
	d.stub.mu.Lock() // the renderer is stuck; a lock taken by Blank would hang here
	defer d.stub.mu.Unlock()
	d.Do(presenter.Blank{})
	d.sees("", "blank")
}

func TestFailedTakeTellsWhyAndKeepsThePicture(t *testing.T) {
	d := newTestProjector(t, "a", "b")
	d.stub.finish("a", false)
	d.until("the frame of a", d.made("a"))
	d.Do(presenter.Start{}, presenter.Next{}, presenter.Next{})
	d.stub.fail("b", errors.New("broken"))
	d.until("word of the failure", func() bool { return len(d.told) > 0 })
	d.sees("a", "after the failed take")
	if tell, ok := d.told[len(d.told)-1].(presenter.Tell); !ok || tell.What != presenter.TakeFailed {
		t.Errorf("told %v, want that the take failed", d.told)
	}
	if p := d.State().Program; p != shot("a") {
		t.Errorf("Program says %v, the court sees a", p)
	}
}

func TestIncompletePageIsHeldBackForASecondKey(t *testing.T) {
	d := newTestProjector(t, "a", "b")
	d.stub.finish("a", false)
	d.until("the frame of a", d.made("a"))
	d.Do(presenter.Start{}, presenter.Next{}, presenter.Next{})
	d.stub.finish("b", true)
	d.until("the question", func() bool { return len(d.told) > 0 })
	d.sees("a", "before the second key")
	d.Do(presenter.Take{})
	d.sees("b", "after the second key")
}

func TestNewScreenSizeMakesNewFrames(t *testing.T) {
	d := newTestProjector(t, "a", "b")
	d.stub.finish("a", false)
	d.until("the frame of a", d.made("a"))
	d.Do(presenter.Start{}, presenter.Next{})
	d.wall.size = image.Pt(64, 48)
	d.SetScreen(d.wall)
	d.sees("", "a screen that came back")
	d.Do(presenter.Blank{})
	d.until("a at the new size", func() bool { return d.wall.sees == tint("a") })
}

func TestPageThatIsNotReadYetIsNeverReplacedByAnother(t *testing.T) {
	d := newTestProjector(t, "a", "b")
	d.stub.finish("a", false)
	d.until("the frame of a", d.made("a"))
	d.Do(presenter.Start{}, presenter.Call{Shot: shot("?unread")}, presenter.Take{})
	d.sees("", "after taking a page that can't be drawn")
	if len(d.told) != 1 {
		t.Errorf("told %v, want that the take failed", d.told)
	}
	d.known = true
	d.Do(presenter.Call{Shot: shot("?unread")})
	d.stub.finish("?unread", false)
	d.until("its frame once it was read", func() bool { f, ok := d.Frame(shot("?unread")); return ok && f.Err == nil })
	d.Do(presenter.Take{})
	d.sees("?unread", "after the second try")
}

func TestTwoPagesSideBySideWaitForBoth(t *testing.T) {
	d := newTestProjector(t)
	both := library.ShotOf(library.PageID{Path: "a"}, library.PageID{Path: "b"})
	d.Do(presenter.Start{}, presenter.Call{Shot: both}, presenter.Take{})
	d.stub.finish("a", false)
	d.sees("", "with one of two pages")
	d.stub.finish("b", false)
	d.until("the pair", func() bool { _, ok := d.Frame(both); return ok })
	f, _ := d.Frame(both)
	if left, right := f.Image.RGBAAt(9, 10), f.Image.RGBAAt(30, 10); left != tint("a") || right != tint("b") {
		t.Errorf("left %v, right %v", left, right)
	}
}

// A pane's turn is one of the upright page, in the part of it that is shown too.
func TestUprightTurnIsAddedToThePanes(t *testing.T) {
	sources := projector.Sources(func(p library.Pane) (projector.Origin, bool) {
		return projector.Origin{Source: render.Source{Path: p.Page.Path}, Upright: 3}, p.Page.Path != "?"
	})
	view := library.Rect{X0: 0.1, Y0: 0.2, X1: 0.3, Y1: 0.4}
	r, ok := sources.Request(library.Pane{Page: library.PageID{Path: "a", Index: 2}, Turn: 2, View: view}, image.Pt(4, 5))
	if want := (render.Request{Source: render.Source{Path: "a"}, Page: 2, View: view, Turn: 1, Max: image.Pt(4, 5)}); !ok || r != want {
		t.Errorf("%+v, want %+v", r, want)
	}
	if _, ok := sources.Request(library.Pane{Page: library.PageID{Path: "?"}}, image.Pt(4, 5)); ok {
		t.Error("a page in no file can be drawn")
	}
	d := newTestProjector(t, "a", "b")
	d.upright = 1
	d.Refresh()
	if d.stub.turns["a"] != 1 {
		t.Errorf("the court's picture is turned %d, want 1 as its page is", d.stub.turns["a"])
	}
}

// The console's mirror shows what the court sees, also when its file is gone by now.
func TestThePictureThatStandsIsKeptWithoutItsFile(t *testing.T) {
	d := newTestProjector(t, "a", "b")
	d.stub.finish("a", false)
	d.stub.finish("b", false)
	d.Do(presenter.Start{}, presenter.Next{})
	d.until("the page", func() bool { return d.wall.shows == 1 })
	d.gone = true
	d.Refresh()
	if f, ok := d.Shown(); !ok || f.Image.RGBAAt(20, 10) != tint("a") {
		t.Errorf("what the court sees: %v, %v", f.Err, ok)
	}
	if f, _ := d.Frame(shot("a")); !errors.Is(f.Err, projector.ErrNoSource) { // which says why it can't be shown again
		t.Errorf("it is in no file, yet: %v", f.Err)
	}
}

func TestNothingIsDeliveredAfterClose(t *testing.T) {
	d := newTestProjector(t, "a")
	d.Close()
	d.stub.finish("a", false)
	select {
	case <-d.posts:
		t.Fatal("a post came after Close")
	default:
	}
}

// Promise 10: a frame is recorded before the screen shows it, and what the screen refused is said.
func TestEachFrameIsRecordedBeforeItIsShown(t *testing.T) {
	d := newTestProjector(t, "a", "b")
	d.Do(presenter.Start{}, presenter.Next{})
	d.stub.finish("a", false)
	d.until("a", func() bool { return d.wall.shows == 1 })
	d.stub.finish("b", false)
	d.until("b to be made", d.made("b"))
	d.wall.size = d.wall.size.Add(image.Pt(1, 0)) // refuses frames from now on
	d.Do(presenter.Next{})
	d.Do(presenter.Blank{})
	d.SetScreen(nil)
	want := []struct {
		kind  projector.EventKind
		path  string
		shows int
	}{
		{projector.Blackens, "", 0},
		{projector.Shows, "a", 0},
		{projector.Shows, "b", 1},
		{projector.Refuses, "", 1},
		{projector.Blackens, "", 1},
		{projector.Loses, "", 1},
	}
	if len(d.events) != len(want) {
		t.Fatalf("%d events, want %d: %+v", len(d.events), len(want), d.events)
	}
	for i, w := range want {
		e := d.events[i]
		if e.Kind != w.kind || e.Shot.First().Page.Path != w.path || e.shows != w.shows {
			t.Errorf("event %d is %d of %q after %d frames, want %+v", i, e.Kind, e.Shot.First().Page.Path, e.shows, w)
		}
		if e.Kind == projector.Shows && e.Frame.RGBAAt(20, 10) != tint(w.path) {
			t.Errorf("event %d has another frame", i)
		}
	}
}
