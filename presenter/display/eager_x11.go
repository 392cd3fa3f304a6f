//go:build linux && (x11 || !wayland)

package display

import (
	"errors"
	"unsafe"

	"github.com/go-gl/glfw/v3.4/glfw"
	"golang.org/x/sys/unix"
)

func pollGLFW() { glfw.PollEvents() }

// eagerWait waits on the socket by which the X server speaks to GLFW. Its number is the third
// field of Xlib's Display, after two pointers, where Xlib's public macro ConnectionNumber reads it
// in every program ever built; asking here in the same way spares a file of C.
func eagerWait() func(stop <-chan struct{}) bool {
	if glfw.GetPlatform() != glfw.PlatformX11 {
		return nil
	}
	display := unsafe.Pointer(glfw.GetX11Display())
	if display == nil {
		return nil
	}
	fd := *(*int32)(unsafe.Add(display, 2*unsafe.Sizeof(uintptr(0))))
	return func(stop <-chan struct{}) bool {
		for {
			select {
			case <-stop:
				return false
			default:
			}
			fds := []unix.PollFd{{Fd: fd, Events: unix.POLLIN}}
			n, err := unix.Poll(fds, 100) // so often is stop looked at
			switch {
			case errors.Is(err, unix.EINTR):
			case err != nil || fds[0].Revents&(unix.POLLNVAL|unix.POLLERR|unix.POLLHUP) != 0:
				return false
			case n > 0:
				return true
			}
		}
	}
}
