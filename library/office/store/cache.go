package store

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"os"
	"path/filepath"
	"slices"

	"butluc/library/internal/atomicfile"
	"butluc/library/internal/plain"
)

// cacheLimit bounds the cache, in bytes; a revision has some thousand.
const cacheLimit = 64 << 20

// cache keeps copies of objects, as encrypted as in the store, in a folder.
type cache struct{ dir string }

func (c cache) path(name string) string {
	h := sha256.Sum256([]byte(name))
	return filepath.Join(c.dir, hex.EncodeToString(h[:16]))
}

func (c cache) get(name string) ([]byte, bool) {
	if c.dir == "" {
		return nil, false
	}
	data, err := plain.ReadOwn(c.path(name), maxListed)
	return data, err == nil
}

// put keeps what it can: the store has it.
func (c cache) put(name string, data []byte) {
	if c.dir == "" || os.MkdirAll(c.dir, 0o700) != nil {
		return
	}
	_ = atomicfile.WriteFile(c.path(name), ".new-", func(w io.Writer) error { _, err := w.Write(data); return err })
}

func (c cache) drop(name string) {
	if c.dir != "" {
		_ = os.Remove(c.path(name))
	}
}

// trim takes the oldest away until the cache is within its limit.
func (c cache) trim() {
	entries, err := os.ReadDir(c.dir)
	if c.dir == "" || err != nil {
		return
	}
	var infos []os.FileInfo
	size := int64(0)
	for _, e := range entries {
		if info, err := e.Info(); err == nil && info.Mode().IsRegular() {
			infos = append(infos, info)
			size += info.Size()
		}
	}
	slices.SortFunc(infos, func(a, b os.FileInfo) int { return a.ModTime().Compare(b.ModTime()) })
	for _, info := range infos {
		if size <= cacheLimit {
			return
		}
		if os.Remove(filepath.Join(c.dir, info.Name())) == nil {
			size -= info.Size()
		}
	}
}
