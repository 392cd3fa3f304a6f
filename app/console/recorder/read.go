package recorder

import (
	"context"
	"io"
	"log/slog"

	"butluc/app/console/label"
	"butluc/app/console/signatory"
	"butluc/app/report"
	"butluc/library/office/register"
)

// Read reads the case's journal in the background and hands it to done. One that is not what it
// was says so itself.
func (l *Recorder) Read(done func(report.Record)) {
	if l.dossier.File() == nil {
		return
	}
	read := l.recordReader()
	var r report.Record
	l.jobs.Run(l.labels.In().T("journal.reading"), func(context.Context, func(done, total int64)) (err error) {
		r, err = read()
		return err
	}, func(err error) {
		if err != nil {
			l.notices.TellText(l.labels.In().T("journal.unreadable", "why", label.Why(l.labels.In(), err)), true)
			return
		}
		done(r)
	})
}

// recordReader reads the case's journal as it is by now, on any goroutine.
func (l *Recorder) recordReader() func() (report.Record, error) {
	path, head := l.dossier.File().JournalFiles()
	j, o := l.journal, l.dossier.Outline()
	if j != nil {
		path = j.Path()
	}
	return func() (report.Record, error) {
		if j != nil {
			_ = j.Flush() // what can't be written is told elsewhere
		}
		r, err := report.Read(path, head)
		r.Outline = o
		return r, err
	}
}

// ReadShown reads in the background what the journal has of all hearings of the case, and hands it to done; of a journal that
// can't be read, nothing.
func (l *Recorder) ReadShown(done func(register.Shown)) {
	file := l.dossier.File()
	if file == nil {
		return
	}
	read := l.recordReader()
	l.jobs.Go(func() {
		r, err := read()
		if err != nil {
			slog.Error("read journal", "err", err)
			return
		}
		shown := r.Shown()
		l.events.Post(func() {
			if l.dossier.File() == file {
				done(shown)
			}
		})
	})
}

// Outcome is what there is to say of a trial that ended.
type Outcome struct {
	report.Hearing
	Record  report.Record
	Kept    int    // steps that were made of what was drawn
	Trouble string // that the journal can't be read or written, "" when all is well
}

// ReadHearing reads in the background what the journal has of the trial that ended last, and hands it to done. It waits
// for a journal that is being opened.
func (l *Recorder) ReadHearing(done func(Outcome)) {
	switch {
	case l.dossier.File() == nil:
		return
	case l.opening:
		l.then = func() { l.ReadHearing(done) }
		return
	}
	h := Outcome{Kept: l.drawn(), Trouble: l.Trouble()}
	read, file := l.recordReader(), l.dossier.File()
	l.jobs.Go(func() {
		r, err := read()
		h.Record, h.Hearing = r, r.Last()
		l.events.Post(func() {
			if l.dossier.File() != file {
				return // another case is open by now
			}
			if err != nil && h.Trouble == "" {
				slog.Error("read journal", "err", err)
				h.Trouble = l.labels.In().T("journal.unreadable", "why", label.Why(l.labels.In(), err))
			}
			done(h)
		})
	})
}

// Review writes the sheet from which the hearings of the case are reviewed, DOCX or PDF by the file's ending.
func (l *Recorder) Review(r report.Record, file string) {
	in, x := l.labels.In(), l.dossier.Index()
	rehearsals := r.Last().Rehearsal && len(r.Shown().Days) == 0 // there is nothing else
	l.jobs.Save("print.name", "print.failed", file, func(_ context.Context, w io.Writer, _ func(done, total int64)) error {
		return r.Review(w, file, rehearsals, x)
	}, func(file string) string { return in.T("review.written", "name", file) })
}

// Export writes the journal's list to a file, PDF or CSV by its ending. by, who signs a PDF, may be nil.
func (l *Recorder) Export(r report.Record, by *signatory.Signatory, file string) {
	in := l.labels.In()
	l.jobs.Save("print.name", "print.failed", file,
		by.Writing(func(_ context.Context, w io.Writer, _ func(done, total int64)) error { return r.Write(w, file, in) }),
		func(file string) string {
			return by.Told(in, in.T("journal.exported", "name", file, "count", r.Head.Count, "hash", r.Head.Hash))
		})
}
