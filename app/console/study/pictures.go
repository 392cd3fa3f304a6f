package study

import (
	"image"
	"slices"
	"sync"

	"butluc/app/console/dossier"
	"butluc/app/console/event"
	"butluc/library"
	"butluc/presenter/projector"
	"butluc/presenter/render"
)

// maxThumbs is how many thumbnails are wished for at a time: more than any window shows.
const maxThumbs = 96

// maxThumb is the greatest height of a thumbnail, in pixels, on a screen of twice the usual scale.
const maxThumb = 256

// Pictures are those of pages, for the console.
type Pictures struct {
	dossier  *dossier.Dossier
	events   *event.Bus
	renderer *render.Renderer
	thumbs   []render.Request // that are wished for, newest first

	mu         sync.Mutex        // guards the below; box is changed on the UI goroutine alone
	box        image.Point       // the room of the page that is looked at, zero while nobody sees it
	aspects    map[Sheet]float64 // width over height of the page as it is in its file
	incomplete []Sheet           // told since they were taken; of a recording, with the frame
}

// NewPictures makes the pictures of a case: none yet.
func NewPictures(ds *dossier.Dossier, events *event.Bus, r *render.Renderer) *Pictures {
	return &Pictures{dossier: ds, events: events, renderer: r, aspects: map[Sheet]float64{}}
}

// Owns tells whether the case wished for a picture of a source, from any goroutine: else another case did.
func (pc *Pictures) Owns(src render.Source) bool { return pc.dossier.Owns(src) }

// Request is what the renderer is asked for, so that a pane's picture fits into a box.
func (pc *Pictures) Request(pane library.Pane, box image.Point) (render.Request, bool) {
	if box.X < 1 || box.Y < 1 {
		return render.Request{}, false
	}
	return projector.Sources(pc.dossier.Origin).Request(pane, box)
}

// Sheet is a page by what a picture of it is made from, which tells it from the page of another case, or of the file as
// it was before, that has the same path. All frames of a recording are one sheet.
type Sheet struct {
	Source render.Source
	Page   int
}

func sheetOf(src render.Source, page int) Sheet {
	if src.Kind.Clip() {
		page, src.Tracks.Audio = 0, 0
	}
	return Sheet{src, page}
}

// Take takes in what a picture tells of its page, from any goroutine.
func (pc *Pictures) Take(r render.Request, p *render.Picture, err error) {
	if err != nil {
		return
	}
	pc.mu.Lock()
	defer pc.mu.Unlock()
	if b := p.Image.Rect; r.View == (library.Rect{}) && !r.Wave && b.Dy() > 0 {
		aspect := float64(b.Dx()) / float64(b.Dy())
		if r.Turn%2 == 1 {
			aspect = 1 / aspect
		}
		pc.aspects[sheetOf(r.Source, r.Page)] = aspect
	}
	if p.Incomplete {
		pc.incomplete = append(pc.incomplete, Sheet{r.Source, r.Page})
	}
}

// Tell tells that a wish was answered, from any goroutine.
func (pc *Pictures) Tell(r render.Request, err error) {
	pc.mu.Lock()
	large := r.Max == pc.box // also where the page has little room
	pc.mu.Unlock()
	switch {
	case err != nil:
		pc.events.Changed(event.PictureChanged | event.ProofChanged)
	case r.Max.Y <= maxThumb && !large:
		pc.events.Thumbs()
	default:
		pc.events.Changed(event.PictureChanged)
	}
}

// TakeIncomplete hands out the sheets that were told to be incomplete since the last time.
func (pc *Pictures) TakeIncomplete() []Sheet {
	pc.mu.Lock()
	defer pc.mu.Unlock()
	told := pc.incomplete
	pc.incomplete = nil
	return told
}

// Wanted is a pane's picture that is wanted, to fit into a box.
type Wanted struct {
	Pane library.Pane
	Box  image.Point
}

// Wish tells the renderer what is wanted now: first, then the thumbnails, then what may be wanted next.
func (pc *Pictures) Wish(first, next []Wanted) {
	var view, behind []render.Request
	add := func(list []Wanted) {
		for _, w := range list {
			if r, ok := pc.Request(w.Pane, w.Box); ok {
				view = append(view, r)
			}
		}
	}
	add(first)
	pc.thumbs = slices.DeleteFunc(pc.thumbs, func(r render.Request) bool {
		_, made := pc.renderer.Cached(r)
		return made || pc.renderer.Failure(r) != nil
	})
	for _, r := range pc.thumbs {
		if r.Wave {
			behind = append(behind, r)
		} else {
			view = append(view, r)
		}
	}
	add(next)
	pc.renderer.Wish(render.LaneView, view)
	pc.renderer.Wish(render.LaneBackground, behind)
}

// Aspect is a page's width over its height when turned, 0 while unknown.
func (pc *Pictures) Aspect(p library.Pane) float64 {
	e, ok := pc.dossier.Exhibit(p.Page.Path)
	if !ok {
		return 0
	}
	of := sheetOf(pc.dossier.SourceOf(e.File).With(p.Tracks), p.Page.Index)
	pc.mu.Lock()
	a := pc.aspects[of]
	pc.mu.Unlock()
	if a > 0 && pc.dossier.PagesNow().Of(p.Page).Upright.Plus(int(p.Turn))%2 == 1 {
		return 1 / a
	}
	return a
}

// Thumb is the thumbnail of a page that fits into box (device pixels); where it is not there yet it
// is wished for, and PictureChanged tells when it is. The error says that there will be none.
func (pc *Pictures) Thumb(p library.PageID, box image.Point) (*image.RGBA, error) {
	return pc.PaneThumb(library.Pane{Page: p}, box)
}

// PaneThumb is [Pictures.Thumb] of what a pane shows of its page.
func (pc *Pictures) PaneThumb(pane library.Pane, box image.Point) (*image.RGBA, error) {
	r, ok := pc.Request(pane, box)
	if !ok {
		return nil, nil
	}
	return pc.small(r)
}

// StillThumb is [Pictures.Thumb] of the film of a recording that a pane shows.
func (pc *Pictures) StillThumb(pane library.Pane, box image.Point) (*image.RGBA, error) {
	return pc.PaneThumb(library.Pane{Page: pane.Page, Tracks: pane.Tracks}, box)
}

// Wave is the sound of the i-th of n parts of a recording, equally long: peaks around the middle, white on black, of
// the size box in pixels. It is wished for as a thumbnail is, and made behind everything else.
func (pc *Pictures) Wave(of library.Pane, i, n int, box image.Point) (*image.RGBA, error) {
	r, ok := pc.Request(library.Pane{Page: library.PageID{Path: of.Page.Path}, Tracks: of.Tracks}, box)
	if !ok {
		return nil, nil
	}
	r.Wave, r.Turn = true, 0
	r.View = library.Rect{X0: float64(i) / float64(n), X1: float64(i+1) / float64(n), Y1: 1}
	return pc.small(r)
}

// small is a picture that is wished for where it is not there yet.
func (pc *Pictures) small(r render.Request) (*image.RGBA, error) {
	if pic, ok := pc.renderer.Cached(r); ok {
		return pic.Image, nil
	}
	if err := pc.renderer.Failure(r); err != nil {
		return nil, err
	}
	if i := slices.Index(pc.thumbs, r); i >= 0 {
		pc.thumbs = slices.Delete(pc.thumbs, i, i+1)
	}
	pc.thumbs = slices.Insert(pc.thumbs, 0, r)
	if len(pc.thumbs) > maxThumbs {
		pc.thumbs = pc.thumbs[:maxThumbs]
	}
	pc.events.Changed(0)
	return nil, nil
}

// seePage notes how large the page that is looked at is seen.
func (pc *Pictures) seePage(box image.Point) {
	if pc.box != box {
		pc.mu.Lock()
		pc.box = box
		pc.mu.Unlock()
		pc.events.Changed(0)
	}
}

// Box is the room of the page that is looked at, in device pixels; zero while nobody sees it.
func (pc *Pictures) Box() image.Point { return pc.box }

// LeavePage is called when nobody sees the page large any more, as in the Trial room: it is made no longer.
func (pc *Pictures) LeavePage() { pc.seePage(image.Point{}) }
