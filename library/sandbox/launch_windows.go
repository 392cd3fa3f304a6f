package sandbox

import "os/exec"

// Wrap changes nothing here: what a program of others may take is limited by who starts it.
func Wrap(*exec.Cmd, Kind, Paths) error { return nil }
