//go:build !windows

package plain_test

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"butluc/library/internal/plain"
)

// A pipe that nobody writes to would hold its reader for ever, a device would never end.
func TestOnlyPlainFilesAreOpened(t *testing.T) {
	dir := t.TempDir()
	path := func(name string) string { return filepath.Join(dir, name) }
	if err := errors.Join(
		os.WriteFile(path("file"), []byte("xin chào"), 0o600),
		syscall.Mkfifo(path("pipe"), 0o600),
		os.Mkdir(path("folder"), 0o700),
		os.Symlink("file", path("link")),
		os.Symlink("pipe", path("link to pipe")),
		os.Symlink("/dev/zero", path("link to device")),
	); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct{ own, named bool }{
		"file":           {true, true},
		"link":           {false, true},
		"pipe":           {},
		"folder":         {},
		"link to pipe":   {},
		"link to device": {},
	} {
		for _, flag := range []int{os.O_RDONLY, os.O_RDWR, os.O_RDWR | os.O_CREATE} {
			f, err := plain.OpenOwn(path(name), flag, 0o600)
			if c.own != (err == nil) || !c.own && !errors.Is(err, plain.ErrNotPlain) {
				t.Errorf("own %s with %#x: %v", name, flag, err)
			}
			_ = f.Close()
		}
		f, err := plain.Open(path(name))
		if c.named != (err == nil) || !c.named && !errors.Is(err, plain.ErrNotPlain) {
			t.Errorf("%s: %v", name, err)
		}
		_ = f.Close()
	}
	if b, err := plain.ReadOwn(path("file"), 100); string(b) != "xin chào" || err != nil {
		t.Errorf("read %q, %v", b, err)
	}
	if _, err := plain.ReadFile(path("link"), 3); !errors.Is(err, plain.ErrTooLarge) {
		t.Errorf("a file over its limit: %v", err)
	}
	if _, err := plain.OpenOwn(path("none"), os.O_RDWR, 0); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("none: %v", err)
	}
	f, err := plain.OpenOwn(path("new"), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		t.Errorf("new: %v", err)
	}
	_ = f.Close()
}
