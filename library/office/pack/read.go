package pack

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"path/filepath"
	"sync"

	"filippo.io/age"

	"butluc/library/internal/plain"
	"butluc/library/office/identity"
)

// Keys are what a package is opened with.
type Keys struct {
	Identity   *identity.Identity // nil: nobody's
	Passphrase string             // "": none was given
}

// Package is an open package. It is used by one goroutine at a time. Close it.
type Package struct {
	Header

	// Sender sealed the package: their signature holds. Who they are is another question, see [identity.Card.Fingerprint]. The
	// zero Card where nobody signed.
	Sender identity.Card

	stream *stream
	behind bool  // a passphrase opens it
	begin  int64 // of the first file in the stream
	print  string
	whole  bool // Verify found it so
}

// Progress is told how many bytes are done, of how many. It may be nil.
type Progress func(done, total int64)

// BehindPassphrase tells whether a file is a package that a passphrase opens. It fails with a [Fault] of [FaultNone] where the
// file is no package at all.
func BehindPassphrase(file string) (bool, error) {
	f, err := plain.Open(file)
	if err != nil {
		return false, err
	}
	defer f.Close()
	header, err := age.ExtractHeader(io.LimitReader(f, ageHeader))
	if err != nil {
		return false, &Fault{Code: FaultNone, Name: filepath.Base(file), Err: err}
	}
	return bytes.Contains(header, []byte("\n-> scrypt ")), nil
}

// Open opens the package whose first part is a file, reads what it says of itself, and knows who sealed it. Only the beginning
// and the ends of its parts are read: [Package.Verify] reads all. It fails with a [Fault], [ErrPassphrase],
// [ErrPassphraseNeeded] or [ErrNotForYou].
func Open(file string, k Keys) (*Package, error) {
	behind, err := BehindPassphrase(file)
	if err != nil {
		return nil, err
	}
	var with age.Identity
	switch {
	case behind && k.Passphrase == "":
		return nil, ErrPassphraseNeeded
	case behind:
		with, err = identity.PassphraseIdentity(k.Passphrase)
	case k.Identity == nil:
		return nil, ErrNotForYou
	default:
		with = k.Identity.Age()
	}
	if err != nil {
		return nil, err
	}
	s, err := openStream(file, with)
	if wrong := (*age.NoIdentityMatchError)(nil); errors.As(err, &wrong) {
		if behind {
			return nil, ErrPassphrase
		}
		return nil, ErrNotForYou
	}
	if err != nil {
		return nil, err
	}
	p := &Package{stream: s, behind: behind}
	if err := p.read(); err != nil {
		s.close()
		return nil, err
	}
	return p, nil
}

// Close lets go of the files.
func (p *Package) Close() error {
	p.stream.close()
	return nil
}

// read reads the header, and opens all parts that there must be.
func (p *Package) read() error {
	if err := p.readHeader(); err != nil {
		return err
	}
	if p.ID != p.stream.id {
		return &Fault{Code: FaultPart}
	}
	if p.Bytes() > 1<<62 {
		return &Fault{Code: FaultHostile}
	}
	end := p.begin + p.Bytes()
	if err := p.stream.more(end); err != nil {
		return err
	}
	if p.stream.end() != end {
		return &Fault{Code: FaultHostile, Err: fmt.Errorf("%d bytes behind the last file", p.stream.end()-end)}
	}
	return nil
}

func (p *Package) readHeader() error {
	begin := make([]byte, len(magic)+4)
	if _, err := p.stream.ReadAt(begin, 0); err != nil {
		return err
	}
	size := binary.BigEndian.Uint32(begin[len(magic):])
	if !bytes.HasPrefix(begin, []byte(magic)) {
		return &Fault{Code: FaultNewer}
	}
	if size > maxHeader {
		return &Fault{Code: FaultHostile}
	}
	// What is there is asked for first: a header that says it is large makes no room for itself.
	if err := p.stream.more(int64(len(begin)) + int64(size) + ed25519.SignatureSize); err != nil {
		return err
	}
	data := make([]byte, int(size)+ed25519.SignatureSize)
	if _, err := p.stream.ReadAt(data, int64(len(begin))); err != nil {
		return err
	}
	header, signature := data[:size], data[size:]
	var err error
	if p.Header, p.Sender, err = decodeHeader(header, signature, p.behind); err != nil {
		return err
	}
	sum := sha256.Sum256(header)
	p.print, p.begin = hex.EncodeToString(sum[:]), int64(len(begin)+len(data))
	return nil
}

// Verify reads the package to its end and compares every file's SHA-256. It writes nothing. It fails with a [Fault], or ctx's
// error.
func (p *Package) Verify(ctx context.Context, progress Progress) error {
	at := p.begin
	for _, f := range p.Files {
		if err := p.copy(ctx, io.Discard, f, at, told(progress, at-p.begin, p.Bytes())); err != nil {
			return err
		}
		at += f.Size
	}
	p.whole = true
	return nil
}

// told is a progress of one file, whose bytes come after those that are done.
func told(progress Progress, before, total int64) func(int64) {
	return func(n int64) {
		if progress != nil {
			progress(before+n, total)
		}
	}
}

const bufferSize = 1 << 20

// copy writes a file that begins at a place of the stream, and compares its SHA-256.
func (p *Package) copy(ctx context.Context, to io.Writer, f File, at int64, progress func(int64)) error {
	h := sha256.New()
	if err := pump(ctx, io.NewSectionReader(p.stream, at, f.Size), f.Size, h, to, progress); err != nil {
		return err
	}
	if hex.EncodeToString(h.Sum(nil)) != f.SHA256 {
		return &Fault{Code: FaultChanged, Name: f.Path}
	}
	return nil
}

// pump copies size bytes. They are hashed beside that, which takes as long as to encrypt them: one buffer is hashed while the
// other is filled.
func pump(ctx context.Context, from io.Reader, size int64, h hash.Hash, to io.Writer, progress func(int64)) error {
	var hashing sync.WaitGroup
	defer hashing.Wait()
	buffers := [2][]byte{}
	for done, turn := int64(0), 0; done < size; turn = 1 - turn {
		if err := ctx.Err(); err != nil {
			return err
		}
		if buffers[turn] == nil {
			buffers[turn] = make([]byte, min(size-done, bufferSize))
		}
		buf := buffers[turn][:min(size-done, bufferSize)]
		if _, err := io.ReadFull(from, buf); err != nil {
			return err
		}
		hashing.Wait()
		hashing.Go(func() { h.Write(buf) })
		if _, err := to.Write(buf); err != nil {
			return err
		}
		done += int64(len(buf))
		progress(done)
	}
	return ctx.Err()
}

// Document is the content of one of the package's files, of at most limit bytes: for the small ones that people read before
// they unpack. It fails with a [Fault].
func (p *Package) Document(ctx context.Context, path string, limit int64) ([]byte, error) {
	at := p.begin
	for _, f := range p.Files {
		if f.Path == path {
			if f.Size > limit {
				return nil, &Fault{Code: FaultHostile, Name: path}
			}
			var b bytes.Buffer
			err := p.copy(ctx, &b, f, at, func(int64) {})
			return b.Bytes(), err
		}
		at += f.Size
	}
	return nil, &Fault{Code: FaultHostile, Name: path, Err: errors.New("not there")}
}
