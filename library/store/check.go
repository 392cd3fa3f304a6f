package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime/debug"
	"strings"
	"time"

	bolt "go.etcd.io/bbolt"
)

// Exit statuses of [CheckMain]. Any other end of the child means that the database is bad: a
// crash is an answer too.
const (
	checkGood  = 0
	checkBad   = 1
	checkInUse = 3
)

// checkDeadline ends a check that runs in circles; a database of 10,000 files takes well under one.
const checkDeadline = 20 * time.Second

// CheckMain is the body of the child process that checks a database: it prints what is wrong and
// gives the exit status. The command line that leads here is [Options.CheckCommand].
func CheckMain(path string) int {
	debug.SetMaxStack(64 << 20)   // circles end in an overflow, soon
	debug.SetMemoryLimit(1 << 30) // and collect early
	switch err := Check(path); {
	case err == nil:
		return checkGood
	case errors.Is(err, ErrInUse):
		return checkInUse
	default:
		fmt.Fprintln(os.Stderr, err)
		return checkBad
	}
}

// Check reads a database whole and checks bbolt's structure and every record's checksum. On a
// damaged one it may crash the process or not return: that is why a child calls it. The database
// must not be open for writing anywhere.
func Check(path string) error {
	debug.SetPanicOnFault(true)
	d, err := openDiskRead(path)
	if err != nil {
		return err
	}
	defer d.release()
	if _, err := d.read(); err != nil {
		return err
	}
	return d.db.View(func(tx *bolt.Tx) error {
		var first error
		for err := range tx.Check() { // drained, so that its goroutine ends
			if first == nil {
				first = err
			}
		}
		return first
	})
}

// check asks a child process whether the database is good, or, without a command, only reads it.
func check(command []string, path string) error {
	if len(command) == 0 {
		d, err := openDiskRead(path)
		if err != nil {
			return err
		}
		if _, err = d.read(); err != nil {
			d.release()
			return err
		}
		return d.close()
	}
	ctx, cancel := context.WithTimeout(context.Background(), checkDeadline)
	defer cancel()
	cmd := exec.CommandContext(ctx, command[0], append(command[1:len(command):len(command)], path)...)
	out, err := cmd.CombinedOutput()
	var exit *exec.ExitError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &exit) && exit.ExitCode() == checkInUse:
		return ErrInUse
	case errors.As(err, &exit):
		said, _, _ := strings.Cut(string(out), "\n")
		return fmt.Errorf("check %s: %w: %s", dbName, err, said)
	default:
		return &cannotCheck{err}
	}
}

// cannotCheck says that the child could not be started, which tells nothing of the database.
type cannotCheck struct{ err error }

func (e *cannotCheck) Error() string { return "start the check: " + e.err.Error() }
func (e *cannotCheck) Unwrap() error { return e.err }
