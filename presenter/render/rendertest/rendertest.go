// Package rendertest is for tests that draw pages: their own binary is the worker, and a slow machine has all the time
// that it needs.
package rendertest

import (
	"os"
	"strings"
	"testing"
	"time"

	"butluc/presenter/render"
	"butluc/presenter/render/worker"
)

// Patience is the deadline of a request in tests: that a machine is slow makes no file a bad one.
const Patience = time.Hour

// Work makes of the tests' binary a render worker, where it is started as one, and ends with it. Call it from TestMain,
// before all else.
func Work() {
	if len(os.Args) < 2 || os.Args[1] != "render-worker" {
		return
	}
	if err := worker.Main(os.Stdin, os.Stdout, strings.Join(os.Args[2:], "")); err != nil {
		os.Exit(1)
	}
	os.Exit(0)
}

// New makes a renderer that is closed when the test ends.
func New(t testing.TB) *render.Renderer {
	t.Helper()
	r := render.New(render.Options{Deadline: Patience})
	t.Cleanup(r.Close)
	return r
}
