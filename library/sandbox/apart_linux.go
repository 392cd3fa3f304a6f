package sandbox

import (
	"os/exec"
	"syscall"
)

// Apart gives a child a process group of its own, so that Ctrl+C in a terminal reaches the program,
// which then ends its children, and not the children under it. The root is its working folder, so that
// none keeps a USB stick from being taken out.
func Apart(cmd *exec.Cmd, _ Kind) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Dir = "/"
}
