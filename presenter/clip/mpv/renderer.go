package mpv

import (
	"fmt"
	"image"
	"runtime"
	"unsafe"
)

// Renderer draws a core's pictures into memory. Close it before its core.
type Renderer struct {
	handle uintptr
	player *Player
}

// The parameters of render.h.
const (
	paramEnd       = 0
	paramAPI       = 1
	paramBlock     = 12 // whether to wait for the time at which the frame is due
	paramSWSize    = 17
	paramSWFormat  = 18
	paramSWStride  = 19
	paramSWPointer = 20

	updateFrame = 1
)

type param struct {
	kind int32
	data unsafe.Pointer
}

// NewRenderer makes the renderer of a core whose option vo is "libmpv". What it wants to say comes by the core's News.
func NewRenderer(p *Player) (*Renderer, error) {
	var pinner runtime.Pinner
	defer pinner.Unpin()
	api := unsafe.StringData("sw\x00")
	params := &[2]param{{paramAPI, unsafe.Pointer(api)}, {kind: paramEnd}}
	pinner.Pin(params)
	pinner.Pin(api)
	r := &Renderer{player: p}
	if err := check(renderCreate(&r.handle, p.handle, unsafe.Pointer(params))); err != nil {
		return nil, fmt.Errorf("make a renderer: %w", err)
	}
	renderNotify(r.handle, wakeup, p.id)
	return r, nil
}

// Close lets go. Calling it twice is harmless.
func (r *Renderer) Close() {
	if r.handle != 0 {
		renderFree(r.handle)
		r.handle = 0
	}
}

// Due tells whether there is a frame that was not drawn yet.
func (r *Renderer) Due() bool { return renderUpdate(r.handle)&updateFrame != 0 }

// Draw draws the present frame over all of dst, stretched, opaque, without waiting until it is due.
func (r *Renderer) Draw(dst *image.RGBA) error {
	w, h := dst.Rect.Dx(), dst.Rect.Dy()
	if w < 1 || h < 1 {
		return fmt.Errorf("draw a frame: no room: %d×%d pixels", w, h)
	}
	var pinner runtime.Pinner
	defer pinner.Unpin()
	size, stride, block := &[2]int32{int32(w), int32(h)}, new(uintptr), new(int32)
	*stride = uintptr(dst.Stride)
	format := unsafe.StringData("rgb0\x00")
	params := &[6]param{
		{paramSWSize, unsafe.Pointer(size)}, {paramSWFormat, unsafe.Pointer(format)}, {paramSWStride, unsafe.Pointer(stride)},
		{paramSWPointer, unsafe.Pointer(&dst.Pix[0])}, {paramBlock, unsafe.Pointer(block)}, {kind: paramEnd},
	}
	for _, p := range []any{size, stride, block, format, params} {
		pinner.Pin(p)
	}
	pinner.Pin(&dst.Pix[0])
	if err := check(render(r.handle, unsafe.Pointer(params))); err != nil {
		return fmt.Errorf("draw a frame: %w", err)
	}
	opaque(dst)
	return nil
}

// opaque sets the fourth byte of every pixel, which libmpv leaves as it likes.
func opaque(m *image.RGBA) {
	for y := range m.Rect.Dy() {
		row := m.Pix[y*m.Stride:][:4*m.Rect.Dx()]
		for i := 3; i < len(row); i += 4 {
			row[i] = 255
		}
	}
}
