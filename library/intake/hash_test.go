package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"butluc/library"
)

// sparse makes a file of that size, which takes no room.
func sparse(t *testing.T, dir, name string, size int64) {
	t.Helper()
	write(t, dir, name, "%PDF-1.4")
	if err := os.Truncate(filepath.Join(dir, name), size); err != nil {
		t.Fatal(err)
	}
}

func sumOf(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}

// hashed notes in which order files get their fingerprints.
type hashed struct {
	mu    sync.Mutex
	order []string
	after func(path string)
	piece func(done int)
}

func (h *hashed) take(e Event) {
	if e.Progress != nil && e.Progress.Stage == StageHash && h.piece != nil {
		h.piece(e.Progress.Done)
	}
	if e.Changed == nil || e.Changed.SHA256 == "" {
		return
	}
	h.mu.Lock()
	known := slices.Contains(h.order, e.Changed.Path)
	if !known {
		h.order = append(h.order, e.Changed.Path)
	}
	h.mu.Unlock()
	if h.after != nil && !known {
		h.after(e.Changed.Path)
	}
}

func TestSmallFilesAreFingerprintedFirst(t *testing.T) {
	dir := t.TempDir()
	for name, size := range map[string]int{"1.pdf": 5000, "2.pdf": 50, "3.pdf": 500, "4.pdf": 50} {
		write(t, dir, name, "%PDF-1.4"+strings.Repeat(" ", size))
	}
	var h hashed
	if err := (&Reader{Root: dir, Eager: true}).Read(t.Context(), nil, h.take); err != nil {
		t.Fatal(err)
	}
	if want := []string{"2.pdf", "4.pdf", "3.pdf", "1.pdf"}; !slices.Equal(h.order, want) {
		t.Errorf("%q, want %q", h.order, want)
	}
}

// While hashing is held, small files get their fingerprints and large ones wait; progress is told in megabytes.
func TestLargeFilesWaitWhileHashingIsHeld(t *testing.T) {
	dir := t.TempDir()
	sparse(t, dir, "large.pdf", heavy)
	write(t, dir, "small.pdf", "%PDF-1.4")
	r := &Reader{Root: dir, Eager: true}
	r.HoldHashing(true)
	var h hashed
	h.after = func(path string) {
		if path == "small.pdf" {
			if slices.Contains(h.order, "large.pdf") {
				t.Error("the large file did not wait")
			}
			r.HoldHashing(false)
		}
	}
	var last Progress
	err := r.Read(t.Context(), nil, func(e Event) {
		if e.Progress != nil && e.Progress.Stage == StageHash {
			last = *e.Progress
		}
		h.take(e)
	})
	if err != nil || !slices.Equal(h.order, []string{"small.pdf", "large.pdf"}) {
		t.Errorf("%q, %v", h.order, err)
	}
	if want := (Progress{StageHash, heavy>>20 + 1, heavy>>20 + 1}); last != want {
		t.Errorf("told of %+v, want %+v", last, want)
	}
	r.HoldHashing(true)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := r.hasher.turn(ctx, heavy); !errors.Is(err, context.Canceled) {
		t.Errorf("a large file's turn came while hashing was held: %v", err)
	}
	if err := r.hasher.turn(t.Context(), heavy-1); err != nil {
		t.Error(err)
	}
}

// A file that somebody waits for goes before all others, and no byte of it is read twice.
func TestAPassGoesOnInWhatWasRead(t *testing.T) {
	dir := t.TempDir()
	sparse(t, dir, "a.pdf", 8<<20)
	path := filepath.Join(dir, "a.pdf")
	r := &Reader{Root: dir, Eager: true}
	ctx, cancel := context.WithCancel(t.Context())
	h := hashed{piece: func(done int) {
		if done == 3 {
			cancel()
		}
	}}
	if err := r.Read(ctx, nil, h.take); !errors.Is(err, context.Canceled) {
		t.Fatal(err)
	}
	if d := r.hasher.begun["a.pdf"]; d == nil || d.at != 3<<20 {
		t.Fatalf("a pass that was stopped after 3 MB left %+v", d)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	f := library.File{Path: "a.pdf", Size: info.Size(), ModTime: info.ModTime()}
	want := sumOf(t, path)
	if sum, err := r.Fingerprint(t.Context(), f); err != nil || sum != want {
		t.Errorf("%s, %v, want %s", sum, err, want)
	}
	got := read(t, r, nil).files["a.pdf"]
	if got.SHA256 != want {
		t.Errorf("the pass has %s, want %s", got.SHA256, want)
	}
	if len(r.hasher.begun) != 0 {
		t.Error("what is known is kept twice")
	}
	write(t, dir, "a.pdf", "%PDF-1.4 and another")
	if _, err := r.Fingerprint(t.Context(), f); !errors.Is(err, errChanged) {
		t.Errorf("of a file that changed: %v", err)
	}
}

func TestManyWaitForTheSameFile(t *testing.T) {
	dir := t.TempDir()
	sparse(t, dir, "a.pdf", 16<<20)
	r := &Reader{Root: dir}
	info, err := os.Stat(filepath.Join(dir, "a.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	f := library.File{Path: "a.pdf", Size: info.Size(), ModTime: info.ModTime()}
	want := sumOf(t, filepath.Join(dir, "a.pdf"))
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if sum, err := r.Fingerprint(t.Context(), f); err != nil || sum != want {
				t.Errorf("%s, %v, want %s", sum, err, want)
			}
		})
	}
	if got := read(t, r, nil).files["a.pdf"]; got.SHA256 != want {
		t.Errorf("the pass has %q", got.SHA256)
	}
	wg.Wait()
}
