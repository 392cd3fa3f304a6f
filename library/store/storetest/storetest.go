// Package storetest opens stores for tests and checks their databases when the tests end.
package storetest

import (
	"errors"
	"log/slog"
	"path/filepath"
	"testing"

	"butluc/library/store"
)

// OpenDir opens the store of a folder. When the test ends, the store is closed and its database checked, structure and
// records. Without a DataDir, one in the test's temporary folder is used, never the user's.
func OpenDir(t testing.TB, dir string, o store.Options) *store.Store {
	t.Helper()
	if o.DataDir == "" {
		o.DataDir = t.TempDir()
	}
	if o.Log == nil {
		o.Log = slog.New(slog.NewTextHandler(t.Output(), nil))
	}
	s, err := store.Open(dir, o)
	if err != nil {
		t.Fatalf("open store: %v", err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("close store: %v", err)
		}
		if o.ReadOnly { // may have been opened on a bad one
			return
		}
		err := store.Check(filepath.Join(s.Report().Dir, "case.db"))
		if err != nil && !errors.Is(err, store.ErrInUse) { // the test opened it once more
			t.Errorf("check database: %v", err)
		}
	})
	return s
}
