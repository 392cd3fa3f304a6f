package render

import (
	"errors"
	"fmt"
	"slices"
	"time"

	"butluc/library"
	"butluc/library/trace"
	"butluc/presenter/render/protocol"
)

// courtPatience is how long other work may keep the court from a worker.
const courtPatience = time.Second

// slot is one place in the pool: a goroutine that owns at most one worker process.
type slot struct {
	r     *Renderer
	track trace.Track

	// Guarded by r.mu, written by the slot's goroutine only.
	proc     *process
	job      *job
	begun    time.Time // the job
	waiting  bool
	starting bool
}

func (s *slot) loop() {
	defer s.discard()
	for {
		j, ok := s.next()
		switch {
		case !ok:
			return
		case j == nil:
			_ = s.ensure() // what went wrong is told to the next job
		default:
			s.work(j)
		}
	}
}

// next waits for work. It returns a nil job when the slot should make its worker ready ahead of
// the next one, and false when the renderer closes.
func (s *slot) next() (*job, bool) {
	r := s.r
	r.mu.Lock()
	defer r.mu.Unlock()
	if s.job != nil {
		s.job, r.yielding = nil, false
	}
	s.starting = false
	for {
		if r.closed {
			return nil, false
		}
		if s.proc != nil && s.proc.dead() {
			if s.proc.served == 0 {
				r.starts.failed(errors.New("worker ended before its first request"))
			}
			r.restarts++
			s.proc.end()
			s.proc = nil
		}
		if j := r.pick(s); j != nil {
			s.job, s.begun = j, time.Now()
			r.queue.take(j)
			r.leaveAlone(j)
			r.change.Broadcast() // whoever left this job to us looks again
			return j, true
		}
		if s.proc == nil && !r.warm() && r.starts.err() == nil {
			s.starting = true
			return nil, true
		}
		s.waiting = true
		r.change.Wait()
		s.waiting = false
	}
}

// warm tells whether a worker is ready, or being made ready, for the next job. r.mu is held.
func (r *Renderer) warm() bool {
	for _, s := range r.slots {
		if s.starting || s.job == nil && s.proc != nil && !s.proc.dead() {
			return true
		}
	}
	return false
}

// wanted tells whether a wish is still to be done. r.mu is held.
func (r *Renderer) wanted(w Request) bool {
	return !r.cache.has(w.canonical()) && r.queue.failure(w) == nil
}

// pick is the job that s should do now, or nil. r.mu is held.
func (r *Renderer) pick(s *slot) *job {
	last := LaneBackground
	switch {
	case r.alone():
		last = LaneCourt
	case r.busyWith(LaneBackground) >= len(r.slots)-1:
		last = LaneView // the last free worker is the court's
	}
	j := r.queue.best(last, r.wanted)
	if j == nil {
		return nil
	}
	// Leave the job to a slot that waits too and suits better.
	mine := s.suits(j.key.req.Source)
	for _, o := range r.slots {
		if o != s && o.waiting && o.suits(j.key.req.Source) > mine {
			return nil
		}
	}
	return j
}

// crowded tells that the workers have no processors to themselves: two of them are each half as fast, and the window that
// draws meanwhile makes them slower still.
func (r *Renderer) crowded() bool { return r.opt.Processors <= len(r.slots) }

// alone tells that a picture is drawn for which somebody waits, beside which nothing else should be begun. r.mu is held.
func (r *Renderer) alone() bool {
	return time.Now().Before(r.rests) || r.crowded() && slices.ContainsFunc(r.slots, func(s *slot) bool {
		return s.job != nil && s.job.lane == LaneCourt && s.job.key.op == protocol.OpRender && time.Since(s.begun) < r.opt.Alone
	})
}

// rest lets a moment pass before something is begun for later. Such wishes come with a picture that was just given to the
// screen: the window system, which has to bring it there, finds the processors free. r.mu is held.
func (r *Renderer) rest() {
	r.rests = time.Now().Add(r.opt.Rest)
	time.AfterFunc(r.opt.Rest, func() {
		r.mu.Lock()
		r.change.Broadcast()
		r.mu.Unlock()
	})
}

// leaveAlone sees to it that a picture that takes long does not keep the others back.
func (r *Renderer) leaveAlone(j *job) {
	if j.lane == LaneCourt && r.crowded() {
		time.AfterFunc(r.opt.Alone, func() {
			r.mu.Lock()
			r.change.Broadcast()
			r.mu.Unlock()
		})
	}
}

// suits tells how well the slot's worker is prepared for a file: 3 it has the file open, 2 it
// reads that folder, 1 it has no folder yet, 0 none is running, -1 it reads another folder, and
// because it does so for life, another worker must be started.
func (s *slot) suits(src Source) int {
	switch {
	case s.proc == nil:
		return 0
	case s.proc.root == "":
		return 1
	case s.proc.root != src.Root:
		return -1
	case slices.Contains(s.proc.recent, src):
		return 3
	}
	return 2
}

func (r *Renderer) busyWith(lane Lane) int {
	n := 0
	for _, s := range r.slots {
		if s.job != nil && s.job.lane == lane {
			n++
		}
	}
	return n
}

// yield tells whether s should throw out its job because the court waits while every slot is at
// work. Only one slot is told so at a time: one worker is enough.
func (s *slot) yield(since time.Duration) bool {
	if since < courtPatience {
		return false
	}
	r := s.r
	r.mu.Lock()
	defer r.mu.Unlock()
	if s.job.lane == LaneCourt || r.yielding {
		return false
	}
	for _, o := range r.slots {
		if o.job == nil {
			return false
		}
	}
	r.yielding = r.queue.best(LaneCourt, r.wanted) != nil
	return r.yielding
}

// work does j and hands out the result.
func (s *slot) work(j *job) {
	for {
		res, again := s.attempt(j)
		switch {
		case again:
			continue
		case errors.Is(res.err, errPreempted) && s.r.putBack(j):
			return
		case errors.Is(res.err, errPreempted):
			res.err = ErrClosed
		}
		var start *startError
		s.r.finish(j, res, !errors.As(res.err, &start))
		return
	}
}

// putBack lets j wait again; false when the renderer closes, and nothing waits any more.
func (r *Renderer) putBack(j *job) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.closed {
		return false
	}
	r.queue.putBack(j)
	r.change.Broadcast()
	return true
}

// attempt tries j once. again tells that the worker was killed by somebody else, and that it is
// worth another worker.
func (s *slot) attempt(j *job) (res result, again bool) {
	r, req := s.r, j.key.req
	if s.proc != nil && s.proc.root != "" && s.proc.root != req.Root {
		s.discard()
	}
	if err := s.ensure(); err != nil {
		if errors.Is(err, ErrClosed) {
			return result{err: err}, false
		}
		return result{err: fileError(req, library.FaultCrashed, err)}, false
	}
	r.mu.Lock()
	s.proc.remember(req.Source)
	passwords := r.keys.of(req.Source)
	r.mu.Unlock()
	wire := &protocol.Request{
		Op: j.key.op, Root: library.EscapePath(req.Root), Path: req.Path, Size: req.Size, ModTime: req.ModTime,
		Kind: req.Kind, Page: req.Page, View: req.View, Turn: req.Turn, Width: req.Max.X, Height: req.Max.Y,
		Wave: req.Wave, Tracks: req.Tracks,
		Passwords: passwords,
	}
	began := time.Now()
	res, end := s.proc.do(wire, limits{
		deadline: r.opt.Deadline, perPixel: r.opt.PerPixel, memory: r.opt.MemoryLimit, closing: r.closing,
		yield: s.yield,
	})
	s.traced(j, began, res.laps)
	if end == nil {
		return res, false
	}
	s.drop()
	switch end.reason {
	case endClosed:
		return result{err: ErrClosed}, false
	case endYield:
		if j.thrown++; j.thrown <= 3 {
			return result{err: errPreempted}, false
		}
		return result{err: req.fail(library.FaultTimeout, end)}, false
	case endKilled:
		if j.kills++; j.kills == 1 {
			return result{}, true
		}
		return result{err: req.fail(library.FaultCrashed, end)}, false
	case endDeadline:
		return result{err: req.fail(library.FaultTimeout, end)}, false
	case endMemory:
		return result{err: req.fail(library.FaultTooLarge, end)}, false
	case endCrashed, endGarbage:
	}
	return result{err: req.fail(library.FaultCrashed, end)}, false
}

// traced writes down where the time of an attempt went.
func (s *slot) traced(j *job, began time.Time, l laps) {
	t := s.r.opt.Trace
	if t == nil {
		return
	}
	t.Took(s.track, fmt.Sprintf("%s, lane %d, %d×%d", j.key.op, j.lane, j.key.req.Max.X, j.key.req.Max.Y), began, time.Since(began))
	if l.answered.IsZero() {
		return // it ended under the request
	}
	t.Took(s.track, "open", l.answered.Add(-l.drawn-l.opened), l.opened)
	t.Took(s.track, "draw", l.answered.Add(-l.drawn), l.drawn)
	t.Took(s.track, "transfer", l.answered, time.Since(l.answered))
}

func fileError(req Request, code library.FaultCode, err error) *Error {
	e := req.fail(code, err)
	e.Page = -1
	return e
}

// ensure gives the slot a live worker.
func (s *slot) ensure() error {
	r := s.r
	if s.proc != nil && !s.proc.dead() {
		return nil
	}
	for {
		r.mu.Lock()
		closed, err := r.closed, r.starts.err()
		r.mu.Unlock()
		if closed {
			return ErrClosed
		}
		if err != nil {
			return err
		}
		p, err := startProcess(r.opt.Command, r.closing, func() {
			r.mu.Lock()
			r.change.Broadcast()
			r.mu.Unlock()
		})
		if errors.Is(err, ErrClosed) {
			return err
		}
		r.mu.Lock()
		if err == nil {
			s.proc = p
			if r.urgent {
				p.setUrgent(true)
			}
			r.starts = backoff{}
			r.mu.Unlock()
			return nil
		}
		pause := r.starts.failed(err)
		r.mu.Unlock()
		if pause == 0 {
			continue // the next round reports it
		}
		select {
		case <-time.After(pause):
		case <-r.closing:
			return ErrClosed
		}
	}
}

// drop forgets a worker that is gone.
func (s *slot) drop() {
	s.r.mu.Lock()
	defer s.r.mu.Unlock()
	s.proc = nil
	s.r.restarts++
}

// discard ends the slot's worker, which is healthy and has nothing to do.
func (s *slot) discard() {
	if s.proc == nil {
		return
	}
	s.proc.end()
	s.r.mu.Lock()
	s.proc = nil
	s.r.mu.Unlock()
}

// backoff keeps a worker that can't start from being started without pause: a few tries with
// growing pauses, then an error at once until the last failure is a while ago.
type backoff struct {
	count int
	last  time.Time
	cause error
}

const (
	startTries = 3
	startRest  = 2 * time.Second
)

// failed notes a failure and returns how long to wait before the next try, 0 when there is none.
func (b *backoff) failed(err error) time.Duration {
	b.count++
	b.last, b.cause = time.Now(), err
	if b.count >= startTries {
		return 0
	}
	return 50 * time.Millisecond << b.count
}

// err is why no worker should be started now.
func (b *backoff) err() error {
	if b.count >= startTries && time.Since(b.last) < startRest {
		return &startError{b.cause}
	}
	return nil
}

// startError means that no worker can be started; it is nobody's file's fault.
type startError struct{ err error }

func (e *startError) Error() string { return fmt.Sprintf("start render worker: %v", e.err) }
func (e *startError) Unwrap() error { return e.err }
