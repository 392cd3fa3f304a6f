package exchange

import (
	"os"
	"path/filepath"
	"testing"
)

// Whatever a document calls its files, they land in the folder, beside each other.
func TestAttachedNamesStayInTheFolder(t *testing.T) {
	dir := t.TempDir()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	for _, c := range []struct{ name, want string }{
		{"BL 3 bản.pdf", "BL 3 bản.pdf"},
		{"BL 3 bản.pdf", "BL 3 bản (2).pdf"},
		{"../../etc/passwd", "_.._etc_passwd"},
		{"..", "attachment"},
		{"", "attachment (2)"},
		{`C:\a|b?.exe`, "C__a_b_.exe"},
		{"a\x1b[2J\n.txt", "a_[2J_.txt"},
		{".hidden", "hidden"},
		{"end. ", "end"},
	} {
		file, got, err := createNew(root, c.name)
		if err != nil || got != c.want {
			t.Errorf("%q becomes %q (%v), want %q", c.name, got, err, c.want)
			continue
		}
		_ = file.Close()
		if _, err := os.Lstat(filepath.Join(dir, c.want)); err != nil {
			t.Error(err)
		}
	}
}
