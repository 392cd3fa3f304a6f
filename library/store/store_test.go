package store_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"butluc/library"
	"butluc/library/store"
	"butluc/library/store/storetest"
)

// The test binary is also the child that checks databases, and the one that is killed writing.
func TestMain(m *testing.M) {
	if len(os.Args) == 3 {
		switch os.Args[1] {
		case "check-store":
			os.Exit(store.CheckMain(os.Args[2]))
		case "write-store":
			writeUntilKilled(os.Args[2])
		}
	}
	_ = os.Setenv("GORACE", "atexit_sleep_ms=0") // for the children, which would sleep a second each
	os.Exit(m.Run())
}

func checkCommand() []string { return []string{os.Args[0], "check-store"} }

func someFiles(n int) []library.File {
	files := make([]library.File, n)
	for i := range files {
		files[i] = library.File{
			Path: fmt.Sprintf("Tập %d/BL %d Biên bản.pdf", i%7, i), Size: int64(i), Kind: library.KindPDF, Pages: i + 1,
			ModTime: time.Date(2026, 1, 2, 3, 4, 5, i, time.UTC), SHA256: strings.Repeat("ab", 32),
		}
	}
	return files
}

func TestEverythingComesBack(t *testing.T) {
	dir, data := t.TempDir(), t.TempDir()
	s := storetest.OpenDir(t, dir, store.Options{DataDir: data})
	if r := s.Report(); !r.Fresh || r.Fallback || r.SetAside != "" {
		t.Errorf("report of a new case: %+v", r)
	}
	want := library.File{
		Path: "a/%FF.pdf", Size: 3, ModTime: time.Date(2026, 1, 2, 3, 4, 5, 6, time.UTC), Kind: library.KindHEIC, Pages: 2, Duration: 7,
		SHA256: "00", Fault: library.Fault{Code: library.FaultBroken, Detail: "page 2"}, Incomplete: []int{0, 1},
		Proved: true, Rendition: "x.pdf",
	}
	gone := library.File{Path: "gone"}
	id := s.ID()
	for _, err := range []error{
		s.SetTitle("Vụ án"), s.PutFiles(want, gone), s.RemoveFiles("gone", "never was"),
		s.SetSetting("a", "1"), s.SetSetting("b", "2"), s.SetSetting("b", ""), s.Flush(), s.Close(), s.Close(),
	} {
		if err != nil {
			t.Error(err)
		}
	}
	if err := s.SetTitle("late"); !errors.Is(err, store.ErrClosed) {
		t.Errorf("SetTitle after Close: %v", err)
	}

	s = storetest.OpenDir(t, dir, store.Options{DataDir: data})
	if r := s.Report(); r.Fresh || !r.Unchecked || r.Problem != nil {
		t.Errorf("report of a known case: %+v", r)
	}
	files, err := s.Files()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]library.File{want}, files); diff != "" {
		t.Error(diff)
	}
	if s.ID() != id || s.Title() != "Vụ án" || s.Setting("a") != "1" || s.Setting("b") != "" {
		t.Errorf("id %q, title %q, a %q, b %q", s.ID(), s.Title(), s.Setting("a"), s.Setting("b"))
	}
	note, err := os.ReadFile(filepath.Join(dir, "_butluc", "ĐỌC TÔI - README.txt"))
	if err != nil || strings.Count(string(note), "\n") != 2 {
		t.Errorf("note: %q, %v", note, err)
	}
}

// Promise 7: a change is on disk within a second, without anyone asking.
func TestWrittenWithinASecond(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // whose seconds only waiting counts
		dir := t.TempDir()
		s := storetest.OpenDir(t, dir, store.Options{})
		if err := s.SetTitle("within a second"); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Second)
		synctest.Wait()
		b, err := os.ReadFile(filepath.Join(dir, "_butluc", "case.db"))
		if err != nil || !strings.Contains(string(b), "within a second") {
			t.Errorf("the title is not on disk, %v", err)
		}
	})
}

func TestSecondWindowAndReaders(t *testing.T) {
	dir, data := t.TempDir(), t.TempDir()
	o := store.Options{DataDir: data, CheckCommand: checkCommand()}
	s := storetest.OpenDir(t, dir, o)
	if err := errors.Join(s.SetTitle("one"), s.Close()); err != nil { // leaves the first copy
		t.Fatal(err)
	}
	s = storetest.OpenDir(t, dir, o)
	if err := errors.Join(s.SetTitle("two"), s.Flush()); err != nil {
		t.Fatal(err)
	}

	if _, err := store.Open(dir, o); !errors.Is(err, store.ErrInUse) {
		t.Errorf("a second window: %v", err)
	}
	ro := o
	ro.ReadOnly = true
	reader := storetest.OpenDir(t, dir, ro)
	if r := reader.Report(); !r.InUse || r.CopyTime.IsZero() || reader.Title() != "two" || reader.ID() != s.ID() {
		t.Errorf("a reader beside the window: %q, %+v", reader.Title(), r)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	reader = storetest.OpenDir(t, dir, ro)
	if r := reader.Report(); r.InUse || reader.Title() != "two" {
		t.Errorf("a reader alone: %q, %+v", reader.Title(), r)
	}
}

func TestReaderOfUnknownCaseLeavesNoTrace(t *testing.T) {
	dir := t.TempDir()
	s := storetest.OpenDir(t, dir, store.Options{ReadOnly: true})
	if err := errors.Join(s.SetTitle("kept in memory"), s.Flush()); err != nil {
		t.Error(err)
	}
	if !s.Report().InMemory || s.ID() == "" || s.Title() != "kept in memory" {
		t.Errorf("%+v, %q", s.Report(), s.Title())
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 0 {
		t.Errorf("the folder has %v", entries)
	}
}

func TestUnwritableCaseFallsBack(t *testing.T) {
	for name, block := range map[string]func(home string) error{
		"a file in the sidecar's place": func(home string) error { return os.WriteFile(home, nil, 0o600) },
		"a link in the sidecar's place": func(home string) error {
			elsewhere := filepath.Join(filepath.Dir(filepath.Dir(home)), "elsewhere")
			err := errors.Join(os.Mkdir(elsewhere, 0o700), os.Symlink(elsewhere, home))
			if _, linkErr := os.Readlink(home); linkErr != nil { // Wine makes something else
				_ = os.Remove(home)
				return linkErr
			}
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir, data := filepath.Join(t.TempDir(), "case"), t.TempDir()
			if err := os.Mkdir(dir, 0o700); err != nil {
				t.Fatal(err)
			}
			if err := block(filepath.Join(dir, "_butluc")); err != nil {
				t.Skip(err) // Windows lets few users make links
			}
			o := store.Options{DataDir: data}
			s := storetest.OpenDir(t, dir, o)
			if r := s.Report(); !r.Fallback || !strings.HasPrefix(r.Dir, data) {
				t.Errorf("report %+v", r)
			}
			if err := errors.Join(s.SetTitle("t"), s.Close()); err != nil {
				t.Fatal(err)
			}
			if s = storetest.OpenDir(t, dir, o); s.Title() != "t" {
				t.Errorf("title %q", s.Title())
			}
			if left, _ := os.ReadDir(filepath.Join(filepath.Dir(dir), "elsewhere")); len(left) != 0 {
				t.Errorf("written through the link: %v", left)
			}
		})
	}
}

func TestNoFolder(t *testing.T) {
	if _, err := store.Open(filepath.Join(t.TempDir(), "none"), store.Options{DataDir: t.TempDir()}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("error %v", err)
	}
}

func TestCopiesRotate(t *testing.T) {
	dir, data := t.TempDir(), t.TempDir()
	now := time.Date(2026, 5, 1, 8, 0, 0, 0, time.Local)
	for i := range 6 {
		s, err := store.OpenAt(dir, store.Options{DataDir: data}, func() time.Time { return now })
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(s.SetTitle(fmt.Sprint(i)), s.Close()); err != nil {
			t.Fatal(err)
		}
		now = now.Add(40 * time.Minute)
	}
	list, err := filepath.Glob(filepath.Join(dir, "_butluc", "case.db.copy-*"))
	if err != nil || len(list) != 4 {
		t.Fatalf("copies %v, %v", list, err)
	}
	slices.Sort(list)
	for i, at := range []string{"092000", "100000", "104000", "112000"} { // of three hours, and the newest three
		if name := filepath.Base(list[i]); !strings.HasPrefix(name, "case.db.copy-20260501-"+at+"-s") {
			t.Errorf("copy %s, want one of %s", name, at)
		}
	}
	for _, c := range list {
		if err := store.Check(c); err != nil {
			t.Errorf("copy %s: %v", c, err)
		}
	}
}

// A disk that refuses is told, changes wait in memory, and are written when it takes them again.
func TestLostFolderComesBack(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows lets no mapped file shrink")
	}
	dir := filepath.Join(t.TempDir(), "case")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	s := storetest.OpenDir(t, dir, store.Options{})
	id := s.ID()
	if err := errors.Join(s.SetTitle("before"), s.Flush()); err != nil {
		t.Fatal(err)
	}
	// What a pulled stick does to a mapped file: it shrinks.
	if err := os.Truncate(filepath.Join(dir, "_butluc", "case.db"), 4096); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.SetTitle("after"), s.PutFiles(someFiles(50)...)); err != nil {
		t.Fatal(err)
	}
	err := s.Flush()
	t.Logf("first try: %v", err)
	if err != nil {
		if s.Err() == nil {
			t.Error("Err tells nothing")
		}
		if err := s.Flush(); err != nil {
			t.Errorf("second try: %v", err)
		}
	}
	if r := s.Report(); r.SetAside == "" || r.Problem == nil {
		t.Errorf("report %+v", r)
	}
	if s.Err() != nil {
		t.Errorf("Err stays: %v", s.Err())
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = storetest.OpenDir(t, dir, store.Options{})
	files, err := s.Files()
	if s.ID() != id || s.Title() != "after" || len(files) != 50 || err != nil {
		t.Errorf("id kept %v, title %q, %d files, %v", s.ID() == id, s.Title(), len(files), err)
	}
}
