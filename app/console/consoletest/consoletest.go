// Package consoletest is what the tests of the console and of its rooms stand on: a UI goroutine that the test itself is,
// a case to open, a court screen in memory, and the program's children in the test's own binary. It knows no console, so
// that the console's own tests can use it too.
package consoletest

import (
	"context"
	"errors"
	"image"
	"os"
	"path/filepath"
	"testing"

	"butluc/assets"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/eventually"
	"butluc/library/intake"
	"butluc/library/shelf"
	"butluc/library/signature"
	"butluc/library/signature/signing"
	"butluc/presenter/clip/cliptest"
	"butluc/presenter/clip/player"
	"butluc/presenter/render"
	"butluc/presenter/render/rendertest"
)

// Main runs the tests of a package, or makes of their binary a render worker, or a player that is silent, where it is
// asked to. Call it from TestMain.
func Main(m *testing.M) {
	rendertest.Work()
	if len(os.Args) == 3 && os.Args[1] == signature.Verb {
		if err := signature.Main(os.Stdin, os.Stdout, os.Args[2]); err != nil {
			os.Exit(1)
		}
		return
	}
	if len(os.Args) == 2 && os.Args[1] == signing.Verb {
		if err := signing.Main(os.Stdin, os.Stdout); err != nil {
			os.Exit(1)
		}
		return
	}
	if len(os.Args) > 2 && os.Args[1] == "clip-player" {
		if err := player.Main(os.Stdin, os.Stdout, os.Args[2], "null"); err != nil {
			os.Exit(1)
		}
		return
	}
	os.Exit(cliptest.Run(m))
}

// Loop is the UI goroutine: the test's own, which does what was posted when it is told to.
type Loop struct {
	t     testing.TB
	posts chan func()
}

// NewLoop makes a loop for a test.
func NewLoop(t testing.TB) *Loop { return &Loop{t: t, posts: make(chan func(), 1<<16)} }

// Post keeps f for the loop; from any goroutine.
func (l *Loop) Post(f func()) { l.posts <- f }

// Pump does what was posted so far.
func (l *Loop) Pump() {
	for {
		select {
		case f := <-l.posts:
			f()
		default:
			return
		}
	}
}

// Next waits for what is posted next, and gives it undone.
func (l *Loop) Next() func() { return <-l.posts }

// Until does what is posted until something is so, and then what else was posted. How long that takes is the machine's
// affair: only the deadline of all tests ends it.
func (l *Loop) Until(what string, so func() bool) {
	l.t.Helper()
	late := eventually.Late(l.t)
	for l.Pump(); !so(); l.Pump() {
		select {
		case f := <-l.posts:
			f()
		case <-late:
			l.t.Fatalf("waited in vain for %s", what)
		}
	}
}

// UntilRead waits for a case to be read, as its latest snapshot tells.
func (l *Loop) UntilRead(latest func() (casefile.Snapshot, bool)) {
	l.t.Helper()
	l.Until("the case to be read", func() bool {
		snapshot, ok := latest()
		return ok && !snapshot.Reading && snapshot.Progress.Total > 0
	})
}

// SampleCase writes the sample case, and gives its folder.
func SampleCase(t testing.TB) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "Vụ án mẫu")
	if err := assets.WriteSample(dir); err != nil {
		t.Fatal(err)
	}
	return dir
}

// Settings are those of a new user.
func Settings(t testing.TB) *shelf.Shelf {
	t.Helper()
	settings, err := shelf.Load(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return settings
}

// NewRenderer makes a renderer with a small cache, and with all the time that a slow machine needs.
func NewRenderer(done func(render.Request, *render.Picture, error)) *render.Renderer {
	return render.New(render.Options{OnDone: done, CacheBytes: 16 << 20, Deadline: rendertest.Patience})
}

// Opener opens cases whose pages the renderer counts, without watching their folders, and keeps journals' heads in a
// folder of the test's. change, which may be nil, makes other options of those.
func Opener(t testing.TB, change func(*casefile.Options)) func(context.Context, string, *render.Renderer, func()) (*casefile.Case, error) {
	data := t.TempDir()
	return func(ctx context.Context, dir string, r *render.Renderer, notify func()) (*casefile.Case, error) {
		options := casefile.Options{
			Inspector: Inspector{r, dir}, NoWatch: true, Eager: true, NoHash: true, Notify: notify, DataDir: data,
		}
		if change != nil {
			change(&options)
		}
		return casefile.Open(ctx, dir, options)
	}
}

// Inspector counts pages through a renderer.
type Inspector struct {
	Renderer *render.Renderer
	Root     string // the case folder
}

// Inspect implements [intake.Inspector].
func (i Inspector) Inspect(ctx context.Context, f library.File) (intake.Facts, error) {
	facts, err := i.Renderer.Inspect(ctx, render.Source{Root: i.Root, Path: f.Path, Size: f.Size, ModTime: f.ModTime.UnixNano(), Kind: f.Kind})
	return intake.Facts{Pages: facts.Pages, Duration: facts.Duration, Tracks: facts.Tracks, Notice: facts.Notice, Attached: facts.Attached}, err
}

// Screen is a court screen in memory, of 320×180 pixels.
type Screen struct {
	Sees    *image.RGBA // nil: black
	Shows   int         // frames that it was given
	Blacks  int
	Hidden  bool
	Patched func(picture *image.RGBA) // is given the moving pictures; may be nil
}

// Told is how often it was told anything.
func (s *Screen) Told() int {
	if s.Hidden {
		return s.Shows + s.Blacks + 1
	}
	return s.Shows + s.Blacks
}

// Show takes a frame of exactly its size.
func (s *Screen) Show(frame *image.RGBA) error {
	if frame.Rect.Size() != s.Size() {
		return errors.New("wrong size")
	}
	s.Sees, s.Hidden = frame, false
	s.Shows++
	return nil
}

// Black makes it black.
func (s *Screen) Black() error {
	s.Sees, s.Hidden = nil, false
	s.Blacks++
	return nil
}

// Patch implements [projector.Moving].
func (s *Screen) Patch(picture *image.RGBA, _ image.Point) error {
	if s.Patched != nil {
		s.Patched(picture)
	}
	return nil
}

// Hide hides it.
func (s *Screen) Hide() { s.Sees, s.Hidden = nil, true }

// Size is its size in pixels.
func (s *Screen) Size() image.Point { return image.Pt(320, 180) }
