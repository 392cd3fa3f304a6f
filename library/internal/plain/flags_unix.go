//go:build !windows

package plain

import "syscall"

// noWait keeps the opening of a pipe from waiting for its other end; noFollow refuses a link.
const (
	noWait   = syscall.O_NONBLOCK
	noFollow = syscall.O_NOFOLLOW
)
