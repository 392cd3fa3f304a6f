package store

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"butluc/library/office/place"
	"butluc/library/office/roster"
)

// PutAnswer puts what a superior says to a submitted outline into a case, as it was signed. The user may at least comment on
// the case; else it fails with [ErrRight].
func (s *Store) PutAnswer(ctx context.Context, c Case, data []byte) error {
	if c.Right < roster.Comment {
		return fmt.Errorf("put answer: %w", ErrRight)
	}
	v := c.vaults[0]
	if err := s.put(ctx, v, v.folder()+"/a-"+v.name("answer", Hash(data)), data); err != nil {
		return fmt.Errorf("put answer: %w", err)
	}
	return nil
}

// readAnswers reads the answers in a vault, whoever put them there: whose counts is told by their signature and the roster.
func (s *vaults) readAnswers(ctx context.Context, c *Case, v *vault, listed []string) error {
	for _, name := range listed {
		if !strings.HasPrefix(name, "a-") {
			continue
		}
		data, err := s.smallOf(ctx, v, v.folder()+"/"+name)
		switch {
		case err == nil && name == "a-"+v.name("answer", Hash(data)):
			c.Answers = append(c.Answers, data)
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil && !unreadable(err) && !errors.Is(err, place.ErrMissing):
			return fmt.Errorf("read answer: %w", err)
		default:
			c.Damaged++
		}
	}
	return nil
}

// Submission tells of a copy of the outline that was submitted, in a revision.
type Submission struct {
	Number int
	SHA256 string
}

// Submitted is the last copy of the outline that a revision has; ok is false where none was submitted.
func (r Revision) Submitted() (last Submission, ok bool) {
	for _, a := range r.manifest.Approvals {
		if a.Number >= last.Number {
			last, ok = Submission{a.Number, a.Content.SHA256}, true
		}
	}
	return last, ok
}
