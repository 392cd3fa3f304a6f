//go:build !(linux && (x11 || !wayland))

package display

import (
	"sync"
	"time"
)

// newEvents cannot be told of events on another thread here, so it looks 250 times a second.
func newEvents() *events {
	const often = 4 * time.Millisecond
	stop := make(chan struct{})
	var once sync.Once
	return &events{
		wait: func() bool {
			select {
			case <-stop:
				return false
			case <-time.After(often):
				return true
			}
		},
		wake: func() { once.Do(func() { close(stop) }) },
		free: func() {},
	}
}
