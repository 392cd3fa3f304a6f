package intake

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
	"time"

	"github.com/fsnotify/fsnotify"

	"butluc/library"
)

// Watch timing: a burst of changes (a folder being copied in) is told once, when it has been quiet
// for watchQuiet, or every watchPatience while it lasts.
const (
	watchQuiet    = 500 * time.Millisecond
	watchPatience = 5 * time.Second
	// pollEvery is how often the folder is looked at without being told: network drives do not
	// tell of others' changes, and some systems cannot watch enough folders.
	pollEvery = time.Minute
	// maxWatched bounds the folders watched; the poll sees the rest.
	maxWatched = 4096
)

// Watch calls changed, from one goroutine, when something in the case folder may have changed,
// until ctx ends. It errs on the side of calling: a pass of [Reader.Read] over an unchanged folder
// is cheap and tells nothing new. Where the system cannot watch, it polls.
func Watch(ctx context.Context, root string, changed func()) {
	w, err := fsnotify.NewWatcher()
	if err != nil {
		poll(ctx, pollEvery, changed)
		return
	}
	defer func() { _ = w.Close() }()
	watched := 0
	addAll(ctx, w, root, ".", &watched)
	changed() // what came between the first walk and the watch was seen by neither
	tell(ctx, w, func(ev fsnotify.Event) bool {
		inside, err := filepath.Rel(root, ev.Name)
		if err != nil || ev.Op == fsnotify.Chmod || isOurs(inside) {
			return false
		}
		if ev.Has(fsnotify.Create) {
			addAll(ctx, w, root, filepath.ToSlash(inside), &watched)
		}
		return true
	}, changed)
}

// tell calls changed for the watcher's events that are meant, and every [pollEvery], until ctx or the watcher ends.
func tell(ctx context.Context, w *fsnotify.Watcher, meant func(fsnotify.Event) bool, changed func()) {
	var (
		quiet = time.NewTimer(time.Hour)
		tick  = time.NewTicker(pollEvery)
		since time.Time // of the first change not told yet
	)
	quiet.Stop()
	defer quiet.Stop()
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
			changed()
		case <-quiet.C:
			since = time.Time{}
			changed()
		case err, ok := <-w.Errors:
			if !ok {
				return
			}
			if errors.Is(err, fsnotify.ErrEventOverflow) {
				quiet.Reset(watchQuiet)
			}
		case ev, ok := <-w.Events:
			if !ok {
				return
			}
			if !meant(ev) {
				continue
			}
			now := time.Now()
			if since.IsZero() {
				since = now
			}
			quiet.Reset(min(watchQuiet, max(0, watchPatience-now.Sub(since))))
		}
	}
}

// isOurs tells whether a path inside the case folder is one that the walk leaves out.
func isOurs(inside string) bool {
	inside = filepath.ToSlash(inside)
	for name := range strings.SplitSeq(inside, "/") {
		if name != "." && isLitter(name) {
			return true
		}
	}
	first, _, _ := strings.Cut(inside, "/")
	return first == library.Sidecar
}

// addAll watches the folder dir (inside root, with "/") and those below it. Links are not followed:
// the folders are found through [os.Root], as the walk finds them.
func addAll(ctx context.Context, w *fsnotify.Watcher, root, dir string, watched *int) {
	r, err := os.OpenRoot(root)
	if err != nil {
		return
	}
	defer r.Close()
	if info, err := r.Lstat(filepath.FromSlash(dir)); err != nil || !info.IsDir() {
		return
	}
	var add func(dir string, depth int)
	add = func(dir string, depth int) {
		if ctx.Err() != nil || *watched >= maxWatched || depth > maxDepth {
			return
		}
		if w.Add(filepath.Join(root, filepath.FromSlash(dir))) != nil {
			return
		}
		*watched++
		f, err := r.Open(filepath.FromSlash(dir))
		if err != nil {
			return
		}
		entries, _ := f.ReadDir(-1)
		f.Close()
		for _, e := range entries {
			if sub := path.Join(dir, e.Name()); e.IsDir() && !isOurs(sub) {
				add(sub, depth+1)
			}
		}
	}
	add(dir, 0)
}

func poll(ctx context.Context, every time.Duration, changed func()) {
	for wait(ctx, every) == nil {
		changed()
	}
}

// Changed is a file whose bytes are no longer those that were fingerprinted.
type Changed struct {
	Path string
	Was  string        // its SHA-256 as it was kept
	Now  string        // its SHA-256 on disk; "" with a Fault
	Why  library.Fault // why it could not be read
}

// Verify reads every file with a known SHA-256 anew, whatever size and time say, and gives those
// that differ. progress is told how many bytes were read, and how many there are by what is known of
// the files. The error is about the folder as a whole, or ctx's.
func Verify(ctx context.Context, root string, files []library.File, progress func(done, total int64)) ([]Changed, error) {
	r, err := os.OpenRoot(root)
	if err != nil {
		return nil, fmt.Errorf("open case folder: %w", err)
	}
	defer r.Close()
	var done, total int64
	for _, f := range files {
		if f.SHA256 != "" {
			total += f.Size
		}
	}
	read := func(n int) {
		done += int64(n)
		progress(done, max(total, done))
	}
	var changed []Changed
	for _, f := range files {
		if f.SHA256 == "" {
			continue
		}
		now, err := sumAnew(ctx, r, f.Path, read)
		if ctx.Err() != nil {
			return changed, ctx.Err()
		}
		switch {
		case err != nil:
			changed = append(changed, Changed{Path: f.Path, Was: f.SHA256, Why: faultOf(err)})
		case now != f.SHA256:
			changed = append(changed, Changed{Path: f.Path, Was: f.SHA256, Now: now})
		}
	}
	return changed, nil
}
