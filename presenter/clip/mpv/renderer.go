package mpv

import (
	"fmt"
	"image"
	"runtime"
	"sync"
	"sync/atomic"
	"unsafe"

	"butluc/presenter/clip/tonemap"
)

// Renderer draws a core's pictures into memory. Its methods are for one goroutine. Close it before its core.
//
// A goroutine of its own takes every frame over as soon as it is due. The core waits for that, up to 200 ms, and
// whoever asks the core for something waits with it: he could not draw meanwhile.
type Renderer struct {
	player *Player
	id     uintptr       // by which C wakes the goroutine
	end    chan struct{} // closed to end the goroutine
	ended  chan struct{} // closed by it

	due    atomic.Bool  // a picture was taken over that was not drawn
	frames atomic.Int64 // how many frames were taken over
	missed atomic.Int64 // how many of them gave way to the next one undrawn

	mu     sync.Mutex // render.h wants one caller at a time
	handle uintptr

	tones *tonemap.Map // of a film in HDR, else nil; for the goroutine that draws
	deep  []byte       // room for a picture of 16 bits
}

// The parameters of render.h.
const (
	paramEnd       = 0
	paramAPI       = 1
	paramNext      = 11 // what the next frame is
	paramBlock     = 12 // whether to wait for the time at which the frame is due
	paramSkip      = 13 // whether to take the frame over only
	paramSWSize    = 17
	paramSWFormat  = 18
	paramSWStride  = 19
	paramSWPointer = 20

	updateFrame  = 1
	frameRedrawn = 2
)

type param struct {
	kind int32
	data unsafe.Pointer
}

// frameInfo is mpv_render_frame_info.
type frameInfo struct {
	flags  uint64
	target int64
}

// NewRenderer makes the renderer of a core whose option vo is "libmpv". The core's News tell when a frame is due.
func NewRenderer(p *Player) (*Renderer, error) {
	var pinner runtime.Pinner
	defer pinner.Unpin()
	api := unsafe.StringData("sw\x00")
	params := &[2]param{{paramAPI, unsafe.Pointer(api)}, {kind: paramEnd}}
	pinner.Pin(params)
	pinner.Pin(api)
	r := &Renderer{player: p, id: lastID.Add(1), end: make(chan struct{}), ended: make(chan struct{})}
	if err := check(renderCreate(&r.handle, p.handle, unsafe.Pointer(params))); err != nil {
		return nil, fmt.Errorf("make a renderer: %w", err)
	}
	news := make(chan struct{}, 1)
	players.Store(r.id, news)
	renderNotify(r.handle, wakeup, r.id)
	go r.run(news)
	return r, nil
}

// Close lets go. Calling it twice is harmless.
func (r *Renderer) Close() {
	if r.handle == 0 {
		return
	}
	close(r.end)
	<-r.ended
	renderFree(r.handle)
	players.Delete(r.id)
	r.handle = 0
}

func (r *Renderer) run(news <-chan struct{}) {
	defer close(r.ended)
	for {
		select {
		case <-r.end:
			return
		case <-news:
			if r.take() {
				wake(r.player.id)
			}
		}
	}
}

// take takes the next frame over, and tells whether there was one.
func (r *Renderer) take() bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if renderUpdate(r.handle)&updateFrame == 0 {
		return false
	}
	info, yes, no := new(frameInfo), new(int32), new(int32)
	*yes = 1
	if check(nextFrame(r.handle, info)) == nil && info.flags&frameRedrawn == 0 {
		r.frames.Add(1) // before the core goes on: who hears from it wants to find it here
		if r.due.Load() {
			r.missed.Add(1)
		}
	}
	_ = check(renderWith(r.handle, param{paramSkip, unsafe.Pointer(yes)}, param{paramBlock, unsafe.Pointer(no)}))
	r.due.Store(true)
	return true
}

// renderWith calls C with parameters that stay where they are meanwhile.
func renderWith(r uintptr, params ...param) int32 {
	var pinner runtime.Pinner
	defer pinner.Unpin()
	params = append(params, param{kind: paramEnd})
	pinner.Pin(&params[0])
	for _, p := range params[:len(params)-1] {
		pinner.Pin(p.data)
	}
	return render(r, unsafe.Pointer(&params[0]))
}

// Due tells whether there is a picture that was not drawn yet.
func (r *Renderer) Due() bool { return r.due.Load() }

// Frames is how many frames came so far; one that was only to be drawn again does not count.
func (r *Renderer) Frames() int { return int(r.frames.Load()) }

// Missed is how many frames gave way to the next one before they were drawn.
func (r *Renderer) Missed() int { return int(r.missed.Load()) }

// maxDeep is the most pixels of a picture in HDR that is drawn with 16 bits of each colour: they take 128 MiB. Of a larger
// one 8 bits must do, and slopes of brightness have steps.
const maxDeep = 16 << 20

// Tones has pictures tone-mapped from now on; nil for as they are.
func (r *Renderer) Tones(m *tonemap.Map) { r.tones = m }

// Draw draws the present frame over all of dst, stretched and opaque; black where there is none.
func (r *Renderer) Draw(dst *image.RGBA) error {
	w, h := dst.Rect.Dx(), dst.Rect.Dy()
	if w < 1 || h < 1 {
		return fmt.Errorf("draw a frame: no room: %d×%d pixels", w, h)
	}
	if r.tones != nil && w <= maxDeep/h {
		const bytes = 8 // a pixel
		if need := bytes * w * h; len(r.deep) < need {
			r.deep = make([]byte, need)
		}
		if err := r.draw("rgba64", w, h, bytes*w, &r.deep[0]); err != nil {
			return err
		}
		r.tones.Draw(dst, r.deep)
		return nil
	}
	if err := r.draw("rgb0", w, h, dst.Stride, &dst.Pix[0]); err != nil {
		return err
	}
	opaque(dst)
	if r.tones != nil {
		r.tones.Redraw(dst)
	}
	return nil
}

// draw draws in one of FFmpeg's formats of pixels. The stride is in bytes.
func (r *Renderer) draw(format string, w, h, stride int, pixels *byte) error {
	size, step, block := &[2]int32{int32(w), int32(h)}, new(uintptr), new(int32)
	*step = uintptr(stride)
	name := unsafe.StringData(format + "\x00")
	r.mu.Lock()
	defer r.mu.Unlock()
	r.due.Store(false)
	code := renderWith(r.handle,
		param{paramSWSize, unsafe.Pointer(size)}, param{paramSWFormat, unsafe.Pointer(name)},
		param{paramSWStride, unsafe.Pointer(step)}, param{paramSWPointer, unsafe.Pointer(pixels)},
		param{paramBlock, unsafe.Pointer(block)})
	if err := check(code); err != nil {
		return fmt.Errorf("draw a frame: %w", err)
	}
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
