package prepare

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"butluc/app/console"
	"butluc/app/console/markedit"
	"butluc/app/console/study"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// page is the page that is looked at, large, with its marks; the wheel zooms, dragging pans where no mark
// is meant.
type page struct {
	widget.BaseWidget
	s       *console.Session
	picture *widgets.Picture
	marker  *marker
	last    library.PageID // whose picture is shown
	shown   study.Studied
	onMenu  func(at fyne.Position) // opens the menu of the page
}

func newPage(s *console.Session) *page {
	p := &page{s: s, picture: widgets.NewPicture(s.Events.Post)}
	p.picture.Edge = theme.Color(theme.Preview)
	p.picture.OnResized = func(image.Point) { _ = p.update() } // the room says why there is no picture
	p.marker = newMarker(p)
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer implements [fyne.Widget].
func (p *page) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(p.picture, p.marker.layer, p.touch()))
}

// update shows what is there of the present view; while a sharper picture of the same page is being
// made, the one shown stays.
func (p *page) update() (err error) {
	defer p.marker.follow()
	current := p.s.Study.Current()
	if a := p.s.Playback.Now(); a.Picture != nil {
		p.last, p.shown = current.Page, study.Studied{}
		p.picture.SetImage(a.Picture)
		return nil
	}
	studied, err := p.s.Canvas.Draw(p.picture.PixelSize())
	switch {
	case err == nil && studied.Image != nil && studied.Shot.Count > 0 && studied.Shot.Panes[studied.Index].Page == current.Page:
		p.last, p.shown = current.Page, studied
		p.picture.SetImage(studied.Image)
	case err == nil && p.last.Path == current.Page.Path && p.recording():
		p.shown = study.Studied{} // the frame before stays to be seen; nothing can be marked on it
	case p.last != current.Page || err != nil:
		p.last, p.shown = library.PageID{}, study.Studied{}
		p.picture.SetImage(nil)
	}
	return err
}

func (p *page) recording() bool {
	_, ok := p.s.Study.Recording()
	return ok
}

// view is the picture that is shown, for finding one's way on it; ok is false while there is none.
func (p *page) view() (v markedit.View, ok bool) {
	if p.shown.Image == nil {
		return v, false
	}
	return markedit.View{Size: p.shown.Image.Rect.Size(), Shot: p.shown.Shot, Places: p.shown.Places}, true
}

// proportions are those of the page and of its place, width to height; ok is false while unknown.
func (p *page) proportions() (page, box float64, ok bool) {
	size := p.picture.PixelSize()
	if p.shown.Image != nil && p.shown.Court {
		size = p.shown.Room.Size()
	}
	page = p.s.Pictures.Aspect(p.s.Study.Current())
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
	pane := p.s.Study.Current()
	pane.View = f(pane.View, page, box)
	p.s.Study.Look(pane)
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
	pane := p.s.Study.Current()
	if p.s.Edits.Turn(pane.Page, quarters) {
		p.s.Study.Look(library.Pane{Page: pane.Page, Turn: pane.Turn})
	}
}

// percent is the zoom, 100 being the whole page.
func (p *page) percent() int {
	page, box, ok := p.proportions()
	if !ok {
		return 100
	}
	return int(p.s.Study.Current().View.Zoom(page, box)*100 + 0.5)
}

// touch is what takes the mouse over the page.
func (p *page) touch() *widgets.Touch {
	t := widgets.NewTouch()
	t.OnPress, t.OnRelease = p.marker.press, p.marker.release
	t.OnSecondary = func(at fyne.Position) { p.onMenu(at) }
	t.OnDrag = func(at fyne.Position, by fyne.Delta) {
		size := p.Size()
		if !p.marker.drag(at) && size.Width > 0 && size.Height > 0 {
			p.pan(-float64(by.DX/size.Width), -float64(by.DY/size.Height))
		}
	}
	t.OnWheel = func(_ fyne.Position, up bool) {
		if up {
			p.zoom(1.2)
		} else {
			p.zoom(1 / 1.2)
		}
	}
	t.OnDouble = func() {
		if !p.marker.active() {
			p.whole()
		}
	}
	t.Shape = func() desktop.Cursor {
		switch {
		case p.marker.tool != "":
			return desktop.CrosshairCursor
		case p.s.Study.Current().View != (library.Rect{}):
			return desktop.PointerCursor
		}
		return desktop.DefaultCursor
	}
	return t
}
