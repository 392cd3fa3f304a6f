//go:build unix

package mpv

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// keep keeps a file open, and names it so that libmpv reads that very file, whatever becomes of its path.
func keep(f *os.File) (kept *os.File, name string, err error) {
	fd, err := unix.FcntlInt(f.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return nil, "", err
	}
	return os.NewFile(uintptr(fd), f.Name()), fmt.Sprintf("fd://%d", fd), nil
}
