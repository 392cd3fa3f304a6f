//go:build !windows

package intake

import "syscall"

// openNoWait keeps the opening of a pipe from waiting for its writer.
const openNoWait = syscall.O_NONBLOCK
