package casefile

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"butluc/library"
	"butluc/library/intake"
	"butluc/library/search/reading"
	"butluc/library/store"
)

var (
	// ErrInUse says that another process has the case open for writing.
	ErrInUse = store.ErrInUse
	// ErrDamaged says that the case's database is damaged and what is left of it knows less; see [Options.OnlyWhole].
	ErrDamaged = store.ErrDamaged
	// ErrDoubtful says that what is left of a damaged database knows less than was kept: nothing is changed before
	// [Case.GoOn].
	ErrDoubtful = errors.New("the case is what was left of a damaged database")
	// ErrNewer says that a newer version of the program wrote the case's database.
	ErrNewer = store.ErrNewer
	// ErrStopped says that reading was stopped before it was done.
	ErrStopped = errors.New("reading was stopped")
	// ErrClosed says that the case was closed.
	ErrClosed = errors.New("case is closed")
)

// Options are how a case is opened. The zero value lists and fingerprints files, and counts none.
type Options struct {
	Inspector intake.Inspector // counts pages
	Prover    intake.Prover    // decodes each page once; nil: pages stay unproved
	Converter intake.Converter // Office to PDF; nil: not converted

	TextDir    string         // the user's folder of page texts; "": pages' text is not read
	IndexDir   string         // the case's index of them
	Texts      reading.Source // where they are read from
	OCR        reading.Engine // nil: only texts that files have themselves
	OCRMissing error          // why there is no OCR; nil where none is wanted
	OCRWorkers int            // how many pages at a time; 0: one

	CheckCommand []string // see [store.Options]
	DataDir      string   // see [store.Options]; "" is the user's
	CacheDir     string   // the case's folder of renditions; "": none

	// Notify says that there is a new snapshot. It is called from any goroutine, never twice
	// without a [Case.Snapshot] between, and not more often than every 50 ms (less often where the
	// case is large). It must not block and not call [Case.Close].
	Notify func()

	ReadOnly  bool // nothing is written, no sidecar made; the case may be open elsewhere
	OnlyWhole bool // fail with ErrDamaged, changing nothing, rather than restore what knows less than was kept
	NoWatch   bool // do not watch the folder for changes
	Paused    bool // do not read until [Case.ResumeReading]
	Eager     bool // hash at full speed: for verbs, which have no window to keep lively
	NoHash    bool // take no fingerprints
	Log       *slog.Logger
}

// NoticeCode says what a person should know of an open case. Codes name sentences: never rename one.
type NoticeCode string

// The notices.
const (
	NoticeFallback NoticeCode = "fallback"  // the case folder can't be written; Path is where its store is
	NoticeSetAside NoticeCode = "set-aside" // the database was bad; Path is what it is kept as
	NoticeRestored NoticeCode = "restored"  // a copy and the log of edits took its place, and nothing is lost; Path is the copy
	NoticeBrought  NoticeCode = "brought"   // what was kept elsewhere, since the case folder could not be written, is the newest; Path is its database
	NoticeReplayed NoticeCode = "replayed"  // it lacked changes that the log of edits brought back
	NoticePartly   NoticeCode = "partly"    // what is left of it is used: what was changed after Time may be lost
	NoticeBehind   NoticeCode = "behind"    // it lacks changes that were kept, and nothing has them
	NoticeOutdated NoticeCode = "outdated"  // this computer knows of changes up to Time that the case folder lacks: it was put back from a copy
	NoticeLost     NoticeCode = "lost"      // no copy was good: the case begins anew
	NoticeCopy     NoticeCode = "copy"      // read-only, in use elsewhere: Path is the copy read
	NoticeForged   NoticeCode = "forged"    // it says of Count files, of Path for one, what no program writes: they are read anew
	NoticeApproval NoticeCode = "approval"  // copies that were submitted can't be read; Detail has which
	NoticeUnsaved  NoticeCode = "unsaved"   // changes can't be written now and are tried again; Detail has why
)

// Notice is one thing that a person should know.
type Notice struct {
	Code   NoticeCode
	Path   string
	Time   time.Time // of the newest change that is there, where it is known; see NoticeOutdated
	Count  int
	Detail string // for the log
}

// Damage tells that the case's database was found damaged.
func (n Notice) Damage() bool {
	return n.Code == NoticeRestored || n.Code == NoticeReplayed || n.Code == NoticeForged || n.Code == NoticeApproval || n.Lost()
}

// Lost tells that changes may be lost which were kept.
func (n Notice) Lost() bool {
	return n.Code == NoticePartly || n.Code == NoticeBehind || n.Code == NoticeOutdated || n.Code == NoticeLost
}

// Snapshot is what is known of a case at a moment. It and its slices are never changed by anyone.
type Snapshot struct {
	Case     library.Case
	Exhibits []library.Exhibit // one a file, in the same order
	Progress intake.Progress
	Reading  bool // a pass is running or due
	Notices  []Notice
	Err      error // why the folder could not be read, for instance since the stick was pulled; else nil

	Outline    library.Outline
	OutlineErr error  // why a part of the outline could not be read; it is kept on disk. nil when all is there
	Undo, Redo string // labels of what would be undone and redone next; "" where there is nothing

	// Approval is the outline as it was last submitted to the superior; its number is 0 while none was.
	Approval library.Approval
	Answers  [][]byte // of superiors to what was submitted, as they were signed
	Review   *Review  // the case is here to be read by a superior; nil: it is edited here

	index map[string]int
}

// Exhibit finds the exhibit of the file at path.
func (s Snapshot) Exhibit(path string) (library.Exhibit, bool) {
	i, ok := s.index[path]
	if !ok {
		return library.Exhibit{}, false
	}
	return s.Exhibits[i], true
}

// Case is an open case. All methods may be called from any goroutine. Close it.
type Case struct {
	dir      string
	opts     Options
	store    *store.Store
	reader   intake.Reader
	notifier *notifier
	found    []Notice // of what was in the store when it was opened

	ctx    context.Context // ends with the case
	cancel context.CancelFunc
	wg     sync.WaitGroup
	once   sync.Once
	closed error

	mu    sync.Mutex // guards what follows, that of listing, editing and passes too
	title string
	listing
	snapshot *Snapshot       // nil once something changed
	hashing  map[string]bool // files whose fingerprints are taken first
	reset    map[string]bool // files to be read anew: what the running pass says of them is stale
	progress intake.Progress
	err      error // of the last pass

	editing
	passes
	caseJournal
	sharing
	pageTexts
}

// listing are the files as they are known.
type listing struct {
	files    []library.File
	exhibits []library.Exhibit
	index    map[string]int // of files, replaced with the list, never written to
	shared   bool           // a snapshot holds files and exhibits: copy before writing
}

// passes are how far the reading of the folder is.
type passes struct {
	paused   bool
	wanted   int                // passes asked for
	done     int                // the request that the last finished pass answered
	running  int                // the request that the running pass answers; 0 when none runs
	stopPass context.CancelFunc // of the running pass
	trigger  chan struct{}
	moved    chan struct{} // closed and replaced when reading moved on
}

// Open opens the case folder dir. It returns once the store is read, which for a known case means
// that its files are all there; reading goes on behind. ctx bounds the opening only.
func Open(ctx context.Context, dir string, o Options) (*Case, error) {
	abs, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("open case: %w", err)
	}
	if info, err := os.Stat(abs); err != nil {
		return nil, fmt.Errorf("open case: %w", err)
	} else if !info.IsDir() {
		return nil, fmt.Errorf("open case %s: not a folder", abs)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	c := &Case{
		dir: abs, opts: o, passes: passes{trigger: make(chan struct{}, 1), moved: make(chan struct{}), paused: o.Paused},
		hashing: map[string]bool{}, reset: map[string]bool{}, notifier: newNotifier(o.Notify),
		reader: intake.Reader{
			Root: abs, Inspector: o.Inspector, Prover: o.Prover, Converter: o.Converter, Eager: o.Eager, NoHash: o.NoHash,
		},
	}
	c.editing.c, c.caseJournal.c, c.pageTexts.c, c.sharing.c = c, c, c, c
	c.store, err = store.Open(abs, store.Options{
		CheckCommand: o.CheckCommand, DataDir: o.DataDir, ReadOnly: o.ReadOnly, OnlyWhole: o.OnlyWhole, Notify: c.touch, Log: o.Log,
	})
	if err != nil {
		return nil, fmt.Errorf("open case %s: %w", abs, err)
	}
	files, err := c.store.Files()
	if unread := new(store.UnreadError); errors.As(err, &unread) {
		c.distrust(unread)
	}
	c.title = c.store.Title()
	if len(c.title) > library.MaxTitle { // no window wrote it
		c.title = ""
	}
	for i := range files {
		c.dropLostRendition(&files[i])
	}
	library.SortFiles(files)
	c.setFiles(files, library.Exhibits(files))
	c.openReview()
	c.openOutline()

	c.ctx, c.cancel = context.WithCancel(context.Background())
	if err := c.openTexts(); err != nil {
		o.Log.Error("casefile: text", "case", abs, "err", err) // all else works
	}
	c.wg.Go(func() { c.notifier.run(c.ctx) })
	c.wg.Go(c.read)
	if !o.NoWatch {
		c.wg.Go(func() { intake.Watch(c.ctx, abs, c.Rescan) })
	}
	c.Rescan()
	return c, nil
}

// distrust tells of records that no program wrote, and forgets them: their files are read anew.
func (c *Case) distrust(unread *store.UnreadError) {
	c.opts.Log.Warn("casefile: read file records", "case", c.dir, "err", unread)
	c.keep(c.store.RemoveFiles(unread.Paths...))
	const most = 100 // letters: whoever forges a name makes it as long as can be
	name := []rune(library.ReadablePath(unread.Paths[0]))
	if len(name) > most {
		name = append(name[:most], '…')
	}
	c.found = append(c.found, Notice{Code: NoticeForged, Path: string(name), Count: len(unread.Paths)})
}

// dropLostRendition forgets a PDF that is no longer in the cache, so that it is made again.
func (c *Case) dropLostRendition(f *library.File) {
	if f.Rendition == "" {
		return
	}
	if c.opts.CacheDir != "" {
		if _, err := os.Stat(filepath.Join(c.opts.CacheDir, filepath.Base(f.Rendition))); err == nil {
			return
		}
	}
	f.Rendition, f.Pages, f.Proved, f.Incomplete = "", 0, false, nil
	f.Fault = library.Fault{Code: library.FaultOffice}
}

// Dir is the case folder, absolute.
func (c *Case) Dir() string { return c.dir }

// Snapshot is what is known now.
func (c *Case) Snapshot() Snapshot {
	c.notifier.heard()
	storeErr := c.store.Err()
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.snapshot == nil {
		title := c.title
		if title == "" {
			title = strings.ToValidUTF8(filepath.Base(c.dir), "\ufffd")
		}
		title = library.Visible(title)
		c.shared = true
		undo, redo := c.history.Labels()
		c.snapshot = &Snapshot{
			Case:     library.Case{ID: c.id(), Title: title, Path: c.dir, Files: c.files},
			Exhibits: c.exhibits, index: c.index,
			Progress: c.progress, Reading: !c.paused && c.done != c.wanted,
			Notices: append(notices(c.store.Report(), storeErr), c.found...), Err: c.err,
			Outline: c.outline, OutlineErr: c.outlineErr, Undo: undo, Redo: redo, Approval: c.approval,
			Answers: c.answers, Review: c.review,
		}
	}
	return *c.snapshot
}

// id is the case's id. One that is read without being written to has none yet, where nothing was
// known of it: it would be another one each time.
func (c *Case) id() string {
	if c.opts.ReadOnly && c.store.Report().Fresh {
		return ""
	}
	return c.store.ID()
}

func notices(r store.Report, storeErr error) []Notice {
	var list []Notice
	problem := ""
	if r.Problem != nil {
		problem = r.Problem.Error()
	}
	if r.Fallback {
		list = append(list, Notice{Code: NoticeFallback, Path: r.Dir})
	}
	brought := r.Brought && !r.Lost
	if r.SetAside != "" && !brought {
		list = append(list, Notice{Code: NoticeSetAside, Path: r.SetAside, Detail: problem})
	}
	n := Notice{Path: r.Restored, Time: r.AsOf, Detail: problem}
	switch {
	case r.InUse:
		n.Code = NoticeCopy
	case r.Fresh && r.Lost:
		n.Code = NoticeLost
	case r.Lost && r.Outdated:
		n.Code, n.Time = NoticeOutdated, r.Known
	case r.Lost && r.AsOf.IsZero():
		n.Code = NoticeBehind
	case r.Lost:
		n.Code = NoticePartly
	case brought:
		n.Code = NoticeBrought
	case r.Restored != "":
		n.Code = NoticeRestored
	case r.Replayed > 0 && r.Problem != nil:
		n.Code = NoticeReplayed
	}
	if n.Code != "" {
		list = append(list, n)
	}
	if storeErr != nil {
		list = append(list, Notice{Code: NoticeUnsaved, Path: r.Dir, Detail: storeErr.Error()})
	}
	return list
}

// Doubtful tells that what is left of a damaged database knows less than was kept: the outline is not changed before
// [Case.GoOn].
func (c *Case) Doubtful() bool { return !c.opts.ReadOnly && c.store.Report().Lost }

// GoOn says that a person was told what may be lost, and goes on from what is left.
func (c *Case) GoOn() {
	c.keep(c.store.GoOn())
	c.touch()
}

// SetTitle names the case; "" is the folder's name again.
func (c *Case) SetTitle(title string) {
	c.mu.Lock()
	c.title = title
	c.mu.Unlock()
	c.keep(c.store.SetTitle(title))
	c.touch()
}

// Setting is a setting of this case, "" where it was never set.
func (c *Case) Setting(key string) string { return c.store.Setting(key) }

// SetSetting keeps a setting of this case; "" removes it.
func (c *Case) SetSetting(key, value string) { c.keep(c.store.SetSetting(key, value)) }

// keep logs what the store refused. Failures of the disk do not come this way: they are notices.
func (c *Case) keep(err error) {
	if err != nil && !errors.Is(err, store.ErrClosed) {
		c.opts.Log.Error("casefile: keep", "case", c.dir, "err", err)
	}
}

// MarkIncomplete notes that a page decoded only in part, as a render found.
func (c *Case) MarkIncomplete(id library.PageID) {
	c.mu.Lock()
	i, ok := c.index[id.Path]
	if !ok || !c.files[i].Has(id.Index) || c.files[i].IsIncomplete(id.Index) {
		c.mu.Unlock()
		return
	}
	f := c.files[i].WithIncomplete(id.Index)
	c.setFile(i, f)
	c.mu.Unlock()
	c.keep(c.store.PutFiles(f))
	c.touch()
}

// Flush returns once all changes made before are on disk, or with why they can't be.
func (c *Case) Flush() error { return c.store.Flush() }

// Close stops reading, writes what is left and lets go of the folder. No goroutine is left, unless
// the disk does not answer. It may be called several times. Snapshots stay valid.
func (c *Case) Close() error {
	c.once.Do(func() {
		c.mu.Lock() // see HashFirst
		c.cancel()
		c.mu.Unlock()
		c.wg.Wait()
		c.closed = errors.Join(c.closeJournal(), c.texts.close(), c.store.Close())
	})
	return c.closed
}

// touch marks the present snapshot as stale.
func (c *Case) touch() {
	c.mu.Lock()
	c.snapshot = nil
	n := len(c.files)
	c.mu.Unlock()
	c.notifier.signal(n)
	c.texts.stir()
}

// setFiles replaces the list. The caller holds mu, or is Open.
func (c *Case) setFiles(files []library.File, exhibits []library.Exhibit) {
	c.files, c.exhibits, c.shared = files, exhibits, false
	c.index = make(map[string]int, len(files))
	for i, f := range files {
		c.index[f.Path] = i
	}
	c.snapshot = nil
}

// setFile replaces one file, under mu.
func (c *Case) setFile(i int, f library.File) {
	if c.shared {
		c.files = append([]library.File(nil), c.files...)
		c.exhibits = append([]library.Exhibit(nil), c.exhibits...)
		c.shared = false
	}
	c.files[i], c.exhibits[i] = f, library.NewExhibit(f)
	c.snapshot = nil
}
