//go:build !windows

package intake

import (
	"errors"
	"io/fs"
	"syscall"
)

// openNoWait keeps the opening of a pipe from waiting for its writer.
const openNoWait = syscall.O_NONBLOCK

// isLoop tells links in a circle.
func isLoop(err error) bool { return errors.Is(err, syscall.ELOOP) }

// isRecalled is for Windows: elsewhere a file that is not there says so by its name.
func isRecalled(fs.FileInfo) bool { return false }
