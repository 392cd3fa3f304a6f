package render_test

import (
	"bufio"
	"os"
	"os/exec"
	"strings"
	"testing"

	"butluc/library/eventually"
)

// A program that is killed leaves no worker behind: the worker sees its pipe close.
func TestWorkersEndWithTheProgram(t *testing.T) {
	command := self("parent")
	cmd := exec.Command(command[0], command[1:]...)
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	_ = cmd.Process.Kill()
	_ = cmd.Wait()
	if err != nil {
		t.Fatal(err)
	}
	eventually.So(t, "the worker of a killed program to end", func() bool { return !alive(strings.TrimSpace(line)) })
}

// alive tells whether a process runs; one that only waits to be reaped does not.
func alive(pid string) bool {
	raw, err := os.ReadFile("/proc/" + pid + "/stat")
	return err == nil && !strings.Contains(string(raw), ") Z ")
}
