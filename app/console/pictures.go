package console

import (
	"errors"
	"image"
	"slices"

	"butluc/app/i18n"
	"butluc/library"
	"butluc/presenter/projector"
	"butluc/presenter/render"
)

// maxThumbs is how many thumbnails are wished for at a time: more than any window shows.
const maxThumbs = 96

// maxThumb is the greatest height of a thumbnail, in pixels, on a screen of twice the usual scale.
const maxThumb = 256

// viewBox is the room of the page that is looked at, zero while nobody sees it. The UI goroutine alone changes it, and
// locks for that.
type viewBox struct{ size image.Point }

// origin is the file of a pane's page, and what goes with the page to the court.
func (s *Session) origin(pane library.Pane) (projector.Origin, bool) {
	p := pane.Page
	e, ok := s.Exhibit(p.Path)
	if !ok || !e.File.Has(p.Index) {
		return projector.Origin{}, false
	}
	now := s.pagesNow().Shown(p)
	return projector.Origin{
		Source: s.sourceOf(e.File), Upright: now.Upright, Marks: now.Marks, Caption: s.Outline().Caption(pane, s.Index()),
	}, true
}

// pagesNow is what goes with pages wherever they are shown, by where they are now.
func (s *Session) pagesNow() *library.PagesNow {
	if o, x := s.Outline(), s.Index(); s.now == nil || s.nowOf != o || s.nowIn != x {
		s.now, s.nowOf, s.nowIn = o.PagesNow(x), o, x
	}
	return s.now
}

// sourceOf is where the renderer finds a file's pages: in the case folder, or for an Office file in
// the PDF made of it.
func (s *Session) sourceOf(f library.File) render.Source {
	src := render.Source{
		Root: s.snapshot.Case.Path, Path: f.Path, Size: f.Size, ModTime: f.ModTime.UnixNano(), Kind: f.Kind,
	}
	if f.Rendition == "" {
		return src
	}
	rendition, ok := s.renditions[f.Path]
	if !ok || rendition.Path != f.Rendition {
		rendition = s.opt.Rendition(s.snapshot.Case, f)
		s.renditions[f.Path] = rendition
	}
	return rendition
}

func (s *Session) request(pane library.Pane, box image.Point) (render.Request, bool) {
	if box.X < 1 || box.Y < 1 {
		return render.Request{}, false
	}
	return projector.Sources(s.origin).Request(pane, box)
}

// sheet is a page by what a picture of it is made from, which tells it from the page of another case, or of the file as
// it was before, that has the same path. All frames of a recording are one sheet.
type sheet struct {
	src  render.Source
	page int
}

func sheetOf(src render.Source, page int) sheet {
	if src.Kind.Clip() {
		page = 0
	}
	return sheet{src, page}
}

// answers is what pictures told of their pages. Session's lock guards it.
type answers struct {
	aspects    map[sheet]float64 // width over height of the page as it is in its file
	incomplete []sheet           // told since the last flush; of a recording, with the frame
}

// rendered takes the outcome of a wish; the renderer calls it from any goroutine.
func (s *Session) rendered(r render.Request, p *render.Picture, err error) {
	topics := PictureChanged
	s.mu.Lock()
	sink, large := s.sink, r.Max == s.box.size // also where the page has little room
	switch {
	case err != nil:
		topics |= ProofChanged
	default:
		if r.View == (library.Rect{}) && !r.Wave && p.Image.Rect.Dy() > 0 {
			b := p.Image.Rect
			aspect := float64(b.Dx()) / float64(b.Dy())
			if r.Turn%2 == 1 {
				aspect = 1 / aspect
			}
			s.answers.aspects[sheetOf(r.Source, r.Page)] = aspect
		}
		if p.Incomplete {
			s.answers.incomplete = append(s.answers.incomplete, sheet{r.Source, r.Page})
		}
	}
	s.mu.Unlock()
	if sink != nil {
		sink(r, p, err)
	}
	if topics == PictureChanged && r.Max.Y <= maxThumb && !large {
		s.changedLater()
		return
	}
	s.changed(topics)
}

// pageOf is the page of the open case that a picture is of; false where it was made for another case, or of a file that
// is another by now.
func (s *Session) pageOf(of sheet) (library.PageID, bool) {
	if e, ok := s.Exhibit(of.src.Path); ok && s.sourceOf(e.File) == of.src {
		return library.PageID{Path: of.src.Path, Index: of.page}, true
	}
	for path, rendition := range s.renditions {
		if e, ok := s.Exhibit(path); ok && rendition == of.src && s.sourceOf(e.File) == of.src {
			return library.PageID{Path: path, Index: of.page}, true
		}
	}
	return library.PageID{}, false
}

// Aspect is a page's width over its height when turned, 0 while unknown.
func (s *Session) Aspect(p library.Pane) float64 {
	e, ok := s.Exhibit(p.Page.Path)
	if !ok {
		return 0
	}
	of := sheetOf(s.sourceOf(e.File), p.Page.Index)
	s.mu.Lock()
	a := s.answers.aspects[of]
	s.mu.Unlock()
	if a > 0 && s.pagesNow().Of(p.Page).Upright.Plus(int(p.Turn))%2 == 1 {
		return 1 / a
	}
	return a
}

// Thumb is the thumbnail of a page that fits into box (device pixels); where it is not there yet it
// is wished for, and PictureChanged tells when it is. The error says that there will be none.
func (s *Session) Thumb(p library.PageID, box image.Point) (*image.RGBA, error) {
	return s.thumb(library.Pane{Page: p}, box)
}

func (s *Session) thumb(pane library.Pane, box image.Point) (*image.RGBA, error) {
	r, ok := s.request(pane, box)
	if !ok {
		return nil, nil
	}
	return s.small(r)
}

// Wave is the sound of the i-th of n parts of a recording, equally long: peaks around the middle, white on black, of
// the size box in pixels. It is wished for as a thumbnail is, and made behind everything else.
func (s *Session) Wave(path string, i, n int, box image.Point) (*image.RGBA, error) {
	r, ok := s.request(library.Pane{Page: library.PageID{Path: path}}, box)
	if !ok {
		return nil, nil
	}
	r.Wave, r.Turn = true, 0
	r.View = library.Rect{X0: float64(i) / float64(n), X1: float64(i+1) / float64(n), Y1: 1}
	return s.small(r)
}

// small is a picture that is wished for where it is not there yet.
func (s *Session) small(r render.Request) (*image.RGBA, error) {
	if pic, ok := s.renderer.Cached(r); ok {
		return pic.Image, nil
	}
	if err := s.renderer.Failure(r); err != nil {
		return nil, err
	}
	if i := slices.Index(s.thumbs, r); i >= 0 {
		s.thumbs = slices.Delete(s.thumbs, i, i+1)
	}
	s.thumbs = slices.Insert(s.thumbs, 0, r)
	if len(s.thumbs) > maxThumbs {
		s.thumbs = s.thumbs[:maxThumbs]
	}
	s.changed(0)
	return nil, nil
}

// View is the picture of what is looked at in Prepare, to fit into box; exact tells whether it is of
// this very view, or of the whole page as a stand-in.
func (s *Session) View(box image.Point) (picture *image.RGBA, exact bool, err error) {
	s.seePage(box)
	r, ok := s.request(s.current, box)
	if !ok {
		return nil, false, nil
	}
	if pic, ok := s.renderer.Cached(r); ok {
		return pic.Image, true, nil
	}
	return nil, false, s.renderer.Failure(r)
}

// seePage notes how large the page that is looked at is seen.
func (s *Session) seePage(box image.Point) {
	if s.box.size != box {
		s.mu.Lock()
		s.box.size = box
		s.mu.Unlock()
		s.changed(0)
	}
}

// LeavePage takes that nobody sees the page large any more, as in the Trial room: it is made no longer.
func (s *Session) LeavePage() { s.seePage(image.Point{}) }

// wish tells the renderer what a person looks at now, most wanted first.
func (s *Session) wish() {
	if s.file == nil {
		return
	}
	s.seekOn()
	var view []render.Request
	add := func(pane library.Pane, box image.Point) {
		if r, ok := s.request(pane, box); ok {
			view = append(view, r)
		}
	}
	if s.candidate != (library.PageID{}) {
		add(library.Pane{Page: s.candidate}, s.projector.Size())
	}
	large := s.box.size != (image.Point{})
	if large {
		add(s.current, s.box.size)
		if s.current.View != (library.Rect{}) {
			add(library.Pane{Page: s.current.Page, Turn: s.current.Turn}, s.box.size)
		}
	}
	var behind []render.Request
	waiting := s.thumbs[:0]
	for _, r := range s.thumbs {
		if _, ok := s.renderer.Cached(r); !ok && s.renderer.Failure(r) == nil {
			waiting = append(waiting, r)
		}
	}
	s.thumbs = waiting
	for _, r := range waiting {
		if r.Wave {
			behind = append(behind, r)
		} else {
			view = append(view, r)
		}
	}
	if next := s.neighbour(s.current.Page, 1); large && next != (library.PageID{}) {
		add(library.Pane{Page: next}, s.box.size)
	}
	s.renderer.Wish(render.LaneView, view)
	s.renderer.Wish(render.LaneBackground, behind)
}

// failureText says why a shot could not be drawn.
func (s *Session) failureText(shot library.Shot) string {
	if f, ok := s.projector.Frame(shot); ok && f.Err != nil {
		return s.ErrorText(f.Err, shot.First().Page)
	}
	return i18n.T("fault.broken", "name", s.Name(shot.First().Page))
}

// FaultText is a sentence for why a file can't be shown.
func (s *Session) FaultText(p library.PageID) string {
	return i18n.T("fault."+FaultKey(s.fileAt(p.Path)), "name", library.ReadableName(p.Path))
}

// ErrorText is a sentence for a render's error.
func (s *Session) ErrorText(err error, p library.PageID) string {
	if errors.Is(err, projector.ErrNoSource) {
		switch f := s.fileAt(p.Path); {
		case f.Path == "" && !s.snapshot.Reading:
			return i18n.T("fault."+string(library.FaultVanished), "name", s.Name(p))
		case f.Fault.Code == library.FaultNone:
			return i18n.T("prepare.unread", "name", s.Name(p))
		default:
			return i18n.T("fault."+FaultKey(f), "name", s.Name(p))
		}
	}
	var e *render.Error
	code := library.FaultBroken
	if errors.As(err, &e) && e.Fault.Code != library.FaultNone {
		code = e.Fault.Code
	}
	return i18n.T("fault."+string(code), "name", s.Name(p))
}

// retry asks anew for the pictures of a file, say because its password is known now.
func (s *Session) retry(path string) {
	s.studying.broken = projector.Plan{}
	s.projector.Retry(path)
	s.changed(PictureChanged | ProofChanged)
}
