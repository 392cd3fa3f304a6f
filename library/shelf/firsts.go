package shelf

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"butluc/library/internal/atomicfile"
	"butluc/library/internal/plain"
)

const (
	firstsDir = "first-pages"
	firstsEnd = ".jpg"
	maxFirsts = 1 << 20 // bytes
)

// firstsFile is where the picture of a case's first pages is kept.
func (s *Shelf) firstsFile(path string) string {
	sum := sha256.Sum256([]byte(path))
	return filepath.Join(filepath.Dir(s.path), firstsDir, hex.EncodeToString(sum[:16])+firstsEnd)
}

// SaveFirsts keeps a picture of a case's first pages, a JPEG of at most a megabyte, so that the list can show it without
// reading the case.
func (s *Shelf) SaveFirsts(path string, picture []byte) error {
	file := s.firstsFile(path)
	err := os.MkdirAll(filepath.Dir(file), 0o700)
	if len(picture) > maxFirsts {
		err = fmt.Errorf("%d bytes", len(picture))
	}
	if err == nil {
		err = atomicfile.WriteFile(file, ".new-", func(w io.Writer) error { _, err := w.Write(picture); return err })
	}
	if err != nil {
		return fmt.Errorf("save first pages: %w", err)
	}
	return nil
}

// Firsts is the picture of a case's first pages. Where there is none the error is [fs.ErrNotExist].
func (s *Shelf) Firsts(path string) ([]byte, error) {
	return plain.ReadOwn(s.firstsFile(path), maxFirsts)
}

// DropFirsts takes the picture of a case's first pages away, where there is one.
func (s *Shelf) DropFirsts(path string) error {
	if err := os.Remove(s.firstsFile(path)); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("drop first pages: %w", err)
	}
	return nil
}
