package render

import (
	"errors"
	"fmt"
	"image"
	"path/filepath"
	"time"

	"butluc/library"
	"butluc/library/trace"
	"butluc/presenter/render/protocol"
)

// Source names one state of one file. Size and ModTime stand for its content, because a SHA-256
// may still be pending; when the file on disk has others, there is no picture but FaultChanging.
type Source struct {
	Root    string       // the folder that a worker may read: absolute, as the system spells it
	Path    string       // a library path beneath Root, see library.EscapePath
	Size    int64        // bytes
	ModTime int64        // as time.Time.UnixNano
	Kind    library.Kind // told by content; a file of another kind is FaultBroken
	// Tracks are those of a recording that are meant: of its pictures the film, of its waves the sound.
	Tracks library.Tracks
}

// With is the source with other tracks meant.
func (s Source) With(t library.Tracks) Source {
	s.Tracks = t
	return s
}

// File is the source whatever of it is meant.
func (s Source) File() Source { return s.With(library.Tracks{}) }

// Request is one picture and, being comparable, its key in the cache. A zero View and the view of
// the whole page are the same.
type Request struct {
	Source
	Page int          // index, from 0; of a recording the time in milliseconds
	View library.Rect // of the page once turned; zero: all of it
	Turn library.Turn // clockwise, beyond what the file itself says
	Max  image.Point  // pixels; the picture is the largest that fits, with the view's proportions
	// Wave asks for the sound of a recording, white on black over all of Max, in place of a frame: Page and Turn are 0,
	// and View.X0..X1 is the part of its length.
	Wave bool
}

// canonical is the request under which equal pictures meet.
func (r Request) canonical() Request {
	if r.View == library.WholePage {
		r.View = library.Rect{}
	}
	r.Turn %= 4
	if r.Wave {
		r.Tracks.Video = 0
	} else {
		r.Tracks.Audio = 0
	}
	return r
}

func (r Request) check() error {
	switch {
	case r.Max.X <= 0 || r.Max.Y <= 0:
		return r.fail(library.FaultBroken, fmt.Errorf("no room: %d×%d pixels", r.Max.X, r.Max.Y))
	case r.Max.X > protocol.MaxPixels/r.Max.Y:
		return r.fail(library.FaultTooLarge, fmt.Errorf("%d×%d pixels", r.Max.X, r.Max.Y))
	case !filepath.IsAbs(r.Root):
		return r.fail(library.FaultUnreadable, fmt.Errorf("folder %q is not absolute", r.Root))
	case !r.View.Or().Valid():
		return r.fail(library.FaultBroken, fmt.Errorf("view %v is not on the page", r.View))
	}
	return nil
}

func (r Request) fail(code library.FaultCode, err error) *Error {
	return &Error{Path: r.Path, Page: r.Page, Fault: library.Fault{Code: code, Detail: err.Error()}, Err: err}
}

// Drawing is raised whenever the program draws the same page in other pixels than before, for another reason than a
// decoder whose version changed. The journal names it beside those.
//
//	2  pictures upright, with their profiles, WebP in full range; PDFs with all their letters, stamps and layers
const Drawing = 2

// Picture is a finished request. It is shared: nobody may draw into Image.
type Picture struct {
	Image      *image.RGBA // zero origin, tight stride, opaque, drawn on white paper
	Incomplete bool        // a part of the page could not be decoded, and is white or grey or guessed
	Warnings   []string    // what the decoders said, for the log
	Tone       string      // "hlg" or "pq" of a film in HDR, mapped to what a screen in SDR shows; else ""
}

// Facts is what a file tells of itself.
type Facts struct {
	Pages     int                  // at least 1
	Encrypted bool                 // a password was needed, and known
	Repaired  bool                 // the structure was damaged, as after a cut download; pages may be missing
	Duration  int                  // of a recording, which has one page, in milliseconds; 0 of other files
	Tracks    library.Tracks       // how many films and sounds a recording has
	Sound     bool                 // a recording has sound that can be played
	Notice    library.FaultCode    // what is wrong with a file whose pages are drawn all the same
	Attached  []library.Attachment // files that a PDF holds
	Silent    bool                 // a recording has sound, but none that can be played: this machine's libmpv lacks its codec
}

// Error says why a picture, a text, lines or facts can't be had.
type Error struct {
	Path  string // of the file
	Page  int    // index, or -1 when it is the file's fault and every page would fail
	Fault library.Fault
	Err   error // the chain, for the log
}

func (e *Error) Error() string {
	if e.Page < 0 {
		return fmt.Sprintf("render %s: %s: %v", e.Path, e.Fault.Code, e.Err)
	}
	return fmt.Sprintf("render %s, page %d: %s: %v", e.Path, e.Page+1, e.Fault.Code, e.Err)
}

func (e *Error) Unwrap() error { return e.Err }

// ErrClosed is what waiting callers get when the renderer is closed.
var ErrClosed = errors.New("renderer is closed")

// Lane says who waits. Earlier lanes go first.
type Lane int

// The lanes.
const (
	LaneCourt      Lane = iota // Program, Preview: somebody waits
	LaneNext                   // what may come next
	LaneView                   // what a person looks at in the console
	LaneBackground             // thumbnails, counting, text, proof
	lanes
)

// Options of a Renderer; the zero value is good.
type Options struct {
	// Command is the argv of a worker process, which runs worker.Main on its standard input and
	// output. Empty: this program with the argument "render-worker".
	Command []string
	// Workers is the size of the pool, at least 2. 0: half the processors.
	Workers int
	// Processors are those of the machine; 0: those that it has. Where there are no more of them than workers, a picture for
	// LaneCourt is drawn alone, see [Options.Alone].
	Processors int
	// Alone is how long nothing else is begun beside a picture for LaneCourt. 0: 250 ms.
	Alone time.Duration
	// Rest is how long the workers pause there before they begin what may come next, once it is wished for. 0: 15 ms.
	Rest time.Duration
	// CacheBytes bounds the pixels of unpinned and pinned pictures together. 0: 384 MiB.
	CacheBytes int64
	// Deadline of one request once a worker has it. 0: 20 s.
	Deadline time.Duration
	// PerPixel is added to it for each pixel of a picture that is decoded whole, as its header tells. 0: 3 µs, which is six
	// times what the slowest decoder takes on a processor of 2020 (HEIC without libheif, 0.54 s for a million).
	PerPixel time.Duration
	// MemoryLimit is how many bytes of its own (of mapped files, what goes beyond half a gigabyte) a worker may hold
	// before it is ended. 0: 700 MiB. Watched on Linux.
	MemoryLimit int64
	// Trace is written to; nil: nothing is.
	Trace *trace.Trace
	// OnDone is called for every request that was wished when its work began or ended, with a
	// picture or an error, from any goroutine and without a lock held. When a page or a whole file
	// failed, it is called for all wishes that fail with it. It must not block.
	OnDone func(Request, *Picture, error)
}

func (o Options) withDefaults(processors int) Options {
	if o.Processors == 0 {
		o.Processors = processors
	}
	if o.Workers == 0 {
		o.Workers = o.Processors / 2
	}
	if o.Alone == 0 {
		o.Alone = 250 * time.Millisecond
	}
	o.Workers = max(o.Workers, 2)
	if o.Rest == 0 {
		o.Rest = 15 * time.Millisecond
	}
	if o.CacheBytes == 0 {
		o.CacheBytes = 384 << 20
	}
	if o.Deadline == 0 {
		o.Deadline = 20 * time.Second
	}
	if o.PerPixel == 0 {
		o.PerPixel = 3 * time.Microsecond
	}
	if o.MemoryLimit == 0 {
		o.MemoryLimit = 700 << 20
	}
	if o.OnDone == nil {
		o.OnDone = func(Request, *Picture, error) {}
	}
	return o
}

// Stats is a look at a Renderer, for the doctor, tests and benchmarks.
type Stats struct {
	CacheBytes int64
	CacheItems int
	Pinned     int   // pictures that are pinned and there
	PIDs       []int // of live workers
	Busy       int   // workers at work
	Restarts   int   // workers that had to be replaced
	Queue      int   // requests and calls that wait
	Failed     int   // pages and files that are not tried again
}
