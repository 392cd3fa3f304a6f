package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/landlock-lsm/go-landlock/landlock"
	"golang.org/x/sys/unix"
)

// scene is what a hostile file finds around it.
type scene struct {
	Kind     Kind
	Landlock bool   // false: as if the kernel had none
	Dir      string // of the evidence; a converter may write there
	Other    string // a folder that is nobody's business
	Victim   int    // another process of the user's
	Server   string // a socket of the user's: the session bus, a display
	Address  string // of something that listens on TCP
	Dials    []string
}

const sceneVariable = "BUTLUC_SANDBOX_SCENE"

// The test binary is the fenced process, too.
func TestMain(m *testing.M) {
	told := os.Getenv(sceneVariable)
	if told == "" {
		os.Exit(m.Run())
	}
	var s scene
	if err := json.Unmarshal([]byte(told), &s); err != nil {
		panic(err)
	}
	s.enter()
	if s.Dials != nil {
		s.dial()
	}
	answers := map[string]string{"read the evidence": outcome(opened(s.evidence(), unix.O_RDONLY))}
	for _, a := range acts() {
		answers[a.name] = outcome(a.try(&s))
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		panic(err)
	}
	os.Exit(0)
}

func (s *scene) enter() {
	Limit(s.Kind)
	own := landlock.RODirs(s.Dir)
	if s.Kind == Convert {
		own = landlock.RWDirs(s.Dir)
	}
	enclose(s.Landlock, append(rulesOf(s.Kind), own)...)
}

// outcome is "refused" where the kernel did not even look at what was asked.
func outcome(err error) string {
	switch {
	case err == nil:
		return "done"
	case errors.Is(err, unix.EACCES), errors.Is(err, unix.EPERM), errors.Is(err, unix.ENOSYS):
		return "refused"
	default:
		return "came through: " + err.Error()
	}
}

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
	return list
}

// Whatever the file makes the process do, it does nothing but what it is for; and what it still may is explained above.
func TestWhatIsForbiddenIsRefused(t *testing.T) {
	for _, kind := range Kinds() {
		for _, withLandlock := range []bool{true, false} {
			where := kind.String()
			if !withLandlock {
				where += "/old"
			}
			t.Run(where, func(t *testing.T) {
				if withLandlock {
					needLandlock(t)
				}
				answers := play(t, kind, withLandlock)
				if got := answers["read the evidence"]; got != "done" {
					t.Errorf("read the evidence: %s", got)
				}
				for _, a := range acts() {
					why, may := a.but[where]
					switch got := answers[a.name]; {
					case got == "":
						t.Errorf("%s was not tried", a.name)
					case got != "refused" && !may:
						t.Errorf("%s: %s", a.name, got)
					case got == "refused" && may:
						t.Errorf("%s is refused, though %q", a.name, why)
					}
				}
			})
		}
	}
}

func needLandlock(t *testing.T) {
	t.Helper()
	if slices.Contains(Look(Draw).Gaps, OpenFiles) {
		t.Skip("this kernel has no Landlock")
	}
}

// A program of others, wrapped, reads what it is given and nothing else, and tells its own end.
func TestAWrappedProgramReadsWhatItIsGiven(t *testing.T) {
	needLandlock(t)
	for _, kind := range []Kind{Convert, Recognize} {
		given, other := t.TempDir(), t.TempDir()
		for _, dir := range []string{given, other} {
			if err := os.WriteFile(filepath.Join(dir, "letter"), []byte("words"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		cat := func(file string) (string, error) {
			cmd := exec.Command("cat", file)
			if err := Wrap(cmd, kind, Paths{Read: []string{given}}); err != nil {
				t.Fatal(err)
			}
			out, err := cmd.Output()
			return string(out), err
		}
		if said, err := cat(filepath.Join(given, "letter")); said != "words" || err != nil {
			t.Errorf("%s: what it is given: %q, %v", kind, said, err)
		}
		var status *exec.ExitError
		if said, err := cat(filepath.Join(other, "letter")); said != "" || !errors.As(err, &status) || status.ExitCode() != 1 {
			t.Errorf("%s: another file: %q, %v", kind, said, err)
		}
	}
}

// play runs all acts in a process of a kind.
func play(t *testing.T, kind Kind, withLandlock bool) map[string]string {
	t.Helper()
	s := scene{Kind: kind, Landlock: withLandlock, Dir: t.TempDir(), Other: t.TempDir()}
	for _, file := range []string{s.evidence(), s.foreign(), filepath.Join(s.Other, "letter")} {
		if err := os.WriteFile(file, []byte("words"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s.Server = filepath.Join(t.TempDir(), "bus")
	for _, listen := range [][2]string{{"unix", s.Server}, {"tcp", "127.0.0.1:0"}} {
		l, err := net.Listen(listen[0], listen[1])
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { l.Close() })
		s.Address = l.Addr().String()
	}
	s.Victim = victim(t)
	told, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("/proc/self/exe")
	cmd.Env = []string{sceneVariable + "=" + string(told)}
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("the fenced process: %v, %s", err, out)
	}
	answers := map[string]string{}
	if err := json.Unmarshal(out, &answers); err != nil {
		t.Fatal(err)
	}
	return answers
}

// victim is a process that does nothing until the test ends.
func victim(t *testing.T) int {
	t.Helper()
	cmd := exec.Command("cat")
	in, err := cmd.StdinPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close(); _ = cmd.Wait() })
	return cmd.Process.Pid
}

// dial tries to speak to sockets, and tells what came of it.
func (s *scene) dial() {
	answers := map[string]string{}
	for _, path := range s.Dials {
		answers[path] = outcome(hello(path))
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		panic(err)
	}
	os.Exit(0)
}

// hello is what a client of a sound system does.
func hello(path string) error {
	fd, err := unix.Socket(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_NONBLOCK|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer unix.Close(fd)
	if err := unix.Connect(fd, &unix.SockaddrUnix{Name: path}); err != nil {
		return err
	}
	if _, err := unix.Write(fd, []byte("hello")); err != nil {
		return err
	}
	flags, err := unix.FcntlInt(uintptr(fd), unix.F_GETFL, 0)
	if err == nil && flags&unix.O_NONBLOCK == 0 {
		return errors.New("it blocks")
	}
	return err
}

// The one way out of a player leads to the sound system of its user.
func TestThePlayerHearsTheSoundSystemAlone(t *testing.T) {
	run := t.TempDir()
	for _, name := range []string{"PULSE_SERVER", "PULSE_RUNTIME_PATH", "PIPEWIRE_RUNTIME_DIR", "PIPEWIRE_REMOTE"} {
		t.Setenv(name, "")
	}
	t.Setenv("XDG_RUNTIME_DIR", run)
	if err := os.Mkdir(filepath.Join(run, "pulse"), 0o700); err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(Look(Play).Gaps, NoSound) {
		t.Error("there is said to be sound where nothing listens")
	}
	want := map[string]string{}
	for path, outcome := range map[string]string{"pulse/native": "done", "pipewire-0": "done", "bus": "refused", "pulse/../bus": "refused", "\x00abstract": "refused"} {
		if path[0] != '@' { // those have no place in the file system
			path = run + "/" + path
		}
		want[path] = outcome
		if strings.Contains(path, "..") {
			continue
		}
		l, err := net.Listen("unix", strings.Replace(path, "\x00", "@butluc-test-", 1))
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { l.Close() })
		if outcome == "done" {
			go greeted(t, l)
		}
	}
	if slices.Contains(Look(Play).Gaps, NoSound) {
		t.Error("the sound system is not found")
	}
	for _, supervised := range []bool{true, false} {
		if supervised && !kernelAsks() {
			continue
		}
		got := dialled(t, scene{Kind: Play, Landlock: true, Dir: run, Dials: slices.Collect(maps.Keys(want))}, supervised)
		for path, outcome := range want {
			if !supervised {
				outcome = "refused" // there is nobody to ask
			}
			if got[path] != outcome {
				t.Errorf("supervised %v: connect to %q: %s, want %s", supervised, path, got[path], outcome)
			}
		}
	}
}

// greeted is a sound system.
func greeted(t *testing.T, l net.Listener) {
	c, err := l.Accept()
	if err != nil {
		return // the test ended
	}
	defer c.Close()
	if said, err := io.ReadAll(c); string(said) != "hello" {
		t.Errorf("the sound system heard %q, %v", said, err)
	}
}

func dialled(t *testing.T, s scene, supervised bool) map[string]string {
	t.Helper()
	told, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	cmd := exec.Command("/proc/self/exe")
	cmd.Env = []string{sceneVariable + "=" + string(told)}
	cmd.Stdout, cmd.Stderr = &out, os.Stderr
	served := make(chan struct{})
	if supervised {
		supervisor, err := Supervise(cmd)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { <-served }() // it ends with the process
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		go func() { supervisor.Serve(); close(served) }()
	} else if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err)
	}
	answers := map[string]string{}
	if err := json.Unmarshal(out.Bytes(), &answers); err != nil {
		t.Fatal(err)
	}
	return answers
}
