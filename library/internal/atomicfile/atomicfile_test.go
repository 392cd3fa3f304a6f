package atomicfile

import (
	"errors"
	"fmt"
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

func TestANewFileReplacesNothing(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "Nhật ký.pdf")
	for i, want := range []string{"Nhật ký.pdf", "Nhật ký (2).pdf", "Nhật ký (3).pdf"} {
		got, err := WriteNew(path, ".new-", func(w io.Writer) error { _, err := fmt.Fprint(w, i); return err })
		if err != nil || got != filepath.Join(dir, want) {
			t.Fatalf("written is %s (%v), want %s", got, err, want)
		}
	}
	if _, err := WriteNew(path, ".new-", func(io.Writer) error { return io.ErrShortWrite }); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("what could not be written: %v", err)
	}
	files, err := os.ReadDir(dir)
	if err != nil || len(files) != 3 {
		t.Fatalf("there are %d files (%v), want 3", len(files), err)
	}
	for i, name := range []string{"Nhật ký.pdf", "Nhật ký (2).pdf", "Nhật ký (3).pdf"} {
		if b, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(b) != fmt.Sprint(i) {
			t.Errorf("%s holds %q (%v), want %d", name, b, err, i)
		}
	}
}
