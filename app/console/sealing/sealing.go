// Package sealing is who the user is, and what they seal for others, lock away and open: see [identity] and [pack]. It belongs
// to the window, whichever case is open. None of it goes on while the court is watching.
package sealing

import (
	"context"
	"io"
	"time"

	"butluc/app/console/event"
	"butluc/app/console/job"
	"butluc/app/console/label"
	"butluc/app/console/notice"
	"butluc/app/i18n"
	"butluc/library/casefile"
	"butluc/library/office/identity"
	"butluc/library/office/pack"
	"butluc/library/shelf"
)

// Options are what sealing works with.
type Options struct {
	Home identity.Home // where the user's key is
	// ReadCase opens a case to be sealed, beside whoever has it.
	ReadCase func(ctx context.Context, dir string) (*casefile.Case, error)
	// LockCase opens one that nobody else may have meanwhile; it fails with [casefile.ErrInUse].
	LockCase func(ctx context.Context, dir string) (*casefile.Case, error)
	// WipeCase removes what the cache has of a case, whose files have these SHA-256s.
	WipeCase func(ctx context.Context, dir string, sha256 []string) error
	// PrintPaper prints a recovery key, as PDF.
	PrintPaper func(w io.Writer, card identity.Card, secret string) error
}

// Deps are the window's parts that it works with.
type Deps struct {
	Lang    *i18n.Localizer
	Events  *event.Bus
	Jobs    *job.Runner
	Notices *notice.Bar
	Shelf   *shelf.Shelf
	File    func() *casefile.Case // the open case, nil for none
	Running func() bool           // a trial runs
}

// Sealing seals and opens. It belongs to the UI goroutine.
type Sealing struct {
	Deps
	opt Options
	me  *identity.Identity // once it was unlocked
	now func() time.Time

	broken Order // what was being sealed when it broke off
}

// New makes what seals and opens.
func New(opt Options, d Deps) *Sealing { return &Sealing{Deps: d, opt: opt, now: time.Now} }

// People are the user and whom they know, as the disk has it.
type People struct {
	Own      identity.Card
	Has      bool // there is a key of the user's
	Recovery identity.Card
	Saved    bool // there is a recovery key's card
	Known    []identity.Known
}

// Standing is that of a card.
func (p People) Standing(c identity.Card) identity.Standing {
	return identity.StandingOf(c, p.Own, p.Known)
}

// beside runs work on a goroutine, then done on the UI goroutine.
func (s *Sealing) beside(work func() error, done func(error)) {
	s.Jobs.Go(func() {
		err := work()
		s.Events.Post(func() { done(err) })
	})
}

// Load reads who the user is and whom they know.
func (s *Sealing) Load(done func(People)) {
	var p People
	s.beside(func() (err error) {
		if p.Own, err = s.opt.Home.Card(); err == nil {
			p.Has = true
		}
		if p.Recovery, err = s.opt.Home.Recovery(); err == nil {
			p.Saved = true
		}
		p.Known, err = s.opt.Home.Known()
		return err
	}, func(error) { done(p) }) // what can't be read is as if it were not there
}

// Standings reads whom the user knows, and gives what tells a card's standing by that. It may be called from any goroutine.
func (s *Sealing) Standings() (func(identity.Card) identity.Standing, error) {
	own, _ := s.opt.Home.Card() // there may be none
	known, err := s.opt.Home.Known()
	return func(c identity.Card) identity.Standing { return identity.StandingOf(c, own, known) }, err
}

// Make makes the user's key. kept tells whether the system's keyring took a copy.
func (s *Sealing) Make(p identity.Person, passphrase string, remember bool, done func(kept bool, err error)) {
	var made *identity.Identity
	kept := false
	s.beside(func() (err error) {
		if made, err = identity.New(p, s.now()); err == nil {
			kept, err = s.opt.Home.Keep(made, passphrase, remember)
		}
		return err
	}, func(err error) {
		if err == nil {
			s.me = made
		}
		done(kept, err)
	})
}

// Me is the user's key; nil while it is locked.
func (s *Sealing) Me() *identity.Identity { return s.me }

// Unlocked tells whether the user's key is at hand until the program ends.
func (s *Sealing) Unlocked() bool { return s.me != nil }

// Unlock opens the user's key by its passphrase, or with "" out of the system's keyring.
func (s *Sealing) Unlock(passphrase string, done func(error)) {
	if s.me != nil {
		done(nil)
		return
	}
	var me *identity.Identity
	s.beside(func() (err error) {
		if passphrase == "" {
			me, err = s.opt.Home.Identity()
		} else {
			me, err = s.opt.Home.Unlock(passphrase)
		}
		return err
	}, func(err error) {
		if err == nil {
			s.me = me
		}
		done(err)
	})
}

// AddCard takes a card in from a file: somebody's, or that of the office's recovery key.
func (s *Sealing) AddCard(file string, done func(identity.Card, error)) {
	var c identity.Card
	s.beside(func() error {
		data, err := casefile.ReadFile(file)
		if err == nil {
			c, err = identity.ParseCard(data)
		}
		switch {
		case err != nil:
		case c.Recovery:
			err = s.opt.Home.SetRecovery(c)
		default:
			err = s.opt.Home.Add(c)
		}
		return err
	}, func(err error) { done(c, err) })
}

// SetCompared notes that a fingerprint was compared by voice, or was not.
func (s *Sealing) SetCompared(c identity.Card, compared bool, done func(error)) {
	s.beside(func() error { return s.opt.Home.SetCompared(c, compared) }, done)
}

// Forget takes somebody off those that the user knows.
func (s *Sealing) Forget(c identity.Card, done func(error)) {
	s.beside(func() error { return s.opt.Home.Forget(c) }, done)
}

// SaveCard writes the user's card to a file.
func (s *Sealing) SaveCard(c identity.Card, file string) {
	s.Jobs.Save("identity.saving", "identity.save-failed", file, func(_ context.Context, w io.Writer, _ func(done, total int64)) error {
		_, err := io.WriteString(w, c.Text())
		return err
	}, func(file string) string { return s.Lang.T("identity.saved", "name", file) })
}

// MakeRecovery makes the office's recovery key: a paper to be printed and locked away, and its card, which this machine
// keeps and seals to from then on.
func (s *Sealing) MakeRecovery(office, file string) {
	s.Jobs.Save("recovery.making", "recovery.failed", file, func(_ context.Context, w io.Writer, _ func(done, total int64)) error {
		i, err := identity.NewRecovery(office, s.now())
		if err == nil {
			err = s.opt.PrintPaper(w, i.Card(), i.Secret())
		}
		if err == nil {
			err = s.opt.Home.SetRecovery(i.Card())
		}
		return err
	}, func(file string) string { return s.Lang.T("recovery.made", "name", file) })
}

// Why says why something was refused.
func (s *Sealing) Why(err error) string { return label.OfficeWhy(s.Lang.In(), err) }

// Free tells whether something may be done now, and says why not: while the court is watching, nothing.
func (s *Sealing) Free() bool {
	if s.Running() {
		s.Notices.Tell("sealing.trial-runs", true)
		return false
	}
	return true
}

// Opened is a package that is open, with what is known of its sender.
type Opened struct {
	*pack.Package
	File     string
	Standing identity.Standing
}
