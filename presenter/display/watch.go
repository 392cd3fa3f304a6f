package display

import (
	"errors"
	"sync"
	"sync/atomic"
	"time"

	"github.com/go-gl/glfw/v3.4/glfw"

	"butluc/presenter/display/internal/system"
)

// Watcher notices when screens come, go, move, are mirrored or change their mode.
//
// GLFW tells of plug and unplug only, and only while its events are polled; so a goroutine of the
// Watcher's own listens to the system, and asks it once a second in any case.
type Watcher struct {
	post    func(func())
	changed func(Layout)
	before  glfw.MonitorCallback

	pending atomic.Bool // a delivery waits on the UI goroutine
	stop    chan struct{}
	ended   chan struct{}

	mu    sync.Mutex
	court *Court

	// UI goroutine only.
	told    Layout
	stopped bool
}

// Watch starts watching. changed is called on the UI goroutine, which post reaches (fyne.Do),
// with the layout that there is at first and then after every change; there is never more than
// one post pending. Call on the UI goroutine, Stop there too before the application quits.
func Watch(post func(func()), changed func(Layout)) *Watcher {
	w := &Watcher{
		post: post, changed: changed,
		stop: make(chan struct{}), ended: make(chan struct{}),
	}
	w.before = glfw.SetMonitorCallback(func(*glfw.Monitor, glfw.PeripheralEvent) {
		w.checkCourt() // before anything is posted
		w.wake()
	})
	go w.run()
	return w
}

// Stop ends watching. After it has returned nothing is posted and changed is not called.
func (w *Watcher) Stop() {
	if w.stopped {
		return
	}
	w.stopped = true
	close(w.stop)
	<-w.ended
	glfw.SetMonitorCallback(w.before)
}

// wake asks for a delivery on the UI goroutine, unless one is already on its way.
func (w *Watcher) wake() {
	select {
	case <-w.stop:
		return
	default:
	}
	if w.pending.CompareAndSwap(false, true) {
		w.post(w.deliver)
	}
}

func (w *Watcher) deliver() {
	w.pending.Store(false)
	if w.stopped {
		return
	}
	w.checkCourt()
	l, err := Now()
	if err != nil || l.Equal(w.told) || w.stopped {
		return
	}
	w.told = l
	w.changed(l)
}

func (w *Watcher) checkCourt() {
	w.mu.Lock()
	c := w.court
	w.mu.Unlock()
	if c != nil {
		c.check()
	}
}

func (w *Watcher) guard(c *Court) {
	w.mu.Lock()
	w.court = c
	w.mu.Unlock()
}

const tick = time.Second

func (w *Watcher) run() {
	defer close(w.ended)
	for {
		d, err := system.Open()
		if err != nil {
			if !w.tickWithout() {
				return
			}
			continue
		}
		again := w.listen(d)
		d.Close()
		if !again {
			return
		}
	}
}

// tickWithout passes a tick where the system cannot be asked: the UI goroutine asks GLFW.
func (w *Watcher) tickWithout() (again bool) {
	w.wake()
	select {
	case <-w.stop:
		return false
	case <-time.After(tick):
		return true
	}
}

// listen works until stopped (false) or until the line dies (true).
func (w *Watcher) listen(d *system.Desktop) (again bool) {
	var followed *Court
	for {
		w.mu.Lock()
		c := w.court
		w.mu.Unlock()
		if c != nil && c != followed {
			if err := d.Follow(c.pane.handle); err == nil || errors.Is(err, system.ErrUnsupported) {
				followed = c
			}
		}
		if c != nil {
			c.checkFrom(d)
		}
		w.wake()
		if !d.Wait(tick, w.stop) {
			return w.tickWithout()
		}
		select {
		case <-w.stop:
			return false
		default:
		}
	}
}
