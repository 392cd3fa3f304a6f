//go:build !linux && !freebsd && !netbsd && !openbsd && !windows

package system

import (
	"fmt"
	"os"
	"os/exec"
	"strconv"
)

func wakers() []waker { return []waker{caffeinate} }

// caffeinate is macOS's own tool; -w ends it with us, whatever happens.
func caffeinate(string) (func(), error) {
	cmd := exec.Command("caffeinate", "-d", "-i", "-w", strconv.Itoa(os.Getpid()))
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("start caffeinate: %w", err)
	}
	return func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	}, nil
}
