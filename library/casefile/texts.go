package casefile

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"time"

	"butluc/library"
	"butluc/library/intake"
	"butluc/library/search"
	"butluc/library/search/reading"
	"butluc/library/search/text"
)

// ErrNoText says that the case was opened without what it takes to read its pages' text.
var ErrNoText = errors.New("the text of pages is not read here")

// carriedDir is where the sidecar has texts that go along with the case.
const carriedDir = "text"

const (
	textPause  = time.Second            // between two looks at what is to be read
	textNotify = 500 * time.Millisecond // between two news of how far it is
	indexBatch = 200                    // pages that are added to the index at a time
)

// texts is what a case knows of its pages' text: read behind, kept, and indexed.
type texts struct {
	c      *Case
	store  *text.Store
	reader *reading.Reader
	wake   chan struct{}

	updating sync.Mutex // held while what is to be read is listed

	mu     sync.Mutex
	first  []library.PageID    // that a person looks at
	places map[string][]string // the paths of each content, by SHA-256
	jobs   []reading.Job       // as the reader was told
	index  *search.Index       // nil until it is open
	fresh  []search.Entry      // read, and not in the index yet
	told   time.Time           // when news were told last
	from   struct {            // what jobs were made of
		files   []library.File
		outline library.Outline
		first   []library.PageID
	}
	carried map[string]bool // contents that were looked for in the sidecar
	broken  error           // why there is no index
}

// openTexts begins to read the text of the case's pages, where it was opened for that.
func (c *Case) openTexts() error {
	if c.opts.TextDir == "" || c.opts.Texts == nil {
		return nil
	}
	store, err := text.Open(c.opts.TextDir)
	if err != nil {
		return err
	}
	t := &texts{c: c, store: store, wake: make(chan struct{}, 1), carried: map[string]bool{}}
	t.reader = reading.New(reading.Options{
		Store: store, Source: c.opts.Texts, Engine: c.opts.OCR, Workers: c.opts.OCRWorkers, OnPage: t.wasRead, Notify: t.news,
	})
	c.texts = t
	c.wg.Go(t.run)
	return nil
}

func (t *texts) close() error {
	if t == nil {
		return nil
	}
	t.reader.Close()
	var err error
	if t.index != nil {
		err = t.index.Close()
	}
	return errors.Join(err, t.store.Close())
}

// stir lets what is to be read be listed anew, soon.
func (t *texts) stir() {
	if t == nil {
		return
	}
	select {
	case t.wake <- struct{}{}:
	default:
	}
}

// run keeps reader and index in step with the case.
func (t *texts) run() {
	ctx := t.c.ctx
	for ctx.Err() == nil {
		select {
		case <-t.wake:
		case <-ctx.Done():
			return
		}
		if err := t.update(ctx, false); err != nil && ctx.Err() == nil {
			t.c.opts.Log.Error("casefile: text", "case", t.c.dir, "err", err)
		}
		select {
		case <-time.After(textPause): // files come by the dozen
		case <-ctx.Done():
		}
	}
}

// wasRead takes a page from the reader.
func (t *texts) wasRead(k text.Key, p text.Page) {
	t.mu.Lock()
	t.fresh = append(t.fresh, search.Entry{Key: k, Page: p})
	full := len(t.fresh) >= indexBatch
	t.mu.Unlock()
	if full {
		t.stir()
	}
}

// news tells, now and then, how far the reader is.
func (t *texts) news() {
	t.mu.Lock()
	late := time.Since(t.told) >= textNotify
	state := t.reader.Progress().State
	if late || state != reading.Reading {
		t.told = time.Now()
	}
	t.mu.Unlock()
	if late || state != reading.Reading {
		t.c.mu.Lock()
		n := len(t.c.files)
		t.c.mu.Unlock()
		t.c.notifier.signal(n)
	}
	t.stir()
}

// update tells the reader what is wanted, and the index what was read. What it does not come to, as each letter typed
// gives up the search before, is left to the next one.
func (t *texts) update(ctx context.Context, retry bool) error {
	t.updating.Lock()
	defer t.updating.Unlock()
	if err := t.openIndex(); err != nil {
		return err
	}
	if t.list() || retry {
		if err := t.follow(ctx, retry); err != nil {
			t.mu.Lock()
			t.from.files = nil // listed anew
			t.mu.Unlock()
			return err
		}
	}
	t.mu.Lock()
	fresh := t.fresh
	t.fresh = nil
	t.mu.Unlock()
	err := t.index.Add(ctx, fresh...)
	if err != nil {
		t.mu.Lock()
		t.fresh = append(fresh, t.fresh...)
		t.mu.Unlock()
	}
	return err
}

// follow takes up a new list of what is to be read.
func (t *texts) follow(ctx context.Context, retry bool) error {
	err := t.takeCarried(ctx)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		t.c.opts.Log.Warn("casefile: texts of the sidecar", "case", t.c.dir, "err", err)
	}
	t.reader.Want(t.jobs, retry)
	return t.catchUp(ctx)
}

// openIndex opens the index once. Where another process has it, a window and a verb say, it is made in memory.
func (t *texts) openIndex() error {
	t.mu.Lock()
	have, broken := t.index != nil, t.broken
	t.mu.Unlock()
	if have || broken != nil {
		return broken
	}
	x, err := search.Open(t.c.opts.IndexDir)
	if err != nil {
		if !errors.Is(err, search.ErrInUse) {
			t.c.opts.Log.Warn("casefile: index", "case", t.c.dir, "err", err)
		}
		x, err = search.InMemory()
	}
	t.mu.Lock()
	t.index, t.broken = x, err
	t.mu.Unlock()
	return err
}

// list makes the list of what is to be read, and tells whether it may be another one than before.
func (t *texts) list() bool {
	s := t.c.Snapshot()
	t.mu.Lock()
	first := t.first
	from := t.from
	t.mu.Unlock()
	if sameFiles(from.files, s.Case.Files) && from.outline.SameShots(s.Outline) && from.outline.SameDocuments(s.Outline) && samePages(from.first, first) {
		return false
	}
	x := library.NewIndex(s.Exhibits)
	now := s.Outline.PagesNow(x)
	jobs := make([]reading.Job, 0, len(t.jobs))
	places := map[string][]string{}
	for _, f := range s.Case.Files {
		if f.SHA256 != "" {
			places[f.SHA256] = append(places[f.SHA256], f.Path)
		}
	}
	add := func(p library.PageID) {
		if e, ok := x.Exhibit(p.Path); ok && e.File.SHA256 != "" && !e.File.Kind.Clip() && e.File.Has(p.Index) {
			jobs = append(jobs, reading.Job{Key: text.Key{SHA256: e.File.SHA256, Page: p.Index}, File: e.File, Turn: now.Of(p).Upright})
		}
	}
	for _, p := range first {
		add(p)
	}
	for ref := range s.Outline.Walk() {
		for _, pane := range s.Outline.Located(ref.Step.Shot, x).List() {
			add(pane.Page)
		}
	}
	for _, p := range s.Outline.Pages(x) {
		add(p)
	}
	t.mu.Lock()
	t.jobs, t.places = jobs, places
	t.from.files, t.from.outline, t.from.first = s.Case.Files, s.Outline, first
	t.mu.Unlock()
	return true
}

func sameFiles(a, b []library.File) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

func samePages(a, b []library.PageID) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0])
}

// takeCarried takes up the texts that came along with the case, of contents that are new here.
func (t *texts) takeCarried(ctx context.Context) error {
	var sums []string
	for sum := range t.places {
		if !t.carried[sum] {
			sums = append(sums, sum)
		}
	}
	if len(sums) == 0 {
		return nil
	}
	if _, err := t.store.AddFrom(ctx, filepath.Join(t.c.store.Report().Dir, carriedDir), sums); err != nil {
		return err
	}
	for _, sum := range sums {
		t.carried[sum] = true
	}
	return nil
}

// catchUp adds to the index what was read before, and forgets what the case has no more.
func (t *texts) catchUp(ctx context.Context) error {
	wanted := map[text.Key]bool{}
	var batch []search.Entry
	for _, j := range t.jobs {
		if wanted[j.Key] {
			continue
		}
		wanted[j.Key] = true
		if t.index.Has(j.Key) {
			continue
		}
		p, ok, err := t.store.Get(j.Key)
		if err != nil || !ok {
			continue // it is read again
		}
		if batch = append(batch, search.Entry{Key: j.Key, Page: p}); len(batch) == indexBatch {
			if err := t.index.Add(ctx, batch...); err != nil {
				return err
			}
			batch = batch[:0]
		}
	}
	if err := t.index.Add(ctx, batch...); err != nil {
		return err
	}
	if t.c.Snapshot().Reading {
		return nil // a file may be away for a moment
	}
	return t.index.Keep(func(k text.Key) bool { return wanted[k] })
}

// pageTexts is the text of a case's pages.
type pageTexts struct {
	c     *Case
	texts *texts // nil where it is not read
}

// ReadFirst says which pages a person looks at: their text is read before the others'.
func (r pageTexts) ReadFirst(pages ...library.PageID) {
	if r.texts == nil {
		return
	}
	r.texts.mu.Lock()
	r.texts.first = pages
	r.texts.mu.Unlock()
	r.texts.stir()
}

// HoldText stops the reading of text at once, say because a trial runs, or lets it go on.
func (r pageTexts) HoldText(hold bool) {
	if r.texts != nil {
		r.texts.reader.Hold(hold)
	}
}

// TextProgress is how far the text of the pages is read; ok is false where it is not read at all.
func (r pageTexts) TextProgress() (p reading.Progress, ok bool) {
	if r.texts == nil {
		return reading.Progress{}, false
	}
	return r.texts.reader.Progress(), true
}

// OCRMissing is why scans are not read, nil where they are.
func (r pageTexts) OCRMissing() error { return r.c.opts.OCRMissing }

// WaitText returns when the files are known and all of their text is read that can be, and findable. Pages that failed
// before are tried again.
func (r pageTexts) WaitText(ctx context.Context) error {
	if r.texts == nil {
		return ErrNoText
	}
	if err := r.c.WaitFor(ctx, intake.StageHash); err != nil {
		return err
	}
	if err := r.texts.update(ctx, true); err != nil {
		return err
	}
	if err := r.texts.reader.Wait(ctx); err != nil {
		return err
	}
	return r.texts.update(ctx, false)
}

// PageText is what is written on a page; ok is false while it was not read.
func (r pageTexts) PageText(id library.PageID) (p text.Page, ok bool) {
	if r.texts == nil {
		return text.Page{}, false
	}
	e, ok := r.c.Snapshot().Exhibit(id.Path)
	if !ok || e.File.SHA256 == "" {
		return text.Page{}, false
	}
	p, ok, err := r.texts.store.Get(text.Key{SHA256: e.File.SHA256, Page: id.Index})
	return p, ok && err == nil
}

// UnreadPages are those with writing that could not be read, as handwriting can't, in the documents' order. Somebody
// may note on them what they say.
func (r pageTexts) UnreadPages() []library.PageID {
	return r.pagesWhere(func(t *texts, k text.Key) bool {
		i, ok := t.store.Info(k)
		return ok && i.Unread()
	})
}

// FailedPages are those whose text could not be read, and why.
func (r pageTexts) FailedPages() map[library.PageID]error {
	if r.texts == nil {
		return nil
	}
	failures := r.texts.reader.Failures()
	why := map[library.PageID]error{}
	for _, p := range r.pagesWhere(func(_ *texts, k text.Key) bool { return failures[k] != nil }) {
		e, _ := r.c.Snapshot().Exhibit(p.Path)
		why[p] = failures[text.Key{SHA256: e.File.SHA256, Page: p.Index}]
	}
	return why
}

func (r pageTexts) pagesWhere(is func(*texts, text.Key) bool) []library.PageID {
	if r.texts == nil {
		return nil
	}
	s := r.c.Snapshot()
	var list []library.PageID
	for _, p := range s.Outline.Pages(library.NewIndex(s.Exhibits)) {
		if e, ok := s.Exhibit(p.Path); ok && e.File.SHA256 != "" && is(r.texts, text.Key{SHA256: e.File.SHA256, Page: p.Index}) {
			list = append(list, p)
		}
	}
	return list
}

// CarryText copies what was read into the case's own folder, so that it goes along with the case, and tells how many
// pages were added there.
func (r pageTexts) CarryText(ctx context.Context) (pages int, err error) {
	switch {
	case r.texts == nil:
		return 0, ErrNoText
	case r.c.opts.ReadOnly || r.c.store.Report().Fallback:
		return 0, fmt.Errorf("carry text: %w", ErrReadOnly)
	}
	var sums []string
	for _, f := range r.c.Snapshot().Case.Files {
		if f.SHA256 != "" {
			sums = append(sums, f.SHA256)
		}
	}
	return r.texts.store.CopyTo(ctx, filepath.Join(r.c.store.Report().Dir, carriedDir), sums)
}
