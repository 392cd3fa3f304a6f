package machine

import (
	"errors"
	"os/exec"
	"testing"

	"golang.org/x/sys/unix"
)

// A process of ours is put before others where the user may do that, and back among them in any case.
func TestAProcessIsPutBeforeOthers(t *testing.T) {
	cmd := exec.Command("sleep", "60")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	pid := cmd.Process.Pid
	nice := func() int { // the kernel tells 20 less it
		n, err := unix.Getpriority(unix.PRIO_PROCESS, pid)
		if err != nil {
			t.Fatal(err)
		}
		return 20 - n
	}
	before := nice()
	switch err := setNice(pid, urgentNice); {
	case errors.Is(err, unix.EACCES):
		t.Skip("this user may not")
	case err != nil:
		t.Fatal(err)
	}
	if nice() != urgentNice {
		t.Errorf("it is at %d, not %d", nice(), urgentNice)
	}
	if err := SetUrgent(pid, false); err != nil || nice() != 0 {
		t.Errorf("it was at %d, is at %d: %v", before, nice(), err)
	}
}
