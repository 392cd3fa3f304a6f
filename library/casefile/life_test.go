package casefile

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"butluc/library"
	"butluc/library/eventually"
	"butluc/library/intake"
)

func TestSnapshotsNeverChange(t *testing.T) {
	dir := newCase(t, mixed)
	r := &fake{dir: dir}
	c := open(t, dir, Options{Inspector: r, NoWatch: true})
	s := await(t, c)
	const path = "Tập 10/BL 30 cut.pdf"
	before := fmt.Sprint(s.Case.Files, s.Exhibits)
	c.MarkIncomplete(library.PageID{Path: path, Index: 2})
	c.MarkIncomplete(library.PageID{Path: path, Index: 2})
	c.MarkIncomplete(library.PageID{Path: path, Index: 9})
	c.MarkIncomplete(library.PageID{Path: "none"})
	if after := fmt.Sprint(s.Case.Files, s.Exhibits); after != before {
		t.Error("a snapshot changed under its taker")
	}
	e, _ := c.Snapshot().Exhibit(path)
	if !slices.Equal(e.File.Incomplete, []int{2}) {
		t.Errorf("incomplete %v", e.File.Incomplete)
	}
	// What a render found outlives a pass and a reopening.
	c.Rescan()
	await(t, c)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if e, _ := c.Snapshot().Exhibit(path); e.File.Pages != 3 {
		t.Errorf("after Close: %+v", e)
	}
	c = open(t, dir, Options{Inspector: r, NoWatch: true, Paused: true})
	if e, _ := c.Snapshot().Exhibit(path); !slices.Equal(e.File.Incomplete, []int{2}) {
		t.Errorf("reopened: incomplete %v", e.File.Incomplete)
	}
}

// The tree is usable while pages are still counted; reading stops and goes on.
func TestListedBeforeCounted(t *testing.T) {
	dir := newCase(t, mixed)
	r := &fake{dir: dir, gate: make(chan struct{})}
	c := open(t, dir, Options{Inspector: r, NoWatch: true})
	ctx := eventually.Context(t)
	if err := c.WaitFor(ctx, intake.StageSniff); err != nil {
		t.Fatal(err)
	}
	s := c.Snapshot()
	if len(s.Case.Files) != len(mixed) || !s.Reading || s.Progress.Stage != intake.StageInspect || s.Progress.Total != 4 {
		t.Errorf("while counting: %d files, %+v", len(s.Case.Files), s.Progress)
	}
	c.StopReading()
	if err := c.Wait(ctx); !errors.Is(err, ErrStopped) {
		t.Errorf("Wait while stopped: %v", err)
	}
	close(r.gate)
	c.ResumeReading()
	if s := await(t, c); s.Reading || s.Progress.Stage != intake.StageDone {
		t.Errorf("at the end: %+v", s.Progress)
	}
}

func TestUpdateAfterPassword(t *testing.T) {
	dir := newCase(t, map[string]string{"khóa.pdf": pdf})
	r := &fake{dir: dir}
	r.fault.Store("khóa.pdf", library.FaultEncrypted)
	c := open(t, dir, Options{Inspector: r, NoWatch: true})
	s := await(t, c)
	if f := s.Case.Files[0]; f.Fault.Code != library.FaultEncrypted || f.SHA256 == "" {
		t.Fatalf("%+v", f)
	}
	c.Rescan() // alone asks nothing again
	await(t, c)
	if n := r.inspected.Load(); n != 1 {
		t.Errorf("inspected %d times", n)
	}
	r.fault.Delete("khóa.pdf")
	c.Update("khóa.pdf")
	c.Update("none")
	if f := await(t, c).Case.Files[0]; f.Pages != 3 || f.Fault.Code != "" || f.SHA256 != s.Case.Files[0].SHA256 {
		t.Errorf("%+v", f)
	}
}

// Update and MarkIncomplete from outside, rescans and changes on disk, all at once: nothing is
// lost, nothing hangs.
func TestRestlessCase(t *testing.T) {
	dir := newCase(t, nil)
	for i := range 60 {
		write(t, dir, fmt.Sprintf("%d.pdf", i), pdf)
	}
	r := &fake{dir: dir}
	c := open(t, dir, Options{Inspector: r, Prover: r, Notify: func() {}})
	for i := range 60 {
		switch i % 4 {
		case 0:
			c.Update(fmt.Sprintf("%d.pdf", i))
		case 1:
			c.Rescan()
		case 2:
			write(t, dir, fmt.Sprintf("%d.pdf", i), pdf+"p\np")
		case 3:
			c.StopReading()
			c.Snapshot()
			c.ResumeReading()
		}
		time.Sleep(time.Millisecond)
	}
	c.Rescan()
	s := await(t, c)
	for _, f := range s.Case.Files {
		want := 3
		if f.Size != int64(len(pdf)) {
			want = 4
		}
		if f.Pages != want || !f.Proved || f.SHA256 == "" {
			t.Errorf("%+v", f)
		}
	}
}

func TestChangesOnDiskAreNoticed(t *testing.T) {
	dir := newCase(t, map[string]string{"a.pdf": pdf})
	news := make(chan struct{}, 1)
	r := &fake{dir: dir}
	c := open(t, dir, Options{Inspector: r, Notify: func() {
		select {
		case news <- struct{}{}:
		default:
		}
	}})
	await(t, c)
	write(t, dir, "tập mới/b.pdf", pdf)
	late := eventually.Late(t)
	for {
		if e, ok := c.Snapshot().Exhibit("tập mới/b.pdf"); ok && e.File.Pages == 3 {
			return
		}
		select {
		case <-news:
		case <-late:
			t.Fatal("a new file went unnoticed")
		}
	}
}

// A pulled stick empties no index: the list stays and the snapshot says why it can't be read.
func TestFolderGoesAway(t *testing.T) {
	dir := newCase(t, map[string]string{"a.pdf": pdf})
	c := open(t, dir, Options{Inspector: &fake{dir: dir}, NoWatch: true})
	await(t, c)
	if err := os.Rename(dir, dir+" away"); err != nil {
		t.Skip(err)
	}
	c.Rescan()
	if err := c.Wait(t.Context()); err == nil {
		t.Error("Wait tells nothing")
	}
	if s := c.Snapshot(); s.Err == nil || len(s.Case.Files) != 1 || s.Reading {
		t.Errorf("away: %+v", s)
	}
	if err := os.Rename(dir+" away", dir); err != nil {
		t.Fatal(err)
	}
	c.Rescan()
	if s := await(t, c); s.Err != nil || s.Case.Files[0].Pages != 3 {
		t.Errorf("back: %+v", s)
	}
}

func TestSecondWindowAndReader(t *testing.T) {
	dir := newCase(t, mixed)
	data := t.TempDir()
	r := &fake{dir: dir}
	o := Options{Inspector: r, NoWatch: true, DataDir: data}
	c := open(t, dir, o)
	await(t, c)
	if _, err := Open(t.Context(), dir, o); !errors.Is(err, ErrInUse) {
		t.Errorf("second window: %v", err)
	}
	ro := o
	ro.ReadOnly = true
	reader := open(t, dir, ro)
	s := await(t, reader)
	if len(s.Case.Files) != len(mixed) || len(s.Notices) != 1 || s.Notices[0].Code != NoticeCopy {
		t.Errorf("reader: %d files, %+v", len(s.Case.Files), s.Notices)
	}
}

func TestReaderWritesNothing(t *testing.T) {
	dir := newCase(t, mixed)
	c := open(t, dir, Options{Inspector: &fake{dir: dir}, NoWatch: true, ReadOnly: true})
	if s := await(t, c); len(s.Case.Files) != len(mixed) || s.Case.ID != "" {
		t.Errorf("want all files, and no id that would be another one next time: %+v", s)
	}
	if err := c.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Lstat(filepath.Join(dir, library.Sidecar)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a sidecar was made: %v", err)
	}
}

func TestNotices(t *testing.T) {
	dir := newCase(t, mixed)
	write(t, dir, library.Sidecar, "a file where the sidecar would be")
	c := open(t, dir, Options{NoWatch: true})
	if s := c.Snapshot(); len(s.Notices) != 1 || s.Notices[0].Code != NoticeFallback {
		t.Errorf("%+v", s.Notices)
	}

	dir = newCase(t, mixed)
	write(t, dir, filepath.Join(library.Sidecar, "case.db"), "rubbish")
	c = open(t, dir, Options{NoWatch: true})
	s := c.Snapshot()
	if len(s.Notices) != 2 || s.Notices[0].Code != NoticeSetAside || s.Notices[1].Code != NoticeLost {
		t.Errorf("%+v", s.Notices)
	}
}

func TestNotACase(t *testing.T) {
	dir := newCase(t, map[string]string{"a.pdf": pdf})
	for _, path := range []string{filepath.Join(dir, "none"), filepath.Join(dir, "a.pdf")} {
		if _, err := Open(t.Context(), path, Options{DataDir: t.TempDir()}); err == nil {
			t.Errorf("%s: no error", path)
		}
	}
}

func TestLostRenditionIsMadeAgain(t *testing.T) {
	dir := newCase(t, map[string]string{"đơn.docx": `{\rtf1\ansi đơn}`})
	cache, data := t.TempDir(), t.TempDir()
	var made atomic.Int64
	o := Options{NoWatch: true, CacheDir: cache, DataDir: data, Converter: converterFunc(func(name string) error {
		made.Add(1)
		return os.WriteFile(filepath.Join(cache, name), []byte(pdf), 0o600)
	})}
	o.Inspector = inspectorFunc(func(f library.File) (intake.Facts, error) {
		_, err := os.Stat(filepath.Join(cache, f.Rendition))
		return intake.Facts{Pages: 2}, err
	})
	for round, lose := range []bool{false, true, false} {
		c := open(t, dir, o)
		if f := await(t, c).Case.Files[0]; f.Kind != library.KindOffice || f.Pages != 2 || f.Rendition == "" || f.Fault.Code != "" {
			t.Errorf("round %d: %+v", round, f)
		}
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
		if lose {
			if err := os.RemoveAll(cache); err != nil {
				t.Fatal(err)
			}
			if err := os.Mkdir(cache, 0o700); err != nil {
				t.Fatal(err)
			}
		}
	}
	if made.Load() != 2 {
		t.Errorf("made %d times", made.Load())
	}
}

type converterFunc func(name string) error

func (f converterFunc) Convert(_ context.Context, _ library.File, open func() (*os.File, error)) (intake.Rendition, error) {
	file, err := open()
	if err != nil {
		return intake.Rendition{}, err
	}
	defer file.Close()
	return intake.Rendition{Name: "x.pdf"}, f("x.pdf")
}

type inspectorFunc func(library.File) (intake.Facts, error)

func (f inspectorFunc) Inspect(_ context.Context, file library.File) (intake.Facts, error) {
	return f(file)
}

// Closing in the middle of anything waits for nobody and leaves no goroutine.
func TestCloseLeavesNothing(t *testing.T) {
	dir := newCase(t, mixed)
	before := runtime.NumGoroutine()
	for i := range 10 {
		r := &fake{dir: dir, gate: make(chan struct{})} // hangs until its context ends
		c, err := Open(t.Context(), dir, Options{Inspector: r, Prover: r, DataDir: filepath.Join(dir, "..", "data"), Notify: func() {}})
		if err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(i) * time.Millisecond)
		if err := errors.Join(c.Close(), c.Close()); err != nil {
			t.Error(err)
		}
		if err := c.Wait(t.Context()); err == nil {
			t.Error("Wait after Close tells nothing")
		}
		c.SetTitle("late")
		c.Rescan()
	}
	eventually.So(t, "the goroutines of closed cases to end", func() bool { return runtime.NumGoroutine() <= before })
}

// Progress does not flood: at least 50 ms between calls, none while the last is unheard, and the
// last change is always told.
func TestNotifications(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var calls []time.Time
		hear := true
		var b *notifier
		b = newNotifier(func() {
			calls = append(calls, time.Now())
			if hear {
				b.heard()
			}
		})
		ctx, cancel := context.WithCancel(t.Context())
		go b.run(ctx)
		start := time.Now()
		for range 1000 {
			b.signal(0)
			time.Sleep(time.Millisecond)
		}
		time.Sleep(time.Second)
		synctest.Wait()
		if n := len(calls); n < 18 || n > 22 {
			t.Errorf("%d calls in a second of signals", n)
		}
		if last := calls[len(calls)-1].Sub(start); last < 999*time.Millisecond {
			t.Errorf("the last change was not told: %v", last)
		}
		for i := 1; i < len(calls); i++ {
			if gap := calls[i].Sub(calls[i-1]); gap < notifyGap {
				t.Errorf("gap %v", gap)
			}
		}

		hear, calls = false, nil
		for range 10 {
			b.signal(0)
			time.Sleep(time.Second)
		}
		if len(calls) != 1 {
			t.Errorf("%d calls unheard", len(calls))
		}
		b.heard()
		b.signal(10_000)
		time.Sleep(time.Second)
		synctest.Wait()
		if len(calls) != 2 {
			t.Errorf("after it was heard: %d calls", len(calls))
		}
		cancel()
		synctest.Wait()
	})
}

// The index follows the folder: what is gone leaves it, what came is put in its place, here and in
// the store.
func TestIndexFollowsFolder(t *testing.T) {
	dir := newCase(t, map[string]string{"1.pdf": pdf, "2.pdf": pdf, "10.pdf": pdf})
	r := &fake{dir: dir}
	o := Options{Inspector: r, NoWatch: true, DataDir: t.TempDir()}
	c := open(t, dir, o)
	await(t, c)
	if err := os.Remove(filepath.Join(dir, "2.pdf")); err != nil {
		t.Fatal(err)
	}
	write(t, dir, "3.pdf", pdf)
	write(t, dir, "10.pdf", pdf+"p\np")
	c.Rescan()
	list := func(s Snapshot) string {
		var b strings.Builder
		for i, f := range s.Case.Files {
			fmt.Fprint(&b, f.Path, ":", f.Pages, " ")
			if e := s.Exhibits[i]; !equal(e.File, f) || e.Title == "" {
				t.Errorf("exhibit %d is %+v", i, e)
			}
			if e, ok := s.Exhibit(f.Path); !ok || e.File.Path != f.Path {
				t.Errorf("index finds %+v for %s", e, f.Path)
			}
		}
		return b.String()
	}
	const want = "1.pdf:3 3.pdf:3 10.pdf:4 "
	if got := list(await(t, c)); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	o.Paused = true
	if got := list(open(t, dir, o).Snapshot()); got != want {
		t.Errorf("reopened: %s, want %s", got, want)
	}
}

func TestEmptiedFolder(t *testing.T) {
	dir := newCase(t, map[string]string{"1.pdf": pdf})
	c := open(t, dir, Options{Inspector: &fake{dir: dir}, NoWatch: true})
	await(t, c)
	if err := os.Remove(filepath.Join(dir, "1.pdf")); err != nil {
		t.Fatal(err)
	}
	c.Rescan()
	if s := await(t, c); len(s.Case.Files) != 0 || len(s.Exhibits) != 0 {
		t.Errorf("%+v", s.Case.Files)
	}
}
