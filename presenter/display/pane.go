package display

import (
	"errors"
	"fmt"
	"image"
	"slices"
	"strings"

	"github.com/go-gl/gl/v2.1/gl"
	"github.com/go-gl/glfw/v3.4/glfw"

	"butluc/library/trace"
	"butluc/presenter/display/internal/system"
)

// ErrFrameSize says that a frame has not exactly the window's pixels; it is refused, for a
// stretched page is not the page.
var ErrFrameSize = errors.New("frame size differs from the window's")

// errDestroyed says that the window is gone for good.
var errDestroyed = errors.New("the window was destroyed")

// pane is a bare window with one picture of exactly its size: what Court and the digits of
// Identify have in common. UI goroutine only.
type pane struct {
	win     *glfw.Window    // nil after destroy
	handle  uintptr         // the system's, 0 where it cannot be asked about windows
	desktop *system.Desktop // a line of its own to the system, or nil

	// Of the picture's texture only inner and one texel more around it are uploaded: all around
	// inner is ground.
	picture texture
	inner   image.Rectangle
	ground  [4]byte

	// What lies over the picture for a moment. It ends with the next frame and with black.
	moved  []Part
	over   Overlay
	layer  texture
	loaded *image.RGBA // what layer holds; kept, lest another image get its address

	trace *trace.Trace // nil: nothing is

	keeps bool        // a swap leaves the back buffer as it was
	back  image.Point // its size while it holds the picture as it is shown, else zero
}

// openPane makes a hidden window that will cover x, y, w, h of the desktop.
func openPane(title string, x, y, w, h int) (p *pane, err error) {
	p, err = newPane(title, w, h, map[glfw.Hint]int{
		glfw.Decorated: glfw.False,
		glfw.Floating:  glfw.True,
		glfw.PositionX: x,
		glfw.PositionY: y,
	})
	if err != nil {
		return nil, err
	}
	if p.handle != 0 {
		// Without a line to the system the window is an ordinary one, and GLFW is asked instead.
		p.desktop, _ = system.Open()
	}
	if p.desktop != nil {
		if err := p.desktop.Unmanage(p.handle); err != nil && !errors.Is(err, system.ErrUnsupported) {
			p.destroy()
			return nil, err
		}
	}
	return p, nil
}

// newPane makes a hidden window that draws one picture. hints are its own beside those of every pane.
func newPane(title string, w, h int, hints map[glfw.Hint]int) (p *pane, err error) {
	defer rescue(&err)
	glfw.DefaultWindowHints()
	defer glfw.DefaultWindowHints()
	for hint, value := range map[glfw.Hint]int{
		glfw.ContextVersionMajor: 2,
		glfw.ContextVersionMinor: 1,
		glfw.Visible:             glfw.False,
		glfw.Focused:             glfw.False,
		glfw.FocusOnShow:         glfw.False,
		glfw.AutoIconify:         glfw.False,
		glfw.DepthBits:           0,
		glfw.StencilBits:         0,
		glfw.AlphaBits:           0,
		glfw.DoubleBuffer:        glfw.True,
	} {
		glfw.WindowHint(hint, value)
	}
	for hint, value := range hints {
		glfw.WindowHint(hint, value)
	}
	win, err := glfw.CreateWindow(w, h, title, nil, nil)
	if err == nil && win == nil {
		err = errors.New("OpenGL 2.1 is not to be had")
	}
	if err != nil {
		return nil, fmt.Errorf("create window: %w", err)
	}
	p = &pane{win: win, handle: nativeHandle(win)}
	win.SetInputMode(glfw.CursorMode, glfw.CursorHidden)
	win.SetCloseCallback(func(w *glfw.Window) { w.SetShouldClose(false) })
	win.SetRefreshCallback(func(*glfw.Window) { _ = p.draw(true) })
	if err := p.initGL(); err != nil {
		p.destroy()
		return nil, err
	}
	return p, nil
}

func (p *pane) initGL() (err error) {
	defer rescue(&err)
	defer p.current()()
	glfw.SwapInterval(0)
	if err := gl.Init(); err != nil {
		return fmt.Errorf("start OpenGL: %w", err)
	}
	p.picture, p.layer = newTexture(), newTexture()
	gl.TexEnvi(gl.TEXTURE_ENV, gl.TEXTURE_ENV_MODE, gl.REPLACE)
	gl.Disable(gl.DITHER)
	if strings.Contains(gl.GoStr(gl.GetString(gl.RENDERER)), "llvmpipe") { // no graphics card
		p.picture.copied()
		p.keeps = p.keepsBack()
	}
	gl.Enable(gl.SCISSOR_TEST)
	return glError("prepare the window")
}

// keepsBack reports whether a swap leaves the back buffer as it was, so that a pointer can be moved
// without the whole window being drawn again. OpenGL promises no such thing, and a graphics card may
// do it at one swap and not at the next. Software GL always copies.
func (p *pane) keepsBack() bool {
	for shade := byte(1); shade <= 3; shade++ {
		gl.ClearColor(float32(shade)/255, 0, 0, 1)
		gl.Clear(gl.COLOR_BUFFER_BIT)
		p.win.SwapBuffers()
		var pixel [4]byte
		gl.ReadPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, gl.Ptr(&pixel[0]))
		if pixel[0] != shade {
			return false
		}
	}
	return true
}

// current makes p's context current; the function it returns puts the one before it back: Fyne
// may be in the middle of drawing with its own.
func (p *pane) current() (back func()) {
	before := glfw.GetCurrentContext()
	p.win.MakeContextCurrent()
	return func() {
		if before != nil {
			before.MakeContextCurrent()
			return
		}
		glfw.DetachCurrentContext()
	}
}

// size is the window's size in pixels of its framebuffer.
func (p *pane) size() (w, h int) {
	if p.win == nil {
		return 0, 0
	}
	return p.win.GetFramebufferSize()
}

// show uploads a frame and draws it.
func (p *pane) show(frame *image.RGBA) (err error) {
	defer rescue(&err)
	if p.win == nil {
		return errDestroyed
	}
	whole := image.Rectangle{Max: image.Pt(p.size())}
	if frame == nil || frame.Rect.Size() != whole.Max || whole.Empty() {
		return ErrFrameSize
	}
	p.moved, p.over = nil, Overlay{}
	defer p.current()()
	uploaded := p.trace.Begin(trace.Window, "upload")
	p.inner, p.ground = trim(frame)
	p.picture.fill(frame, p.inner.Inset(-1).Intersect(whole))
	if err := glError("upload the frame"); err != nil {
		p.picture.size = image.Point{}
		return err
	}
	uploaded()
	return p.paint(true, whole.Max, whole)
}

// draw shows again what was shown last, or black.
func (p *pane) draw(picture bool) error {
	p.back = image.Point{}
	return p.redraw(picture, image.Rectangle{})
}

// redraw does it when nothing outside part has changed since.
func (p *pane) redraw(picture bool, part image.Rectangle) (err error) {
	defer rescue(&err)
	if p.win == nil {
		return errDestroyed
	}
	whole := image.Rectangle{Max: image.Pt(p.size())}
	picture = picture && !whole.Empty() && p.picture.size == whole.Max
	if !picture {
		p.moved, p.over = nil, Overlay{}
	}
	if !picture || p.back != whole.Max {
		part = whole
	}
	defer p.current()()
	return p.paint(picture, whole.Max, part.Intersect(whole))
}

// paint draws a part of the window, which has the size view, into the current context and swaps.
func (p *pane) paint(picture bool, view image.Point, part image.Rectangle) error {
	gl.Viewport(0, 0, int32(view.X), int32(view.Y))
	scissor(view, part)
	p.back = image.Point{}
	if picture {
		p.paintPicture(view, part)
		for _, moved := range p.moved {
			p.paintMoved(moved, view, part)
		}
		p.paintOver(view, part)
	} else {
		gl.ClearColor(0, 0, 0, 1)
		gl.Clear(gl.COLOR_BUFFER_BIT)
	}
	swapped := p.trace.Begin(trace.Window, "swap")
	p.win.SwapBuffers()
	swapped()
	if err := glError("draw"); err != nil {
		return err
	}
	if picture && p.keeps {
		p.back = view
	}
	return nil
}

// scissor confines what is drawn to a part of the window.
func scissor(view image.Point, part image.Rectangle) {
	gl.Scissor(int32(part.Min.X), int32(view.Y-part.Max.Y), int32(part.Dx()), int32(part.Dy()))
}

// paintPicture puts each texel in a part of the window on its own pixel: texture and window have the same size.
func (p *pane) paintPicture(view image.Point, part image.Rectangle) {
	whole := image.Rectangle{Max: view}
	if slices.ContainsFunc(p.moved, func(m Part) bool { return whole.In(m.Clip) }) {
		return // nothing of it would be seen
	}
	if p.inner != whole {
		gl.ClearColor(float32(p.ground[0])/255, float32(p.ground[1])/255, float32(p.ground[2])/255, 1)
		gl.Clear(gl.COLOR_BUFFER_BIT)
	}
	p.picture.put(p.inner.Intersect(part))
}

// put places the window, whether shown or not.
func (p *pane) put(x, y, w, h int) (err error) {
	defer rescue(&err)
	if p.win == nil {
		return errDestroyed
	}
	p.win.SetSize(w, h)
	p.win.SetPos(x, y)
	return nil
}

// fullScreen is for systems on which a window cannot be placed, but given to a monitor.
func (p *pane) fullScreen(s Screen) (err error) {
	defer rescue(&err)
	if p.win == nil {
		return errDestroyed
	}
	m := monitorAt(s)
	if m == nil {
		return errors.New("that screen is gone")
	}
	p.win.SetMonitor(m, 0, 0, s.W, s.H, s.Refresh)
	p.win.Show()
	return nil
}

func (p *pane) appear() (err error) {
	defer rescue(&err)
	if p.win == nil {
		return errDestroyed
	}
	p.win.Show()
	return nil
}

func (p *pane) hide() {
	var err error
	defer rescue(&err)
	if p.win != nil {
		p.win.Hide()
	}
}

// place asks the system where the window is.
func (p *pane) place() (place system.Place, err error) {
	defer rescue(&err)
	if p.win == nil {
		return place, errDestroyed
	}
	if p.desktop != nil && p.handle != 0 {
		if place, err = p.desktop.Window(p.handle); err == nil {
			return place, nil
		}
		if !p.desktop.Alive() {
			p.desktop.Close()
			p.desktop, _ = system.Open()
		}
	}
	place.X, place.Y = p.win.GetPos()
	place.W, place.H = p.win.GetSize()
	place.Visible = p.win.GetAttrib(glfw.Visible) == glfw.True
	return place, nil
}

// destroy may be called twice.
func (p *pane) destroy() {
	var err error
	defer rescue(&err)
	if p.win == nil {
		return
	}
	win := p.win
	p.win = nil
	if p.desktop != nil {
		p.desktop.Close()
	}
	win.Destroy()
}

// glError is the first error that OpenGL noted; a lost context reports one for ever, so it is not
// asked in a loop without end.
func glError(doing string) error {
	code := gl.GetError()
	if code == gl.NO_ERROR {
		return nil
	}
	for range 8 {
		if gl.GetError() == gl.NO_ERROR {
			break
		}
	}
	return fmt.Errorf("%s: OpenGL error %#x", doing, code)
}

// rescue turns GLFW's panics (its Go binding has no other way to report) into errors.
func rescue(err *error) {
	switch r := recover().(type) {
	case nil:
	case *glfw.Error:
		*err = fmt.Errorf("GLFW: %w", r)
	default:
		panic(r)
	}
}
