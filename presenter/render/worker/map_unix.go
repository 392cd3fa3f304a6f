//go:build unix

package worker

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// openFlags: a pipe in the folder must not make the opening hang.
const openFlags = os.O_RDONLY | unix.O_NONBLOCK

// mapFile maps the file rather than read it: a volume of 500 MB costs the pages that are looked
// at. When the file shrinks under the mapping, the process ends with SIGBUS, and only it.
func mapFile(f *os.File, size int64) ([]byte, func(), error) {
	if int64(int(size)) != size {
		return nil, nil, fmt.Errorf("%d bytes: %w", size, unix.EFBIG)
	}
	data, err := unix.Mmap(int(f.Fd()), 0, int(size), unix.PROT_READ, unix.MAP_PRIVATE)
	if err != nil {
		return nil, nil, err
	}
	return data, func() { _ = unix.Munmap(data) }, nil
}

// release gives back the memory that a mapping takes.
func release(m mapped) {
	_ = unix.Madvise(m, unix.MADV_DONTNEED) // what was refused stays taken, and is counted
}
