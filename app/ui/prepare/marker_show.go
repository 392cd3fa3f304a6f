package prepare

import (
	"image"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"butluc/app/console/markedit"
	"butluc/app/console/study"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
	"butluc/presenter/compose"
)

// draw shows a mark that is being made or changed, over the page.
func (m *marker) draw(v markedit.View, mk library.Mark) {
	i, drag := m.p.shown.Index, m.drags
	pane, place, room := v.Shot.Panes[i], v.Places[i], m.p.shown.Room
	m.brush.Do(func() func() {
		img, origin := compose.Stroke(room, place, pane.View, pane.Turn, mk)
		return func() {
			if m.grip == gripNone || m.drags != drag {
				return
			}
			m.drawn.Image = img
			widgets.Show(m.drawn, img != nil)
			if img != nil {
				r := img.Rect.Add(origin)
				m.place(m.drawn, v, float64(r.Min.X), float64(r.Min.Y), float64(r.Max.X), float64(r.Max.Y))
				m.drawn.Refresh()
			}
		}
	})
	if m.grip != gripDraw {
		m.edgeOf(v, mk)
	}
}

// place puts an object over a part of the picture, told in the picture's pixels.
func (m *marker) place(o fyne.CanvasObject, v markedit.View, x0, y0, x1, y1 float64) {
	at, size := m.p.picture.Shown()
	fx, fy := size.Width/float32(v.Size.X), size.Height/float32(v.Size.Y)
	o.Move(at.AddXY(float32(x0)*fx, float32(y0)*fy))
	o.Resize(fyne.NewSize(float32(x1-x0)*fx, float32(y1-y0)*fy))
}

func (m *marker) color() color.NRGBA {
	if m.owner == study.OfPage {
		return theme.Color(theme.Warn)
	}
	return theme.Color(theme.Accent)
}

// edgeOf puts edge and handles round a mark.
func (m *marker) edgeOf(v markedit.View, mk library.Mark) {
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
		at := markedit.Handles(mk)
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
func (m *marker) frame(v markedit.View, r image.Rectangle) {
	m.place(m.edge, v, float64(r.Min.X), float64(r.Min.Y), float64(r.Max.X), float64(r.Max.Y))
	m.edge.StrokeColor = m.color()
	widgets.Show(m.edge, true)
	m.edge.Refresh()
}

// follow shows what is picked as it is now.
func (m *marker) follow() {
	m.turnTo(m.subject())
	if m.grip != gripNone {
		return
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
	if m.excerpts != nil {
		m.excerpts.draw()
	}
}

// pin shows which marks are the page's own, in every step.
func (m *marker) pin(v markedit.View, ok bool) {
	var list []library.Mark
	if ok {
		list = m.s.Marks.Of(study.OfPage).List()
	}
	for len(m.pins) < len(list) {
		c := canvas.NewCircle(theme.Color(theme.Warn))
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
