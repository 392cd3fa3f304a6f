package child

import (
	"bytes"
	"context"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"butluc/library/eventually"
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
	// Its limits are set while it runs already.
	cmd := exec.CommandContext(eventually.Context(t), "sh", "-c", "while [ $(nice) != 19 ]; do :; done")
	if err := Run(cmd, Limits{Idle: true}); err != nil {
		t.Errorf("it never became less urgent: %v", err)
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
	eventually.Receive(t, "the child to end", gone)
	_ = in.Close()
	_ = parent.Wait()
}
