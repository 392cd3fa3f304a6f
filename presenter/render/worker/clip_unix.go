//go:build unix && cgo

package worker

import (
	"fmt"
	"os"

	"golang.org/x/sys/unix"
)

// nameForPlayer is the name by which libmpv reads a file that was opened within its folder, whatever becomes of its
// path. The file that it returns is to be kept open meanwhile.
func nameForPlayer(f *os.File, _, _ string) (*os.File, string, error) {
	fd, err := unix.FcntlInt(f.Fd(), unix.F_DUPFD_CLOEXEC, 0)
	if err != nil {
		return nil, "", err
	}
	return os.NewFile(uintptr(fd), f.Name()), fmt.Sprintf("fd://%d", fd), nil
}
