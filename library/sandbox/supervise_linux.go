package sandbox

import (
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"unsafe"

	"golang.org/x/sys/unix"
)

// Supervisor connects a player with the sound system in its stead: the player may make a socket and connect none. Where it
// tries, the kernel asks the supervisor (seccomp_unotify(2)), which connects a socket of its own to the sound system of
// this user, if that is whom the player wants, and puts it in the place of the player's. What the player says of the
// address is read once, and the connection is made by what was read.
type Supervisor struct {
	mine, childs *os.File
	servers      []string
}

// supervisorVariable tells the child which descriptor leads to its supervisor.
const supervisorVariable = "BUTLUC_SUPERVISOR"

// Supervise readies a supervisor for a child that plays and is not yet started.
func Supervise(cmd *exec.Cmd) (*Supervisor, error) {
	pair, err := unix.Socketpair(unix.AF_UNIX, unix.SOCK_SEQPACKET|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, fmt.Errorf("make supervisor: %w", err)
	}
	s := &Supervisor{mine: os.NewFile(uintptr(pair[0]), "supervisor"), childs: os.NewFile(uintptr(pair[1]), "supervised"), servers: soundServers()}
	cmd.ExtraFiles = append(cmd.ExtraFiles, s.childs)
	cmd.Env = append(cmd.Env, supervisorVariable+"="+strconv.Itoa(2+len(cmd.ExtraFiles)))
	return s, nil
}

// soundServers are the sockets on which PulseAudio and PipeWire may listen for this user.
func soundServers() []string {
	named := strings.TrimPrefix(os.Getenv("PULSE_SERVER"), "unix:")
	remote := os.Getenv("PIPEWIRE_REMOTE")
	if remote == "" {
		remote = "pipewire-0"
	}
	servers := []string{
		named, remote, within("PULSE_RUNTIME_PATH", "native"), within("XDG_RUNTIME_DIR", "pulse/native"),
		within("PIPEWIRE_RUNTIME_DIR", remote), within("XDG_RUNTIME_DIR", remote), "/run/pulse/native", "/var/run/pulse/native",
	}
	if links, err := filepath.Glob(within("HOME", ".config/pulse/*-runtime/native")); err == nil {
		servers = append(servers, links...)
	}
	return slices.DeleteFunc(servers, func(path string) bool { return !filepath.IsAbs(path) })
}

// Close is for a child that did not start.
func (s *Supervisor) Close() {
	_ = s.mine.Close()
	_ = s.childs.Close()
}

// Serve answers for a child that was started, until it ends.
func (s *Supervisor) Serve() {
	_ = s.childs.Close()
	listener, err := takeOver(s.mine)
	_ = s.mine.Close()
	if err != nil {
		return // it ended before it was fenced, or its kernel has no supervisors
	}
	defer listener.Close()
	for {
		request, err := receive(listener)
		if err != nil {
			return
		}
		s.answer(listener, request)
	}
}

// The layouts of linux/seccomp.h.
type (
	notification struct {
		id         uint64
		pid, flags uint32
		number     int32
		arch       uint32
		ip         uint64
		args       [6]uint64
	}
	response struct {
		id    uint64
		value int64
		err   int32
		flags uint32
	}
	injection struct {
		id                            uint64
		flags, source, target, onExec uint32
	}
)

// receive waits for the next request. Its error says that nobody is left who could ask.
func receive(listener *os.File) (*notification, error) {
	for {
		wait := []unix.PollFd{{Fd: int32(listener.Fd()), Events: unix.POLLIN}}
		if _, err := unix.Poll(wait, -1); err != nil && !errors.Is(err, unix.EINTR) {
			return nil, err
		}
		if wait[0].Revents&unix.POLLIN == 0 {
			if wait[0].Revents != 0 {
				return nil, os.ErrClosed
			}
			continue
		}
		n := new(notification)
		err := control(listener, unix.SECCOMP_IOCTL_NOTIF_RECV, unsafe.Pointer(n))
		if err == nil {
			return n, nil
		}
		if !errors.Is(err, unix.EINTR) && !errors.Is(err, unix.ENOENT) { // a thread that was ended meanwhile
			return nil, err
		}
	}
}

func control(f *os.File, command uintptr, arg unsafe.Pointer) error {
	_, _, errno := unix.Syscall(unix.SYS_IOCTL, f.Fd(), command, uintptr(arg))
	runtime.KeepAlive(f)
	if errno != 0 {
		return errno
	}
	return nil
}

func (s *Supervisor) answer(listener *os.File, n *notification) {
	r := response{id: n.id}
	if err := s.connect(listener, n); err != nil {
		r.err = -int32(unix.EACCES)
		if errno := unix.Errno(0); errors.As(err, &errno) && errno != 0 {
			r.err = -int32(errno)
		}
	}
	_ = control(listener, unix.SECCOMP_IOCTL_NOTIF_SEND, unsafe.Pointer(&r)) // fails where the thread is gone
}

// connect carries a connect(2) out. The arguments are a descriptor, an address, and how long that is.
func (s *Supervisor) connect(listener *os.File, n *notification) error {
	path, err := pathOf(n)
	if err != nil {
		return err
	}
	if !slices.Contains(s.servers, path) {
		return fmt.Errorf("connect to %q: %w", path, unix.EACCES)
	}
	// It does not block: the two clients that there are both ask for that, and it is not told here.
	fd, err := unix.Socket(unix.AF_UNIX, unix.SOCK_STREAM|unix.SOCK_CLOEXEC|unix.SOCK_NONBLOCK, 0)
	if err != nil {
		return err
	}
	defer unix.Close(fd) //nolint:errcheck // the child has it by now, or nobody has
	if err := unix.Connect(fd, &unix.SockaddrUnix{Name: path}); err != nil {
		return err
	}
	return control(listener, unix.SECCOMP_IOCTL_NOTIF_ADDFD, unsafe.Pointer(&injection{
		id: n.id, flags: unix.SECCOMP_ADDFD_FLAG_SETFD, source: uint32(fd), target: uint32(n.args[0]), onExec: unix.O_CLOEXEC,
	}))
}

// pathOf reads the address out of the child's memory, and fails where it is no path of a socket.
func pathOf(n *notification) (string, error) {
	var address [unix.SizeofSockaddrUnix]byte
	size := min(n.args[2], uint64(len(address)))
	local := []unix.Iovec{{Base: &address[0], Len: size}}
	remote := []unix.RemoteIovec{{Base: uintptr(n.args[1]), Len: int(size)}}
	got, err := unix.ProcessVMReadv(int(n.pid), local, remote, 0)
	if err != nil {
		return "", fmt.Errorf("read address: %w", err)
	}
	const family = 2 // bytes
	if got < family || binary.NativeEndian.Uint16(address[:]) != unix.AF_UNIX {
		return "", fmt.Errorf("not a socket of this machine's: %w", unix.EACCES)
	}
	path, _, _ := strings.Cut(string(address[family:got]), "\x00")
	return filepath.Clean(path), nil
}

// supervisorOf is the way to this process's supervisor, nil where it has none or the kernel could not ask it.
func supervisorOf(k Kind) *os.File {
	fd, err := strconv.Atoi(os.Getenv(supervisorVariable))
	if k != Play || err != nil || fd < 3 {
		return nil
	}
	f := os.NewFile(uintptr(fd), "supervisor")
	if !kernelAsks() {
		_ = f.Close()
		return nil
	}
	return f
}

// kernelAsks tells whether the kernel has all that a supervisor takes: since 5.9.
func kernelAsks() bool {
	var name unix.Utsname
	if unix.Uname(&name) != nil {
		return false
	}
	var major, minor int
	if _, err := fmt.Sscanf(unix.ByteSliceToString(name.Release[:]), "%d.%d", &major, &minor); err != nil {
		return false
	}
	return major > 5 || major == 5 && minor >= 9
}

// handOver gives a listener to the supervisor.
func handOver(supervisor, listener *os.File) error {
	return unix.Sendmsg(int(supervisor.Fd()), []byte{0}, unix.UnixRights(int(listener.Fd())), nil, 0)
}

// takeOver waits for the child's listener.
func takeOver(supervisor *os.File) (*os.File, error) {
	rights := make([]byte, unix.CmsgSpace(4))
	var n int
	for {
		var err error
		if _, n, _, _, err = unix.Recvmsg(int(supervisor.Fd()), make([]byte, 1), rights, unix.MSG_CMSG_CLOEXEC); err == nil {
			break
		} else if !errors.Is(err, unix.EINTR) {
			return nil, err
		}
	}
	messages, err := unix.ParseSocketControlMessage(rights[:n])
	if err != nil || len(messages) != 1 {
		return nil, os.ErrClosed
	}
	fds, err := unix.ParseUnixRights(&messages[0])
	if err != nil || len(fds) != 1 {
		return nil, os.ErrClosed
	}
	return os.NewFile(uintptr(fds[0]), "listener"), nil
}
