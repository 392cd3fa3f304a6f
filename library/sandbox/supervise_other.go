//go:build !linux

package sandbox

import "os/exec"

// Supervisor is for Linux; here a player speaks to the sound system itself.
type Supervisor struct{}

// Supervise does nothing here.
func Supervise(*exec.Cmd) (*Supervisor, error) { return &Supervisor{}, nil }

// Close does nothing here.
func (*Supervisor) Close() {}

// Serve returns at once.
func (*Supervisor) Serve() {}
