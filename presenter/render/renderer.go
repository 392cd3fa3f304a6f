package render

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"path/filepath"
	"runtime"
	"slices"
	"sync"
	"time"

	"butluc/library"
	"butluc/library/sandbox"
	"butluc/library/trace"
	"butluc/presenter/render/protocol"
)

// Renderer is a queue, a cache and a pool of worker processes. Its methods may be called from any
// goroutine; none but Render, Prove, Inspect, Text, Lines, Step and Close waits for work.
type Renderer struct {
	opt Options

	// mu guards all below, and is never held across I/O or a callback. change is signalled whenever
	// something that a slot may wait for has changed.
	mu     sync.Mutex
	change *sync.Cond

	queue    *queue
	cache    *cache
	keys     keyring
	slots    []*slot
	starts   backoff
	restarts int
	yielding bool // a slot is throwing out its job for the court
	closed   bool
	urgent   bool      // the workers go before other programs
	rests    time.Time // until then nothing is begun that nobody waits for

	closing chan struct{} // closed when Close is called
	group   sync.WaitGroup
}

// New makes a Renderer. It starts its first worker in the background; Close ends it.
func New(opt Options) *Renderer {
	r := &Renderer{
		opt:     opt.withDefaults(runtime.NumCPU()),
		queue:   newQueue(),
		keys:    keyring{},
		closing: make(chan struct{}),
	}
	if len(r.opt.Command) == 0 {
		r.opt.Command = []string{sandbox.Binary(), "render-worker"}
	}
	r.cache = newCache(r.opt.CacheBytes)
	r.change = sync.NewCond(&r.mu)
	for range r.opt.Workers {
		r.slots = append(r.slots, &slot{r: r, track: trace.Worker(len(r.slots))})
	}
	for _, s := range r.slots { // each looks at the others: none may run before all are there
		r.group.Go(s.loop)
	}
	return r
}

// Wish replaces the wishes of a lane, most wanted first. Wishes that are not in the new list and
// not yet begun vanish. Cached pictures are not made again (and OnDone is not called for them);
// what failed is not tried again, see Failure.
func (r *Renderer) Wish(lane Lane, reqs []Request) {
	if lane < 0 || lane >= lanes {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.opt.Trace.Mark(trace.Queue, fmt.Sprintf("%d wishes in lane %d", len(reqs), lane))
	if lane == LaneNext && r.crowded() {
		r.rest()
	}
	r.queue.wishes[lane] = slices.DeleteFunc(slices.Clone(reqs), func(w Request) bool {
		return w.check() != nil || r.cache.has(w.canonical())
	})
	for _, w := range r.queue.wishes[lane] {
		if j := r.queue.running[renderKey(w)]; j != nil && lane < j.lane {
			j.lane = lane // begun for later, and wanted now
			r.leaveAlone(j)
		}
	}
	r.change.Broadcast()
}

// Cached returns a finished picture, and keeps it from being dropped soon.
func (r *Renderer) Cached(req Request) (*Picture, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.cache.get(req.canonical())
}

// Failure returns why a wish for req is not tried, an *Error, or nil when it may be.
func (r *Renderer) Failure(req Request) error {
	if err := req.check(); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.queue.failure(req)
}

// Retry forgets the failures of the given files, or, without any, all of them: after a stick was
// put back, say. Wishes that OnDone reported as failed must be wished again.
func (r *Renderer) Retry(srcs ...Source) {
	r.mu.Lock()
	defer r.mu.Unlock()
	maps.DeleteFunc(r.queue.failed, func(k failKey, _ error) bool {
		return len(srcs) == 0 || slices.Contains(srcs, k.src.File())
	})
	r.change.Broadcast()
}

// Pin replaces the set of pictures that are never dropped from the cache. They need not be in it yet.
func (r *Renderer) Pin(reqs ...Request) {
	keys := make([]Request, len(reqs))
	for i, q := range reqs {
		keys[i] = q.canonical()
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.cache.pin(keys)
}

// Render returns a picture, from the cache or made with the urgency of LaneCourt. Its errors are
// *Error, ErrClosed or ctx's. When ctx ends, Render returns at once; a worker that has begun
// finishes, and the picture goes to the cache. Unlike wishes, it tries again what failed before.
func (r *Renderer) Render(ctx context.Context, req Request) (*Picture, error) {
	return r.render(ctx, req, demand{LaneCourt, true})
}

// Prove is Render in the background, for those who ask only whether the page can be drawn whole. Its
// picture does not go to the cache, unless others want it too: a case of thousands of pages is
// proved, and that must not drive out what the court is going to see.
func (r *Renderer) Prove(ctx context.Context, req Request) (*Picture, error) {
	return r.render(ctx, req, demand{LaneBackground, false})
}

func (r *Renderer) render(ctx context.Context, req Request, e demand) (*Picture, error) {
	if err := req.check(); err != nil {
		return nil, err
	}
	if pic, ok := r.Cached(req); ok {
		return pic, nil
	}
	res := r.wait(ctx, renderKey(req), e)
	return res.pic, res.err
}

// Inspect counts a file's pages, in the background. Errors as of Render.
func (r *Renderer) Inspect(ctx context.Context, src Source) (Facts, error) {
	res := r.wait(ctx, jobKey{protocol.OpInspect, Request{Source: src, Page: -1}}, demand{lane: LaneBackground})
	return res.facts, res.err
}

// Text returns the text layer of a page, in the background: "" when it has none, as a scan.
// Office files have pages of text here, whose breaks are not those of the document; a plain text
// file is page 0. Errors as of Render.
func (r *Renderer) Text(ctx context.Context, src Source, page int) (string, error) {
	res := r.wait(ctx, jobKey{protocol.OpText, Request{Source: src, Page: page}}, demand{lane: LaneBackground})
	return res.text, res.err
}

// Lines tells where the lines of a page's text stand in its pictures with the same turn. There are none
// where there is no text layer, as in pictures; that of a scan is as right as the recognition that made
// it. Words in one type are equally high, whatever their letters, unless accents stand out of the font's
// height: those are inside; the height of the line's box marks evenly. Text that runs aslant, as
// watermarks do, is left out: no rectangle marks it. The lines are shared: nobody may change them. They
// are not kept. Errors as of Render.
func (r *Renderer) Lines(ctx context.Context, lane Lane, src Source, page int, turn library.Turn) ([]library.Line, error) {
	lines, _, err := r.Layer(ctx, lane, src, page, turn)
	return lines, err
}

// Layer is Lines, and how much of the page pictures cover, 0 to 1: most of it where the page is a scan, whatever its text
// layer has.
func (r *Renderer) Layer(ctx context.Context, lane Lane, src Source, page int, turn library.Turn) (lines []library.Line, pictured float64, err error) {
	key := jobKey{protocol.OpLines, Request{Source: src, Page: page, Turn: turn}.canonical()}
	res := r.wait(ctx, key, demand{lane: lane})
	return res.lines, res.pictured, res.err
}

// maxAttached is how large an attached file may be that is read, in bytes.
const maxAttached = 1 << 30

// Attachment writes a file that a PDF holds to w: the one at index of the attached that its facts name. Errors as of Render.
func (r *Renderer) Attachment(ctx context.Context, lane Lane, src Source, index int, w io.Writer) error {
	for part := 0; part < maxAttached/protocol.AttachmentPart; part++ {
		res := r.wait(ctx, jobKey{protocol.OpAttachment, Request{Source: src, Page: part*library.MaxAttachments + index}}, demand{lane: lane})
		if res.err != nil {
			return res.err
		}
		if _, err := io.WriteString(w, res.text); err != nil {
			return fmt.Errorf("write attachment: %w", err)
		}
		if len(res.text) < protocol.AttachmentPart {
			return nil
		}
	}
	return Request{Source: src}.fail(library.FaultTooLarge, fmt.Errorf("attachment %d is over %d bytes", index+1, maxAttached))
}

// Step is the time of the frame of a recording after the one at a time, or before it, in milliseconds; that time itself
// at the end and at the beginning. Of sound it is a tenth of a second. Errors as of Render.
func (r *Renderer) Step(ctx context.Context, lane Lane, src Source, ms int, after bool) (int, error) {
	op := protocol.OpBefore
	if after {
		op = protocol.OpAfter
	}
	res := r.wait(ctx, jobKey{op, Request{Source: src, Page: ms}}, demand{lane: lane})
	return res.time, res.err
}

func (r *Renderer) wait(ctx context.Context, key jobKey, e demand) result {
	if err := ctx.Err(); err != nil {
		return result{err: err}
	}
	if !filepath.IsAbs(key.req.Root) { // a worker's working folder is not ours
		return result{err: fileError(key.req, library.FaultUnreadable, fmt.Errorf("folder %q is not absolute", key.req.Root))}
	}
	ch := make(chan result, 1) // one send, which must not wait for a caller that has left
	r.mu.Lock()
	if r.closed {
		r.mu.Unlock()
		return result{err: ErrClosed}
	}
	r.queue.join(key, e, ch)
	r.change.Broadcast()
	r.mu.Unlock()
	select {
	case res := <-ch:
		return res
	case <-ctx.Done():
		r.mu.Lock()
		r.queue.leave(key, ch)
		r.mu.Unlock()
		return result{err: ctx.Err()}
	}
}

// Unlock remembers a file's password until Close, and tries it on other encrypted files of the
// same Root too: a case is mostly locked with one key. It does not wait. What OnDone
// reported as encrypted must be wished again.
func (r *Renderer) Unlock(src Source, password string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.keys.add(src, password)
	maps.DeleteFunc(r.queue.failed, func(k failKey, err error) bool {
		var e *Error
		return k.src.Root == src.Root && errors.As(err, &e) && e.Fault.Code == library.FaultEncrypted
	})
	r.change.Broadcast()
}

// SetUrgent has the workers go before other programs, as far as the system permits, or back among them. It does not wait
// for that.
func (r *Renderer) SetUrgent(urgent bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.urgent = urgent
	for _, s := range r.slots {
		if s.proc != nil && !s.proc.dead() {
			s.proc.setUrgent(urgent)
		}
	}
}

// Close ends every worker and waits until they are gone. Callers that wait get ErrClosed. It may
// be called again.
func (r *Renderer) Close() {
	r.mu.Lock()
	if !r.closed {
		r.closed = true
		close(r.closing)
		for _, j := range r.queue.calls {
			deliver(j, result{err: ErrClosed})
		}
		r.queue.calls = nil
		r.change.Broadcast()
	}
	r.mu.Unlock()
	r.group.Wait()
}

// Stats looks at the renderer.
func (r *Renderer) Stats() Stats {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := Stats{
		CacheBytes: r.cache.bytes, CacheItems: len(r.cache.items), Pinned: r.cache.pinned(),
		Restarts: r.restarts, Queue: r.queue.length(), Failed: len(r.queue.failed),
	}
	for _, slot := range r.slots {
		if slot.proc != nil && !slot.proc.dead() {
			s.PIDs = append(s.PIDs, slot.proc.pid())
		}
		if slot.job != nil {
			s.Busy++
		}
	}
	return s
}

func deliver(j *job, res result) {
	for _, ch := range j.waiters {
		ch <- res
	}
	j.waiters = nil
}

// finish hands out the result of j: to the cache, to those who wait, to OnDone.
func (r *Renderer) finish(j *job, res result, remember bool) {
	r.mu.Lock()
	if j.key.op == protocol.OpRender {
		page := failKey{j.key.req.Source, j.key.req.Page, j.key.req.Wave}
		delete(r.queue.failed, page)
		var e *Error
		switch {
		case res.err == nil:
			delete(r.queue.failed, failKey{page.src, -1, false})
		case remember && errors.As(res.err, &e):
			r.queue.failed[failKey{page.src, e.Page, page.wave && e.Page >= 0}] = res.err
		}
	}
	wished := r.queue.finish(j)
	if res.pic != nil && (j.keep || len(wished) > 0) {
		r.cache.put(j.key.req, res.pic)
	}
	if res.err != nil {
		wished = append(wished, r.queue.giveUp(j.key.req.Source)...)
	}
	waiters := job{waiters: j.waiters}
	j.waiters = nil
	r.change.Broadcast()
	r.mu.Unlock()

	deliver(&waiters, res)
	if errors.Is(res.err, ErrClosed) {
		return
	}
	for _, w := range wished {
		r.opt.OnDone(w, res.pic, res.err)
	}
}

// keyring holds passwords by folder: of each file, and all of a folder in the order they came.
type keyring map[string]*folderKeys

type folderKeys struct {
	byPath map[string]string
	all    []string
}

func (k keyring) add(src Source, password string) {
	f := k[src.Root]
	if f == nil {
		f = &folderKeys{byPath: map[string]string{}}
		k[src.Root] = f
	}
	f.byPath[src.Path] = password
	if !slices.Contains(f.all, password) {
		f.all = append(f.all, password)
	}
}

// of returns what to try on a file, its own password first.
func (k keyring) of(src Source) []string {
	f := k[src.Root]
	if f == nil {
		return nil
	}
	own, ok := f.byPath[src.Path]
	if !ok {
		return slices.Clone(f.all)
	}
	return append([]string{own}, slices.DeleteFunc(slices.Clone(f.all), func(p string) bool { return p == own })...)
}

var errPreempted = errors.New("thrown out for the court")
