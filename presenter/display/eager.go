package display

import (
	"sync/atomic"
)

// Eager makes keys and clicks arrive as soon as the system has them. Fyne polls for them sixty
// times a second, so each waits 8 ms on average and 16 at worst before anyone knows of it; while a
// trial runs, that is a third of the way from the key to the court's picture.
//
// post reaches the UI goroutine (fyne.Do). Call Eager and stop on the UI goroutine, stop before
// the application quits. At most one post is pending at any time; where nothing happens, nothing
// is posted.
func Eager(post func(func())) (stop func()) {
	e := &eager{post: post, stop: make(chan struct{}), ended: make(chan struct{})}
	wait := eagerWait()
	if wait == nil {
		return func() {}
	}
	go e.run(wait)
	return func() {
		if e.stopped.CompareAndSwap(false, true) {
			close(e.stop)
			<-e.ended
		}
	}
}

type eager struct {
	post    func(func())
	stopped atomic.Bool
	stop    chan struct{}
	ended   chan struct{}
}

// run posts a poll whenever wait says that the system may have something for us.
func (e *eager) run(wait func(stop <-chan struct{}) (again bool)) {
	defer close(e.ended)
	done := make(chan struct{}, 1)
	for wait(e.stop) {
		e.post(func() {
			// Posted functions run between Fyne's own polls, never inside a callback of
			// GLFW's, which is where polling would be forbidden.
			if !e.stopped.Load() {
				pollEvents()
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

func pollEvents() {
	var err error
	defer rescue(&err)
	pollGLFW()
}
