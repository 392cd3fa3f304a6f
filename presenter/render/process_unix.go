//go:build unix

package render

import (
	"errors"
	"os/exec"
	"syscall"
)

// wasKilled tells whether a process ended by SIGKILL, which no program sends to itself: a person,
// or the system when memory ran out.
func wasKilled(status error) bool {
	var e *exec.ExitError
	if !errors.As(status, &e) {
		return false
	}
	w, ok := e.Sys().(syscall.WaitStatus)
	return ok && w.Signaled() && w.Signal() == syscall.SIGKILL
}
