package projector

import (
	"image"
	"slices"
	"sync"
	"time"

	"butluc/library/trace"
	"butluc/presenter/clip"
	"butluc/presenter/render"
)

// compositor composes frames on a goroutine of its own, the most wanted first, and keeps what arrived for the owner's.
type compositor struct {
	cached func(render.Request) (*render.Picture, bool)
	trace  *trace.Trace
	arrive func() // has the owner's goroutine take in what arrived

	mu      sync.Mutex // guards what follows
	size    image.Point
	wanted  []Plan // most wanted first, without a frame yet
	arrived []Frame
	heard   []clip.Report
	posted  bool
	closed  bool

	wake chan struct{}
	done sync.WaitGroup
}

func (c *compositor) open(cached func(render.Request) (*render.Picture, bool), arrive func()) {
	c.cached, c.arrive, c.size, c.wake = cached, arrive, DefaultSize, make(chan struct{}, 1)
	c.done.Go(c.compose)
}

// Done takes the outcome of a wished request; the renderer calls it from any goroutine.
func (c *compositor) Done(request render.Request, _ *render.Picture, err error) {
	if err == nil {
		c.signal()
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	waiting := c.wanted[:0:0]
	for _, plan := range c.wanted {
		if slices.Contains(plan.requests(), request) {
			c.deliver(Frame{Shot: plan.shot, Err: err})
		} else {
			waiting = append(waiting, plan)
		}
	}
	c.wanted = waiting
}

// deliver hands a frame to the owner's goroutine, with at most one post pending. c.mu is held.
func (c *compositor) deliver(f Frame) {
	c.arrived = append(c.arrived, f)
	c.post()
}

// post has the owner's goroutine take in what arrived. c.mu is held.
func (c *compositor) post() {
	if c.posted || c.closed {
		return
	}
	c.posted = true
	c.arrive()
}

func (c *compositor) signal() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return
	}
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// compose makes the most wanted frame whose page picture is there, until none is, and then waits.
func (c *compositor) compose() {
	for range c.wake {
		for c.composeOne() {
		}
	}
}

// composeOne makes the most wanted frame that can be made, and tells false where there is none.
func (c *compositor) composeOne() bool {
	c.mu.Lock()
	wanted := slices.Clone(c.wanted)
	c.mu.Unlock()
	for _, plan := range wanted {
		began := time.Now()
		frame, ok := plan.frame(c.cached)
		if !ok {
			continue
		}
		c.trace.Took(trace.Frames, "compose", began, time.Since(began))
		c.mu.Lock()
		c.wanted = slices.DeleteFunc(c.wanted, func(other Plan) bool { return other == plan })
		c.deliver(frame)
		c.mu.Unlock()
		return true
	}
	return false
}
