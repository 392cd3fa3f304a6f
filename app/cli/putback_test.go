package cli

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"butluc/library"
	"butluc/library/casefile"
)

// A case folder that was put back from an older copy, whole as it is, lacks what this machine has seen in it: each verb says
// so, none changes it unasked, and there is a way on.
func TestACaseFolderPutBackIsTold(t *testing.T) {
	homeOfTest(t)
	parent := t.TempDir()
	dir := filepath.Join(parent, "case")
	exported := filepath.Join(parent, "o.json")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	bring := func(titles ...string) {
		t.Helper()
		var o library.Outline
		for _, title := range titles {
			var err error
			if o, err = o.Apply(o.AddPhase(library.Phase{ID: library.NewID(), Title: title}, library.Place{})); err != nil {
				t.Fatal(err)
			}
		}
		if err := casefile.ExportOutline(o, exported); err != nil {
			t.Fatal(err)
		}
		if status, _, errs := verbOf("outline", dir, "import", exported); status != exitFine {
			t.Fatalf("import: %d, %s", status, errs)
		}
	}
	bring("Xét hỏi")
	older := filepath.Join(parent, "older")
	if err := os.CopyFS(older, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	bring("Xét hỏi", "Tranh luận")
	if err := errors.Join(os.RemoveAll(dir), os.Rename(older, dir)); err != nil {
		t.Fatal(err)
	}

	if status, _, errs := verbOf("outline", dir, "export", exported); status != exitFindings || !strings.Contains(errs, "put back from an older copy") {
		t.Errorf("export: %d, %q", status, errs)
	}
	if status, _, errs := verbOf("outline", dir, "import", exported); status != exitFindings || !strings.Contains(errs, "--from-copy") {
		t.Errorf("import: %d, %q", status, errs)
	}
	if status, _, errs := verbOf("outline", dir, "import", exported, "--from-copy"); status != exitFindings || !strings.Contains(errs, "put back") {
		t.Errorf("going on: %d, %q", status, errs)
	}
	if status, _, errs := verbOf("outline", dir, "export", exported); status != exitFine || errs != "" {
		t.Errorf("afterwards: %d, %q", status, errs)
	}
}
