package mpv

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"unsafe"

	"golang.org/x/sys/windows"
)

// open takes the libmpv that came with the program, in the folder runtime beside it, else one that somebody put beside it,
// and no other: a folder of evidence may hold a DLL of that name.
func open() (uintptr, error) {
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	dir := filepath.Dir(self)
	var errs []error
	for _, file := range []string{filepath.Join(dir, "runtime", dll), filepath.Join(dir, dll)} {
		lib, err := windows.LoadLibraryEx(file, 0, windows.LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR|windows.LOAD_LIBRARY_SEARCH_SYSTEM32)
		if err == nil {
			return uintptr(lib), nil
		}
		errs = append(errs, fmt.Errorf("%s: %w", file, err))
	}
	return 0, errors.Join(errs...)
}

const dll = "libmpv-2.dll"

func symbol(lib uintptr, name string) (uintptr, error) {
	return windows.GetProcAddress(windows.Handle(lib), name)
}

// getInfo takes a struct of 16 bytes by value: Windows has it in memory, and passes where.
var getInfo func(r uintptr, p unsafe.Pointer) int32

func nextFrame(r uintptr, info *frameInfo) int32 {
	var pinner runtime.Pinner
	defer pinner.Unpin()
	pinner.Pin(info)
	return getInfo(r, unsafe.Pointer(&param{paramNext, unsafe.Pointer(info)}))
}
