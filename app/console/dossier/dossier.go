// Package dossier is the open case as documents, pages and an outline: where the renderer finds them, the edits that change
// the outline, and how far all is read.
package dossier

import (
	"context"
	"slices"
	"strconv"
	"sync"
	"time"

	"butluc/library"
	"butluc/library/casefile"
	"butluc/presenter"
	"butluc/presenter/projector"
	"butluc/presenter/render"
)

// Dossier is the open case as documents, pages and an outline, and where the renderer finds them.
type Dossier struct {
	rendition func(library.Case, library.File) render.Source // of an Office file that was made a PDF
	renew     func()                                         // takes the case as it is now, in all parts

	file     *casefile.Case // nil while no case is open, and once this one was closed
	stop     context.CancelFunc
	since    time.Time // when the case was opened
	snapshot casefile.Snapshot
	places   map[string]int // path → exhibit
	pages    []library.PageID
	highest  int // folio of the case; the number of its pages where it has none

	index      *library.Index
	indexed    []library.Exhibit  // what index is of
	docs       []library.Document // as they are cut and joined; nil once something changed
	docsOf     library.Outline
	now        *library.PagesNow // of nowOf in nowIn
	nowOf      library.Outline
	nowIn      *library.Index
	renditions map[string]render.Source // of Office files, by path
	named      map[string]render.Source // what the renderer was given last, by path

	mu      sync.Mutex             // guards the below
	sources map[render.Source]bool // all that the renderer was ever given of this case
}

// New makes the dossier of a case; of nil, of none. rendition finds the PDF that was made of an Office file, and renew takes
// the case as it is now, in all parts.
func New(file *casefile.Case, stop context.CancelFunc, rendition func(library.Case, library.File) render.Source, renew func()) *Dossier {
	return &Dossier{
		file: file, stop: stop, since: time.Now(), rendition: rendition, renew: renew,
		renditions: map[string]render.Source{}, named: map[string]render.Source{}, sources: map[render.Source]bool{},
	}
}

// Opened is when the case was opened.
func (ds *Dossier) Opened() time.Time { return ds.since }

// Stop lets the case be read no further.
func (ds *Dossier) Stop() {
	if ds.stop != nil {
		ds.stop()
	}
}

// Forget is called when the case was closed: there is none from now on.
func (ds *Dossier) Forget() { ds.file = nil }

// Renew takes the case as it is now, in all parts.
func (ds *Dossier) Renew() { ds.renew() }

// Take takes a snapshot for what the case is now, and tells whether its files are those of the one before.
func (ds *Dossier) Take(s casefile.Snapshot) (sameFiles bool) {
	before := ds.snapshot
	ds.snapshot = s
	sameFiles = sameList(before.Exhibits, s.Exhibits)
	if !sameFiles || ds.places == nil || !s.Outline.SameDocuments(before.Outline) {
		ds.takePages()
	}
	return sameFiles
}

// takePages lists the pages anew.
func (ds *Dossier) takePages() {
	ds.places = make(map[string]int, len(ds.snapshot.Exhibits))
	for i, e := range ds.snapshot.Exhibits {
		ds.places[e.File.Path] = i
	}
	ds.pages, ds.highest = ds.Outline().Pages(ds.Index()), ds.Outline().Highest(ds.Index())
	if ds.highest == 0 {
		ds.highest = len(ds.pages)
	}
}

// WithoutCaptions is [Dossier.Origin] without the caption.
func (ds *Dossier) WithoutCaptions(pane library.Pane) (projector.Origin, bool) {
	origin, ok := ds.Origin(pane)
	origin.Caption = ""
	return origin, ok
}

// Outline is the outline of the open case, empty while none is open.
func (ds *Dossier) Outline() library.Outline { return ds.snapshot.Outline }

// Index finds the exhibits and pages of the open case.
func (ds *Dossier) Index() *library.Index {
	exhibits := ds.snapshot.Exhibits
	if ds.index == nil || !sameList(ds.indexed, exhibits) {
		ds.index, ds.indexed, ds.docs = library.NewIndex(exhibits), exhibits, nil
	}
	return ds.index
}

// Located is a step's shot with its pages where they are now.
func (ds *Dossier) Located(shot library.Shot) library.Shot {
	return ds.Outline().Located(shot, ds.Index())
}

// Outlined tells whether the run is the outline's steps; without any, it is the file itself.
func (ds *Dossier) Outlined() bool { return ds.Outline().Count(library.TableSteps) > 0 }

// DateOf is the date that was entered with the document that a page is in.
func (ds *Dossier) DateOf(p library.PageID) (time.Time, bool) {
	d, _ := ds.Document(p)
	return library.ParseDate(d.Date)
}

// AllOfClip is the page that stands for all moments of a recording in what is known of pages; any other page itself.
func (ds *Dossier) AllOfClip(p library.PageID) library.PageID {
	if ds.FileAt(p.Path).Kind.Clip() {
		p.Index = presenter.AllPages
	}
	return p
}

// Further is the page by pages further on in a page's document.
func (ds *Dossier) Further(p library.PageID, by int) (library.PageID, bool) {
	d, _ := ds.Document(p)
	return d.Further(p, by)
}

// PaneOf shows a page, and plays a recording that is given by its beginning from there to its end.
func (ds *Dossier) PaneOf(page library.PageID) library.Pane {
	pane := library.Pane{Page: page}
	if f := ds.FileAt(page.Path); f.Kind.Clip() && f.Duration > 0 && page.Index == 0 {
		pane.Clip = library.Span{To: f.Duration}
	}
	return pane
}

// Origin is the file of a pane's page, and what goes with the page to the court.
func (ds *Dossier) Origin(pane library.Pane) (projector.Origin, bool) {
	p := pane.Page
	e, ok := ds.Exhibit(p.Path)
	if !ok || !e.File.Has(p.Index) {
		return projector.Origin{}, false
	}
	now := ds.PagesNow().Shown(p)
	return projector.Origin{
		Source: ds.SourceOf(e.File).With(pane.Tracks), Upright: now.Upright, Marks: now.Marks, Caption: ds.Outline().Caption(pane, ds.Index()),
	}, true
}

// PagesNow is what goes with pages wherever they are shown, by where they are now.
func (ds *Dossier) PagesNow() *library.PagesNow {
	if o, x := ds.Outline(), ds.Index(); ds.now == nil || ds.nowOf != o || ds.nowIn != x {
		ds.now, ds.nowOf, ds.nowIn = o.PagesNow(x), o, x
	}
	return ds.now
}

// SourceOf is where the renderer finds a file's pages: in the case folder, or for an Office file in
// the PDF made of it.
func (ds *Dossier) SourceOf(f library.File) render.Source {
	src := render.Source{
		Root: ds.snapshot.Case.Path, Path: f.Path, Size: f.Size, ModTime: f.ModTime.UnixNano(), Kind: f.Kind,
	}
	if f.Rendition != "" {
		rendition, ok := ds.renditions[f.Path]
		if !ok || rendition.Path != f.Rendition {
			rendition = ds.rendition(ds.snapshot.Case, f)
			ds.renditions[f.Path] = rendition
		}
		src = rendition
	}
	ds.name(f.Path, src)
	return src
}

// name notes what the renderer is given of this case.
func (ds *Dossier) name(path string, src render.Source) {
	if ds.named[path] == src {
		return
	}
	ds.named[path] = src
	ds.mu.Lock()
	defer ds.mu.Unlock()
	ds.sources[src] = true
}

// Owns tells whether the renderer was given a source by this case, from any goroutine: else another case asked.
func (ds *Dossier) Owns(src render.Source) bool {
	ds.mu.Lock()
	defer ds.mu.Unlock()
	return ds.sources[src]
}

// PageOf is the page of the open case that a picture of a source's page is of; false where it was made for another case, or
// of a file that is another by now.
func (ds *Dossier) PageOf(src render.Source, page int) (library.PageID, bool) {
	if e, ok := ds.Exhibit(src.Path); ok && ds.SourceOf(e.File) == src.File() {
		return library.PageID{Path: src.Path, Index: page}, true
	}
	for path, rendition := range ds.renditions {
		if e, ok := ds.Exhibit(path); ok && rendition == src && ds.SourceOf(e.File) == src {
			return library.PageID{Path: path, Index: page}, true
		}
	}
	return library.PageID{}, false
}

// FrozenSources finds the case's files as they are now, from any goroutine. Paper has captions of its own:
// there is none under the pages.
func (ds *Dossier) FrozenSources() projector.Sources {
	files := make(map[string]render.Source, len(ds.snapshot.Exhibits))
	for _, e := range ds.snapshot.Exhibits {
		if e.File.Showable() {
			files[e.File.Path] = ds.SourceOf(e.File)
		}
	}
	pages := ds.PagesNow()
	return func(pane library.Pane) (projector.Origin, bool) {
		src, ok := files[pane.Page.Path]
		now := pages.Shown(pane.Page)
		return projector.Origin{Source: src.With(pane.Tracks), Upright: now.Upright, Marks: now.Marks}, ok
	}
}

// Snapshot is the open case's latest snapshot; ok is false while none is open.
func (ds *Dossier) Snapshot() (snapshot casefile.Snapshot, ok bool) {
	return ds.snapshot, ds.file != nil
}

// Latest is the latest snapshot, empty while no case is open.
func (ds *Dossier) Latest() casefile.Snapshot { return ds.snapshot }

// File is the open case itself, nil while none is open.
func (ds *Dossier) File() *casefile.Case { return ds.file }

// Exhibit is the exhibit that a page is in.
func (ds *Dossier) Exhibit(path string) (library.Exhibit, bool) {
	if i, ok := ds.places[path]; ok {
		return ds.snapshot.Exhibits[i], true
	}
	return library.Exhibit{}, false
}

// Place is the place of a page's exhibit among those of the case.
func (ds *Dossier) Place(p library.PageID) int { return ds.places[p.Path] }

// FileAt is the file at a path, zero for none.
func (ds *Dossier) FileAt(path string) library.File {
	e, _ := ds.Exhibit(path)
	return e.File
}

// Pages are all pages of the case that can be shown, in order.
func (ds *Dossier) Pages() []library.PageID { return ds.pages }

// Neighbour is the page by pages further in the case, none past its ends. Hidden ones do not count. All frames of a
// recording are one page.
func (ds *Dossier) Neighbour(p library.PageID, by int) library.PageID {
	at := slices.Index(ds.pages, ds.Index().Head(p))
	if at < 0 { // it is hidden itself
		d, _ := ds.Document(p)
		q, _ := d.Further(p, by)
		return q
	}
	if at+by >= 0 && at+by < len(ds.pages) {
		return ds.pages[at+by]
	}
	return library.PageID{}
}

// Documents are the case's documents as they are cut and joined, in order. The slice is the same until
// one of them changed, and is not to be written to.
func (ds *Dossier) Documents() []library.Document {
	x := ds.Index()
	if ds.docs == nil || !ds.docsOf.SameDocuments(ds.Outline()) {
		ds.docs, ds.docsOf = ds.Outline().Documents(x), ds.Outline()
	}
	return ds.docs
}

// Document is the document that a page is in.
func (ds *Dossier) Document(p library.PageID) (library.Document, bool) {
	return ds.Outline().DocumentOf(p, ds.Index())
}

// Incomplete tells whether a page is known to have decoded only in part.
func (ds *Dossier) Incomplete(p library.PageID) bool { return ds.FileAt(p.Path).IsIncomplete(p.Index) }

// Folio is a page's folio, zero where it has none.
func (ds *Dossier) Folio(p library.PageID) library.Folio { return ds.Outline().FolioOf(p, ds.Index()) }

// FindFolio is the pages that the typed text calls, as [library.Outline.Call] says: one of each
// document that carries the folio.
func (ds *Dossier) FindFolio(typed string) []library.PageID {
	return ds.Outline().Call(typed, ds.Index())
}

// GoesOn tells whether a longer number of the case begins with these digits.
func (ds *Dossier) GoesOn(digits string) bool {
	n, err := strconv.Atoi(digits)
	return err == nil && 10*n <= ds.highest
}

// HashFirst lets files be hashed before all others.
func (ds *Dossier) HashFirst(paths []string) {
	if ds.file != nil && len(paths) > 0 {
		ds.file.HashFirst(paths...)
	}
}
