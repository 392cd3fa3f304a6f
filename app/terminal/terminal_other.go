//go:build !windows

// Package terminal is where the program writes when it is started from a terminal.
package terminal

import (
	"io"
	"os"
)

// Streams are where the program writes.
func Streams() (out, complaints io.Writer) { return os.Stdout, os.Stderr }

// Leave has nothing to do: a terminal that is closed asks the program to leave in order.
func Leave() {}
