package store_test

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
	"time"

	"butluc/library"
	"butluc/library/store"
	"butluc/library/store/storetest"
)

// last gives the newest segment of a case's log of edits.
func last(t *testing.T, dir string) string {
	t.Helper()
	list, _ := filepath.Glob(filepath.Join(dir, "_butluc", "edits", "*.log"))
	if len(list) == 0 {
		t.Fatal("there is no log")
	}
	return list[len(list)-1]
}

// An older database, or a damaged one, beside a log whose last segment is gone altogether is good in itself. The head
// tells of what is missing: the one in the case folder on any machine, the one among the user's data on this one.
func TestALogWhoseLastSegmentIsGoneIsTold(t *testing.T) {
	dir, data, older, db := worked(t)
	if err := os.Remove(last(t, dir)); err != nil {
		t.Fatal(err)
	}
	zeroed := bytes.Clone(db)
	clear(zeroed[len(db)/2/4096*4096:])
	for name, damaged := range map[string][]byte{"older": older, "damaged": zeroed, "gone": nil} {
		for _, where := range []string{"in the case", "on this machine"} {
			t.Run(name+", known "+where, func(t *testing.T) {
				o := store.Options{DataDir: t.TempDir(), CheckCommand: checkCommand()}
				dir := dir
				if where == "in the case" {
					dir = copied(t, dir)
				} else {
					o.DataDir = data
					before := copied(t, dir)
					defer restored(t, dir, before)
					if err := os.Remove(filepath.Join(dir, "_butluc", "head")); err != nil {
						t.Fatal(err)
					}
				}
				put(t, dir, damaged)
				o.ReadOnly = true
				if r := reported(t, dir, o); !r.Lost || r.Problem == nil || r.Known.IsZero() {
					t.Errorf("a reader was told %+v", r)
				}
				o.ReadOnly, o.OnlyWhole = false, true
				if _, err := store.Open(dir, o); !errors.Is(err, store.ErrDamaged) {
					t.Errorf("whoever wants all of it: %v", err)
				}
				o.OnlyWhole = false
				s := storetest.OpenDir(t, dir, o)
				if r := s.Report(); !r.Lost || r.Problem == nil {
					t.Errorf("a writer was told %+v", r)
				}
				if err := errors.Join(s.GoOn(), s.SetTitle("sau"), s.Close()); err != nil {
					t.Fatal(err)
				}
				o.OnlyWhole = true
				s = storetest.OpenDir(t, dir, o)
				if s.Title() != "sau" || s.Report().Lost {
					t.Errorf("after a person went on: %q, %+v", s.Title(), s.Report())
				}
				if err := s.Close(); err != nil { // Windows lets no file be taken away that is open
					t.Fatal(err)
				}
			})
		}
	}
}

// reported opens a case, and closes it again: what it was told of it.
func reported(t *testing.T, dir string, o store.Options) store.Report {
	t.Helper()
	s := storetest.OpenDir(t, dir, o)
	r := s.Report()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return r
}

// restored puts another folder's content in a folder's place.
func restored(t *testing.T, dir, from string) {
	t.Helper()
	if err := errors.Join(os.RemoveAll(dir), os.CopyFS(dir, os.DirFS(from))); err != nil {
		t.Fatal(err)
	}
}

// A case from before there were heads: the newest copy names the segment that was begun with it, and that is gone.
func TestACopyTellsOfASegmentThatIsGone(t *testing.T) {
	dir := t.TempDir()
	now := time.Date(2026, 5, 1, 8, 0, 0, 0, time.Local)
	for _, title := range []string{"một", "hai"} {
		s, err := store.OpenAt(dir, store.Options{DataDir: t.TempDir()}, func() time.Time { return now })
		if err != nil {
			t.Fatal(err)
		}
		if err := errors.Join(s.SetTitle(title), s.Close()); err != nil {
			t.Fatal(err)
		}
		now = now.Add(6 * time.Minute) // a copy is due
	}
	if err := errors.Join(os.Remove(last(t, dir)), os.Remove(filepath.Join(dir, "_butluc", "head"))); err != nil {
		t.Fatal(err)
	}
	put(t, dir, []byte("hỏng"))
	o := store.Options{CheckCommand: checkCommand(), ReadOnly: true}
	if s := storetest.OpenDir(t, dir, o); !s.Report().Lost || s.Title() != "một" {
		t.Errorf("%q, %+v", s.Title(), s.Report())
	}
}

// Who puts a case folder back from an older copy is told what this machine knows, changes nothing before he goes on, and
// can put the newer folder there instead. On another machine, or at another place, there is nothing to tell.
func TestACaseFolderPutBackFromAnOlderCopyIsTold(t *testing.T) {
	parent, data := t.TempDir(), t.TempDir()
	dir := filepath.Join(parent, "vụ án")
	o := store.Options{DataDir: data, CheckCommand: checkCommand()}
	work := func(title string) {
		t.Helper()
		s := storetest.OpenDir(t, dir, o)
		if err := errors.Join(s.SetTitle(title), s.Close()); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	work("một")
	older := copied(t, dir)
	work("hai")
	newer := copied(t, dir)

	for _, elsewhere := range []store.Options{{DataDir: data, OnlyWhole: true}, {DataDir: t.TempDir(), OnlyWhole: true}} {
		if s := storetest.OpenDir(t, copied(t, older), elsewhere); s.Title() != "một" || s.Report().Problem != nil {
			t.Errorf("a copy elsewhere: %q, %+v", s.Title(), s.Report())
		}
	}

	restored(t, dir, older)
	read := o
	read.ReadOnly = true
	if r := storetest.OpenDir(t, dir, read).Report(); !r.Lost || !r.Outdated || time.Since(r.Known) > time.Hour {
		t.Errorf("a reader was told %+v", r)
	}
	all := o
	all.OnlyWhole = true
	if _, err := store.Open(dir, all); !errors.Is(err, store.ErrDamaged) {
		t.Errorf("whoever wants all of it: %v", err)
	}
	for range 2 { // nobody goes on: it is told again
		s := storetest.OpenDir(t, dir, o)
		if r := s.Report(); !r.Lost || !r.Outdated {
			t.Errorf("a writer was told %+v", r)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	restored(t, dir, newer)
	if s := storetest.OpenDir(t, dir, all); s.Title() != "hai" || s.Report().Lost {
		t.Errorf("the newer one put back: %q, %+v", s.Title(), s.Report())
	} else if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	restored(t, dir, older)
	s := storetest.OpenDir(t, dir, o)
	if err := errors.Join(s.GoOn(), s.SetTitle("ba"), s.Close()); err != nil {
		t.Fatal(err)
	}
	if s := storetest.OpenDir(t, dir, all); s.Title() != "ba" || s.Report().Lost {
		t.Errorf("after a person went on: %q, %+v", s.Title(), s.Report())
	}
}

// While a case folder can't be written, its work is kept among the user's data. Whichever of the two places knows more is
// read, and gone on from.
func TestTheNewerOfTwoHomesIsUsed(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("on Windows a link to a folder is as good as the folder: nothing here makes a case folder one that can't be written")
	}
	dir, data := t.TempDir(), t.TempDir()
	o := store.Options{DataDir: data, OnlyWhole: true}
	home, aside := filepath.Join(dir, "_butluc"), filepath.Join(t.TempDir(), "aside")
	blocked := func(block bool) {
		t.Helper()
		var err error
		if block {
			if err = os.Rename(home, aside); err == nil {
				err = os.Symlink(aside, home) // is read through, and never written
			}
		} else {
			err = errors.Join(os.Remove(home), os.Rename(aside, home))
		}
		if err != nil {
			t.Skip(err) // Windows lets few users make links
		}
	}
	work := func(before, after string, brought bool) store.Report {
		t.Helper()
		read := o
		read.ReadOnly = true
		s := storetest.OpenDir(t, dir, read)
		if s.Title() != before || s.Report().Lost {
			t.Errorf("a reader found %q, want %q: %+v", s.Title(), before, s.Report())
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		s = storetest.OpenDir(t, dir, o)
		if r := s.Report(); s.Title() != before || r.Lost || r.Brought != brought {
			t.Errorf("a writer found %q, want %q: %+v", s.Title(), before, r)
		}
		if err := errors.Join(s.SetTitle(after), s.Close()); err != nil {
			t.Fatal(err)
		}
		return s.Report()
	}
	work("", "một", false)
	blocked(true)
	stand := storetest.OpenDir(t, dir, o)
	if err := stand.Close(); err != nil {
		t.Fatal(err)
	}
	restored(t, stand.Report().Dir, aside) // as where a folder can be read, and not written
	if r := work("một", "hai", false); !r.Fallback {
		t.Errorf("%+v", r)
	}
	blocked(false)
	if r := work("hai", "ba", true); r.Fallback || r.SetAside == "" {
		t.Errorf("%+v", r)
	}
	work("ba", "bốn", false)

	blocked(true)
	if r := work("bốn", "năm", true); !r.Fallback || r.SetAside == "" {
		t.Errorf("%+v", r)
	}
	work("năm", "sáu", false)
}

// What only the database took, since the log was refused, is missed when the database is damaged.
func TestWhatOnlyADamagedDatabaseHadIsMissed(t *testing.T) {
	dir := t.TempDir()
	disk := &fullDisk{}
	s := storetest.OpenDir(t, dir, store.Refusing(store.Options{}, disk.refuses))
	if err := errors.Join(s.SetTitle("một"), s.Flush()); err != nil {
		t.Fatal(err)
	}
	disk.fill(false, "log", "copy")
	if err := errors.Join(s.SetTitle("hai"), s.Flush(), s.Close()); err != nil {
		t.Fatal(err)
	}
	if s := storetest.OpenDir(t, dir, store.Options{ReadOnly: true}); s.Title() != "hai" || s.Report().Lost {
		t.Errorf("undamaged: %q, %+v", s.Title(), s.Report())
	}
	dir = copied(t, dir)
	put(t, dir, []byte("hỏng"))
	if s := storetest.OpenDir(t, dir, store.Options{ReadOnly: true}); !s.Report().Lost {
		t.Errorf("damaged: %q, %+v", s.Title(), s.Report())
	}
}

// The number of a submitted copy stands on paper and is given once, though nothing of the copy is left.
func TestANumberIsGivenOnceThoughItsCopyIsGone(t *testing.T) {
	dir, data := t.TempDir(), t.TempDir()
	o := store.Options{DataDir: data}
	s := storetest.OpenDir(t, dir, o)
	if err := errors.Join(s.SetTitle("một"), s.Close()); err != nil {
		t.Fatal(err)
	}
	before := copied(t, dir)
	s = storetest.OpenDir(t, dir, o)
	a, err := library.NewApproval(library.Outline{}, 1, time.Now())
	if err := errors.Join(err, s.PutApproval(a), s.Close()); err != nil {
		t.Fatal(err)
	}
	restored(t, dir, before)
	s = storetest.OpenDir(t, dir, o)
	if err := errors.Join(s.GoOn(), s.Close()); err != nil {
		t.Fatal(err)
	}
	if s := storetest.OpenDir(t, dir, o); s.LastApproval() != 1 {
		t.Errorf("the next number is %d", s.LastApproval()+1)
	}
}

// A reader leaves the heads as they are. A damaged slot leaves the other one, and one of nonsense tells nothing.
func TestHeads(t *testing.T) {
	dir, data := t.TempDir(), t.TempDir()
	s := storetest.OpenDir(t, dir, store.Options{DataDir: data})
	for _, title := range []string{"một", "hai", "ba"} {
		if err := errors.Join(s.SetTitle(title), s.Flush()); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "_butluc", "head")
	b, err := os.ReadFile(path)
	if err != nil || len(store.Heads(path)) != 2 {
		t.Fatalf("%d bytes, %v", len(b), err)
	}
	storetest.OpenDir(t, dir, store.Options{DataDir: data, ReadOnly: true})
	if after, _ := os.ReadFile(path); !bytes.Equal(after, b) {
		t.Error("a reader wrote a head")
	}
	for at := range b {
		damaged := bytes.Clone(b)
		damaged[at] ^= 1
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		if n := len(store.Heads(path)); n < 1 || n > 2 || n == 2 && damaged[at] != '!' && damaged[at] != 0x0b {
			t.Fatalf("byte %d of %d, %q for %q: %d heads", at, len(b), damaged[at], b[at], n)
		}
	}
	if err := errors.Join(os.Remove(path), os.Mkdir(path, 0o700)); err != nil {
		t.Fatal(err)
	}
	s = storetest.OpenDir(t, dir, store.Options{DataDir: data})
	if err := errors.Join(s.SetTitle("bốn"), s.Close()); err != nil || s.Report().Lost {
		t.Errorf("where none can be written: %v, %+v", err, s.Report())
	}
}

func FuzzHead(f *testing.F) {
	f.Add([]byte("butluc head 1 00000000 {}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		path := filepath.Join(t.TempDir(), "head")
		if err := os.WriteFile(path, append(data, make([]byte, max(0, 1024-len(data)))...), 0o600); err != nil && !errors.Is(err, fs.ErrExist) {
			t.Fatal(err)
		}
		store.Heads(path)
	})
}

// BenchmarkCommit keeps one edit after the other, with the heads and, since they can't be written, without.
func BenchmarkCommit(b *testing.B) {
	for _, heads := range []bool{true, false} {
		name := map[bool]string{true: "heads", false: "no heads"}[heads]
		b.Run(name, func(b *testing.B) {
			dir, data := b.TempDir(), b.TempDir()
			if !heads {
				err := errors.Join(os.MkdirAll(filepath.Join(dir, "_butluc", "head"), 0o700), os.WriteFile(filepath.Join(data, "heads"), nil, 0o600))
				if err != nil {
					b.Fatal(err)
				}
			}
			s := storetest.OpenDir(b, dir, store.Options{DataDir: data})
			for i := 0; b.Loop(); i++ {
				if err := errors.Join(s.SetTitle(strconv.Itoa(i)), s.Flush()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
