package worker

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// fileMemory is how much memory mapped files take of this process, in bytes.
func fileMemory(t *testing.T) (n int64) {
	t.Helper()
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		if _, err := fmt.Sscanf(line, "RssFile: %d kB", &n); err == nil {
			return n << 10
		}
	}
	t.Fatal("the system does not tell RssFile")
	return 0
}

// A large file that is read from end to end takes no memory in the end, and stays readable.
func TestALargeFileDoesNotStayInMemory(t *testing.T) {
	path := filepath.Join(t.TempDir(), "large.pdf")
	if err := os.WriteFile(path, []byte("%PDF-1.4"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(path, largeMap); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	data, unmap, err := mapFile(f, largeMap)
	if err != nil {
		t.Fatal(err)
	}
	var r resident
	remove := r.add(data)
	before := fileMemory(t)
	r.mu.Lock() // nothing is given back meanwhile
	zeros := bytes.Count(data, []byte{0})
	read := fileMemory(t)
	r.mu.Unlock()
	if zeros != largeMap-8 || read-before < largeMap/2 {
		t.Fatalf("reading %d bytes took %d MB: this test proves nothing", largeMap, (read-before)>>20)
	}
	r.release()
	if after := fileMemory(t); after-before > largeMap/8 {
		t.Errorf("%d MB are still taken of %d MB that were read", (after-before)>>20, (read-before)>>20)
	}
	if !bytes.HasPrefix(data, []byte("%PDF-1.4\x00")) {
		t.Errorf("the file reads %q", data[:9])
	}
	remove()
	unmap()
	if r.release(); len(r.maps) != 0 || r.stop != nil {
		t.Error("a mapping that is gone is still known, or looked after")
	}
	if r.add(make(mapped, 10)); len(r.maps) != 0 {
		t.Error("a small file is cared for")
	}
}
