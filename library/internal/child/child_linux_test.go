package child

import (
	"bytes"
	"context"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestAChildThatSwellsEnds(t *testing.T) {
	var said bytes.Buffer
	cmd := self(t.Context(), "swells")
	cmd.Stderr = &said
	ended := []string{"out of memory", "failed to allocate"} // the latter by the race detector
	if err := Run(cmd, Limits{Memory: 1 << 30}); err == nil || !slices.ContainsFunc(ended, func(words string) bool { return strings.Contains(said.String(), words) }) {
		t.Errorf("it ended with %v and said %.200q", err, said.String())
	}
}

func TestAChildIsLessUrgent(t *testing.T) {
	cmd := exec.CommandContext(t.Context(), "sh", "-c", "read x; nice") // reads on, once its limits are set
	r, w := io.Pipe()
	time.AfterFunc(100*time.Millisecond, func() { _, _ = io.WriteString(w, "\n"); _ = w.Close() })
	var out bytes.Buffer
	cmd.Stdin, cmd.Stdout = r, &out
	if err := Run(cmd, Limits{Idle: true}); err != nil || strings.TrimSpace(out.String()) != "19" {
		t.Errorf("nice %q, %v", out.String(), err)
	}
}

// A program that is killed leaves no child behind, even one that does not look at its pipes.
func TestAChildEndsWithTheProgram(t *testing.T) {
	parent := exec.CommandContext(context.Background(), "/proc/self/exe")
	parent.Env = []string{"BUTLUC_CHILD=parent"}
	out, err := parent.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	in, err := parent.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := parent.Start(); err != nil {
		t.Fatal(err)
	}
	// The child has both pipes once it reads what is written: more than they hold.
	if _, err := in.Write(make([]byte, 1<<20)); err != nil {
		t.Fatal(err)
	}
	if err := parent.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	gone := make(chan struct{})
	go func() { _, _ = io.Copy(io.Discard, out); close(gone) }()
	select {
	case <-gone:
	case <-time.After(10 * time.Second):
		t.Error("the child lives on")
	}
	_ = in.Close()
	_ = parent.Wait()
}
