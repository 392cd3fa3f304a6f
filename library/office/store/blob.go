package store

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"

	"golang.org/x/sync/errgroup"

	"butluc/library/office/place"
)

// blob is a file's content in a store: the SHA-256 of its parts, by which they are found, and of the whole. It is the same in
// every vault.
type blob struct {
	Size   int64    `json:"size"`
	SHA256 string   `json:"sha256"`
	Parts  []string `json:"parts,omitempty"` // SHA-256s; none where there is one part, which is the whole
}

func (b blob) parts() []string {
	if len(b.Parts) > 0 || b.Size == 0 {
		return b.Parts
	}
	return []string{b.SHA256}
}

// check refuses what no program writes.
func (b blob) check() error {
	want := int((b.Size + partSize - 1) / partSize)
	if b.Size < 0 || len(b.SHA256) != 64 || len(b.parts()) != want {
		return ErrDamaged
	}
	return nil
}

// Hash is the SHA-256 of data, in hexadecimal.
func Hash(data []byte) string {
	h := sha256.Sum256(data)
	return hex.EncodeToString(h[:])
}

func (v *vault) part(sum string) string { return v.objects() + "/" + v.name("part", sum) }

// workers is how many objects are on their way at once. Each takes some 20 MB of memory.
const workers = 4

// sender puts blobs into a vault. What is there is not sent again.
type sender struct {
	s    *vaults
	v    *vault
	have map[string]bool // objects that are there, by their whole names
	told func(int64)     // of bytes done

	ctx   context.Context
	group *errgroup.Group
	free  chan []byte // buffers of a part
	mu    sync.Mutex  // guards have and told
}

func (s *vaults) newSender(ctx context.Context, v *vault, told func(int64)) *sender {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(workers)
	d := &sender{s: s, v: v, have: map[string]bool{}, told: told, ctx: ctx, group: group, free: make(chan []byte, workers+1)}
	for range workers + 1 {
		d.free <- make([]byte, partSize)
	}
	return d
}

// list learns of all objects that are there.
func (d *sender) list() error {
	names, err := d.s.place.List(d.ctx, d.v.objects())
	if err != nil {
		return fmt.Errorf("list what is in the store: %w", err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, name := range names {
		d.have[d.v.objects()+"/"+name] = true
	}
	return nil
}

func (d *sender) knows(b blob) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, sum := range b.parts() {
		d.have[d.v.part(sum)] = true
	}
}

// hasAll tells whether all of a blob is there.
func (d *sender) hasAll(b blob) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	return !slices.ContainsFunc(b.parts(), func(sum string) bool { return !d.have[d.v.part(sum)] })
}

// send reads a file to its end and puts its parts into the vault, behind: [sender.wait] tells how that ended.
func (d *sender) send(r io.Reader) (blob, error) {
	whole := sha256.New()
	b := blob{}
	for last := false; !last; {
		if err := d.ctx.Err(); err != nil {
			return blob{}, err
		}
		buf := <-d.free
		n, err := io.ReadFull(r, buf)
		last = errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
		if err != nil && !last || n == 0 {
			d.free <- buf
			if n == 0 && last {
				break
			}
			return blob{}, err
		}
		data := buf[:n]
		whole.Write(data)
		b.Size += int64(n)
		sum := Hash(data)
		b.Parts = append(b.Parts, sum)
		d.group.Go(func() error {
			defer func() { d.free <- buf }()
			return d.part(sum, data)
		})
	}
	b.SHA256 = hex.EncodeToString(whole.Sum(nil))
	if len(b.Parts) == 1 {
		b.Parts = nil
	}
	return b, nil
}

func (d *sender) part(sum string, data []byte) error {
	name := d.v.part(sum)
	d.mu.Lock()
	there := d.have[name]
	d.have[name] = true
	d.mu.Unlock()
	if !there {
		if err := d.ctx.Err(); err != nil {
			return err
		}
		if err := d.s.put(d.ctx, d.v, name, data); err != nil {
			return err
		}
	}
	d.tell(int64(len(data)))
	return nil
}

func (d *sender) tell(n int64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.told(n)
}

func (d *sender) wait() error { return d.group.Wait() }

// packed writes v as compressed JSON.
func packed(v any) ([]byte, error) {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	if err := json.NewEncoder(z).Encode(v); err != nil {
		return nil, err
	}
	if err := z.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func unpack(data []byte, v any) error {
	plain, err := inflate(data, maxListed*4)
	if err != nil {
		return err
	}
	return decode(plain, v)
}

func inflate(data []byte, limit int64) ([]byte, error) {
	z, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	plain, err := io.ReadAll(io.LimitReader(z, limit+1))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if int64(len(plain)) > limit {
		return nil, fmt.Errorf("%w: too large", ErrDamaged)
	}
	return plain, nil
}

// receive writes a blob's content to w, with every part and the whole compared. Vaults that a case was in before are asked where
// the newest has not all.
func (s *vaults) receive(ctx context.Context, vaults []*vault, b blob, w io.Writer) error {
	if err := b.check(); err != nil {
		return err
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	type answer struct {
		data []byte
		err  error
	}
	sums := b.parts()
	answers := make([]chan answer, len(sums))
	ask := func(i int) {
		if i >= len(sums) {
			return
		}
		answers[i] = make(chan answer, 1)
		go func() {
			data, err := s.partOf(ctx, vaults, sums[i])
			answers[i] <- answer{data, err}
		}()
	}
	for i := range workers {
		ask(i)
	}
	whole, size := sha256.New(), int64(0)
	for i := range sums {
		a := <-answers[i]
		if a.err != nil {
			return a.err
		}
		whole.Write(a.data)
		size += int64(len(a.data))
		if _, err := w.Write(a.data); err != nil {
			return err
		}
		ask(i + workers)
	}
	if size != b.Size || hex.EncodeToString(whole.Sum(nil)) != b.SHA256 {
		return ErrDamaged
	}
	return nil
}

func (s *vaults) partOf(ctx context.Context, vaults []*vault, sum string) ([]byte, error) {
	var errs []error
	for _, v := range vaults {
		data, err := s.get(ctx, v, v.part(sum), maxPart)
		if err == nil && Hash(data) == sum {
			return data, nil
		}
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		switch {
		case errors.Is(err, place.ErrMissing):
			err = ErrIncomplete
		case err == nil, errors.Is(err, place.ErrTooLarge):
			err = ErrDamaged
		}
		errs = append(errs, err)
	}
	return nil, errors.Join(errs...)
}

// receiveAll gives a blob of at most limit bytes.
func (s *vaults) receiveAll(ctx context.Context, vaults []*vault, b blob, limit int64) ([]byte, error) {
	if b.Size > limit {
		return nil, fmt.Errorf("%w: too large", ErrDamaged)
	}
	var out bytes.Buffer
	if err := s.receive(ctx, vaults, b, &out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// zipped compresses data.
func zipped(data []byte) ([]byte, error) {
	var out bytes.Buffer
	z := gzip.NewWriter(&out)
	_, err := z.Write(data)
	err = errors.Join(err, z.Close())
	return out.Bytes(), err
}
