//go:build linux

// Package displaytest gives a test two screens of its own, in software: one X server with two
// RandR outputs (a laptop and, right of it, a court screen), a window manager, a keyboard and a
// mouse, hot-plug, and a camera. It knows nothing of the program under test.
//
//	rig := displaytest.Start(t)
//	program := rig.Command("butluc", caseFolder)
//	rig.WaitFor("the console", func() bool { … rig.Windows() … })
//	rig.Tap("Next")
//	picture := rig.Shot(displaytest.Court)
//	rig.Unplug()
//
// Everything is ended with the test, and only what the Rig itself has started. Where the server
// or the window manager is not installed the test is skipped, unless BUTLUC_NEED_DISPLAY=1.
//
// A Rig is for the test's own goroutine.
package displaytest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jezek/xgb"
	"github.com/jezek/xgb/randr"
	"github.com/jezek/xgb/xproto"
	"github.com/jezek/xgb/xtest"
)

// Patience is how long the Rig waits for anything before it fails the test: what comes at all comes much sooner, but for a
// machine that has a lot else to do.
const Patience = 2 * time.Minute

// Rig is the two screens, and the hand on the keyboard.
type Rig struct {
	tb      testing.TB
	display string // ":7"
	dir     string
	conn    *xgb.Conn
	root    xproto.Window

	outputs [2]randr.Output // by Which
	crtcs   [2]randr.Crtc
	modes   map[[2]int]randr.Mode
	keys    keyboard
}

// Which is one of the two screens, or both in one picture.
type Which int

// The two screens are one desktop.
const (
	Laptop Which = iota
	Court
	Both
)

const config = `
Section "ServerFlags"
	Option "DontVTSwitch" "true"
	Option "AutoAddDevices" "false"
	Option "AutoEnableDevices" "false"
	Option "BlankTime" "0"
EndSection
Section "Device"
	Identifier "card"
	Driver "dummy"
	VideoRam 256000
EndSection
Section "Monitor"
	Identifier "monitor"
	HorizSync 5.0 - 1000.0
	VertRefresh 5.0 - 200.0
EndSection
Section "Screen"
	Identifier "screen"
	Device "card"
	Monitor "monitor"
	DefaultDepth 24
	SubSection "Display"
		Depth 24
		Virtual 5760 2160
	EndSubSection
EndSection
`

func init() {
	// xgb reports every lost connection on stderr by itself. Set once: it reads it unguarded.
	xgb.Logger = log.New(io.Discard, "", 0)
}

// Start makes the Rig: laptop at the origin and main screen, court screen right of it.
func Start(tb testing.TB) *Rig {
	tb.Helper()
	xorg, wm := find(tb, "/usr/lib/xorg/Xorg", "/usr/libexec/Xorg", "Xorg"), find(tb, "openbox")
	r := &Rig{tb: tb, dir: tb.TempDir(), modes: map[[2]int]randr.Mode{}}
	file := filepath.Join(r.dir, "xorg.conf")
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		tb.Fatalf("write the server's configuration: %v", err)
	}
	r.startServer(xorg, file)
	r.connect()
	r.findOutputs()
	r.Plug()
	r.startManager(wm)
	r.keys.read(r)
	return r
}

// find is the first of these programs that is installed.
func find(tb testing.TB, names ...string) string {
	tb.Helper()
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	missing(tb, names[len(names)-1]+" is not installed")
	return ""
}

func missing(tb testing.TB, why string) {
	tb.Helper()
	if os.Getenv("BUTLUC_NEED_DISPLAY") == "1" {
		tb.Fatalf("two screens were asked for, but %s", why)
	}
	tb.Skipf("no test on two screens: %s (Debian: xserver-xorg-core xserver-xorg-video-dummy openbox libgl1-mesa-dri)", why)
}

// startServer lets the server itself choose a free number, and tell it when it is ready.
func (r *Rig) startServer(xorg, file string) {
	r.tb.Helper()
	reading, writing, err := os.Pipe()
	if err != nil {
		r.tb.Fatalf("make a pipe: %v", err)
	}
	defer func() { _ = reading.Close() }()
	logfile := filepath.Join(r.dir, "xorg.log")
	cmd := exec.Command(xorg, "-displayfd", "3", "-config", file, "-logfile", logfile,
		"-noreset", "-nolisten", "tcp", "-s", "0")
	cmd.ExtraFiles = []*os.File{writing}
	r.run(cmd)
	_ = writing.Close()
	_ = reading.SetReadDeadline(time.Now().Add(Patience))
	line, err := bufio.NewReader(reading).ReadString('\n')
	if err != nil {
		words, _ := os.ReadFile(logfile)
		missing(r.tb, fmt.Sprintf("the X server did not start: %v\n%s", err, tail(string(words), 20)))
	}
	r.display = ":" + strings.TrimSpace(line)
}

func tail(text string, n int) string {
	lines := strings.Split(strings.TrimSpace(text), "\n")
	return strings.Join(lines[max(0, len(lines)-n):], "\n")
}

// run starts a process that ends with the test, and even if the test binary is killed: the
// kernel tells it when the thread that started it dies, so that thread is kept for it.
func (r *Rig) run(cmd *exec.Cmd) {
	r.tb.Helper()
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGKILL}
	started, release := make(chan error), make(chan struct{})
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		started <- cmd.Start()
		<-release
	}()
	if err := <-started; err != nil {
		close(release)
		missing(r.tb, fmt.Sprintf("%s does not start: %v", cmd.Path, err))
	}
	r.tb.Cleanup(func() {
		end(cmd)
		close(release)
	})
}

// end asks a process of ours to go, and makes it.
func end(cmd *exec.Cmd) {
	_ = cmd.Process.Signal(syscall.SIGTERM)
	gone := make(chan struct{})
	go func() { _ = cmd.Wait(); close(gone) }()
	select {
	case <-gone:
	case <-time.After(3 * time.Second):
		_ = cmd.Process.Kill()
		<-gone
	}
}

func (r *Rig) connect() {
	r.tb.Helper()
	conn, err := xgb.NewConnDisplay(r.display)
	if err == nil {
		err = errors.Join(randr.Init(conn), xtest.Init(conn))
	}
	if err != nil {
		r.tb.Fatalf("connect to the X server %s: %v", r.display, err)
	}
	r.tb.Cleanup(conn.Close)
	r.conn, r.root = conn, xproto.Setup(conn).DefaultScreen(conn).Root
	go func() { // nobody asks for events, but a full queue would stall the connection
		for {
			if event, err := conn.WaitForEvent(); event == nil && err == nil {
				return
			}
		}
	}()
}

// startManager waits until the window manager says that it manages (EWMH).
func (r *Rig) startManager(path string) {
	r.tb.Helper()
	cmd := exec.Command(path, append([]string{"--sm-disable"}, r.unbound()...)...)
	cmd.Env = r.Env()
	r.run(cmd)
	check := r.atom("_NET_SUPPORTING_WM_CHECK")
	r.WaitFor("the window manager", func() bool {
		p, err := xproto.GetProperty(r.conn, false, r.root, check, xproto.AtomWindow, 0, 1).Reply()
		return err == nil && p != nil && len(p.Value) == 4
	})
	r.tryManager()
}

// managerConfig is what openbox is configured by where nobody has a configuration of their own.
const managerConfig = "/etc/xdg/openbox/rc.xml"

// arrows are the keys of openbox that send a window to another desktop, or go there: a program's own keys with Alt and Shift are
// among them, and its window would be gone.
var arrows = regexp.MustCompile(`(?s)<keybind key="[^"]*-(?:Left|Right|Up|Down)">.*?</keybind>`)

// unbound tells the window manager to leave arrows to the program, as the desktops of the field do; nothing where it has no
// configuration.
func (r *Rig) unbound() []string {
	r.tb.Helper()
	usual, err := os.ReadFile(managerConfig)
	if err != nil {
		return nil
	}
	file := filepath.Join(r.dir, "rc.xml")
	if err := os.WriteFile(file, arrows.ReplaceAll(usual, nil), 0o600); err != nil {
		r.tb.Fatalf("write the window manager's configuration: %v", err)
	}
	return []string{"--config-file", file}
}

// tryManager waits until the window manager really shows windows: openbox says that it manages
// before it does, and a window that asks in between is never shown (GLFW then waits for ever).
func (r *Rig) tryManager() {
	r.tb.Helper()
	id, err := xproto.NewWindowId(r.conn)
	if err != nil {
		r.tb.Fatalf("make a window: %v", err)
	}
	screen := xproto.Setup(r.conn).DefaultScreen(r.conn)
	xproto.CreateWindow(r.conn, screen.RootDepth, id, r.root, 0, 0, 8, 8, 0,
		xproto.WindowClassInputOutput, screen.RootVisual, 0, nil)
	r.WaitFor("the window manager to show a window", func() bool {
		xproto.MapWindow(r.conn, id)
		a, err := xproto.GetWindowAttributes(r.conn, id).Reply()
		return err == nil && a.MapState == xproto.MapStateViewable
	})
	xproto.DestroyWindow(r.conn, id)
	r.conn.Sync()
}

func (r *Rig) atom(name string) xproto.Atom {
	a, err := xproto.InternAtom(r.conn, false, uint16(len(name)), name).Reply()
	if err != nil {
		r.tb.Fatalf("name %s to the X server: %v", name, err)
	}
	return a.Atom
}

// Display is the server's name, as for $DISPLAY.
func (r *Rig) Display() string { return r.display }

// Env is this process's environment, with the Rig as its only display.
func (r *Rig) Env() []string {
	var env []string
	for _, v := range os.Environ() {
		switch name, _, _ := strings.Cut(v, "="); name {
		case "DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "XAUTHORITY", "XDG_SESSION_TYPE":
		default:
			env = append(env, v)
		}
	}
	return append(env, "DISPLAY="+r.display, "XDG_SESSION_TYPE=x11")
}

// WaitFor waits until cond holds, and fails the test if it never does.
func (r *Rig) WaitFor(what string, cond func() bool) {
	r.tb.Helper()
	for deadline := time.Now().Add(Patience); !cond(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			r.tb.Fatalf("waited %v in vain for %s; windows: %v", Patience, what, r.Windows())
		}
	}
}

// Never fails the test if cond holds at any moment of d: for what must not happen.
func (r *Rig) Never(what string, d time.Duration, cond func() bool) {
	r.tb.Helper()
	for deadline := time.Now().Add(d); time.Now().Before(deadline); time.Sleep(2 * time.Millisecond) {
		if cond() {
			r.tb.Fatalf("this must not happen: %s; windows: %v", what, r.Windows())
		}
	}
}

// Program is a program under test.
type Program struct {
	Cmd    *exec.Cmd
	Stdin  io.WriteCloser
	rig    *Rig
	out    *words
	exited chan struct{}
	err    error
}

// Command starts a program on the Rig; extra are environment settings, "NAME=value", on top of
// [Rig.Env]. It is ended with the test.
func (r *Rig) Command(extra []string, name string, args ...string) *Program {
	r.tb.Helper()
	p := &Program{Cmd: exec.Command(name, args...), rig: r, out: &words{}, exited: make(chan struct{})}
	p.Cmd.Env = append(r.Env(), extra...)
	p.Cmd.Stdout, p.Cmd.Stderr = p.out, p.out
	p.Cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	stdin, err := p.Cmd.StdinPipe()
	if err != nil {
		r.tb.Fatalf("give %s an input: %v", name, err)
	}
	p.Stdin = stdin
	if err := p.Cmd.Start(); err != nil {
		r.tb.Fatalf("start %s: %v", name, err)
	}
	go func() { p.err = p.Cmd.Wait(); close(p.exited) }()
	r.tb.Cleanup(func() {
		if r.tb.Failed() && p.Running() {
			// A Go program tells where each of its goroutines is, and dies.
			_ = p.Cmd.Process.Signal(syscall.SIGQUIT)
			select {
			case <-p.exited:
			case <-time.After(time.Second):
			}
		}
		p.stop()
		if r.tb.Failed() {
			r.tb.Logf("what %s wrote:\n%s", filepath.Base(name), tail(p.Output(), 300))
		}
	})
	return p
}

func (p *Program) stop() {
	if p.Running() {
		_ = p.Cmd.Process.Signal(syscall.SIGTERM)
		select {
		case <-p.exited:
		case <-time.After(3 * time.Second):
		}
	}
	// Its group, too: a program that was made to die leaves its children to us.
	_ = syscall.Kill(-p.Cmd.Process.Pid, syscall.SIGKILL)
	<-p.exited
}

// PID is the program's.
func (p *Program) PID() int { return p.Cmd.Process.Pid }

// Output is what the program has written so far, on both streams.
func (p *Program) Output() string { return p.out.String() }

// Running reports whether it has not ended yet.
func (p *Program) Running() bool {
	select {
	case <-p.exited:
		return false
	default:
		return true
	}
}

// Wait waits for the program to end and returns its exit status.
func (p *Program) Wait() int {
	p.rig.tb.Helper()
	p.rig.WaitFor("the program to end", func() bool { return !p.Running() })
	return p.Cmd.ProcessState.ExitCode()
}

func (w Which) String() string {
	switch w {
	case Laptop:
		return "laptop"
	case Court:
		return "court"
	case Both:
		return "both"
	}
	return strconv.Itoa(int(w))
}
