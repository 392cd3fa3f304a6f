//go:build ((linux || windows) && amd64) || (linux && arm64) || darwin

package heif

import (
	"errors"
	"fmt"
	"image"
	"path/filepath"
	"runtime"
	"sync"
	"unsafe"

	"github.com/ebitengine/purego"
)

// The numbers are those of libheif's heif.h, 1.11 to 1.20: the library keeps them.
const (
	colourspaceRGB     = 1
	chromaRGBA         = 11
	channelInterleaved = 10

	codeInvalidInput = 2
)

// decodingThreads is how many tiles of a picture are decoded at a time.
const decodingThreads = 4

var (
	errMissing = errors.New("libheif is not installed")
	errInvalid = errors.New("the file's structure is broken")
)

// functions is the functions of libheif, as addresses: those that return a heif_error do so in two registers, or on Windows in
// memory, which purego's typed functions do not hand out on every system.
type functions struct {
	alloc, free, read, primary, release, premultiplied, threads uintptr
	decode, plane, width, height, releaseImage, warnings        uintptr
}

// system loads libheif, once.
var system = sync.OnceValues(func() (*functions, error) {
	file := find()
	if file == "" {
		return nil, errMissing
	}
	handle, err := load(file)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errMissing, err)
	}
	return bind(handle)
})

// System names the system's decoder with its version, by its file alone, which is not loaded; "" where there is none.
func System() string {
	if file := find(); file != "" {
		return filepath.Base(file)
	}
	return ""
}

func bind(handle uintptr) (*functions, error) {
	l := &functions{}
	for name, f := range map[string]*uintptr{
		"heif_context_alloc": &l.alloc, "heif_context_free": &l.free,
		"heif_context_read_from_memory_without_copy": &l.read, "heif_context_get_primary_image_handle": &l.primary,
		"heif_context_set_max_decoding_threads": &l.threads,
		"heif_image_handle_release":             &l.release, "heif_image_handle_is_premultiplied_alpha": &l.premultiplied,
		"heif_decode_image": &l.decode, "heif_image_get_plane_readonly": &l.plane, "heif_image_release": &l.releaseImage,
		"heif_image_get_width": &l.width, "heif_image_get_height": &l.height,
		"heif_image_get_decoding_warnings": &l.warnings,
	} {
		symbol, err := symbolOf(handle, name)
		if err != nil {
			return nil, fmt.Errorf("%w: it has no %s: %w", errMissing, name, err)
		}
		*f = symbol
	}
	return l, nil
}

// failure is what a heif_error says.
func failure(code, sub uint32, text uintptr) error {
	if code == 0 {
		return nil
	}
	err := fmt.Errorf("libheif: %d.%d %s", code, sub, cString(text))
	if code == codeInvalidInput {
		err = fmt.Errorf("%w: %w", errInvalid, err)
	}
	return err
}

// cString copies a C string.
func cString(at uintptr) string {
	if at == 0 {
		return ""
	}
	p := *(*unsafe.Pointer)(unsafe.Pointer(&at)) // C's, which the collector neither moves nor frees
	n := 0
	for *(*byte)(unsafe.Add(p, n)) != 0 {
		n++
	}
	return string(unsafe.Slice((*byte)(p), n))
}

// decodeBySystem decodes the main picture by the system's libheif. The error is errInvalid for a file that is broken.
func decodeBySystem(data []byte) (Picture, error) {
	l, err := system()
	if err != nil {
		return Picture{}, err
	}
	// What C writes to, and what it keeps between calls.
	var pinned runtime.Pinner
	defer pinned.Unpin()
	out := new(struct {
		handle, picture uintptr
		stride          int32
	})
	pinned.Pin(&data[0])
	pinned.Pin(out)
	at := func(p unsafe.Pointer) uintptr { return uintptr(p) }

	ctx, _, _ := purego.SyscallN(l.alloc)
	if ctx == 0 {
		return Picture{}, errors.New("libheif: no context")
	}
	defer purego.SyscallN(l.free, ctx)
	purego.SyscallN(l.threads, ctx, decodingThreads)
	if err := call(l.read, ctx, at(unsafe.Pointer(&data[0])), uintptr(len(data)), 0); err != nil {
		return Picture{}, err
	}
	if err := call(l.primary, ctx, at(unsafe.Pointer(&out.handle))); err != nil {
		return Picture{}, err
	}
	defer purego.SyscallN(l.release, out.handle)
	if err := call(l.decode, out.handle, at(unsafe.Pointer(&out.picture)), colourspaceRGB, chromaRGBA, 0); err != nil {
		return Picture{}, err
	}
	defer purego.SyscallN(l.releaseImage, out.picture)

	w, _, _ := purego.SyscallN(l.width, out.picture, channelInterleaved)
	h, _, _ := purego.SyscallN(l.height, out.picture, channelInterleaved)
	plane, _, _ := purego.SyscallN(l.plane, out.picture, channelInterleaved, at(unsafe.Pointer(&out.stride)))
	pixels, err := copyPlane(plane, int(int32(w)), int(int32(h)), int(out.stride))
	if err != nil {
		return Picture{}, err
	}
	told, _, _ := purego.SyscallN(l.warnings, out.picture, 0, 0, 0)
	premultiplied, _, _ := purego.SyscallN(l.premultiplied, out.handle)
	p := Picture{Image: pixels, Orientation: 1, Lost: int32(told) > 0}
	if uint32(premultiplied) != 0 {
		p.Image = &image.RGBA{Pix: pixels.Pix, Stride: pixels.Stride, Rect: pixels.Rect}
	}
	return p, nil
}

// copyPlane copies a picture out of C's memory.
func copyPlane(plane uintptr, w, h, stride int) (*image.NRGBA, error) {
	const channels = 4
	if plane == 0 || w <= 0 || h <= 0 || stride < channels*w {
		return nil, fmt.Errorf("libheif: a picture of %d×%d pixels, %d bytes to the row", w, h, stride)
	}
	pixels := unsafe.Slice((*byte)(*(*unsafe.Pointer)(unsafe.Pointer(&plane))), stride*(h-1)+channels*w)
	out := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		copy(out.Pix[y*out.Stride:][:channels*w], pixels[y*stride:])
	}
	return out, nil
}
