package worker

import (
	"fmt"
	"os"
	"unsafe"

	"golang.org/x/sys/windows"
)

const openFlags = os.O_RDONLY

// mapFile maps the file rather than read it; see map_unix.go.
func mapFile(f *os.File, size int64) ([]byte, func(), error) {
	m, err := windows.CreateFileMapping(windows.Handle(f.Fd()), nil, windows.PAGE_READONLY, 0, 0, nil)
	if err != nil {
		return nil, nil, fmt.Errorf("create mapping: %w", err)
	}
	defer windows.CloseHandle(m) //nolint:errcheck // the view keeps the mapping
	at, err := windows.MapViewOfFile(m, windows.FILE_MAP_READ, 0, 0, uintptr(size))
	if err != nil {
		return nil, nil, fmt.Errorf("map view: %w", err)
	}
	// Through a pointer to the address, because vet takes a plain conversion for arithmetic.
	data := unsafe.Slice(*(**byte)(unsafe.Pointer(&at)), size)
	return data, func() { _ = windows.UnmapViewOfFile(at) }, nil
}

// release gives back the memory that a mapping takes: unlocking what is not locked takes it out of the working set
// (https://learn.microsoft.com/windows/win32/api/memoryapi/nf-memoryapi-virtualunlock).
func release(m mapped) {
	_ = windows.VirtualUnlock(uintptr(unsafe.Pointer(&m[0])), uintptr(len(m))) // says that it was not locked
}
