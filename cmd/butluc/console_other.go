//go:build !windows

package main

import (
	"io"
	"os"
)

// console is where the program writes.
func console() (out, complaints io.Writer) { return os.Stdout, os.Stderr }

// leaveConsole has nothing to do: a terminal that is closed asks the program to leave in order.
func leaveConsole() {}
