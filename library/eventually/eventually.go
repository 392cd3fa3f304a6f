// Package eventually waits, in tests, for what another goroutine or process does.
//
// How long that takes is the machine's affair: no wait here has a deadline of its own. One that is in vain ends shortly
// before the deadline of all tests (go test -timeout), so that the test that waits can say for what; without a deadline,
// as in benchmarks, it does not end.
package eventually

import (
	"context"
	"testing"
	"time"
)

const (
	// before is how long before the end of all tests a wait is given up.
	before = 10 * time.Second
	// between is how often [So] looks.
	between = time.Millisecond
)

// TB is what this package needs of a [testing.TB], and what scripts of a test have too.
type TB interface {
	Fatalf(format string, args ...any)
}

// helped marks the caller as a helper, where t knows them.
func helped(t TB) func() {
	if h, ok := t.(interface{ Helper() }); ok {
		return h.Helper
	}
	return func() {}
}

// end is when waits are given up; false where there is no such time.
func end(t any) (time.Time, bool) {
	if t, ok := t.(interface{ Deadline() (time.Time, bool) }); ok {
		if deadline, ok := t.Deadline(); ok {
			return deadline.Add(-before), true
		}
	}
	return time.Time{}, false
}

// Late is for loops that wait for several things at once: it gives something when a wait is to be given up.
func Late(t any) <-chan time.Time {
	if end, ok := end(t); ok {
		return time.After(time.Until(end))
	}
	return nil
}

// So waits until something is so, which it asks again and again.
func So(t TB, what string, so func() bool) {
	helped(t)()
	for late := Late(t); !so(); {
		select {
		case <-late:
			t.Fatalf("waited in vain for %s", what)
		case <-time.After(between):
		}
	}
}

// Receive waits for what a channel gives; for the zero value where it is closed.
func Receive[T any](t TB, what string, from <-chan T) (got T) {
	helped(t)()
	select {
	case got = <-from:
	case <-Late(t):
		t.Fatalf("waited in vain for %s", what)
	}
	return got
}

// Context ends when a wait is to be given up, and with the test.
func Context(t testing.TB) context.Context {
	end, ok := end(t)
	if !ok {
		return t.Context()
	}
	ctx, cancel := context.WithDeadline(t.Context(), end)
	t.Cleanup(cancel)
	return ctx
}
