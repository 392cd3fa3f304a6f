package sandbox

import (
	"fmt"
	"os"
	"runtime"
	"unsafe"

	"github.com/elastic/go-seccomp-bpf/arch"
	"golang.org/x/sys/unix"
)

// Where the kernel keeps what a filter asks for, see seccomp_data in linux/seccomp.h. The machines that Linux and Go
// share here are little-endian: the lower half of an argument comes first.
const (
	offNumber = 0
	offArch   = 4
	offArgs   = 16
)

// compile makes the kernel's program of a table. Calls of one name stand for each other: the first whose arguments match
// decides. What is not listed has the verdict other. A call by way of another architecture (32 bits, x32) does not exist.
func compile(calls []call, other uint32) ([]unix.SockFilter, error) {
	info, err := arch.GetInfo("")
	if err != nil {
		return nil, fmt.Errorf("know the system calls of this machine: %w", err)
	}
	var order []string
	byName := map[string][]call{}
	for _, c := range calls {
		if _, known := byName[c.name]; !known {
			order = append(order, c.name)
		}
		byName[c.name] = append(byName[c.name], c)
	}
	program := []unix.SockFilter{
		load(offArch), equal(uint32(info.ID), 1, 0), verdict(absent),
		load(offNumber),
	}
	for _, name := range order {
		number, ok := info.SyscallNames[name]
		if !ok { // not every machine has every call
			continue
		}
		var body []unix.SockFilter
		for _, c := range byName[name] {
			body = append(body, c.compile()...)
		}
		if last := byName[name]; len(last[len(last)-1].when) > 0 {
			body = append(body, verdict(refusal))
		}
		if len(body) > 255 {
			return nil, fmt.Errorf("%s has more rules than a jump reaches over", name)
		}
		program = append(program, equal(uint32(number), 0, uint8(len(body))))
		program = append(program, body...)
	}
	return append(program, verdict(other)), nil
}

// compile ends with the verdict where the arguments match, and goes on behind itself where they do not.
func (c call) compile() []unix.SockFilter {
	program := []unix.SockFilter{verdict(c.verdict)}
	for i := len(c.when) - 1; i >= 0; i-- {
		m := c.when[i]
		program = append([]unix.SockFilter{
			load(offArgs + 8*m.arg),
			{Code: unix.BPF_ALU | unix.BPF_AND | unix.BPF_K, K: m.mask},
			equal(m.value, 0, uint8(len(program))),
		}, program...)
	}
	return program
}

func load(offset uint32) unix.SockFilter {
	return unix.SockFilter{Code: unix.BPF_LD | unix.BPF_W | unix.BPF_ABS, K: offset}
}

// equal goes on behind so many instructions.
func equal(value uint32, yes, no uint8) unix.SockFilter {
	return unix.SockFilter{Code: unix.BPF_JMP | unix.BPF_JEQ | unix.BPF_K, K: value, Jt: yes, Jf: no}
}

func verdict(v uint32) unix.SockFilter {
	return unix.SockFilter{Code: unix.BPF_RET | unix.BPF_K, K: v}
}

// install puts a filter around all threads of this process, for good. With listen it gives what a supervisor listens on.
func install(program []unix.SockFilter, listen bool) (listener *os.File, err error) {
	runtime.LockOSThread() // no_new_privs is the thread's; the kernel gives it to the others with the filter
	defer runtime.UnlockOSThread()
	if err := unix.Prctl(unix.PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); err != nil {
		return nil, fmt.Errorf("give up privileges: %w", err)
	}
	flags := uintptr(unix.SECCOMP_FILTER_FLAG_TSYNC)
	if listen {
		flags |= unix.SECCOMP_FILTER_FLAG_NEW_LISTENER | unix.SECCOMP_FILTER_FLAG_TSYNC_ESRCH
	}
	filter := unix.SockFprog{Len: uint16(len(program)), Filter: &program[0]}
	fd, _, errno := unix.Syscall(unix.SYS_SECCOMP, unix.SECCOMP_SET_MODE_FILTER, flags, uintptr(unsafe.Pointer(&filter)))
	switch {
	case errno != 0:
		return nil, fmt.Errorf("filter system calls: %w", errno)
	case listen:
		return os.NewFile(fd, "supervised"), nil
	case fd != 0: // a thread that could not follow
		return nil, fmt.Errorf("filter system calls: thread %d has another filter", fd)
	}
	return nil, nil
}
