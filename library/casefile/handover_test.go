package casefile

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"butluc/library"
)

// A case is handed over whole, also when what is known of it lives in the user's data folder; opened
// there, all is as it was.
func TestHandOver(t *testing.T) {
	for _, fallback := range []bool{false, true} {
		dir := newCase(t, mixed)
		if fallback { // a file in the sidecar's place: the case folder can't be written
			write(t, dir, library.Sidecar, "x")
		}
		c := open(t, dir, Options{Inspector: &fake{dir: dir}, NoWatch: true})
		started(t, c)
		write(t, c.store.Report().Dir, "journal/2026.log", "kept")
		want := await(t, c)
		if err := os.Symlink("/etc/passwd", filepath.Join(dir, "link")); err != nil {
			t.Skip(err)
		}
		dest := filepath.Join(t.TempDir(), "bàn giao")
		last, total := int64(0), int64(0)
		err := c.HandOver(t.Context(), dest, func(d, n int64) { last, total = d, n })
		if err != nil || last != total || total == 0 {
			t.Fatalf("fallback %v: %v, %d of %d bytes", fallback, err, last, total)
		}
		if err := c.HandOver(t.Context(), dest, nil); !errors.Is(err, ErrNotEmpty) {
			t.Errorf("a second time: %v", err)
		}
		if err := c.HandOver(t.Context(), filepath.Join(dir, "in"), nil); err == nil {
			t.Error("a case was handed over into itself")
		}
		if _, err := os.Lstat(filepath.Join(dest, "link")); err == nil {
			t.Error("a link was copied")
		}
		if b, err := os.ReadFile(filepath.Join(dest, library.Sidecar, "journal", "2026.log")); err != nil || string(b) != "kept" {
			t.Errorf("journal: %q, %v", b, err)
		}

		there := open(t, dest, Options{Paused: true, NoWatch: true})
		got := there.Snapshot()
		if len(got.Notices) > 0 || !got.Outline.Same(want.Outline) || got.Undo != want.Undo || got.Case.ID != want.Case.ID {
			t.Errorf("fallback %v: opened there: %+v, same outline %v", fallback, got.Notices, got.Outline.Same(want.Outline))
		}
		if diff := cmp.Diff(want.Case.Files, got.Case.Files); diff != "" {
			t.Error(diff)
		}
		there.ResumeReading()
		if after := await(t, there); !cmp.Equal(want.Case.Files[0].SHA256, after.Case.Files[0].SHA256) {
			t.Error("read there, a file differs")
		}
	}
}

func TestHandOverStops(t *testing.T) {
	dir := newCase(t, mixed)
	c := open(t, dir, Options{NoWatch: true, Paused: true})
	ctx, cancel := context.WithCancel(t.Context())
	dest := t.TempDir()
	err := c.HandOver(ctx, dest, func(int64, int64) { cancel() })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if _, err := os.Lstat(filepath.Join(dest, library.Sidecar, "case.db")); err == nil {
		t.Error("a copy in part looks like a whole case")
	}
}

// What changes in the folder while it is copied stops it: nothing outside of it comes in, a pipe is not waited for, and no
// copy lacks what came meanwhile.
func TestHandOverOfAFolderThatChanges(t *testing.T) {
	outside := filepath.Join(t.TempDir(), "secret")
	if err := os.WriteFile(outside, []byte("secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	replace := func(link string) func(dir string) error {
		return func(dir string) error {
			last := filepath.Join(dir, "z.txt")
			return errors.Join(os.Remove(last), os.Symlink(link, last))
		}
	}
	for name, change := range map[string]func(dir string) error{
		"a file becomes a link to elsewhere": replace(outside),
		"a file becomes a link to another":   replace("a.txt"),
		"a file becomes a folder": func(dir string) error {
			return errors.Join(os.Remove(filepath.Join(dir, "z.txt")), os.Mkdir(filepath.Join(dir, "z.txt"), 0o700))
		},
		"a file comes": func(dir string) error { return os.WriteFile(filepath.Join(dir, "b.txt"), nil, 0o600) },
		"a file goes":  func(dir string) error { return os.Remove(filepath.Join(dir, "a.txt")) },
		"a file grows": func(dir string) error {
			return os.WriteFile(filepath.Join(dir, "a.txt"), []byte("longer than it was"), 0o600)
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := newCase(t, nil)
			write(t, dir, "a.txt", "first")
			write(t, dir, "z.txt", "last")
			c := open(t, dir, Options{NoWatch: true, Paused: true})
			dest, done := t.TempDir(), false
			err := c.HandOver(t.Context(), dest, func(int64, int64) {
				if !done { // a.txt is being copied
					done = true
					if err := change(dir); err != nil {
						t.Skip(err)
					}
				}
			})
			if err == nil {
				t.Error("it was handed over")
			}
			if b, _ := os.ReadFile(filepath.Join(dest, "z.txt")); string(b) == "secret" || string(b) == "first" {
				t.Errorf("what is elsewhere came in: %q", b)
			}
			if _, err := os.Lstat(filepath.Join(dest, library.Sidecar, "case.db")); err == nil {
				t.Error("a copy in part looks like a whole case")
			}
		})
	}
}
