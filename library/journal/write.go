package journal

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"butluc/library/internal/plain"
)

// FileName is the journal's file in its folder.
const FileName = "journal.jsonl"

// retryAfter is how long a refused write waits before it is tried again.
const retryAfter = time.Second

// behindAfter is how old a queued entry may grow before the journal is behind.
const behindAfter = time.Second

// Journal is an open journal. Its methods may be called from any goroutine, and none but Flush and
// Close waits for the disk.
type Journal struct {
	path     string
	headFile string
	file     file
	size     int64 // of the whole lines; the writer's alone

	hashing sync.Mutex // one frame is hashed at a time

	mu     sync.Mutex
	change *sync.Cond
	head   Head // of what is synced
	next   int  // number of the next entry to be queued
	queue  []queued
	err    error // why the last try failed, nil when it did not
	open   map[int]Entry

	lacking map[string][]int // by path, the numbers of the entries of this opening that do not tell its SHA-256
	closed  bool
	done    chan struct{}
}

type queued struct {
	entry  Entry
	pixels chan string // the hash of its frame, once; nil without a frame
	since  time.Time
}

// file is what the journal writes to; tests give one that blocks or refuses.
type file interface {
	io.Writer
	Sync() error
	Truncate(size int64) error
	Seek(offset int64, whence int) (int64, error)
	Close() error
}

// Open opens the journal in dir, which is made where it is missing. Its head is kept in headFile, which
// is outside of dir. A file whose chain is broken is set aside under another name, and a new journal
// begins; setAside is that name then, else "". The first entry after that says so, and so it does where
// the file does not go through the head that was kept: its tail was cut off, or it is another.
func Open(dir, headFile string) (j *Journal, setAside string, err error) {
	kept, err := KeptHead(headFile)
	if err != nil {
		slog.Error("open journal", "err", err)
	}
	if kept == nil {
		kept = &Head{}
	}
	path := filepath.Join(dir, FileName)
	j, fault, err := open(path, headFile, *kept)
	if err != nil {
		return nil, "", fmt.Errorf("open journal: %w", err)
	}
	if fault == nil {
		return j, "", nil
	}
	setAside = path + ".bad-" + time.Now().Format("20060102-150405")
	if err := os.Rename(path, setAside); err != nil {
		return nil, "", fmt.Errorf("open journal: %w", err)
	}
	j, _, err = open(path, headFile, Head{}) // an empty file has no fault
	if err != nil {
		return nil, "", fmt.Errorf("open journal: %w", err)
	}
	j.Append(Entry{Kind: KindBroken, Lost: kept, Text: fmt.Sprintf("%s: %v", filepath.Base(setAside), fault)}, nil)
	return j, setAside, nil
}

// open opens the file at path where its chain is whole; else fault says where it is not.
func open(path, headFile string, kept Head) (j *Journal, fault *Fault, err error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil { //nolint:gosec // as the case folder is
		return nil, nil, err
	}
	f, err := plain.OpenOwn(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, nil, err
	}
	j = &Journal{path: path, headFile: headFile, file: f, open: map[int]Entry{}, lacking: map[string][]int{}, done: make(chan struct{})}
	j.change = sync.NewCond(&j.mu)
	m := match{head: kept}
	head, size, err := read(f, func(e Entry) {
		m.note(e)
		j.note(e)
	})
	var torn string
	switch {
	case errors.As(err, &fault) && fault.Code != FaultNewer:
		return nil, fault, f.Close()
	case errors.Is(err, errUnfinished):
		torn, err = mend(f, size)
	}
	if err == nil {
		_, err = f.Seek(size, io.SeekStart)
	}
	if err != nil {
		return nil, nil, errors.Join(err, f.Close())
	}
	j.head, j.size, j.next = head, size, head.Count+1
	if torn != "" {
		j.Append(Entry{Kind: KindRecovered, Text: torn}, nil)
	}
	if cut := m.fault(head); cut != nil {
		j.Append(Entry{Kind: KindBroken, Lost: &kept, Text: cut.Error()}, nil)
	}
	go j.write()
	return j, nil, nil
}

// mostTorn is how much of an unfinished line is kept, in bytes: zeros, as a power cut leaves them, may
// be many, and take six times as much when they are written down.
const mostTorn = 64 << 10

// mend takes an unfinished last line out of the file.
func mend(f *os.File, size int64) (torn string, err error) {
	rest, err := io.ReadAll(io.NewSectionReader(f, size, mostTorn))
	if err == nil {
		err = f.Truncate(size)
	}
	return string(rest), err
}

// Append queues an entry, whose number, version, time and chain are filled in, and returns its number.
// The hash of frame's pixels, where there is one, is put into Shown on another goroutine; frame must not
// be written to any more.
func (j *Journal) Append(e Entry, frame *image.RGBA) int {
	now := time.Now()
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.closed {
		return 0
	}
	e.Version, e.N = Version, j.next
	if e.At.IsZero() {
		e.At = now
	}
	e.At = e.At.Truncate(time.Millisecond)
	j.next++
	j.note(e)
	for _, path := range e.lacks() {
		j.lacking[path] = append(j.lacking[path], e.N)
	}
	q := queued{entry: e, since: now}
	if frame != nil && e.Shown != nil {
		q.pixels = make(chan string, 1)
		go j.hash(frame, q.pixels)
	}
	j.queue = append(j.queue, q)
	j.change.Broadcast()
	return e.N
}

// hash hashes a frame, one at a time, and without waiting for the disk: what waits for a disk that hangs
// is small.
func (j *Journal) hash(frame *image.RGBA, pixels chan<- string) {
	j.hashing.Lock()
	defer j.hashing.Unlock()
	pixels <- PixelHash(frame)
}

// note keeps in mind which arguments are open. mu is held, or nobody knows j yet.
func (j *Journal) note(e Entry) {
	if e.Note == nil {
		return
	}
	if e.Note.Argument {
		j.open[e.N] = e
	}
	delete(j.open, e.Note.Answers)
}

// OpenArguments are the arguments of the defence that nothing has answered, in order.
func (j *Journal) OpenArguments() []Entry {
	j.mu.Lock()
	defer j.mu.Unlock()
	var list []Entry
	for n := range j.next {
		if e, ok := j.open[n]; ok {
			list = append(list, e)
		}
	}
	return list
}

// Behind tells whether an entry has waited for the disk for over a second, and why the last try to write
// failed, if it did.
func (j *Journal) Behind() (bool, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	return len(j.queue) > 0 && time.Since(j.queue[0].since) > behindAfter, j.err
}

// Head is how far the journal goes on the disk.
func (j *Journal) Head() Head {
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.head
}

// Path is the journal's file.
func (j *Journal) Path() string { return j.path }

// Flush waits until all that was queued before is on the disk, and gives the error of a try that failed.
func (j *Journal) Flush() error {
	j.mu.Lock()
	defer j.mu.Unlock()
	last := j.next - 1
	for j.head.Count < last && j.err == nil {
		j.change.Wait()
	}
	return j.err
}

// closeDeadline is how long Close waits for a disk that does not answer.
const closeDeadline = 10 * time.Second

// Close writes what is left, tries no longer than it takes once, and closes the file.
func (j *Journal) Close() error {
	j.mu.Lock()
	was := j.closed
	j.closed = true
	j.change.Broadcast()
	j.mu.Unlock()
	select {
	case <-j.done:
	case <-time.After(closeDeadline):
		return errors.New("close journal: the disk does not answer")
	}
	if was {
		return nil
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	return errors.Join(j.err, j.file.Close())
}

// write is the journal's goroutine.
func (j *Journal) write() {
	defer close(j.done)
	for {
		j.mu.Lock()
		for len(j.queue) == 0 && !j.closed {
			j.change.Wait()
		}
		batch, head, closed := slices.Clone(j.queue), j.head, j.closed
		j.mu.Unlock()
		if len(batch) == 0 {
			return
		}
		next, err := j.put(batch, head)
		j.mu.Lock()
		j.err = err
		if err == nil {
			j.head = next
			j.queue = j.queue[len(batch):]
		}
		j.change.Broadcast()
		j.mu.Unlock()
		if err == nil {
			j.keepHead(next)
			continue
		}
		slog.Error("write journal", "path", j.path, "err", err)
		if closed {
			return
		}
		time.Sleep(retryAfter)
	}
}

// put writes entries and syncs them; after an error the file is as it was before.
func (j *Journal) put(batch []queued, head Head) (Head, error) {
	var lines []byte
	for i := range batch {
		q := &batch[i]
		if q.pixels != nil {
			shown := *q.entry.Shown
			shown.Pixels = <-q.pixels
			q.entry.Shown, q.pixels = &shown, nil
		}
		e := q.entry
		e.Prev = head.Hash
		line, err := json.Marshal(e)
		if err != nil {
			return head, fmt.Errorf("write journal: %w", err)
		}
		head = Head{e.N, hashOf(line)}
		lines = append(append(lines, line...), '\n')
	}
	_, err := j.file.Write(lines)
	if err == nil {
		err = j.file.Sync()
	}
	if err != nil {
		err = fmt.Errorf("write journal: %w", err)
		if cut := j.file.Truncate(j.size); cut != nil {
			return head, errors.Join(err, cut)
		}
		_, back := j.file.Seek(j.size, io.SeekStart)
		return head, errors.Join(err, back)
	}
	j.size += int64(len(lines))
	return head, nil
}

// PixelHash is the SHA-256 of a frame's RGBA bytes, row by row, in lower-case hexadecimal.
func PixelHash(frame *image.RGBA) string {
	h := sha256.New()
	wide := 4 * frame.Rect.Dx()
	for y := range frame.Rect.Dy() {
		h.Write(frame.Pix[y*frame.Stride : y*frame.Stride+wide])
	}
	return hex.EncodeToString(h.Sum(nil))
}

func (j *Journal) keepHead(h Head) {
	if err := keepHead(j.headFile, j.path, h); err != nil {
		slog.Error("keep journal's head", "path", j.headFile, "err", err)
	}
}
