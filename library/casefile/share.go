package casefile

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"butluc/library"
	"butluc/library/internal/plain"
	"butluc/library/store"
)

// Shared is what of a case an office's store gets, as it is now.
type Shared struct {
	ID, Title string
	Evidence  []Item // without SHA-256s
	Journals  []Item // by their names alone
	Outline   []byte // as exported
	Approvals []library.Approval
	Answers   [][]byte // of superiors, as they were signed
}

// sharing is what an open case gives to an office's store, and takes from it.
type sharing struct {
	c *Case

	review  *Review  // guarded by the case's mu, as answers are; nil: the case is edited here
	answers [][]byte // of superiors, as they were signed
}

// Share lists what of the case goes into an office's store. It reads no evidence.
func (h *sharing) Share() (Shared, error) {
	s, err := h.c.share()
	if err != nil {
		return Shared{}, fmt.Errorf("list case: %w", err)
	}
	return s, nil
}

func (h *sharing) share() (s Shared, err error) {
	now := h.c.Snapshot()
	if now.OutlineErr != nil {
		return s, now.OutlineErr // a part of it would be missing for all others
	}
	s.ID, s.Title = now.Case.ID, now.Case.Title
	if cover := now.Outline.Cover(); s.Title == filepath.Base(h.c.dir) && cover.CaseTitle != "" {
		s.Title = cover.CaseTitle // a folder's name means something on its machine only
	}
	if s.Outline, err = library.EncodeOutline(now.Outline); err != nil {
		return s, err
	}
	if s.Approvals, err = h.c.store.Approvals(); err != nil {
		return s, err
	}
	s.Answers = now.Answers
	if s.Evidence, err = items(h.c.dir, func(name string) bool { return name != library.Sidecar }, nil); err != nil {
		return s, err
	}
	if err := h.c.flushJournal(); err != nil {
		return s, err
	}
	under := func(name string) bool { return name == journalDir || strings.HasPrefix(name, journalDir+"/") }
	s.Journals, err = items(h.c.Home(), under, path.Base)
	return s, err
}

// items lists files of a folder; name, which may be nil, makes the paths that they are listed by.
func items(dir string, take func(name string) bool, name func(string) string) (list []Item, err error) {
	t, err := newTree(dir, take)
	if errors.Is(err, fs.ErrNotExist) { // a reader's case may have no folder
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	t.root.Close()
	for _, e := range t.entries {
		if e.folder {
			continue
		}
		as := library.EscapePath(filepath.FromSlash(e.name))
		if name != nil {
			as = name(as)
		}
		item, err := itemOf(dir, e.name, as)
		if err != nil {
			return nil, err
		}
		list = append(list, item)
	}
	return list, nil
}

// Database is a copy of the case's database as it is now.
func (h *sharing) Database() ([]byte, error) {
	temp, err := os.MkdirTemp("", "butluc-") // of this user alone
	if err != nil {
		return nil, fmt.Errorf("copy database: %w", err)
	}
	defer func() { _ = os.RemoveAll(temp) }()
	home, err := h.c.store.WriteTo(temp)
	if err != nil {
		return nil, err
	}
	return plain.ReadOwn(filepath.Join(home, store.DatabaseName), store.MaxDatabase)
}

// Home is the folder that has the case's database, mostly its sidecar.
func (h *sharing) Home() string { return h.c.store.Report().Dir }

// TakeApprovals keeps copies of the outline that were submitted elsewhere, beside those that there are. One whose number another copy
// has is kept as a file only.
func (h *sharing) TakeApprovals(list []library.Approval) error {
	for _, a := range list {
		if err := h.c.store.TakeApproval(a); err != nil {
			return fmt.Errorf("keep submitted copy: %w", err)
		}
	}
	approvals, err := h.c.store.Approvals()
	if err != nil {
		return fmt.Errorf("keep submitted copy: %w", err)
	}
	h.c.mu.Lock()
	if n := len(approvals); n > 0 {
		h.c.approval = approvals[n-1]
	}
	h.c.snapshot = nil
	h.c.mu.Unlock()
	h.c.touch()
	return nil
}

// KeepAside writes an outline beside the database, where nothing replaces it, and gives its file.
func (h *sharing) KeepAside(exported []byte, name string) (string, error) {
	dir := filepath.Join(h.c.Home(), "office")
	if err := os.MkdirAll(dir, 0o755); err != nil { //nolint:gosec // as the case folder is
		return "", err
	}
	return WriteNew(filepath.Join(dir, name), func(w io.Writer) error {
		_, err := io.Copy(w, bytes.NewReader(exported))
		return err
	})
}
