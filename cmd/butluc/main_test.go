package main

import (
	"bytes"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// leftovers are files of the tests' own that go when all have run.
var leftovers []string

// asChild has what the test binary is when its first word says so.
var asChild = map[string]func(){"render-worker": main, "check-store": main}

// TestMain makes of the test binary the program's children, too: what is kept behind a fence starts its own binary again.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && asChild[os.Args[1]] != nil {
		asChild[os.Args[1]]()
		return
	}
	status := m.Run()
	for _, path := range leftovers {
		_ = os.RemoveAll(path)
	}
	os.Exit(status)
}

// Without a display the window says so in a sentence, and leaves the case alone.
func TestWithoutADisplayTheWindowSaysSo(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("elsewhere there is always a display")
	}
	t.Setenv("DISPLAY", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	dir := t.TempDir()
	var out, errs bytes.Buffer
	status := run([]string{dir}, &out, &errs)
	if said := errs.String(); status != 1 || !strings.HasPrefix(said, "butluc: ") || strings.Contains(said, "panic") {
		t.Errorf("exit status %d: %q", status, said)
	}
	if _, err := os.Stat(filepath.Join(dir, "_butluc")); err == nil {
		t.Error("the case was written to")
	}
}
