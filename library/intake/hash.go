package intake

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"os"
	"slices"
	"sync"
	"time"

	"butluc/library"
)

// Hashing reads in pieces of hashPiece bytes and rests as long as each took, so that it has at
// most half a core and half the disk, and the pages that someone waits for have the rest.
const hashPiece = 1 << 20

// heavy is the size of the files that wait while hashing is held: those below take a second at most.
const heavy = 64 << 20

// digest is a SHA-256 of one state of a file, as far as it was read. Several goroutines may read on in it, a piece each in
// turn, and what a cancelled pass has read is not read again.
type digest struct {
	size    int64
	modTime time.Time

	mu  sync.Mutex
	h   hash.Hash
	at  int64  // bytes read
	sum string // in lower-case hexadecimal; "" until all is read
}

// step reads a piece; done tells that the sum is there.
func (d *digest) step(r io.ReaderAt, buf []byte) (n int, done bool, err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.sum != "" {
		return 0, true, nil
	}
	n, err = r.ReadAt(buf, d.at)
	d.h.Write(buf[:n])
	d.at += int64(n)
	if !errors.Is(err, io.EOF) {
		return n, false, err
	}
	d.sum = hex.EncodeToString(d.h.Sum(nil))
	d.h = nil
	return n, true, nil
}

// between is what is done between two pieces, with the bytes of the last and the time that it took.
type between func(ctx context.Context, n int, took time.Duration) error

// finish reads what is left, by way of buf. between is called after each piece; its error ends the reading.
func (d *digest) finish(ctx context.Context, r io.ReaderAt, buf []byte, between between) (string, error) {
	for {
		began := time.Now()
		n, done, err := d.step(r, buf)
		if err == nil {
			err = between(ctx, n, time.Since(began))
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return "", err
		}
		if done {
			return d.sum, nil
		}
	}
}

// hasher keeps the digests that were begun, and who may read.
type hasher struct {
	mu     sync.Mutex
	begun  map[string]*digest // by path
	urgent int                // files that somebody waits for
	held   bool
	moved  chan struct{} // closed and replaced when urgent or held change; nil while nobody waits
}

// of is the digest of a file, begun or new.
func (h *hasher) of(f library.File) *digest {
	h.mu.Lock()
	defer h.mu.Unlock()
	d := h.begun[f.Path]
	if d == nil || d.size != f.Size || !d.modTime.Equal(f.ModTime) {
		d = &digest{size: f.Size, modTime: f.ModTime, h: sha256.New()}
		if h.begun == nil {
			h.begun = map[string]*digest{}
		}
		h.begun[f.Path] = d
	}
	return d
}

// forget drops a digest whose sum is kept with the file.
func (h *hasher) forget(path string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.begun, path)
}

// change changes who may read, under mu.
func (h *hasher) change(change func()) {
	h.mu.Lock()
	defer h.mu.Unlock()
	change()
	if h.moved != nil {
		close(h.moved)
		h.moved = nil
	}
}

// turn waits until a file that nobody waits for may be read on.
func (h *hasher) turn(ctx context.Context, size int64) error {
	for {
		h.mu.Lock()
		if h.urgent == 0 && (!h.held || size < heavy) {
			h.mu.Unlock()
			return ctx.Err()
		}
		if h.moved == nil {
			h.moved = make(chan struct{})
		}
		moved := h.moved
		h.mu.Unlock()
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// HoldHashing lets the fingerprints of large files wait, or go on: what the court waits for has the disk.
func (r *Reader) HoldHashing(held bool) { r.hasher.change(func() { r.hasher.held = held }) }

// Fingerprint is the SHA-256 of a listed file, in lower-case hexadecimal, read at full speed: a pass lets it go first, and
// goes on in what was read here. It may be called while a pass is made, and without one.
func (r *Reader) Fingerprint(ctx context.Context, f library.File) (string, error) {
	r.hasher.change(func() { r.hasher.urgent++ })
	defer r.hasher.change(func() { r.hasher.urgent-- })
	root, err := os.OpenRoot(r.Root)
	if err != nil {
		return "", fmt.Errorf("open case folder: %w", err)
	}
	defer root.Close()
	return r.sum(ctx, root, f, make([]byte, hashPiece), func(context.Context, int, time.Duration) error { return nil })
}

// sum is the SHA-256 of a file that is still as it was listed, before and after it was read.
func (r *Reader) sum(ctx context.Context, root *os.Root, f library.File, buf []byte, between between) (string, error) {
	file, err := open(root, f, r.seam)
	if err != nil {
		return "", err
	}
	defer file.Close()
	sum, err := r.hasher.of(f).finish(ctx, file, buf, between)
	if err != nil {
		return "", err
	}
	info, err := file.Stat()
	if err == nil {
		err = unchanged(f, info)
	}
	if err != nil {
		r.hasher.forget(f.Path)
		return "", err
	}
	return sum, nil
}

// hash takes fingerprints, of small files first: most of a case is known soon, whatever else lies in it.
func (p *pass) hash(ctx context.Context) error {
	if p.NoHash {
		return ctx.Err()
	}
	picked := p.pick(lacksSum)
	slices.SortStableFunc(picked, func(a, b int) int { return int(min(1, max(-1, p.files[a].Size-p.files[b].Size))) })
	read, total := int64(0), int64(0)
	for _, i := range picked {
		total += p.files[i].Size
	}
	told := -1
	tell := func() {
		if now := megabytes(read); now != told {
			told = now
			p.progress(StageHash, now, max(now, megabytes(total)))
		}
	}
	if len(picked) > 0 {
		tell()
	}
	buf := make([]byte, hashPiece)
	for _, i := range picked {
		f, before := p.at(i), read
		sum, err := p.sum(ctx, p.root, f, buf, func(ctx context.Context, n int, took time.Duration) error {
			read += int64(n)
			tell()
			return p.rest(ctx, f.Size, took)
		})
		if ctx.Err() != nil {
			return ctx.Err()
		}
		read = before + f.Size // others may have read a part of it
		now, changed := p.changed(f)
		switch {
		case changed:
			f = now
		case err == nil:
			f.SHA256 = sum
			p.hasher.forget(f.Path)
		case f.Pages == 0:
			f.Fault = faultOf(err)
		} // else it is asked again in the next pass
		p.set(i, f, StageHash, megabytes(read), max(megabytes(read), megabytes(total)))
	}
	return ctx.Err()
}

// lacksSum tells whether a file can be fingerprinted and was not.
func lacksSum(f library.File) bool {
	if f.SHA256 != "" || f.Kind == library.KindLink || f.ModTime.IsZero() {
		return false
	}
	switch f.Fault.Code {
	case library.FaultVanished, library.FaultChanging, library.FaultUnreadable:
		return false
	default:
		return true
	}
}

// rest lets others work after a piece of a file was read.
func (p *pass) rest(ctx context.Context, size int64, took time.Duration) error {
	if p.Eager {
		return p.hasher.turn(ctx, size)
	}
	if err := wait(ctx, took); err != nil {
		return err
	}
	return p.hasher.turn(ctx, size)
}

// megabytes is how many there are in that many bytes, begun ones too.
func megabytes(bytes int64) int { return int((bytes + 1<<20 - 1) >> 20) }
