package share

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"butluc/library/casefile"
	"butluc/library/office/answer"
	"butluc/library/office/identity"
	"butluc/library/office/roster"
	"butluc/library/office/store"
)

// ErrNotSubmitted says that the store's case has no outline that was submitted.
var ErrNotSubmitted = errors.New("no outline of this case was submitted")

// AnswersIn gives the answers of a store's case in their order: those that count, by people who may comment on it and did not
// put it there themselves, and those that do not. What nobody signed is in neither.
func AnswersIn(s *store.Store, in store.Case) (counting, refused []answer.Signed) {
	r, _ := s.Roster()
	seen := map[string]bool{}
	for _, data := range in.Answers {
		a, err := answer.Parse(data)
		if err != nil || seen[a.ID] || a.Case != in.ID {
			continue
		}
		seen[a.ID] = true
		who := a.By.Fingerprint()
		if who != in.Owner && r.Right(who, in.ID, in.Owner) >= roster.Comment {
			counting = append(counting, a)
		} else {
			refused = append(refused, a)
		}
	}
	answer.Sort(counting)
	answer.Sort(refused)
	return counting, refused
}

// Awaiting is the submitted outline of a store's case that nobody answered yet; ok is false where there is none.
func Awaiting(s *store.Store, in store.Case) (last store.Submission, ok bool) {
	for _, h := range in.Heads {
		if sub, is := h.Submitted(); is && sub.Number >= last.Number {
			last, ok = sub, true
		}
	}
	counting, _ := AnswersIn(s, in)
	_, answered := answer.Newest(counting, last.SHA256)
	return last, ok && !answered
}

// TakeAnswers keeps the answers that count in the case here, as far as they are about what was submitted of it, and gives those
// that are new.
func TakeAnswers(s *store.Store, c *casefile.Case, in store.Case) ([]answer.Signed, error) {
	counting, _ := AnswersIn(s, in)
	return KeepAnswers(c, counting)
}

// KeepAnswers keeps answers in the case that they are about, and gives those that are new. Any other is left out.
func KeepAnswers(c *casefile.Case, list []answer.Signed) (taken []answer.Signed, err error) {
	submitted, err := c.Submitted()
	if err != nil {
		return nil, fmt.Errorf("keep answers: %w", err)
	}
	now := c.Snapshot()
	for _, a := range list {
		have := slices.ContainsFunc(now.Answers, func(data []byte) bool { return slices.Equal(data, a.Data) })
		if have || a.About(now.Case.ID, submitted) != nil {
			continue
		}
		if err := c.TakeAnswer(a.ID, a.Data); err != nil {
			return taken, err
		}
		taken = append(taken, a)
	}
	return taken, nil
}

// FetchSubmitted is [Fetch] for the superior: the outline is the copy that was submitted last, and the case is marked as one to
// be read. It fails with [ErrNotSubmitted].
func FetchSubmitted(ctx context.Context, s *store.Store, in store.Case, dir string, o casefile.Options, told Progress) (err error) {
	last, ok := store.Submission{}, false
	var r store.Revision
	for _, h := range in.Heads {
		if sub, is := h.Submitted(); is && sub.Number >= last.Number {
			last, r, ok = sub, h, true
		}
	}
	if !ok {
		return ErrNotSubmitted
	}
	if err := Fetch(ctx, s, in, r, dir, o, told); err != nil {
		return err
	}
	o.Paused, o.NoWatch, o.Notify = true, true, nil
	c, err := casefile.Open(ctx, dir, o)
	if err != nil {
		return fmt.Errorf("open what was fetched: %w", err)
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	now := c.Snapshot()
	if now.Approval.SHA256 != last.SHA256 {
		return ErrNotSubmitted
	}
	if err := c.Edit(now.Outline.ReplaceWith(now.Approval.Outline)); err != nil {
		return fmt.Errorf("take submitted outline: %w", err)
	}
	if _, err := TakeAnswers(s, c, in); err != nil {
		return err
	}
	if err := c.Flush(); err != nil {
		return err
	}
	return c.BeginReview(casefile.Review{Number: last.Number, Outline: last.SHA256, From: submitter(in, last, r).Text(), Store: s.ID()})
}

// submitter is who put a submitted copy into the store first: others may have gone on from it since. r has it.
func submitter(in store.Case, last store.Submission, r store.Revision) identity.Card {
	for _, first := range in.Revisions { // none before its parents
		if sub, ok := first.Submitted(); ok && sub.SHA256 == last.SHA256 && first.Standing == store.Counts {
			return first.Author
		}
	}
	return r.Author
}

// Answer puts a superior's answer into the store, beside the case that it is about.
func Answer(ctx context.Context, s *store.Store, a answer.Signed) error {
	in, err := s.Case(ctx, a.Case)
	if err != nil {
		return err
	}
	return s.PutAnswer(ctx, in, a.Data)
}
