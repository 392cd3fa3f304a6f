//go:build linux && (x11 || !wayland)

package display

import (
	"errors"
	"unsafe"

	"github.com/go-gl/glfw/v3.4/glfw"
	"golang.org/x/sys/unix"
)

// newEvents waits on the socket by which the X server speaks to GLFW.
func newEvents() *events {
	fd, ok := glfwSocket()
	if !ok {
		return nil
	}
	var pipe [2]int // its closing wakes the waiter
	if err := unix.Pipe2(pipe[:], unix.O_CLOEXEC); err != nil {
		return nil
	}
	return &events{
		wait: func() bool { return readable(fd, int32(pipe[0])) },
		wake: func() { _ = unix.Close(pipe[1]) },
		free: func() { _ = unix.Close(pipe[0]) },
	}
}

// glfwSocket is the socket's number. It is the third field of Xlib's Display, after two pointers,
// where Xlib's public macro ConnectionNumber reads it in every program ever built; asking here in
// the same way spares a file of C.
func glfwSocket() (int32, bool) {
	if glfw.GetPlatform() != glfw.PlatformX11 {
		return 0, false
	}
	display := unsafe.Pointer(glfw.GetX11Display())
	if display == nil {
		return 0, false
	}
	return *(*int32)(unsafe.Add(display, 2*unsafe.Sizeof(uintptr(0)))), true
}

// readable waits until fd has something to read: false when stop was closed or fd is broken.
func readable(fd, stop int32) bool {
	for {
		fds := []unix.PollFd{{Fd: fd, Events: unix.POLLIN}, {Fd: stop, Events: unix.POLLIN}}
		_, err := unix.Poll(fds, -1)
		switch {
		case errors.Is(err, unix.EINTR):
		case err != nil || fds[1].Revents != 0:
			return false
		default:
			return fds[0].Revents&unix.POLLIN != 0
		}
	}
}
