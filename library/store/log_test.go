package store_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"butluc/library"
	"butluc/library/store"
	"butluc/library/store/storetest"
)

// worked makes a case whose last changes are in no copy, and gives its folder, the data folder and the database's
// bytes as they were before the last change, and after it.
func worked(t *testing.T) (dir, data string, older, db []byte) {
	t.Helper()
	dir, data = t.TempDir(), t.TempDir()
	path := filepath.Join(dir, "_butluc", "case.db")
	for i := range 3 {
		s := storetest.OpenDir(t, dir, store.Options{DataDir: data})
		if err := errors.Join(s.SetTitle(fmt.Sprint("bản ", i)), s.PutFiles(someFiles(100*(i+1))...), s.Flush()); err != nil {
			t.Fatal(err)
		}
		older = db
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		var err error
		if db, err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	}
	return dir, data, older, db
}

// copied copies a case folder, for one of many damages.
func copied(t *testing.T, dir string) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}

// damages are ways in which a database goes bad, each with its place in the file.
func damages(db, older []byte) map[string][]byte {
	list := map[string][]byte{"gone": nil, "older": older, "empty": {}, "rubbish": bytes.Repeat([]byte("hỏng"), len(db)/5)}
	for i := range 12 {
		list[fmt.Sprint("cut to ", i, "/12")] = bytes.Clone(db[:len(db)*i/12])
	}
	pages := len(db) / 4096
	for page := range min(pages, 12) {
		zero := bytes.Clone(db)
		clear(zero[page*4096 : (page+1)*4096])
		list[fmt.Sprint("page ", page, " zero")] = zero
	}
	for range 16 {
		flipped := bytes.Clone(db)
		at := rand.IntN(len(db) - 4)
		for i := range 4 {
			flipped[at+i] ^= 0xff
		}
		list[fmt.Sprint("flipped at ", at)] = flipped
	}
	return list
}

func put(t *testing.T, dir string, db []byte) {
	t.Helper()
	path := filepath.Join(dir, "_butluc", "case.db")
	err := os.Remove(path)
	if db != nil {
		err = os.WriteFile(path, db, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// Promise 7 holds for damage too: what was acknowledged is in the log of edits, and comes back over a copy.
func TestDamageLosesNothing(t *testing.T) {
	dir, data, older, db := worked(t)
	for name, damaged := range damages(db, older) {
		for _, readOnly := range []bool{true, false} {
			t.Run(fmt.Sprint(name, " read only ", readOnly), func(t *testing.T) {
				dir := copied(t, dir)
				put(t, dir, damaged)
				s := storetest.OpenDir(t, dir, store.Options{DataDir: data, CheckCommand: checkCommand(), ReadOnly: readOnly, OnlyWhole: true})
				files, err := s.Files()
				r := s.Report()
				if s.Title() != "bản 2" || len(files) != 300 || err != nil || r.Lost {
					t.Errorf("title %q, %d files, %v, %+v", s.Title(), len(files), err, r)
				}
				if r.Restored != "" && (r.Problem == nil || r.AsOf.IsZero()) {
					t.Errorf("nothing was told: %+v", r)
				}
			})
		}
	}
}

// Without the log the copy is all there is: it is told that changes may be lost, and nobody goes on unasked.
func TestWhatIsLostIsTold(t *testing.T) {
	for name, lose := range map[string]func(home string) error{
		"a case from before there was a log": func(home string) error {
			list, _ := filepath.Glob(filepath.Join(home, "case.db.copy-*"))
			for _, path := range list {
				if err := os.Rename(path, path[:strings.LastIndex(path, "-s")]); err != nil {
					return err
				}
			}
			return os.RemoveAll(filepath.Join(home, "edits"))
		},
		"the log's last segment damaged": func(home string) error {
			list, _ := filepath.Glob(filepath.Join(home, "edits", "*.log"))
			last := list[len(list)-1]
			b, err := os.ReadFile(last)
			if err == nil {
				b[len(b)-9] ^= 1
				err = os.WriteFile(last, b, 0o600)
			}
			return err
		},
		"a segment in the middle gone": func(home string) error { return os.Remove(filepath.Join(home, "edits", "00000002.log")) },
		"every copy damaged": func(home string) error {
			list, _ := filepath.Glob(filepath.Join(home, "case.db.copy-*"))
			for _, path := range list {
				if err := os.WriteFile(path, []byte("hỏng"), 0o600); err != nil {
					return err
				}
			}
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir, data, _, db := worked(t)
			if err := lose(filepath.Join(dir, "_butluc")); err != nil {
				t.Fatal(err)
			}
			put(t, dir, db[:len(db)/2])
			o := store.Options{DataDir: data, CheckCommand: checkCommand(), Log: slog.New(slog.NewTextHandler(t.Output(), nil))}
			o.ReadOnly = true
			if r := storetest.OpenDir(t, dir, o).Report(); !r.Lost || r.Problem == nil {
				t.Errorf("a reader was told %+v", r)
			}
			o.ReadOnly, o.OnlyWhole = false, true
			if _, err := store.Open(dir, o); !errors.Is(err, store.ErrDamaged) {
				t.Errorf("whoever wants all of it: %v", err)
			}
			if there, _ := os.ReadFile(filepath.Join(dir, "_butluc", "case.db")); len(there) != len(db)/2 {
				t.Error("the damaged database was touched")
			}
			o.OnlyWhole = false
			s := storetest.OpenDir(t, dir, o)
			if r := s.Report(); !r.Lost || r.Problem == nil || r.SetAside == "" {
				t.Errorf("a writer was told %+v", r)
			}
			// That stays so, for readers and whoever wants all of it, until a person goes on from here.
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			o.OnlyWhole = true
			if _, err := store.Open(dir, o); !errors.Is(err, store.ErrDamaged) {
				t.Errorf("restored, and nobody was asked: %v", err)
			}
			o.ReadOnly = true
			if r := storetest.OpenDir(t, dir, o).Report(); !r.Lost || r.Problem == nil {
				t.Errorf("a reader of what was restored was told %+v", r)
			}
			o.ReadOnly, o.OnlyWhole = false, false
			s = storetest.OpenDir(t, dir, o)
			if err := errors.Join(s.GoOn(), s.SetTitle("sau"), s.Close()); err != nil {
				t.Fatal(err)
			}
			put(t, dir, db[:len(db)/2])
			o.OnlyWhole = true
			if s := storetest.OpenDir(t, dir, o); s.Title() != "sau" || s.Report().Lost {
				t.Errorf("after it: %q, %+v", s.Title(), s.Report())
			}
		})
	}
}

// A database as it was before is good in itself. Where the log's last segment, which tells of more, can't be read either,
// that is told; beside a database that has it all, nothing is.
func TestAnOlderDatabaseBesideAnUnreadableLogIsTold(t *testing.T) {
	for name, damaged := range map[string]func(b []byte) []byte{
		"rubbish":        func(b []byte) []byte { return bytes.Repeat([]byte("hỏng"), len(b)/5) },
		"a byte flipped": func(b []byte) []byte { b[len(b)-9] ^= 1; return b },
	} {
		t.Run(name, func(t *testing.T) {
			dir, data, older, db := worked(t)
			list, _ := filepath.Glob(filepath.Join(dir, "_butluc", "edits", "*.log"))
			last := list[len(list)-1]
			b, err := os.ReadFile(last)
			if err == nil {
				err = os.WriteFile(last, damaged(b), 0o600)
			}
			if err != nil {
				t.Fatal(err)
			}
			o := store.Options{DataDir: data, CheckCommand: checkCommand(), ReadOnly: true, Log: slog.New(slog.NewTextHandler(t.Output(), nil))}
			if r := storetest.OpenDir(t, dir, o).Report(); r.Lost || r.Problem != nil {
				t.Errorf("beside the newest database: %+v", r)
			}
			put(t, dir, older)
			if s := storetest.OpenDir(t, dir, o); !s.Report().Lost || s.Report().Problem == nil {
				t.Errorf("a reader was told %+v of %q", s.Report(), s.Title())
			}
			o.ReadOnly, o.OnlyWhole = false, true
			if _, err := store.Open(dir, o); !errors.Is(err, store.ErrDamaged) {
				t.Errorf("whoever wants all of it: %v", err)
			}
			put(t, dir, db)
			if s := storetest.OpenDir(t, dir, o); s.Report().Lost || s.Title() != "bản 2" {
				t.Errorf("the newest: %+v, %q", s.Report(), s.Title())
			}
		})
	}
}

// A case as older programs leave it opens, and is behind a copy and a log from then on.
func TestCaseWithoutLogGetsOne(t *testing.T) {
	dir, data, _, _ := worked(t)
	home := filepath.Join(dir, "_butluc")
	list, _ := filepath.Glob(filepath.Join(home, "case.db.copy-*"))
	for _, path := range append(list, filepath.Join(home, "edits")) {
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
	}
	o := store.Options{DataDir: data, OnlyWhole: true}
	s := storetest.OpenDir(t, dir, o)
	if r := s.Report(); s.Title() != "bản 2" || r.Problem != nil || r.Lost {
		t.Errorf("title %q, %+v", s.Title(), r)
	}
	if err := errors.Join(s.SetTitle("sau"), s.Close()); err != nil {
		t.Fatal(err)
	}
	put(t, dir, []byte("hỏng"))
	if s := storetest.OpenDir(t, dir, o); s.Title() != "sau" {
		t.Errorf("after damage: %q, %+v", s.Title(), s.Report())
	}
}

// Killed at any instant and its database damaged on top: what was acknowledged is there.
func TestKilledAndDamaged(t *testing.T) {
	rounds := 16
	if testing.Short() {
		rounds = 4
	}
	base := t.TempDir()
	dir := filepath.Join(base, "case")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	last := 0
	for round := range rounds {
		last = max(last, workUntilKilled(t, dir))
		path := filepath.Join(dir, "_butluc", "case.db")
		if db, err := os.ReadFile(path); err == nil && len(db) > 0 {
			put(t, dir, db[:rand.IntN(len(db))])
		}
		s, err := store.Open(dir, store.Options{DataDir: filepath.Join(base, "data"), CheckCommand: checkCommand()})
		if err != nil {
			t.Fatalf("round %d: reopen: %v", round, err)
		}
		n, _ := strconv.Atoi(s.Setting("n"))
		if n < last || n > last+1 {
			t.Errorf("round %d: wrote %d, found %d, %+v", round, last, n, s.Report())
		}
		last = n
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d commits over %d kills and damages", last, rounds)
}

// workUntilKilled lets a child write, kills it, and gives the last number that it said was on disk.
func workUntilKilled(t *testing.T, dir string) (last int) {
	t.Helper()
	cmd := exec.Command(os.Args[0], "write-store", dir)
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	time.AfterFunc(time.Duration(20+rand.IntN(200))*time.Millisecond, func() { _ = cmd.Process.Kill() })
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if last, err = strconv.Atoi(lines.Text()); err != nil {
			t.Fatal(lines.Text())
		}
	}
	_ = cmd.Wait()
	return last
}

// A reader beside an open window knows what was written a moment ago.
func TestReaderBesideAWindowReadsTheLog(t *testing.T) {
	dir, data := t.TempDir(), t.TempDir()
	s := storetest.OpenDir(t, dir, store.Options{DataDir: data})
	for i := range 3 {
		if err := errors.Join(s.SetTitle(fmt.Sprint(i)), s.Flush()); err != nil {
			t.Fatal(err)
		}
		reader := storetest.OpenDir(t, dir, store.Options{DataDir: data, ReadOnly: true, CheckCommand: checkCommand()})
		if r := reader.Report(); reader.Title() != fmt.Sprint(i) || !r.InUse || r.Problem != nil || r.Lost || r.AsOf.IsZero() {
			t.Errorf("%q, %+v", reader.Title(), r)
		}
	}
}

// Work is at most five minutes from a copy, and the log holds no more than the newest copies need.
func TestLogIsBounded(t *testing.T) {
	dir, data := t.TempDir(), t.TempDir()
	now := time.Date(2026, 5, 1, 8, 0, 0, 0, time.Local)
	for i := range 41 {
		s, err := store.OpenAt(dir, store.Options{DataDir: data}, func() time.Time { return now })
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(s.SetTitle(fmt.Sprint(i)), s.Close()); err != nil {
			t.Fatal(err)
		}
		now = now.Add(time.Minute)
	}
	copies, _ := filepath.Glob(filepath.Join(dir, "_butluc", "case.db.copy-*"))
	segments, _ := filepath.Glob(filepath.Join(dir, "_butluc", "edits", "*.log"))
	if len(copies) != 3 || len(segments) > 20 {
		t.Fatalf("%d copies, %d segments of the log", len(copies), len(segments))
	}
	if oldest := strings.TrimLeft(filepath.Base(segments[0]), "0"); !strings.HasSuffix(copies[0], "-s"+strings.TrimSuffix(oldest, ".log")) {
		t.Errorf("the log begins with %s, the copies with %s", oldest, copies[0])
	}
	for i, want := range []string{"-083000-", "-083500-", "-084000-"} {
		if !strings.Contains(copies[i], want) {
			t.Errorf("copy %s, want one of %s", filepath.Base(copies[i]), want)
		}
	}
}

// What was submitted outlives database and copies, is a file with the bytes of its fingerprint, and its number is
// given once.
func TestSubmittedCopiesOutliveTheDatabase(t *testing.T) {
	dir, data := t.TempDir(), t.TempDir()
	s := storetest.OpenDir(t, dir, store.Options{DataDir: data})
	first, err := library.NewApproval(library.Outline{}, 1, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(s.PutApproval(first), s.Close()); err != nil {
		t.Fatal(err)
	}
	list, _ := filepath.Glob(filepath.Join(dir, "_butluc", "submitted", "000001-*-"+first.SHA256+".json"))
	if len(list) != 1 {
		t.Fatalf("submitted copies %v", list)
	}
	if b, err := os.ReadFile(list[0]); err != nil || !bytes.Equal(b, first.Exported()) {
		t.Errorf("%d bytes, %v", len(b), err)
	}
	all, _ := filepath.Glob(filepath.Join(dir, "_butluc", "case.db*"))
	for _, path := range append(all, filepath.Join(dir, "_butluc", "edits")) {
		if err := os.RemoveAll(path); err != nil {
			t.Fatal(err)
		}
	}
	for _, readOnly := range []bool{true, false} {
		s = storetest.OpenDir(t, dir, store.Options{DataDir: data, ReadOnly: readOnly})
		have, err := s.Approvals()
		if err != nil || len(have) != 1 || have[0].SHA256 != first.SHA256 || !have[0].At.Equal(first.At) || s.LastApproval() != 1 {
			t.Errorf("read only %v: %+v, last %d, %v", readOnly, have, s.LastApproval(), err)
		}
		if r := s.Report(); !r.Lost || r.Problem == nil {
			t.Errorf("read only %v: nothing was told: %+v", readOnly, r)
		}
	}
	// One that is no longer what was submitted is told, and its number is not given again.
	if err := os.WriteFile(list[0], []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	if have, err := s.Approvals(); err == nil || len(have) != 0 || s.LastApproval() != 1 {
		t.Errorf("forged: %+v, last %d, %v", have, s.LastApproval(), err)
	}
}
