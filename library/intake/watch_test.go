package intake

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/fsnotify/fsnotify"

	"butluc/library"
	"butluc/library/eventually"
)

func TestVerify(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "same.pdf", "%PDF-1.4")
	write(t, dir, "gone.pdf", "%PDF-1.4")
	path := write(t, dir, "changed.pdf", "%PDF-1.4 a")
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	known := read(t, &Reader{Root: dir, Eager: true}, nil).files
	// Same size, same time: only the bytes tell.
	if err := errors.Join(os.Remove(filepath.Join(dir, "gone.pdf")), os.WriteFile(path, []byte("%PDF-1.4 b"), 0o600),
		os.Chtimes(path, info.ModTime(), info.ModTime())); err != nil {
		t.Fatal(err)
	}
	files := []library.File{known["changed.pdf"], known["gone.pdf"], known["same.pdf"], {Path: "pending"}}
	var told []int64
	got, err := Verify(t.Context(), dir, files, func(done, total int64) { told = append(told, done, total) })
	if err != nil || len(got) != 2 || got[0].Path != "changed.pdf" || got[0].Now == got[0].Was || len(got[0].Now) != 64 ||
		got[1].Path != "gone.pdf" || got[1].Why.Code != library.FaultVanished {
		t.Errorf("Verify = %+v, %v", got, err)
	}
	if !slices.Equal(told, []int64{10, 26, 18, 26}) { // of 26 bytes, 8 are gone
		t.Errorf("told of %v bytes", told)
	}
}

// Where the system can't watch, the folder is looked at every so often.
func TestPoll(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 10*pollEvery+time.Second)
		defer cancel()
		calls := 0
		poll(ctx, pollEvery, func() { calls++ })
		if calls != 10 {
			t.Errorf("looked %d times in 10 minutes", calls)
		}
	})
}

// A burst of changes is told once, when it is over; one that does not end is told of every so often.
func TestABurstOfChangesIsToldOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		w := &fsnotify.Watcher{Events: make(chan fsnotify.Event), Errors: make(chan error)}
		var calls atomic.Int32
		go tell(ctx, w, func(ev fsnotify.Event) bool { return ev.Name != "ours" }, func() { calls.Add(1) })
		burst := func(name string, lasts time.Duration) {
			for range lasts / (100 * time.Millisecond) {
				w.Events <- fsnotify.Event{Name: name}
				time.Sleep(100 * time.Millisecond)
			}
			synctest.Wait()
		}
		burst("theirs", 2*time.Second)
		if calls.Load() != 0 {
			t.Errorf("told %d times while it lasts", calls.Load())
		}
		time.Sleep(watchQuiet)
		if synctest.Wait(); calls.Load() != 1 {
			t.Errorf("told %d times of one burst", calls.Load())
		}
		burst("theirs", 3*watchPatience-time.Second)
		if calls.Load() != 3 {
			t.Errorf("told %d times of a burst that lasts nearly three times as long as anybody waits", calls.Load()-1)
		}
		time.Sleep(watchQuiet)
		calls.Store(0)
		burst("ours", 2*time.Second)
		time.Sleep(watchQuiet)
		if synctest.Wait(); calls.Load() != 0 {
			t.Error("what is not meant was told")
		}
		cancel()
		synctest.Wait()
	})
}

func TestChangesOnDiskAreTold(t *testing.T) {
	dir := t.TempDir()
	ctx, cancel := context.WithCancel(t.Context())
	changed := make(chan struct{}, 100)
	done := make(chan struct{})
	go func() {
		defer close(done)
		Watch(ctx, dir, func() { changed <- struct{}{} })
	}()
	eventually.Receive(t, "the first look", changed)
	for i := range 20 {
		write(t, dir, fmt.Sprintf("tập/%d.pdf", i), "%PDF-1.4")
	}
	eventually.Receive(t, "a new folder to be told", changed)
	write(t, dir, "tập/1.pdf", "%PDF-1.4 more")
	eventually.Receive(t, "a change in the new folder to be told", changed)
	cancel()
	<-done
}

// What we write ourselves is not watched, nor what the walk leaves out.
func TestOurOwnFolderIsNotWatched(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"_butluc/journal/1.jsonl", ".hidden/a.pdf", "tập/a.pdf", "tập/.git/b.pdf"} {
		write(t, dir, name, "x")
	}
	w, err := fsnotify.NewWatcher()
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	watched := 0
	addAll(t.Context(), w, dir, ".", &watched)
	got := w.WatchList()
	slices.Sort(got)
	if want := []string{dir, filepath.Join(dir, "tập")}; !slices.Equal(got, want) {
		t.Errorf("watched: %q", got)
	}
}
