package render_test

import (
	"bufio"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"butluc/presenter/render"
)

// parent is a program that has a renderer and waits to be killed.
func parent([]string) {
	r := render.New(render.Options{Command: self("render-worker")})
	for len(r.Stats().PIDs) == 0 {
		time.Sleep(time.Millisecond)
	}
	fmt.Println(r.Stats().PIDs[0])
	select {}
}

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
	for deadline := time.Now().Add(10 * time.Second); alive(strings.TrimSpace(line)); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("worker %s outlives the program", line)
		}
	}
}

// alive tells whether a process runs; one that only waits to be reaped does not.
func alive(pid string) bool {
	raw, err := os.ReadFile("/proc/" + pid + "/stat")
	return err == nil && !strings.Contains(string(raw), ") Z ")
}
