package prepare

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"butluc/app/console/event"
	"butluc/app/console/markedit"
	"butluc/app/ui/excerpts"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// excerpting is how passages of the page are kept: with its tool in hand each passage that is dragged over is an excerpt, which
// lies in the form at the foot until the next one. A thin line in the margin shows where excerpts are. All of it lies over the
// page in the console's window; no picture has it that goes anywhere else.
type excerpting struct {
	r      *Room
	form   *excerpts.Form
	opened bool // the form is in the place of the thumbnails

	lines  []*canvas.Rectangle // in the margin
	lit    []*canvas.Rectangle // over the excerpt at hand
	places []placedLine
}

// placedLine is where the line of an excerpt is, in units of the widget.
type placedLine struct {
	id        library.ID
	x, y0, y1 float32
}

func newExcerpting(r *Room) *excerpting {
	x := &excerpting{r: r, form: excerpts.NewForm(r.s, r.focus, true, r.s.T("excerpt.drag"))}
	x.form.Content().Hide()
	r.s.Events.Subscribe(event.StudyChanged|event.OutlineChanged, x.draw)
	return x
}

// excerpting is what keeps passages of the page; nil before the room stands.
func (r *Room) excerpting() *excerpting { return r.page.marker.excerpts }

// open tells whether the form is at the page's foot.
func (x *excerpting) open() bool { return x.opened }

// take takes the tool in hand, or puts it away; where a highlight is picked, that passage becomes an excerpt.
func (x *excerpting) take() {
	m := x.r.page.marker
	mk, picked := m.mark()
	switch {
	case picked && mk.Kind == library.MarkHighlight:
		m.putAway()
		x.show(true)
		x.made(mk)
	case m.excerpting:
		x.close()
	default:
		m.takeExcerpts()
		x.show(true)
	}
}

// made keeps a passage that was dragged over.
func (x *excerpting) made(mk library.Mark) {
	x.form.Keep()
	page := x.r.s.Study.Current().Page
	x.r.s.Excerpts.Make(page, mk.Regions(), x.r.s.Marks.TextOf(page))
}

// show puts the form in the place of the thumbnails, or these back.
func (x *excerpting) show(on bool) {
	if !on {
		x.form.Keep()
	}
	x.opened = on
	x.r.marks.update()
}

// leave puts the form away because something else is in hand.
func (x *excerpting) leave() {
	if x.opened {
		x.form.Keep()
		x.opened = false
		x.r.s.Excerpts.Choose("")
	}
}

// close puts the tool away and the form with it, and tells whether it was open.
func (x *excerpting) close() bool {
	if !x.open() {
		return false
	}
	if x.r.page.marker.excerpting {
		x.r.page.marker.putAway()
	}
	x.show(false)
	x.r.s.Excerpts.Choose("")
	x.r.focus(nil)
	return true
}

// press takes a click on a line in the margin, and tells whether there was one.
func (x *excerpting) press(pos fyne.Position) bool {
	for _, p := range x.places {
		if pos.X >= p.x-lineReach && pos.X <= p.x+lineWide+lineReach && pos.Y >= p.y0-2 && pos.Y <= p.y1+2 {
			x.r.s.Excerpts.Choose(p.id)
			x.show(true)
			return true
		}
	}
	return false
}

const (
	lineWide  = 4 // of a line in the margin
	lineReach = 5 // how far beside it a click is one on it
)

// draw puts the lines beside the excerpts of the page that is seen.
func (x *excerpting) draw() {
	m := x.r.page.marker
	x.places = x.places[:0]
	var lit []library.Rect
	v, ok := m.p.view()
	if ok {
		page := v.Shot.Panes[m.p.shown.Index].Page
		upright := x.r.s.Dossier.PagesNow().Of(page).Upright
		chosen, _ := x.r.s.Excerpts.Chosen()
		for _, e := range x.r.s.Dossier.Outline().ExcerptsOn(page, x.r.s.Dossier.Index()) {
			area := e.AreaOn(upright)
			x.line(v, e, area)
			if e.ID == chosen.ID {
				lit = area.Rects()
			}
		}
	}
	for i := len(x.places); i < len(x.lines); i++ {
		x.lines[i].Hide()
	}
	for len(x.lit) < len(lit) {
		r := canvas.NewRectangle(color.Transparent)
		x.lit = append(x.lit, r)
		m.layer.Add(r)
	}
	for i, r := range x.lit {
		widgets.Show(r, i < len(lit))
		if i < len(lit) {
			x0, y0, x1, y1, in := x.framed(v, lit[i])
			widgets.Show(r, in)
			r.FillColor = theme.Faint(theme.Accent, 0.22)
			m.place(r, v, x0, y0, x1, y1)
			r.Refresh()
		}
	}
}

// framed is where a part of the page is in the picture, in its pixels, as far as it is seen.
func (x *excerpting) framed(v markedit.View, r library.Rect) (x0, y0, x1, y1 float64, in bool) {
	i := x.r.page.shown.Index
	on, place := v.Map(i), v.Places[i]
	a, b := r.Or().Corners()
	ax, ay := on.ToFrame(a)
	bx, by := on.ToFrame(b)
	x0, x1 = max(min(ax, bx), float64(place.Min.X)), min(max(ax, bx), float64(place.Max.X))
	y0, y1 = max(min(ay, by), float64(place.Min.Y)), min(max(ay, by), float64(place.Max.Y))
	return x0, y0, x1, y1, x0 < x1 && y0 < y1
}

// line draws the line of one excerpt: at the page's left edge, as far as the excerpt goes down.
func (x *excerpting) line(v markedit.View, e library.Excerpt, area library.Area) {
	m := x.r.page.marker
	_, y0, _, y1, in := x.framed(v, area.Bounds())
	if !in {
		return
	}
	n := len(x.places)
	if n == len(x.lines) {
		l := canvas.NewRectangle(color.Transparent)
		l.CornerRadius = lineWide / 2
		x.lines = append(x.lines, l)
		m.layer.Add(l)
	}
	l := x.lines[n]
	l.FillColor = theme.Color(excerpts.SideToken(e.Side))
	left := float64(v.Places[m.p.shown.Index].Min.X)
	m.place(l, v, left, y0, left, y1)
	beside := float32(2 + n%2*(lineWide+2)) // two that overlap are both seen
	l.Move(l.Position().AddXY(beside, 0))
	l.Resize(fyne.NewSize(lineWide, max(6, l.Size().Height)))
	widgets.Show(l, true)
	l.Refresh()
	at := l.Position()
	x.places = append(x.places, placedLine{e.ID, at.X, at.Y, at.Y + l.Size().Height})
}
