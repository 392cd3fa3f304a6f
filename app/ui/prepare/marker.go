package prepare

import (
	"image"
	"image/color"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"butluc/app/console"
	"butluc/app/console/markedit"
	"butluc/app/console/study"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// near is how close to a mark a click must be, in the window's units.
const near = 6

// handleSide is the side of a handle, in the window's units.
const handleSide = 10

// marker is the hand that makes and changes marks on the page: the tool that it holds, the mark that is
// picked, and what is drawn over the page for it. Marks of a step are edged in blue, those of the page
// itself in amber.
type marker struct {
	p          *page
	s          *console.Session
	tool       library.MarkKind // in hand, "" for none
	owner      study.Owner      // whom new marks belong to, and the picked one does
	picked     int              // among the owner's marks, -1 for none
	OnChanged  func()           // tool, pick or the picked mark changed; may be nil
	excerpting bool             // the tool in hand keeps passages as excerpts; it is that of highlights otherwise
	excerpts   *excerpting      // nil before the room stands
	OnWrite    func()           // the text of the picked mark is to be written; may be nil

	on     subject // what is marked; of another page or step nothing is picked
	draft  *markedit.Draft
	brush  widgets.Latest
	drags  int          // so that what is drawn late for an earlier drag is not shown
	held   library.Mark // the picked mark as it is while it is dragged
	grip   grip
	start  library.Point // where the drag began
	handle int

	layer   *fyne.Container
	drawn   *canvas.Image
	edge    *canvas.Rectangle
	handles []*canvas.Rectangle
	pins    []*canvas.Circle // of marks of the page that are not picked
}

// subject is what marks are picked on.
type subject struct {
	page library.PageID
	step library.ID
}

func (m *marker) subject() subject {
	step, _, _ := m.s.Study.Editing()
	return subject{m.s.Study.Current().Page, step.ID}
}

// turnTo is called when another page or step may be looked at: what was picked or begun is not on it.
func (m *marker) turnTo(now subject) {
	if now == m.on {
		return
	}
	m.on, m.picked, m.draft, m.grip = now, -1, nil, gripNone
	if m.tool != "" {
		m.owner = m.ownerOf(m.tool)
	}
}

// grip is what a drag does.
type grip int

const (
	gripNone grip = iota
	gripDraw
	gripMove
	gripStretch
	gripCallout // moves where a callout comes to stand
)

func newMarker(p *page) *marker {
	m := &marker{p: p, s: p.s, picked: -1, brush: widgets.Latest{Post: p.s.Events.Post}}
	m.drawn = &canvas.Image{ScaleMode: canvas.ImageScaleFastest, FillMode: canvas.ImageFillStretch}
	m.edge = canvas.NewRectangle(color.Transparent)
	m.edge.StrokeWidth = 1.5
	m.layer = container.NewWithoutLayout(m.drawn, m.edge)
	for range 8 {
		h := canvas.NewRectangle(color.White)
		h.StrokeWidth = 1.5
		h.Resize(fyne.NewSquareSize(handleSide))
		m.handles = append(m.handles, h)
		m.layer.Add(h)
	}
	m.follow()
	return m
}

// active tells whether a tool is in hand or a mark picked, so that keys are the marker's.
func (m *marker) active() bool { return m.tool != "" || m.picked >= 0 }

// take takes a tool in hand; the one that is there already is put away.
func (m *marker) take(kind library.MarkKind) {
	if m.tool == kind {
		m.putAway()
		return
	}
	m.tool, m.picked, m.excerpting = kind, -1, false
	m.owner = m.ownerOf(kind)
	m.s.Marks.TextOf(m.s.Study.Current().Page) // which begins to read it
	m.s.Marks.ReadTexts(m.p.shown.Shot)
	m.changed()
}

// takeExcerpts takes the tool in hand that keeps passages as excerpts.
func (m *marker) takeExcerpts() {
	m.take(library.MarkHighlight)
	if m.tool == "" { // that of highlights was in hand
		m.take(library.MarkHighlight)
	}
	m.owner, m.excerpting = study.OfPage, true
	m.changed()
}

// ownerOf is whom a new mark belongs to: a redaction is the page's, for what may not be seen may be seen in
// no step; other marks are the step's where one is chosen that shows the page.
func (m *marker) ownerOf(kind library.MarkKind) study.Owner {
	_, _, inStep := m.s.Study.Editing()
	if kind.Hides() || !inStep {
		return study.OfPage
	}
	return study.OfStep
}

// putAway puts the tool away and picks nothing.
func (m *marker) putAway() {
	m.tool, m.picked, m.draft, m.grip, m.excerpting = "", -1, nil, gripNone, false
	m.changed()
}

func (m *marker) changed() {
	if m.excerpts != nil && (m.tool != "" && !m.excerpting || m.picked >= 0) {
		m.excerpts.leave()
	}
	m.follow()
	if m.OnChanged != nil {
		m.OnChanged()
	}
}

// mark is the picked mark.
func (m *marker) mark() (library.Mark, bool) {
	m.turnTo(m.subject())
	list := m.s.Marks.Of(m.owner).List()
	if m.picked < 0 || m.picked >= len(list) {
		return library.Mark{}, false
	}
	return list[m.picked], true
}

// set puts another mark in the picked one's place.
func (m *marker) set(to library.Mark) {
	list := m.s.Marks.Of(m.owner).List()
	if m.picked < 0 || m.picked >= len(list) {
		return
	}
	list[m.picked] = to
	m.s.Marks.Set(m.owner, library.MarksOf(list...))
	m.changed()
}

// add adds a mark and picks it.
func (m *marker) add(mk library.Mark) {
	m.tool = ""
	list := m.s.Marks.Of(m.owner).List()
	switch {
	case len(list) >= library.MaxMarks:
		m.s.Notices.TellText(m.s.T("mark.full", "count", len(list)), true)
	case m.owner == study.OfPage && mk.Kind.OfStep():
		m.s.Notices.Tell("mark.page-only", true)
	default:
		if mk.Kind.Shape() == library.ShapePlace && mk.Text == "" {
			mk.Text = m.s.T("mark.text-new")
		}
		if m.s.Marks.Set(m.owner, library.MarksOf(append(list, mk)...)) {
			m.picked = len(list)
			m.s.Notices.Clear()
		}
	}
	m.changed()
	if mk.Kind.Shape() == library.ShapePlace && m.picked >= 0 && m.OnWrite != nil {
		m.OnWrite()
	}
}

// at is the pixel of the page's picture at a place of the widget, and the pane there.
func (m *marker) at(pos fyne.Position) (v markedit.View, x, y float64, pane int) {
	v, ok := m.p.view()
	at, size := m.p.picture.Shown()
	if !ok || size.Width <= 0 || size.Height <= 0 {
		return v, 0, 0, -1
	}
	x = float64((pos.X - at.X) / size.Width * float32(v.Size.X))
	y = float64((pos.Y - at.Y) / size.Height * float32(v.Size.Y))
	return v, x, y, v.Pane(x, y)
}

// press is called when the button went down.
func (m *marker) press(pos fyne.Position) {
	m.turnTo(m.subject())
	m.drags++
	v, x, y, pane := m.at(pos)
	if m.pressCallout(x, y) {
		return
	}
	if pane < 0 {
		m.putAway()
		return
	}
	if pane != m.p.shown.Index {
		m.s.Study.LookAt(pane) // the other page of the step
		m.putAway()
		return
	}
	on := v.Map(pane)
	m.start = on.ToPage(x, y)
	if m.excerpts != nil && m.excerpts.press(pos) {
		return
	}
	if m.tool != "" {
		m.grip, m.draft = gripDraw, markedit.Begin(m.tool, m.on.page, m.start)
		return
	}
	near := near * m.scale(v)
	if mk, ok := m.mark(); ok {
		for i, h := range markedit.Handles(mk) {
			hx, hy := on.ToFrame(h)
			if math.Hypot(hx-x, hy-y) <= near*1.6 {
				m.grip, m.handle, m.held = gripStretch, i, mk
				return
			}
		}
	}
	for _, owner := range []study.Owner{study.OfPage, study.OfStep} {
		list := m.s.Marks.Of(owner).List()
		for i, mk := range slices.Backward(list) {
			if markedit.Hit(mk, on, x, y, near) {
				m.owner, m.picked = owner, i
				m.grip, m.held = gripMove, mk
				m.changed()
				return
			}
		}
	}
	if m.picked >= 0 {
		m.putAway()
	}
}

// leastPassage is how much of the page's width a passage has that is meant.
const leastPassage = 0.02

// scale is how many pixels of the picture one unit of the window is.
func (m *marker) scale(v markedit.View) float64 {
	if _, size := m.p.picture.Shown(); size.Width > 0 {
		return float64(v.Size.X) / float64(size.Width)
	}
	return 1
}

// drag is called when the pointer moved with the button down, and reports whether that is the marker's.
func (m *marker) drag(pos fyne.Position) bool {
	m.turnTo(m.subject())
	if m.grip == gripNone {
		return m.tool != ""
	}
	v, x, y, _ := m.at(pos)
	if len(v.Places) <= m.p.shown.Index {
		return true
	}
	to := v.Map(m.p.shown.Index).ToPage(x, y)
	switch m.grip {
	case gripDraw:
		m.draft.To(to)
		m.draw(v, m.drafted())
	case gripMove:
		if mk, ok := m.mark(); ok {
			m.held = mk.Moved(to.X-m.start.X, to.Y-m.start.Y)
			m.draw(v, m.held)
		}
	case gripStretch:
		if mk, ok := m.mark(); ok {
			m.held = markedit.Stretch(mk, m.handle, to)
			m.draw(v, m.held)
		}
	case gripCallout:
		m.dragCallout(v, x, y)
	case gripNone:
	}
	return true
}

// drafted is the mark that is being drawn, as it would be kept.
func (m *marker) drafted() library.Mark {
	d := *m.draft
	d.Snap(m.s.Marks.TextOf(d.Page))
	mk, _ := d.Mark()
	return mk
}

// release is called when the button came up.
func (m *marker) release() {
	before, ok := m.mark()
	grip := m.grip
	m.grip = gripNone
	switch grip {
	case gripDraw:
		_, big := m.draft.Mark()
		mk := m.drafted()
		m.draft = nil
		if b := mk.Bounds(); m.excerpting && b.X1-b.X0 > leastPassage {
			m.changed() // the tool stays in hand: the next passage is one drag away
			m.excerpts.made(mk)
		} else if big && !m.excerpting {
			m.add(mk)
		} else {
			m.changed()
		}
	case gripMove, gripStretch, gripCallout:
		if ok && library.MarksOf(before) != library.MarksOf(m.held) {
			m.set(m.held)
		} else {
			m.changed()
		}
	case gripNone:
	}
}

// pressCallout begins to move where the picked step's callout comes to stand, where the pointer is on one.
func (m *marker) pressCallout(x, y float64) bool {
	if m.tool != "" || !m.p.shown.Court {
		return false
	}
	at := image.Pt(int(x), int(y))
	k := 0
	for i, mk := range m.s.Marks.Of(study.OfStep).List() {
		if mk.Kind != library.MarkCallout {
			continue
		}
		if k < len(m.p.shown.Callouts) && at.In(m.p.shown.Callouts[k]) {
			m.owner, m.picked, m.grip, m.held = study.OfStep, i, gripCallout, mk
			m.start = library.Point{X: x, Y: y}
			m.changed()
			return true
		}
		k++
	}
	return false
}

// dragCallout moves the place of the picked callout.
func (m *marker) dragCallout(v markedit.View, x, y float64) {
	mk, ok := m.mark()
	k := 0
	for _, other := range m.s.Marks.Of(study.OfStep).List()[:max(0, m.picked)] {
		if other.Kind == library.MarkCallout {
			k++
		}
	}
	box := m.p.shown.Room
	if !ok || k >= len(m.p.shown.Callouts) || box.Empty() {
		return
	}
	place := m.p.shown.Callouts[k].Add(image.Pt(int(x-m.start.X), int(y-m.start.Y)))
	place = place.Add(image.Pt(max(0, box.Min.X-place.Min.X), max(0, box.Min.Y-place.Min.Y)))
	place = place.Sub(image.Pt(max(0, place.Max.X-box.Max.X), max(0, place.Max.Y-box.Max.Y)))
	part := func(v, from, size int) float64 { return max(0, min(1, float64(v-from)/float64(size))) }
	mk.To = library.Rect{
		X0: part(place.Min.X, box.Min.X, box.Dx()), Y0: part(place.Min.Y, box.Min.Y, box.Dy()),
		X1: part(place.Max.X, box.Min.X, box.Dx()), Y1: part(place.Max.Y, box.Min.Y, box.Dy()),
	}
	m.held = mk
	m.frame(v, place)
}
