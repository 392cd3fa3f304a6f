package sandbox

import (
	"fmt"
	"io"
	"os"

	"github.com/landlock-lsm/go-landlock/landlock"
	"golang.org/x/sys/unix"
)

// dataLimit is what the process may take beyond what it has when it starts: a picture of 64 million
// pixels, and as much again to decode it. The renderer watches resident memory besides and acts
// earlier; this holds when a file takes it all between two looks.
const dataLimit = 1 << 30

// sharedLimit is how large a memory is that a player shares with the sound system: PulseAudio's clients ask for 64 MB.
const sharedLimit = 128 << 20

// Output takes the pipe of answers away from file descriptor 1, so that nothing that prints
// can write into it.
func Output(out io.Writer) (io.Writer, error) {
	f, ok := out.(*os.File)
	if !ok || f.Fd() != 1 {
		return out, nil
	}
	fd, err := unix.FcntlInt(1, unix.F_DUPFD_CLOEXEC, 3)
	if err != nil {
		return nil, fmt.Errorf("claim output: %w", err)
	}
	if err := unix.Dup3(2, 1, 0); err != nil {
		return nil, fmt.Errorf("claim output: %w", err)
	}
	// A picture of the court screen has 8 MB; the default of 64 kB makes 128 turns of it. Refused
	// beyond the user's share, which costs speed only.
	_, _ = unix.FcntlInt(uintptr(fd), unix.F_SETPIPE_SZ, 1<<20)
	return os.NewFile(uintptr(fd), "answers"), nil
}

// Limit takes away what a process of this kind never needs.
func Limit(k Kind) {
	limitResources(k)
	_ = filterCalls(k)
}

// Around closes the file system but for reading beneath root and what the kind needs, and the network. It needs root
// to exist; MuPDF has its fonts built in and needs nothing of the system's.
func Around(root string, k Kind) {
	enclose(true, append(rulesOf(k), landlock.RODirs(root))...)
}

// enclose closes what can be closed only when it is known what is needed. Without Landlock, as in kernels that have none,
// the other half of it holds alone.
func enclose(withLandlock bool, rules ...landlock.Rule) {
	if withLandlock {
		_ = restrict(rules...)
	}
	if program, err := compile(closed(), unix.SECCOMP_RET_ALLOW); err == nil {
		_, _ = install(program, false)
	}
}

func limitResources(k Kind) {
	set := func(what int, most uint64) { _ = unix.Setrlimit(what, &unix.Rlimit{Cur: most, Max: most}) }
	set(unix.RLIMIT_CORE, 0) // a core would hold evidence
	if k == Convert || k == Recognize {
		return // their memory is limited by who starts them, by what the program takes
	}
	if now, err := dataSize(); err == nil {
		set(unix.RLIMIT_DATA, now+dataLimit)
	}
	switch k {
	case Draw:
		set(unix.RLIMIT_FSIZE, 0)
	case Play:
		set(unix.RLIMIT_FSIZE, sharedLimit)
	default:
	}
}

// filterCalls closes what the kernel may be asked for. Where this process has a supervisor, that is told.
func filterCalls(k Kind) error {
	supervisor := supervisorOf(k)
	if supervisor != nil {
		defer supervisor.Close()
	}
	program, err := compile(append(callsOf(k, supervisor != nil), allowed(closing)...), absent)
	if err != nil {
		return err
	}
	listener, err := install(program, supervisor != nil)
	if err != nil || supervisor == nil {
		return err
	}
	defer listener.Close()
	return handOver(supervisor, listener)
}

// dataSize is how much of this process counts against RLIMIT_DATA, in bytes. (RLIMIT_AS can't be
// used: Go and MuPDF reserve more than a gigabyte that they never touch.)
func dataSize() (uint64, error) {
	f, err := os.Open("/proc/self/statm")
	if err != nil {
		return 0, err
	}
	defer f.Close()
	var size, resident, shared, text, lib, data uint64
	if _, err := fmt.Fscan(f, &size, &resident, &shared, &text, &lib, &data); err != nil {
		return 0, fmt.Errorf("read memory size: %w", err)
	}
	return data * uint64(os.Getpagesize()), nil
}
