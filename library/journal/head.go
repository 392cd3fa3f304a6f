package journal

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"butluc/library/internal/atomicfile"
	"butluc/library/internal/plain"
)

// Head tells how far a journal goes: the number of its lines and the hash of the last.
type Head struct {
	Count int    `json:"count"`
	Hash  string `json:"hash"` // "" where there is no line
}

// keptHead is a head as it is kept outside of the journal's folder.
type keptHead struct {
	Head
	Journal string `json:"journal"` // the journal's file
}

// HeadFile is the file in dir that keeps the head of the journal at path, of the case with this id. A
// case that was moved has the one that it had; a copy beside the original has its own.
func HeadFile(dir, id, path string) string {
	own := filepath.Join(dir, id+"-"+hashOf([]byte(path))[:16]+".json")
	if _, err := os.Lstat(own); err == nil {
		return own
	}
	others, _ := filepath.Glob(filepath.Join(dir, id+"-*.json")) // an id has no wild cards
	found, most := own, -1
	for _, other := range others {
		k, err := readHead(other)
		if err != nil || k.Count <= most {
			continue
		}
		if _, err := os.Lstat(k.Journal); errors.Is(err, fs.ErrNotExist) {
			found, most = other, k.Count
		}
	}
	return found
}

func readHead(file string) (k keptHead, err error) {
	data, err := plain.ReadOwn(file, 1<<16)
	if err == nil {
		err = json.Unmarshal(data, &k)
	}
	return k, err
}

// KeptHead is the head that was kept in a file, nil where there is none.
func KeptHead(file string) (*Head, error) {
	k, err := readHead(file)
	if errors.Is(err, os.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read journal's head: %w", err)
	}
	return &k.Head, nil
}

// keepHead keeps the head of the journal at path in a file.
func keepHead(file, path string, h Head) error {
	data, err := json.Marshal(keptHead{h, path})
	if err == nil {
		err = os.MkdirAll(filepath.Dir(file), 0o700)
	}
	if err == nil {
		err = atomicfile.WriteFile(file, ".head-", func(w io.Writer) error { _, err := w.Write(data); return err })
	}
	if err != nil {
		return fmt.Errorf("keep journal's head: %w", err)
	}
	return nil
}

// match looks, as a journal is read, whether it goes through a head.
type match struct {
	head Head
	hash string // of the line at head's place; "" while none has told it
}

// note takes the next entry: its prev is the hash of the line before.
func (m *match) note(e Entry) {
	if e.N == m.head.Count+1 {
		m.hash = e.Prev
	}
}

// fault is what is wrong with a journal that was read up to end, nil where it goes through the head.
func (m *match) fault(end Head) *Fault {
	if end.Count == m.head.Count {
		m.hash = end.Hash
	}
	switch {
	case m.head.Count == 0:
		return nil
	case end.Count < m.head.Count:
		return &Fault{end.Count + 1, FaultCut, fmt.Sprintf("the journal had %d lines, %d are left", m.head.Count, end.Count)}
	case cmp.Or(m.hash, "none") != m.head.Hash:
		return &Fault{m.head.Count, FaultForged, "the line is not the one that was kept"}
	}
	return nil
}
