package fence

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	seccomp "github.com/elastic/go-seccomp-bpf"
	"github.com/elastic/go-seccomp-bpf/arch"
	"github.com/landlock-lsm/go-landlock/landlock"
	"golang.org/x/sys/unix"
)

// dataLimit is what the process may take beyond what it has when it starts: a picture of 64 million
// pixels, and as much again to decode it. The renderer watches resident memory besides and acts
// earlier; this holds when a file takes it all between two looks.
const dataLimit = 1 << 30

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
	_ = unix.Setrlimit(unix.RLIMIT_CORE, &unix.Rlimit{}) // a core would hold evidence
	if now, err := dataSize(); err == nil {
		n := now + dataLimit
		_ = unix.Setrlimit(unix.RLIMIT_DATA, &unix.Rlimit{Cur: n, Max: n})
	}
	_ = filter(k)
}

// libraries are where the system keeps what libmpv is made of, which is loaded when a recording is met first.
func libraries() []landlock.Rule {
	return []landlock.Rule{
		landlock.RODirs("/usr", "/lib", "/lib64", "/etc/alternatives").IgnoreIfMissing(),
		landlock.ROFiles("/etc/ld.so.cache").IgnoreIfMissing(),
	}
}

// soundSystem is what PipeWire, PulseAudio and ALSA want to see. A path that is not absolute is none.
func soundSystem() []landlock.Rule {
	home, _ := os.UserHomeDir()
	run := os.Getenv("XDG_RUNTIME_DIR")
	rules := []landlock.Rule{
		landlock.RODirs("/etc/pulse", "/etc/pipewire", "/etc/alsa", "/proc", "/sys", "/var/lib/dbus").IgnoreIfMissing(),
		landlock.ROFiles("/etc/asound.conf", "/etc/machine-id", "/etc/localtime").IgnoreIfMissing(),
		landlock.RWDirs("/dev/snd", "/dev/shm").IgnoreIfMissing().WithIoctlDev(),
		landlock.RWFiles("/dev/null").IgnoreIfMissing(),
	}
	if filepath.IsAbs(run) {
		rules = append(rules, landlock.RWDirs(run).IgnoreIfMissing())
	}
	if filepath.IsAbs(home) {
		rules = append(rules,
			landlock.RODirs(filepath.Join(home, ".config/pulse"), filepath.Join(home, ".config/pipewire")).IgnoreIfMissing(),
			landlock.ROFiles(filepath.Join(home, ".pulse-cookie"), filepath.Join(home, ".asoundrc")).IgnoreIfMissing())
	}
	return rules
}

// Around closes the file system but for reading beneath root and what the kind needs, and the network. It needs root
// to exist; MuPDF has its fonts built in and needs nothing of the system's.
func Around(root string, k Kind) {
	rules := append(libraries(), landlock.RODirs(root))
	if k == Plays {
		rules = append(rules, soundSystem()...)
	}
	_ = landlock.V8.BestEffort().Restrict(rules...)
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

// refused system calls: network, other programs, other processes, mounting, and changing anything
// on disk. A list of what is refused rather than of what is allowed, because the Go runtime and
// the C library grow new calls with every version, and a process that dies of one shows nothing.
var refused = []string{
	"socket", "socketpair", "connect", "bind", "listen", "accept", "accept4",
	"execve", "execveat", "fork", "vfork",
	"ptrace", "process_vm_readv", "process_vm_writev", "kcmp", "pidfd_open", "pidfd_getfd", "pidfd_send_signal",
	"mount", "umount2", "pivot_root", "chroot", "setns", "unshare", "move_mount", "open_tree", "fsopen", "fsmount",
	"open_by_handle_at", "name_to_handle_at", "bpf", "perf_event_open", "userfaultfd",
	"io_uring_setup", "io_uring_enter", "io_uring_register",
	"keyctl", "add_key", "request_key", "kexec_load", "init_module", "finit_module", "delete_module",
	"reboot", "swapon", "swapoff", "syslog", "acct", "quotactl",
	"creat", "truncate", "unlink", "unlinkat", "rename", "renameat", "renameat2", "mkdir", "mkdirat", "rmdir",
	"link", "linkat", "symlink", "symlinkat", "mknod", "mknodat", "chmod", "fchmod", "fchmodat", "fchmodat2",
	"chown", "fchown", "lchown", "fchownat", "utime", "utimes", "utimensat", "futimesat",
	"setxattr", "lsetxattr", "fsetxattr", "removexattr", "lremovexattr", "fremovexattr",
}

// spoken are calls by which a process speaks to the sound system over a socket of the machine's own.
var spoken = []string{"socket", "socketpair", "connect", "bind", "listen", "accept", "accept4"}

// making are calls to which a process that plays is told that there is such a folder already. It makes none, as it
// shouldn't; but clients of PulseAudio make sure of one of theirs, and take a plain refusal for the end of sound.
var making = []string{"mkdir", "mkdirat"}

func filter(k Kind) error {
	info, err := arch.GetInfo("")
	if err != nil {
		return err
	}
	known, made := refused[:0:0], refused[:0:0]
	for _, name := range refused {
		_, ok := info.SyscallNames[name]
		switch {
		case !ok, k == Plays && slices.Contains(spoken, name): // not every machine has every call
		case k == Plays && slices.Contains(making, name):
			made = append(made, name)
		default:
			known = append(known, name)
		}
	}
	groups := []seccomp.SyscallGroup{{Names: known, Action: seccomp.ActionErrno}}
	if k == Plays { // clients of PulseAudio share memory that they open for writing
		return load(append(groups, seccomp.SyscallGroup{Names: made, Action: seccomp.ActionErrno | seccomp.Action(unix.EEXIST)}))
	}
	var writing []seccomp.NameWithConditions
	for name, flags := range map[string]uint32{"open": 1, "openat": 2} {
		if _, ok := info.SyscallNames[name]; ok {
			writing = append(writing, seccomp.NameWithConditions{Name: name, Conditions: seccomp.ArgumentConditions{
				{Argument: flags, Operation: seccomp.BitsSet, Value: unix.O_WRONLY | unix.O_RDWR | unix.O_CREAT | unix.O_TRUNC},
			}})
		}
	}
	groups = append(groups, seccomp.SyscallGroup{NamesWithCondtions: writing, Action: seccomp.ActionErrno})
	return load(groups)
}

func load(groups []seccomp.SyscallGroup) error {
	return seccomp.LoadFilter(seccomp.Filter{
		NoNewPrivs: true,
		Flag:       seccomp.FilterFlagTSync,
		Policy:     seccomp.Policy{DefaultAction: seccomp.ActionAllow, Syscalls: groups},
	})
}
