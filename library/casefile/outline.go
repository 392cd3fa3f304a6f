package casefile

import (
	"fmt"
	"io"
	"slices"
	"time"

	"butluc/library"
	"butluc/library/internal/atomicfile"
	"butluc/library/internal/plain"
)

// openOutline reads the outline and its history from the store. What can't be read is left out and
// logged; it stays in the database.
func (c *Case) openOutline() {
	var err error
	if c.outline, err = c.store.Outline(); err != nil {
		c.outlineErr = err
		c.opts.Log.Error("casefile: read outline", "case", c.dir, "err", err)
	}
	if c.history, err = c.store.History(); err != nil {
		c.opts.Log.Error("casefile: read history", "case", c.dir, "err", err)
		c.keep(c.store.ForgetHistory())
	}
	approvals, err := c.store.Approvals()
	if err != nil {
		c.opts.Log.Error("casefile: read approvals", "case", c.dir, "err", err)
		c.found = append(c.found, Notice{Code: NoticeApproval, Detail: err.Error()})
	}
	if n := len(approvals); n > 0 {
		c.approval = approvals[n-1]
	}
}

// Submit freezes a copy of the outline for the superior (trình duyệt). The copy is on disk when
// Submit returns without an error. What is edited afterwards is told by
// [library.Outline.Since]. It fails with [library.ErrInvalid] for an outline without steps.
func (c *Case) Submit() (library.Approval, error) {
	a, err := c.submit(c.store.LastApproval() + 1)
	if err != nil {
		return library.Approval{}, err
	}
	c.touch()
	return a, c.store.Flush()
}

func (c *Case) submit(number int) (library.Approval, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.Doubtful() {
		return library.Approval{}, fmt.Errorf("submit outline: %w", ErrDoubtful)
	}
	if c.outline.Count(library.TableSteps) == 0 {
		return library.Approval{}, fmt.Errorf("submit outline: it has no steps: %w", library.ErrInvalid)
	}
	a, err := library.NewApproval(c.outline, max(number, c.approval.Number+1), time.Now())
	if err == nil {
		err = c.store.PutApproval(a)
	}
	if err != nil {
		return library.Approval{}, err
	}
	c.approval, c.snapshot = a, nil
	return a, nil
}

// Edit changes the outline. It is on disk within a second, and can be undone. The edit is refused,
// and nothing changes, where [library.Outline.Apply] refuses it.
func (c *Case) Edit(e library.Edit) error {
	if e.IsZero() {
		return nil
	}
	c.mu.Lock()
	err := c.edit(e, func(h *library.History) library.HistoryChange { return h.Do(e, time.Now()) })
	c.mu.Unlock()
	if err == nil {
		c.touch()
	}
	return err
}

// Undo takes the last edit back and gives its label; ok is false where there is nothing to undo.
func (c *Case) Undo() (label string, ok bool) { return c.step((*library.History).Undo) }

// Redo makes the edit again that was undone last.
func (c *Case) Redo() (label string, ok bool) { return c.step((*library.History).Redo) }

func (c *Case) step(take func(*library.History) (library.Edit, library.HistoryChange)) (string, bool) {
	c.mu.Lock()
	h := c.history
	e, change := take(&h)
	if e.IsZero() {
		c.mu.Unlock()
		return "", false
	}
	err := c.edit(e, func(*library.History) library.HistoryChange { return change })
	if err == nil {
		c.history = h
	}
	c.mu.Unlock()
	if err != nil {
		// The history does not fit the outline, which only damage can bring about. The outline is
		// what counts.
		c.opts.Log.Error("casefile: undo", "case", c.dir, "err", err)
		return "", false
	}
	c.touch()
	return e.Label, true
}

// edit applies an edit and keeps it with what note makes of the history, under mu.
func (c *Case) edit(e library.Edit, note func(*library.History) library.HistoryChange) error {
	if c.Doubtful() {
		return fmt.Errorf("edit outline: %w", ErrDoubtful)
	}
	next, err := c.outline.Apply(e)
	if err != nil {
		return err
	}
	kept := e
	records := func(yield func(library.Record) bool) {
		for _, ch := range e.Changes {
			if ch.After != nil && !yield(ch.After) {
				return
			}
		}
	}
	if sources := next.Sourced(records, c.fingerprint); !sources.IsZero() {
		if next, err = next.Apply(sources); err != nil {
			return err
		}
		kept.Changes = append(slices.Clip(kept.Changes), sources.Changes...)
	}
	if err := c.store.PutEdit(kept, note(&c.history)); err != nil {
		return err
	}
	c.outline, c.snapshot = next, nil
	return nil
}

// fingerprint is the SHA-256 of a file, "" while it is not known, under mu.
func (c *Case) fingerprint(path string) string {
	if i, ok := c.index[path]; ok {
		return c.files[i].SHA256
	}
	return ""
}

// noteSources notes the fingerprints that became known since steps were prepared, under mu.
func (c *Case) noteSources() {
	sources := c.outline.Sourced(c.outline.Records(), c.fingerprint)
	if sources.IsZero() {
		return
	}
	next, err := c.outline.Apply(sources)
	if err == nil {
		err = c.store.PutEdit(sources, c.history.Now())
	}
	if err != nil {
		c.keep(err)
		return
	}
	c.outline, c.snapshot = next, nil
}

// WriteFile replaces the file at path by what write writes, whole or not at all.
func WriteFile(path string, write func(io.Writer) error) error {
	return atomicfile.WriteFile(path, ".butluc-", write)
}

// maxImport bounds what a person's file may have, in bytes; a large outline has two million.
const maxImport = 256 << 20

// ReadFile reads a file that a person points at. Only a plain file is read, and none that is far too large for what it
// is to be.
func ReadFile(path string) ([]byte, error) { return plain.ReadFile(path, maxImport) }

// WriteNew is [WriteFile] that replaces nothing: where there is a file at path already, the new one gets a number behind
// its name. It gives the path that was written.
func WriteNew(path string, write func(io.Writer) error) (string, error) {
	return atomicfile.WriteNew(path, ".butluc-", write)
}

// ExportOutline writes an outline to a file, whole or not at all, in the form that can be imported.
func ExportOutline(o library.Outline, file string) error {
	data, err := library.EncodeOutline(o)
	if err == nil {
		err = writeBytes(file, data)
	}
	if err != nil {
		return fmt.Errorf("export outline to %s: %w", file, err)
	}
	return nil
}

// ExportApproval writes the outline as it was submitted, the very bytes that its fingerprint is of.
func ExportApproval(a library.Approval, file string) error {
	if err := writeBytes(file, a.Exported()); err != nil {
		return fmt.Errorf("export approval to %s: %w", file, err)
	}
	return nil
}

func writeBytes(file string, data []byte) error {
	return WriteFile(file, func(w io.Writer) error { _, err := w.Write(data); return err })
}
