//go:build unix

package render

import (
	"errors"
	"os/exec"
	"syscall"
)

// setAttributes: a process group of its own, so that Ctrl+C in a terminal reaches the program,
// which then ends its workers, and not the workers under it. The root as working folder, so that
// no worker keeps a USB stick from being taken out.
func setAttributes(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Dir = "/"
}

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
