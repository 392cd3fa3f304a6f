package pack

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"time"

	"filippo.io/age"

	"butluc/library/internal/atomicfile"
	"butluc/library/office/identity"
)

// Source is a file that is to be sealed.
type Source struct {
	File
	Open func() (io.ReadCloser, error) // gives at least Size bytes
}

// Contents are what is to be sealed.
type Contents struct {
	Kind    Kind
	Case    string // its id
	Title   string
	Folders []string
	Study   string // see [Header]
	Sources []Source
	Check   func() error // called when all was read: an error says that something changed meanwhile; may be nil
}

// Seal is how a package is sealed.
type Seal struct {
	From       *identity.Identity // nil where nobody signs, which takes a passphrase
	To         []identity.Card    // where there are none, Passphrase opens it
	Passphrase string
	Now        time.Time
	PartSize   int64 // [MinPart] to [MaxPart]; 0 is MaxPart
}

// Write seals a package into a file and those of its further parts. It fails with [ErrExists] where one is there, with
// [ErrRestless] where a file is not what its SHA-256 says, and with [identity.ErrWeak]; a name that no other system can write
// is a [Fault]. After ctx's error nothing is left; after another, what was written is gone on with by a Write of the same
// things to the same file.
func Write(ctx context.Context, file string, c Contents, s Seal, progress Progress) (Header, error) {
	w := writing{file: file, contents: c, seal: s, progress: progress, partSize: s.PartSize}
	if w.partSize == 0 {
		w.partSize = MaxPart
	}
	if w.partSize < MinPart || w.partSize > MaxPart || len(s.To) > maxTo || s.From == nil && len(s.To) > 0 {
		return Header{}, fmt.Errorf("seal %s: %w", file, errors.ErrUnsupported)
	}
	if len(s.To) == 0 {
		if _, err := identity.PassphraseRecipient(s.Passphrase); err != nil {
			return Header{}, err
		}
	}
	if _, err := os.Lstat(file); err == nil {
		return Header{}, ErrExists
	}
	w.contents.Sources = slices.Clone(c.Sources) // sealing that goes on changes them
	w.draft()
	err := w.header.check()
	if err == nil {
		err = w.sign()
	}
	if err != nil {
		return Header{}, err
	}
	err = w.run(ctx)
	if errors.Is(err, context.Canceled) || errors.Is(err, ErrRestless) {
		w.sweep()
	}
	if err != nil {
		return Header{}, fmt.Errorf("seal %s: %w", file, err)
	}
	return w.header, nil
}

type writing struct {
	file     string
	contents Contents
	seal     Seal
	progress Progress
	partSize int64

	header Header
	begin  []byte // of the stream: all before the first file
	secret *age.X25519Identity

	part   int      // that is being written, 0 for none
	out    *os.File // its file
	sealed io.WriteCloser
	room   int64 // left in it
	at     int64 // in the stream
}

// draft makes the header.
func (w *writing) draft() {
	id := make([]byte, idBytes)
	_, _ = rand.Read(id) // which never fails
	c := w.contents
	w.header = Header{
		Version: version, ID: hex.EncodeToString(id), Kind: c.Kind, Sealed: w.seal.Now.UTC().Truncate(time.Second),
		Case: c.Case, Title: c.Title, Folders: c.Folders, Study: c.Study,
	}
	if w.seal.From != nil {
		w.header.From = w.seal.From.Card().Text()
	}
	for _, to := range w.seal.To {
		w.header.To = append(w.header.To, to.Fingerprint())
	}
	for _, s := range c.Sources {
		s.Time = s.Time.UTC().Truncate(time.Second)
		w.header.Files = append(w.header.Files, s.File)
	}
}

// sign makes the stream's beginning.
func (w *writing) sign() error {
	data, err := json.Marshal(w.header)
	if err != nil {
		return err
	}
	if len(data) > maxHeader {
		return &Fault{Code: FaultHostile}
	}
	w.begin = binary.BigEndian.AppendUint32([]byte(magic), uint32(len(data)))
	signature := make([]byte, ed25519.SignatureSize)
	if w.seal.From != nil {
		signature = w.seal.From.Sign(signed, data)
	}
	w.begin = append(append(w.begin, data...), signature...)
	w.secret, err = age.GenerateX25519Identity()
	return err
}

func (w *writing) run(ctx context.Context) (err error) {
	defer func() {
		if w.out != nil {
			w.out.Close()
		}
	}()
	from, err := w.resume(ctx)
	if err != nil {
		return err
	}
	if from < int64(len(w.begin)) {
		if _, err := w.Write(w.begin[from:]); err != nil {
			return err
		}
	}
	at := int64(len(w.begin))
	for _, s := range w.contents.Sources {
		if at+s.Size > from || s.Size == 0 {
			if err := w.source(ctx, s, min(max(from-at, 0), s.Size), told(w.progress, at-int64(len(w.begin)), w.header.Bytes())); err != nil {
				return err
			}
		}
		at += s.Size
	}
	if err := w.finishPart(); err != nil {
		return err
	}
	if w.contents.Check != nil {
		if err := w.contents.Check(); err != nil {
			return err
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	return place(unfinished(w.file, 1), w.file)
}

// source seals a file whose first skip bytes are sealed already.
func (w *writing) source(ctx context.Context, s Source, skip int64, progress func(int64)) error {
	in, err := s.Open()
	if err != nil {
		return err
	}
	defer in.Close()
	h := sha256.New()
	err = pump(ctx, in, skip, h, io.Discard, progress)
	if err == nil {
		err = pump(ctx, in, s.Size-skip, h, w, func(n int64) { progress(skip + n) })
	}
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return fmt.Errorf("%s: %w", s.Path, ErrRestless)
	case err != nil:
		return err
	case hex.EncodeToString(h.Sum(nil)) != s.SHA256:
		return fmt.Errorf("%s: %w", s.Path, ErrRestless)
	}
	return nil
}

// Write seals bytes of the stream, in as many parts as it takes.
func (w *writing) Write(b []byte) (int, error) {
	for n := 0; n < len(b); {
		if w.room == 0 {
			if err := errors.Join(w.finishPart(), w.nextPart()); err != nil {
				return n, err
			}
		}
		some := b[n : n+int(min(int64(len(b)-n), w.room))]
		if _, err := w.sealed.Write(some); err != nil {
			return n, err
		}
		n, w.at, w.room = n+len(some), w.at+int64(len(some)), w.room-int64(len(some))
	}
	return len(b), nil
}

// unfinished is a part's file while it is written; the first part's until all are.
func unfinished(file string, n int) string { return fmt.Sprintf("%s.%03d.unfinished", file, n) }

func (w *writing) nextPart() error {
	w.part++
	to, err := w.recipients()
	if err != nil {
		return err
	}
	if w.part > maxParts {
		return &Fault{Code: FaultHostile}
	}
	name := unfinished(w.file, w.part)
	if w.out, err = os.OpenFile(name, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600); err != nil {
		return err
	}
	if w.sealed, err = age.Encrypt(w.out, to...); err != nil {
		return err
	}
	w.room = capacity(w.partSize, w.part)
	_, err = io.WriteString(w.sealed, preamble(w.header.ID, w.part, w.at, w.secret.String()))
	return err
}

func (w *writing) recipients() ([]age.Recipient, error) {
	if w.part > 1 {
		return []age.Recipient{w.secret.Recipient()}, nil
	}
	if len(w.seal.To) == 0 {
		r, err := identity.PassphraseRecipient(w.seal.Passphrase)
		return []age.Recipient{r}, err
	}
	var to []age.Recipient
	for _, card := range w.seal.To {
		to = append(to, card.Recipient())
	}
	return to, nil
}

// finishPart ends the part that is being written, and gives it its name, but the first.
func (w *writing) finishPart() error {
	if w.out == nil {
		return nil
	}
	err := w.sealed.Close()
	if err == nil {
		err = w.out.Sync()
	}
	err = errors.Join(err, w.out.Close())
	w.out = nil
	if err == nil && w.part > 1 {
		err = place(unfinished(w.file, w.part), partName(w.file, w.part))
	}
	return err
}

// place gives a file its name. There may be none of that name.
func place(from, to string) error {
	if _, err := os.Lstat(to); err == nil {
		return ErrExists
	}
	return atomicfile.Rename(from, to)
}

// sweep removes what this writing, or one before that it goes on with, wrote.
func (w *writing) sweep() {
	for n := 1; n <= w.part; n++ {
		_ = os.Remove(unfinished(w.file, n))
		if n > 1 {
			_ = os.Remove(partName(w.file, n))
		}
	}
}

// resume looks for parts that an earlier writing of the same things left, and gives where in the stream to go on. Their
// bytes were compared again by then.
func (w *writing) resume(ctx context.Context) (int64, error) {
	first := unfinished(w.file, 1)
	if _, err := os.Lstat(first); errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Lstat(partName(w.file, 2)); err == nil {
			return 0, ErrExists // of another package, whose first part is elsewhere
		}
		return 0, nil
	}
	left := w.left(ctx)
	if err := ctx.Err(); err != nil {
		return 0, err
	}
	for n := left + 1; n <= maxParts; n++ { // what was not whole, and is ours
		gone := os.Remove(unfinished(w.file, n)) != nil
		if n > 1 && os.Remove(partName(w.file, n)) != nil && gone {
			break
		}
	}
	return w.at, nil
}

// left counts the parts that can be gone on with, and takes their header and secret over.
func (w *writing) left(ctx context.Context) int {
	var with age.Identity
	if len(w.seal.To) > 0 {
		with = w.seal.From.Age()
	} else if phrase, err := identity.PassphraseIdentity(w.seal.Passphrase); err == nil {
		with = phrase
	} else {
		return 0
	}
	s := &stream{file: w.file}
	defer s.close()
	if s.add(unfinished(w.file, 1), with) != nil {
		return 0
	}
	for n := 2; n <= maxParts; n++ {
		if s.add(partName(w.file, n), s.rest) != nil {
			break
		}
	}
	p := &Package{stream: s, behind: len(w.seal.To) == 0}
	if p.readHeader() != nil || !sameThings(p.Header, w.header) {
		return 0
	}
	at, total := p.begin, p.begin+p.Bytes()
	for i, f := range p.Files {
		if f.SHA256 != w.header.Files[i].SHA256 && at+f.Size > s.end() {
			return 0 // the other database can't be gone on with
		}
		w.contents.Sources[i].File = f
		if at+f.Size > s.end() { // a part of it is there, which can be decrypted at least
			if _, err := io.Copy(io.Discard, io.NewSectionReader(s, at, max(s.end()-at, 0))); err != nil {
				return 0
			}
			break
		}
		if p.copy(ctx, io.Discard, f, at, told(w.progress, at-p.begin, p.Bytes())) != nil {
			return 0
		}
		at += f.Size
	}
	begin := make([]byte, p.begin)
	if _, err := s.ReadAt(begin, 0); err != nil || s.end() > total {
		return 0
	}
	w.header, w.begin, w.secret = p.Header, begin, s.rest.(*age.X25519Identity)
	w.at, w.part, w.room = s.end(), len(s.parts), 0
	return w.part
}

// comparable are a header's files, the database by what it knows.
func comparable(h Header) []File {
	files := slices.Clone(h.Files)
	for i, f := range files {
		if f.Path == databaseFile && h.Study != "" {
			files[i] = File{Path: f.Path}
		}
	}
	return files
}

// sameThings tells whether two headers are of the same things, for the same receivers.
func sameThings(a, b Header) bool {
	a.ID, a.Sealed = b.ID, b.Sealed
	a.Files, b.Files = comparable(a), comparable(b)
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && bytes.Equal(x, y)
}
