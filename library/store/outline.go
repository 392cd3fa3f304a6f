package store

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"butluc/library"
)

// keyDone, of the history bucket, holds the number of the newest edit that is done. The edits are
// under their numbers.
const keyDone = "done"

func outlineKey(k library.Key) key { return key{bucketOutline, string(k.Table) + "/" + k.ID} }

func historyKey(seq uint64) key { return key{bucketHistory, fmt.Sprintf("%016x", seq)} }

// Outline gives the outline. Records that can't be read, or do not fit, are left out and told of in
// the error; they stay in the database, and the outline holds all others.
func (s *Store) Outline() (library.Outline, error) {
	s.mu.Lock()
	stored := maps.Clone(s.state[bucketOutline])
	s.mu.Unlock()
	records := make([]library.Record, 0, len(stored))
	var errs []error
	for name, value := range stored {
		table, _, _ := strings.Cut(name, "/")
		r, err := library.DecodeRecord(library.Table(table), value)
		if err == nil && outlineKey(r.Key()).name != name {
			err = fmt.Errorf("is %q", outlineKey(r.Key()).name)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("read outline record %q: %w", name, err))
			continue
		}
		records = append(records, r)
	}
	o, err := library.Load(records)
	return o, errors.Join(append(errs, err)...)
}

// History gives what can be undone and redone. Where a part of it can't be read it is empty, and
// the error says why: to undo past a gap would not go back to what was.
func (s *Store) History() (library.History, error) {
	s.mu.Lock()
	stored := maps.Clone(s.state[bucketHistory])
	s.mu.Unlock()
	var done uint64
	var entries []library.Entry
	for _, name := range slices.Sorted(maps.Keys(stored)) {
		var err error
		var e library.Entry
		if name == keyDone {
			done, err = strconv.ParseUint(string(stored[name]), 10, 64)
		} else if e.Seq, err = strconv.ParseUint(name, 16, 64); err == nil {
			if e.Edit, err = library.DecodeEdit(stored[name]); err == nil {
				entries = append(entries, e)
			}
		}
		if err != nil {
			return library.History{}, fmt.Errorf("read history record %q: %w", name, err)
		}
	}
	return library.NewHistory(entries, done), nil
}

// PutEdit keeps what an edit changed, and what became of the history with it, in one transaction:
// after a crash all of it is there or nothing.
func (s *Store) PutEdit(e library.Edit, h library.HistoryChange) error {
	batch := make(map[key][]byte, len(e.Changes)+len(h.Put)+len(h.Gone)+1)
	for _, c := range e.Changes {
		k := outlineKey(c.Key())
		if c.After == nil {
			batch[k] = nil
			continue
		}
		value, err := library.EncodeRecord(c.After)
		if err != nil {
			return fmt.Errorf("keep outline record %q: %w", k.name, err)
		}
		batch[k] = value
	}
	for _, seq := range h.Gone {
		batch[historyKey(seq)] = nil
	}
	for _, entry := range h.Put {
		value, err := library.EncodeEdit(entry.Edit)
		if err != nil {
			return fmt.Errorf("keep edit: %w", err)
		}
		batch[historyKey(entry.Seq)] = value
	}
	batch[key{bucketHistory, keyDone}] = strconv.AppendUint(nil, h.Done, 10)
	return s.putAll(batch)
}

// ForgetHistory removes all that can be undone or redone.
func (s *Store) ForgetHistory() error {
	batch := map[key][]byte{}
	s.mu.Lock()
	for name := range s.state[bucketHistory] {
		batch[key{bucketHistory, name}] = nil
	}
	s.mu.Unlock()
	return s.putAll(batch)
}
