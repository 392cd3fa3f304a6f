package pack

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"filippo.io/age"

	"butluc/library/internal/plain"
)

const (
	// MaxPart is how large a part is at most: FAT32 holds no larger file.
	MaxPart = 4<<30 - 1
	// MinPart is the least that parts may be cut to.
	MinPart = 128 << 10

	maxParts  = 999
	idBytes   = 16
	ageHeader = 48 << 10 // room for that of an age file to maxTo receivers, about 120 bytes each
	maxTo     = 300
	ageChunk  = 64 << 10 // of plaintext, each with a tag of ageTag bytes
	ageTag    = 16
)

// partName is the file of a part, from 1.
func partName(file string, n int) string {
	if n == 1 {
		return file
	}
	return fmt.Sprintf("%s.%03d", file, n)
}

// Remove takes a package away, with all of its parts.
func Remove(file string) error {
	err := os.Remove(file)
	for n := 2; err == nil && n <= maxParts; n++ {
		if os.Remove(partName(file, n)) != nil {
			break
		}
	}
	return err
}

// preamble is how a part begins. Its length is that of every part's of its kind.
func preamble(id string, n int, offset int64, rest string) string {
	line := fmt.Sprintf("butluc-part 1 %s %03d %016x\n", id, n, offset)
	if n == 1 {
		line += rest + "\n"
	}
	return line
}

const (
	lineBytes   = len("butluc-part 1 ") + 2*idBytes + len(" 001 ") + 16 + 1
	secretBytes = 74 // of an age X25519 key in Bech32
)

// capacity is how many bytes of the stream a part of at most size bytes holds.
func capacity(size int64, n int) int64 {
	return (size-ageHeader)/(ageChunk+ageTag)*ageChunk - int64(preambleBytes(n))
}

func preambleBytes(n int) int {
	if n == 1 {
		return lineBytes + secretBytes + 1
	}
	return lineBytes
}

// part is one that is open for reading.
type part struct {
	file   *os.File
	plain  io.ReaderAt
	begin  int64 // in the stream
	length int64
	skip   int64 // of its own preamble
}

// stream reads a package's bytes out of its parts, which it opens as they are needed.
type stream struct {
	file  string // of the first part
	parts []part
	id    string
	rest  age.Identity // opens all parts but the first
}

// openStream opens the first part.
func openStream(file string, open age.Identity) (*stream, error) {
	s := &stream{file: file}
	if err := s.add(file, open); err != nil {
		return nil, err
	}
	return s, nil
}

func (s *stream) close() {
	for _, p := range s.parts {
		p.file.Close()
	}
}

func (s *stream) end() int64 {
	if len(s.parts) == 0 {
		return 0
	}
	last := s.parts[len(s.parts)-1]
	return last.begin + last.length
}

// more opens parts until the stream goes to offset at least. The error is [io.ErrUnexpectedEOF] where there is none.
func (s *stream) more(offset int64) error {
	for s.end() < offset {
		n := len(s.parts) + 1
		name := partName(s.file, n)
		if _, err := os.Stat(name); errors.Is(err, fs.ErrNotExist) || n > maxParts {
			return &Fault{Code: FaultMissing, Name: filepath.Base(name), Err: io.ErrUnexpectedEOF}
		}
		if err := s.add(name, s.rest); err != nil {
			return err
		}
	}
	return nil
}

// add opens the next part.
func (s *stream) add(name string, open age.Identity) error {
	f, err := plain.Open(name)
	if err != nil {
		return err
	}
	p, err := s.read(f, len(s.parts)+1, open)
	if err != nil {
		f.Close()
		return err
	}
	s.parts = append(s.parts, p)
	return nil
}

func (s *stream) read(f *os.File, n int, open age.Identity) (part, error) {
	fault := func(code FaultCode, err error) (part, error) {
		return part{}, &Fault{Code: code, Name: filepath.Base(f.Name()), Err: err}
	}
	info, err := f.Stat()
	if err != nil {
		return part{}, err
	}
	key, code, err := fileKey(f, info.Size(), open)
	if wrong := (*age.NoIdentityMatchError)(nil); errors.As(err, &wrong) && n == 1 || errors.As(err, new(*fs.PathError)) {
		return part{}, err
	}
	if err != nil {
		return fault(code, err)
	}
	text, size, err := age.DecryptReaderAt(f, info.Size(), age.NewInjectedFileKeyIdentity(key))
	if errors.As(err, new(*fs.PathError)) { // of the disk
		return part{}, err
	}
	if err != nil { // its last bytes don't fit
		return fault(FaultCut, err)
	}
	begin := make([]byte, preambleBytes(n))
	if size < int64(len(begin)) {
		return fault(FaultNone, nil)
	}
	if _, err := text.ReadAt(begin, 0); err != nil && !errors.Is(err, io.EOF) {
		return fault(FaultChanged, err)
	}
	if n == 1 {
		if err := s.begin(begin); err != nil {
			return fault(FaultNone, err)
		}
	}
	if !bytes.HasPrefix(begin, []byte(preamble(s.id, n, s.end(), "")[:lineBytes])) {
		return fault(FaultPart, nil)
	}
	return part{f, text, s.end(), size - int64(len(begin)), int64(len(begin))}, nil
}

// fileKey opens the header of an age file: the fault is what is wrong where it can't be.
func fileKey(f *os.File, size int64, open age.Identity) ([]byte, FaultCode, error) {
	const intro = "age-encryption.org/v1\n"
	head := io.NewSectionReader(f, 0, min(size, ageHeader))
	begin := make([]byte, len(intro))
	if n, err := io.ReadFull(head, begin); err != nil || string(begin) != intro {
		if errors.As(err, new(*fs.PathError)) {
			return nil, FaultNone, err
		}
		return nil, FaultNone, fmt.Errorf("%d bytes, no age file", n)
	}
	if _, err := head.Seek(0, io.SeekStart); err != nil {
		return nil, FaultNone, err
	}
	header, err := age.ExtractHeader(head)
	if err != nil {
		return nil, FaultChanged, err
	}
	key, err := age.DecryptHeader(header, open)
	if wrong := (*age.NoIdentityMatchError)(nil); errors.As(err, &wrong) {
		return nil, FaultPart, err
	}
	return key, FaultChanged, err
}

// begin reads the first part's preamble.
func (s *stream) begin(line []byte) error {
	words := strings.Fields(string(line))
	if len(words) != 6 || words[0] != "butluc-part" || len(words[2]) != 2*idBytes {
		return errors.New("it is another file of age")
	}
	rest, err := age.ParseX25519Identity(words[5])
	if err != nil {
		return errors.New("its key can't be read")
	}
	s.id, s.rest = words[2], rest
	return nil
}

// ReadAt reads from the stream, see [io.ReaderAt]. What can't be decrypted is a [Fault].
func (s *stream) ReadAt(b []byte, at int64) (n int, err error) {
	if err := s.more(at + int64(len(b))); err != nil {
		return 0, err
	}
	for _, p := range s.parts {
		if at >= p.begin+p.length || len(b) == n {
			continue
		}
		want := b[n : n+int(min(int64(len(b)-n), p.begin+p.length-at))]
		got, err := p.plain.ReadAt(want, at-p.begin+p.skip)
		n, at = n+got, at+int64(got)
		if got < len(want) {
			if disk := (*fs.PathError)(nil); errors.As(err, &disk) {
				return n, err
			}
			return n, &Fault{Code: FaultChanged, Name: filepath.Base(p.file.Name()), Err: err}
		}
	}
	return n, nil
}
