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

// editing is the outline of a case, and what was done to it. Its fields are guarded by the case's mu.
type editing struct {
	c          *Case
	outline    library.Outline
	outlineErr error
	approval   library.Approval // the last
	history    library.History
}

// openOutline reads the outline and its history from the store. What can't be read is left out and
// logged; it stays in the database.
func (d *editing) openOutline() {
	var err error
	if d.outline, err = d.c.store.Outline(); err != nil {
		d.outlineErr = err
		d.c.opts.Log.Error("casefile: read outline", "case", d.c.dir, "err", err)
	}
	if d.history, err = d.c.store.History(); err != nil {
		d.c.opts.Log.Error("casefile: read history", "case", d.c.dir, "err", err)
		d.c.keep(d.c.store.ForgetHistory())
	}
	approvals, err := d.c.store.Approvals()
	if err != nil {
		d.c.opts.Log.Error("casefile: read approvals", "case", d.c.dir, "err", err)
		d.c.found = append(d.c.found, Notice{Code: NoticeApproval, Detail: err.Error()})
	}
	if n := len(approvals); n > 0 {
		d.approval = approvals[n-1]
	}
}

// Submit freezes a copy of the outline for the superior (trình duyệt). The copy is on disk when
// Submit returns without an error. What is edited afterwards is told by
// [library.Outline.Since]. It fails with [library.ErrInvalid] for an outline without steps.
func (d *editing) Submit() (library.Approval, error) {
	a, err := d.submit(d.c.store.LastApproval() + 1)
	if err != nil {
		return library.Approval{}, err
	}
	d.c.touch()
	return a, d.c.store.Flush()
}

func (d *editing) submit(number int) (library.Approval, error) {
	d.c.mu.Lock()
	defer d.c.mu.Unlock()
	if d.c.Doubtful() {
		return library.Approval{}, fmt.Errorf("submit outline: %w", ErrDoubtful)
	}
	if err := d.mayEdit(); err != nil {
		return library.Approval{}, err
	}
	if d.outline.Count(library.TableSteps) == 0 {
		return library.Approval{}, fmt.Errorf("submit outline: it has no steps: %w", library.ErrInvalid)
	}
	a, err := library.NewApproval(d.outline, max(number, d.approval.Number+1), time.Now())
	if err == nil {
		err = d.c.store.PutApproval(a)
	}
	if err != nil {
		return library.Approval{}, err
	}
	d.approval, d.c.snapshot = a, nil
	return a, nil
}

// Edit changes the outline. It is on disk within a second, and can be undone. The edit is refused,
// and nothing changes, where [library.Outline.Apply] refuses it.
func (d *editing) Edit(e library.Edit) error {
	if e.IsZero() {
		return nil
	}
	d.c.mu.Lock()
	err := d.edit(e, func(h *library.History) library.HistoryChange { return h.Do(e, time.Now()) })
	d.c.mu.Unlock()
	if err == nil {
		d.c.touch()
	}
	return err
}

// Undo takes the last edit back and gives its label; ok is false where there is nothing to undo.
func (d *editing) Undo() (label string, ok bool) { return d.step((*library.History).Undo) }

// Redo makes the edit again that was undone last.
func (d *editing) Redo() (label string, ok bool) { return d.step((*library.History).Redo) }

func (d *editing) step(take func(*library.History) (library.Edit, library.HistoryChange)) (string, bool) {
	d.c.mu.Lock()
	h := d.history
	e, change := take(&h)
	if e.IsZero() {
		d.c.mu.Unlock()
		return "", false
	}
	err := d.edit(e, func(*library.History) library.HistoryChange { return change })
	if err == nil {
		d.history = h
	}
	d.c.mu.Unlock()
	if err != nil {
		// The history does not fit the outline, which only damage can bring about. The outline is
		// what counts.
		d.c.opts.Log.Error("casefile: undo", "case", d.c.dir, "err", err)
		return "", false
	}
	d.c.touch()
	return e.Label, true
}

// edit applies an edit and keeps it with what note makes of the history, under mu.
func (d *editing) edit(e library.Edit, note func(*library.History) library.HistoryChange) error {
	if d.c.Doubtful() {
		return fmt.Errorf("edit outline: %w", ErrDoubtful)
	}
	if err := d.mayEdit(); err != nil {
		return err
	}
	next, err := d.outline.Apply(e)
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
	if sources := next.Sourced(records, d.fingerprint); !sources.IsZero() {
		if next, err = next.Apply(sources); err != nil {
			return err
		}
		kept.Changes = append(slices.Clip(kept.Changes), sources.Changes...)
	}
	if err := d.c.store.PutEdit(kept, note(&d.history)); err != nil {
		return err
	}
	d.outline, d.c.snapshot = next, nil
	return nil
}

// fingerprint is the SHA-256 of a file, "" while it is not known, under mu.
func (d *editing) fingerprint(path string) string {
	if i, ok := d.c.index[path]; ok {
		return d.c.files[i].SHA256
	}
	return ""
}

// noteSources notes the fingerprints that became known since steps were prepared, under mu.
func (d *editing) noteSources() {
	if d.mayEdit() != nil {
		return
	}
	sources := d.outline.Sourced(d.outline.Records(), d.fingerprint)
	if sources.IsZero() {
		return
	}
	next, err := d.outline.Apply(sources)
	if err == nil {
		err = d.c.store.PutEdit(sources, d.history.Now())
	}
	if err != nil {
		d.c.keep(err)
		return
	}
	d.outline, d.c.snapshot = next, nil
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
