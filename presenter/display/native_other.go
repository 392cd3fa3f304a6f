//go:build !windows && !((linux || freebsd || netbsd || openbsd) && (x11 || !wayland))

package display

import "github.com/go-gl/glfw/v3.4/glfw"

// nativeHandle is 0: the system cannot be asked about windows here.
func nativeHandle(*glfw.Window) uintptr { return 0 }
