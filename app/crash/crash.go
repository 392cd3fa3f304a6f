// Package crash keeps what a run of the window says of its own end, and tells of it at the next start.
package crash

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"butluc/app/i18n"
	"butluc/library/store"
)

// A run of the window writes what it has to say into a file of its own in the user's data folder, and
// Go writes there what it says of a crash. A run that ends in order removes its file; after a crash it
// is kept as a report, which the next start tells of. It never leaves the machine.
const (
	runPrefix    = "run-"
	reportPrefix = "crash-"
	maxLog       = 256 << 10 // bytes; then all but the last keptLog are dropped
	keptLog      = 64 << 10
	maxReports   = 10 // the newest
	// forgetRuns is the age at which the file of a run that was killed, or lost its power, is removed.
	forgetRuns = 7 * 24 * time.Hour
)

// Dir is where the reports lie.
func Dir() (string, error) {
	data := store.DefaultDataDir()
	if data == "" {
		return "", errors.New("find data folder: the system tells no home")
	}
	return filepath.Join(data, "crashes"), nil
}

// runLog is the file of a running window. Writes may come from any goroutine.
type runLog struct {
	path string

	mu   sync.Mutex
	file *os.File
	tail []byte // what the file holds
}

// beginRun opens the file of this run and has Go write there when the program crashes.
func beginRun(dir, version string) (*runLog, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("make folder of crash reports: %w", err)
	}
	name := fmt.Sprintf("%s%s-%d.txt", runPrefix, time.Now().Format("20060102-150405"), os.Getpid())
	r := &runLog{path: filepath.Join(dir, name)}
	var err error
	// Appending, so that Go's own handle on the file stands at its end whatever was written or cut.
	if r.file, err = os.OpenFile(r.path, os.O_CREATE|os.O_EXCL|os.O_WRONLY|os.O_APPEND, 0o600); err != nil {
		return nil, fmt.Errorf("make crash report: %w", err)
	}
	r.tail = fmt.Appendf(nil, "butluc %s, %s/%s, %s\n", version, runtime.GOOS, runtime.GOARCH, runtime.Version())
	if _, err := r.file.Write(r.tail); err != nil {
		r.end()
		return nil, fmt.Errorf("make crash report: %w", err)
	}
	if err := debug.SetCrashOutput(r.file, debug.CrashOptions{}); err != nil {
		r.end()
		return nil, fmt.Errorf("catch crashes: %w", err)
	}
	return r, nil
}

// Write appends to the file, and to standard error where there is one.
func (r *runLog) Write(b []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	_, _ = os.Stderr.Write(b)
	r.tail = append(r.tail, b...)
	if len(r.tail) > maxLog {
		r.tail = slices.Clone(r.tail[len(r.tail)-keptLog:])
		if err := os.Truncate(r.path, 0); err != nil {
			return 0, err
		}
		_, err := r.file.Write(r.tail)
		return len(b), err
	}
	return r.file.Write(b)
}

// end removes the file: the program ends in order.
func (r *runLog) end() {
	_ = debug.SetCrashOutput(nil, debug.CrashOptions{})
	_ = r.file.Close()
	_ = os.Remove(r.path)
}

// keepReports keeps the files of runs that crashed, and gives the newest that is new, "" for none.
func keepReports(dir string, now time.Time) (newest string) {
	for _, path := range named(dir, runPrefix) {
		info, err := os.Stat(path)
		if err != nil {
			continue
		}
		switch {
		case crashed(path):
			to := filepath.Join(dir, reportPrefix+filepath.Base(path)[len(runPrefix):])
			if os.Rename(path, to) == nil { // fails while another window renames it too
				newest = to
			}
		case now.Sub(info.ModTime()) > forgetRuns:
			_ = os.Remove(path)
		}
	}
	reports := named(dir, reportPrefix)
	for _, path := range reports[:max(0, len(reports)-maxReports)] {
		_ = os.Remove(path)
	}
	return newest
}

// named are the files of a folder whose names begin so, in the order of time.
func named(dir, prefix string) (paths []string) {
	entries, _ := os.ReadDir(dir) // sorted by name
	for _, e := range entries {
		if e.Type().IsRegular() && strings.HasPrefix(e.Name(), prefix) {
			paths = append(paths, filepath.Join(dir, e.Name()))
		}
	}
	return paths
}

// crashed tells whether Go wrote of a crash into the file: it names a goroutine on a line of its own.
func crashed(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer f.Close()
	// A crash of a program with many goroutines writes much; its beginning stands after the log.
	b, err := io.ReadAll(io.LimitReader(f, 4*maxLog))
	return err == nil && bytes.Contains(b, []byte("\ngoroutine "))
}

// Watch keeps what the program logs for the report of a crash, and tells of the one before. Where
// that can't be, the program runs without.
func Watch(in i18n.Catalogue, version string) (notice string, end func()) {
	log := func(w io.Writer) {
		slog.SetDefault(slog.New(slog.NewTextHandler(w, &slog.HandlerOptions{Level: slog.LevelInfo})))
	}
	log(os.Stderr)
	dir, err := Dir()
	if err != nil {
		slog.Warn("keep crash reports", "err", err)
		return "", func() {}
	}
	if report := keepReports(dir, time.Now()); report != "" {
		notice = in.T("notice.crashed", "file", report)
	}
	r, err := beginRun(dir, version)
	if err != nil {
		slog.Warn("keep crash reports", "err", err)
		return notice, func() {}
	}
	log(r)
	return notice, r.end
}
