package sandbox

import (
	"fmt"
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
	switch {
	case k != Play || !filters:
	case kernelAsks():
		r.Parts = append(r.Parts, "seccomp_unotify")
	default:
		r.Gaps = append(r.Gaps, Silent)
	}
	return r
}

func filtersAvailable() bool {
	action := uint32(unix.SECCOMP_RET_ERRNO)
	_, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_GET_ACTION_AVAIL, 0, uintptr(unsafe.Pointer(&action)))
	return errno == 0
}
