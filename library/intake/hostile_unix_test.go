//go:build !windows

package intake

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// Pipes, sockets and names in any bytes are Unix's.
func TestHostileFolder(t *testing.T) {
	base := t.TempDir()
	dir := filepath.Join(base, "case")
	long := strings.Repeat("ă", 125) + ".pdf" // 254 bytes
	nfd := "Ba\u0309n a\u0309nh.jpg"
	legacy := "B\xb6n \xb8n.pdf" // TCVN3
	write(t, base, "secret.pdf", "%PDF-1.4 of another case")
	write(t, dir, long, "%PDF-1.4")
	write(t, dir, nfd, "\xff\xd8\xff\xe0")
	write(t, dir, legacy, "%PDF-1.4")
	write(t, dir, "100%.pdf", "%PDF-1.4")
	write(t, dir, "sub/a.pdf", "%PDF-1.4")
	write(t, dir, "_butluc/case.db", "ours")
	write(t, dir, "other/_butluc/case.db", "ours too")
	write(t, dir, "other/b.pdf", "%PDF-1.4")
	write(t, dir, "named/_butluc/c.pdf", "%PDF-1.4")
	for _, litter := range []string{"Thumbs.db", "desktop.ini", ".DS_Store", "~$đơn.docx", ".hidden/x.pdf"} {
		write(t, dir, litter, "litter")
	}
	link := func(target, name string) {
		if err := os.Symlink(target, filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	link("../secret.pdf", "out.pdf")
	link(filepath.Join(base, "secret.pdf"), "absolute.pdf")
	link("sub/a.pdf", "inside.pdf")
	link(filepath.Join(dir, "sub/a.pdf"), "absolute inside.pdf")
	link("loop", "loop")
	link(".", "sub/up")
	link("nowhere", "dangling")
	if err := syscall.Mkfifo(filepath.Join(dir, "pipe.pdf"), 0o600); err != nil {
		t.Fatal(err)
	}
	// A socket's path must be short, so it is made elsewhere and renamed.
	if short, err := os.MkdirTemp("", "s"); err == nil {
		defer func() { _ = os.RemoveAll(short) }()
		l, err := net.Listen("unix", filepath.Join(short, "s"))
		if err != nil {
			t.Fatal(err)
		}
		defer l.Close()
		if err := os.Rename(filepath.Join(short, "s"), filepath.Join(dir, "socket")); err != nil {
			t.Fatal(err)
		}
	}

	var opened sync.Map
	r := &Reader{Root: dir, Inspector: pages(1), Eager: true}
	r.seam.open = func(name string) error { opened.Store(name, true); return nil }
	got := read(t, r, nil)

	want := map[string]string{
		long: "pdf 1 ", nfd: "jpeg 1 ", "B%B6n %B8n.pdf": "pdf 1 ", "100%25.pdf": "pdf 1 ", "sub/a.pdf": "pdf 1 ",
		"other/b.pdf": "pdf 1 ", "named/_butluc/c.pdf": "pdf 1 ",
		"out.pdf": "link 0 link", "absolute.pdf": "link 0 link", "inside.pdf": "link 0 inside", "loop": "link 0 dangling",
		"sub/up": "link 0 inside", "dangling": "link 0 dangling", "absolute inside.pdf": "link 0 inside", "pipe.pdf": "unknown 0 unknown", "socket": "unknown 0 unknown",
	}
	for path, f := range got.files {
		if s := fmt.Sprint(f.Kind, " ", f.Pages, " ", f.Fault.Code); s != want[path] {
			t.Errorf("%q: %s, want %q", path, s, want[path])
		}
		if (f.Pages > 0) != (len(f.SHA256) == 64) {
			t.Errorf("%q: SHA-256 %q", path, f.SHA256)
		}
		delete(want, path)
	}
	if len(want) > 0 {
		t.Errorf("never dropped, but missing: %v", want)
	}
	for _, name := range []string{"pipe.pdf", "socket", "out.pdf", "loop"} {
		if _, ok := opened.Load(name); ok {
			t.Errorf("%s was opened", name)
		}
	}
}
