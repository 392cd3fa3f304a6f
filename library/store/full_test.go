package store_test

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"syscall"
	"testing"

	"butluc/library/store"
	"butluc/library/store/storetest"
)

// fullDisk refuses writes as a full disk does: half of it is written, then there is no more room.
type fullDisk struct {
	mu   sync.Mutex // copies are made on a goroutine of their own
	full map[string]bool
	// begins says that there is room for what begins a segment of the log, and for no entry behind it.
	begins bool
	writes int // to the log, since it was filled
}

func (d *fullDisk) refuses(place string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	if place == "log" {
		d.writes++
		if d.begins && d.writes == 1 {
			return nil
		}
	}
	if d.full[place] {
		return syscall.ENOSPC
	}
	return nil
}

// fill says where there is room no more.
func (d *fullDisk) fill(begins bool, places ...string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.full, d.begins, d.writes = map[string]bool{}, begins, 0
	for _, p := range places {
		d.full[p] = true
	}
}

// afterACrash opens a case as it is on the disk at this moment, which another store has open.
func afterACrash(t *testing.T, dir string, o store.Options) *store.Store {
	t.Helper()
	to := t.TempDir()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if errors.Is(err, fs.ErrNotExist) { // a copy that is being made got its name, or none
			return nil
		}
		rel, relErr := filepath.Rel(dir, path)
		if err = errors.Join(err, relErr); err != nil || d.IsDir() {
			return errors.Join(err, os.MkdirAll(filepath.Join(to, rel), 0o700))
		}
		b, err := os.ReadFile(path)
		if errors.Is(err, fs.ErrNotExist) {
			return nil
		}
		return errors.Join(err, os.WriteFile(filepath.Join(to, rel), b, 0o600))
	})
	if err != nil {
		t.Fatal(err)
	}
	return storetest.OpenDir(t, to, o)
}

// On a full disk now the log of edits, now the database refuses a commit, in the middle of an entry, of a segment's
// beginning, of a transaction or of a copy. What one of the two took, and was acknowledged, is there after a crash; a
// commit that was refused may be missing, and nobody is told then that something may be lost.
func TestAFullDiskLosesNothingAndRaisesNoAlarm(t *testing.T) {
	kinds := []struct {
		places []string
		begins bool
	}{
		{nil, false},
		{[]string{"log"}, false},
		{[]string{"log"}, true},
		{[]string{"database"}, false},
		{[]string{"log", "database"}, false},
		{[]string{"log", "database"}, true},
		{[]string{"log", "database", "copy"}, false},
	}
	for first := range kinds {
		for second := range kinds {
			t.Run(fmt.Sprint(first, second), func(t *testing.T) {
				dir, data := t.TempDir(), t.TempDir()
				disk := &fullDisk{}
				log := slog.New(slog.DiscardHandler)
				s := storetest.OpenDir(t, dir, store.Refusing(store.Options{DataDir: data, Log: log}, disk.refuses))
				if err := errors.Join(s.SetTitle("0"), s.Flush()); err != nil {
					t.Fatal(err)
				}
				acknowledged := 0
				for n, kind := range []int{first, second} {
					disk.fill(kinds[kind].begins, kinds[kind].places...)
					if err := s.SetTitle(fmt.Sprint(n + 1)); err != nil {
						t.Fatal(err)
					}
					if s.Flush() == nil {
						acknowledged = n + 1
					}
				}
				found := 0
				crashed := afterACrash(t, dir, store.Options{DataDir: data, Log: log})
				if _, err := fmt.Sscan(crashed.Title(), &found); err != nil || found < acknowledged {
					t.Errorf("found %q, of %d that were acknowledged", crashed.Title(), acknowledged)
				}
				if r := crashed.Report(); r.Lost || r.SetAside != "" {
					t.Errorf("a false alarm: %+v", r)
				}
				disk.fill(false)
				if err := errors.Join(s.SetTitle("room"), s.Close()); err != nil {
					t.Fatal(err)
				}
				if s := afterACrash(t, dir, store.Options{DataDir: data, Log: log, OnlyWhole: true}); s.Title() != "room" || s.Report().Lost {
					t.Errorf("with room again: %q, %+v", s.Title(), s.Report())
				}
			})
		}
	}
}

// A copy that the disk refuses halfway is no copy, and leaves nothing behind.
func TestHalfACopyIsNone(t *testing.T) {
	dir, data := t.TempDir(), t.TempDir()
	disk := &fullDisk{}
	disk.fill(false, "copy")
	s := storetest.OpenDir(t, dir, store.Refusing(store.Options{DataDir: data}, disk.refuses))
	if err := errors.Join(s.SetTitle("một"), s.Close()); err != nil {
		t.Fatal(err)
	}
	if left, _ := filepath.Glob(filepath.Join(dir, "_butluc", "case.db.*")); len(left) != 0 {
		t.Errorf("there are %q", left)
	}
	s = storetest.OpenDir(t, dir, store.Options{DataDir: data})
	if s.Title() != "một" || s.Report().Lost {
		t.Errorf("%q, %+v", s.Title(), s.Report())
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if made, _ := filepath.Glob(filepath.Join(dir, "_butluc", "case.db.copy-*")); len(made) != 1 {
		t.Errorf("copies %q", made)
	}
}

// A case whose log has more than its database opens on a full disk, too: the database stays where it is, and gets what it
// lacks when there is room.
func TestACaseOpensOnAFullDisk(t *testing.T) {
	dir, data, older, db := worked(t)
	for name, content := range map[string][]byte{"behind": older, "damaged": db[:len(db)/2]} {
		t.Run(name, func(t *testing.T) {
			dir := copied(t, dir)
			put(t, dir, content)
			disk := &fullDisk{}
			disk.fill(false, "log", "database", "copy")
			s := storetest.OpenDir(t, dir, store.Refusing(store.Options{DataDir: data, CheckCommand: checkCommand(), OnlyWhole: true}, disk.refuses))
			if s.Title() != "bản 2" || s.Report().Lost {
				t.Fatalf("%q, %+v", s.Title(), s.Report())
			}
			if err := s.Flush(); err == nil {
				t.Fatal("the full disk took a commit")
			}
			if name == "behind" && s.Report().SetAside != "" {
				t.Errorf("a good database was set aside: %+v", s.Report())
			}
			disk.fill(false)
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			if s := storetest.OpenDir(t, dir, store.Options{DataDir: data, OnlyWhole: true}); s.Title() != "bản 2" || s.Report().Problem != nil {
				t.Errorf("afterwards: %q, %+v", s.Title(), s.Report())
			}
		})
	}
}

// While a new one can't be written, a database that can't be read stays: it may be all there is.
func TestADatabaseIsSetAsideForAWholeOneOnly(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "_butluc", "case.db")
	disk := &fullDisk{}
	s := storetest.OpenDir(t, dir, store.Refusing(store.Options{}, disk.refuses))
	disk.fill(false, "database")
	if err := errors.Join(s.SetTitle("một")); err != nil || s.Flush() == nil {
		t.Fatalf("a full disk took it: %v", err)
	}
	rubbish := bytes.Repeat([]byte("hỏng"), 9000)
	put(t, dir, rubbish)
	if s.Flush() == nil {
		t.Fatal("a full disk took it")
	}
	there, err := os.ReadFile(path)
	if !bytes.HasPrefix(there, rubbish) || s.Report().SetAside != "" { // bbolt fills it up on Windows, as it opens it
		t.Errorf("it was set aside (%v, %d bytes): %+v", err, len(there), s.Report())
	}
	disk.fill(false)
	if err := s.Flush(); err != nil || s.Report().SetAside == "" {
		t.Errorf("with room: %v, %+v", err, s.Report())
	}
}
