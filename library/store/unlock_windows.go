package store

import (
	"os"

	"golang.org/x/sys/windows"
)

// unlock gives back bbolt's lock, which it takes on the byte at this offset (bolt_windows.go).
func unlock(f *os.File) {
	const at = 1<<32 - 1
	_ = windows.UnlockFileEx(windows.Handle(f.Fd()), 0, 1, 0, &windows.Overlapped{Offset: at, OffsetHigh: at})
}
