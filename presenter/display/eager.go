package display

import (
	"sync/atomic"

	"github.com/go-gl/glfw/v3.4/glfw"
)

// Eager makes keys and clicks arrive as soon as the system has them. Fyne polls for them sixty
// times a second, so each waits 8 ms on average and 16 at worst before anyone knows of it: a third
// of the way from the key to the court's picture.
//
// post reaches the UI goroutine (fyne.Do). Call Eager and stop on the UI goroutine, and stop
// before the application quits. At most one post is pending at any time, and where nothing
// happens nothing is posted, except on systems where one thread cannot wait for another's events
// (Windows, macOS): there it is 250 times a second, so have it on during a trial only.
func Eager(post func(func())) (stop func()) {
	e := &eager{post: post, events: newEvents(), stop: make(chan struct{}), ended: make(chan struct{})}
	if e.events == nil {
		return func() {}
	}
	go e.run()
	return e.end
}

// events is how the system is waited for.
type events struct {
	wait func() bool // true: there may be something; false: no more
	wake func()      // makes wait return false; called once
	free func()      // called once, after the last wait
}

type eager struct {
	post    func(func())
	events  *events
	stopped atomic.Bool
	stop    chan struct{}
	ended   chan struct{}
}

func (e *eager) end() {
	if e.stopped.CompareAndSwap(false, true) {
		close(e.stop)
		e.events.wake()
		<-e.ended
		e.events.free()
	}
}

func (e *eager) run() {
	defer close(e.ended)
	done := make(chan struct{}, 1)
	for e.events.wait() {
		e.post(func() {
			// Posted functions run between Fyne's own polls, never inside one of GLFW's
			// callbacks, where polling is forbidden.
			if !e.stopped.Load() {
				poll()
			}
			done <- struct{}{}
		})
		select {
		case <-done:
		case <-e.stop:
			return
		}
	}
}

func poll() {
	var err error
	defer rescue(&err)
	glfw.PollEvents()
}
