// Package editlog is an append-only log of a database's commits, kept in files beside it: what was committed since a
// copy was made is in the log, so the newest good copy and the log give the database back when it is damaged.
//
// [Begin] starts a segment, a file, at a [State] of the database. [Log.Append] has an [Entry] on disk when it returns:
// the records of a commit, the state that it follows and the state that it leads to. States are told apart by a random
// mark, so an entry fits one state and no other: [Chain.From] gives the entries that lead on from a state, whatever
// segments they are in, and says whether they lead to the end of what is known. Nothing is ever written to a segment
// of an earlier run, whose tail a crash may have torn. [Prune] removes the segments that no copy needs.
//
// A segment is "butluc edits 1\n" and frames: a magic number, the length and the CRC-32C of a payload, 4 bytes each,
// little-endian, and the payload. A damaged frame is passed over; the next one is found by its magic number.
package editlog

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"butluc/library/internal/atomicfile"
	"butluc/library/internal/plain"
)

// State names what a database holds at one moment.
type State struct {
	Case   string // its id
	Format int    // of the records
	Commit int    // how many there were
	Mark   string // random, of the last commit
}

// Record is a record as a commit leaves it; a nil Value: it is gone.
type Record struct {
	Bucket, Name string
	Value        []byte
}

// Entry is one commit. One without records begins a segment.
type Entry struct {
	After, Becomes State
	At             time.Time // to the second
	Records        []Record
}

const (
	header    = "butluc edits 1\n"
	magic     = 0x7fed17fe
	frameHead = 12
	suffix    = ".log"
	// maxSegment bounds what is read of a segment, which may come from a stranger; [Log.Size] lets its writer begin
	// another long before.
	maxSegment = 64 << 20
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// Log is a segment that is written. It is not for several goroutines at once.
type Log struct {
	// Number is the segment's: the copy of the state at which it began is continued by it and those after it.
	Number int

	file    *os.File
	through io.Writer // to the file
	size    int64
	end     State
}

// Begin starts a segment at a state, in the folder dir, which is made where it is missing. Its number is above those
// of all others there, and above the given one. After an error there is no segment.
func Begin(dir string, at State, above int, now time.Time) (*Log, error) {
	return BeginThrough(dir, at, above, now, func(w io.Writer) io.Writer { return w })
}

// BeginThrough is [Begin] with a writer between the log and its file.
func BeginThrough(dir string, at State, above int, now time.Time, through func(io.Writer) io.Writer) (*Log, error) {
	if err := os.Mkdir(dir, 0o700); err != nil && !errors.Is(err, os.ErrExist) {
		return nil, err
	}
	if info, err := os.Lstat(dir); err != nil || !info.IsDir() { // a link could lead elsewhere
		return nil, fmt.Errorf("begin log of edits: %s is no folder", dir)
	}
	for _, n := range segments(dir) {
		above = max(above, n)
	}
	number := above + 1
	f, err := os.OpenFile(segmentPath(dir, number), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	l := &Log{Number: number, file: f, through: through(f), end: at}
	if err := l.write(append([]byte(header), frame(Entry{After: at, Becomes: at, At: now})...)); err != nil {
		_ = f.Close()
		_ = os.Remove(f.Name()) // a beginning of a segment would make the log's end unknown
		return nil, err
	}
	atomicfile.SyncDir(dir)
	atomicfile.SyncDir(filepath.Dir(dir))
	return l, nil
}

// Append has an entry on disk when it returns without an error. After an error the segment is of no more use.
func (l *Log) Append(e Entry) error {
	if e.After != l.end {
		return fmt.Errorf("log edits: commit %d does not follow %d", e.Becomes.Commit, l.end.Commit)
	}
	b := frame(e)
	if l.size+int64(len(b)) > maxSegment {
		return fmt.Errorf("log edits: commit %d makes the log too long", e.Becomes.Commit)
	}
	if err := l.write(b); err != nil {
		return err
	}
	l.end = e.Becomes
	return nil
}

// write appends and syncs. Where that fails, as on a full disk, it takes back what it wrote: half an entry at the end would
// say that what was acknowledged is not known.
func (l *Log) write(b []byte) error {
	_, err := l.through.Write(b)
	if err == nil {
		err = l.file.Sync()
	}
	if err != nil {
		_ = l.file.Truncate(l.size) // else it is passed over
		return err
	}
	l.size += int64(len(b))
	return nil
}

// Size is the segment's, in bytes.
func (l *Log) Size() int64 { return l.size }

// Close closes the segment.
func (l *Log) Close() error { return l.file.Close() }

// Prune removes the segments before number.
func Prune(dir string, number int) {
	for _, n := range segments(dir) {
		if n < number {
			_ = os.Remove(segmentPath(dir, n))
		}
	}
}

// Chain is what the segments of a folder hold.
type Chain struct {
	// End is the last state that is known; zero where there is none.
	End State
	// Unread says that what was written after End can't be read, and does not look like what a crash leaves unfinished.
	Unread bool
	// Last is the newest segment's number, 0 where there is none.
	Last int

	entries map[State]Entry // by what they follow
	marred  bool            // a part of the newest segment can't be read: what it led to is not known
}

// IsEmpty tells that there is no log.
func (c Chain) IsEmpty() bool { return c.End == State{} && !c.marred }

// Read reads the segments in a folder. What can't be read of them is left out.
func Read(dir string) Chain {
	c := Chain{entries: map[State]Entry{}}
	for _, n := range segments(dir) {
		c.Last = n
		data, err := plain.ReadOwn(segmentPath(dir, n), maxSegment)
		entries, rest, whole := parse(data)
		c.marred = err != nil || !whole
		c.Unread = err != nil || !unfinished(rest)
		for _, e := range entries {
			c.End = e.Becomes
			if e.After != e.Becomes {
				c.entries[e.After] = e
			}
		}
	}
	return c
}

// From gives the entries that lead on from a state, in order. all says that they lead to the end of the log, and that
// its end can be read: nothing that was acknowledged is missing.
func (c Chain) From(s State) (list []Entry, all bool) {
	seen := map[State]bool{}
	for !seen[s] { // a forged log may lead in a circle
		seen[s] = true
		e, ok := c.entries[s]
		if !ok {
			break
		}
		list = append(list, e)
		s = e.Becomes
	}
	return list, s == c.End && !c.marred
}

func segmentPath(dir string, number int) string {
	return filepath.Join(dir, fmt.Sprintf("%08d%s", number, suffix))
}

// segments are the numbers of the segments in a folder, in order.
func segments(dir string) []int {
	entries, _ := os.ReadDir(dir)
	var list []int
	for _, e := range entries {
		digits, ok := strings.CutSuffix(e.Name(), suffix)
		n, err := strconv.Atoi(digits)
		if ok && err == nil && n > 0 && e.Name() == filepath.Base(segmentPath("", n)) {
			list = append(list, n)
		}
	}
	slices.Sort(list)
	return list
}

// frame is an entry as it is written.
func frame(e Entry) []byte {
	payload := encode(e)
	b := make([]byte, frameHead, frameHead+len(payload))
	binary.LittleEndian.PutUint32(b, magic)
	binary.LittleEndian.PutUint32(b[4:], uint32(len(payload)))
	binary.LittleEndian.PutUint32(b[8:], crc32.Checksum(payload, castagnoli))
	return append(b, payload...)
}

// unfinished tells whether what is left of a segment may be the beginning of a frame whose writing a crash cut off: some
// of its bytes, or zeros where they were to be. rest may have the segment's own beginning before it.
func unfinished(rest []byte) bool {
	if n := min(len(rest), len(header)); string(rest[:n]) == header[:n] {
		rest = rest[n:]
	}
	rest = bytes.TrimRight(rest, "\x00")
	start := binary.LittleEndian.AppendUint32(nil, magic)
	n := min(len(rest), len(start))
	return bytes.Equal(rest[:n], start[:n]) && (len(rest) < frameHead || uint64(binary.LittleEndian.Uint32(rest[4:])) > uint64(len(rest)-frameHead))
}

// parse gives the entries of a segment that can be read, what stands behind the last of them, and whether that is all
// that is in it.
func parse(data []byte) (list []Entry, rest []byte, whole bool) {
	rest = data
	data, whole = cut(data, header)
	start := binary.LittleEndian.AppendUint32(nil, magic)
	for len(data) > 0 {
		e, n, ok := next(data)
		if ok {
			list = append(list, e)
			data = data[n:]
			rest = data
			continue
		}
		whole = false
		at := bytes.Index(data[1:], start)
		if at < 0 {
			break
		}
		data = data[1+at:]
	}
	return list, rest, whole && len(list) > 0
}

func cut(data []byte, prefix string) ([]byte, bool) {
	if len(data) < len(prefix) || string(data[:len(prefix)]) != prefix {
		return nil, false
	}
	return data[len(prefix):], true
}

// next reads the frame that data begins with, and gives its length.
func next(data []byte) (e Entry, n int, ok bool) {
	if len(data) < frameHead || binary.LittleEndian.Uint32(data) != magic {
		return e, 0, false
	}
	length := uint64(binary.LittleEndian.Uint32(data[4:]))
	if length > uint64(len(data)-frameHead) {
		return e, 0, false
	}
	payload := data[frameHead : frameHead+length]
	if crc32.Checksum(payload, castagnoli) != binary.LittleEndian.Uint32(data[8:]) {
		return e, 0, false
	}
	e, err := decode(payload)
	return e, frameHead + int(length), err == nil
}
