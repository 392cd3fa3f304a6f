package display

import (
	"fmt"

	"github.com/go-gl/gl/v2.1/gl"
	"github.com/go-gl/glfw/v3.4/glfw"

	"butluc/presenter/display/internal/system"
)

// Describe asks the system alone which screens there are, so that it works where no window system
// was initialised. It may be called from anywhere.
func Describe() (Layout, error) {
	d, err := system.Open()
	if err != nil {
		return Layout{}, fmt.Errorf("ask the system about screens: %w", err)
	}
	defer d.Close()
	return d.Layout()
}

// GL names the OpenGL that a court window would draw with. It starts and ends GLFW, so it is for a
// process without a window, on its main goroutine.
func GL() (name string, err error) {
	defer rescue(&err)
	if err := glfw.Init(); err != nil {
		return "", fmt.Errorf("start GLFW: %w", err)
	}
	defer glfw.Terminate()
	glfw.WindowHint(glfw.Visible, glfw.False)
	glfw.WindowHint(glfw.ContextVersionMajor, 2)
	glfw.WindowHint(glfw.ContextVersionMinor, 1)
	w, err := glfw.CreateWindow(64, 64, "", nil, nil)
	if err != nil {
		return "", fmt.Errorf("make an OpenGL 2.1 window: %w", err)
	}
	defer w.Destroy()
	w.MakeContextCurrent()
	defer glfw.DetachCurrentContext()
	if err := gl.Init(); err != nil {
		return "", fmt.Errorf("load OpenGL: %w", err)
	}
	return gl.GoStr(gl.GetString(gl.VERSION)) + ", " + gl.GoStr(gl.GetString(gl.RENDERER)), nil
}
