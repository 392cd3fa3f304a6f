// Package mpv plays recordings by libmpv, which is loaded when first needed. It binds the two dozen functions that a
// player without a window needs: the core, and the render API into memory ("sw").
//
// The binding is our own, by purego: those that exist have no render API, or want the headers at compile time, while
// libmpv is an option of our users that we do not ship on Linux. Names, numbers and layouts are those of client.h and
// render.h of mpv 0.35 to 0.41, client API 2.x.
//
// Files are opened as evidence from strangers: no configuration, no scripts, no network, no file but the one named.
package mpv

import (
	"errors"
	"fmt"
	"runtime"
	"sync"
	"unsafe"

	"github.com/ebitengine/purego"
)

// ErrMissing says that this machine has no libmpv, or one of another age.
var ErrMissing = errors.New("libmpv is not installed")

// major is the client API that the numbers here are of.
const major = 2

// The functions of libmpv. Handles are C pointers; they are not Go's to move.
var (
	clientVersion func() uint32
	create        func() uintptr
	setOption     func(h uintptr, name, value string) int32
	initialize    func(h uintptr) int32
	terminate     func(h uintptr)
	command       func(h uintptr, args unsafe.Pointer) int32
	setString     func(h uintptr, name, value string) int32
	getString     func(h uintptr, name string) *byte
	getProperty   func(h uintptr, name string, format int32, data unsafe.Pointer) int32
	observe       func(h uintptr, id uint64, name string, format int32) int32
	requestLog    func(h uintptr, level string) int32
	waitEvent     func(h uintptr, seconds float64) unsafe.Pointer
	setWakeup     func(h uintptr, callback, data uintptr)
	hookAdd       func(h uintptr, id uint64, name string, priority int32) int32
	hookContinue  func(h uintptr, id uint64) int32
	errorString   func(code int32) string
	free          func(p unsafe.Pointer)

	renderCreate func(out *uintptr, h uintptr, params unsafe.Pointer) int32
	renderNotify func(r uintptr, callback, data uintptr)
	renderUpdate func(r uintptr) uint64
	render       func(r uintptr, params unsafe.Pointer) int32
	renderFree   func(r uintptr)
)

var functions = map[string]any{
	"mpv_client_api_version": &clientVersion,
	"mpv_create":             &create, "mpv_set_option_string": &setOption, "mpv_initialize": &initialize,
	"mpv_terminate_destroy": &terminate, "mpv_command": &command, "mpv_set_property_string": &setString,
	"mpv_get_property_string": &getString, "mpv_get_property": &getProperty, "mpv_observe_property": &observe,
	"mpv_request_log_messages": &requestLog, "mpv_wait_event": &waitEvent, "mpv_set_wakeup_callback": &setWakeup,
	"mpv_hook_add": &hookAdd, "mpv_hook_continue": &hookContinue,
	"mpv_error_string": &errorString, "mpv_free": &free,
	"mpv_render_context_create": &renderCreate, "mpv_render_context_set_update_callback": &renderNotify,
	"mpv_render_context_update": &renderUpdate, "mpv_render_context_render": &render, "mpv_render_context_free": &renderFree,
	"mpv_render_context_get_info": &getInfo,
}

var wakeup uintptr // C's way into wake

// Load loads libmpv, once; what it found is the answer to later calls too. Its error wraps [ErrMissing].
var Load = sync.OnceValue(load)

func load() error {
	lib, err := open()
	if err != nil {
		return fmt.Errorf("%w: %w", ErrMissing, err)
	}
	for name, f := range functions {
		symbol, err := symbol(lib, name)
		if err != nil {
			return fmt.Errorf("%w: it has no %s: %w", ErrMissing, name, err)
		}
		purego.RegisterFunc(f, symbol)
	}
	if v := clientVersion(); v>>16 != major {
		return fmt.Errorf("%w: its client API is %d.%d, not %d", ErrMissing, v>>16, v&0xffff, major)
	}
	wakeup = purego.NewCallback(wake)
	return nil
}

// Version names the libmpv found: "mpv 0.35.1, FFmpeg 5.1.8". Its error is that of [Load].
func Version() (string, error) {
	p, err := New(nil)
	if err != nil {
		return "", err
	}
	defer p.Close()
	player, _ := p.Get("mpv-version")
	codecs, _ := p.Get("ffmpeg-version")
	return player + ", FFmpeg " + codecs, nil
}

// Error is a code of libmpv's.
type Error int32

// The codes that somebody asks for.
const (
	errNothingToPlay Error = -16
	errUnknownFormat Error = -17
)

func (e Error) Error() string { return "libmpv: " + errorString(int32(e)) }

func check(code int32) error {
	if code < 0 {
		return Error(code)
	}
	return nil
}

// cStrings is a list of C strings, ended by nil, that stays where it is until pinner is unpinned.
func cStrings(pinner *runtime.Pinner, list []string) unsafe.Pointer {
	pointers := make([]*byte, len(list)+1)
	for i, s := range list {
		pointers[i] = unsafe.StringData(s + "\x00")
		pinner.Pin(pointers[i])
	}
	pinner.Pin(&pointers[0])
	return unsafe.Pointer(&pointers[0])
}

// goString copies a C string.
func goString(p *byte) string {
	if p == nil {
		return ""
	}
	n := 0
	for *(*byte)(unsafe.Add(unsafe.Pointer(p), n)) != 0 {
		n++
	}
	return string(unsafe.Slice(p, n))
}
