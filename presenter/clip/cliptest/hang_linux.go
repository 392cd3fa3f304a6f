package cliptest

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"butluc/library/eventually"
)

// Hang has a process hang: when it returns, none of its threads does anything any more. SIGSTOP alone lets those that
// run go on for a moment, on a busy machine long enough to answer.
func Hang(tb testing.TB, pid int) {
	tb.Helper()
	if err := syscall.Kill(pid, syscall.SIGSTOP); err != nil {
		tb.Fatal(err)
	}
	eventually.So(tb, fmt.Sprintf("process %d to hang", pid), func() bool { return hangs(pid) })
}

func hangs(pid int) bool {
	threads, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/stat", pid))
	for _, thread := range threads {
		stat, err := os.ReadFile(thread)
		if err != nil {
			continue // it has ended
		}
		// proc_pid_stat(5): the state follows the name in parentheses, which may hold any character.
		if _, state, _ := bytes.Cut(stat[bytes.LastIndexByte(stat, ')'):], []byte(" ")); state[0] != 'T' {
			return false
		}
	}
	return true
}
