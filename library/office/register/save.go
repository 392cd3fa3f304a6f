package register

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"

	"github.com/gofrs/flock"

	"butluc/library"
	"butluc/library/internal/atomicfile"
)

// Save writes the register where it changed, whole or not at all. What can't be written is tried again by the next Save.
// What another program wrote meanwhile is kept: rows and fields that only one of the two changed are as that one has them;
// of a field that both changed, this one's is kept. News tells that what the other wrote is in the book now.
func (b *Book) Save() (news bool, err error) {
	b.saving.Lock()
	defer b.saving.Unlock()
	b.mu.Lock()
	mine, dirty := b.doc, b.dirty
	b.dirty = false
	b.mu.Unlock()
	if !dirty {
		return false, nil
	}
	written, err := b.write(mine)
	b.mu.Lock()
	defer b.mu.Unlock()
	if err != nil {
		b.dirty = true
		return false, fmt.Errorf("write register: %w", err)
	}
	b.base, b.doc = written, mergeDocuments(mine, b.doc, written)
	return !reflect.DeepEqual(written, mine), nil
}

// write puts what both this book and the file have into the file, which is locked meanwhile, and gives that.
func (b *Book) write(mine document) (document, error) {
	if err := os.MkdirAll(filepath.Dir(b.path), 0o700); err != nil {
		return document{}, err
	}
	lock := flock.New(b.path + ".lock")
	if err := lock.Lock(); err != nil {
		return document{}, err
	}
	defer func() { _ = lock.Close() }()
	switch theirs, err := b.read(); {
	case err == nil:
		mine = mergeDocuments(b.base, mine, theirs)
	case !errors.Is(err, fs.ErrNotExist):
		return document{}, err
	}
	form := mine
	form.Rows = slices.Clone(mine.Rows)
	for i := range form.Rows { // JSON holds no bytes that are not UTF-8
		form.Rows[i].Path = library.EscapePath(form.Rows[i].Path)
	}
	data, err := json.Marshal(form)
	if err != nil {
		return document{}, err
	}
	return mine, atomicfile.WriteFile(b.path, fileName+".new-", func(w io.Writer) error { _, err := w.Write(data); return err })
}

// mergeDocuments is what there is after base was changed in two places.
func mergeDocuments(base, mine, theirs document) document {
	merged := document{Version: version, Heads: theirs.Heads}
	merge(reflect.ValueOf(base.Heads), reflect.ValueOf(mine.Heads), reflect.ValueOf(&merged.Heads).Elem())
	was, own, other := byID(base.Rows), byID(mine.Rows), byID(theirs.Rows)
	for _, r := range theirs.Rows {
		m, there := own[r.ID]
		before, old := was[r.ID]
		switch {
		case there:
			merge(reflect.ValueOf(before), reflect.ValueOf(m), reflect.ValueOf(&r).Elem())
		case old && before.Same(r):
			continue // taken out here
		}
		merged.Rows = append(merged.Rows, r)
	}
	for _, r := range mine.Rows {
		_, there := other[r.ID]
		before, old := was[r.ID]
		if there || old && before.Same(r) { // in already, or taken out there
			continue
		}
		merged.Rows = append(merged.Rows, r)
	}
	return merged
}

func byID(rows []Row) map[string]Row {
	m := make(map[string]Row, len(rows))
	for _, r := range rows {
		m[r.ID] = r
	}
	return m
}
