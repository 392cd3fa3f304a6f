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
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	bolt "go.etcd.io/bbolt"

	"butluc/library/store"
	"butluc/library/store/storetest"
)

// writeUntilKilled is the child of TestKilledWhileWriting: it writes numbers and says which are
// on disk.
func writeUntilKilled(dir string) {
	command := checkCommand()
	if runtime.GOOS == "windows" {
		command = nil // Wine leaves a process for ever whose parent was killed as it began; what is checked here is checked anew
	}
	s, err := store.Open(dir, store.Options{DataDir: filepath.Join(dir, "..", "data"), CheckCommand: command})
	if err != nil {
		fmt.Println("error", err)
		os.Exit(1)
	}
	n, _ := strconv.Atoi(s.Setting("n"))
	files := someFiles(200)
	for {
		n++
		err := errors.Join(s.SetSetting("n", strconv.Itoa(n)), s.PutFiles(files[n%190:n%190+10]...), s.RemoveFiles(files[(n+50)%200].Path), s.Flush())
		if err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		fmt.Println(n)
	}
}

// Promise 7: a crash at any instant leaves the store openable, and nothing that was on disk is lost.
func TestKilledWhileWriting(t *testing.T) {
	rounds := 32
	if testing.Short() {
		rounds = 5
	}
	base := t.TempDir()
	dir := filepath.Join(base, "case")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	last := 0
	for round := range rounds {
		cmd := exec.Command(os.Args[0], "write-store", dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		// From the first instants of opening to the middle of many commits.
		time.AfterFunc(time.Duration(rand.IntN(120))*time.Millisecond, func() { _ = cmd.Process.Kill() })
		for lines := bufio.NewScanner(out); lines.Scan(); {
			n, err := strconv.Atoi(lines.Text())
			if err != nil {
				t.Fatalf("round %d: %s", round, lines.Text())
			}
			last = n
		}
		_ = cmd.Wait()

		s, err := store.Open(dir, store.Options{DataDir: filepath.Join(base, "data"), CheckCommand: checkCommand()})
		if err != nil {
			t.Fatalf("round %d: reopen: %v", round, err)
		}
		r := s.Report()
		n, _ := strconv.Atoi(s.Setting("n"))
		if r.SetAside != "" || n < last || n > last+1 {
			t.Errorf("round %d: wrote %d, found %d, %+v", round, last, n, r)
		}
		last = n
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if err := store.Check(filepath.Join(dir, "_butluc", "case.db")); err != nil {
		t.Error(err)
	}
	t.Logf("%d commits over %d kills", last, rounds)
}

// prepared makes a case with a copy of its first state and gives its folder, the data folder and
// the database's bytes.
func prepared(t *testing.T) (dir, data string, db []byte) {
	t.Helper()
	dir, data = t.TempDir(), t.TempDir()
	s := storetest.OpenDir(t, dir, store.Options{DataDir: data})
	if err := errors.Join(s.SetTitle("Vụ án"), s.PutFiles(someFiles(300)...), s.Close()); err != nil {
		t.Fatal(err)
	}
	db, err := os.ReadFile(filepath.Join(dir, "_butluc", "case.db"))
	if err != nil {
		t.Fatal(err)
	}
	return dir, data, db
}

// reopened opens a case whose database was damaged: it must open, with all of it or with a copy,
// and keep what it set aside byte for byte.
func reopened(t *testing.T, dir, data string, damaged []byte) {
	t.Helper()
	path := filepath.Join(dir, "_butluc", "case.db")
	if err := os.WriteFile(path, damaged, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := store.Open(dir, store.Options{
		DataDir: data, CheckCommand: checkCommand(), Log: slog.New(slog.NewTextHandler(t.Output(), nil)),
	})
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	files, err := s.Files()
	if err != nil || s.Title() != "Vụ án" || len(files) != 300 {
		t.Errorf("title %q, %d files, %v, %+v", s.Title(), len(files), err, s.Report())
	}
	if aside := s.Report().SetAside; aside != "" {
		if s.Report().Restored == "" || s.Report().Problem == nil {
			t.Errorf("report %+v", s.Report())
		}
		kept, err := os.ReadFile(aside)
		if err != nil || !bytes.Equal(kept, damaged) || !strings.Contains(aside, "case.db.bad-") {
			t.Errorf("set aside as %s: %v", aside, err)
		}
		_ = os.Remove(aside)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func TestCutDatabase(t *testing.T) {
	dir, data, db := prepared(t)
	for i := range 15 {
		cut := len(db) * i / 15
		t.Run(fmt.Sprint(cut), func(t *testing.T) { reopened(t, dir, data, db[:cut:cut]) })
	}
}

func TestFlippedBytes(t *testing.T) {
	dir, data, db := prepared(t)
	offsets := []int{0, 8, 16, 24, 64, 4096 + 20, 8192 + 10}
	for range 18 {
		offsets = append(offsets, rand.IntN(len(db)))
	}
	for _, at := range offsets {
		t.Run(fmt.Sprint(at), func(t *testing.T) {
			damaged := bytes.Clone(db)
			for i := at; i < min(at+4, len(db)); i++ {
				damaged[i] ^= 0xff
			}
			reopened(t, dir, data, damaged)
		})
	}
}

func TestRubbishInTheDatabasesPlace(t *testing.T) {
	dir, data, db := prepared(t)
	rubbish := make([]byte, len(db))
	for i := range rubbish {
		rubbish[i] = byte(rand.Uint32())
	}
	reopened(t, dir, data, rubbish)
	reopened(t, dir, data, []byte("xin chào"))
}

// With every copy bad too, the case begins anew and says so.
func TestNothingGoodLeft(t *testing.T) {
	dir, data, _ := prepared(t)
	list, _ := filepath.Glob(filepath.Join(dir, "_butluc", "case.db*"))
	for _, path := range list {
		if err := os.WriteFile(path, []byte("bad"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	s := storetest.OpenDir(t, dir, store.Options{DataDir: data, CheckCommand: checkCommand()})
	if r := s.Report(); !r.Fresh || r.SetAside == "" || r.Problem == nil || r.Restored != "" {
		t.Errorf("report %+v", r)
	}
}

// A database from another machine has no seal here, so the child is asked; a check that can't be
// started keeps nobody from the case.
func TestForeignDatabaseIsChecked(t *testing.T) {
	dir, _, _ := prepared(t)
	s := storetest.OpenDir(t, dir, store.Options{CheckCommand: checkCommand()})
	if s.Report().Unchecked || s.Report().Problem != nil || s.Title() != "Vụ án" {
		t.Errorf("report %+v", s.Report())
	}
	_ = s.Close()
	s = storetest.OpenDir(t, dir, store.Options{CheckCommand: []string{filepath.Join(dir, "none")}})
	if s.Title() != "Vụ án" {
		t.Errorf("title %q, %+v", s.Title(), s.Report())
	}
}

func TestNewerDatabaseIsLeftAlone(t *testing.T) {
	dir, data, _ := prepared(t)
	path := filepath.Join(dir, "_butluc", "case.db")
	edit(t, path, func(tx *bolt.Tx) error {
		return tx.Bucket([]byte("meta")).Put([]byte("format"), store.SealRecord("meta", "format", []byte("99")))
	})
	before, _ := os.ReadFile(path)
	for _, readOnly := range []bool{false, true} {
		_, err := store.Open(dir, store.Options{DataDir: data, ReadOnly: readOnly})
		if !errors.Is(err, store.ErrNewer) {
			t.Errorf("read-only %v: %v", readOnly, err)
		}
	}
	if after, _ := os.ReadFile(path); !bytes.Equal(before, after) {
		t.Error("it was changed")
	}
}

func edit(t *testing.T, path string, f func(*bolt.Tx) error) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: time.Second})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Update(f), db.Close()); err != nil {
		t.Fatal(err)
	}
}

// The scaffold that every migration will stand on: steps run in order, all or none, and the format
// is written last.
func TestMigrationsRunInOrder(t *testing.T) {
	path := filepath.Join(t.TempDir(), "old.db")
	var ran []int
	step := func(n int, err error) func(*bolt.Tx) error {
		return func(*bolt.Tx) error { ran = append(ran, n); return err }
	}
	format := func() (v string) {
		edit(t, path, func(tx *bolt.Tx) error {
			if b := tx.Bucket([]byte("meta")); b != nil {
				value, err := store.UnsealRecord("meta", "format", b.Get([]byte("format")))
				v = string(value)
				return err
			}
			return nil
		})
		return v
	}
	edit(t, path, func(tx *bolt.Tx) error {
		return store.RunMigrations(tx, 1, []func(*bolt.Tx) error{step(1, nil), step(2, nil)})
	})
	edit(t, path, func(tx *bolt.Tx) error {
		return store.RunMigrations(tx, 3, []func(*bolt.Tx) error{step(1, nil), step(2, nil), step(3, nil)})
	})
	if fmt.Sprint(ran) != "[1 2 3]" || format() != "4" {
		t.Errorf("ran %v, format %s", ran, format())
	}
}

func FuzzRecord(f *testing.F) {
	f.Add("files", "a.pdf", []byte(`{}`), 3)
	f.Fuzz(func(t *testing.T, bucket, key string, value []byte, at int) {
		record := store.SealRecord(bucket, key, value)
		if got, err := store.UnsealRecord(bucket, key, record); err != nil || !bytes.Equal(got, value) {
			t.Fatalf("%q, %v", got, err)
		}
		if at >= 0 && at < len(record) {
			record[at] ^= 1
			if _, err := store.UnsealRecord(bucket, key, record); err == nil {
				t.Errorf("a flipped bit at %d went unnoticed", at)
			}
			_, _ = store.UnsealRecord(bucket, key, record[:at])
		}
	})
}

// A database that was cut off where no page was in use is good for bbolt, which then reads memory that is none of the
// file's and writes it there. It is damaged: the copy takes its place, and what is written next stays.
func TestADatabaseCutOffBehindItsLastPageIsDamaged(t *testing.T) {
	dir, data, _ := prepared(t)
	path := filepath.Join(dir, "_butluc", "case.db")
	edit(t, path, func(tx *bolt.Tx) error {
		b, err := tx.CreateBucket([]byte("filler"))
		for i := range 60 {
			err = errors.Join(err, b.Put(fmt.Append(nil, i), bytes.Repeat([]byte{'x'}, 4000)))
		}
		return err
	})
	edit(t, path, func(tx *bolt.Tx) error { return tx.DeleteBucket([]byte("filler")) })
	for range 3 { // what is in use moves to where there is room first
		edit(t, path, func(tx *bolt.Tx) error {
			b := tx.Bucket([]byte("meta"))
			return b.Put([]byte("title"), b.Get([]byte("title")))
		})
	}
	db, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for pages := 64; pages > 0; pages -= 4 { // bbolt maps a power of two
		t.Run(fmt.Sprint(pages, " pages"), func(t *testing.T) {
			dir := copied(t, dir)
			put(t, dir, db[:pages*4096])
			s := storetest.OpenDir(t, dir, store.Options{DataDir: data, CheckCommand: checkCommand()})
			for i := range 8 {
				files := someFiles(100 * (i + 1))
				if err := errors.Join(s.SetSetting("n", fmt.Sprint(i)), s.PutFiles(files...), s.Flush()); err != nil {
					t.Fatalf("write %d: %v, after %+v", i, err, s.Report())
				}
			}
			if files, err := s.Files(); err != nil || len(files) != 800 || s.Title() != "Vụ án" {
				t.Errorf("title %q, %d files, %v", s.Title(), len(files), err)
			}
		})
	}
}
