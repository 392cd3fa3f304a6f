//go:build unix

package child

import (
	"os/exec"
	"runtime"
	"syscall"

	"golang.org/x/sys/unix"
)

// idle is the least urgent nice value.
const idle = 19

// fence is around one child, which leads a group of its own.
type fence struct{ cmd *exec.Cmd }

func newFence(cmd *exec.Cmd) fence {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) }
	if endWithUs(cmd.SysProcAttr) {
		runtime.LockOSThread() // the system asks for the end of the thread that started the child
	}
	return fence{cmd}
}

// hold sets the limits. Each is best effort: where the system refuses one, the deadline of the caller remains.
func (f fence) hold(l Limits) {
	pid := f.cmd.Process.Pid
	if l.Idle {
		_ = unix.Setpriority(unix.PRIO_PROCESS, pid, idle)
	}
	if l.Memory > 0 {
		limitMemory(pid, uint64(l.Memory))
	}
}

// close ends what the program left behind.
func (f fence) close() {
	if f.cmd.Process != nil {
		_ = syscall.Kill(-f.cmd.Process.Pid, syscall.SIGKILL) // mostly nobody is left
	}
	if endWithUs(f.cmd.SysProcAttr) {
		runtime.UnlockOSThread()
	}
}
