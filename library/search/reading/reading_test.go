package reading_test

import (
	"context"
	"errors"
	"fmt"
	"image"
	"slices"
	"strings"
	"sync"
	"testing"

	"butluc/library"
	"butluc/library/search/reading"
	"butluc/library/search/text"
)

var sha = strings.Repeat("ab", 32)

// shelf plays the case and Tesseract: page n of a file has the text at n; one that begins with # is a scan.
type shelf struct {
	pages []string

	mu    sync.Mutex
	asked []string
	stuck chan struct{} // OCR waits for it, or for the end of its context; nil: it does not
	began chan int      // OCR of a page began; nil: nobody listens
}

func (s *shelf) note(what string, page int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asked = append(s.asked, fmt.Sprint(what, page))
}

func lineOf(words string) []library.Line {
	var line []library.Word
	for i, w := range strings.Fields(words) {
		x := 0.05 * float64(i+1)
		line = append(line, library.Word{Text: w, Box: library.Rect{X0: x, Y0: 0.2, X1: x + 0.03, Y1: 0.25}})
	}
	if line == nil {
		return nil
	}
	return []library.Line{library.LineOf(line)}
}

var errBroken = errors.New("broken")

func (s *shelf) Lines(_ context.Context, _ library.File, page int) ([]library.Line, float64, error) {
	s.note("own ", page)
	t := s.pages[page]
	switch {
	case t == "broken":
		return nil, 0, errBroken
	case strings.HasPrefix(t, "#"):
		return lineOf(strings.Repeat("7", strings.Count(t, "7"))), 0, nil
	}
	return lineOf(t), 0, nil
}

func (s *shelf) Picture(_ context.Context, _ library.File, page int, _ library.Turn, _ int) (image.Image, error) {
	return image.NewGray(image.Rect(0, 0, page+1, 1)), nil // Read knows it by its width
}

func (s *shelf) Read(ctx context.Context, img image.Image) (text.Page, error) {
	page := img.Bounds().Dx() - 1
	s.note("ocr ", page)
	if s.began != nil {
		s.began <- page
	}
	if s.stuck != nil {
		select {
		case <-s.stuck:
		case <-ctx.Done():
			return text.Page{}, ctx.Err()
		}
	}
	said := strings.TrimPrefix(s.pages[page], "#")
	confidence := 90
	if strings.HasPrefix(said, "?") {
		confidence = 20
	}
	return text.Page{Source: text.SourceOCR, Confidence: confidence, Lines: lineOf(strings.Trim(said, "7"))}, nil
}

func (s *shelf) jobs(turn library.Turn, order ...int) []reading.Job {
	if order == nil {
		for i := range s.pages {
			order = append(order, i)
		}
	}
	jobs := make([]reading.Job, len(order))
	for i, p := range order {
		jobs[i] = reading.Job{Key: text.Key{SHA256: sha, Page: p}, Turn: turn}
	}
	return jobs
}

func storeIn(t *testing.T, dir string) *text.Store {
	t.Helper()
	s, err := text.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func start(t *testing.T, store *text.Store, s *shelf, engine reading.Engine) *reading.Reader {
	t.Helper()
	r := reading.New(reading.Options{Store: store, Source: s, Engine: engine})
	t.Cleanup(r.Close)
	return r
}

const (
	layer = "Bị cáo khai tại cơ quan điều tra như sau"
	scan  = "#Biên bản ghi lời khai người làm chứng"
)

func TestTextOfItsOwnGoesFirstAndScansAreReadByOCR(t *testing.T) {
	s := &shelf{pages: []string{layer, scan, "broken", "#77", "#?iii ttt lll", "#"}}
	store := storeIn(t, t.TempDir())
	r := start(t, store, s, s)
	r.Want(s.jobs(0), false)
	if err := r.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	want := reading.Progress{State: reading.Done, Pages: 6, Done: 6, OCR: 4, Unread: 1, Failed: 1}
	if got := r.Progress(); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if f := r.Failures(); len(f) != 1 || !errors.Is(f[text.Key{SHA256: sha, Page: 2}], errBroken) {
		t.Errorf("failures %v", f)
	}
	for page, want := range map[int]string{0: layer, 1: strings.TrimPrefix(scan, "#"), 3: "77", 5: ""} {
		p, ok, err := store.Get(text.Key{SHA256: sha, Page: page})
		if err != nil || !ok || p.Text() != want {
			t.Errorf("page %d: %q, %v, %v, want %q", page, p.Text(), ok, err, want)
		}
	}
	// All is kept: another reader asks for the one page that failed, and for nothing else.
	s.asked = nil
	again := start(t, store, s, s)
	again.Want(s.jobs(0), false)
	if err := again.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(s.asked, []string{"own 2"}) {
		t.Errorf("read again: %v", s.asked)
	}
}

func TestBoxesAreOfThePageAsItsFileHasIt(t *testing.T) {
	s := &shelf{pages: []string{scan}}
	store := storeIn(t, t.TempDir())
	r := start(t, store, s, s)
	r.Want(s.jobs(1), false)
	if err := r.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	p, _, err := store.Get(text.Key{SHA256: sha})
	if err != nil || len(p.Lines) != 1 {
		t.Fatalf("%+v, %v", p, err)
	}
	upright := p.Lines[0].Words[0].Box.Turned(1) // as OCR saw it
	if w := lineOf("x")[0].Words[0].Box; max(upright.X0-w.X0, w.X0-upright.X0, upright.Y1-w.Y1, w.Y1-upright.Y1) > 0.001 {
		t.Errorf("box %v, want %v", upright, w)
	}
}

func TestWhatIsWantedMostIsReadFirst(t *testing.T) {
	s := &shelf{pages: slices.Repeat([]string{scan}, 6), began: make(chan int), stuck: make(chan struct{})}
	r := start(t, storeIn(t, t.TempDir()), s, s)
	r.Want(s.jobs(0), false)
	first := <-s.began
	r.Want(s.jobs(0, 4, 0, 1, 2, 3, 5), false) // somebody looks at page 4
	s.stuck <- struct{}{}
	if first != 0 {
		t.Errorf("page %d was read first", first)
	}
	if next := <-s.began; next != 4 {
		t.Errorf("page %d was read before the one that is looked at", next)
	}
	close(s.stuck)
	go func() {
		for range s.began {
		}
	}()
	if err := r.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	if p := r.Progress(); p.Done != 6 || p.OCR != 6 {
		t.Errorf("%+v", p)
	}
}

func TestHoldingStopsAtOnce(t *testing.T) {
	s := &shelf{pages: []string{scan, layer}, began: make(chan int, 9), stuck: make(chan struct{})}
	store := storeIn(t, t.TempDir())
	r := start(t, store, s, s)
	r.Want(s.jobs(0), false)
	<-s.began
	r.Hold(true) // a trial begins: the page in work is given up
	if p := r.Progress(); p.State != reading.Held {
		t.Errorf("%+v", p)
	}
	close(s.stuck)
	r.Hold(false)
	if err := r.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	if p := r.Progress(); p.State != reading.Done || p.OCR != 1 || p.Failed != 0 {
		t.Errorf("%+v: the page that was given up is to be read again", p)
	}
}

func TestWithoutAnEngineScansWait(t *testing.T) {
	s := &shelf{pages: []string{scan, layer}}
	store := storeIn(t, t.TempDir())
	r := start(t, store, s, nil)
	r.Want(s.jobs(0), false)
	if err := r.Wait(t.Context()); err != nil {
		t.Fatal(err)
	}
	if p := r.Progress(); p != (reading.Progress{State: reading.Waiting, Pages: 2, Done: 1, Scans: 1}) {
		t.Errorf("%+v", p)
	}
	r.Close()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := r.Wait(ctx); !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}
