package store

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"butluc/library"
)

// Approvals gives the copies of the outline that were submitted, in order. Those that can't be read
// are left out and told of in the error; they stay in the database.
func (s *Store) Approvals() ([]library.Approval, error) {
	s.mu.Lock()
	stored := maps.Clone(s.state[bucketApprovals])
	s.mu.Unlock()
	var list []library.Approval
	var errs []error
	for _, name := range slices.Sorted(maps.Keys(stored)) {
		a, err := library.DecodeApproval(stored[name])
		if err == nil && approvalKey(a.Number).name != name {
			err = fmt.Errorf("is number %d", a.Number)
		}
		if err != nil {
			errs = append(errs, fmt.Errorf("read approval %q: %w", name, err))
			continue
		}
		list = append(list, a)
	}
	return list, errors.Join(errs...)
}

// PutApproval keeps a copy of the outline that was submitted.
func (s *Store) PutApproval(a library.Approval) error {
	value, err := library.EncodeApproval(a)
	if err != nil {
		return fmt.Errorf("keep approval: %w", err)
	}
	return s.putAll(map[key][]byte{approvalKey(a.Number): value})
}

func approvalKey(number int) key { return key{bucketApprovals, fmt.Sprintf("%08d", number)} }
