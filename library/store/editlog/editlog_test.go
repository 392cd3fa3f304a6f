package editlog_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"butluc/library/store/editlog"
)

var now = time.Date(2026, 3, 4, 5, 6, 7, 0, time.Local)

func state(n int) editlog.State {
	return editlog.State{Case: "CASE", Format: 3, Commit: n, Mark: fmt.Sprint("mark", n)}
}

func entry(n int) editlog.Entry {
	return editlog.Entry{After: state(n - 1), Becomes: state(n), At: now, Records: []editlog.Record{
		{Bucket: "outline", Name: fmt.Sprint("steps/", n), Value: []byte(`{"say":"Vì sao?"}`)},
		{Bucket: "settings", Name: "empty", Value: []byte{}},
		{Bucket: "files", Name: "gone.pdf"},
	}}
}

// written makes a segment that begins at a state and has the entries up to another.
func written(t *testing.T, dir string, from, to int) *editlog.Log {
	t.Helper()
	l, err := editlog.Begin(dir, state(from), 0, now)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	for n := from + 1; n <= to; n++ {
		if err := l.Append(entry(n)); err != nil {
			t.Fatal(err)
		}
	}
	return l
}

// led says to which commit a log leads from one, and whether that is all.
func led(dir string, from int) string {
	list, all := editlog.Read(dir).From(state(from))
	for i, e := range list {
		if e.Becomes != state(from+i+1) {
			return fmt.Sprintf("commit %d at %d", e.Becomes.Commit, i)
		}
	}
	return fmt.Sprint(from+len(list), " ", all)
}

func TestWhatWasAppendedComesBack(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "edits")
	written(t, dir, 0, 3)
	list, all := editlog.Read(dir).From(state(0))
	if diff := cmp.Diff([]editlog.Entry{entry(1), entry(2), entry(3)}, list); diff != "" || !all {
		t.Errorf("all %v: %s", all, diff)
	}
	for from, want := range map[int]string{0: "3 true", 2: "3 true", 3: "3 true", 9: "9 false"} {
		if got := led(dir, from); got != want {
			t.Errorf("from %d: %s, want %s", from, got, want)
		}
	}
	if _, all := editlog.Read(dir).From(editlog.State{Case: "OTHER", Format: 3, Commit: 2, Mark: "mark2"}); all {
		t.Error("another case's database was taken for this one's")
	}
}

func ended(t *testing.T, l *editlog.Log) {
	t.Helper()
	if err := l.Close(); err != nil {
		t.Error(err)
	}
}

func TestSegmentsLeadOn(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "edits")
	ended(t, written(t, dir, 0, 2)) // Windows takes no file away that is open
	second := written(t, dir, 2, 5)
	third := written(t, dir, 5, 5)
	defer ended(t, second)
	defer ended(t, third)
	if got := led(dir, 0); got != "5 true" || third.Number != 3 {
		t.Errorf("from the first: %s; the third is number %d", got, third.Number)
	}
	editlog.Prune(dir, second.Number)
	if a, b := led(dir, 0), led(dir, 2); a != "0 false" || b != "5 true" {
		t.Errorf("without the first segment: from 0 %s, from 2 %s", a, b)
	}
	l, err := editlog.Begin(dir, state(5), 7, now)
	if err != nil || l.Number != 8 {
		t.Fatalf("above 7: %v", err)
	}
	defer ended(t, l)
	if err := third.Append(entry(9)); err == nil {
		t.Error("an entry that does not follow was taken")
	}
}

// A crash may tear the last entry anywhere: those before it stay, and it is told that the end is not known.
func TestTornTail(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "edits")
	l := written(t, dir, 0, 2)
	before := l.Size()
	if err := l.Append(entry(3)); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "00000001.log")
	for size := l.Size() - 1; size > before; size-- {
		if err := os.Truncate(path, size); err != nil {
			t.Fatal(err)
		}
		if got := led(dir, 0); got != "2 false" || editlog.Read(dir).Unread {
			t.Fatalf("cut to %d of %d: %s", size, l.Size(), got)
		}
	}
	// The next run begins a segment of its own, from which the end is known again.
	written(t, dir, 2, 4)
	if got := led(dir, 0); got != "4 true" {
		t.Errorf("after the next run: %s", got)
	}
}

// A damaged entry costs itself: those that follow it go on from a copy that has it.
func TestFlippedByte(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "edits")
	l := written(t, dir, 0, 1)
	first := l.Size()
	for n := 2; n <= 4; n++ {
		if err := l.Append(entry(n)); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(dir, "00000001.log")
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for at := first; at < first+(l.Size()-first)/3; at++ { // all of the second entry
		damaged := bytes.Clone(data)
		damaged[at] ^= 0x20
		if err := os.WriteFile(path, damaged, 0o600); err != nil {
			t.Fatal(err)
		}
		if a, b := led(dir, 0), led(dir, 2); a != "1 false" || b != "4 false" {
			t.Fatalf("flipped at %d: from 0 %s, from 2 %s", at, a, b)
		}
	}
}

// What a newer program wrote is not read, and not taken for all.
func TestNewerSegment(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "edits")
	written(t, dir, 0, 2)
	if err := os.WriteFile(filepath.Join(dir, "00000002.log"), []byte("butluc edits 2\n..."), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := led(dir, 0); got != "2 false" {
		t.Error(got)
	}
}

func TestCircleEnds(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "edits")
	l := written(t, dir, 0, 2)
	back := entry(3)
	back.Becomes = state(0)
	if err := l.Append(back); err != nil {
		t.Fatal(err)
	}
	if list, _ := editlog.Read(dir).From(state(0)); len(list) != 3 {
		t.Errorf("%d entries", len(list))
	}
}

func FuzzSegment(f *testing.F) {
	dir := f.TempDir()
	l, err := editlog.Begin(filepath.Join(dir, "edits"), state(0), 0, now)
	if err == nil {
		err = l.Append(entry(1))
	}
	if err != nil {
		f.Fatal(err)
	}
	_ = l.Close()
	seed, err := os.ReadFile(filepath.Join(dir, "edits", "00000001.log"))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(seed)
	f.Add(seed[:len(seed)-3])
	f.Add([]byte("butluc edits 1\n\xfe\x17\xed\x7f\xff\xff\xff\xff\x00\x00\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "00000001.log"), data, 0o600); err != nil {
			t.Fatal(err)
		}
		chain := editlog.Read(dir)
		chain.From(state(0))
		if _, all := chain.From(chain.End); all && chain.IsEmpty() {
			t.Error("nothing was read, and all is there")
		}
	})
}

// halves writes half of what it is given while it is full.
type halves struct {
	to   io.Writer
	full *bool
}

func (h halves) Write(b []byte) (int, error) {
	if !*h.full {
		return h.to.Write(b)
	}
	n, _ := h.to.Write(b[:len(b)/2])
	return n, syscall.ENOSPC
}

// A full disk takes half an entry, or half the beginning of a segment. Neither stays: the end of the log is known.
func TestWhatAFullDiskTookHalfIsTakenBack(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "edits")
	full := false
	through := func(w io.Writer) io.Writer { return halves{w, &full} }
	l, err := editlog.BeginThrough(dir, state(0), 0, now, through)
	if err == nil {
		err = l.Append(entry(1))
	}
	if err != nil {
		t.Fatal(err)
	}
	defer ended(t, l)
	full = true
	if err := l.Append(entry(2)); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("a full disk: %v", err)
	}
	if got := led(dir, 0); got != "1 true" {
		t.Errorf("after half an entry: %s", got)
	}
	if _, err := editlog.BeginThrough(dir, state(1), 0, now, through); !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("a full disk: %v", err)
	}
	if got := led(dir, 0); got != "1 true" {
		t.Errorf("after half a beginning: %s", got)
	}
}
