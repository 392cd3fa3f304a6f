// Package share carries a case between this machine and an office's store: it puts the case there as it is, brings what others put
// there, and where two people edited at once, brings both versions together without losing either.
//
// What a case knows of itself in a store is its [Link], a small file in its sidecar: the revision that its content is or goes on
// from. It holds no secret, and a case without it is one that was never there.
package share

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/internal/plain"
	"butluc/library/office/answer"
	"butluc/library/office/store"
)

// ErrApart says that another prosecutor edited the case since it was fetched, and that this machine's case was edited, too: a person
// chooses what becomes of that.
var ErrApart = errors.New("the case was edited here and by others")

// ErrKept says that a case's own outline can't be read whole, so that it is not given to others.
var ErrKept = errors.New("the outline can't be read whole")

// Progress tells of the bytes done and in all. It may be nil.
type Progress = func(done, total int64)

// Link is where a case stands in a store.
type Link struct {
	Store string   `json:"store"`
	Vault string   `json:"vault"`
	Base  []string `json:"base"` // the revisions that the case is, or goes on from
	Mark  string   `json:"mark"` // what the case was then
}

func linkFile(c *casefile.Case, storeID string) string {
	return filepath.Join(c.Home(), "office", "store-"+filepath.Base(storeID)+".json")
}

// LinkOf reads a case's link to a store; ok is false where there is none.
func LinkOf(c *casefile.Case, storeID string) (l Link, ok bool) {
	data, err := plain.ReadOwn(linkFile(c, storeID), 1<<20)
	if err != nil || json.Unmarshal(data, &l) != nil || l.Store != storeID {
		return Link{}, false
	}
	return l, true
}

func (l Link) keep(c *casefile.Case) error {
	data, err := json.Marshal(l)
	if err != nil {
		return err
	}
	file := linkFile(c, l.Store)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil { //nolint:gosec // as the case folder is
		return fmt.Errorf("remember the store: %w", err)
	}
	return casefile.WriteFile(file, func(w io.Writer) error { _, err := w.Write(data); return err })
}

// mark is what of a case others would get, as a hash.
func mark(s casefile.Shared) string {
	h := sha256.New()
	write := func(v ...any) { _, _ = fmt.Fprintln(h, v...) }
	write(s.Title, len(s.Outline))
	h.Write(s.Outline)
	for _, i := range append(slices.Clone(s.Evidence), s.Journals...) {
		write(i.Path, i.Size, i.Time.UnixNano())
	}
	for _, a := range s.Approvals {
		write(a.Number, a.SHA256)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// State is how the case here and the one in the store are to each other.
type State string

// The states.
const (
	StateNew    State = "new"    // it is not in the store
	StateSame   State = "same"   // both are the same
	StateMine   State = "mine"   // this one was edited since
	StateTheirs State = "theirs" // others edited since
	StateBoth   State = "both"   // both
)

// others are the newest revisions that a case with this link has not.
func (l Link) others(in store.Case) (list []store.Revision) {
	for _, r := range in.Heads {
		if !slices.ContainsFunc(l.Base, func(id string) bool { return in.Before(r.ID, id) }) {
			list = append(list, r)
		}
	}
	return list
}

// StateOf compares. in is the case in the store; the zero Case where it is not there.
func StateOf(c *casefile.Case, storeID string, in store.Case) (State, error) {
	l, linked := LinkOf(c, storeID)
	if in.ID == "" {
		return StateNew, nil
	}
	s, err := c.Share()
	if err != nil {
		return "", err
	}
	mine := !linked || mark(s) != l.Mark
	switch theirs := len(l.others(in)) > 0; {
	case mine && theirs:
		return StateBoth, nil
	case mine:
		return StateMine, nil
	case theirs:
		return StateTheirs, nil
	}
	return StateSame, nil
}

// Published is what came of publishing.
type Published struct {
	Revision store.Revision
	Others   []store.Revision // the newest of others since the case was fetched: they stand beside this one
	Rekeyed  bool
	Logged   error // why the log has no line of it
}

// Publish puts the case into the store as it is now. Where others edited it since, both versions stand beside each other
// ([Published.Others]) until somebody brings them together by [Update].
func Publish(ctx context.Context, s *store.Store, c *casefile.Case, note string, told Progress) (Published, error) {
	l, _ := LinkOf(c, s.ID())
	return publish(ctx, s, c, l, note, told)
}

func publish(ctx context.Context, s *store.Store, c *casefile.Case, l Link, note string, told Progress) (Published, error) {
	if c.Snapshot().Review != nil {
		return Published{}, fmt.Errorf("publish case: %w", casefile.ErrReview)
	}
	shared, err := c.Share()
	if err != nil {
		return Published{}, fmt.Errorf("%w: %w", ErrKept, err)
	}
	order, err := orderOf(c, shared)
	if err != nil {
		return Published{}, err
	}
	order.Vault, order.Parents, order.Note, order.Told = l.Vault, l.Base, note, told
	p, err := s.Publish(ctx, order)
	if err != nil {
		return Published{}, err
	}
	l = Link{s.ID(), p.Case.Vault(), []string{p.Revision.ID}, mark(shared)}
	return Published{p.Revision, l.others(p.Case), p.Rekeyed, p.Logged}, l.keep(c)
}

func orderOf(c *casefile.Case, shared casefile.Shared) (store.Order, error) {
	o := store.Order{Source: store.Source{
		ID: shared.ID, Title: shared.Title, Outline: shared.Outline, Database: c.Database,
	}}
	open := map[string]casefile.Item{}
	for _, i := range shared.Evidence {
		open[i.Path] = i
		o.Files = append(o.Files, store.File{Path: i.Path, Size: i.Size, ModTime: i.Time})
	}
	o.Open = func(path string) (io.ReadCloser, error) { return still(open[path]) }
	for _, a := range shared.Approvals {
		o.Approvals = append(o.Approvals, store.Approval{Number: a.Number, At: a.At, Exported: a.Exported()})
	}
	for _, i := range shared.Journals {
		data, err := readItem(i)
		if err != nil {
			return store.Order{}, fmt.Errorf("read journal: %w", err)
		}
		o.Journals = append(o.Journals, store.Journal{Name: i.Path, Data: data})
	}
	return o, nil
}

func readItem(i casefile.Item) ([]byte, error) {
	r, err := i.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	return io.ReadAll(io.LimitReader(r, i.Size))
}

// still opens a file of the evidence that must not change while it is read.
func still(i casefile.Item) (io.ReadCloser, error) {
	r, err := i.Open()
	if err != nil {
		return nil, err
	}
	return &unchanging{r, i}, nil
}

type unchanging struct {
	io.ReadCloser
	item casefile.Item
}

func (u *unchanging) Read(b []byte) (int, error) {
	n, err := u.ReadCloser.Read(b)
	if errors.Is(err, io.EOF) {
		if f, is := u.ReadCloser.(*os.File); is {
			if info, statErr := f.Stat(); statErr != nil || info.Size() != u.item.Size || !info.ModTime().Equal(u.item.Time) {
				return n, casefile.ErrRestless
			}
		}
	}
	return n, err
}

// Fetch writes a revision of a case into the folder dir, which is new or empty, or where an earlier Fetch was cut off. o opens the case
// that it then is.
func Fetch(ctx context.Context, s *store.Store, in store.Case, r store.Revision, dir string, o casefile.Options, told Progress) error {
	f, err := s.Fetch(ctx, in, r, dir, told)
	if err != nil {
		return err
	}
	o.Paused, o.NoWatch, o.Notify = true, true, nil
	c, err := casefile.Open(ctx, dir, o)
	if err != nil {
		return fmt.Errorf("open what was fetched: %w", err)
	}
	return errors.Join(settle(s, in, r, f, c), c.Close())
}

// settle puts a revision's outline and submitted copies into a fetched case.
func settle(s *store.Store, in store.Case, r store.Revision, f store.Fetched, c *casefile.Case) error {
	if err := take(c, f); err != nil {
		return err
	}
	outline, err := library.DecodeOutline(f.Outline)
	if err == nil {
		err = c.Edit(c.Snapshot().Outline.ReplaceWith(outline))
	}
	if err != nil {
		return fmt.Errorf("take outline: %w", err)
	}
	c.SetTitle(r.Title)
	if err := c.Flush(); err != nil {
		return err
	}
	if _, err := TakeAnswers(s, c, in); err != nil {
		return err
	}
	return remember(s, in, c, []string{r.ID})
}

func take(c *casefile.Case, f store.Fetched) error {
	var list []library.Approval
	for _, a := range f.Approvals {
		approval, err := library.ExportedApproval(a.Number, a.At, a.Exported)
		if err != nil {
			return fmt.Errorf("submitted copy %d: %w", a.Number, err)
		}
		list = append(list, approval)
	}
	return c.TakeApprovals(list)
}

func remember(s *store.Store, in store.Case, c *casefile.Case, base []string) error {
	shared, err := c.Share()
	if err != nil {
		return err
	}
	return Link{s.ID(), in.Vault(), base, mark(shared)}.keep(c)
}

// Choice is what becomes of two versions.
type Choice string

// The choices.
const (
	ChooseNone   Choice = ""       // none: [ErrApart] where there are two
	ChooseMine   Choice = "mine"   // this machine's outline; the others' stays in the store as a revision
	ChooseTheirs Choice = "theirs" // the others'; this machine's stays in the store as a revision
	ChooseMerge  Choice = "merge"  // both together; where both changed the same, this machine's
)

// Updated is what an update did.
type Updated struct {
	From    []store.Revision // whose revisions were taken; none where there was nothing new
	Beside  []string         // files of theirs that differ from one here: they were written beside it, under another name
	Clashes []library.Clash  // of a merge
	Aside   string           // the file that has this machine's outline, which could not be published for want of the right
	Joined  *Published       // the revision that brings both together
	Answers []answer.Signed  // of superiors, that are new here
	Logged  error            // why the log has no line of it
}

// Apart is how two versions differ, of which a person chooses.
type Apart struct {
	Theirs  store.Revision
	Outline library.Outline      // theirs
	Mine    []library.Difference // what was changed here since the version that both began with
	Others  []library.Difference // what they changed since
	Clashes []library.Clash      // what both changed otherwise
}

// Look tells how the case here differs from the newest that others made: nil where they made nothing new.
func Look(ctx context.Context, s *store.Store, c *casefile.Case, in store.Case) (*Apart, error) {
	l, _ := LinkOf(c, s.ID())
	others := l.others(in)
	if len(others) == 0 {
		return nil, nil
	}
	base, err := baseOf(ctx, s, in, l)
	if err != nil {
		return nil, err
	}
	theirs, err := outlineOf(ctx, s, in, others[0])
	if err != nil {
		return nil, err
	}
	mine := c.Snapshot().Outline
	_, clashes := library.Merge(base, mine, theirs)
	return &Apart{others[0], theirs, mine.Since(base), theirs.Since(base), clashes}, nil
}

// baseOf is the outline that the case here began from; the empty one where there is none.
func baseOf(ctx context.Context, s *store.Store, in store.Case, l Link) (library.Outline, error) {
	for _, id := range l.Base {
		if r, ok := in.Revision(id); ok {
			return outlineOf(ctx, s, in, common(in, r))
		}
	}
	return library.Outline{}, nil
}

// common is the newest revision that r and all of the newest go on from, or are; r where there is none.
func common(in store.Case, r store.Revision) store.Revision {
	for _, c := range slices.Backward(in.Revisions) {
		all := in.Before(c.ID, r.ID)
		for _, h := range in.Heads {
			all = all && in.Before(c.ID, h.ID)
		}
		if all {
			return c
		}
	}
	return r
}

func outlineOf(ctx context.Context, s *store.Store, in store.Case, r store.Revision) (library.Outline, error) {
	data, err := s.Outline(ctx, in, r)
	if err != nil {
		return library.Outline{}, err
	}
	return library.DecodeOutline(data)
}
