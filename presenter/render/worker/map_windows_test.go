package worker

import (
	"os"
	"path/filepath"
	"testing"
)

// A page that is shown keeps its file mapped; its owner can rename the file all the same.
func TestAShownFileCanBeRenamed(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.pdf")
	if err := os.WriteFile(path, []byte("%PDF-1.4"), 0o600); err != nil {
		t.Fatal(err)
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	f, err := root.OpenFile("a.pdf", openFlags, 0)
	if err != nil {
		t.Fatal(err)
	}
	data, unmap, err := mapFile(f, 8)
	if err != nil {
		t.Fatal(err)
	}
	defer unmap()
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(path, filepath.Join(dir, "b.pdf")); err != nil {
		t.Errorf("rename while it is shown: %v", err)
	}
	if string(data) != "%PDF-1.4" {
		t.Errorf("the mapping has %q", data)
	}
}
