package intake

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"sync"
	"time"

	"butluc/library"
)

// Facts is what an [Inspector] finds out about a file.
type Facts struct {
	Pages    int               // at least 1; of a recording that can be played, 1
	Duration int               // of a recording, in milliseconds; 0 of other files
	Tracks   library.Tracks    // how many films and sounds a recording has
	Notice   library.FaultCode // what is wrong with a file whose pages are drawn all the same
	Attached []library.Attachment
	Kind     library.Kind // KindUnknown where the inspector agrees with what the file was taken for
}

// Inspector counts the pages of a file of one case. The renderer is one, handed in by cmd; it is
// called from several goroutines at once. Where f.Rendition is set, that file in the case's cache
// folder is meant, not the original. An error that carries a fault, through
//
//	interface{ Fault() library.Fault }
//
// says why the file can't be shown; any other means that it is broken.
type Inspector interface {
	Inspect(ctx context.Context, f library.File) (Facts, error)
}

// Prover decodes one page of a file, index from 0, and says whether it came out whole (DESIGN.md
// section 4, promise 11). It decides itself when the machine is free for it: Prove may block long.
type Prover interface {
	Prove(ctx context.Context, f library.File, index int) (incomplete bool, err error)
}

// Rendition is a PDF that was made of an Office file.
type Rendition struct {
	Name    string // in the case's cache folder
	Outside bool   // the original names files outside of itself, which are not in it
}

// Converter makes a PDF of an Office file and gives its name in the case's cache folder. open opens
// the original for reading.
type Converter interface {
	Convert(ctx context.Context, f library.File, open func() (*os.File, error)) (Rendition, error)
}

// Version is raised whenever this package, or what stands behind [Inspector] and [Prover], learns to tell more of a file
// or to tell it better. What an older version told is learned anew, but for the SHA-256.
//
//	1  the first that is kept with the files
const Version = 1

// Stage is what a [Reader] is doing.
type Stage uint8

// The stages, in order.
const (
	StageIdle    Stage = iota
	StageList          // walking the folder; Total is not known
	StageSniff         // recognising files
	StageInspect       // counting pages
	StageConvert       // making PDFs of Office files
	StageHash          // SHA-256
	StageProve         // decoding every page once
	StageDone
)

var stageNames = [...]string{"idle", "list", "sniff", "inspect", "convert", "hash", "prove", "done"}

func (s Stage) String() string { return stageNames[s] }

// Progress counts files of the present stage, in [StageHash] megabytes, in [StageProve] pages.
type Progress struct {
	Stage       Stage
	Done, Total int
}

// Event is one piece of news from a [Reader]. Exactly one field is set.
type Event struct {
	Listed   []library.File // the whole list in natural order; what was known is in it; the receiver's to keep
	Changed  *library.File  // something more is known of this file
	Progress *Progress
}

// Reader reads one case folder, pass by pass. A pass reads only what the last did not finish or
// what changed since, so a cancelled pass is resumed by the next. The zero value with Root set
// lists files without counting pages. One pass at a time.
type Reader struct {
	Root      string    // the case folder; the user chose it, so it may itself be a link
	Inspector Inspector // nil: pages are not counted
	Prover    Prover    // nil: pages are not proved
	Converter Converter // nil: Office files keep FaultOffice
	Eager     bool      // hash at full speed, for verbs without a window
	NoHash    bool      // take no SHA-256

	// Workers is how many files are inspected at a time; 0 means 2.
	Workers int
	// Settle is how long a file that changed under the reader is left alone before it is read
	// again; 0 means 2 s.
	Settle time.Duration

	hasher     hasher
	seam       seam
	timedOut   sync.Map          // paths that timed out under this reader: another try would stall again
	provedUpTo map[string]proved // pages of half-proved files, so that a cancelled pass loses none
}

// proved is how far a file was proved: pages below next, of the file as it was then.
type proved struct {
	file       library.File
	next       int
	incomplete []int
}

// settleTries is how often a pass waits for files that are being written; the watch sees to the rest.
const settleTries = 3

// Read makes one pass. known is what earlier passes told, by path; a file of the same size and
// time is believed. events is called from several goroutines, one call at a time, and must not
// block long. The error is about the folder as a whole (it is gone, it can't be listed) or ctx's;
// what was told before it stays true.
func (r *Reader) Read(ctx context.Context, known map[string]library.File, events func(Event)) error {
	root, err := os.OpenRoot(r.Root)
	if err != nil {
		return fmt.Errorf("open case folder: %w", err)
	}
	defer root.Close()
	for try := 0; ; try++ {
		p := &pass{Reader: r, root: root, events: events}
		if err := p.run(ctx, known); err != nil {
			return err
		}
		if !p.unsettled() || try >= settleTries {
			p.progress(StageDone, len(p.files), len(p.files))
			return nil
		}
		if err := wait(ctx, orDefault(r.Settle, 2*time.Second)); err != nil {
			return err
		}
		known = byPath(p.files)
	}
}

// pass is one reading of the folder. files is written under mu.
type pass struct {
	*Reader
	root   *os.Root
	mu     sync.Mutex
	files  []library.File
	events func(Event)
}

func (p *pass) run(ctx context.Context, known map[string]library.File) error {
	p.progress(StageList, 0, 0)
	list, err := walk(ctx, p.root, p.seam)
	if err != nil {
		return err
	}
	for i, f := range list {
		if k, ok := known[f.Path]; ok && same(k, f) && !p.worthAnother(k) {
			list[i] = k
		}
	}
	p.files = list
	p.events(Event{Listed: append(make([]library.File, 0, len(list)), list...)}) // not nil, even when empty

	stages := []func(context.Context) error{p.sniff, p.inspect, p.convert, p.hash, p.prove}
	for _, stage := range stages {
		if err := stage(ctx); err != nil {
			return err
		}
	}
	return nil
}

// same tells whether the file on disk is as it was when k was learned. A folder or link that is
// listed for its fault is new each time: it costs nothing to list.
func same(k, f library.File) bool {
	return f.Fault.Code == library.FaultNone && k.Size == f.Size && k.ModTime.Equal(f.ModTime)
}

// worthAnother tells whether the fault is one that may have passed.
func (p *pass) worthAnother(f library.File) bool {
	switch f.Fault.Code {
	case library.FaultTimeout:
		_, tried := p.timedOut.Load(f.Path)
		return f.Pages == 0 && !tried
	case library.FaultVanished, library.FaultChanging, library.FaultUnreadable, library.FaultCloud,
		library.FaultLink, library.FaultInside, library.FaultDangling:
		return f.Pages == 0
	default:
		return f.Kind == library.KindUnknown && f.Fault.Code == library.FaultNone
	}
}

func (p *pass) unsettled() bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, f := range p.files {
		if f.Fault.Code == library.FaultChanging {
			return true
		}
	}
	return false
}

func (p *pass) progress(s Stage, done, total int) {
	p.events(Event{Progress: &Progress{s, done, total}})
}

// at gives the file at index i.
func (p *pass) at(i int) library.File {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.files[i]
}

// set keeps and tells what was learned of the file at index i, then the progress.
func (p *pass) set(i int, f library.File, s Stage, done, total int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.files[i] = f
	p.events(Event{Changed: &f})
	p.progress(s, done, total)
}

// pick gives the indexes of the files that want a stage, in order.
func (p *pass) pick(wants func(library.File) bool) []int {
	var picked []int
	for i, f := range p.files {
		if wants(f) {
			picked = append(picked, i)
		}
	}
	return picked
}

// each works on the picked files in order, by several goroutines, until ctx ends.
func (p *pass) each(ctx context.Context, s Stage, picked []int, workers int, work func(context.Context, library.File) library.File) error {
	if len(picked) == 0 {
		return ctx.Err()
	}
	p.progress(s, 0, len(picked))
	var (
		wg   sync.WaitGroup
		mu   sync.Mutex
		next int
		done int
	)
	for range min(workers, len(picked)) {
		wg.Go(func() {
			for {
				mu.Lock()
				if next == len(picked) || ctx.Err() != nil {
					mu.Unlock()
					return
				}
				i := picked[next]
				next++
				mu.Unlock()
				f := work(ctx, p.at(i))
				if ctx.Err() != nil {
					return // half a result is none
				}
				mu.Lock()
				done++
				p.set(i, f, s, done, len(picked))
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	return ctx.Err()
}

func (p *pass) inspect(ctx context.Context) error {
	if p.Inspector == nil {
		return ctx.Err()
	}
	picked := p.pick(func(f library.File) bool {
		return inspected(f.Kind) && (!f.Read() || outdated(f)) || lacksPlayer(f)
	})
	return p.each(ctx, StageInspect, picked, orDefault(p.Workers, 2), p.count)
}

// lacksPlayer tells whether a recording could not be read because the machine had no libmpv, which may be there by
// now. It is looked for at every pass: what else is known of the file, its SHA-256 above all, stays.
func lacksPlayer(f library.File) bool {
	return f.Pages == 0 && (f.Fault.Code == library.FaultVideo || f.Fault.Code == library.FaultAudio)
}

// count asks the inspector for a file's pages.
func (p *pass) count(ctx context.Context, f library.File) library.File {
	facts, err := p.Inspector.Inspect(ctx, f)
	if f.Rendition == "" {
		if now, changed := p.changed(f); changed {
			return now
		}
	}
	fault := library.Fault{}
	switch {
	case err != nil:
		fault = faultOf(err)
		if fault.Code == library.FaultTimeout && ctx.Err() == nil {
			p.timedOut.Store(f.Path, true)
		}
	case facts.Pages < 1:
		fault = library.Fault{Code: library.FaultBroken, Detail: "no pages"}
	}
	bad := fault.Code != library.FaultNone
	if bad && f.Showable() && passing(fault.Code) { // it was read before: the reason is the machine's
		f.ReadBy = Version
		return f
	}
	f.Pages, f.Duration, f.Tracks, f.Fault, f.Attached, f.Incomplete, f.Proved, f.ReadBy = 0, 0, library.Tracks{}, fault, nil, nil, false, Version
	if bad {
		return f
	}
	f.Pages, f.Duration, f.Tracks, f.Fault, f.Attached = facts.Pages, facts.Duration, facts.Tracks, library.Fault{Code: facts.Notice}, facts.Attached
	if facts.Kind != library.KindUnknown {
		f.Kind = facts.Kind
	}
	return f
}

// passing tells whether a fault may be the machine's or of the moment, rather than the file's.
func passing(code library.FaultCode) bool {
	switch code {
	case library.FaultTimeout, library.FaultCrashed, library.FaultVideo, library.FaultAudio:
		return true
	default:
		return false
	}
}

func (p *pass) convert(ctx context.Context) error {
	if p.Converter == nil {
		return ctx.Err()
	}
	picked := p.pick(func(f library.File) bool {
		return f.Kind == library.KindOffice && f.Pages == 0 && f.Fault.Code == library.FaultOffice && f.Fault.Detail == ""
	})
	return p.each(ctx, StageConvert, picked, 1, func(ctx context.Context, f library.File) library.File {
		made, err := p.Converter.Convert(ctx, f, func() (*os.File, error) { return p.open(f) })
		if err != nil {
			f.Fault = library.Fault{Code: library.FaultOffice, Detail: err.Error()}
			return f
		}
		f.Rendition = made.Name
		if p.Inspector == nil {
			return f
		}
		if f = p.count(ctx, f); f.Pages == 0 { // the PDF is of no use
			f.Rendition, f.Fault = "", library.Fault{Code: library.FaultOffice, Detail: string(f.Fault.Code) + " " + f.Fault.Detail}
		} else if made.Outside {
			f.Fault.Code = library.FaultOutside
		}
		return f
	})
}

// faultOf tells a fault from an error.
func faultOf(err error) library.Fault {
	var carrier interface{ Fault() library.Fault }
	switch {
	case errors.As(err, &carrier) && carrier.Fault().Code != library.FaultNone:
		return carrier.Fault()
	case errors.Is(err, fs.ErrNotExist):
		return library.Fault{Code: library.FaultVanished, Detail: err.Error()}
	case errors.Is(err, errChanged):
		return library.Fault{Code: library.FaultChanging, Detail: err.Error()}
	case errors.Is(err, fs.ErrPermission), errors.As(err, new(*fs.PathError)):
		return library.Fault{Code: library.FaultUnreadable, Detail: err.Error()}
	case errors.Is(err, context.DeadlineExceeded):
		return library.Fault{Code: library.FaultTimeout, Detail: err.Error()}
	default:
		return library.Fault{Code: library.FaultBroken, Detail: err.Error()}
	}
}

func byPath(files []library.File) map[string]library.File {
	m := make(map[string]library.File, len(files))
	for _, f := range files {
		m[f.Path] = f
	}
	return m
}

func orDefault[T comparable](v, d T) T {
	var zero T
	if v == zero {
		return d
	}
	return v
}

// wait sleeps for d, or until ctx ends.
func wait(ctx context.Context, d time.Duration) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-t.C:
		return nil
	}
}
