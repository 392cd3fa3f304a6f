package casefile

import (
	"os"
	"path/filepath"
	"testing"

	"butluc/library"
)

// A stick that has another letter by now: the case is found there by its folder of ours, and what is none is not.
func TestACaseIsFoundOnAnotherDrive(t *testing.T) {
	first, second := t.TempDir(), t.TempDir()
	for _, dir := range []string{filepath.Join(first, "Vụ án"), filepath.Join(second, "Vụ án", library.Sidecar)} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	name := string(filepath.Separator) + "Vụ án"
	if got := onAnotherDrive(name, []string{first, second}); got != second+name {
		t.Errorf("it is found in %q, want %q", got, second+name)
	}
	if got := onAnotherDrive(name, []string{first}); got != "" {
		t.Errorf("a folder that is no case is taken for one: %q", got)
	}
}
