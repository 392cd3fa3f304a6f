package sandbox

import (
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// call is one system call that a process may make. A list of what is allowed rather than of what is refused: a call that
// the next kernel brings is refused until somebody has thought about it. What is not listed does not exist (ENOSYS), so
// that C libraries and Go fall back on what they did before there was such a call; a listed one with other arguments is
// refused (EACCES).
type call struct {
	name    string
	when    []match // all must hold; none: any arguments
	verdict uint32  // one of SECCOMP_RET_…
}

// match holds where argument arg, cut to mask, is value. Only the lower 32 bits are looked at: what is matched are
// numbers, flags and commands, of which the kernel takes no more.
type match struct {
	arg         uint32
	mask, value uint32
}

const (
	any32       = 1<<32 - 1
	refusal     = unix.SECCOMP_RET_ERRNO | uint32(unix.EACCES)
	absent      = unix.SECCOMP_RET_ERRNO | uint32(unix.ENOSYS)
	thereIs     = unix.SECCOMP_RET_ERRNO | uint32(unix.EEXIST)
	pretended   = unix.SECCOMP_RET_ERRNO // 0: done, says the kernel, and does nothing
	supervised  = unix.SECCOMP_RET_USER_NOTIF
	writing     = unix.O_ACCMODE | unix.O_CREAT | unix.O_TRUNC | unix.O_TMPFILE&^unix.O_DIRECTORY
	namespaces  = unix.CLONE_NEWNS | unix.CLONE_NEWCGROUP | unix.CLONE_NEWUTS | unix.CLONE_NEWIPC | unix.CLONE_NEWUSER | unix.CLONE_NEWPID | unix.CLONE_NEWNET
	socketTypes = 0xf // SOCK_TYPE_MASK of the kernel: what is above are flags
)

// Those of every process, the most frequent first.
const (
	everyday = `read write futex clock_gettime nanosleep clock_nanosleep epoll_wait epoll_pwait epoll_pwait2 poll ppoll select pselect6
		close lseek pread64 pwrite64 readv writev preadv pwritev preadv2 pwritev2 gettimeofday time getrandom`
	memory  = `mmap munmap mprotect mremap madvise brk msync mlock munlock membarrier`
	reading = `stat fstat lstat newfstatat statx statfs fstatfs access faccessat faccessat2 readlink readlinkat getdents getdents64
		getcwd chdir fchdir dup dup2 dup3 close_range fadvise64 readahead fsync fdatasync`
	waiting = `pipe pipe2 eventfd eventfd2 epoll_create epoll_create1 epoll_ctl timerfd_create timerfd_settime timerfd_gettime signalfd4
		wait4 waitid pause alarm getitimer setitimer timer_create timer_settime timer_gettime timer_getoverrun timer_delete times clock_getres`
	threads = `exit exit_group set_robust_list rseq set_tid_address futex_waitv futex_wake futex_wait futex_requeue
		restart_syscall sched_yield sched_getaffinity sched_getparam sched_getscheduler sched_get_priority_max sched_get_priority_min
		getpriority arch_prctl prctl capget getcpu`
	signals = `rt_sigaction rt_sigprocmask rt_sigreturn rt_sigpending rt_sigsuspend rt_sigtimedwait sigaltstack`
	self    = `getpid gettid getppid getuid geteuid getgid getegid getresuid getresgid getgroups getpgrp getpgid getsid getrlimit getrusage
		sysinfo uname umask`
	// What closing the rest takes, until that is done: Landlock is brought to all threads by signals.
	closing = `seccomp landlock_create_ruleset landlock_add_rule landlock_restrict_self tkill`
)

// Those of some.
const (
	// What is said over a socket that is connected. An address beside it counts for nothing: only streams are made.
	talking = `sendmsg recvmsg sendto recvfrom getsockopt setsockopt getsockname getpeername shutdown`
	// What changes files; which ones may be changed is Landlock's to say.
	changing = `creat truncate ftruncate fallocate unlink unlinkat rename renameat renameat2 mkdir mkdirat rmdir link linkat symlink symlinkat
		chmod fchmod fchmodat utime utimes utimensat futimesat flock copy_file_range sendfile`
	// What programs of all sorts look at besides.
	looking = `getxattr lgetxattr fgetxattr listxattr llistxattr flistxattr`
)

// commands are what may be asked of a file with fcntl. Missing are those by which the kernel would send signals to others
// (F_SETOWN, F_SETSIG) or tell what others do (F_NOTIFY, F_SETLEASE).
var commands = []uint32{
	unix.F_DUPFD, unix.F_DUPFD_CLOEXEC, unix.F_GETFD, unix.F_SETFD, unix.F_GETFL, unix.F_SETFL, unix.F_GETLK, unix.F_SETLK, unix.F_SETLKW,
	unix.F_OFD_GETLK, unix.F_OFD_SETLK, unix.F_OFD_SETLKW, unix.F_GETOWN, unix.F_SETPIPE_SZ, unix.F_GETPIPE_SZ, unix.F_ADD_SEALS, unix.F_GET_SEALS,
}

// controls are what may be asked of a file with ioctl: whether it is a terminal, how much can be read. Others change a file
// that was opened for reading: its flags (FS_IOC_SETFLAGS) or whether it may be written to ever again (FS_IOC_ENABLE_VERITY).
var controls = []uint32{unix.TCGETS, unix.TCGETS2, unix.TIOCGWINSZ, unix.TIOCINQ, fioNBIO, fioCLEX, fioNCLEX}

// From asm-generic/ioctls.h.
const (
	fioNBIO  = 0x5421
	fioNCLEX = 0x5450
	fioCLEX  = 0x5451
)

// callsOf is what a process of a kind may ask the kernel for. supervisor tells whether somebody answers in the kernel's
// stead where the table says so.
func callsOf(k Kind, supervisor bool) []call {
	own := match{0, any32, uint32(os.Getpid())}
	none := match{0, any32, 0}
	local, stream := match{0, any32, unix.AF_UNIX}, match{1, socketTypes, unix.SOCK_STREAM}
	calls := allowed(everyday, memory, reading, waiting, threads, signals, self)
	calls = append(calls, one("tgkill", own), one("kill", own), one("prlimit64", none), one("prlimit64", own), call{name: "clone3", verdict: absent})
	for _, c := range commands {
		calls = append(calls, one("fcntl", match{1, any32, c}))
	}
	for _, c := range controls {
		calls = append(calls, one("ioctl", match{1, any32, c}))
	}
	if k == Convert {
		calls = append(calls, allowed(changing, looking, "open openat fork vfork execve")...)
		// Its processes speak to each other. It listens in /tmp for another of its kind, or will not start, and so is told
		// that it does (its osl_psz_createPipe); nobody comes.
		calls = append(calls, allowed("accept shutdown")...)
		calls = append(calls, call{name: "bind", verdict: pretended}, call{name: "listen", verdict: pretended})
		return append(calls, one("clone", match{0, namespaces, 0}), one("socketpair", local, stream), one("socket", local, stream))
	}
	calls = append(calls,
		one("open", match{1, writing, unix.O_RDONLY}), one("openat", match{2, writing, unix.O_RDONLY}),
		one("clone", match{0, namespaces | unix.CLONE_THREAD, unix.CLONE_THREAD}))
	switch k {
	case Recognize:
		calls = append(calls, one("execve"))
	case Play:
		calls = append(calls, allowed(talking, "memfd_create ftruncate")...)
		calls = append(calls, one("socket", local, stream))
		// Clients of PulseAudio make sure of a folder of theirs, and take a refusal for the end of sound.
		calls = append(calls, call{name: "mkdir", verdict: thereIs}, call{name: "mkdirat", verdict: thereIs})
		if supervisor {
			calls = append(calls, call{name: "connect", verdict: supervised})
		}
	default:
	}
	return calls
}

// closed refuses what closing took.
func closed() []call {
	calls := allowed(closing)
	for i := range calls {
		calls[i].verdict = absent
	}
	return calls
}

func one(name string, when ...match) call { return call{name, when, unix.SECCOMP_RET_ALLOW} }

func allowed(lists ...string) []call {
	var calls []call
	for _, list := range lists {
		for _, name := range strings.Fields(list) {
			calls = append(calls, one(name))
		}
	}
	return calls
}
