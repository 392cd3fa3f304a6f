//go:build !windows

package store

import (
	"os"
	"syscall"
)

// unlock gives back bbolt's lock. Closing the file is not enough while it is mapped.
func unlock(f *os.File) { _ = syscall.Flock(int(f.Fd()), syscall.LOCK_UN) }
