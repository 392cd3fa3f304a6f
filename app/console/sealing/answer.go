package sealing

import (
	"context"
	"path/filepath"

	"butluc/library/office/answer"
	"butluc/library/office/identity"
	"butluc/library/office/pack"
	"butluc/library/office/share"
)

// SealAnswer seals an answer to who submitted the outline, by the user's key, which is unlocked. title is the case's.
func (s *Sealing) SealAnswer(a answer.Signed, to identity.Card, title, file string, done func(error)) {
	if !s.Free() {
		return
	}
	me := s.me
	s.Jobs.Run(s.Lang.T("answer.sealing"), func(ctx context.Context, progress func(done, total int64)) error {
		seal := pack.Seal{From: me, To: s.opt.Home.Audience([]identity.Card{me.Card(), to}), Now: s.now()}
		_, err := pack.Write(ctx, file, pack.OfAnswer(a, title), seal, progress)
		return err
	}, func(err error) {
		if err != nil {
			s.Notices.TellText(s.Lang.T("sealing.failed", "name", filepath.Base(file), "why", s.Why(err)), true)
		} else {
			s.Notices.TellFile(s.Lang.T("answer.sealed", "name", file, "to", to.Name), file)
		}
		done(err)
	})
}

// ReadAnswer reads the answer that a package brings.
func (s *Sealing) ReadAnswer(o *Opened, done func(answer.Signed, error)) {
	var a answer.Signed
	s.beside(func() error {
		data, err := o.Document(context.Background(), pack.AnswerFile, answer.MaxSize)
		if err == nil {
			a, err = answer.Parse(data)
		}
		return err
	}, func(err error) { done(a, err) })
}

// KeepAnswer keeps an answer in the open case. It fails with [answer.ErrOtherCase] where no case or another one is open, and
// with [answer.ErrOtherOutline].
func (s *Sealing) KeepAnswer(a answer.Signed, done func(error)) {
	file := s.File()
	s.beside(func() error {
		if file == nil {
			return answer.ErrOtherCase
		}
		submitted, err := file.Submitted()
		if len(submitted) == 0 && err != nil {
			return err
		}
		if err := a.About(file.Snapshot().Case.ID, submitted); err != nil {
			return err
		}
		_, err = share.KeepAnswers(file, []answer.Signed{a})
		return err
	}, done)
}

// About is the folder on this machine of the case that an answer is about, "" where none is known.
func (s *Sealing) About(a answer.Signed) string {
	for _, e := range s.Shelf.Cases() {
		if e.ID == a.Case {
			return e.Path
		}
	}
	return ""
}
