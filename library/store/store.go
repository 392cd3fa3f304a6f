package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"butluc/library"
)

var (
	// ErrInUse says that another process has the case open for writing.
	ErrInUse = errors.New("case is already open elsewhere")
	// ErrNewer says that a newer version of the program wrote the database. It is left alone.
	ErrNewer = errors.New("written by a newer version of the program")
	// ErrDamaged says that the database is damaged, and that changes of the last time before may be lost.
	ErrDamaged = errors.New("the database is damaged, a copy would have to take its place")
	// ErrClosed says that the store was closed.
	ErrClosed = errors.New("store is closed")
)

// Options are how a store is opened. The zero value is fine for tests.
type Options struct {
	// CheckCommand checks a database in a child process: it is run with the database's path added
	// and ends as [CheckMain] says. Empty: this process checks, where damage could run in circles.
	CheckCommand []string
	// DataDir is where cases that can't be written are kept, and the seals of databases that this
	// machine closed. Empty: [DefaultDataDir].
	DataDir string
	// ReadOnly reads and lets go: nothing is written or set aside, the case may be open elsewhere
	// (then the newest copy is read). Changes stay in memory.
	ReadOnly bool
	// OnlyWhole refuses a case with [ErrDamaged], and leaves it as it is, where a copy would have to take the
	// database's place that may know less than was acknowledged.
	OnlyWhole bool
	// Notify is called from the store's goroutine when [Store.Err] changed. It must not block.
	Notify func()
	// Log is where the chain of an error goes; nil: slog's default.
	Log *slog.Logger

	// For tests.
	now         func() time.Time
	commitAfter time.Duration
	refuses     func(place string) error // the disk's answer to a write, as when it is full; nil: all is written
}

// Report tells how the database was found.
type Report struct {
	Dir       string    // the folder that holds case.db
	Fallback  bool      // the case folder can't be written: Dir is in the user's data folder
	Fresh     bool      // nothing was known of the case
	SetAside  string    // the file that a bad database was kept as; "" when all was well
	Restored  string    // the copy that took its place; "" without one
	Brought   bool      // Restored is of the case's other home, which knew more: the case folder could not be written, or could again
	CopyTime  time.Time // of the copy that was read
	Replayed  int       // commits that the log of edits brought back, over the database or a copy
	AsOf      time.Time // of the newest change in what was read, where a copy or the log was
	Lost      bool      // changes after AsOf may have been acknowledged, and are not there
	Known     time.Time // where Lost: when the last of them was acknowledged, if that is known
	Outdated  bool      // where Lost: only the user's data folder knows of them: the case folder was put back from a copy
	InUse     bool      // only ReadOnly: the case is open elsewhere, so a copy was read
	Problem   error     // what was wrong with the database, for the log
	InMemory  bool      // only ReadOnly: there is no database, nothing will be kept
	Unchecked bool      // this machine closed it last, so no child was asked
}

type key struct{ bucket, name string }

// records are values by their bucket and name.
type records map[string]map[string][]byte

// put puts and removes (nil) values.
func (r records) put(batch map[key][]byte) {
	for k, value := range batch {
		if value == nil {
			delete(r[k.bucket], k.name)
			continue
		}
		if r[k.bucket] == nil {
			r[k.bucket] = map[string][]byte{}
		}
		r[k.bucket][k.name] = value
	}
}

// list gives all values by their keys.
func (r records) list() map[key][]byte {
	all := map[key][]byte{}
	for bucket, values := range r {
		for name, value := range values {
			all[key{bucket, name}] = value
		}
	}
	return all
}

// Store is an open case database. All methods may be called from any goroutine.
type Store struct {
	opts   Options
	report Report // written by the owner, under mu once the store is open

	mu     sync.Mutex
	state  records      // all records' values: the truth; the database follows
	dirty  map[key]bool // changed since the last commit
	err    error        // why the last commit failed; nil when it did not
	closed bool

	submitted int // the highest number of a submitted copy that is known of

	wake  chan struct{}   // something is dirty
	flush chan chan error // a caller waits for a commit
	quit  chan struct{}
	done  chan struct{}
	end   error // of closing; read after done
}

// Open opens the database of the case folder dir (absolute), making it where there is none.
// The caller closes the store.
func Open(dir string, o Options) (*Store, error) {
	if o.now == nil {
		o.now = time.Now
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.refuses == nil {
		o.refuses = func(string) error { return nil }
	}
	if o.commitAfter == 0 {
		o.commitAfter = 300 * time.Millisecond
	}
	if o.DataDir == "" {
		o.DataDir = DefaultDataDir()
	}
	s := &Store{
		opts: o, dirty: map[key]bool{},
		wake: make(chan struct{}, 1), flush: make(chan chan error),
		quit: make(chan struct{}), done: make(chan struct{}),
	}
	opened := make(chan error)
	go s.own(dir, opened)
	if err := <-opened; err != nil {
		return nil, fmt.Errorf("open case store: %w", err)
	}
	return s, nil
}

// The places that [Options.refuses] is asked about.
const (
	placeLog      = "log"
	placeDatabase = "database"
	placeCopy     = "copy"
)

func (s *Store) refusesDatabase() error { return s.opts.refuses(placeDatabase) }

// refusing writes half of what a refused writer is to write.
type refusing struct {
	to      io.Writer
	refuses func() error
}

func (r refusing) Write(b []byte) (int, error) {
	if err := r.refuses(); err != nil {
		n, _ := r.to.Write(b[:len(b)/2])
		return n, err
	}
	return r.to.Write(b)
}

// Report tells how the database was found, and whether one was set aside since.
func (s *Store) Report() Report {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.report
}

// ID is the case's id.
func (s *Store) ID() string {
	var id string
	s.get(bucketMeta, keyID, &id)
	return id
}

// Title is the case's title, "" where none was set.
func (s *Store) Title() string {
	var title string
	s.get(bucketMeta, keyTitle, &title)
	return title
}

// SetTitle keeps the case's title.
func (s *Store) SetTitle(title string) error { return s.putJSON(bucketMeta, keyTitle, title) }

// UnreadError tells of records that can't be read, or say what no program writes.
type UnreadError struct {
	Paths []string // of the files that they are of, in order
	Err   error    // why, of each
}

func (e *UnreadError) Error() string { return e.Err.Error() }
func (e *UnreadError) Unwrap() error { return e.Err }

// Files gives the file index in no order. Records that can't be read, or say what no file has, are left out and told of
// in an [UnreadError]: their files are read anew.
func (s *Store) Files() ([]library.File, error) {
	s.mu.Lock()
	records := maps.Clone(s.state[bucketFiles])
	s.mu.Unlock()
	files := make([]library.File, 0, len(records))
	var unread UnreadError
	var errs []error
	pages := 0
	for _, path := range slices.Sorted(maps.Keys(records)) { // so that it is the same records whenever there are too many pages
		f, err := decodeFile(path, records[path])
		if pages += f.Pages; err == nil && pages > maxCasePages {
			err = fmt.Errorf("read file record %q: too many pages in all: %w", path, errForged)
		}
		if err != nil {
			unread.Paths, errs = append(unread.Paths, path), append(errs, err)
			continue
		}
		files = append(files, f)
	}
	if len(errs) == 0 {
		return files, nil
	}
	unread.Err = errors.Join(errs...)
	return files, &unread
}

// PutFiles keeps files in the index, each under its path. One that can't be kept keeps no other out.
func (s *Store) PutFiles(files ...library.File) error {
	var errs []error
	for _, f := range files {
		value, err := encodeFile(f)
		if err == nil {
			err = s.put(bucketFiles, f.Path, value)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("keep file %s: %w", f.Path, err))
		}
	}
	return errors.Join(errs...)
}

// RemoveFiles takes paths out of the index.
func (s *Store) RemoveFiles(paths ...string) error {
	var errs []error
	for _, p := range paths {
		if err := s.put(bucketFiles, p, nil); err != nil {
			errs = append(errs, fmt.Errorf("forget file %s: %w", p, err))
		}
	}
	return errors.Join(errs...)
}

// GoOn says that a person goes on from what was left of a damaged database.
func (s *Store) GoOn() error {
	s.mu.Lock()
	s.report.Lost, s.report.Outdated = false, false
	s.mu.Unlock()
	return s.putAll(map[key][]byte{{bucketMeta, keyDoubt}: nil, {bucketMeta, keyKnown}: nil})
}

// Setting is a setting of this case, "" where it was never set.
func (s *Store) Setting(name string) string {
	var v string
	s.get(bucketSettings, name, &v)
	return v
}

// SetSetting keeps a setting of this case; "" removes it.
func (s *Store) SetSetting(name, value string) error {
	if value == "" {
		return s.put(bucketSettings, name, nil)
	}
	return s.putJSON(bucketSettings, name, value)
}

// get decodes a record into v and leaves v alone where there is none.
func (s *Store) get(bucket, name string, v any) {
	s.mu.Lock()
	value := s.state[bucket][name]
	s.mu.Unlock()
	if value == nil {
		return
	}
	if err := json.Unmarshal(value, v); err != nil {
		s.opts.Log.Error("store: read record", "bucket", bucket, "key", name, "err", err)
	}
}

func (s *Store) putJSON(bucket, name string, v any) error {
	value, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("keep %s/%s: %w", bucket, name, err)
	}
	return s.put(bucket, name, value)
}

// maxKey is bbolt's; a path of the deepest folder that systems allow can be longer.
const maxKey = 32768

// put changes a record in memory; nil removes it. The owner writes it within a second.
func (s *Store) put(bucket, name string, value []byte) error {
	return s.putAll(map[key][]byte{{bucket, name}: value})
}

// putAll is put for several records, which are written in one transaction.
func (s *Store) putAll(batch map[key][]byte) error {
	for k := range batch {
		if k.name == "" || len(k.name) > maxKey {
			return fmt.Errorf("key of %d bytes can't be kept", len(k.name))
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return ErrClosed
	}
	s.state.put(batch)
	if s.opts.ReadOnly {
		return nil
	}
	for k := range batch {
		s.dirty[k] = true
	}
	s.stir()
	return nil
}

// stir tells the owner that something is dirty.
func (s *Store) stir() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// Err is why changes are not on disk: nil when the last commit went well. They stay in memory and
// are tried again every few seconds.
func (s *Store) Err() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.err
}

// Flush returns once all changes made before are on disk, or with the reason why they can't be.
func (s *Store) Flush() error {
	answer := make(chan error, 1)
	select {
	case s.flush <- answer:
		return <-answer
	case <-s.done:
		return ErrClosed
	}
}

// closeDeadline is how long Close waits for a disk that does not answer.
const closeDeadline = 10 * time.Second

// Close writes what is left and closes the database. It may be called several times.
func (s *Store) Close() error {
	s.mu.Lock()
	if !s.closed {
		s.closed = true
		close(s.quit)
	}
	s.mu.Unlock()
	select {
	case <-s.done:
		return s.end
	case <-time.After(closeDeadline):
		return errors.New("close case store: the disk does not answer")
	}
}
