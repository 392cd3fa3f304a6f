package sandbox

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
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

// Whatever the file makes the process do, it does nothing but what it is for; and what it still may is explained above.
// With -v it prints what was tried, where, and what came of it.
func TestWhatIsForbiddenIsRefused(t *testing.T) {
	var tried probes
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
				tried.add(where, answers)
				t.Log(tried.count(where))
			})
		}
	}
	t.Logf("what was tried, and what came of it: - refused, a letter: not refused, and why\n%s", tried.table())
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
