package display

import (
	"unsafe"

	"github.com/go-gl/glfw/v3.4/glfw"
)

// nativeHandle is the HWND.
func nativeHandle(w *glfw.Window) uintptr {
	return uintptr(unsafe.Pointer(w.GetWin32Window()))
}
