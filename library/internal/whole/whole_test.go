package whole

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	text := func(s string) func(io.Writer) error {
		return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
	}
	for _, s := range []string{"one", "two"} {
		if err := WriteFile(path, "a.new-", text(s)); err != nil {
			t.Fatal(err)
		}
	}
	bad := errors.New("disk full")
	if err := WriteFile(path, "a.new-", func(w io.Writer) error { _ = text("thr")(w); return bad }); !errors.Is(err, bad) {
		t.Errorf("error %v", err)
	}
	if b, err := os.ReadFile(path); string(b) != "two" || err != nil {
		t.Errorf("%q, %v", b, err)
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("left behind: %v", entries)
	}
}
