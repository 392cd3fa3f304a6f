//go:build (linux || freebsd || netbsd || openbsd) && (x11 || !wayland)

package display

import "github.com/go-gl/glfw/v3.4/glfw"

// nativeHandle is the X11 window, 0 under Wayland, where nobody may ask about places.
func nativeHandle(w *glfw.Window) uintptr {
	if glfw.GetPlatform() != glfw.PlatformX11 {
		return 0
	}
	return uintptr(w.GetX11Window())
}
