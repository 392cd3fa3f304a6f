package sandbox

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"unsafe"

	ll "github.com/landlock-lsm/go-landlock/landlock/syscall"
	"golang.org/x/sys/unix"
)

// Look tells what the sandbox of a kind is made of on this machine.
func Look(k Kind) Report {
	r := Report{Parts: []string{"rlimits"}}
	if abi, err := ll.LandlockGetABIVersion(); err == nil && abi > 0 {
		r.Parts = append(r.Parts, fmt.Sprintf("Landlock ABI %d", abi))
	} else {
		r.Gaps = append(r.Gaps, OpenFiles)
	}
	filters := filtersAvailable()
	if filters {
		r.Parts = append(r.Parts, "seccomp")
	} else {
		r.Gaps = append(r.Gaps, OpenKernel)
	}
	if k != Play || !filters {
		return r
	}
	if kernelAsks() && memoryIsRead() {
		r.Parts = append(r.Parts, "seccomp_unotify")
	} else {
		r.Gaps = append(r.Gaps, Silent)
	}
	if !slices.ContainsFunc(soundServers(), listens) {
		r.Gaps = append(r.Gaps, NoSound)
	}
	return r
}

// memoryIsRead tells whether a supervisor may read what its child wants: Yama may keep that to the administrator.
func memoryIsRead() bool {
	scope, err := os.ReadFile("/proc/sys/kernel/yama/ptrace_scope")
	return err != nil || strings.TrimSpace(string(scope)) <= "1"
}

func listens(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().Type() == os.ModeSocket
}

func filtersAvailable() bool {
	action := uint32(unix.SECCOMP_RET_ERRNO)
	_, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_GET_ACTION_AVAIL, 0, uintptr(unsafe.Pointer(&action)))
	return errno == 0
}
