package journal

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"unicode/utf8"

	"butluc/library/internal/plain"
)

// maxLine is the longest line that is read, in bytes: no entry comes near it.
const maxLine = 1 << 20

// Fault is where a journal is not what it was.
type Fault struct {
	Line int // from 1
	Code FaultCode
	Why  string // for the log
}

// FaultCode says what is wrong. Codes name sentences: never rename one.
type FaultCode string

// The codes.
const (
	FaultLine   FaultCode = "line"   // it can't be read: changed or damaged
	FaultChain  FaultCode = "chain"  // it does not follow the line before: that one was changed, or lines are missing, swapped or put in
	FaultEnd    FaultCode = "end"    // it has no end, as after a crash; opening the journal mends it
	FaultCut    FaultCode = "cut"    // the journal went on here when its head was kept
	FaultForged FaultCode = "forged" // another line was here when its head was kept
	FaultBroken FaultCode = "broken" // a [KindBroken]: what was found wrong when the journal was opened
	FaultNewer  FaultCode = "newer"  // a newer version of the program wrote it
)

func (f *Fault) Error() string { return fmt.Sprintf("line %d: %s", f.Line, f.Why) }

// errUnfinished is a last line without its end, as a crash leaves it.
var errUnfinished = errors.New("unfinished line")

func hashOf(line []byte) string {
	sum := sha256.Sum256(line)
	return hex.EncodeToString(sum[:])
}

// Read reads a journal and checks its chain. each is given every entry in order; it may be nil. The
// error is a *[Fault], wraps one, or is r's. Where the last line has no end, the entries before it are
// read, and the error is a *Fault.
func Read(r io.Reader, each func(Entry)) (Head, error) {
	h, _, err := read(r, each)
	if errors.Is(err, errUnfinished) {
		err = &Fault{h.Count + 1, FaultEnd, "the line has no end"}
	}
	return h, err
}

// read also gives how many bytes the whole lines take.
func read(r io.Reader, each func(Entry)) (h Head, size int64, err error) {
	lines := bufio.NewReaderSize(r, 1<<16)
	for {
		line, err := lines.ReadSlice('\n')
		long := []byte(nil)
		for errors.Is(err, bufio.ErrBufferFull) && len(long) < maxLine {
			long = append(long, line...)
			line, err = lines.ReadSlice('\n')
		}
		if long != nil {
			line = append(long, line...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull) || len(line) > maxLine:
			return h, size, &Fault{h.Count + 1, FaultLine, "the line is too long"}
		case errors.Is(err, io.EOF) && len(line) == 0:
			return h, size, nil
		case errors.Is(err, io.EOF):
			return h, size, errUnfinished
		case err != nil:
			return h, size, err
		}
		size += int64(len(line))
		line = line[:len(line)-1]
		e, code, err := parse(line, h)
		if err != nil {
			return h, size, &Fault{h.Count + 1, code, err.Error()}
		}
		h = Head{h.Count + 1, hashOf(line)}
		if each != nil {
			each(e)
		}
	}
}

// parse reads the line after head.
func parse(line []byte, head Head) (Entry, FaultCode, error) {
	var e Entry
	if !utf8.Valid(line) {
		return e, FaultLine, errors.New("not UTF-8")
	}
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(&e); err != nil {
		if e.Version > Version {
			return e, FaultNewer, fmt.Errorf("version %d is not known", e.Version)
		}
		return e, FaultLine, fmt.Errorf("not an entry: %w", err)
	}
	switch _, err := d.Token(); {
	case !errors.Is(err, io.EOF):
		return e, FaultLine, errors.New("more than an entry")
	case e.Version > Version:
		return e, FaultNewer, fmt.Errorf("version %d is not known", e.Version)
	case e.Version < 1:
		return e, FaultLine, fmt.Errorf("version %d is not known", e.Version)
	case e.N != head.Count+1:
		return e, FaultChain, fmt.Errorf("number %d, want %d", e.N, head.Count+1)
	case e.Prev != head.Hash:
		return e, FaultChain, errors.New("it does not follow the line before: that one was changed, or one is missing")
	}
	return e, "", nil
}

// ReadFile reads the journal file at path; see [Read]. A file that is not there is an empty journal.
func ReadFile(path string, each func(Entry)) (Head, error) {
	f, err := plain.Open(path)
	if errors.Is(err, os.ErrNotExist) {
		return Head{}, nil
	}
	if err != nil {
		return Head{}, fmt.Errorf("read journal: %w", err)
	}
	defer f.Close()
	return Read(f, each)
}

// Verify reads the journal file at path and compares it with the head that was kept elsewhere; a nil
// kept is none. The error wraps a *[Fault] where the journal is not what it was: a line changed, missing
// or swapped, its tail cut off, or any of this found when the journal was opened since.
func Verify(path string, kept *Head, each func(Entry)) (Head, error) {
	var m match
	if kept != nil {
		m.head = *kept
	}
	var broken *Fault
	h, err := ReadFile(path, func(e Entry) {
		m.note(e)
		if e.Kind == KindBroken && broken == nil {
			broken = &Fault{e.N, FaultBroken, e.Text}
		}
		if each != nil {
			each(e)
		}
	})
	switch fault := m.fault(h); {
	case err != nil:
		return h, err
	case fault != nil:
		return h, fault
	case broken != nil:
		return h, broken
	}
	return h, nil
}
