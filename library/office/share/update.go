package share

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"

	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/office/roster"
	"butluc/library/office/store"
)

// Update brings what others put into the store since the case was fetched, superiors' answers first. Files are added and never replaced; the outline becomes
// theirs by one edit, which can be undone. Where this machine's was edited, too, it fails with [ErrApart], unless choice says
// what becomes of the two: then this machine's version is put into the store first, and a revision that goes on from both last.
func Update(ctx context.Context, s *store.Store, c *casefile.Case, choice Choice, told Progress) (Updated, error) {
	in, err := s.Case(ctx, c.Snapshot().Case.ID)
	if err != nil {
		return Updated{}, err
	}
	answers, err := TakeAnswers(s, c, in)
	if err != nil {
		return Updated{}, err
	}
	l, linked := LinkOf(c, s.ID())
	others := l.others(in)
	if len(others) == 0 || c.Snapshot().Review != nil { // what is here to be read stays the copy that was submitted
		return Updated{Answers: answers}, nil
	}
	shared, err := c.Share()
	if err != nil {
		return Updated{}, fmt.Errorf("%w: %w", ErrKept, err)
	}
	edited := !linked || mark(shared) != l.Mark
	// A base that they did not go on from is a version of this machine's that stands beside theirs.
	apart := edited || len(others) > 1 || slices.ContainsFunc(l.Base, func(id string) bool { return !in.Before(id, others[0].ID) })
	if apart && choice == ChooseNone {
		return Updated{Answers: answers}, ErrApart
	}
	u := updating{Updated: Updated{From: others, Answers: answers}, s: s, c: c, in: in, l: l, told: told}
	if !apart {
		return u.Updated, u.follow(ctx, others[0])
	}
	err = u.join(ctx, shared, edited, choice)
	return u.Updated, err
}

type updating struct {
	Updated
	s    *store.Store
	c    *casefile.Case
	in   store.Case
	l    Link
	told Progress
}

// follow takes over a revision that goes on from what is here.
func (u *updating) follow(ctx context.Context, r store.Revision) error {
	theirs, err := u.bring(ctx, r)
	if err != nil {
		return err
	}
	if err := u.c.Edit(u.c.Snapshot().Outline.ReplaceWith(theirs)); err != nil {
		return fmt.Errorf("take outline: %w", err)
	}
	if err := u.c.Flush(); err != nil {
		return err
	}
	return remember(u.s, u.in, u.c, []string{r.ID})
}

// bring fetches what a revision has: files that are not here, submitted copies, the outline.
func (u *updating) bring(ctx context.Context, r store.Revision) (library.Outline, error) {
	f, err := u.s.Papers(ctx, u.in, r)
	if err != nil {
		return library.Outline{}, err
	}
	u.Logged = f.Logged
	theirs, err := library.DecodeOutline(f.Outline)
	if err != nil {
		return library.Outline{}, fmt.Errorf("take outline: %w", err)
	}
	if err := u.bringFiles(ctx, r); err != nil {
		return library.Outline{}, err
	}
	return theirs, take(u.c, f)
}

func (u *updating) bringFiles(ctx context.Context, r store.Revision) error {
	shared, err := u.c.Share()
	if err != nil {
		return err
	}
	here := map[string]casefile.Item{}
	for _, i := range shared.Evidence {
		here[i.Path] = i
	}
	files, err := u.s.Evidence(ctx, u.in, r)
	if err != nil {
		return err
	}
	files = slices.DeleteFunc(files, func(f store.File) bool {
		i, is := here[f.Path]
		return is && i.Size == f.Size && i.Time.Equal(f.ModTime)
	})
	done, total := int64(0), int64(0)
	for _, f := range files {
		total += f.Size
	}
	root, err := os.OpenRoot(u.c.Dir())
	if err != nil {
		return err
	}
	defer root.Close()
	for _, f := range files {
		err := u.s.FetchFile(ctx, u.in, root, f)
		if errors.Is(err, fs.ErrExist) {
			err = u.beside(ctx, root, f, r)
		}
		if err != nil {
			return fmt.Errorf("%s: %w", library.ReadablePath(f.Path), err)
		}
		done += f.Size
		if u.told != nil {
			u.told(done, total)
		}
	}
	u.c.Rescan()
	return nil
}

// beside writes a file of theirs that differs from the one here under another name: no original is replaced.
func (u *updating) beside(ctx context.Context, root *os.Root, f store.File, r store.Revision) error {
	ending := path.Ext(f.Path)
	f.Path = strings.TrimSuffix(f.Path, ending) + " (" + r.Short() + ")" + ending
	err := u.s.FetchFile(ctx, u.in, root, f)
	if err == nil {
		u.Beside = append(u.Beside, f.Path)
	}
	return err
}

// join brings two versions together.
func (u *updating) join(ctx context.Context, shared casefile.Shared, edited bool, choice Choice) error {
	base, err := baseOf(ctx, u.s, u.in, u.l)
	if err != nil {
		return err
	}
	// This machine's version is kept before anything of it changes.
	switch {
	case !edited:
	case u.in.Right == roster.Edit:
		p, err := publish(ctx, u.s, u.c, u.l, "", nil)
		if err != nil {
			return err
		}
		u.l, _ = LinkOf(u.c, u.s.ID())
		if u.in, err = u.s.Case(ctx, u.in.ID); err != nil {
			return err
		}
		u.From = p.Others
	default:
		name := "de-cuong-" + time.Now().Format("20060102-150405") + ".json"
		if u.Aside, err = u.c.KeepAside(shared.Outline, name); err != nil {
			return err
		}
	}
	outline := u.c.Snapshot().Outline
	parents := slices.Clone(u.l.Base)
	for _, r := range u.From {
		theirs, err := u.bring(ctx, r)
		if err != nil {
			return err
		}
		switch choice {
		case ChooseTheirs:
			outline = theirs
		case ChooseMerge:
			merged, clashes := library.Merge(base, outline, theirs)
			outline, u.Clashes = merged, append(u.Clashes, clashes...)
		case ChooseMine, ChooseNone:
		}
		parents = append(parents, r.ID)
	}
	if err := u.c.Edit(u.c.Snapshot().Outline.ReplaceWith(outline)); err != nil {
		return fmt.Errorf("take outline: %w", err)
	}
	if err := u.c.Flush(); err != nil {
		return err
	}
	if u.in.Right < roster.Edit {
		return remember(u.s, u.in, u.c, parents[len(u.l.Base):])
	}
	l := u.l
	l.Base = parents
	p, err := publish(ctx, u.s, u.c, l, "join: "+string(choice), u.told)
	if err != nil {
		return err
	}
	u.Joined = &p
	return nil
}
