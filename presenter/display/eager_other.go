//go:build !(linux && (x11 || !wayland))

package display

import (
	"time"

	"github.com/go-gl/glfw/v3.4/glfw"
)

func pollGLFW() { glfw.PollEvents() }

// eagerWait cannot be told of events by another thread here, so it looks 250 times a second.
func eagerWait() func(stop <-chan struct{}) bool {
	const often = 4 * time.Millisecond
	return func(stop <-chan struct{}) bool {
		select {
		case <-stop:
			return false
		case <-time.After(often):
			return true
		}
	}
}
