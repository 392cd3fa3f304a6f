//go:build !windows

package main

import (
	"io"
	"os"
)

// standardStreams are where the program writes.
func standardStreams() (out, complaints io.Writer) { return os.Stdout, os.Stderr }

// leaveTerminal has nothing to do: a terminal that is closed asks the program to leave in order.
func leaveTerminal() {}
