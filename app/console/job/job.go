// Package job does long work behind the window, one at a time, and tells at the foot how far it is.
package job

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"butluc/app/console/event"
	"butluc/app/console/label"
	"butluc/app/console/notice"
	"butluc/app/i18n"
	"butluc/library/casefile"
)

// Job is long work behind the window, told at the foot with a way to stop it.
type Job struct {
	Name        string // what it does, in words
	Done, Total int64
	cancel      context.CancelFunc
}

// Runner does long work behind the window, one at a time.
type Runner struct {
	lang    *i18n.Localizer
	events  *event.Bus
	notices *notice.Bar
	cases   int // that were open, with the one that is

	job     Job
	working sync.WaitGroup // the work's goroutines
}

// New makes what does work behind the window.
func New(events *event.Bus, notices *notice.Bar, lang *i18n.Localizer) *Runner {
	return &Runner{lang: lang, events: events, notices: notices}
}

// NextCase is called when another case is open: what was begun before has nobody to be told to.
func (j *Runner) NextCase() { j.cases++ }

// Go runs short work on a goroutine, beside what Run does.
func (j *Runner) Go(f func()) { j.working.Go(f) }

// Wait waits for all that was begun.
func (j *Runner) Wait() { j.working.Wait() }

// progressEvery is how often a job's progress is drawn at most.
const progressEvery = 200 * time.Millisecond

// Now is the work that is being done; ok is false while there is none.
func (j *Runner) Now() (job Job, ok bool) { return j.job, j.job.cancel != nil }

// Stop stops it; what it had begun to write is taken away again by the work itself.
func (j *Runner) Stop() {
	if j.job.cancel != nil {
		j.job.cancel()
	}
}

// Run does work on a goroutine, one at a time. Then done is called on the UI goroutine, unless another case is open by
// then. Opening one stops the work, as a person can: that is told at the foot, and done is not called.
func (j *Runner) Run(name string, work func(ctx context.Context, progress func(done, total int64)) error, done func(error)) {
	if j.job.cancel != nil {
		j.notices.TellText(j.lang.T("job.busy", "name", j.job.Name), true)
		return
	}
	ctx, cancel := context.WithCancel(context.Background())
	j.job = Job{Name: name, cancel: cancel}
	j.events.Changed(event.NoticeChanged)
	of := j.cases
	var last atomic.Int64
	progress := func(done, total int64) {
		now := time.Now().UnixMilli()
		if was := last.Load(); now-was < progressEvery.Milliseconds() || !last.CompareAndSwap(was, now) {
			return
		}
		j.events.Post(func() {
			if j.job.cancel != nil {
				j.job.Done, j.job.Total = done, total
				j.events.Changed(event.NoticeChanged)
			}
		})
	}
	j.working.Go(func() {
		err := work(ctx, progress)
		cancel()
		j.events.Post(func() {
			j.job = Job{}
			j.events.Changed(event.NoticeChanged)
			if errors.Is(err, context.Canceled) {
				j.notices.TellText(j.lang.T("job.stopped", "name", name), false)
				return
			}
			if err != nil {
				slog.Error("job", "name", name, "err", err)
			}
			if j.cases == of { // else what it found is of another case than the one that is open now
				done(err)
			}
		})
	})
}

// Writing writes a file as long work.
type Writing func(ctx context.Context, w io.Writer, progress func(done, total int64)) error

// Save writes a new file as long work: what has its name already stays, and the file gets a number. name and failed are
// the keys of what is said of the work and of its failure; saved says that the file is there, under the name that it got.
func (j *Runner) Save(name, failed, file string, write Writing, saved func(file string) string) {
	j.Run(j.lang.T(name), func(ctx context.Context, progress func(done, total int64)) error {
		as, err := casefile.WriteNew(file, func(w io.Writer) error { return write(ctx, w, progress) })
		if err == nil {
			file = as
		}
		return err
	}, func(err error) {
		if err != nil {
			j.notices.TellText(j.lang.T(failed, "name", file, "why", label.Why(j.lang.In(), err)), true)
			return
		}
		j.notices.TellFile(saved(file), file)
	})
}
