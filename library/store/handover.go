package store

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"

	"butluc/library"
)

// WriteTo makes a sidecar in the case folder dir, which has none, with a database of all that is
// known now, and gives the sidecar's path. The store itself may be anywhere.
func (s *Store) WriteTo(dir string) (home string, err error) {
	home = filepath.Join(dir, library.Sidecar)
	if _, err := os.Lstat(filepath.Join(home, dbName)); err == nil {
		return "", fmt.Errorf("write case store: %s has one", dir)
	}
	if err := prepare(home, true); err != nil {
		return "", fmt.Errorf("write case store: %w", err)
	}
	// A stick that is pulled is a fault in bbolt's mapping.
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	path := filepath.Join(home, dbName)
	if err := create(path, s.all(), s.refusesDatabase); err != nil {
		return "", fmt.Errorf("write case store: %w", err)
	}
	if err := check(s.opts.CheckCommand, path); err != nil {
		return "", fmt.Errorf("write case store: %w", err)
	}
	submitted, _ := s.Approvals() // what can't be read can't be copied
	for _, a := range submitted {
		if err := writeSubmitted(home, a); err != nil {
			return "", fmt.Errorf("write case store: %w", err)
		}
	}
	return home, nil
}

// all gives every record that there is now.
func (s *Store) all() map[key][]byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.state.list()
}

// DatabaseName is what a database is called in its folder; it has at most [MaxDatabase] bytes.
const (
	DatabaseName = dbName
	MaxDatabase  = maxDatabase
)

// TakeApproval keeps a copy of the outline that was submitted elsewhere. Where another copy has its number, it is kept as a file
// only, and [Store.Approvals] gives both.
func (s *Store) TakeApproval(a library.Approval) error {
	have, _ := s.Approvals() // what can't be read is told when the case is opened
	taken := false
	for _, h := range have {
		if h.SHA256 == a.SHA256 && h.Number == a.Number {
			return nil
		}
		taken = taken || h.Number == a.Number
	}
	if taken || a.Number <= 0 {
		return writeSubmitted(s.Report().Dir, a)
	}
	return s.PutApproval(a)
}

// Digest is the SHA-256 of all that is known of the case, in lower-case hexadecimal: of titles, files, settings, outline,
// history and what was submitted, not of how often it was written. The same knowledge makes databases that differ in their
// bytes; it has one digest.
func (s *Store) Digest() string {
	all := s.all()
	for _, name := range []string{keyCommit, keyMark, keyDoubt, keyKnown} {
		delete(all, key{bucketMeta, name})
	}
	order := slices.SortedFunc(maps.Keys(all), func(a, b key) int {
		return cmp.Or(cmp.Compare(a.bucket, b.bucket), cmp.Compare(a.name, b.name))
	})
	h := sha256.New()
	for _, k := range order {
		for _, part := range []string{k.bucket, k.name, string(all[k])} {
			h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(part))))
			h.Write([]byte(part))
		}
	}
	return hex.EncodeToString(h.Sum(nil))
}
