// Package console is the window's state without its widgets: the case that is open, the page that is
// looked at, the trial and its court screen. The rooms draw it and tell it what a person did.
//
// A [Session] belongs to the UI goroutine. Renderer and case report from other goroutines; their
// reports are gathered and posted, one post pending at most, and reach the rooms as topics.
package console

import (
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"butluc/app/console/clips"
	"butluc/app/console/court"
	"butluc/app/console/docket"
	"butluc/app/console/event"
	"butluc/app/console/job"
	"butluc/app/console/label"
	"butluc/app/console/notice"
	"butluc/app/console/office"
	"butluc/app/console/provenance"
	"butluc/app/console/recorder"
	"butluc/app/console/sealing"
	"butluc/app/console/settings"
	"butluc/app/console/signatory"
	"butluc/app/console/study"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/journal"
	"butluc/library/machine"
	"butluc/library/office/register"
	"butluc/library/shelf"
	"butluc/library/trace"
	"butluc/presenter/clip"
	"butluc/presenter/projector"
	"butluc/presenter/render"
)

// Options are what a session works with. What may be nil says so.
type Options struct {
	Post        func(func()) // runs a function on the UI goroutine, later
	NewRenderer func(done func(render.Request, *render.Picture, error)) *render.Renderer
	// NewPlayer makes what plays recordings; nil: they stand still.
	NewPlayer func(report func(clip.Report)) clips.Player
	OpenCase  func(ctx context.Context, dir string, r *render.Renderer, notify func()) (*casefile.Case, error)
	Rendition func(library.Case, library.File) render.Source // of an Office file that was made a PDF
	Shelf     *shelf.Shelf
	// Language is the one to begin in; "" for the first that there is.
	Language string
	Court    court.Options
	// Journal is opened instead of the case's own; nil: the case's own.
	Journal func() (*journal.Journal, error)
	// Versions are those that the journal names.
	Versions recorder.Versions
	// Trace is written to; nil: nothing is.
	Trace *trace.Trace
	// Sealing is what the user's key and packages work with.
	Sealing sealing.Options
	// WriteSample writes the sample case into a folder and names it.
	WriteSample func() (dir string, err error)
	// Provenance is what looks who signed files, and takes their hashes.
	Provenance provenance.Options
	// Office is what the office's store works with.
	Office office.Options
}

// Session is the state that the window shows: the case that is open, and what belongs to the window whichever it is.
type Session struct {
	*OpenCase
	*i18n.Localizer // the window's language

	Events   *event.Bus
	Notices  *notice.Bar
	Jobs     *job.Runner
	Settings *settings.Settings
	Court    *court.Court
	Speakers *clips.Speakers
	Register *docket.Docket
	Sealing  *sealing.Sealing
	Office   *office.Office
	Signing  *signatory.Signing

	opt      Options
	renderer *render.Renderer
	opening  string      // folder being opened, "" when none is
	sample   string      // the folder of the sample case, once it was opened
	fresh    atomic.Bool // the case has a new snapshot

	mu        sync.Mutex // guards what other goroutines report to: the open case's, nil while none is open
	pictures  *study.Pictures
	sink      func(render.Request, *render.Picture, error)
	listening func(clip.Report)
}

// New makes a session without a case. Close it.
func New(opt Options) *Session {
	s := withoutCase(opt)
	s.renderer = opt.NewRenderer(s.rendered)
	if p := s.newPlayer(s.played); p != nil {
		s.Speakers.Connect(p)
	}
	s.hold(s.newCase(nil, nil))
	return s
}

// newPlayer makes what plays recordings; nil where they stand still.
func (s *Session) newPlayer(report func(clip.Report)) clips.Player {
	if s.opt.NewPlayer == nil {
		return nil
	}
	return s.opt.NewPlayer(report)
}

// withoutCase makes what belongs to the window alone.
func withoutCase(opt Options) *Session {
	opt.Court.Trace = opt.Trace
	s := &Session{opt: opt, Localizer: i18n.NewLocalizer(opt.Language)}
	s.opt.Court.Urgent = s.setUrgent
	s.Events = event.New(opt.Post, event.Hooks{Trace: opt.Trace, Waits: func() event.Wait { return s.Stage.Wait() }, Gather: s.gather, Wish: func() { s.wish() }})
	s.Notices = notice.New(s.Events, s.Localizer)
	s.Jobs = job.New(s.Events, s.Notices, s.Localizer)
	s.Settings = settings.New(opt.Shelf)
	s.Court = court.New(&s.opt.Court, s.Events, s.Notices, s.Settings, func() { s.Resume.KeepPlace() })
	s.Speakers = clips.NewSpeakers(s.Events, s.Settings)
	s.Register = s.loadRegister()
	s.Sealing = sealing.New(opt.Sealing, sealing.Deps{
		Lang: s.Localizer, Events: s.Events, Jobs: s.Jobs, Notices: s.Notices, Shelf: opt.Shelf,
		File: func() *casefile.Case { return s.Dossier.File() }, Running: func() bool { return s.Stage.Running() },
	})
	s.Signing = signatory.New(s.Localizer, s.Events, s.Jobs, s.Settings, func() bool { return s.Stage.Running() })
	s.Office = office.New(opt.Office, office.Deps{
		Lang: s.Localizer, Events: s.Events, Jobs: s.Jobs, Notices: s.Notices,
		File: func() *casefile.Case { return s.Dossier.File() }, Running: func() bool { return s.Stage.Running() }, Open: s.Open,
		Me: s.Sealing.Me, Unlock: s.Sealing.Unlock, Known: func() { s.Review.Know() },
	})
	s.Events.Subscribe(event.StageChanged, func() {
		if s.Stage.Running() {
			s.Office.Stop()
		}
	})
	return s
}

// setUrgent has this process and the workers go before other programs, as in a trial, or back among them.
func (s *Session) setUrgent(urgent bool) {
	s.renderer.SetUrgent(urgent)
	go func() {
		if err := machine.SetUrgent(os.Getpid(), urgent); err != nil {
			slog.Info("set priority", "err", err)
		}
	}()
}

// loadRegister reads the register of cases, beside the list of those on this laptop. One that can't be read is set aside,
// which is said.
func (s *Session) loadRegister() *docket.Docket {
	book, err := register.Load(s.opt.Shelf.Dir())
	if err != nil {
		slog.Error("read register", "err", err)
		s.Notices.TellText(s.T("register.set-aside", "name", book.SetAside()), true)
	}
	return docket.New(docket.Deps{Lang: s.Localizer, Book: book, Events: s.Events, Jobs: s.Jobs, Notices: s.Notices})
}

// hold puts a case in the place of the one that was open.
func (s *Session) hold(c *OpenCase) {
	s.OpenCase = c
	s.Court.Follow(c.Stage)
	s.Speakers.Follow(c.Stage)
	s.Register.Follow(c.Dossier, c.Edits)
	s.Jobs.NextCase()
}

// Close lets everything go and waits: the case is synced, the workers have ended. It touches no window.
func (s *Session) Close() error {
	s.Events.Close()
	s.connect(nil, nil)
	s.Playback.Leave()
	file := s.Dossier.File()
	if file != nil && s.Stage.Running() { // the window system went first, as on a signal
		s.Stage.Projector().Close() // what plays is recorded first
		s.Recorder.End(journal.KindCut)
		s.Live.KeepAll()
	}
	s.Jobs.Stop()
	s.Signing.Stop()
	s.Readiness.Provenance.Close()
	s.Jobs.Wait()
	s.Listing.Keep()
	_, saved := s.Register.Book.Save()
	s.Dossier.Stop()
	if s.Stage.Projector() != nil {
		s.Stage.Projector().Close()
	}
	err := saved
	if file != nil {
		s.Recorder.Leave()
		err = errors.Join(err, file.Close())
	}
	s.renderer.Close()
	for _, p := range []clips.Player{s.Speakers.Player(), s.Playback.Player()} {
		if p != nil {
			p.Close()
		}
	}
	return err
}

// connect lets what the renderer and the player report reach a case; with nil nothing of it reaches any.
func (s *Session) connect(pictures *study.Pictures, p *projector.Projector) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.pictures, s.sink, s.listening = pictures, nil, nil
	if p != nil {
		s.sink, s.listening = p.Done, p.Heard
	}
}

// rendered takes the outcome of a wish, from any goroutine. One that another case than the open one wished for is dropped.
func (s *Session) rendered(r render.Request, p *render.Picture, err error) {
	s.mu.Lock()
	pictures, sink := s.pictures, s.sink
	s.mu.Unlock()
	if pictures == nil || !pictures.Owns(r.Source) {
		return
	}
	pictures.Take(r, p, err)
	sink(r, p, err)
	pictures.Tell(r, err)
}

// played takes what the player tells, from any goroutine.
func (s *Session) played(r clip.Report) {
	s.Speakers.Toned(r)
	s.mu.Lock()
	heard := s.listening
	s.mu.Unlock()
	if heard != nil {
		heard(r)
	}
}

// gather takes in what the case and the renderer left since the last time.
func (s *Session) gather() event.Topic {
	if s.fresh.Swap(false) {
		s.renew()
	}
	var topics event.Topic
	for _, sheet := range s.Pictures.TakeIncomplete() {
		if p, ok := s.Dossier.PageOf(sheet.Source, sheet.Page); ok && !s.Dossier.Incomplete(p) {
			s.Dossier.File().MarkIncomplete(p)
			topics |= event.ProofChanged
		}
	}
	return topics
}

func (s *Session) opened(dir, wanted string, file *casefile.Case, err error, cancel context.CancelFunc) {
	s.opening = ""
	defer s.Events.Changed(event.CaseChanged | event.ShelfChanged | event.PageChanged | event.StageChanged)
	if err != nil {
		cancel()
		slog.Error("open case", "dir", dir, "err", err)
		s.Notices.TellText(s.T("error.open-case", "name", filepath.Base(dir), "why", label.Why(s.In(), err)), true)
		return
	}
	s.closeCase()
	s.hold(s.newCase(file, cancel))
	s.project(s.projecting())
	s.renew()
	if len(s.Dossier.Pages()) > 0 {
		s.Study.Select(s.Dossier.Pages()[0])
	}
	s.Reading.Follow()
	s.Edits.NoticeOfCase()
	s.Edits.NoticeOfOutline()
	s.Resume.Find()
	s.Listing.Keep()
	s.Study.LookFor(wanted)
	s.Events.Changed(event.CaseOpened)
}

func (s *Session) project(options projector.Options) {
	p := projector.New(options)
	s.Stage.Show(p)
	s.connect(s.Pictures, p)
}

func (s *Session) closeCase() {
	if s.Dossier.File() == nil {
		return
	}
	s.Listing.Keep()
	s.connect(nil, nil)
	s.Jobs.Stop() // it is about this case
	s.drop(s.Speakers.Leave)
	s.Notices.Clear()
	s.hold(s.newCase(nil, nil))
}

// snapshotReady comes from the case, from any goroutine.
func (s *Session) snapshotReady() {
	s.fresh.Store(true)
	s.Events.Changed(event.CaseChanged)
}

// Opening is the folder that is being opened, "" when none is.
func (s *Session) Opening() string { return s.opening }

// Tick lets old lines at the foot go, and sees where the console is; the window calls it once a second.
func (s *Session) Tick(now time.Time) {
	s.Court.Look()
	s.Notices.Tick(now)
}

// OpenSample writes the sample case, where it is not written yet, and opens it.
func (s *Session) OpenSample() {
	go func() {
		dir, err := s.opt.WriteSample()
		s.opt.Post(func() {
			if err != nil {
				slog.Error("write sample", "err", err)
				s.Notices.TellText(s.T("error.sample", "why", label.Why(s.In(), err)), true)
				return
			}
			s.sample = dir
			s.Open(dir)
		})
	}()
}

// SampleIsOpen tells whether the sample case is open, since it was asked for.
func (s *Session) SampleIsOpen() bool {
	snapshot, ok := s.Dossier.Snapshot()
	return ok && s.sample != "" && snapshot.Case.Path == s.sample && s.opening == ""
}

// Start begins the trial: at the first step, or at what is selected. The court screen is black. A trial
// that was cut off goes on where it was.
func (s *Session) Start(here bool) {
	switch {
	case s.Stage.Projector() == nil || s.Stage.Running():
		return
	case s.Court.AsksFirst():
		s.Notices.Tell("astray.start", true)
		s.Events.Changed(event.ScreenChanged)
	case s.Review.Reading() && !s.Settings.Rehearsal():
		s.Notices.Tell("answer.no-trial", true)
	case s.Resume.Unfinished():
		s.Hearing.GoOn()
	case here:
		s.Hearing.Begin(max(0, s.Study.HereAt()), "")
	default:
		s.Hearing.Begin(0, "")
	}
	if s.Stage.Running() && !s.Settings.Rehearsal() {
		s.Listing.Began()
	}
}

// retry asks anew for the pictures of a file, say because its password is known now.
func (s *Session) retry(path string) {
	s.Canvas.Retry()
	s.Stage.Projector().Retry(path)
	s.Events.Changed(event.PictureChanged | event.ProofChanged)
}

// Unlock tries a password on an encrypted file; the file is read again with it.
func (s *Session) Unlock(filePath, password string) {
	e, ok := s.Dossier.Exhibit(filePath)
	if !ok || password == "" {
		return
	}
	s.renderer.Unlock(s.Dossier.SourceOf(e.File), password)
	s.Dossier.File().Update(filePath)
	s.retry(filePath)
}
