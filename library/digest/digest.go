// Package digest takes the hashes by which a biên bản may state a file, all of one file in one reading, and compares.
package digest

import (
	"context"
	"crypto/md5"  //nolint:gosec // biên bản state it
	"crypto/sha1" //nolint:gosec // as above
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"encoding/json"
	"errors"
	"hash"
	"io"
	"os"
	"path/filepath"
	"sync"

	"butluc/library"
	"butluc/library/internal/atomicfile"
)

// ErrChanged says that a file is another than when its SHA-256 was taken.
var ErrChanged = errors.New("the file changed meanwhile")

// algorithms are those of [library.HashAlgorithms], in their order.
var algorithms = []func() hash.Hash{md5.New, sha1.New, sha256.New, sha512.New}

// Of takes the hashes that wanted has any text for, and SHA-256 always, in one reading. progress, which may be nil, is told the
// bytes of each piece. It fails with ctx's error, or that of reading.
func Of(ctx context.Context, r io.Reader, wanted library.Hashes, progress func(n int64)) (library.Hashes, error) {
	var all []io.Writer
	taken := make([]hash.Hash, len(algorithms))
	wanted.SHA256 = "wanted"
	for i, a := range library.HashAlgorithms {
		if *a.Of(&wanted) != "" {
			taken[i] = algorithms[i]()
			all = append(all, taken[i])
		}
	}
	w, buf := io.MultiWriter(all...), make([]byte, 1<<20)
	for {
		if ctx.Err() != nil {
			return library.Hashes{}, ctx.Err()
		}
		n, err := io.ReadFull(r, buf)
		_, _ = w.Write(buf[:n]) // hashes never fail
		if progress != nil {
			progress(int64(n))
		}
		switch {
		case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
			var h library.Hashes
			for i, a := range library.HashAlgorithms {
				if taken[i] != nil {
					*a.Of(&h) = hex.EncodeToString(taken[i].Sum(nil))
				}
			}
			return h, nil
		case err != nil:
			return library.Hashes{}, err
		}
	}
}

// Compared is a file with what is stated of it.
type Compared struct {
	Stated  library.StatedHash
	Own     library.Hashes
	Verdict library.HashVerdict
}

// Comparer compares files with what is stated of them. What it took is kept by the file's SHA-256.
type Comparer struct {
	Cache string // the file that hashes are kept in; "": nowhere

	mu    sync.Mutex
	known map[string]library.Hashes // by SHA-256
}

// kept is the file of a cache.
type kept struct {
	Version int                       `json:"version"`
	Files   map[string]library.Hashes `json:"files"`
}

const keptVersion = 1

// Run compares the files of a case's folder with what is stated of them: reading none twice, and none whose SHA-256 alone is
// stated. A file that is not there, or not read yet, is unknown. progress may be nil. The error is ctx's, or that of the
// folder.
func (c *Comparer) Run(
	ctx context.Context, dir string, files []library.File, stated []library.StatedHash, progress func(done, total int64),
) (map[string]Compared, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.load()
	all, missing, total := c.compared(files, stated)
	if len(missing) == 0 {
		return all, ctx.Err()
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, err
	}
	defer root.Close()
	done := int64(0)
	for _, f := range missing {
		at := all[f.Path]
		own, err := take(ctx, root, f, at.Stated.Hashes, func(n int64) {
			if done += n; progress != nil {
				progress(done, total)
			}
		})
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			continue // it stays unknown
		}
		c.known[own.SHA256] = own.With(c.known[own.SHA256])
		at.Own = c.known[own.SHA256]
		at.Verdict = at.Stated.Compare(at.Own)
		all[f.Path] = at
	}
	c.keep()
	return all, nil
}

// compared is what is known without reading, and the files that must be read, with their bytes together.
func (c *Comparer) compared(files []library.File, stated []library.StatedHash) (all map[string]Compared, missing []library.File, total int64) {
	all = make(map[string]Compared, len(stated))
	byPath := make(map[string]library.File, len(files))
	for _, f := range files {
		byPath[f.Path] = f
	}
	for _, s := range stated {
		f, there := byPath[s.First.Path]
		own := library.Hashes{SHA256: f.SHA256}
		if f.SHA256 != "" {
			own = own.With(c.known[f.SHA256])
		}
		all[s.First.Path] = Compared{s, own, s.Compare(own)}
		if there && !s.Without(own).IsZero() {
			missing, total = append(missing, f), total+f.Size
		}
	}
	return all, missing, total
}

func take(ctx context.Context, root *os.Root, f library.File, wanted library.Hashes, progress func(n int64)) (library.Hashes, error) {
	file, err := root.Open(library.SystemPath(f.Path))
	if err != nil {
		return library.Hashes{}, err
	}
	defer file.Close()
	if info, err := file.Stat(); err != nil || !info.Mode().IsRegular() || info.Size() != f.Size {
		return library.Hashes{}, errors.Join(err, ErrChanged)
	}
	own, err := Of(ctx, file, wanted, progress)
	if err == nil && f.SHA256 != "" && own.SHA256 != f.SHA256 {
		err = ErrChanged
	}
	return own, err
}

func (c *Comparer) load() {
	if c.known != nil {
		return
	}
	c.known = map[string]library.Hashes{}
	data, err := os.ReadFile(c.Cache)
	var k kept
	if err == nil && json.Unmarshal(data, &k) == nil && k.Version == keptVersion && k.Files != nil {
		c.known = k.Files
	}
}

// keep is best effort: what is not kept is taken again.
func (c *Comparer) keep() {
	if c.Cache == "" {
		return
	}
	data, err := json.Marshal(kept{keptVersion, c.known})
	if err == nil && os.MkdirAll(filepath.Dir(c.Cache), 0o700) == nil {
		_ = atomicfile.WriteFile(c.Cache, ".hashes-", func(w io.Writer) error { _, err := w.Write(data); return err })
	}
}
