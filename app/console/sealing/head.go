package sealing

import (
	"errors"
	"log/slog"

	"butluc/library/hearingpack"
	"butluc/library/journal"
	"butluc/library/office/identity"
)

// SignHead signs how far a journal goes, as a hearing ends, by the user's key: where it is open already, or the system's keyring
// has it. Where it is locked nobody is asked: the court is still there. j may be nil.
func (s *Sealing) SignHead(j *journal.Journal, caseID string) {
	if j == nil {
		return
	}
	me, home, at := s.me, s.opt.Home, s.now()
	s.Jobs.Go(func() {
		var err error
		if me == nil {
			me, err = home.Identity()
		}
		if err == nil {
			if err = j.Flush(); err == nil {
				err = hearingpack.SignHead(j.Path(), caseID, j.Head(), me, at)
			}
		}
		if err != nil && !errors.Is(err, identity.ErrNone) && !errors.Is(err, identity.ErrLocked) {
			slog.Error("sign journal", "err", err)
		}
	})
}
