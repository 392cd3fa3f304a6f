package mpv

import (
	"os"
	"path/filepath"
	"runtime"
	"unsafe"

	"golang.org/x/sys/windows"
)

// open takes the libmpv that lies beside the program, and no other: a folder of evidence may hold a DLL of that name.
func open() (uintptr, error) {
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	lib, err := windows.LoadLibraryEx(filepath.Join(filepath.Dir(self), "libmpv-2.dll"), 0,
		windows.LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR|windows.LOAD_LIBRARY_SEARCH_SYSTEM32)
	return uintptr(lib), err
}

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
