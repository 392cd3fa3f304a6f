package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"butluc/library"
	"butluc/library/eventually"
)

// scannedAs: scanned FILE [PATH=PAGES|ERROR-BEGINS…]. FILE is what scan --json printed; it has the
// documented names and no others, and these exhibits.
func scannedAs(ts *testscript.TestScript, _ bool, args []string) {
	raw := []byte(ts.ReadFile(args[0]))
	ts.Check(checkShape(raw))
	var s scanned
	ts.Check(json.Unmarshal(raw, &s))
	if !filepath.IsAbs(s.Case.Path) || s.Case.Title == "" {
		ts.Fatalf("case %+v", s.Case)
	}
	pages, bad := 0, 0
	found := map[string]scannedExhibit{}
	for _, e := range s.Exhibits {
		found[e.Path] = e
		pages += e.Pages
		if e.Error != "" {
			bad++
		}
		if e.Error == "" && len(e.SHA256) != 64 {
			ts.Fatalf("%s: sha256 %q", e.Path, e.SHA256)
		}
	}
	if s.Summary.Exhibits != len(s.Exhibits) || s.Summary.Pages != pages || s.Summary.Unreadable != bad {
		ts.Fatalf("summary %+v of %d exhibits, %d pages, %d with an error", s.Summary, len(s.Exhibits), pages, bad)
	}
	for _, want := range args[1:] {
		path, value, _ := strings.Cut(want, "=")
		e, ok := found[path]
		number, err := json.Marshal(e.Pages)
		ts.Check(err)
		switch {
		case !ok:
			ts.Fatalf("%q is not in the list", path)
		case value == string(number) && e.Error == "":
		case e.Error != "" && strings.HasPrefix(e.Error, value):
		default:
			ts.Fatalf("%s: %d pages, error %q, want %s", path, e.Pages, e.Error, value)
		}
	}
}

// checkShape holds the promise of `scan --json` to scripts: these names, all of them, and no others.
func checkShape(raw []byte) error {
	var s struct {
		Case      map[string]any   `json:"case"`
		Exhibits  []map[string]any `json:"exhibits"`
		Documents []map[string]any `json:"documents"`
		Summary   map[string]any   `json:"summary"`
	}
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&s); err != nil {
		return err
	}
	has := func(object map[string]any, names ...string) error {
		if got := slices.Sorted(maps.Keys(object)); !slices.Equal(got, names) {
			return errors.New("names " + strings.Join(got, " ") + ", want " + strings.Join(names, " "))
		}
		return nil
	}
	errs := []error{
		has(s.Case, "id", "path", "title"),
		has(s.Summary, "exhibits", "pages", "seconds", "unreadable"),
	}
	for _, e := range s.Exhibits {
		errs = append(errs, has(e, "error", "folios", "holds", "kind", "pages", "path", "sha256", "size"))
		folios, ok := e["folios"].([]any)
		if !ok {
			errs = append(errs, errors.New("folios are not a list"))
		}
		for _, f := range folios {
			folio, _ := f.(map[string]any)
			errs = append(errs, has(folio, "folio", "page"))
		}
	}
	if s.Documents == nil {
		errs = append(errs, errors.New("no list of documents"))
	}
	for _, d := range s.Documents {
		errs = append(errs, has(d, "cut", "date", "joined", "pages", "path", "person", "title"))
		pages, ok := d["pages"].([]any)
		if !ok {
			errs = append(errs, errors.New("pages are not a list"))
		}
		for _, p := range pages {
			page, _ := p.(map[string]any)
			errs = append(errs, has(page, "folio", "hidden", "page"))
		}
	}
	return errors.Join(errs...)
}

// Hundreds of odd and broken files from the world outside: each has its pages or its reason, and
// no process outlives the scan.
func TestEveryFileOfTheCorpusHasPagesOrAReason(t *testing.T) {
	corpus, err := filepath.Abs(filepath.Join("..", "..", "..", "shared", "corpus"))
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(corpus); err != nil || !info.IsDir() {
		t.Skip("the corpus of odd files is not beside the repository (../shared/corpus)")
	}
	program, err := exec.LookPath("butluc")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program, "scan", corpus, "--json")
	cmd.Env = append(os.Environ(), at(t.TempDir())...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	if err := cmd.Run(); cmd.ProcessState.ExitCode() != exitFindings {
		t.Fatalf("scan of broken files: %v, want exit status %d\n%s", err, exitFindings, &errs)
	}
	if err := checkShape(out.Bytes()); err != nil {
		t.Fatal(err)
	}
	var s scanned
	if err := json.Unmarshal(out.Bytes(), &s); err != nil {
		t.Fatal(err)
	}
	listed := map[string]bool{}
	for _, e := range s.Exhibits {
		listed[e.Path] = true
		if e.Pages == 0 && e.Error == "" {
			t.Errorf("%s has neither pages nor a reason", e.Path)
		}
	}
	err = filepath.WalkDir(corpus, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel, err := filepath.Rel(corpus, path)
		if !listed[library.EscapePath(rel)] && !strings.HasPrefix(filepath.Base(rel), ".") {
			t.Errorf("%s is not in the list", rel)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%d files, %d pages, %d with a reason, %.1f s", s.Summary.Exhibits, s.Summary.Pages, s.Summary.Unreadable, s.Summary.Seconds)
	eventually.So(t, "the processes of "+program+" to end", func() bool { return len(running(program)) == 0 })
}

// running lists the processes of a program, where the system tells (Linux).
func running(program string) (pids []string) {
	if runtime.GOOS != "linux" {
		return nil
	}
	links, _ := filepath.Glob("/proc/[0-9]*/exe")
	for _, link := range links {
		if target, err := os.Readlink(link); err == nil && target == program {
			pids = append(pids, filepath.Base(filepath.Dir(link)))
		}
	}
	return pids
}
