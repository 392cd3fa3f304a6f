package trial

import (
	"cmp"
	"image"
	"image/color"
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"

	"butluc/app/console"
	"butluc/app/console/markedit"
	"butluc/app/keys"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
	"butluc/presenter/compose"
	"butluc/presenter/projector"
)

// mirror is what the court sees, in the console; with a tool in hand the mouse or a pen draws there, and
// the court sees it as it is drawn. Without one the mirror takes no click: nothing reaches the court by a
// slip of the hand.
type mirror struct {
	s       *console.Session
	picture *widgets.Picture
	film    *film
	drawn   *canvas.Image // what is being drawn, on the mirror
	layer   *fyne.Container
	content fyne.CanvasObject
	tool    keys.Action // "" for none
	buttons map[keys.Action]*widgets.Button
	box     *fyne.Container // the tools

	pane    int // that is drawn on
	draft   *markedit.Draft
	brush   widgets.Latest
	size    image.Point // of the frame that pointer and spot were made for
	pointer *image.RGBA
	spot    *image.RGBA
	outside color.RGBA
	echo    time.Time     // when the mirror showed last what is being drawn
	cost    time.Duration // what a drawing of the window takes
}

// mirrorTool is a tool beside the mirror.
type mirrorTool struct {
	action keys.Action
	icon   string
	name   string // in the catalogue
}

// mirrorTools are the tools in the order in which they stand, with those of marks among them.
func mirrorTools(marks []library.MarkTraits) []mirrorTool {
	tool := func(a keys.Action, icon, name string) mirrorTool { return mirrorTool{a, icon, "live-tool." + name} }
	tools := []mirrorTool{tool(keys.ToolPointer, "pointer", "pointer"), tool(keys.ToolSpotlight, "mark-spotlight", "spotlight")}
	marks = slices.DeleteFunc(slices.Clone(marks), func(t library.MarkTraits) bool { return t.Mirror == 0 })
	slices.SortStableFunc(marks, func(a, b library.MarkTraits) int { return cmp.Compare(a.Mirror, b.Mirror) })
	for _, t := range marks {
		tools = append(tools, tool(keys.ToolOf(t.Kind), "mark-"+string(t.Kind), string(t.Kind)))
	}
	return append(tools, tool(keys.ToolHand, "hand", "hand"), tool(keys.ClearLive, "close", "clear"),
		tool(keys.HideMarks, "eye", "hide"), tool(keys.KeepLive, "keep", "keep"))
}

// toolWide is how wide a tool's button is: its name is short.
const toolWide = 58

// drawn is the kind of mark that a tool draws, "" for none.
func drawn(tool keys.Action) library.MarkKind {
	kind, _ := keys.MarkOf(tool)
	if t, ok := kind.Traits(); ok && t.Live == library.LiveDrawn {
		return kind
	}
	return ""
}

func newMirror(s *console.Session, picture *widgets.Picture, do func(keys.Action)) *mirror {
	m := &mirror{s: s, picture: picture, buttons: map[keys.Action]*widgets.Button{}, brush: widgets.Latest{Post: s.Events.Post}}
	m.drawn = &canvas.Image{ScaleMode: canvas.ImageScaleFastest, FillMode: canvas.ImageFillStretch}
	m.film = newFilm(picture)
	m.layer = container.NewWithoutLayout(m.film.image, m.drawn)
	m.content = container.NewStack(picture, container.NewClip(m.layer), m.touch())
	m.box = container.New(cells{toolWide, theme.BigTarget})
	for _, t := range mirrorTools(library.MarkTable) {
		b := widgets.NewButton(s.T(t.name), widgets.Icon(t.icon), widgets.Quiet, func() { do(t.action) })
		b.Hint, b.Below, b.Tall = keys.Hint(s.In(), keys.Trial, t.action), true, theme.BigTarget
		m.buttons[t.action] = b
		m.box.Add(b)
	}
	return m
}

// do takes a tool in hand or puts it away, and tells whether the action is a tool's.
func (m *mirror) do(a keys.Action) bool {
	if !isTool(a) {
		return false
	}
	if m.tool == a {
		a = ""
	}
	m.take(a)
	return true
}

// isTool tells whether an action takes a tool in hand, or puts it away.
func isTool(a keys.Action) bool {
	return drawn(a) != "" || a == keys.ToolPointer || a == keys.ToolSpotlight || a == keys.ToolHand
}

func (m *mirror) take(a keys.Action) {
	m.tool, m.draft = a, nil
	m.clear()
	for action, b := range m.buttons {
		style := widgets.Quiet
		if action == a {
			style = widgets.Chosen
		}
		b.SetStyle(style)
	}
	if drawn(a).Shape() == library.ShapeRegions {
		if f, ok := m.s.Stage.Live(); ok {
			m.s.Marks.ReadTexts(f.Shot)
		}
	}
}

// putAway puts the tool away, and tells whether there was one.
func (m *mirror) putAway() bool {
	had := m.tool != ""
	if had {
		m.take("")
	}
	return had
}

// clear takes away what is drawn for the moment, there and here.
func (m *mirror) clear() {
	m.s.Stage.Over(nil, image.Point{}, color.RGBA{})
	m.drawn.Hide()
}

func (m *mirror) touch() *widgets.Touch {
	t := widgets.NewTouch()
	t.OnPress, t.OnRelease = m.press, m.release
	t.OnDrag = func(at fyne.Position, by fyne.Delta) { m.drag(at, by) }
	t.OnHover = m.hover
	t.OnLeave = func() {
		if m.tool == keys.ToolPointer || m.tool == keys.ToolSpotlight {
			m.clear()
		}
	}
	t.OnWheel = m.wheel
	t.Shape = func() desktop.Cursor {
		switch {
		case m.tool == "":
			return desktop.DefaultCursor
		case m.tool == keys.ToolHand:
			return desktop.PointerCursor
		}
		return desktop.CrosshairCursor
	}
	return t
}

// at is the pixel of the court's picture at a place of the mirror.
func (m *mirror) at(pos fyne.Position) (f projector.Frame, v markedit.View, x, y float64, ok bool) {
	f, ok = m.s.Stage.Live()
	if !ok {
		return f, v, 0, 0, false
	}
	v, x, y, ok = m.over(f, pos)
	return f, v, x, y, ok
}

// over is the pixel of a frame at a place of the mirror that shows it; ok is false outside.
func (m *mirror) over(f projector.Frame, pos fyne.Position) (v markedit.View, x, y float64, ok bool) {
	at, size := m.picture.Whole()
	v = markedit.View{Size: f.Image.Rect.Size(), Shot: f.Shot, Places: f.Places}
	if size.Width <= 0 || size.Height <= 0 {
		return v, -1, -1, false
	}
	x = float64((pos.X - at.X) / size.Width * float32(v.Size.X))
	y = float64((pos.Y - at.Y) / size.Height * float32(v.Size.Y))
	return v, x, y, x >= 0 && y >= 0 && x < float64(v.Size.X) && y < float64(v.Size.Y)
}

func (m *mirror) hover(pos fyne.Position) {
	if m.tool != keys.ToolPointer && m.tool != keys.ToolSpotlight {
		return
	}
	_, v, x, y, ok := m.at(pos)
	if !ok {
		m.clear()
		return
	}
	if m.size != v.Size {
		m.size, m.pointer = v.Size, compose.Pointer(v.Size)
		m.spot, m.outside = compose.Spot(v.Size)
	}
	picture, outside := m.pointer, color.RGBA{}
	if m.tool == keys.ToolSpotlight {
		picture, outside = m.spot, m.outside
	}
	half := picture.Rect.Size().Div(2)
	m.s.Stage.Over(picture, image.Pt(int(x), int(y)).Sub(half), outside)
}

func (m *mirror) press(pos fyne.Position) {
	kind := drawn(m.tool)
	_, v, x, y, ok := m.at(pos)
	if kind == "" || !ok {
		return
	}
	if m.pane = v.Pane(x, y); m.pane < 0 {
		return
	}
	page := v.Shot.Panes[m.pane].Page
	m.s.Marks.TextOf(page)
	m.draft = markedit.Begin(kind, page, v.Map(m.pane).ToPage(x, y))
}

// on tells whether the court sees the page that a mark was begun on: after a take it is another one.
func (m *mirror) on(d *markedit.Draft) bool {
	f, ok := m.s.Stage.Live()
	return ok && d != nil && m.pane < int(f.Shot.Count) && f.Shot.Panes[m.pane].Page == d.Page
}

func (m *mirror) drag(pos fyne.Position, by fyne.Delta) {
	switch {
	case m.tool == keys.ToolPointer, m.tool == keys.ToolSpotlight:
		m.hover(pos)
	case m.tool == keys.ToolHand:
		m.pan(by)
	case m.draft != nil:
		m.draw(pos)
	}
}

// draw goes on with the mark that is being drawn: on a goroutine, for a long stroke of the pen takes longer
// than the window may wait.
func (m *mirror) draw(pos fyne.Position) {
	if !m.on(m.draft) {
		return
	}
	f, v, x, y, _ := m.at(pos)
	m.draft.To(v.Map(m.pane).ToPage(x, y))
	d, mk, i := m.draft, m.drafted(), m.pane
	pane, room, place := v.Shot.Panes[i], f.Room(i), v.Places[i]
	echo := time.Since(m.echo) >= max(16*time.Millisecond, echoShare*m.cost)
	_, size := m.picture.Whole()
	scale := widgets.Pixels(m.picture, size)
	small := func(r image.Rectangle) image.Rectangle { // on the mirror, in the laptop's pixels
		return image.Rect(r.Min.X*scale.X/v.Size.X, r.Min.Y*scale.Y/v.Size.Y, r.Max.X*scale.X/v.Size.X, r.Max.Y*scale.Y/v.Size.Y)
	}
	m.brush.Do(func() func() {
		picture, at := compose.Stroke(room, place, pane.View, pane.Turn, mk)
		var echoed *image.RGBA
		var origin image.Point
		if echo {
			echoed, origin = compose.Stroke(small(room), small(place), pane.View, pane.Turn, mk)
		}
		return func() {
			if m.draft != d || !m.on(d) {
				return
			}
			m.s.Stage.Over(picture, at, color.RGBA{})
			if echo {
				m.showEcho(echoed, origin)
			}
		}
	})
}

// drafted is the mark that is being drawn, as the court would see it.
func (m *mirror) drafted() library.Mark {
	d := *m.draft
	d.Snap(m.s.Marks.TextOf(d.Page))
	mk, _ := d.Mark()
	return mk
}

// echoShare is how much of the time the window may spend drawing the mirror while the hand draws: without a
// graphics card a drawing of the window takes as long as many moves of the mouse, and the court would wait.
const echoShare = 8

// showEcho shows on the mirror what is being drawn, and takes the time that the window needs for it.
func (m *mirror) showEcho(picture *image.RGBA, origin image.Point) {
	m.echo = time.Now()
	m.drawn.Image = picture
	widgets.Show(m.drawn, picture != nil)
	if picture == nil {
		return
	}
	at, size := m.picture.Whole()
	unit := size.Width / float32(widgets.Pixels(m.picture, size).X)
	m.drawn.Move(at.AddXY(float32(origin.X)*unit, float32(origin.Y)*unit))
	m.drawn.Resize(fyne.NewSize(float32(picture.Rect.Dx())*unit, float32(picture.Rect.Dy())*unit))
	m.drawn.Refresh()
	// The second of two posts runs behind the window's next drawing.
	m.s.Events.Post(func() { go m.s.Events.Post(func() { m.cost = min(100*time.Millisecond, time.Since(m.echo)) }) })
}

// release gives the court the mark that was drawn.
func (m *mirror) release() {
	d := m.draft
	if d == nil {
		return
	}
	mk := m.drafted()
	m.draft = nil
	m.drawn.Hide()
	if _, big := d.Mark(); !big || !m.on(d) {
		m.clear()
		return
	}
	m.s.Control.Draw(m.pane, mk) // what lies over the court's picture goes with the next frame
}

// pan moves what the court sees. While the frame of the last move is on its way the hand goes on: its moves
// are those of the view that was meant.
func (m *mirror) pan(by fyne.Delta) {
	f, ok := m.s.Stage.Standing()
	_, size := m.picture.Whole()
	if !ok || size.Width <= 0 {
		return
	}
	unit := float64(f.Image.Rect.Dx()) / float64(size.Width)
	m.s.Control.LookLive(func(i int, pane library.Pane, _, _ float64) library.Pane {
		if i < len(f.Places) && !f.Places[i].Empty() {
			pane.View = pane.View.Panned(-float64(by.DX)*unit/float64(f.Places[i].Dx()), -float64(by.DY)*unit/float64(f.Places[i].Dy()))
		}
		return pane
	})
}

// wheel zooms what the court sees round the pointer.
func (m *mirror) wheel(pos fyne.Position, up bool) {
	f, ok := m.s.Stage.Standing()
	if m.tool != keys.ToolHand || !ok {
		return
	}
	factor := 1.25
	if !up {
		factor = 1 / factor
	}
	v, x, y, _ := m.over(f, pos)
	i := v.Pane(x, y)
	m.s.Control.LookLive(func(_ int, pane library.Pane, page, box float64) library.Pane {
		if i < 0 {
			pane.View = pane.View.Zoomed(page, box, factor)
			return pane
		}
		at, on := v.Places[i], pane.View.Or()
		fx := (x - float64(at.Min.X)) / float64(at.Dx())
		fy := (y - float64(at.Min.Y)) / float64(at.Dy())
		pane.View = on.ZoomedAt(page, box, factor, fx, fy)
		return pane
	})
}

// update hides what is drawn for the moment when the court sees something else.
func (m *mirror) update(live bool) {
	if !live || m.draft == nil {
		m.drawn.Hide()
	}
	if !live {
		m.draft = nil
	}
}
