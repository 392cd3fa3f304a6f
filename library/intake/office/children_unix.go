//go:build !windows

package office

import (
	"os/exec"
	"syscall"
)

// withChildren starts the program as the leader of its own group, so that it ends with its
// children: soffice is a script around another process.
func withChildren(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
}

// killChildren ends what the program left behind.
func killChildren(cmd *exec.Cmd) {
	if cmd.Process != nil {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) // mostly nobody is left
	}
}
