package sealing

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"strings"
	"time"

	"butluc/app/console/event"
	"butluc/library/casefile"
	"butluc/library/office/identity"
	"butluc/library/office/pack"
)

// Order says what is to be sealed, for whom, and into which file.
type Order struct {
	Dir        string          // of the case
	Only       []string        // files and folders of it; nil: all
	Study      bool            // outline, excerpts and journal go along
	To         []identity.Card // where there are none, Passphrase opens it
	Passphrase string
	File       string

	Submission bool // to a superior, who reads and answers it
}

// FileIn is a new package's file in a folder. Its name tells nothing of what is in it: whoever finds the stick reads it. Where
// sealing the same case into the same folder broke off, as when the stick was pulled, it is that file: sealing goes on.
func (s *Sealing) FileIn(folder, caseDir string) string {
	if s.broken.Dir == caseDir && filepath.Dir(s.broken.File) == filepath.Clean(folder) {
		return s.broken.File
	}
	return filepath.Join(folder, "goi-"+s.now().Format("20060102-150405")+".butluc")
}

// Seal seals a case that is open, or any other, by the user's key, which is unlocked.
func (s *Sealing) Seal(o Order, done func(error)) {
	if !s.Free() {
		return
	}
	me, file := s.me, s.File()
	s.Jobs.Run(s.Lang.T("sealing.name"), func(ctx context.Context, progress func(done, total int64)) error {
		c, closeCase, err := s.caseAt(ctx, o.Dir, file)
		if err != nil {
			return err
		}
		defer closeCase()
		return s.write(ctx, c, me, o, progress)
	}, func(err error) {
		s.broken = Order{}
		if err != nil {
			s.broken = o
			s.Notices.TellText(s.Lang.T("sealing.failed", "name", filepath.Base(o.File), "why", s.Why(err)), true)
		} else {
			s.Notices.TellFile(s.Lang.T("sealing.done", "name", o.File), o.File)
		}
		done(err)
	})
}

func (s *Sealing) write(ctx context.Context, c *casefile.Case, me *identity.Identity, o Order, progress pack.Progress) (err error) {
	seal := pack.Seal{From: me, Passphrase: o.Passphrase, Now: s.now()}
	if o.To != nil {
		seal.To = s.opt.Home.Audience(append([]identity.Card{me.Card()}, o.To...))
	}
	of := func() (pack.Contents, func() error, error) { return pack.OfCase(ctx, c, o.Only, o.Study, progress) }
	if o.Submission {
		of = func() (pack.Contents, func() error, error) { return pack.OfSubmission(ctx, c, me.Card(), progress) }
	}
	contents, closeContents, err := of()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, closeContents()) }()
	_, err = pack.Write(ctx, o.File, contents, seal, progress)
	return err
}

// caseAt is the open case where it is the one in a folder, else that one, open for reading.
func (s *Sealing) caseAt(ctx context.Context, dir string, open *casefile.Case) (c *casefile.Case, closeIt func(), err error) {
	if open != nil && open.Dir() == dir {
		return open, func() {}, nil
	}
	c, err = s.opt.ReadCase(ctx, dir)
	if err != nil {
		return nil, nil, err
	}
	return c, func() { _ = c.Close() }, nil // it was read
}

// Behind tells whether a passphrase opens a package.
func (s *Sealing) Behind(file string, done func(bool, error)) {
	behind := false
	s.beside(func() (err error) {
		behind, err = pack.BehindPassphrase(file)
		return err
	}, func(err error) { done(behind, err) })
}

// Open opens a package: by a passphrase, by a recovery key as it was typed, or where both are "" by the user's key, which is
// unlocked.
func (s *Sealing) Open(file, passphrase, recovery string, done func(*Opened, error)) {
	o := &Opened{File: file}
	me := s.me
	s.beside(func() (err error) {
		k := pack.Keys{Identity: me, Passphrase: passphrase}
		if recovery != "" {
			k.Identity, err = identity.FromSecret(recovery, identity.Person{Name: "?", Office: "?"}, true, s.now())
			if err != nil {
				return err
			}
		}
		if o.Package, err = pack.Open(file, k); err != nil {
			return err
		}
		own, _ := s.opt.Home.Card() // there may be none
		known, _ := s.opt.Home.Known()
		o.Standing = identity.StandingOf(o.Sender, own, known)
		return nil
	}, func(err error) { done(o, err) })
}

// Verify reads a package to its end.
func (s *Sealing) Verify(o *Opened, done func(error)) {
	s.Jobs.Run(s.Lang.T("package.verifying"), func(ctx context.Context, progress func(done, total int64)) error {
		return o.Verify(ctx, progress)
	}, done)
}

// Unpack writes a package into a folder of its own below one: named as the case, with a number where there is another. dir is
// that one.
func (s *Sealing) Unpack(o *Opened, below string, done func(dir string, got pack.Unpacked, err error)) {
	var got pack.Unpacked
	dir := ""
	s.Jobs.Run(s.Lang.T("package.unpacking"), func(ctx context.Context, progress func(done, total int64)) (err error) {
		const most = 99
		for n := 1; n <= most; n++ {
			dir = filepath.Join(below, folderName(o.Title, n))
			if got, err = o.Unpack(ctx, dir, progress); !errors.Is(err, pack.ErrNotEmpty) {
				break
			}
		}
		return err
	}, func(err error) { done(dir, got, err) })
}

// Lock seals a case, opens the package again and compares it with the folder, file for file. Nothing is removed: that is
// [Sealing.RemoveOriginals].
func (s *Sealing) Lock(o Order, done func(error)) {
	if !s.Free() {
		return
	}
	me := s.me
	s.Jobs.Run(s.Lang.T("lock.name"), func(ctx context.Context, progress func(done, total int64)) (err error) {
		c, err := s.mine(ctx, o.Dir)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, c.Close()) }()
		if err := s.write(ctx, c, me, o, progress); err != nil {
			return err
		}
		if err := s.matches(ctx, o, me, c, progress, nil); err != nil {
			return errors.Join(err, pack.Remove(o.File)) // it is of no use
		}
		return nil
	}, done)
}

// RemoveOriginals compares a package with the case's folder once more, and then takes away what is in it.
func (s *Sealing) RemoveOriginals(o Order, done func(left int, err error)) {
	if !s.Free() {
		return
	}
	me, left := s.me, 0
	s.Jobs.Run(s.Lang.T("lock.removing"), func(ctx context.Context, progress func(done, total int64)) error {
		c, err := s.mine(ctx, o.Dir)
		if err != nil {
			return err
		}
		return s.matches(ctx, o, me, c, progress, func(p *pack.Package) (err error) {
			if err := errors.Join(c.Close(), ctx.Err()); err != nil {
				return err
			}
			if left, err = p.RemoveOriginals(o.Dir); err == nil {
				err = s.wipe(ctx, o.Dir, sumsOf(p.Files))
			}
			return err
		})
	}, func(err error) {
		s.Events.Changed(event.ShelfChanged)
		done(left, err)
	})
}

// matches compares a package with an open case; where it is the same, then does the rest.
func (s *Sealing) matches(ctx context.Context, o Order, me *identity.Identity, c *casefile.Case, progress pack.Progress, then func(*pack.Package) error) error {
	keys := pack.Keys{Identity: me, Passphrase: o.Passphrase}
	p, err := pack.Open(o.File, keys)
	if err == nil {
		defer func() { _ = p.Close() }() // it was read
		err = p.Matches(ctx, c, progress)
	}
	if err != nil {
		return errors.Join(err, c.Close())
	}
	if then != nil {
		return then(p)
	}
	return nil
}

// mine opens a case that nobody else may have. The window may have closed it a moment ago.
func (s *Sealing) mine(ctx context.Context, dir string) (*casefile.Case, error) {
	for try := 0; ; try++ {
		c, err := s.opt.LockCase(ctx, dir)
		const tries = 20
		if err == nil || try == tries || !errors.Is(err, casefile.ErrInUse) {
			return c, err
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(250 * time.Millisecond):
		}
	}
}

// Wipe removes what this machine keeps of a case outside of its folder: pictures, texts, index, its place in the list.
func (s *Sealing) Wipe(dir string, done func(error)) {
	if !s.Free() {
		return
	}
	s.Jobs.Run(s.Lang.T("wipe.name"), func(ctx context.Context, _ func(done, total int64)) error {
		var sums []string
		if c, err := s.opt.ReadCase(ctx, dir); err == nil { // its folder may be gone
			for _, f := range c.Snapshot().Case.Files {
				sums = append(sums, f.SHA256)
			}
			_ = c.Close() // it was read
		}
		return s.wipe(ctx, dir, sums)
	}, func(err error) {
		s.Events.Changed(event.ShelfChanged)
		done(err)
	})
}

func sumsOf(files []pack.File) []string {
	var sums []string
	for _, f := range files {
		sums = append(sums, f.SHA256)
	}
	return sums
}

func (s *Sealing) wipe(ctx context.Context, dir string, sums []string) error {
	settings := s.Shelf.Settings()
	maps.DeleteFunc(settings.More, func(_, value string) bool {
		inJSON := strings.ReplaceAll(dir, `\`, `\\`) // some keep several things at once
		return strings.Contains(value, dir) || strings.Contains(value, inJSON)
	})
	return errors.Join(s.opt.WipeCase(ctx, dir, sums), s.Shelf.Forget(dir), s.Shelf.SetSettings(settings))
}

// Stop stops what is being sealed or opened, as a trial begins.
func (s *Sealing) Stop() {
	j, ok := s.Jobs.Now()
	if !ok {
		return
	}
	for _, key := range []string{"sealing.name", "package.verifying", "package.unpacking", "lock.name", "lock.removing", "wipe.name"} {
		if j.Name == s.Lang.T(key) {
			s.Jobs.Stop()
		}
	}
}

// TakeCard takes in the card of who sealed a package.
func (s *Sealing) TakeCard(c identity.Card, done func(error)) {
	s.beside(func() error { return s.opt.Home.Add(c) }, done)
}

// folderName is what the nth folder of an unpacked case is called.
func folderName(title string, n int) string {
	name := pack.FolderName(title)
	if name == "" {
		name = "ho-so"
	}
	if n > 1 {
		name += fmt.Sprintf(" (%d)", n)
	}
	return name
}
