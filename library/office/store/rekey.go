package store

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"slices"
	"strings"

	"butluc/library/office/place"
	"butluc/library/office/signed"
)

// Rekey lets a case go on in a new vault, under a new key that only those get who may read it now. All revisions are copied, and
// the contents of the newest; those of older ones stay where they were. Whoever kept the old key can read what they could read
// before, and nothing that comes after. The user leads the office, or may edit the case; else it fails with [ErrRight].
func (s *Store) Rekey(ctx context.Context, c Case, told func(done, total int64)) (Case, error) {
	next, err := s.rekey(ctx, c, told)
	if err != nil {
		return Case{}, fmt.Errorf("change the key of the case: %w", err)
	}
	return next, nil
}

func (s *Store) rekey(ctx context.Context, c Case, told func(done, total int64)) (Case, error) {
	old := c.vaults[0]
	if !s.mayRekey(old, s.me.Card().Fingerprint()) {
		return Case{}, ErrRight
	}
	if told == nil {
		told = func(int64, int64) {}
	}
	// The first copy is of what is large; what others put into the old vault meanwhile is copied once it is closed.
	f := founding{Case: c.ID, Owner: c.Owner, Before: old.id}
	for _, r := range c.Heads {
		f.Carried = append(f.Carried, r.ID)
	}
	v, err := s.newVault(f)
	if err != nil {
		return Case{}, err
	}
	if err := s.carry(ctx, c, v, told); err != nil {
		return Case{}, err
	}
	now, next, err := s.load(ctx, old.id)
	if err != nil {
		return Case{}, err
	}
	if next != "" { // somebody else did it
		c, _, err := s.load(ctx, next)
		return c, err
	}
	if !slices.EqualFunc(now.Heads, c.Heads, func(a, b Revision) bool { return a.ID == b.ID }) {
		return s.rekey(ctx, now, told) // once more: a vault's name fixes which revisions it begins with
	}
	if err := s.share(ctx, v, s.roster.Readers(v.Case, v.Owner)); err != nil {
		return Case{}, err
	}
	data, err := signed.Sign(s.me, purposeClosed, closing{old.id, v.id})
	if err != nil {
		return Case{}, err
	}
	if err := s.put(ctx, old, old.folder()+"/x-"+strings.ToLower(rand.Text()), data); err != nil {
		return Case{}, err
	}
	if err := s.note(ctx, v, ActionRekey, ""); err != nil && !errors.Is(err, place.ErrRefused) {
		return Case{}, err
	}
	rekeyed, _, err := s.load(ctx, v.id)
	return rekeyed, err
}

// carry copies a case into another vault: all revisions and answers, and what the newest hold.
func (s *Store) carry(ctx context.Context, c Case, to *vault, told func(done, total int64)) error {
	done, total := int64(0), int64(0)
	for _, r := range c.Heads {
		total += r.Bytes
	}
	d := s.newSender(ctx, to, func(n int64) {
		done += n
		told(min(done, total), total)
	})
	err := s.carryContents(c, d)
	if waited := d.wait(); waited != nil {
		err = waited
	}
	if err != nil {
		return err
	}
	for _, data := range c.Answers {
		if err := s.put(ctx, to, to.folder()+"/a-"+to.name("answer", Hash(data)), data); err != nil {
			return err
		}
	}
	for _, r := range c.Revisions {
		if r.Standing != Counts {
			continue
		}
		if err := s.put(ctx, to, to.folder()+"/r-"+to.name("revision", r.ID), r.signed); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) carryContents(c Case, d *sender) error {
	for _, r := range c.Heads {
		files, err := s.Evidence(d.ctx, c, r)
		if err != nil {
			return err
		}
		contents := r.manifest.blobs()
		for _, f := range files {
			contents = append(contents, f.blob)
		}
		for _, b := range contents {
			for _, sum := range b.parts() {
				if d.ctx.Err() != nil {
					return d.ctx.Err()
				}
				data, err := s.partOf(d.ctx, c.vaults, sum)
				if err != nil {
					return err
				}
				d.group.Go(func() error { return d.part(sum, data) })
			}
		}
	}
	return nil
}
