package child

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"testing"
	"time"
)

// The test binary is the child, too: what it does stands in the environment.
func TestMain(m *testing.M) {
	switch os.Getenv("BUTLUC_CHILD") {
	case "":
		os.Exit(m.Run())
	case "swells":
		held := make([][]byte, 0, 64)
		for range 64 {
			b := make([]byte, 64<<20)
			for i := 0; i < len(b); i += 4096 {
				b[i] = 1
			}
			held = append(held, b)
		}
		fmt.Println(len(held))
	case "waits": // until its parent, which tells whose end it is, ends it
		_, _ = io.Copy(io.Discard, os.Stdin)
		time.Sleep(time.Hour)
	case "parent":
		cmd := self(context.Background(), "waits")
		cmd.Stdin = os.Stdin
		cmd.Stdout = os.Stdout // closed once both are gone
		_ = Run(cmd, Limits{Idle: true})
	case "fine":
		fmt.Println("fine")
	}
	os.Exit(0)
}

func self(ctx context.Context, play string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, os.Args[0])
	cmd.Env = append(os.Environ(), "BUTLUC_CHILD="+play)
	cmd.WaitDelay = 5 * time.Second
	return cmd
}

func TestRun(t *testing.T) {
	cmd := self(t.Context(), "fine")
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	said := make(chan string, 1)
	go func() {
		line, _ := bufio.NewReader(out).ReadString('\n')
		said <- line
	}()
	if err := Run(cmd, Limits{Memory: 1 << 30, Idle: true}); err != nil {
		t.Error(err)
	}
	if line := <-said; line != "fine\n" {
		t.Errorf("%q", line)
	}
	if err := Run(exec.CommandContext(t.Context(), "/nowhere/none"), Limits{}); err == nil {
		t.Error("a program that is not there runs")
	}
}

func TestAChildEndsWithItsContext(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	if err := Run(self(ctx, "waits"), Limits{}); err == nil || ctx.Err() == nil {
		t.Errorf("%v, %v", err, ctx.Err())
	}
}
