package console

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"butluc/app/i18n"
	"butluc/library/casefile"
)

// Job is long work behind the window, told at the foot with a way to stop it.
type Job struct {
	Name        string // what it does, in words
	Done, Total int64
	cancel      context.CancelFunc
}

// Jobs are what is done behind the window, one at a time.
type Jobs struct {
	events  *Events
	notices *Notices
	of      *OpenCase // the case that is open

	job     Job
	working sync.WaitGroup // the work's goroutines
}

// progressEvery is how often a job's progress is drawn at most.
const progressEvery = 200 * time.Millisecond

// Now is the work that is being done; ok is false while there is none.
func (j *Jobs) Now() (job Job, ok bool) { return j.job, j.job.cancel != nil }

// Stop stops it; what it had begun to write is taken away again by the work itself.
func (j *Jobs) Stop() {
	if j.job.cancel != nil {
		j.job.cancel()
	}
}

// Run does work on a goroutine, one at a time. Then done is called on the UI goroutine, unless another case is open by
// then. Opening one stops the work, as a person can: that is told at the foot, and done is not called.
func (j *Jobs) Run(name string, work func(ctx context.Context, progress func(done, total int64)) error, done func(error)) {
	if j.job.cancel != nil {
		j.notices.TellText(i18n.T("job.busy", "name", j.job.Name), true)
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	j.job = Job{Name: name, cancel: cancel}
	j.events.Changed(NoticeChanged)
	of := j.of
	var last atomic.Int64
	progress := func(done, total int64) {
		now := time.Now().UnixMilli()
		if was := last.Load(); now-was < progressEvery.Milliseconds() || !last.CompareAndSwap(was, now) {
			return
		}
		j.events.Post(func() {
			if j.job.cancel != nil {
				j.job.Done, j.job.Total = done, total
				j.events.Changed(NoticeChanged)
			}
		})
	}
	j.working.Go(func() {
		err := work(ctx, progress)
		cancel()
		j.events.Post(func() {
			j.job = Job{}
			j.events.Changed(NoticeChanged)
			if errors.Is(err, context.Canceled) {
				j.notices.TellText(i18n.T("job.stopped", "name", name), false)
				return
			}
			if err != nil {
				slog.Error("job", "name", name, "err", err)
			}
			if j.of == of { // else what it found is of another case than the one that is open now
				done(err)
			}
		})
	})
}

// save writes a new file as long work: what has its name already stays, and the file gets a number. name and failed are
// the keys of what is said of the work and of its failure; saved says that the file is there, under the name that it got.
func (j *Jobs) save(name, failed, file string, write writing, saved func(file string) string) {
	j.Run(i18n.T(name), func(ctx context.Context, progress func(done, total int64)) error {
		as, err := casefile.WriteNew(file, func(w io.Writer) error { return write(ctx, w, progress) })
		if err == nil {
			file = as
		}
		return err
	}, func(err error) {
		if err != nil {
			j.notices.TellText(i18n.T(failed, "name", file, "why", why(err)), true)
			return
		}
		j.notices.TellText(saved(file), false)
	})
}
