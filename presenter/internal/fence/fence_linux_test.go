package fence

import (
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestFence runs what a hostile file might do, in processes that are fenced.
func TestFence(t *testing.T) {
	if dir := os.Getenv("BUTLUC_FENCED"); dir != "" {
		kind := Draws
		if os.Getenv("BUTLUC_KIND") == "plays" {
			kind = Plays
		}
		Limit(kind)
		Around(dir, kind)
		try(dir)
		os.Exit(0)
	}
	for _, kind := range []string{"draws", "plays"} {
		t.Run(kind, func(t *testing.T) { fenced(t, kind) })
	}
}

func fenced(t *testing.T, kind string) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "evidence"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	cmd := exec.Command(os.Args[0], "-test.run=TestFence$")
	cmd.Env = []string{"BUTLUC_FENCED=" + dir, "BUTLUC_KIND=" + kind, "BUTLUC_ADDRESS=" + l.Addr().String()}
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	making := "make folder: operation not permitted"
	if kind == "plays" {
		making = "make folder: file exists" // or PulseAudio's clients would give up
	}
	for _, line := range []string{
		making, "the folder is there: refused",
		"read evidence: allowed", "write evidence: refused", "make file: refused", "delete evidence: refused",
		"read /etc/passwd: refused", "list /: refused", "connect: refused", "run a program: refused", "core: refused",
	} {
		if !strings.Contains(string(out), line+"\n") {
			t.Errorf("want %q; the fenced process said:\n%s", line, out)
		}
	}
}

func try(dir string) {
	evidence := filepath.Join(dir, "evidence")
	tell := func(what string, err error) {
		verdict := "allowed"
		if err != nil {
			verdict = "refused"
		}
		fmt.Printf("%s: %s\n", what, verdict)
	}
	_, err := os.ReadFile(evidence)
	tell("read evidence", err)
	_, err = os.ReadFile("/etc/passwd")
	tell("read /etc/passwd", err)
	_, err = os.ReadDir("/")
	tell("list /", err)
	_, err = net.Dial("tcp", os.Getenv("BUTLUC_ADDRESS"))
	tell("connect", err)
	tell("run a program", exec.Command("/proc/self/exe", "-test.run=none").Run())
	tell("write evidence", os.WriteFile(evidence, nil, 0o600))
	tell("make file", os.WriteFile(filepath.Join(dir, "new"), nil, 0o600))
	tell("delete evidence", os.Remove(evidence))
	folder := filepath.Join(dir, "folder")
	fmt.Println("make folder:", errors.Unwrap(os.Mkdir(folder, 0o700)))
	_, err = os.Stat(folder)
	tell("the folder is there", err)
	var core syscall.Rlimit
	err = syscall.Getrlimit(syscall.RLIMIT_CORE, &core)
	if err == nil && core.Max == 0 {
		err = errors.New("no core")
	}
	tell("core", err)
}
