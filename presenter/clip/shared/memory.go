// Package shared is memory in which a child process hands moving pictures to this program: the child
// decodes a file that may be hostile, and pipes are too slow for pictures of 8 MB.
//
//	memory, arg, err := shared.New(cmd, 1920*1080)   // the program, before cmd.Start
//	…
//	memory, err := shared.Open(arg)                  // the child, with what New told
//	decode(memory.Room()); memory.Put(size, at, serial)
//	…
//	picture, at, serial, ok := memory.Take()         // the program, as often as it likes
//
// There are three buffers: one that the child draws into, one that the program shows, and between them
// the newest picture that is whole. Either end swaps its own for that one in a single step, so neither
// ever waits for the other, and a child that is killed in the middle of a picture leaves the last whole one.
//
// # Trust
//
// The child may write anything into this memory at any time. The program reads every number once and holds
// it against its limits before it uses it, so it never reads outside of the memory; and the memory cannot
// be made smaller under it. The pixels that a hostile child shows are its own affair, and so is it when it
// changes them while they are shown.
package shared

import (
	"errors"
	"fmt"
	"image"
	"math"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync/atomic"
	"unsafe"
)

// MaxPixels is the most that a picture may have.
const MaxPixels = 64 << 20

// ErrSize says that a picture has no pixels, or more than the memory is for.
var ErrSize = errors.New("picture does not fit into the shared memory")

// The memory begins with a page of uint32 that are read and written atomically: first which buffer is
// between the ends, then, a cache line each, what is in each of the buffers. The buffers follow.
const (
	buffers = 3
	fresh   = 1 << 8 // beside the number of the buffer between: it was put and not taken yet
	page    = 4096
	line    = 64

	// Offsets in the line of a buffer.
	widthAt, heightAt, timeAt, serialAt = 0, 4, 8, 12
)

// Memory is one end of the memory: the program's, made by [New], which takes pictures, or the child's,
// made by [Open], which puts them. An end is for one goroutine at a time. Close it.
type Memory struct {
	mem    []byte // nil once closed
	pixels int    // of a buffer
	own    uint32 // the buffer that the other end does not touch
	free   func()
}

// New makes memory for pictures of up to that many pixels, 1..[MaxPixels], and has cmd inherit it when it
// is started. arg is what the child gives to [Open]. Call it when the rest of cmd is set, SysProcAttr among
// it. The memory may be closed before or after the child ends. On systems other than Linux and Windows it
// fails with [errors.ErrUnsupported].
func New(cmd *exec.Cmd, pixels int) (m *Memory, arg string, err error) {
	if pixels < 1 || pixels > MaxPixels {
		return nil, "", fmt.Errorf("share memory for %d pixels: %w", pixels, ErrSize)
	}
	mem, free, name, err := create(cmd, sizeFor(pixels))
	if err != nil {
		return nil, "", fmt.Errorf("share memory: %w", err)
	}
	return reader(mem, pixels, free), fmt.Sprintf("%s:%d", name, pixels), nil
}

// Open is the child's end of the memory that [New] told arg of. It can be opened once.
func Open(arg string) (*Memory, error) {
	at := strings.LastIndexByte(arg, ':')
	pixels, err := strconv.Atoi(arg[at+1:])
	if at < 0 || err != nil || pixels < 1 || pixels > MaxPixels {
		return nil, fmt.Errorf("open shared memory: %q tells of none", arg)
	}
	mem, free, err := attach(arg[:at], sizeFor(pixels))
	if err != nil {
		return nil, fmt.Errorf("open shared memory %q: %w", arg, err)
	}
	return writer(mem, pixels, free), nil
}

// In new memory, which is all zero, buffer 0 is the one between.
func reader(mem []byte, pixels int, free func()) *Memory { return &Memory{mem, pixels, 1, free} }
func writer(mem []byte, pixels int, free func()) *Memory { return &Memory{mem, pixels, 2, free} }

// bufferBytes is a buffer's size: whole pages, so that each begins where decoders like it.
func bufferBytes(pixels int) int { return (4*pixels + page - 1) / page * page }

func sizeFor(pixels int) int { return page + buffers*bufferBytes(pixels) }

// Room is what the child draws its next picture into, with four bytes a pixel, red, green, blue and one of
// no account, and no gap between the rows. It has room for the most pixels that there may be, begins at a
// page of memory, still holds some earlier picture, and is another one after each Put. It is nil once closed.
func (m *Memory) Room() []byte {
	if m.mem == nil {
		return nil
	}
	return m.buffer(4 * m.pixels)
}

// buffer is the beginning of the own buffer.
func (m *Memory) buffer(n int) []byte {
	at := page + int(m.own)*bufferBytes(m.pixels)
	return m.mem[at : at+n : at+n]
}

// Put publishes what was drawn into Room as a picture of that size. It makes every pixel opaque, as
// [image.RGBA] wants it, for decoders leave anything in the fourth byte. at is where in the recording it is,
// in milliseconds, at least 0 and at most [math.MaxInt32], to which other values are moved; serial is what
// the two ends mean by it. A picture that was not taken yet is dropped. It fails with [ErrSize], or with
// [os.ErrClosed].
func (m *Memory) Put(size image.Point, at int, serial uint32) error {
	if m.mem == nil {
		return fmt.Errorf("put a picture: %w", os.ErrClosed)
	}
	if size.X < 1 || size.Y < 1 || size.X > m.pixels/size.Y {
		return fmt.Errorf("put a picture of %d×%d: %w", size.X, size.Y, ErrSize)
	}
	opaque(m.buffer(4 * size.X * size.Y))
	atomic.StoreUint32(m.fact(widthAt), uint32(size.X))
	atomic.StoreUint32(m.fact(heightAt), uint32(size.Y))
	atomic.StoreUint32(m.fact(timeAt), uint32(min(max(at, 0), math.MaxInt32)))
	atomic.StoreUint32(m.fact(serialAt), serial)
	m.swap(fresh)
	return nil
}

func opaque(pixels []byte) {
	for i := 3; i < len(pixels); i += 4 {
		pixels[i] = 255
	}
}

// Take is the newest picture that was put and not taken yet; false where there is none, and once closed. The
// picture lies in the memory: it must not be written to, stays as it is until the next Take, and must not be
// looked at after Close. at and serial are what the child said, at within 0..[math.MaxInt32].
func (m *Memory) Take() (picture *image.RGBA, at int, serial uint32, ok bool) {
	if m.mem == nil || atomic.LoadUint32(m.between())&fresh == 0 || !m.swap(0) {
		return nil, 0, 0, false
	}
	w, h := uint64(atomic.LoadUint32(m.fact(widthAt))), uint64(atomic.LoadUint32(m.fact(heightAt)))
	when := atomic.LoadUint32(m.fact(timeAt))
	serial = atomic.LoadUint32(m.fact(serialAt))
	if w == 0 || h == 0 || w*h > uint64(m.pixels) || when > math.MaxInt32 {
		return nil, 0, 0, false
	}
	picture = &image.RGBA{Pix: m.buffer(int(4 * w * h)), Stride: int(4 * w), Rect: image.Rect(0, 0, int(w), int(h))}
	return picture, int(when), serial, true
}

// swap lays the own buffer between the ends and takes the one that was there. Where it was none, which only
// a hostile child can do, the own one stays that.
func (m *Memory) swap(state uint32) bool {
	got := atomic.SwapUint32(m.between(), m.own|state) &^ fresh
	if got >= buffers {
		return false
	}
	m.own = got
	return true
}

func (m *Memory) between() *uint32 { return m.word(0) }

// fact is a number about the own buffer.
func (m *Memory) fact(offset int) *uint32 { return m.word((1+int(m.own))*line + offset) }

func (m *Memory) word(at int) *uint32 { return (*uint32)(unsafe.Pointer(&m.mem[at])) }

// Close gives this end's memory back; calling it twice is harmless. Pictures that were taken, and Room, must
// not be touched afterwards: that would end the program.
func (m *Memory) Close() {
	if m.mem != nil {
		m.mem = nil
		m.free()
	}
}
