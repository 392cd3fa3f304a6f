//go:build !windows

package cli

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"butluc/library"
	"butluc/library/store/storetest"
)

// actingCase makes a case with a file whose name acts on a terminal in every way, and gives its folder and the name.
func actingCase(t *testing.T) (dir, name string) {
	t.Helper()
	homeOfTest(t)
	dir = t.TempDir()
	name = "BL 1 \x1b[2J\x1b]0;x\a\r\n\u009b31m ảnh\u202egpj.pdf"
	if err := os.WriteFile(filepath.Join(dir, name), []byte("%PDF-hỏng"), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir, name
}

// Names are strangers': none of what a verb prints commands the terminal, or turns the direction of writing.
func TestNothingPrintedActs(t *testing.T) {
	dir, name := actingCase(t)
	journal := filepath.Join(t.TempDir(), "journal.jsonl")
	line := `{"v":3,"n":1,"at":"2026-11-30T11:26:31Z","kind":"show","shown":{"panes":[{"path":"a.pdf","page":1,"title":"\u001b[2J=1+1\r\nX\u202e"}],` +
		`"step":"a","number":"A.1","title":"\u001b]0;PWNED\u0007\u001b[31m\u009b","size":"1x1","pixels":"00"}}` + "\n"
	if err := os.WriteFile(journal, []byte(line), 0o600); err != nil {
		t.Fatal(err)
	}
	missing := filepath.Join(t.TempDir(), "\x1b[2J\u202e.json")
	seen := ""
	for _, args := range [][]string{
		{"scan", dir},
		{"scan", dir, "--json"},
		{"check", dir},
		{"check", dir, "--json"},
		{"folio", dir, "print"},
		{"folio", dir, "print", "--csv"},
		{"folio", dir, "print", "--json"},
		{"search", dir, "ảnh"},
		{"search", dir, "ảnh", "--json"},
		{"journal", journal, "print"},
		{"journal", journal, "verify"},
		{"show", dir, "--page", name, "-o", filepath.Join(t.TempDir(), "x.png")},
		{"outline", dir, "import", missing},
		{"outline", missing, "submit"},
		{"scan", "--\x1b[2J"},
	} {
		_, out, errs := verbOf(args...)
		for _, said := range []string{out, errs} {
			if at := strings.IndexFunc(strings.NewReplacer("\n", "", "\t", "").Replace(said), library.Acts); at >= 0 {
				t.Errorf("%q prints what acts: %q", args, said)
			}
		}
		if args[len(args)-1] == "--json" && !json.Valid([]byte(out)) {
			t.Errorf("%q: no JSON: %q", args, out)
		}
		seen += out + errs
	}
	if !strings.Contains(seen, `\u001b[2J`) || !strings.Contains(seen, `ảnh\u202egpj`) {
		t.Errorf("the name was never printed: %q", seen)
	}
	var scanned scanned
	if _, out, _ := verbOf("scan", dir, "--json"); json.Unmarshal([]byte(out), &scanned) != nil || len(scanned.Exhibits) != 1 ||
		scanned.Exhibits[0].Path != library.EscapePath(name) {
		t.Errorf("the name as JSON: %+v", scanned.Exhibits)
	}
}

// A pipe in the place of any file that the program opens by itself, or is pointed at, is told, and waited for by nobody.
func TestPipesAreNotWaitedFor(t *testing.T) {
	for _, place := range []string{
		"case.db", "case.db.copy-20260501-100000-s1", "edits/00000009.log", "submitted/000001-20260501T100000Z-" + strings.Repeat("ab", 32) + ".json",
		"journal/journal.jsonl", "case.db.new-1", "head",
	} {
		t.Run(filepath.Dir(place)+" "+filepath.Base(place), func(t *testing.T) {
			homeOfTest(t)
			dir := t.TempDir()
			verbOf("outline", dir, "submit") // makes the case, which this machine knows from then on
			path := filepath.Join(dir, library.Sidecar, place)
			if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o700), os.RemoveAll(path), syscall.Mkfifo(path, 0o600)); err != nil {
				t.Fatal(err)
			}
			for _, args := range [][]string{
				{"scan", dir},
				{"outline", dir, "export", filepath.Join(t.TempDir(), "o.json")},
				{"journal", dir, "verify"},
				{"outline", dir, "submit"},
				{"outline", dir, "submit", "--from-copy"},
			} {
				status, out, errs := verbOf(args...)
				t.Logf("%q: %d %s%s", args, status, out, errs)
			}
		})
	}
	homeOfTest(t)
	dir, pipe := t.TempDir(), filepath.Join(t.TempDir(), "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"outline", dir, "import", pipe},
		{"folio", dir, "import", pipe},
		{"journal", pipe, "print"},
		{"rehearse", dir, "--keys", pipe, "--out", t.TempDir()},
	} {
		if status, _, errs := verbOf(args...); status == exitFine || errs == "" {
			t.Errorf("%q: exit status %d, %q", args, status, errs)
		}
	}
}

// Without a cache folder every verb works, and says so once.
func TestUnwritableCacheIsDoneWithout(t *testing.T) {
	homeOfTest(t)
	blocked := filepath.Join(t.TempDir(), "file")
	dir := filepath.Join(t.TempDir(), "case")
	if err := os.WriteFile(blocked, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if status, _, errs := verbOf("demo", dir, "--no-window"); status != exitFine {
		t.Fatal(errs)
	}
	for _, file := range []string{"Tập 5 - Truy tố/Danh sách người cần triệu tập.docx"} { // LibreOffice takes its time
		if err := os.Remove(filepath.Join(dir, file)); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("XDG_CACHE_HOME", blocked)
	t.Setenv("TMPDIR", t.TempDir())
	for _, args := range [][]string{
		{"scan", dir, "--quick"},
		{"check", dir},
		{"journal", dir, "verify"},
		{"folio", dir, "print"},
		{"search", dir, "Khải"},
		{"outline", dir, "export", filepath.Join(t.TempDir(), "o.json")},
		{"outline", dir, "submit"},
		{"show", dir, "--folio", "65", "-o", filepath.Join(t.TempDir(), "x.png"), "--size", "320x240"},
	} {
		status, out, errs := verbOf(args...)
		want := exitFine
		if args[0] == "scan" || args[0] == "check" { // the sample has damaged files, and a page of small letters
			want = exitFindings
		}
		if status != want || strings.Count(errs, "cache") != 1 {
			t.Errorf("%q: exit status %d, %q %q", args, status, out, errs)
		}
	}
	if left, _ := os.ReadDir(os.Getenv("TMPDIR")); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

// What a stranger's database says of files, and no program writes, is told by each verb, until one that writes to the case
// has read those files anew.
func TestForgedFilesAreTold(t *testing.T) {
	homeOfTest(t)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "BL 1 ghi.txt"), []byte("lời"), 0o600); err != nil {
		t.Fatal(err)
	}
	imported := filepath.Join(t.TempDir(), "outline.json")
	outline := `{"format":"butluc-outline","version":5,"phases":[{"id":"p","title":"Xét hỏi","scenarios":[{"id":"s","title":"Chối tội","steps":[{"id":"a","title":"Khai"}]}]}]}`
	if err := os.WriteFile(imported, []byte(outline), 0o600); err != nil {
		t.Fatal(err)
	}
	if status, _, errs := verbOf("outline", dir, "import", imported); status != exitFine {
		t.Fatal(errs)
	}
	err := storetest.Forge(filepath.Join(dir, library.Sidecar, "case.db"), func(bucket, _ string, value []byte) []byte {
		if bucket != "files" {
			return nil
		}
		return []byte(strings.Replace(string(value), `"kind"`, `"pages":2000000000,"kind"`, 1))
	})
	if err != nil {
		t.Fatal(err)
	}
	told := func(errs string) bool {
		return strings.Contains(errs, "1 file what Butluc never writes, of BL 1 ghi.txt")
	}
	for _, args := range [][]string{
		{"scan", dir, "--quick"},
		{"check", dir},
		{"outline", dir, "export", filepath.Join(t.TempDir(), "o.json")},
		{"folio", dir, "print"},
		{"outline", dir, "submit"},
	} {
		if status, out, errs := verbOf(args...); status != exitFindings || !told(errs) {
			t.Errorf("%q: exit status %d, %q %q", args, status, out, errs)
		}
	}
	if _, _, errs := verbOf("outline", dir, "export", filepath.Join(t.TempDir(), "o.json")); told(errs) {
		t.Errorf("once the file was read anew: %q", errs)
	}
}
