package intake

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"butluc/library"
)

// reading collects what a reader tells.
type reading struct {
	mu     sync.Mutex
	files  map[string]library.File
	lists  int
	stages []Stage
	after  func(Event) // called with every event, unlocked
}

func (r *reading) take(e Event) {
	r.mu.Lock()
	switch {
	case e.Listed != nil:
		r.lists++
		r.files = byPath(e.Listed)
	case e.Changed != nil:
		r.files[e.Changed.Path] = *e.Changed
	case e.Progress != nil:
		if n := len(r.stages); n == 0 || r.stages[n-1] != e.Progress.Stage {
			r.stages = append(r.stages, e.Progress.Stage)
		}
	}
	r.mu.Unlock()
	if r.after != nil {
		r.after(e)
	}
}

// pages is an inspector that believes every file to have that many.
type pages int

func (p pages) Inspect(context.Context, library.File) (Facts, error) {
	return Facts{Pages: int(p)}, nil
}

type inspectorFunc func(context.Context, library.File) (Facts, error)

func (f inspectorFunc) Inspect(ctx context.Context, file library.File) (Facts, error) {
	return f(ctx, file)
}

type proverFunc func(context.Context, library.File, int) (bool, error)

func (f proverFunc) Prove(ctx context.Context, file library.File, i int) (bool, error) {
	return f(ctx, file, i)
}

func read(t testing.TB, r *Reader, known map[string]library.File) *reading {
	t.Helper()
	got := &reading{}
	if err := r.Read(t.Context(), known, got.take); err != nil {
		t.Fatalf("read: %v", err)
	}
	return got
}

func write(t testing.TB, dir, name, content string) string {
	t.Helper()
	path := filepath.Join(dir, filepath.FromSlash(name))
	if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(content), 0o600)); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRootByAnyName(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "case/a.pdf", "%PDF-1.4")
	t.Chdir(dir)
	roots := []string{"case", "case/", "./case/.", filepath.Join(dir, "case")}
	_ = os.Symlink("case", "link") // Windows lets few users, and Wine makes something else
	if _, err := os.Stat("link"); err == nil {
		roots = append(roots, "link", "link/")
	}
	for _, root := range roots {
		if got := read(t, &Reader{Root: root}, nil); len(got.files) != 1 {
			t.Errorf("%s: %v", root, got.files)
		}
	}
	for _, root := range []string{"none", "case/a.pdf"} {
		if err := (&Reader{Root: root}).Read(t.Context(), nil, func(Event) {}); err == nil {
			t.Errorf("%s: no error", root)
		}
	}
}

func TestUnreadableFolderIsOneEntry(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.pdf", "%PDF-1.4")
	write(t, dir, "closed/b.pdf", "%PDF-1.4")
	write(t, dir, "denied.pdf", "%PDF-1.4")
	r := &Reader{Root: dir, Inspector: pages(1)}
	r.seam = seam{ // as the superuser, who runs tests in containers, is never refused
		readDir: func(name string) error {
			if name == "closed" {
				return &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
			}
			return nil
		},
		open: func(name string) error {
			if name == "denied.pdf" {
				return &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
			}
			return nil
		},
	}
	got := read(t, r, nil)
	if len(got.files) != 3 || got.files["closed"].Fault.Code != library.FaultUnreadable ||
		got.files["denied.pdf"].Fault.Code != library.FaultUnreadable || got.files["a.pdf"].Pages != 1 {
		t.Errorf("files %+v", got.files)
	}
	r.seam = seam{} // the reason may pass
	if got = read(t, r, got.files); got.files["closed/b.pdf"].Pages != 1 || got.files["denied.pdf"].Pages != 1 || len(got.files) != 3 {
		t.Errorf("afterwards %+v", got.files)
	}
}

func TestFaultsOfInspection(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"encrypted", "broken", "none", "heic"} {
		write(t, dir, name, "%PDF-1.4")
	}
	r := &Reader{Root: dir, Inspector: inspectorFunc(func(_ context.Context, f library.File) (Facts, error) {
		switch f.Path {
		case "encrypted":
			return Facts{}, fmt.Errorf("open: %w", carried{library.Fault{Code: library.FaultEncrypted}})
		case "broken":
			return Facts{}, errors.New("syntax error")
		case "heic":
			return Facts{Pages: 2, Kind: library.KindHEIC}, nil
		}
		return Facts{}, nil
	})}
	got := read(t, r, nil).files
	for path, want := range map[string]library.FaultCode{"encrypted": "encrypted", "broken": "broken", "none": "broken", "heic": ""} {
		if got[path].Fault.Code != want {
			t.Errorf("%s: fault %q, want %q", path, got[path].Fault.Code, want)
		}
	}
	if got["heic"].Kind != library.KindHEIC || got["broken"].Fault.Detail != "syntax error" {
		t.Errorf("files %+v", got)
	}
}

type carried struct{ fault library.Fault }

func (c carried) Error() string        { return string(c.fault.Code) }
func (c carried) Fault() library.Fault { return c.fault }

// A file that timed out is tried once more when the case is opened again, not at every look.
func TestTimeoutIsTriedOncePerReader(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "slow.pdf", "%PDF-1.4")
	var known map[string]library.File
	calls := 0
	for range 2 {
		r := &Reader{Root: dir, Inspector: inspectorFunc(func(context.Context, library.File) (Facts, error) {
			calls++
			return Facts{}, carried{library.Fault{Code: library.FaultTimeout}}
		})}
		for range 3 {
			known = read(t, r, known).files
		}
	}
	if calls != 2 {
		t.Errorf("tried %d times", calls)
	}
}

// A recording that the machine can't play is asked for again at every pass, because libmpv may be there by now: but it
// is not hashed again, nor taken for unread meanwhile. One that can be played, or never can, is left alone.
func TestRecordingsWaitForTheirPlayer(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "hình.mp4", "\x00\x00\x00\x18ftypisom")
	write(t, dir, "tiếng.wav", "RIFF\x00\x00\x00\x00WAVEfmt ")
	write(t, dir, "lạ.mp4", "\x00\x00\x00\x18ftypisom")
	player, calls := false, map[string]int{}
	r := &Reader{Root: dir, Eager: true, Workers: 1}
	r.Inspector = inspectorFunc(func(_ context.Context, f library.File) (Facts, error) {
		calls[f.Path]++
		switch {
		case f.Path == "lạ.mp4":
			return Facts{}, carried{library.Fault{Code: library.FaultCodec}}
		case player:
			return Facts{Pages: 1, Duration: 61500}, nil
		case f.Kind == library.KindAudio:
			return Facts{}, carried{library.Fault{Code: library.FaultAudio}}
		}
		return Facts{}, carried{library.Fault{Code: library.FaultVideo}}
	})
	first := read(t, r, nil).files
	if f := first["hình.mp4"]; f.Kind != library.KindVideo || f.Fault.Code != library.FaultVideo || f.SHA256 == "" {
		t.Fatalf("without a player: %+v", f)
	}
	opened := 0
	r.seam.open = func(string) error { opened++; return nil }
	again := &reading{}
	again.after = func(e Event) {
		for _, f := range e.Listed {
			if !f.Read() {
				t.Errorf("%s is unread again", f.Path)
			}
		}
	}
	if err := r.Read(t.Context(), first, again.take); err != nil {
		t.Fatal(err)
	}
	player = true
	got := read(t, r, again.files).files
	for path, want := range map[string]library.Kind{"hình.mp4": library.KindVideo, "tiếng.wav": library.KindAudio} {
		f := got[path]
		if f.Kind != want || f.Pages != 1 || f.Duration != 61500 || f.Fault.Code != library.FaultNone || f.SHA256 != first[path].SHA256 || calls[path] != 3 {
			t.Errorf("%s, asked for %d times: %+v", path, calls[path], f)
		}
	}
	read(t, r, got)
	if opened != 0 || calls["hình.mp4"] != 3 || calls["lạ.mp4"] != 1 {
		t.Errorf("opened %d files, asked %v", opened, calls)
	}
}

// A second pass over an unchanged folder opens nothing; over a changed one, only what changed.
func TestOnlyChangesAreRead(t *testing.T) {
	dir := t.TempDir()
	for i := range 20 {
		write(t, dir, fmt.Sprintf("%d.pdf", i), "%PDF-1.4")
	}
	var mu sync.Mutex
	var opened []string
	r := &Reader{Root: dir, Inspector: pages(1), Eager: true}
	r.seam.open = func(name string) error {
		mu.Lock()
		defer mu.Unlock()
		opened = append(opened, name)
		return nil
	}
	first := read(t, r, nil)
	opened = nil
	second := read(t, r, first.files)
	if len(opened) != 0 || !slices.Equal(second.stages, []Stage{StageList, StageDone}) {
		t.Errorf("opened %v, stages %v", opened, second.stages)
	}
	write(t, dir, "3.pdf", "%PDF-1.4 longer")
	write(t, dir, "new.pdf", "%PDF-1.4")
	if err := os.Remove(filepath.Join(dir, "5.pdf")); err != nil {
		t.Fatal(err)
	}
	third := read(t, r, second.files)
	slices.Sort(opened)
	if !slices.Equal(slices.Compact(opened), []string{"3.pdf", "new.pdf"}) {
		t.Errorf("opened %v", opened)
	}
	if _, ok := third.files["5.pdf"]; ok || third.files["3.pdf"].SHA256 == first.files["3.pdf"].SHA256 || len(third.files) != 20 {
		t.Errorf("files %v", third.files)
	}
}

// A file that grows or vanishes while it is read is told so, and read again once it has settled.
func TestFileChangesWhileRead(t *testing.T) {
	dir := t.TempDir()
	path := write(t, dir, "growing.pdf", "%PDF-1.4")
	write(t, dir, "vanishing.pdf", "%PDF-1.4")
	var calls atomic.Int64
	r := &Reader{Root: dir, Settle: 10 * time.Millisecond, Eager: true}
	r.Inspector = inspectorFunc(func(_ context.Context, f library.File) (Facts, error) {
		switch {
		case f.Path == "vanishing.pdf":
			return Facts{Pages: 1}, os.Remove(filepath.Join(dir, f.Path))
		case calls.Add(1) == 1:
			return Facts{Pages: 1}, os.WriteFile(path, []byte("%PDF-1.4 and more"), 0o600)
		}
		return Facts{Pages: 7}, nil
	})
	var faults []library.FaultCode
	got := &reading{}
	got.after = func(e Event) {
		if e.Changed != nil {
			faults = append(faults, e.Changed.Fault.Code)
		}
	}
	if err := r.Read(t.Context(), nil, got.take); err != nil {
		t.Fatal(err)
	}
	if !slices.Contains(faults, library.FaultChanging) || !slices.Contains(faults, library.FaultVanished) {
		t.Errorf("faults told: %v", faults)
	}
	f := got.files["growing.pdf"]
	if len(got.files) != 1 || f.Pages != 7 || f.Size != 17 || f.SHA256 == "" {
		t.Errorf("files %+v", got.files)
	}
}

// A file that never settles does not hold the pass for ever.
func TestFileNeverSettles(t *testing.T) {
	dir := t.TempDir()
	path := write(t, dir, "log.pdf", "%PDF-1.4")
	r := &Reader{Root: dir, Settle: time.Millisecond}
	size := 100
	r.Inspector = inspectorFunc(func(context.Context, library.File) (Facts, error) {
		size++
		return Facts{Pages: 1}, os.WriteFile(path, []byte("%PDF-1.4"+strings.Repeat(" ", size)), 0o600)
	})
	if got := read(t, r, nil); got.files["log.pdf"].Fault.Code != library.FaultChanging {
		t.Errorf("file %+v", got.files["log.pdf"])
	}
}

// Promise 11: pages are proved once; a cancelled pass loses none; one that can't be drawn is
// incomplete too.
func TestProve(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "a.pdf", "%PDF-1.4")
	ctx, cancel := context.WithCancel(t.Context())
	var asked []int
	r := &Reader{Root: dir, Inspector: pages(5), Eager: true}
	r.Prover = proverFunc(func(_ context.Context, _ library.File, i int) (bool, error) {
		asked = append(asked, i)
		switch i {
		case 2:
			cancel()
			return false, nil
		case 1:
			return true, nil
		case 4:
			return false, carried{library.Fault{Code: library.FaultCrashed, Detail: "signal"}}
		}
		return false, nil
	})
	got := &reading{}
	if err := r.Read(ctx, nil, got.take); !errors.Is(err, context.Canceled) {
		t.Fatalf("read: %v", err)
	}
	if f := got.files["a.pdf"]; f.Proved || !slices.Equal(f.Incomplete, []int{1}) {
		t.Errorf("when cancelled: %+v", f)
	}
	f := read(t, r, got.files).files["a.pdf"]
	if !f.Proved || !slices.Equal(f.Incomplete, []int{1, 4}) || f.Fault.Code != library.FaultCrashed || !strings.Contains(f.Fault.Detail, "page 5") {
		t.Errorf("at the end: %+v", f)
	}
	if !slices.Equal(asked, []int{0, 1, 2, 2, 3, 4}) {
		t.Errorf("asked %v", asked)
	}
}

// Cancelling at any moment ends soon, leaves what is known, and a later pass completes it.
func TestCancelAtAnyEvent(t *testing.T) {
	dir := t.TempDir()
	for i := range 6 {
		write(t, dir, fmt.Sprintf("%d/%d.pdf", i%2, i), "%PDF-1.4")
	}
	prover := proverFunc(func(context.Context, library.File, int) (bool, error) { return false, nil })
	for at := range 60 {
		r := &Reader{Root: dir, Inspector: pages(2), Prover: prover, Eager: true}
		ctx, cancel := context.WithCancel(t.Context())
		n, got := 0, &reading{}
		got.after = func(Event) {
			if n++; n == at {
				cancel()
			}
		}
		err := r.Read(ctx, nil, got.take)
		cancel()
		if err != nil && !errors.Is(err, context.Canceled) {
			t.Fatalf("at %d: %v", at, err)
		}
		for path, f := range read(t, r, got.files).files {
			if !f.Proved || f.SHA256 == "" || f.Pages != 2 {
				t.Fatalf("cancelled at %d, then: %s %+v", at, path, f)
			}
		}
	}
}

func TestManyFiles(t *testing.T) {
	if testing.Short() {
		t.Skip("10,000 files")
	}
	dir := t.TempDir()
	for i := range 10_000 {
		if i%1000 == 0 {
			if err := os.Mkdir(filepath.Join(dir, fmt.Sprintf("Tập %d", i/1000)), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		if err := os.WriteFile(filepath.Join(dir, fmt.Sprintf("Tập %d/BL %d.pdf", i/1000, i)), []byte("%PDF-1.4"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	start := time.Now()
	r := &Reader{Root: dir, Inspector: pages(1), NoHash: true}
	got := &reading{}
	var listed time.Duration
	got.after = func(e Event) {
		if e.Listed != nil {
			listed = time.Since(start)
		}
	}
	if err := r.Read(t.Context(), nil, got.take); err != nil {
		t.Fatal(err)
	}
	first := time.Since(start)
	start = time.Now()
	read(t, r, got.files)
	t.Logf("listed in %v, read in %v, looked at again in %v", listed, first, time.Since(start))
	if len(got.files) != 10_000 {
		t.Errorf("%d files", len(got.files))
	}
}
