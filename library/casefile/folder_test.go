package casefile_test

import (
	"os"
	"path/filepath"
	"testing"

	"butluc/library/casefile"
)

func TestTheCaseOfAFile(t *testing.T) {
	root := t.TempDir()
	for _, f := range []string{
		"Vụ A/_butluc/case.db", "Vụ A/Tập 1/BL 45.pdf", "Vụ A/BL 1 (15%).pdf", "Vụ B/Tập 1/BL 2.pdf", "Khác/BL 3.pdf", "BL 4.pdf",
	} {
		name := filepath.Join(root, filepath.FromSlash(f))
		if err := os.MkdirAll(filepath.Dir(name), 0o750); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	known := []string{filepath.Join(root, "Vụ B"), filepath.Join(root, "Vụ"), filepath.Join(root, "Vụ B", "Tập")} // the latter two hold nothing
	for _, c := range []struct{ name, dir, file string }{
		{"Vụ A/Tập 1/BL 45.pdf", "Vụ A", "Tập 1/BL 45.pdf"},
		{"Vụ A/BL 1 (15%).pdf", "Vụ A", "BL 1 (15%25).pdf"},
		{"Vụ B/Tập 1/BL 2.pdf", "Vụ B", "Tập 1/BL 2.pdf"}, // its store is elsewhere
		{"Khác/BL 3.pdf", "Khác", "BL 3.pdf"},
		{"BL 4.pdf", ".", "BL 4.pdf"},
		{"Vụ A", "Vụ A", ""},
		{"Vụ A/Tập 1", "Vụ A/Tập 1", ""}, // a folder that is named is meant
	} {
		dir, file, err := casefile.Folder(filepath.Join(root, filepath.FromSlash(c.name)), known)
		if want := filepath.Join(root, filepath.FromSlash(c.dir)); err != nil || dir != want || file != c.file {
			t.Errorf("%s is %q in %q (%v), want %q in %q", c.name, file, dir, err, c.file, want)
		}
	}
	if dir, _, err := casefile.Folder(filepath.Join(root, "nirgends.pdf"), nil); err == nil {
		t.Errorf("a file that is not there is in %q", dir)
	}
}
