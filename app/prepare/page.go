package prepare

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"butluc/app/look"
	"butluc/app/session"
	"butluc/app/widgets"
	"butluc/library"
)

// page is the page that is looked at, large; the wheel zooms, dragging pans.
type page struct {
	widget.BaseWidget
	s       *session.Session
	picture *widgets.Picture
	last    library.PageID // whose picture is shown
}

func newPage(s *session.Session) *page {
	p := &page{s: s, picture: widgets.NewPicture()}
	p.picture.Edge = look.Color(look.Preview)
	p.picture.OnResized = func(image.Point) { _ = p.update() } // the room says why there is no picture
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer implements [fyne.Widget].
func (p *page) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(p.picture) }

// update shows what is there of the present view; while a sharper picture of the same page is being
// made, the one shown stays.
func (p *page) update() (err error) {
	current := p.s.Current()
	if step := p.s.StepPicture(p.picture.PixelSize()); step != nil {
		p.last = current.Page
		p.picture.SetImage(step)
		return nil
	}
	picture, _, err := p.s.View(p.picture.PixelSize())
	switch {
	case picture != nil:
		p.last = current.Page
		p.picture.SetImage(picture)
	case p.last != current.Page || err != nil:
		p.last = library.PageID{}
		p.picture.SetImage(nil)
	}
	return err
}

// proportions are those of the page and of its place, width to height; ok is false while unknown.
func (p *page) proportions() (page, box float64, ok bool) {
	size := p.picture.PixelSize()
	page = p.s.Aspect(p.s.Current())
	if page <= 0 || size.X < 1 || size.Y < 1 {
		return 0, 0, false
	}
	return page, float64(size.X) / float64(size.Y), true
}

func (p *page) change(f func(view library.Rect, page, box float64) library.Rect) {
	page, box, ok := p.proportions()
	if !ok {
		return
	}
	pane := p.s.Current()
	pane.View = f(pane.View, page, box)
	p.s.Look(pane)
}

func (p *page) zoom(factor float64) {
	p.change(func(v library.Rect, page, box float64) library.Rect { return v.Zoomed(page, box, factor) })
}

func (p *page) pan(dx, dy float64) {
	p.change(func(v library.Rect, _, _ float64) library.Rect { return v.Panned(dx, dy) })
}

func (p *page) whole() {
	p.change(func(v library.Rect, page, box float64) library.Rect {
		if v == (library.Rect{}) {
			return library.WidthView(page, box)
		}
		return library.Rect{}
	})
}

// turn turns the page upright, for good and wherever it is shown.
func (p *page) turn(quarters int) {
	pane := p.s.Current()
	o := p.s.Outline()
	if p.s.Edit(o.TurnPage(pane.Page, o.Upright(pane.Page).Plus(quarters))) {
		p.s.Look(library.Pane{Page: pane.Page, Turn: pane.Turn})
	}
}

// percent is the zoom, 100 being the whole page.
func (p *page) percent() int {
	page, box, ok := p.proportions()
	if !ok {
		return 100
	}
	return int(p.s.Current().View.Zoom(page, box)*100 + 0.5)
}

// Scrolled implements [fyne.Scrollable].
func (p *page) Scrolled(e *fyne.ScrollEvent) {
	switch {
	case e.Scrolled.DY > 0:
		p.zoom(1.2)
	case e.Scrolled.DY < 0:
		p.zoom(1 / 1.2)
	}
}

// Dragged implements [fyne.Draggable].
func (p *page) Dragged(e *fyne.DragEvent) {
	size := p.Size()
	if size.Width > 0 && size.Height > 0 {
		p.pan(-float64(e.Dragged.DX/size.Width), -float64(e.Dragged.DY/size.Height))
	}
}

// DragEnd implements [fyne.Draggable].
func (p *page) DragEnd() {}

// DoubleTapped implements [fyne.DoubleTappable].
func (p *page) DoubleTapped(*fyne.PointEvent) { p.whole() }

// Cursor implements [desktop.Cursorable].
func (p *page) Cursor() desktop.Cursor {
	if p.s.Current().View != (library.Rect{}) {
		return desktop.PointerCursor
	}
	return desktop.DefaultCursor
}
