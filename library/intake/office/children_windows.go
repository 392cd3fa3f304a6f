package office

import (
	"os/exec"
	"strconv"
	"syscall"
)

const createNoWindow = 0x08000000 // CREATE_NO_WINDOW: no console flashes up

func withChildren(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: createNoWindow}
	cmd.Cancel = func() error {
		kill := exec.Command("taskkill", "/T", "/F", "/PID", strconv.Itoa(cmd.Process.Pid))
		kill.SysProcAttr = &syscall.SysProcAttr{CreationFlags: createNoWindow}
		if kill.Run() == nil {
			return nil
		}
		return cmd.Process.Kill()
	}
}

// killChildren has nothing to do: soffice.exe waits for soffice.bin.
func killChildren(*exec.Cmd) {}
