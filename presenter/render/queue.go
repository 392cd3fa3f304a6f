package render

import (
	"slices"
	"time"

	"butluc/library"
	"butluc/presenter/render/protocol"
)

// job is one piece of work, by its key: for waiting callers, for a wish, or for both.
type job struct {
	key jobKey
	demand
	wish    *Request // as it was wished, when a wish started it
	waiters []chan result
	kills   int // times that a worker was killed under it by somebody else
	thrown  int // times that it was thrown out for the court
}

// demand is how a caller wants work done; of several callers, the most wanted.
type demand struct {
	lane Lane
	keep bool // the picture, in the cache; what was wished is kept anyway
}

func (e *demand) add(o demand) {
	e.lane, e.keep = min(e.lane, o.lane), e.keep || o.keep
}

type jobKey struct {
	op  protocol.Op
	req Request // canonical; Inspect, Text and Lines leave what they don't need zero
}

type result struct {
	pic   *Picture
	facts Facts
	text  string
	lines []library.Line

	pictured float64
	time     int
	laps     laps
	err      error
}

// laps are where the time of a request went.
type laps struct {
	opened, drawn time.Duration // of the worker
	answered      time.Time     // the header was read; the pixels follow
}

// queue is what is wanted and what is in work. The Renderer's lock guards it.
type queue struct {
	wishes  [lanes][]Request // as wished, most wanted first
	calls   []*job           // blocking calls that wait for a worker, oldest first
	running map[jobKey]*job
	failed  map[failKey]error
}

// failKey tells what is not tried again: a page in every size, the sound of a recording, or (Page -1) a whole file.
type failKey struct {
	src  Source
	page int
	wave bool
}

func newQueue() *queue {
	return &queue{running: map[jobKey]*job{}, failed: map[failKey]error{}}
}

func renderKey(req Request) jobKey { return jobKey{protocol.OpRender, req.canonical()} }

// failure is why req is not tried, or nil.
func (q *queue) failure(req Request) error {
	if err := q.failed[failKey{req.Source, -1, false}]; err != nil {
		return err
	}
	return q.failed[failKey{req.Source, req.Page, req.Wave}]
}

// join adds a waiter to the work under key: to what is running or waits already, or to a new job.
func (q *queue) join(key jobKey, e demand, ch chan result) {
	if j := q.running[key]; j != nil {
		j.waiters = append(j.waiters, ch)
		j.add(e)
		return
	}
	for _, j := range q.calls {
		if j.key == key {
			j.waiters = append(j.waiters, ch)
			j.add(e)
			return
		}
	}
	q.calls = append(q.calls, &job{key: key, demand: e, waiters: []chan result{ch}})
}

// leave takes a waiter away whose context ended. A call that nobody waits for any more is not begun.
func (q *queue) leave(key jobKey, ch chan result) {
	gone := func(c chan result) bool { return c == ch }
	if j := q.running[key]; j != nil {
		j.waiters = slices.DeleteFunc(j.waiters, gone)
	}
	q.calls = slices.DeleteFunc(q.calls, func(j *job) bool {
		if j.key != key {
			return false
		}
		j.waiters = slices.DeleteFunc(j.waiters, gone)
		return len(j.waiters) == 0
	})
}

// best is the most wanted work in the lanes up to last that nobody does yet, or nil. It does not
// take it. wanted tells whether a wish is still to be done.
func (q *queue) best(last Lane, wanted func(Request) bool) *job {
	for lane := LaneCourt; lane <= last; lane++ {
		for _, j := range q.calls {
			if j.lane == lane && q.running[j.key] == nil {
				return j
			}
		}
		for _, w := range q.wishes[lane] {
			if key := renderKey(w); q.running[key] == nil && wanted(w) {
				return &job{key: key, demand: demand{lane: lane}, wish: &w}
			}
		}
	}
	return nil
}

// take marks j as running; callers of the same thing who wait in the queue come along.
func (q *queue) take(j *job) {
	q.calls = slices.DeleteFunc(q.calls, func(c *job) bool {
		if c == j {
			return true
		}
		if c.key != j.key {
			return false
		}
		j.waiters = append(j.waiters, c.waiters...)
		j.add(c.demand)
		return true
	})
	q.running[j.key] = j
}

// finish takes j out of work and its wishes out of the lanes, and returns those wishes as they
// were spelled. What was done once is not begun again before it is wished again, even when the
// cache has dropped it meanwhile: more wishes than the cache can hold must not turn in a circle.
func (q *queue) finish(j *job) (wished []Request) {
	delete(q.running, j.key)
	if j.key.op != protocol.OpRender {
		return nil
	}
	if j.wish != nil {
		wished = append(wished, *j.wish)
	}
	for lane := range q.wishes {
		q.wishes[lane] = slices.DeleteFunc(q.wishes[lane], func(w Request) bool {
			if w.canonical() != j.key.req {
				return false
			}
			if !slices.Contains(wished, w) {
				wished = append(wished, w)
			}
			return true
		})
	}
	return wished
}

// putBack returns a job that was thrown out: callers wait again, wishes are still in their lanes.
func (q *queue) putBack(j *job) {
	delete(q.running, j.key)
	if len(j.waiters) > 0 {
		q.calls = append([]*job{j}, q.calls...)
	}
}

// giveUp takes the wishes out of the lanes that have a remembered failure now, and returns them.
func (q *queue) giveUp(src Source) (given []Request) {
	for lane := range q.wishes {
		q.wishes[lane] = slices.DeleteFunc(q.wishes[lane], func(w Request) bool {
			if w.Source != src || q.failure(w) == nil || q.running[renderKey(w)] != nil {
				return false
			}
			given = append(given, w)
			return true
		})
	}
	return given
}

func (q *queue) length() int {
	n := len(q.calls)
	for _, l := range q.wishes {
		n += len(l)
	}
	return n
}
