package child

import (
	"syscall"

	"golang.org/x/sys/unix"
)

func endWithUs(attr *syscall.SysProcAttr) bool {
	attr.Pdeathsig = syscall.SIGKILL
	return true
}

// limitMemory counts what is written to and no other's. (RLIMIT_AS would count what is only set aside, too.)
func limitMemory(pid int, n uint64) {
	_ = unix.Prlimit(pid, unix.RLIMIT_DATA, &unix.Rlimit{Cur: n, Max: n}, nil)
	_ = unix.Prlimit(pid, unix.RLIMIT_CORE, &unix.Rlimit{}, nil) // a core would hold evidence
}
