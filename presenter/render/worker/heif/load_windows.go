//go:build amd64

package heif

import (
	"os"
	"path/filepath"
	"runtime"
	"unsafe"

	"github.com/ebitengine/purego"
	"golang.org/x/sys/windows"
)

// find is the file of the libheif that came with the program, "" where there is none; its version is in its name.
func find() string {
	own, err := os.Executable()
	if err != nil {
		return ""
	}
	files, _ := filepath.Glob(filepath.Join(filepath.Dir(own), "runtime", "libheif-*.dll"))
	if len(files) == 0 {
		return ""
	}
	return files[0]
}

// load takes that file, and what it needs from the system's folder alone: a folder of evidence may hold DLLs.
func load(file string) (uintptr, error) {
	lib, err := windows.LoadLibraryEx(file, 0, windows.LOAD_LIBRARY_SEARCH_DLL_LOAD_DIR|windows.LOAD_LIBRARY_SEARCH_SYSTEM32)
	return uintptr(lib), err
}

func symbolOf(handle uintptr, name string) (uintptr, error) {
	return windows.GetProcAddress(windows.Handle(handle), name)
}

// call calls a function that returns a heif_error, which Windows has it write to where its first argument says.
func call(f uintptr, args ...uintptr) error {
	result := new(struct {
		code, sub uint32
		text      uintptr
	})
	var pinned runtime.Pinner
	defer pinned.Unpin()
	pinned.Pin(result)
	_, _, _ = purego.SyscallN(f, append([]uintptr{uintptr(unsafe.Pointer(result))}, args...)...)
	return failure(result.code, result.sub, result.text)
}
