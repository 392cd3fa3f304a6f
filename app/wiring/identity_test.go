package wiring

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"butluc/library"
	"butluc/library/search/text"
)

// What the cache has of a case goes, and of another case nothing.
func TestTracesOfACaseAreRemoved(t *testing.T) {
	cache := t.TempDir()
	mine, other := filepath.Join(t.TempDir(), "một"), filepath.Join(t.TempDir(), "hai")
	sums := map[string]string{mine: strings.Repeat("a", 64), other: strings.Repeat("b", 64)}
	texts, _ := textDirs(cache, mine)
	store, err := text.Open(texts)
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{mine, other} {
		_, index := textDirs(cache, dir)
		for _, folder := range []string{index, Renditions(cache, dir)} {
			if err := errors.Join(os.MkdirAll(folder, 0o700), os.WriteFile(filepath.Join(folder, "x"), []byte(dir), 0o600)); err != nil {
				t.Fatal(err)
			}
		}
		word := library.Word{Text: "bị", Box: library.Rect{X0: 0.1, Y0: 0.1, X1: 0.2, Y1: 0.2}}
		page := text.Page{Source: text.SourceLayer, Confidence: 100, Lines: []library.Line{library.LineOf([]library.Word{word})}}
		if err := store.Put(text.Key{SHA256: sums[dir]}, page); err != nil {
			t.Fatal(err)
		}
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if err := wipe(cache, mine, []string{sums[mine], ""}); err != nil {
		t.Fatal(err)
	}
	left := map[string]bool{}
	err = filepath.WalkDir(cache, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			left[path] = true
		}
		return err
	})
	if err != nil || len(left) != 3 {
		t.Errorf("left are %v, %v", left, err)
	}
	for path := range left {
		_, index := textDirs(cache, other)
		if !strings.HasPrefix(path, index) && !strings.HasPrefix(path, Renditions(cache, other)) && !strings.Contains(path, sums[other]) {
			t.Errorf("%s is left", path)
		}
	}
	if err := wipe("", mine, nil); err != nil {
		t.Errorf("without a cache: %v", err)
	}
}
