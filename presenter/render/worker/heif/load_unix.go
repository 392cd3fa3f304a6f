//go:build (linux && (amd64 || arm64)) || darwin

package heif

import (
	"path/filepath"
	"runtime"

	"github.com/ebitengine/purego"
)

// find is the file of the system's libheif, "" where there is none.
func find() string {
	places := []string{"/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu", "/usr/lib64", "/usr/lib"}
	name := "libheif.so.1"
	if runtime.GOOS == "darwin" {
		places, name = []string{"/opt/homebrew/lib", "/usr/local/lib"}, "libheif.1.dylib"
	}
	for _, dir := range places {
		if file, err := filepath.EvalSymlinks(filepath.Join(dir, name)); err == nil {
			return file
		}
	}
	return ""
}

func load(file string) (uintptr, error) {
	return purego.Dlopen(file, purego.RTLD_NOW|purego.RTLD_LOCAL)
}

func symbolOf(handle uintptr, name string) (uintptr, error) { return purego.Dlsym(handle, name) }

// call calls a function that returns a heif_error: two numbers of 32 bits, and a text.
func call(f uintptr, args ...uintptr) error {
	codes, text, _ := purego.SyscallN(f, args...)
	return failure(uint32(codes), uint32(codes>>32), text)
}
