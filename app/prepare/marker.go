package prepare

import (
	"image"
	"image/color"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"butluc/app/keys"
	"butluc/app/look"
	"butluc/app/session"
	"butluc/app/sketch"
	"butluc/app/widgets"
	"butluc/app/words"
	"butluc/library"
	"butluc/presenter/mark"
)

// near is how close to a mark a click must be, in the window's units.
const near = 6

// handleSide is the side of a handle, in the window's units.
const handleSide = 10

// marker is the hand that makes and changes marks on the page: the tool that it holds, the mark that is
// picked, and what is drawn over the page for it. Marks of a step are edged in blue, those of the page
// itself in amber.
type marker struct {
	p         *page
	s         *session.Session
	tool      library.MarkKind // in hand, "" for none
	owner     session.Owner    // whom new marks belong to, and the picked one does
	picked    int              // among the owner's marks, -1 for none
	OnChanged func()           // tool, pick or the picked mark changed; may be nil
	OnWrite   func()           // the text of the picked mark is to be written; may be nil

	draft  *sketch.Draft
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
	m := &marker{p: p, s: p.s, picked: -1}
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
	m.tool, m.picked = kind, -1
	m.owner = m.ownerOf(kind)
	m.s.TextOf(m.s.Current().Page) // which begins to read it
	m.changed()
}

// ownerOf is whom a new mark belongs to: a redaction is the page's, for what may not be seen may be seen in
// no step; other marks are the step's where one is chosen that shows the page.
func (m *marker) ownerOf(kind library.MarkKind) session.Owner {
	_, _, inStep := m.s.Editing()
	if kind == library.MarkRedaction || !inStep {
		return session.OfPage
	}
	return session.OfStep
}

// putAway puts the tool away and picks nothing.
func (m *marker) putAway() {
	m.tool, m.picked, m.draft, m.grip = "", -1, nil, gripNone
	m.changed()
}

func (m *marker) changed() {
	m.follow()
	if m.OnChanged != nil {
		m.OnChanged()
	}
}

// mark is the picked mark.
func (m *marker) mark() (library.Mark, bool) {
	list := m.s.Marks(m.owner).List()
	if m.picked < 0 || m.picked >= len(list) {
		return library.Mark{}, false
	}
	return list[m.picked], true
}

// set puts another mark in the picked one's place.
func (m *marker) set(to library.Mark) {
	list := m.s.Marks(m.owner).List()
	if m.picked < 0 || m.picked >= len(list) {
		return
	}
	list[m.picked] = to
	m.s.SetMarks(m.owner, library.MarksOf(list...))
	m.changed()
}

// add adds a mark and picks it.
func (m *marker) add(mk library.Mark) {
	m.tool = ""
	list := m.s.Marks(m.owner).List()
	switch {
	case len(list) >= library.MaxMarks:
		m.s.TellText(words.T("mark.full", "count", len(list)), true)
	case m.owner == session.OfPage && (mk.Kind == library.MarkCallout || mk.Kind == library.MarkSpotlight):
		m.s.Tell("mark.page-only", true)
	default:
		if mk.Kind == library.MarkText && mk.Text == "" {
			mk.Text = words.T("mark.text-new")
		}
		if m.s.SetMarks(m.owner, library.MarksOf(append(list, mk)...)) {
			m.picked = len(list)
			m.s.ClearNotice()
		}
	}
	m.changed()
	if mk.Kind == library.MarkText && m.picked >= 0 && m.OnWrite != nil {
		m.OnWrite()
	}
}

// at is the pixel of the page's picture at a place of the widget, and the pane there.
func (m *marker) at(pos fyne.Position) (v sketch.View, x, y float64, pane int) {
	v, ok := m.p.view()
	at, size := m.p.picture.Shown()
	if !ok || size.Width <= 0 || size.Height <= 0 {
		return v, 0, 0, -1
	}
	x = float64((pos.X - at.X) / size.Width * float32(v.Size.X))
	y = float64((pos.Y - at.Y) / size.Height * float32(v.Size.Y))
	return v, x, y, v.Pane(x, y)
}

// press takes that the button went down.
func (m *marker) press(pos fyne.Position) {
	v, x, y, pane := m.at(pos)
	if m.pressCallout(x, y) {
		return
	}
	if pane < 0 {
		m.putAway()
		return
	}
	if pane != m.p.shown.Index {
		m.s.LookAt(pane) // the other page of the step
		m.putAway()
		return
	}
	on := v.Map(pane)
	m.start = on.ToPage(x, y)
	if m.tool != "" {
		m.grip, m.draft = gripDraw, sketch.Begin(m.tool, m.start)
		return
	}
	near := near * m.scale(v)
	if mk, ok := m.mark(); ok {
		for i, h := range sketch.Handles(mk) {
			hx, hy := on.ToFrame(h)
			if math.Hypot(hx-x, hy-y) <= near*1.6 {
				m.grip, m.handle, m.held = gripStretch, i, mk
				return
			}
		}
	}
	for _, owner := range []session.Owner{session.OfPage, session.OfStep} {
		list := m.s.Marks(owner).List()
		for i, mk := range slices.Backward(list) {
			if sketch.Hit(mk, on, x, y, near) {
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

// scale is how many pixels of the picture one unit of the window is.
func (m *marker) scale(v sketch.View) float64 {
	if _, size := m.p.picture.Shown(); size.Width > 0 {
		return float64(v.Size.X) / float64(size.Width)
	}
	return 1
}

// drag takes that the pointer moved with the button down, and tells whether that is the marker's.
func (m *marker) drag(pos fyne.Position) bool {
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
			m.held = sketch.Stretch(mk, m.handle, to)
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
	d.Snap(m.s.TextOf(m.s.Current().Page))
	mk, _ := d.Mark()
	return mk
}

// release takes that the button came up.
func (m *marker) release() {
	grip := m.grip
	m.grip = gripNone
	before, ok := m.mark()
	switch grip {
	case gripDraw:
		_, big := m.draft.Mark()
		mk := m.drafted()
		m.draft = nil
		if big {
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
	for i, mk := range m.s.Marks(session.OfStep).List() {
		if mk.Kind != library.MarkCallout {
			continue
		}
		if k < len(m.p.shown.Callouts) && at.In(m.p.shown.Callouts[k]) {
			m.owner, m.picked, m.grip, m.held = session.OfStep, i, gripCallout, mk
			m.start = library.Point{X: x, Y: y}
			m.changed()
			return true
		}
		k++
	}
	return false
}

// dragCallout moves the place of the picked callout.
func (m *marker) dragCallout(v sketch.View, x, y float64) {
	mk, ok := m.mark()
	k := 0
	for _, other := range m.s.Marks(session.OfStep).List()[:max(0, m.picked)] {
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

// draw shows a mark that is being made or changed, over the page.
func (m *marker) draw(v sketch.View, mk library.Mark) {
	i := m.p.shown.Index
	pane := v.Shot.Panes[i]
	img, origin := mark.Stroke(m.p.shown.Room, v.Places[i], pane.View, pane.Turn, mk)
	m.drawn.Image = img
	widgets.Show(m.drawn, img != nil)
	if img != nil {
		r := img.Rect.Add(origin)
		m.place(m.drawn, v, float64(r.Min.X), float64(r.Min.Y), float64(r.Max.X), float64(r.Max.Y))
		m.drawn.Refresh()
	}
	if m.grip != gripDraw {
		m.edgeOf(v, mk)
	}
}

// place puts an object over a part of the picture, told in the picture's pixels.
func (m *marker) place(o fyne.CanvasObject, v sketch.View, x0, y0, x1, y1 float64) {
	at, size := m.p.picture.Shown()
	fx, fy := size.Width/float32(v.Size.X), size.Height/float32(v.Size.Y)
	o.Move(at.AddXY(float32(x0)*fx, float32(y0)*fy))
	o.Resize(fyne.NewSize(float32(x1-x0)*fx, float32(y1-y0)*fy))
}

func (m *marker) color() color.NRGBA {
	if m.owner == session.OfPage {
		return look.Color(look.Warn)
	}
	return look.Color(look.Accent)
}

// edgeOf puts edge and handles round a mark.
func (m *marker) edgeOf(v sketch.View, mk library.Mark) {
	on := v.Map(m.p.shown.Index)
	a, b := mk.Bounds().Corners()
	ax, ay := on.ToFrame(a)
	bx, by := on.ToFrame(b)
	const room = 3
	m.edge.StrokeColor = m.color()
	m.place(m.edge, v, min(ax, bx)-room, min(ay, by)-room, max(ax, bx)+room, max(ay, by)+room)
	widgets.Show(m.edge, true)
	m.edge.Refresh()
	for i, h := range m.handles {
		at := sketch.Handles(mk)
		widgets.Show(h, i < len(at))
		if i < len(at) {
			x, y := on.ToFrame(at[i])
			m.place(h, v, x, y, x, y)
			h.Resize(fyne.NewSquareSize(handleSide))
			h.Move(h.Position().SubtractXY(handleSide/2, handleSide/2))
			h.StrokeColor = m.color()
			h.Refresh()
		}
	}
}

// frame puts the edge round a place of the picture.
func (m *marker) frame(v sketch.View, r image.Rectangle) {
	m.place(m.edge, v, float64(r.Min.X), float64(r.Min.Y), float64(r.Max.X), float64(r.Max.Y))
	m.edge.StrokeColor = m.color()
	widgets.Show(m.edge, true)
	m.edge.Refresh()
}

// follow shows what is picked as it is now.
func (m *marker) follow() {
	if m.grip != gripNone {
		return
	}
	if _, _, inStep := m.s.Editing(); m.owner == session.OfStep && !inStep {
		m.picked = -1
	}
	v, ok := m.p.view()
	mk, picked := m.mark()
	if !picked {
		m.picked = -1
	}
	m.drawn.Hide()
	m.edge.Hide()
	for _, h := range m.handles {
		h.Hide()
	}
	if ok && picked {
		m.edgeOf(v, mk)
	}
	m.pin(v, ok)
}

// pin shows which marks are the page's own, in every step.
func (m *marker) pin(v sketch.View, ok bool) {
	var list []library.Mark
	if ok {
		list = m.s.Marks(session.OfPage).List()
	}
	for len(m.pins) < len(list) {
		c := canvas.NewCircle(look.Color(look.Warn))
		c.StrokeColor, c.StrokeWidth = color.White, 1
		m.pins = append(m.pins, c)
		m.layer.Add(c)
	}
	for i, c := range m.pins {
		widgets.Show(c, i < len(list))
		if i < len(list) {
			a, _ := list[i].Bounds().Corners()
			x, y := v.Map(m.p.shown.Index).ToFrame(a)
			m.place(c, v, x, y, x, y)
			c.Resize(fyne.NewSquareSize(9))
			c.Move(c.Position().SubtractXY(4.5, 4.5))
		}
	}
}

// nudge is how far a key moves or stretches a mark, as a part of the page.
const nudge = 0.004

// tools are the kinds of mark by the action that takes the tool in hand.
var tools = map[keys.Action]library.MarkKind{
	keys.ToolHighlight: library.MarkHighlight, keys.ToolBox: library.MarkBox, keys.ToolEllipse: library.MarkEllipse,
	keys.ToolArrow: library.MarkArrow, keys.ToolLine: library.MarkLine, keys.ToolPen: library.MarkPen, keys.ToolText: library.MarkText,
	keys.ToolSpotlight: library.MarkSpotlight, keys.ToolCallout: library.MarkCallout, keys.ToolRedaction: library.MarkRedaction,
}

// moves are the keys that move or stretch the picked mark.
var moves = map[keys.Action]struct {
	dx, dy  float64
	stretch bool
}{
	keys.MarkLeft: {dx: -nudge}, keys.MarkRight: {dx: nudge}, keys.MarkUp: {dy: -nudge}, keys.MarkDown: {dy: nudge},
	keys.MarkNarrower: {-nudge, 0, true}, keys.MarkWider: {nudge, 0, true}, keys.MarkLower: {0, -nudge, true}, keys.MarkTaller: {0, nudge, true},
}

// do does an action with marks, and tells whether it was one.
func (m *marker) do(a keys.Action) bool {
	if kind, ok := tools[a]; ok {
		m.take(kind)
		return true
	}
	mk, picked := m.mark()
	if mv, ok := moves[a]; ok {
		switch {
		case picked && mv.stretch:
			m.set(sketch.Grown(mk, mv.dx, mv.dy))
		case picked:
			m.set(mk.Moved(mv.dx, mv.dy))
		}
		return true
	}
	switch a {
	case keys.MarkPick:
		m.pick(1)
	case keys.MarkPickBack:
		m.pick(-1)
	case keys.MarkPlace:
		m.put(mk, picked)
	case keys.MarkThinner:
		m.widen(mk, picked, 1/1.25)
	case keys.MarkThicker:
		m.widen(mk, picked, 1.25)
	case keys.MarkColor:
		m.recolor(mk, picked)
	case keys.MarkSooner:
		m.beat(-1)
	case keys.MarkLater:
		m.beat(1)
	case keys.MarkFront:
		m.order(true)
	case keys.MarkBack:
		m.order(false)
	case keys.MarkOwner:
		m.changeOwner()
	case keys.Delete, keys.Duplicate:
		if !picked {
			return false
		}
		m.edit(a, mk)
	default:
		return false
	}
	return true
}

// edit deletes or doubles the picked mark.
func (m *marker) edit(a keys.Action, mk library.Mark) {
	if a == keys.Duplicate {
		m.add(mk.Moved(0.02, 0.02))
		return
	}
	list := slices.Delete(m.s.Marks(m.owner).List(), m.picked, m.picked+1)
	m.picked = min(m.picked, len(list)-1)
	m.s.SetMarks(m.owner, library.MarksOf(list...))
	m.changed()
}

// put puts the tool's mark into the middle of what is looked at; of a picked text it opens the writing.
func (m *marker) put(mk library.Mark, picked bool) {
	switch {
	case m.tool != "":
		m.add(sketch.Placed(m.tool, m.s.Current().View.Turned(-int(m.s.Current().Turn))))
	case picked && mk.Kind == library.MarkText && m.OnWrite != nil:
		m.OnWrite()
	}
}

// pick picks the mark by some further on, the step's first.
func (m *marker) pick(by int) {
	steps, all := len(m.s.Marks(session.OfStep).List()), 0
	if all = steps + len(m.s.Marks(session.OfPage).List()); all == 0 {
		m.putAway()
		return
	}
	at := m.picked
	if at >= 0 && m.owner == session.OfPage {
		at += steps
	}
	if at < 0 && by < 0 {
		at = 0
	}
	at = ((at+by)%all + all) % all
	m.tool, m.owner, m.picked = "", session.OfStep, at
	if at >= steps {
		m.owner, m.picked = session.OfPage, at-steps
	}
	m.changed()
}

func (m *marker) widen(mk library.Mark, picked bool, by float64) {
	if !picked {
		return
	}
	if mk.Width == 0 {
		mk.Width = 1
	}
	mk.Width = max(library.MinWidth, min(library.MaxWidth, mk.Width*by))
	if math.Abs(mk.Width-1) < 0.05 {
		mk.Width = 0
	}
	m.set(mk)
}

// recolor gives the picked mark the next colour, or the one that is named.
func (m *marker) recolor(mk library.Mark, picked bool, names ...string) {
	if !picked || mk.Kind == library.MarkRedaction {
		return
	}
	at := slices.Index(library.MarkColors, mk.Color) + 1
	mk.Color = library.MarkColors[at%len(library.MarkColors)]
	if len(names) > 0 {
		mk.Color = names[0]
	}
	m.set(mk)
}

func (m *marker) beat(by int) {
	mk, picked := m.mark()
	if !picked || m.owner == session.OfPage || mk.Kind == library.MarkRedaction {
		return
	}
	mk.Beat = max(0, min(library.MaxBeat, mk.Beat+by))
	m.set(mk)
}

// order puts the picked mark over or under all others of its owner.
func (m *marker) order(front bool) {
	mk, picked := m.mark()
	if !picked {
		return
	}
	list := slices.Delete(m.s.Marks(m.owner).List(), m.picked, m.picked+1)
	at := 0
	if front {
		at = len(list)
	}
	m.picked = at
	m.s.SetMarks(m.owner, library.MarksOf(slices.Insert(list, at, mk)...))
	m.changed()
}

// changeOwner gives the picked mark from the step to the page or back; without one, the next marks.
func (m *marker) changeOwner() {
	other := session.OfPage
	if m.owner == session.OfPage {
		other = session.OfStep
	}
	mk, picked := m.mark()
	_, _, inStep := m.s.Editing()
	switch {
	case other == session.OfStep && !inStep:
		m.s.Tell("mark.no-step", true)
	case other == session.OfPage && (mk.Kind == library.MarkCallout || mk.Kind == library.MarkSpotlight || m.tool == library.MarkCallout || m.tool == library.MarkSpotlight):
		m.s.Tell("mark.page-only", true)
	case !picked:
		m.owner = other
		m.changed()
	default:
		m.give(mk, other)
	}
}

// give gives the picked mark to another owner, in one edit.
func (m *marker) give(mk library.Mark, to session.Owner) {
	rest := slices.Delete(m.s.Marks(m.owner).List(), m.picked, m.picked+1)
	if to == session.OfPage {
		mk.Beat = 0
	}
	theirs := append(m.s.Marks(to).List(), mk)
	marks := map[session.Owner]library.Marks{m.owner: library.MarksOf(rest...), to: library.MarksOf(theirs...)}
	if m.s.SetBothMarks(marks[session.OfStep], marks[session.OfPage]) {
		m.owner, m.picked = to, len(theirs)-1
	}
	m.changed()
}
