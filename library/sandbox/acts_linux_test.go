package sandbox

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"golang.org/x/sys/unix"
)

// act is something that no process of ours has any business with.
type act struct {
	name string
	try  func(*scene) error
	// but are those that may, and why: "play", "convert", or with "/old" where the kernel has no Landlock.
	but map[string]string
}

// Reasons that stand at several acts.
const (
	writes   = "it writes the PDF, into a folder of its own; whose other files are safe from it is Landlock's to say"
	noPaths  = "a filter of system calls does not see paths; without Landlock what is read can go nowhere, for there is no way out but the answer"
	launches = "the launcher becomes the program by it; what it starts is in the same sandbox"
	metadata = "Landlock leaves alone what only looks at names, sizes and times, and without it nothing sees paths"
)

func old(why string, kinds ...string) map[string]string {
	m := map[string]string{}
	for _, k := range kinds {
		m[k+"/old"] = why
	}
	return m
}

func everybodyOld(why string) map[string]string {
	return old(why, "draw", "play", "convert", "recognize")
}

func call6(number uintptr, args ...uintptr) error {
	var a [6]uintptr
	copy(a[:], args)
	_, _, errno := unix.Syscall6(number, a[0], a[1], a[2], a[3], a[4], a[5])
	if errno != 0 {
		return errno
	}
	return nil
}

func raw(number uintptr, args ...uintptr) func(*scene) error {
	return func(*scene) error { return call6(number, args...) }
}

func opened(path string, flags int) error {
	fd, err := unix.Open(path, flags, 0o600)
	if err == nil {
		_ = unix.Close(fd)
	}
	return err
}

func socket(domain, kind, protocol int) func(*scene) error {
	return func(*scene) error {
		fd, err := unix.Socket(domain, kind, protocol)
		if err == nil {
			_ = unix.Close(fd)
		}
		return err
	}
}

func (s *scene) evidence() string { return filepath.Join(s.Dir, "evidence") }
func (s *scene) foreign() string  { return filepath.Join(s.Other, "diary") }

func acts() []act {
	return append(append(append(fileActs(), processActs()...), networkActs()...), kernelActs()...)
}

func fileActs() []act {
	converts := func(name string, try func(*scene) error) act { return act{name, try, old(writes, "convert")} }
	return []act{
		converts("open for writing", func(s *scene) error { return opened(s.foreign(), unix.O_WRONLY) }),
		converts("open for reading and writing", func(s *scene) error { return opened(s.foreign(), unix.O_RDWR) }),
		converts("open and cut off", func(s *scene) error { return opened(s.foreign(), unix.O_RDONLY|unix.O_TRUNC) }),
		converts("create", func(s *scene) error { return opened(filepath.Join(s.Other, "new"), unix.O_RDONLY|unix.O_CREAT) }),
		converts("file without a name", func(s *scene) error { return opened(s.Other, unix.O_TMPFILE|unix.O_RDWR) }),
		{"openat2", func(s *scene) error {
			_, err := unix.Openat2(unix.AT_FDCWD, s.foreign(), &unix.OpenHow{Flags: unix.O_RDWR})
			return err
		}, nil},
		{"write to the evidence", func(s *scene) error { return opened(s.evidence(), unix.O_WRONLY) }, map[string]string{
			"convert": "what it has is a copy", "convert/old": "what it has is a copy",
		}},
		{"file in /dev/shm", func(*scene) error {
			name := "/dev/shm/butluc-sandbox-" + strconv.Itoa(os.Getpid())
			defer os.Remove(name)
			return opened(name, unix.O_RDWR|unix.O_CREAT)
		}, old(writes, "convert")},
		converts("truncate", func(s *scene) error { return unix.Truncate(s.foreign(), 1) }),
		converts("mkdir", func(s *scene) error {
			_ = unix.Mkdir(filepath.Join(s.Other, "folder"), 0o700) // a player is told that there is one
			_, err := os.ReadDir(filepath.Join(s.Other, "folder"))
			if errors.Is(err, os.ErrNotExist) {
				return unix.EACCES
			}
			return err
		}),
		converts("link", func(s *scene) error { return unix.Link(s.foreign(), filepath.Join(s.Other, "link")) }),
		converts("symlink", func(s *scene) error { return unix.Symlink("/", filepath.Join(s.Other, "symlink")) }),
		converts("rename", func(s *scene) error { return unix.Rename(s.foreign(), s.foreign()) }),
		converts("unlink", func(s *scene) error { return unix.Unlink(filepath.Join(s.Other, "letter")) }),
		{"mknod", func(s *scene) error { return unix.Mknod(filepath.Join(s.Other, "pipe"), unix.S_IFIFO|0o600, 0) }, nil},
		{"chmod", func(s *scene) error { return unix.Chmod(s.foreign(), 0o600) }, map[string]string{"convert": metadata, "convert/old": writes}},
		{"chown", func(s *scene) error { return unix.Chown(s.foreign(), os.Getuid(), os.Getgid()) }, nil},
		{"utimes", func(s *scene) error { return unix.Utimes(s.foreign(), make([]unix.Timeval, 2)) }, map[string]string{"convert": metadata, "convert/old": writes}},
		{"setxattr", func(s *scene) error { return unix.Setxattr(s.foreign(), "user.x", []byte("x"), 0) }, nil},
		{"setxattrat", raw(463), nil},
		{"file_setattr", raw(469), nil},
		{"flags of a file that is read", func(s *scene) error {
			f, err := os.Open(s.evidence())
			if err != nil {
				return unix.EINVAL
			}
			defer f.Close()
			return unix.IoctlSetPointerInt(int(f.Fd()), unix.FS_IOC_SETFLAGS, unix.STATX_ATTR_NODUMP)
		}, nil},
		{"read another file", func(s *scene) error { return opened(s.foreign(), unix.O_RDONLY) }, everybodyOld(noPaths)},
		{"list the root", func(*scene) error { return opened("/", unix.O_RDONLY|unix.O_DIRECTORY) }, everybodyOld(noPaths)},
		{"stat another file", func(s *scene) error { return unix.Stat(s.foreign(), new(unix.Stat_t)) }, map[string]string{
			"draw": metadata, "play": metadata, "convert": metadata, "recognize": metadata,
			"draw/old": metadata, "play/old": metadata, "convert/old": metadata, "recognize/old": metadata,
		}},
		{"command line of another", func(s *scene) error { return opened(fmt.Sprintf("/proc/%d/cmdline", s.Victim), unix.O_RDONLY) }, everybodyOld(noPaths)},
		{"memory of another as a file", func(s *scene) error { return opened(fmt.Sprintf("/proc/%d/mem", s.Victim), unix.O_RDONLY) }, everybodyOld(noPaths)},
		{"name_to_handle_at", raw(unix.SYS_NAME_TO_HANDLE_AT), nil},
		{"open_by_handle_at", raw(unix.SYS_OPEN_BY_HANDLE_AT), nil},
		{"inotify", raw(unix.SYS_INOTIFY_INIT1), nil},
		{"fanotify", raw(unix.SYS_FANOTIFY_INIT), nil},
		{"memory file", func(*scene) error { _, err := unix.MemfdCreate("x", 0); return err }, map[string]string{
			"play":     "clients of the sound system share sound by it; it has no name, and at most 128 MB",
			"play/old": "clients of the sound system share sound by it; it has no name, and at most 128 MB",
		}},
	}
}

func processActs() []act {
	victim := func(name string, number uintptr, args func(pid uintptr) []uintptr) act {
		return act{name, func(s *scene) error { return call6(number, args(uintptr(s.Victim))...) }, nil}
	}
	launched := map[string]string{"convert": launches, "convert/old": launches, "recognize": launches, "recognize/old": launches}
	forks := map[string]string{"convert": "LibreOffice is several processes", "convert/old": "LibreOffice is several processes"}
	return []act{
		victim("kill", unix.SYS_KILL, func(p uintptr) []uintptr { return []uintptr{p, uintptr(unix.SIGCONT)} }),
		victim("tkill", unix.SYS_TKILL, func(p uintptr) []uintptr { return []uintptr{p, uintptr(unix.SIGCONT)} }),
		victim("tgkill", unix.SYS_TGKILL, func(p uintptr) []uintptr { return []uintptr{p, p, uintptr(unix.SIGCONT)} }),
		victim("rt_sigqueueinfo", unix.SYS_RT_SIGQUEUEINFO, func(p uintptr) []uintptr { return []uintptr{p, uintptr(unix.SIGCONT)} }),
		victim("pidfd_open", unix.SYS_PIDFD_OPEN, func(p uintptr) []uintptr { return []uintptr{p} }),
		{"pidfd_send_signal", raw(unix.SYS_PIDFD_SEND_SIGNAL), nil},
		{"pidfd_getfd", raw(unix.SYS_PIDFD_GETFD), nil},
		{"signals to another by fcntl", func(s *scene) error {
			_, err := unix.FcntlInt(0, unix.F_SETOWN, s.Victim)
			return err
		}, nil},
		victim("ptrace", unix.SYS_PTRACE, func(p uintptr) []uintptr { return []uintptr{unix.PTRACE_SEIZE, p} }),
		victim("process_vm_readv", unix.SYS_PROCESS_VM_READV, func(p uintptr) []uintptr { return []uintptr{p} }),
		victim("process_vm_writev", unix.SYS_PROCESS_VM_WRITEV, func(p uintptr) []uintptr { return []uintptr{p} }),
		{"process_madvise", raw(unix.SYS_PROCESS_MADVISE), nil},
		victim("kcmp", unix.SYS_KCMP, func(p uintptr) []uintptr { return []uintptr{p, p} }),
		{"limits of another", func(s *scene) error { return unix.Prlimit(s.Victim, unix.RLIMIT_CORE, nil, new(unix.Rlimit)) }, nil},
		{"setpriority", func(s *scene) error { return unix.Setpriority(unix.PRIO_PROCESS, s.Victim, 1) }, nil},
		victim("ioprio_set", unix.SYS_IOPRIO_SET, func(p uintptr) []uintptr { return []uintptr{1, p, 3 << 13} }),
		victim("sched_setscheduler", unix.SYS_SCHED_SETSCHEDULER, func(p uintptr) []uintptr { return []uintptr{p} }),
		victim("sched_setaffinity", unix.SYS_SCHED_SETAFFINITY, func(p uintptr) []uintptr { return []uintptr{p} }),
		victim("sched_setattr", unix.SYS_SCHED_SETATTR, func(p uintptr) []uintptr { return []uintptr{p} }),
		victim("move_pages", unix.SYS_MOVE_PAGES, func(p uintptr) []uintptr { return []uintptr{p} }),
		{"setpgid", func(*scene) error { return unix.Setpgid(0, 0) }, nil},
		{"setsid", raw(unix.SYS_SETSID), nil},
		{"setuid", raw(unix.SYS_SETUID, uintptr(os.Getuid())), nil},
		{"execve", func(*scene) error { return unix.Exec("/nothing", nil, nil) }, launched},
		{"execveat", raw(unix.SYS_EXECVEAT), nil},
		{"another process", func(*scene) error { return exec.Command("/bin/true").Run() }, forks},
		{"clone3", raw(unix.SYS_CLONE3), nil},
		{"a core", func(*scene) error {
			var core unix.Rlimit
			if err := unix.Getrlimit(unix.RLIMIT_CORE, &core); err == nil && core.Max == 0 {
				return unix.EPERM
			}
			return nil
		}, nil},
	}
}

func networkActs() []act {
	const (
		connected = "a socket that is connected by the supervisor alone; see TestThePlayerHearsTheSoundSystemAlone"
		alone     = "LibreOffice wants to listen for another of its kind: it is told that it does, and connects to nobody"
	)
	speaks := map[string]string{"play": connected, "play/old": connected, "convert": alone, "convert/old": alone}
	listens := map[string]string{"convert": alone, "convert/old": alone}
	return []act{
		{"TCP", socket(unix.AF_INET, unix.SOCK_STREAM, 0), nil},
		{"TCP over IPv6", socket(unix.AF_INET6, unix.SOCK_STREAM, 0), nil},
		{"UDP", socket(unix.AF_INET, unix.SOCK_DGRAM, 0), nil},
		{"MPTCP", socket(unix.AF_INET, unix.SOCK_STREAM, unix.IPPROTO_MPTCP), nil},
		{"raw packets", socket(unix.AF_PACKET, unix.SOCK_RAW, 0), nil},
		{"netlink", socket(unix.AF_NETLINK, unix.SOCK_RAW, 0), nil},
		{"vsock", socket(unix.AF_VSOCK, unix.SOCK_STREAM, 0), nil},
		{"crypto socket", socket(unix.AF_ALG, unix.SOCK_SEQPACKET, 0), nil},
		{"local stream", socket(unix.AF_UNIX, unix.SOCK_STREAM, 0), speaks},
		{"local datagram", socket(unix.AF_UNIX, unix.SOCK_DGRAM, 0), nil},
		{"local packets", socket(unix.AF_UNIX, unix.SOCK_SEQPACKET, 0), nil},
		{"pair of sockets", func(*scene) error { _, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_DGRAM, 0); return err }, nil},
		{"dial TCP", func(s *scene) error { _, err := net.Dial("tcp", s.Address); return err }, nil},
		{"dial the session bus", func(s *scene) error { _, err := net.Dial("unix", s.Server); return err }, nil},
		{"connect", raw(unix.SYS_CONNECT), nil},
		{"bind", raw(unix.SYS_BIND), listens},
		{"listen", raw(unix.SYS_LISTEN), listens},
		{"really listen", func(s *scene) error {
			path := filepath.Join(s.Dir, "listens")
			fd, err := unix.Socket(unix.AF_UNIX, unix.SOCK_STREAM, 0)
			if err == nil {
				defer unix.Close(fd)
				err = unix.Bind(fd, &unix.SockaddrUnix{Name: path})
			}
			if err == nil && errors.Is(unix.Stat(path, new(unix.Stat_t)), unix.ENOENT) {
				return unix.EACCES
			}
			return err
		}, nil},
		{"accept", raw(unix.SYS_ACCEPT4), nil},
	}
}

func kernelActs() []act {
	const nonsense = ^uintptr(0) // what is let through shall do nothing
	list := []act{}
	for name, number := range map[string]uintptr{
		"shmget": unix.SYS_SHMGET, "semget": unix.SYS_SEMGET, "msgget": unix.SYS_MSGGET, "mq_open": unix.SYS_MQ_OPEN,
		"io_uring_setup": unix.SYS_IO_URING_SETUP, "io_setup": unix.SYS_IO_SETUP, "bpf": unix.SYS_BPF, "perf_event_open": unix.SYS_PERF_EVENT_OPEN,
		"userfaultfd": unix.SYS_USERFAULTFD, "keyctl": unix.SYS_KEYCTL, "add_key": unix.SYS_ADD_KEY, "request_key": unix.SYS_REQUEST_KEY,
		"mount": unix.SYS_MOUNT, "umount2": unix.SYS_UMOUNT2, "pivot_root": unix.SYS_PIVOT_ROOT, "chroot": unix.SYS_CHROOT,
		"setns": unix.SYS_SETNS, "unshare": unix.SYS_UNSHARE, "fsopen": unix.SYS_FSOPEN, "open_tree": unix.SYS_OPEN_TREE, "move_mount": unix.SYS_MOVE_MOUNT,
		"init_module": unix.SYS_INIT_MODULE, "kexec_load": unix.SYS_KEXEC_LOAD, "syslog": unix.SYS_SYSLOG, "acct": unix.SYS_ACCT,
		"quotactl": unix.SYS_QUOTACTL, "swapon": unix.SYS_SWAPON, "sethostname": unix.SYS_SETHOSTNAME, "personality": unix.SYS_PERSONALITY,
		"seccomp": unix.SYS_SECCOMP, "landlock": unix.SYS_LANDLOCK_CREATE_RULESET, "memfd_secret": unix.SYS_MEMFD_SECRET,
		"mincore": unix.SYS_MINCORE, "splice": unix.SYS_SPLICE, "vmsplice": unix.SYS_VMSPLICE, "tee": unix.SYS_TEE, "sync": unix.SYS_SYNC,
		"settimeofday": unix.SYS_SETTIMEOFDAY, "a call to come": 1000,
	} {
		list = append(list, act{name, raw(number, nonsense, nonsense, nonsense, nonsense, nonsense, nonsense), nil})
	}
	slices.SortFunc(list, func(a, b act) int { return strings.Compare(a.name, b.name) })
	return list
}

// probes are what was tried by kinds of processes, "play", or "play/old" without Landlock.
type probes struct {
	where   []string
	answers map[string]map[string]string
}

func (p *probes) add(where string, answers map[string]string) {
	if p.answers == nil {
		p.answers = map[string]map[string]string{}
	}
	p.where, p.answers[where] = append(p.where, where), answers
}

// count is read by the fault laboratory, too.
func (p *probes) count(where string) string {
	refused, explained := 0, 0
	for _, a := range acts() {
		switch _, may := a.but[where]; {
		case p.answers[where][a.name] == "refused":
			refused++
		case may:
			explained++
		}
	}
	return fmt.Sprintf("tried: %d, refused %d, explained %d", len(acts()), refused, explained)
}

// table has a line for each act that is not refused everywhere, the reasons below, and the names of all others.
func (p *probes) table() string {
	var b, others strings.Builder
	var reasons []string
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "\t%s\n", strings.Join(p.where, "\t"))
	for _, a := range acts() {
		cells := make([]string, len(p.where))
		everywhere := true
		for i, where := range p.where {
			why, may := a.but[where]
			switch {
			case p.answers[where][a.name] == "refused":
				cells[i] = "-"
				continue
			case !may:
				cells[i] = "NOT REFUSED"
			default:
				if !slices.Contains(reasons, why) {
					reasons = append(reasons, why)
				}
				cells[i] = string(rune('a' + slices.Index(reasons, why)))
			}
			everywhere = false
		}
		if everywhere {
			others.WriteString(", " + a.name)
			continue
		}
		fmt.Fprintf(w, "%s\t%s\n", a.name, strings.Join(cells, "\t"))
	}
	_ = w.Flush() // into memory
	for i, why := range reasons {
		fmt.Fprintf(&b, "%c: %s\n", 'a'+i, why)
	}
	return b.String() + "refused everywhere: " + strings.TrimPrefix(others.String(), ", ") + "\n"
}
