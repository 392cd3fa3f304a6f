package machine

import (
	"fmt"

	"golang.org/x/sys/windows"
)

// SetUrgent puts a process of ours before other programs, or back among them.
func SetUrgent(pid int, urgent bool) error {
	process, err := windows.OpenProcess(windows.PROCESS_SET_INFORMATION, false, uint32(pid))
	if err != nil {
		return fmt.Errorf("set priority of process %d: %w", pid, err)
	}
	defer windows.CloseHandle(process) //nolint:errcheck // it was only written through
	class := uint32(windows.NORMAL_PRIORITY_CLASS)
	if urgent {
		class = windows.ABOVE_NORMAL_PRIORITY_CLASS
	}
	if err := windows.SetPriorityClass(process, class); err != nil {
		return fmt.Errorf("set priority of process %d: %w", pid, err)
	}
	return nil
}
