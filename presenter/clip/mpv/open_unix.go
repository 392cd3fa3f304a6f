//go:build unix

package mpv

import (
	"errors"
	"runtime"
	"unsafe"

	"github.com/ebitengine/purego"
)

func open() (uintptr, error) {
	names := []string{"libmpv.so.2"}
	if runtime.GOOS == "darwin" {
		names = []string{"libmpv.2.dylib", "/opt/homebrew/lib/libmpv.2.dylib", "/usr/local/lib/libmpv.2.dylib"}
	}
	var errs []error
	for _, name := range names {
		lib, err := purego.Dlopen(name, purego.RTLD_NOW|purego.RTLD_LOCAL)
		if err == nil {
			return lib, nil
		}
		errs = append(errs, err)
	}
	return 0, errors.Join(errs...)
}

func symbol(lib uintptr, name string) (uintptr, error) { return purego.Dlsym(lib, name) }

// getInfo takes a struct of 16 bytes by value: in two registers.
var getInfo func(r uintptr, kind int32, data unsafe.Pointer) int32

func nextFrame(r uintptr, info *frameInfo) int32 { return getInfo(r, paramNext, unsafe.Pointer(info)) }
