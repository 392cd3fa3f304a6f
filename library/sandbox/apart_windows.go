package sandbox

import (
	"os/exec"
	"syscall"
)

// Apart starts a child without a console window, and not under the program's Ctrl+C.
func Apart(cmd *exec.Cmd, _ Kind) {
	cmd.SysProcAttr = &syscall.SysProcAttr{HideWindow: true, CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
}
