package console

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"time"

	"butluc/app/i18n"
)

// Job is long work behind the window, told at the foot with a way to stop it.
type Job struct {
	Name        string // what it does, in words
	Done, Total int64
	cancel      context.CancelFunc
}

// progressEvery is how often a job's progress is drawn at most.
const progressEvery = 200 * time.Millisecond

// Job is the work that is being done; ok is false while there is none.
func (s *Session) Job() (job Job, ok bool) { return s.job, s.job.cancel != nil }

// StopJob stops it; what it had begun to write is taken away again by the work itself.
func (s *Session) StopJob() {
	if s.job.cancel != nil {
		s.job.cancel()
	}
}

// Run does work on a goroutine, one at a time. Then done is called on the UI goroutine, unless another case is open by
// then. Opening one stops the work, as a person can: that is told at the foot, and done is not called.
func (s *Session) Run(name string, work func(ctx context.Context, progress func(done, total int64)) error, done func(error)) {
	if s.job.cancel != nil {
		s.TellText(i18n.T("job.busy", "name", s.job.Name), true)
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	s.job = Job{Name: name, cancel: cancel}
	s.changed(NoticeChanged)
	of := s.file
	var last atomic.Int64
	progress := func(done, total int64) {
		now := time.Now().UnixMilli()
		if was := last.Load(); now-was < progressEvery.Milliseconds() || !last.CompareAndSwap(was, now) {
			return
		}
		s.opt.Post(func() {
			if s.job.cancel != nil {
				s.job.Done, s.job.Total = done, total
				s.changed(NoticeChanged)
			}
		})
	}
	s.working.Go(func() {
		err := work(ctx, progress)
		cancel()
		s.opt.Post(func() {
			s.job = Job{}
			s.changed(NoticeChanged)
			if errors.Is(err, context.Canceled) {
				s.TellText(i18n.T("job.stopped", "name", name), false)
				return
			}
			if err != nil {
				slog.Error("job", "name", name, "err", err)
			}
			if s.file == of { // else what it found is of another case than the one that is open now
				done(err)
			}
		})
	})
}
