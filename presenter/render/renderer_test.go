//go:build unix

package render_test

import (
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"butluc/library"
	"butluc/library/eventually"
	"butluc/presenter/render"
)

func wish(path string) render.Request {
	return render.Request{Source: render.Source{Root: "/case", Path: path, Size: 1, Kind: library.KindPDF}, Max: image.Pt(10, 10)}
}

func wishes(paths ...string) (list []render.Request) {
	for _, p := range paths {
		list = append(list, wish(p))
	}
	return list
}

// told collects what OnDone tells.
type told struct {
	mu   sync.Mutex
	list []string
	ch   chan string
}

func newTold() *told { return &told{ch: make(chan string, 1000)} }

func (d *told) onDone(req render.Request, _ *render.Picture, err error) {
	s := req.Path
	var e *render.Error
	if errors.As(err, &e) {
		s += " " + string(e.Fault.Code)
	} else if err != nil {
		s += " " + err.Error()
	}
	d.mu.Lock()
	d.list = append(d.list, s)
	d.mu.Unlock()
	d.ch <- s
}

func (d *told) expect(t *testing.T, want ...string) {
	t.Helper()
	for range want {
		if got := eventually.Receive(t, fmt.Sprintf("one of %q", want), d.ch); !slices.Contains(want, got) {
			t.Fatalf("OnDone told %q, want one of %q", got, want)
		}
	}
}

func wantFault(t *testing.T, err error, code library.FaultCode, path string) {
	t.Helper()
	var e *render.Error
	if !errors.As(err, &e) || e.Fault.Code != code || e.Path != path || e.Fault.Detail == "" && e.Err == nil {
		t.Errorf("got error %v, want %s of %s", err, code, path)
	}
}

func TestTheMostWantedGoesFirst(t *testing.T) {
	th, done := newFakeWorkers(t), newTold()
	r := th.open(render.Options{Workers: 2, OnDone: done.onDone})
	r.Wish(render.LaneCourt, wishes("program"))
	program := th.expect("program")
	r.Wish(render.LaneCourt, wishes("program", "preview"))
	preview := th.expect("preview")

	r.Wish(render.LaneBackground, wishes("thumb1", "thumb2", "thumb3"))
	r.Wish(render.LaneView, wishes("stale", "view"))
	r.Wish(render.LaneView, wishes("view"))
	r.Wish(render.LaneCourt, wishes("next", "after next", "preview", "program"))

	program.do(t, "ok")
	next := th.expect("next")
	preview.do(t, "ok")
	after := th.expect("after next")
	next.do(t, "ok")
	view := th.expect("view")
	after.do(t, "ok")
	thumb := th.expect("thumb1")
	view.do(t, "ok")
	done.expect(t, "program", "preview", "next", "after next", "view")

	// One worker is free, and background work may not have it. Whoever comes for the court gets it.
	r.Wish(render.LaneCourt, wishes("at once"))
	th.expect("at once").do(t, "ok")
	done.expect(t, "at once")
	thumb.do(t, "ok")
	th.expect("thumb2").do(t, "ok")
	th.expect("thumb3").do(t, "ok")
	done.expect(t, "thumb1", "thumb2", "thumb3")
	if _, ok := r.Cached(wish("stale")); ok {
		t.Error("a wish that was withdrawn before it began was worked on")
	}
}

// On a machine with as many processors as workers, a picture that somebody waits for is drawn alone: what may come next, and
// thumbnails, wait for it. What else somebody waits for does not.
func TestWhatSomebodyWaitsForIsDrawnAlone(t *testing.T) {
	th, done := newFakeWorkers(t), newTold()
	r := th.open(render.Options{Workers: 2, Processors: 2, Alone: time.Hour, OnDone: done.onDone})
	r.Wish(render.LaneView, wishes("page")) // its number is being typed
	page := th.expect("page")
	r.Wish(render.LaneCourt, wishes("page")) // and now it is called
	r.Wish(render.LaneNext, wishes("next"))
	r.Wish(render.LaneBackground, wishes("thumb"))
	r.Wish(render.LaneCourt, wishes("page", "beside"))
	th.expect("beside").do(t, "ok")
	done.expect(t, "beside")
	page.do(t, "ok")
	done.expect(t, "page")
	for range 2 { // each by a worker of its own: they may be heard in either order
		th.next().do(t, "ok")
	}
	done.expect(t, "next", "thumb")
}

// One that takes long keeps nothing back.
func TestALargePictureKeepsNothingBack(t *testing.T) {
	th, done := newFakeWorkers(t), newTold()
	r := th.open(render.Options{Workers: 2, Processors: 2, Alone: time.Millisecond, OnDone: done.onDone})
	r.Wish(render.LaneCourt, wishes("large"))
	large := th.expect("large")
	r.Wish(render.LaneNext, wishes("next"))
	th.expect("next").do(t, "ok")
	done.expect(t, "next")
	large.do(t, "ok")
	done.expect(t, "large")
}

// With both workers held up by what a person looks at, the court gets one after a second; what
// was thrown out comes back.
func TestTheCourtDoesNotWaitForAHangingFile(t *testing.T) {
	th, done := newFakeWorkers(t), newTold()
	r := th.open(render.Options{Workers: 2, OnDone: done.onDone})
	r.Wish(render.LaneView, wishes("hangs1", "hangs2"))
	first, second := th.next(), th.next()
	r.Wish(render.LaneCourt, wishes("court"))
	court := th.expect("court")
	court.do(t, "ok")
	done.expect(t, "court")
	back := th.next()
	back.do(t, "ok")
	done.expect(t, back.Path)
	for _, h := range []*heard{first, second} {
		if h.Path != back.Path {
			h.do(t, "ok")
			done.expect(t, h.Path)
		}
	}
}

// What a worker says that it begins moves the deadline, by the picture's pixels: here, so that nobody has to wait, to an
// hour less than an hour.
func TestTheDeadlineGoesByThePixels(t *testing.T) {
	th := newFakeWorkers(t)
	r := th.open(render.Options{Workers: 2, Deadline: time.Hour, PerPixel: -time.Hour})
	errs := make(chan error, 1)
	go func() {
		_, err := r.Render(context.Background(), wish("photo.heic"))
		errs <- err
	}()
	th.expect("photo.heic").do(t, "begin")
	wantFault(t, <-errs, library.FaultTimeout, "photo.heic")
}

func TestFaultsOfAWorkerCostOneRequest(t *testing.T) {
	for action, want := range map[string]library.FaultCode{
		"hang": library.FaultTimeout, "crash": library.FaultCrashed, "garbage": library.FaultCrashed, "lie": library.FaultCrashed,
		"begin for ever": library.FaultCrashed, "wrong-id": library.FaultCrashed, "swell": library.FaultTooLarge, "fault broken": library.FaultBroken,
	} {
		t.Run(action, func(t *testing.T) {
			th := newFakeWorkers(t)
			opt := render.Options{Workers: 2, MemoryLimit: 200 << 20}
			if action == "hang" {
				opt.Deadline = 300 * time.Millisecond
			}
			r := th.open(opt)
			errs := make(chan error, 1)
			go func() {
				_, err := r.Render(context.Background(), wish("Tập 1/bad.pdf"))
				errs <- err
			}()
			bad := th.expect("Tập 1/bad.pdf")
			bad.do(t, action)
			err := <-errs
			wantFault(t, err, want, "Tập 1/bad.pdf")
			if action == "crash" && !strings.Contains(err.Error(), "last words") {
				t.Errorf("%v does not tell what the worker said at its end", err)
			}
			if gone := syscall.Kill(bad.PID, 0) != nil; gone == (want == library.FaultBroken) {
				t.Errorf("worker gone: %v", gone)
			}
			go func() {
				_, err := r.Render(context.Background(), wish("good.pdf"))
				errs <- err
			}()
			th.expect("good.pdf").do(t, "ok")
			if err := <-errs; err != nil {
				t.Error(err)
			}
		})
	}
}

func TestAWorkerKilledByOthersIsTriedOnceMore(t *testing.T) {
	th, done := newFakeWorkers(t), newTold()
	r := th.open(render.Options{Workers: 2, OnDone: done.onDone})
	r.Wish(render.LaneCourt, wishes("page"))
	for _, last := range []bool{false, true} {
		h := th.expect("page")
		if last {
			h.do(t, "ok")
			done.expect(t, "page")
			break
		}
		kill(t, h.PID)
	}
	r.Wish(render.LaneCourt, wishes("unlucky"))
	kill(t, th.expect("unlucky").PID)
	kill(t, th.expect("unlucky").PID)
	done.expect(t, "unlucky crashed")
	if n := r.Stats().Restarts; n < 3 {
		t.Errorf("%d restarts counted, want 3", n)
	}
}

func kill(t *testing.T, pid int) {
	t.Helper()
	if err := syscall.Kill(pid, syscall.SIGKILL); err != nil {
		t.Fatal(err)
	}
}

func TestWhatFailedIsNotTriedAgain(t *testing.T) {
	th, done := newFakeWorkers(t), newTold()
	r := th.open(render.Options{Workers: 2, OnDone: done.onDone})
	page2 := wish("locked")
	page2.Page = 1
	list := []render.Request{wish("locked"), page2}
	r.Wish(render.LaneBackground, list) // one worker of two: the second page waits for the first
	th.expect("locked").do(t, "fault encrypted")
	done.expect(t, "locked encrypted", "locked encrypted") // both pages learn it
	wantFault(t, r.Failure(page2), library.FaultEncrypted, "locked")

	r.Wish(render.LaneView, append(list, wish("other")))
	th.expect("other").do(t, "ok")
	done.expect(t, "other")

	changed := wish("locked")
	changed.ModTime++
	r.Wish(render.LaneView, []render.Request{changed})
	th.expect("locked").do(t, "ok")
	done.expect(t, "locked")

	r.Wish(render.LaneView, wishes("locked"))
	r.Retry(wish("locked").Source)
	th.expect("locked").do(t, "fault broken")
	done.expect(t, "locked broken")
}

func TestCancellingReturnsAtOnceAndKeepsThePicture(t *testing.T) {
	th := newFakeWorkers(t)
	r := th.open(render.Options{Workers: 2})
	ctx, cancel := context.WithCancel(context.Background())
	errs := make(chan error, 1)
	go func() {
		_, err := r.Render(ctx, wish("slow"))
		errs <- err
	}()
	slow := th.expect("slow")
	cancel()
	if err := <-errs; !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want context.Canceled", err)
	}
	slow.do(t, "ok")
	// Joins the work that still runs, or finds its picture; no second request reaches a worker.
	if _, err := r.Render(t.Context(), wish("slow")); err != nil {
		t.Error(err)
	}
	select {
	case h := <-th.events:
		t.Errorf("%s was drawn again", h.Path)
	default:
	}
}

func TestCloseEndsWhatIsUnderWay(t *testing.T) {
	th := newFakeWorkers(t)
	r := th.open(render.Options{Workers: 2})
	errs := make(chan error, 4)
	for i := range 4 {
		go func() {
			_, err := r.Render(context.Background(), wish(fmt.Sprint(i)))
			errs <- err
		}()
	}
	a, b := th.next(), th.next()
	r.Close()
	for range 4 {
		if err := <-errs; !errors.Is(err, render.ErrClosed) {
			t.Errorf("got %v, want ErrClosed", err)
		}
	}
	for _, h := range []*heard{a, b} {
		if syscall.Kill(h.PID, 0) == nil {
			t.Errorf("worker %d lives after Close", h.PID)
		}
	}
	if _, err := r.Render(context.Background(), wish("late")); !errors.Is(err, render.ErrClosed) {
		t.Errorf("got %v, want ErrClosed", err)
	}
	r.Wish(render.LaneCourt, wishes("late"))
}

func TestAWorkerThatCannotStartGivesErrors(t *testing.T) {
	for name, command := range map[string][]string{
		"no such program": {"/no/such/program"},
		"not a worker":    {"/bin/true"},
		"says nonsense":   {"/bin/echo", "hello there, hello there"},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := os.Stat(command[0]); err != nil && name != "no such program" {
				t.Skip(err)
			}
			r := open(t, render.Options{Command: command, Workers: 2})
			for range 3 {
				_, err := r.Render(t.Context(), wish("page"))
				wantFault(t, err, library.FaultCrashed, "page")
			}
			if err := r.Failure(wish("page")); err != nil {
				t.Errorf("the page is blamed for it: %v", err)
			}
		})
	}
}

// More wishes than the cache can hold are each made once, not in a circle.
func TestMoreWishesThanTheCacheHolds(t *testing.T) {
	th, done := newFakeWorkers(t), newTold()
	r := th.open(render.Options{Workers: 2, CacheBytes: 1000, OnDone: done.onDone})
	var paths []string
	for i := range 10 {
		paths = append(paths, fmt.Sprint(i))
	}
	r.Pin(wish("0"))
	r.Wish(render.LaneView, wishes(paths...))
	for range paths {
		th.next().do(t, "ok")
	}
	done.expect(t, paths...)
	if s := r.Stats(); s.CacheBytes > 1000 || s.CacheItems != 2 || s.Queue != 0 {
		t.Errorf("after ten pictures of 400 bytes in a cache of 1000: %+v", s)
	}
	if _, ok := r.Cached(wish("0")); !ok {
		t.Error("the pinned picture was dropped")
	}
	select {
	case h := <-th.events:
		t.Errorf("%s is made again", h.Path)
	default:
	}
}

// OnDone may call the renderer: no lock is held.
func TestOnDoneMayAskTheRenderer(t *testing.T) {
	th := newFakeWorkers(t)
	var r *render.Renderer
	made := make(chan struct{})
	asked := make(chan bool, 1)
	r = th.open(render.Options{Workers: 2, OnDone: func(req render.Request, _ *render.Picture, _ error) {
		<-made
		_, ok := r.Cached(req)
		r.Wish(render.LaneView, nil)
		asked <- ok
	}})
	close(made)
	r.Wish(render.LaneView, wishes("page"))
	th.expect("page").do(t, "ok")
	if !<-asked {
		t.Error("the picture was not in the cache when OnDone was called")
	}
}

// The same picture wanted twice is made once, and the view of the whole page is no view.
func TestTheSameWorkIsDoneOnce(t *testing.T) {
	th, done := newFakeWorkers(t), newTold()
	r := th.open(render.Options{Workers: 2, OnDone: done.onDone})
	whole := wish("page")
	whole.View = library.WholePage
	r.Wish(render.LaneView, []render.Request{whole})
	page := th.expect("page")
	r.Wish(render.LaneCourt, wishes("page"))
	errs := make(chan error, 1)
	go func() {
		_, err := r.Render(context.Background(), wish("page"))
		errs <- err
	}()
	go func() { // in work at the same time, so that a second copy would have had its chance
		_, err := r.Inspect(context.Background(), wish("other").Source)
		errs <- err
	}()
	th.expect("other").do(t, "ok")
	page.do(t, "ok")
	for range 2 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	done.expect(t, "page", "page") // as wished, in both spellings
	if len(th.events) > 0 {
		t.Error("the page was made twice")
	}
}

// What a worker tells of a recording reaches whoever asked.
func TestARecordingTellsItsDuration(t *testing.T) {
	th := newFakeWorkers(t)
	r := th.open(render.Options{Workers: 2})
	facts := make(chan render.Facts, 1)
	go func() {
		f, err := r.Inspect(context.Background(), wish("video").Source)
		if err != nil {
			t.Error(err)
		}
		facts <- f
	}()
	th.expect("video").do(t, "ok 61500")
	if got := <-facts; got.Duration != 61500 || got.Pages != 1 {
		t.Errorf("it is told to be %+v", got)
	}
}

// Proof of a whole case leaves the cache to what is looked at; only a picture that others want too
// is kept.
func TestProofLeavesTheCacheAlone(t *testing.T) {
	th := newFakeWorkers(t)
	r := th.open(render.Options{Workers: 2})
	prove := func(path string) chan error {
		errs := make(chan error, 1)
		go func() {
			pic, err := r.Prove(context.Background(), wish(path))
			if err == nil && pic == nil {
				err = errors.New("proof without a picture")
			}
			errs <- err
		}()
		return errs
	}
	alone := prove("alone")
	th.expect("alone").do(t, "ok")
	if err := <-alone; err != nil {
		t.Fatal(err)
	}
	if s := r.Stats(); s.CacheItems != 0 || s.CacheBytes != 0 {
		t.Errorf("a proof is in the cache: %+v", s)
	}
	shared := prove("shared")
	page := th.expect("shared")
	r.Wish(render.LaneView, wishes("shared"))
	page.do(t, "ok")
	if err := <-shared; err != nil {
		t.Fatal(err)
	}
	if _, ok := r.Cached(wish("shared")); !ok {
		t.Error("a picture that was wished while it was proved is not in the cache")
	}
}
