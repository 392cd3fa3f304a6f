package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"butluc/library"
	"butluc/library/folios"
	"butluc/library/store"
	"butluc/library/store/storetest"
)

// forge puts records into a case's database as a stranger could: whole and with their checksums, but never written by
// any program. The log of edits and the copies, which know better, are gone.
func forge(t *testing.T, dir string, records map[string]map[string]string) {
	t.Helper()
	home := filepath.Join(dir, "_butluc")
	list, _ := filepath.Glob(filepath.Join(home, "case.db.copy-*"))
	for _, path := range append(list, filepath.Join(home, "edits")) {
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
	}
	edit(t, filepath.Join(home, "case.db"), func(tx *bolt.Tx) error {
		var errs []error
		for bucket, values := range records {
			for name, value := range values {
				errs = append(errs, tx.Bucket([]byte(bucket)).Put([]byte(name), store.SealRecord(bucket, name, []byte(value))))
			}
		}
		return errors.Join(errs...)
	})
}

// used does with what a store gives what the window and the verbs do when a case is opened.
func used(s *store.Store) (library.Outline, []library.Exhibit, error) {
	files, err := s.Files()
	exhibits := library.Exhibits(files)
	x := library.NewIndex(exhibits)
	o, outlineErr := s.Outline()
	_, historyErr := s.History()
	_, approvalsErr := s.Approvals()
	documents := o.Documents(x)
	for _, d := range documents {
		for _, p := range d.WithHidden().Pages {
			o.FolioOf(p, x)
		}
	}
	folios.NumberingOf(o, x)
	o.Resolve(x)
	o.StrayMarks(x)
	o.Numbers()
	for ref := range o.Walk() {
		o.StepTitle(ref.Step, x)
	}
	_, encodeErr := library.EncodeOutline(o)
	return o, exhibits, errors.Join(err, outlineErr, historyErr, approvalsErr, encodeErr)
}

var sum = strings.Repeat("ab", 32)

func fileText(pages int, more string) string {
	return fmt.Sprintf(`{"size":1,"sec":1,"nsec":0,"kind":"pdf","pages":%d%s}`, pages, more)
}

// forgeries are records of which each alone is refused, and told.
var forgeries = map[string]map[string]map[string]string{
	"a path out of the case":       {"files": {"../../etc/passwd": fileText(1, "")}},
	"an absolute path":             {"files": {"/etc/passwd": fileText(1, "")}},
	"a path that goes up inside":   {"files": {"a/../../b.pdf": fileText(1, "")}},
	"pages beyond all memory":      {"files": {"BL 1-2000000000.pdf": fileText(2_000_000_000, "")}},
	"fewer than no pages":          {"files": {"a.pdf": fileText(-1, "")}},
	"a page that is none":          {"files": {"a.pdf": fileText(1, `,"incomplete":[7]`)}},
	"a picture from elsewhere":     {"files": {"a.docx": fileText(1, `,"rendition":"../../../home/x.pdf"`)}},
	"a fingerprint that is none":   {"files": {"a.pdf": fileText(1, `,"sha256":"../../x"`)}},
	"a giant fault":                {"files": {"a.pdf": fileText(0, `,"fault":"broken","detail":"`+strings.Repeat("x", 1<<20)+`"`)}},
	"no JSON":                      {"files": {"a.pdf": "\x00\xff{"}},
	"a step without its scenario":  {"outline": {"steps/a": `{"id":"a","scenario":"none","rank":"V","panes":[]}`}},
	"a scenario that is its phase": {"outline": {"scenarios/a": `{"id":"a","phase":"a","rank":"V","title":"x"}`}},
	"a record under another name":  {"outline": {"phases/a": `{"id":"b","rank":"V","title":"x"}`}},
	"a table that is none":         {"outline": {"nothing/a": `{}`}},
	"a place that is no number":    {"outline": {"steps/a": `{"id":"a","rank":"V","panes":[{"page":"a.pdf#1","view":[1e999,0,1,1]}]}`}},
	"a page out of the case":       {"outline": {"pages/../a.pdf#1": `{"page":"../a.pdf#1","turn":1}`}},
	"files joined from elsewhere":  {"outline": {"joins/a": `{"id":"a","paths":["../a.pdf","/b.pdf"]}`}},
	"a giant title":                {"outline": {"phases/a": `{"id":"a","rank":"V","title":"` + strings.Repeat("x", 1<<20) + `"}`}},
	"lists within lists":           {"outline": {"steps/a": strings.Repeat("[", 1<<20)}},
	"an edit that is none":         {"history": {"0000000000000001": `{"changes":[{"table":"steps","after":{"id":"../a"}}]}`, "done": "1"}},
	"a count of edits beyond all":  {"history": {"done": "99999999999999999999999"}},
	"a submission that is another": {"approvals": {"00000001": `{"version":1,"number":1,"at":"2026-01-01T00:00:00Z","sha256":"` + sum + `","outline":"{}"}`}},
	"a submission of no number":    {"approvals": {"-0000001": `{"version":1,"number":-1,"at":"x","sha256":"` + sum + `","outline":"{}"}`}},
}

// Whatever a stranger's database says, it opens, what no program writes is left out and told of, and all else is there.
func TestForgedRecordsAreRefused(t *testing.T) {
	for name, records := range forgeries {
		t.Run(name, func(t *testing.T) {
			dir, data, _ := prepared(t)
			forge(t, dir, records)
			for _, readOnly := range []bool{true, false} {
				s := storetest.OpenDir(t, dir, store.Options{DataDir: data, CheckCommand: checkCommand(), ReadOnly: readOnly})
				o, exhibits, err := used(s)
				if err == nil {
					t.Error("it was taken without a word")
				}
				if len(exhibits) != 300 || s.Title() != "Vụ án" || o.Count(library.TableSteps) != 0 {
					t.Errorf("%d files, title %q, %d steps", len(exhibits), s.Title(), o.Count(library.TableSteps))
				}
			}
		})
	}
}

// Each file alone is possible; all together would fill the memory.
func TestForgedPagesInAllAreBounded(t *testing.T) {
	dir, data, _ := prepared(t)
	files := map[string]string{}
	for i := range 500 {
		files[fmt.Sprintf("BL 1-%d.pdf", 90_000+i)] = fileText(90_000, "")
	}
	forge(t, dir, map[string]map[string]string{"files": files})
	s := storetest.OpenDir(t, dir, store.Options{DataDir: data})
	list, err := s.Files()
	pages := 0
	for _, f := range list {
		pages += f.Pages
	}
	if err == nil || pages > 1_000_000 {
		t.Errorf("%d pages, %v", pages, err)
	}
}

// A database that holds itself for a case's, without what makes it one, is set aside.
func TestForgedMetaIsSetAside(t *testing.T) {
	for _, meta := range []map[string]string{
		{"id": `""`}, {"id": `7`}, {"format": `-1`}, {"format": `1e99`}, {"format": `"x"`},
	} {
		dir, data, _ := prepared(t)
		forge(t, dir, map[string]map[string]string{"meta": meta})
		s := storetest.OpenDir(t, dir, store.Options{DataDir: data, CheckCommand: checkCommand()})
		if r := s.Report(); r.SetAside == "" || r.Problem == nil || !r.Lost {
			t.Errorf("%v: %+v", meta, r)
		}
	}
	// Counts beyond all go on from nothing.
	dir, data, _ := prepared(t)
	forge(t, dir, map[string]map[string]string{"meta": {"commits": "9223372036854775807", "mark": "[]", "doubt": `"x"`}})
	s := storetest.OpenDir(t, dir, store.Options{DataDir: data})
	if err := errors.Join(s.GoOn(), s.SetTitle("sau"), s.Close()); err != nil {
		t.Error(err)
	}
	put(t, dir, nil)
	if s := storetest.OpenDir(t, dir, store.Options{DataDir: data, OnlyWhole: true}); s.Title() != "sau" {
		t.Errorf("from the log: %q", s.Title())
	}
}

func FuzzForgedRecord(f *testing.F) {
	for _, records := range forgeries {
		for bucket, values := range records {
			for name, value := range values {
				f.Add(bucket, name, []byte(value))
			}
		}
	}
	dir := f.TempDir()
	s, err := store.Open(dir, store.Options{DataDir: f.TempDir()})
	if err != nil {
		f.Fatal(err)
	}
	if err := s.Close(); err != nil {
		f.Fatal(err)
	}
	path := filepath.Join(dir, "_butluc", "case.db")
	clean, err := os.ReadFile(path)
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, bucket, name string, value []byte) {
		switch bucket {
		case "files", "outline", "history", "approvals", "settings", "meta":
		default:
			t.Skip("no bucket")
		}
		if name == "" || len(name) > 1<<10 || bytes.ContainsRune([]byte(name), 0) {
			t.Skip("no key")
		}
		dir := t.TempDir()
		if err := errors.Join(os.Mkdir(filepath.Join(dir, "_butluc"), 0o700), os.WriteFile(filepath.Join(dir, "_butluc", "case.db"), clean, 0o600)); err != nil {
			t.Fatal(err)
		}
		forge(t, dir, map[string]map[string]string{bucket: {name: string(value)}})
		s, err := store.Open(dir, store.Options{DataDir: t.TempDir(), ReadOnly: true})
		if err != nil {
			return // refused
		}
		_, exhibits, _ := used(s)
		for _, e := range exhibits {
			if !filepath.IsLocal(library.SystemPath(e.File.Path)) {
				t.Errorf("%q leads out of the case", e.File.Path)
			}
		}
		_ = s.Close()
	})
}
