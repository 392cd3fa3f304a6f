// Package console is the window's state without its widgets: the case that is open, the page that is
// looked at, the trial and its court screen. The rooms draw it and tell it what a person did.
//
// A [Session] belongs to the UI goroutine. Renderer and case report from other goroutines; their
// reports are gathered and posted, one post pending at most, and reach the rooms as topics.
package console

import (
	"context"
	"log/slog"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"time"

	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/journal"
	"butluc/library/shelf"
	"butluc/presenter"
	"butluc/presenter/clip"
	"butluc/presenter/display"
	"butluc/presenter/projector"
	"butluc/presenter/render"
)

// Topic is a set of things that changed.
type Topic uint16

// The topics.
const (
	CaseChanged    Topic = 1 << iota // files, exhibits, progress; another case
	StageChanged                     // Program, Preview, a frame
	PictureChanged                   // the picture of a page looked at arrived
	ThumbChanged                     // thumbnails arrived
	ScreenChanged                    // the court screen came, went or is asked for
	PageChanged                      // another page, or view of it, is looked at
	NoticeChanged                    // the line at the foot
	ShelfChanged                     // the list of cases
	CaseOpened                       // a case was opened, or asked for again
	ProofChanged                     // a page is known to be incomplete or unreadable
	OutlineChanged                   // the outline was edited
	FoundChanged                     // what is looked for in the text, and what was found
	ClipMoved                        // the clip that the court sees is somewhere else, a few times a second
	AuditionMoved                    // the recording that is looked at in Prepare is somewhere else, a few times a second
)

// Options are what a session works with. What may be nil says so.
type Options struct {
	Post        func(func()) // runs a function on the UI goroutine, later
	NewRenderer func(done func(render.Request, *render.Picture, error)) *render.Renderer
	// NewPlayer makes what plays recordings; nil: they stand still.
	NewPlayer func(report func(clip.Report)) Player
	OpenCase  func(ctx context.Context, dir string, r *render.Renderer, notify func()) (*casefile.Case, error)
	Rendition func(library.Case, library.File) render.Source // of an Office file that was made a PDF
	Shelf     *shelf.Shelf
	// Console tells where the window is, in pixels of the desktop. nil: there is no window, as in a rehearsal, and the
	// three below may be nil too.
	Console func() (x, y, w, h int, err error)
	// MoveConsole moves the window's corner to a place on the desktop.
	MoveConsole func(x, y int)
	// PlaceConsole puts the window on a screen, no larger than that.
	PlaceConsole func(display.Screen)
	// RaiseConsole puts the window before all others, and gives it the keyboard.
	RaiseConsole func()
	// Screen is shown on instead of a court window: for a session without a window. nil: a window.
	Screen projector.Screen
	// Journal is opened instead of the case's own; nil: the case's own.
	Journal func() (*journal.Journal, error)
	// Program and Renderer are the versions that the journal names.
	Program, Renderer string
	// WriteSample writes the sample case into a folder and names it.
	WriteSample func() (dir string, err error)
}

// Session is the state that the window shows.
type Session struct {
	caseState // of the case that is open

	opt       Options
	renderer  *render.Renderer
	player    Player // nil: recordings stand still
	listeners []listener

	opening   string // folder being opened, "" when none is
	box       viewBox
	audition  audition
	textHeld  bool // by a person
	court     court
	rehearsal bool
	job       Job
	working   sync.WaitGroup // the job's goroutine
	stepping  int            // frames that are looked for
	asking    func(Speaker)  // waits for the end of the test tone; nil: nobody does
	held      time.Time      // since when the rooms wait for the court's picture, zero while they don't

	mu        sync.Mutex // guards what other goroutines report
	dirty     Topic
	posted    bool
	later     bool // a flush of thumbnails is due
	fresh     bool // the case has a new snapshot
	answers   answers
	sink      func(render.Request, *render.Picture, error)
	listening func(clip.Report)
}

type listener struct {
	topics Topic
	call   func()
}

// New makes a session without a case. Close it.
func New(opt Options) *Session {
	s := &Session{opt: opt}
	s.renderer = opt.NewRenderer(s.rendered)
	if opt.NewPlayer != nil {
		s.player = opt.NewPlayer(s.played)
	}
	s.court.session = s
	s.forgetCase()
	return s
}

// Close lets everything go and waits: the case is synced, the workers have ended. It touches no window.
func (s *Session) Close() error {
	s.mu.Lock()
	s.posted = true // nothing is posted any more
	s.sink, s.listening = nil, nil
	s.mu.Unlock()
	s.audition.mu.Lock()
	s.audition.closed = true
	s.audition.mu.Unlock()
	if s.file != nil && s.Running() { // the window system went first, as on a signal
		s.projector.Close() // what plays is recorded first
		s.log.end(journal.KindCut)
		s.keepAll()
	}
	s.StopJob()
	s.working.Wait()
	if s.stop != nil {
		s.stop()
	}
	if s.projector != nil {
		s.projector.Close()
	}
	var err error
	if s.file != nil {
		s.log.leave()
		err = s.file.Close()
	}
	s.renderer.Close()
	for _, p := range []Player{s.player, s.audition.player} {
		if p != nil {
			p.Close()
		}
	}
	return err
}

// Subscribe calls f on the UI goroutine whenever one of the topics changed.
func (s *Session) Subscribe(topics Topic, f func()) {
	s.listeners = append(s.listeners, listener{topics, f})
}

// Unsubscribe forgets all listeners; the window does so before it is drawn anew.
func (s *Session) Unsubscribe() { s.listeners = nil }

// changed tells the rooms, soon. It may be called from any goroutine.
func (s *Session) changed(t Topic) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dirty |= t
	if !s.posted {
		s.posted = true
		s.opt.Post(s.flush)
	}
}

// thumbsEvery is how often new thumbnails are drawn at most: each drawing of the window takes the UI
// goroutine tens of milliseconds without a graphics card, and a key would wait behind it.
const thumbsEvery = 200 * time.Millisecond

// changedLater tells the rooms of thumbnails, many at a time. It may be called from any goroutine.
func (s *Session) changedLater() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.later {
		return
	}
	s.later = true
	time.AfterFunc(thumbsEvery, func() {
		s.mu.Lock()
		s.later = false
		s.mu.Unlock()
		s.changed(ThumbChanged)
	})
}

// courtFirst is how long the rooms wait to be drawn while a take waits for its picture: without a
// graphics card one drawing of the window takes as long as a page, and the picture would wait behind it.
const courtFirst = 100 * time.Millisecond

// hold tells whether the rooms wait for the court, and sees to it that they wait no longer than courtFirst.
func (s *Session) hold() bool {
	if !s.Waits() {
		s.held = time.Time{}
		return false
	}
	if s.held.IsZero() {
		s.held = time.Now()
		time.AfterFunc(courtFirst, func() { s.changed(0) })
	}
	return time.Since(s.held) < courtFirst
}

func (s *Session) flush() {
	if s.hold() {
		s.mu.Lock()
		s.posted = false
		s.mu.Unlock()
		return
	}
	s.mu.Lock()
	dirty, fresh, incomplete := s.dirty, s.fresh, s.answers.incomplete
	s.dirty, s.fresh, s.answers.incomplete, s.posted = 0, false, nil, false
	s.mu.Unlock()
	if fresh {
		s.takeSnapshot()
	}
	for _, sheet := range incomplete {
		if p, ok := s.pageOf(sheet); ok && !s.Incomplete(p) {
			s.file.MarkIncomplete(p)
			dirty |= ProofChanged
		}
	}
	for _, l := range s.listeners {
		if l.topics&dirty != 0 {
			l.call()
		}
	}
	s.wish()
}

func (s *Session) opened(dir, wanted string, file *casefile.Case, err error, cancel context.CancelFunc) {
	s.opening = ""
	defer s.changed(CaseChanged | ShelfChanged | PageChanged | StageChanged)
	if err != nil {
		cancel()
		slog.Error("open case", "dir", dir, "err", err)
		s.TellText(i18n.T("error.open-case", "name", filepath.Base(dir), "why", why(err)), true)
		return
	}
	s.closeCase()
	s.file, s.stop, s.since = file, cancel, time.Now()
	s.project(s.projecting())
	s.takeSnapshot()
	if len(s.pages) > 0 {
		s.Select(s.pages[0])
	}
	s.remember()
	s.followText()
	s.noticeOfCase()
	s.noticeOfOutline()
	s.findUnfinished()
	s.lookFor(wanted)
	s.changed(CaseOpened)
}

// projecting is what the projector works with.
func (s *Session) projecting() projector.Options {
	options := projector.Options{
		Renderer: s.renderer, Post: s.opt.Post, Source: s.origin,
		Changed: s.stageMoved, Tell: s.effect, Record: s.log.record, Moved: s.clipMoved,
	}
	if s.player != nil {
		options.Player = s.player
	}
	return options
}

func (s *Session) project(options projector.Options) {
	p := projector.New(options)
	s.projector = p
	s.mu.Lock()
	s.sink, s.listening = p.Done, p.Heard
	s.mu.Unlock()
}

func (s *Session) closeCase() {
	if s.file == nil {
		return
	}
	s.mu.Lock()
	s.sink, s.listening = nil, nil
	s.mu.Unlock()
	s.StopJob() // it is about this case
	s.stop()
	s.closeAudition()
	s.projector.Close()
	if s.player != nil {
		s.player.Rest()
		s.asking = nil
	}
	s.log.leave()
	if err := s.file.Close(); err != nil {
		slog.Error("close case", "err", err)
	}
	s.forgetCase()
}

// snapshotReady comes from the case, from any goroutine.
func (s *Session) snapshotReady() {
	s.mu.Lock()
	s.fresh = true
	s.mu.Unlock()
	s.changed(CaseChanged)
}

// takePages lists the pages anew.
func (s *Session) takePages() {
	s.places = make(map[string]int, len(s.snapshot.Exhibits))
	for i, e := range s.snapshot.Exhibits {
		s.places[e.File.Path] = i
	}
	s.pages, s.highest = s.Outline().Pages(s.Index()), s.Outline().Highest(s.Index())
	if s.highest == 0 {
		s.highest = len(s.pages)
	}
}

func (s *Session) takeSnapshot() {
	if s.file == nil {
		return
	}
	before := s.snapshot
	s.snapshot = s.file.Snapshot()
	sameCase := sameList(before.Exhibits, s.snapshot.Exhibits)
	var commands []presenter.Command
	if !sameCase || s.places == nil || !s.Outline().SameDocuments(before.Outline) {
		s.takePages()
	}
	if !sameCase || s.run == nil || !s.Outline().SameShots(before.Outline) || !s.outlined() {
		run := s.newRun()
		if !slices.Equal(run, s.run) {
			s.run = run
			commands = append(commands, presenter.SetRun{Run: run})
		}
	}
	if !sameCase || s.guards != s.guardsOff() || !s.Outline().SameShots(before.Outline) || !s.Outline().SameDocuments(before.Outline) ||
		s.Outline().Cover().Kind != before.Outline.Cover().Kind || !slices.Equal(s.Outline().Persons(), before.Outline.Persons()) {
		s.guards = s.guardsOff()
		commands = append(commands, presenter.SetCautions{Pages: s.cautions()})
	}
	s.projector.Do(commands...)
	s.projector.Refresh()
	if s.find.shown {
		s.FindAgain()
	}
	s.findWanted()
	if s.current.Page == (library.PageID{}) && len(s.pages) > 0 {
		s.Select(s.pages[0])
	}
	if before.Progress.Done != s.snapshot.Progress.Done && s.snapshot.Progress.Done == s.snapshot.Progress.Total {
		s.remember()
		s.noticeOfOutline() // the fingerprints tell now which files were moved
	}
}

// cueOf is a page's place in the run, which without an outline is the order of the file.
func cueOf(p library.PageID) presenter.Cue {
	return presenter.Cue{ID: p.Path + "#" + strconv.Itoa(p.Index+1), Shot: library.ShotOf(p)}
}

// remember puts the case into the shelf's list.
func (s *Session) remember() {
	c := s.snapshot.Case
	err := s.opt.Shelf.Remember(shelf.Entry{
		Path: c.Path, ID: c.ID, Title: c.Title, Opened: s.since, Pages: len(s.pages), Exhibits: len(s.snapshot.Exhibits),
	})
	if err != nil {
		slog.Error("remember case", "err", err)
	}
	s.changed(ShelfChanged)
}

// Remember keeps a setting of the window for the next time.
func (s *Session) Remember(key, value string) {
	settings := s.opt.Shelf.Settings()
	if settings.More[key] == value {
		return
	}
	more := maps.Clone(settings.More)
	if more == nil {
		more = map[string]string{}
	}
	more[key] = value
	settings.More = more
	if err := s.opt.Shelf.SetSettings(settings); err != nil {
		slog.Error("keep settings", "err", err)
	}
}

// Remembered is a setting that was kept, "" for none.
func (s *Session) Remembered(key string) string { return s.opt.Shelf.Settings().More[key] }

// Post runs f on the UI goroutine, later, unless the window is being left.
func (s *Session) Post(f func()) { s.opt.Post(f) }

// Case is the open case's latest snapshot; ok is false while none is open.
func (s *Session) Case() (snapshot casefile.Snapshot, ok bool) { return s.snapshot, s.file != nil }

// File is the open case itself, nil while none is open.
func (s *Session) File() *casefile.Case { return s.file }

// Opening is the folder that is being opened, "" when none is.
func (s *Session) Opening() string { return s.opening }

// Exhibit is the exhibit that a page is in.
func (s *Session) Exhibit(path string) (library.Exhibit, bool) {
	if i, ok := s.places[path]; ok {
		return s.snapshot.Exhibits[i], true
	}
	return library.Exhibit{}, false
}

func (s *Session) fileAt(path string) library.File {
	e, _ := s.Exhibit(path)
	return e.File
}

// Pages are all pages of the case that can be shown, in order.
func (s *Session) Pages() []library.PageID { return s.pages }

// Shelf is the list of cases.
func (s *Session) Shelf() *shelf.Shelf { return s.opt.Shelf }

// State is the stage's state.
func (s *Session) State() presenter.State {
	if s.projector == nil {
		return presenter.State{At: -1, Black: true, Dark: true}
	}
	return s.projector.State()
}

// Running tells whether a trial runs.
func (s *Session) Running() bool { return s.State().Running }

// OpenSample writes the sample case, where it is not written yet, and opens it.
func (s *Session) OpenSample() {
	go func() {
		dir, err := s.opt.WriteSample()
		s.opt.Post(func() {
			if err != nil {
				slog.Error("write sample", "err", err)
				s.TellText(i18n.T("error.sample", "why", why(err)), true)
				return
			}
			s.Open(dir)
		})
	}()
}
