// Package reading reads the text of a case's pages behind all else: what the files themselves say of it, and where
// that is nothing, as of scans, by OCR. What was read is kept in a [text.Store] and not read again.
package reading

import (
	"context"
	"errors"
	"image"
	"maps"
	"sync"

	"butluc/library"
	"butluc/library/search/ocr"
	"butluc/library/search/text"
)

// Source is where pages come from. Its methods are called from several goroutines.
type Source interface {
	// Lines is the page's own text; none is no error. pictured is how much of the page pictures cover, 0 to 1.
	Lines(ctx context.Context, f library.File, page int) (lines []library.Line, pictured float64, err error)
	// Picture is the page, turned clockwise, its longer side of at most so many pixels.
	Picture(ctx context.Context, f library.File, page int, turn library.Turn, longer int) (image.Image, error)
}

// Engine reads the text of a picture.
type Engine interface {
	Read(ctx context.Context, img image.Image) (text.Page, error)
}

// Job is a page to be read.
type Job struct {
	Key  text.Key
	File library.File
	Turn library.Turn // that makes it upright
}

// State says what a reader does.
type State string

// The states.
const (
	Reading State = "reading"
	Held    State = "held"      // by [Reader.Hold]
	Done    State = "done"      // all is read that can be
	Waiting State = "no-engine" // the pages that are left have no text of their own, and there is nothing to read them with
)

// Progress is how far the text is read.
type Progress struct {
	State  State
	Pages  int // in all
	Done   int // read, or failed
	OCR    int // of them by OCR
	Scans  int // that wait for OCR
	Unread int // with writing that could not be read
	Failed int
}

// Options of a reader. Store and Source are needed.
type Options struct {
	Store   *text.Store
	Source  Source
	Engine  Engine                    // nil: only what files say themselves
	Workers int                       // how many pages are read by OCR at a time; 0: one
	OnPage  func(text.Key, text.Page) // a page was read; from any goroutine. May be nil
	Notify  func()                    // there is progress; from any goroutine, often. May be nil
}

// fewLetters is how many letters the text of a page has at least that needs no OCR: a scan may have a stamp of the
// scanner's over it, or a number.
const fewLetters = 20

// Reader reads. All methods may be called from any goroutine. Close it.
type Reader struct {
	o      Options
	ctx    context.Context
	cancel context.CancelFunc
	wg     sync.WaitGroup

	mu     sync.Mutex
	wake   *sync.Cond
	jobs   []Job // the most wanted first
	known  map[text.Key]*page
	own    int                // the jobs before it are looked into
	scan   int                // the jobs before it are read by OCR, or need none
	held   bool               // by a person, or by a trial
	work   context.Context    // ends when the reader is held
	stop   context.CancelFunc // of work
	closed bool
	count  Progress
}

// page is what is known of a page.
type page struct {
	state stage
	busy  bool
	err   error
}

type stage int

const (
	unknown stage = iota
	needsOCR
	read
	failed
)

// New makes a reader, which begins when it is told what is wanted.
func New(o Options) *Reader {
	if o.OnPage == nil {
		o.OnPage = func(text.Key, text.Page) {}
	}
	if o.Notify == nil {
		o.Notify = func() {}
	}
	r := &Reader{o: o, known: map[text.Key]*page{}}
	r.ctx, r.cancel = context.WithCancel(context.Background())
	r.work, r.stop = context.WithCancel(r.ctx)
	r.wake = sync.NewCond(&r.mu)
	r.wg.Go(func() { r.run(r.nextOwn, r.readOwn) })
	if o.Engine != nil {
		for range max(1, o.Workers) {
			r.wg.Go(func() { r.run(r.nextScan, r.readScan) })
		}
	}
	return r
}

// Close ends all reading and waits for it.
func (r *Reader) Close() {
	r.mu.Lock()
	r.closed = true
	r.wake.Broadcast()
	r.mu.Unlock()
	r.cancel()
	r.wg.Wait()
}

// Want says which pages are to be read, the most wanted first, in the place of what was wanted before. A page that
// failed is tried again only where retry says so.
func (r *Reader) Want(jobs []Job, retry bool) {
	infos := make(map[text.Key]text.Info, len(jobs))
	for _, j := range jobs {
		if i, ok := r.o.Store.Info(j.Key); ok {
			infos[j.Key] = i
		}
	}
	r.mu.Lock()
	before := r.known
	r.jobs, r.own, r.scan = nil, 0, 0
	r.known = make(map[text.Key]*page, len(jobs))
	r.count = Progress{}
	for _, j := range jobs {
		if r.known[j.Key] != nil {
			continue // the same content twice
		}
		p := before[j.Key]
		if p == nil || p.state == failed && retry {
			p = &page{}
		}
		r.known[j.Key] = p
		r.jobs = append(r.jobs, j)
		r.count.Pages++
		if i, ok := infos[j.Key]; ok && !p.busy {
			r.learn(p, i)
		} else {
			r.add(p, text.Info{}, 1)
		}
	}
	r.wake.Broadcast()
	r.mu.Unlock()
	r.o.Notify()
}

// learn notes what is kept of a page, under mu.
func (r *Reader) learn(p *page, i text.Info) {
	p.state = read
	if i.Source == text.SourceScan || i.Source == text.SourceLayer && i.Letters < fewLetters {
		p.state = needsOCR
	}
	r.add(p, i, 1)
}

// add counts a page, or with -1 takes it out of the count, under mu.
func (r *Reader) add(p *page, i text.Info, n int) {
	switch p.state {
	case unknown:
	case needsOCR:
		r.count.Scans += n
	case read:
		r.count.Done += n
		if i.Source == text.SourceOCR {
			r.count.OCR += n
		}
		if i.Unread() {
			r.count.Unread += n
		}
	case failed:
		r.count.Done += n
		r.count.Failed += n
	}
}

// Hold stops all reading at once, also that of the page in work, which is read again later; or lets it go on.
func (r *Reader) Hold(hold bool) {
	r.mu.Lock()
	if r.held != hold {
		r.held = hold
		if hold {
			r.stop()
		} else {
			r.work, r.stop = context.WithCancel(r.ctx)
		}
		r.wake.Broadcast()
	}
	r.mu.Unlock()
	r.o.Notify()
}

// Progress is how far the text is read.
func (r *Reader) Progress() Progress {
	r.mu.Lock()
	defer r.mu.Unlock()
	p := r.count
	switch {
	case p.Done == p.Pages:
		p.State = Done
	case r.held:
		p.State = Held
	case r.o.Engine == nil && p.Done+p.Scans == p.Pages:
		p.State = Waiting
	default:
		p.State = Reading
	}
	return p
}

// Failures are the pages that could not be read, and why.
func (r *Reader) Failures() map[text.Key]error {
	r.mu.Lock()
	defer r.mu.Unlock()
	list := map[text.Key]error{}
	for k, p := range maps.All(r.known) {
		if p.state == failed {
			list[k] = p.err
		}
	}
	return list
}

// Wait returns when all is read that can be, or with ctx's error.
func (r *Reader) Wait(ctx context.Context) error {
	defer context.AfterFunc(ctx, func() {
		r.mu.Lock()
		r.wake.Broadcast()
		r.mu.Unlock()
	})()
	r.mu.Lock()
	defer r.mu.Unlock()
	for ctx.Err() == nil && !r.closed && !(r.count.Done == r.count.Pages || r.o.Engine == nil && r.count.Done+r.count.Scans == r.count.Pages) {
		r.wake.Wait()
	}
	return ctx.Err()
}

// run takes one page after the other until the reader is closed.
func (r *Reader) run(next func() (Job, bool), read func(context.Context, Job) (text.Page, error)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for !r.closed {
		j, ok := Job{}, false
		if !r.held {
			j, ok = next()
		}
		if !ok {
			r.wake.Wait()
			continue
		}
		p, ctx := r.known[j.Key], r.work
		p.busy = true
		r.mu.Unlock()
		got, err := read(ctx, j)
		if err == nil {
			if err = r.o.Store.Put(j.Key, got); err == nil {
				r.o.OnPage(j.Key, got)
			}
		}
		r.mu.Lock()
		p.busy = false
		wanted := r.known[j.Key] == p
		if wanted {
			r.add(p, text.Info{}, -1)
		}
		switch {
		case err == nil && wanted:
			r.learn(p, text.InfoOf(got))
		case err == nil:
		case ctx.Err() != nil || errors.Is(err, context.Canceled): // held: it is read again
			r.own, r.scan = 0, 0
			if wanted {
				r.add(p, text.Info{}, 1)
			}
		default:
			p.state, p.err = failed, err
			if wanted {
				r.add(p, text.Info{}, 1)
			}
		}
		r.wake.Broadcast()
		r.mu.Unlock()
		r.o.Notify()
		r.mu.Lock()
	}
}

// nextOwn is the next page that was not looked into, under mu.
func (r *Reader) nextOwn() (Job, bool) {
	for ; r.own < len(r.jobs); r.own++ {
		if p := r.known[r.jobs[r.own].Key]; p.state == unknown && !p.busy {
			return r.jobs[r.own], true
		}
	}
	return Job{}, false
}

// nextScan is the next page to be read by OCR, under mu.
func (r *Reader) nextScan() (Job, bool) {
	settled := true // all before are read, or need no OCR
	for i := r.scan; i < min(len(r.jobs), r.own+1); i++ {
		p := r.known[r.jobs[i].Key]
		if p.state == needsOCR && !p.busy {
			return r.jobs[i], true
		}
		settled = settled && !p.busy && p.state != unknown
		if settled {
			r.scan = i + 1
		}
	}
	return Job{}, false
}

func (r *Reader) readOwn(ctx context.Context, j Job) (text.Page, error) {
	lines, pictured, err := r.o.Source.Lines(ctx, j.File, j.Key.Page)
	if err != nil {
		return text.Page{}, err
	}
	p := text.Page{Source: text.SourceLayer, Confidence: 100, Lines: inUnicode(lines)}
	if pictured >= mostly && !whole(p) {
		p.Source = text.SourceScan
	}
	return p, nil
}

func (r *Reader) readScan(ctx context.Context, j Job) (text.Page, error) {
	img, err := r.o.Source.Picture(ctx, j.File, j.Key.Page, j.Turn, ocr.MaxSide)
	if err != nil {
		return text.Page{}, err
	}
	p, err := r.o.Engine.Read(ctx, img)
	if err != nil {
		return text.Page{}, err
	}
	for i, l := range p.Lines { // back to how the file has it
		for k := range l.Words {
			l.Words[k].Box = l.Words[k].Box.Turned(-int(j.Turn))
		}
		p.Lines[i] = library.LineOf(l.Words)
	}
	own, ok, err := r.o.Store.Get(j.Key) // a number, or the line of a scanner's program
	if err == nil && ok && own.Source != text.SourceOCR {
		p = join(p, own)
	}
	return p, err
}
