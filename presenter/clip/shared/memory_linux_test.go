package shared

import (
	"errors"
	"os/exec"
	"syscall"
	"testing"
)

// A child that cuts the memory off would end the program that reads it.
func TestTheMemoryKeepsItsSize(t *testing.T) {
	cmd := exec.Command("x")
	m, arg, err := New(cmd, 100)
	if err != nil {
		t.Fatal(err)
	}
	defer m.Close()
	if arg != "fd:3:100" {
		t.Errorf("the child is told %q", arg)
	}
	for _, size := range []int64{0, 1 << 30} {
		if err := cmd.ExtraFiles[0].Truncate(size); !errors.Is(err, syscall.EPERM) {
			t.Errorf("make it %d bytes: %v", size, err)
		}
	}
}
