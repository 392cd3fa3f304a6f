package trial

import (
	"butluc/app/keys"
	"butluc/library"
	"butluc/presenter"
)

// step is how far a key pans: half of what is seen.
const step = 0.5

var commands = map[keys.Action]presenter.Command{
	keys.Next: presenter.Next{}, keys.Back: presenter.Back{}, keys.Take: presenter.Take{},
	keys.Blank: presenter.Blank{}, keys.Return: presenter.Return{},
}

// pans are the actions that move a view, by fractions of what is seen; live ones are the court's.
var pans = map[keys.Action]struct {
	dx, dy float64
	live   bool
}{
	keys.Down: {0, step, false}, keys.PanDown: {0, step, false}, keys.LiveDown: {0, step, true}, keys.LivePanDown: {0, step, true},
	keys.Up: {0, -step, false}, keys.PanUp: {0, -step, false}, keys.LiveUp: {0, -step, true}, keys.LivePanUp: {0, -step, true},
	keys.PanLeft: {-step, 0, false}, keys.LivePanLeft: {-step, 0, true},
	keys.PanRight: {step, 0, false}, keys.LivePanRight: {step, 0, true},
}

// Do does an action of this room and tells whether it was one.
func (r *Room) Do(a keys.Action) bool {
	if c, ok := commands[a]; ok {
		if r.s.Running() {
			r.s.Do(c)
		}
		return true
	}
	if p, ok := pans[a]; ok {
		r.look(p.live, func(pane library.Pane, _, _ float64) library.Pane {
			pane.View = pane.View.Panned(p.dx, p.dy)
			return pane
		})
		return true
	}
	switch a {
	case keys.End:
		r.s.End()
	case keys.PageNext:
		r.s.PreviewPage(1)
	case keys.PageBack:
		r.s.PreviewPage(-1)
	case keys.LivePageNext:
		r.s.LivePage(1)
	case keys.LivePageBack:
		r.s.LivePage(-1)
	case keys.RunFirst:
		r.s.PreviewEdge(false)
	case keys.RunLast:
		r.s.PreviewEdge(true)
	case keys.Whole, keys.LiveWhole:
		r.look(a == keys.LiveWhole, whole)
	case keys.ZoomIn, keys.LiveZoomIn:
		r.look(a == keys.LiveZoomIn, zoom(1.25))
	case keys.ZoomOut, keys.LiveZoomOut:
		r.look(a == keys.LiveZoomOut, zoom(1/1.25))
	case keys.TurnRight:
		r.look(false, turn(1))
	case keys.TurnLeft:
		r.look(false, turn(-1))
	case keys.Find:
		r.showSide(false)
		r.focus(r.panel.Search())
	case keys.ToggleSingle:
		r.s.ToggleSingle()
	case keys.OtherPane:
		r.showSide(r.panel.Content().Visible())
	default:
		return false
	}
	return true
}

func (r *Room) look(live bool, change func(pane library.Pane, page, box float64) library.Pane) {
	if live {
		r.s.LookLive(change)
	} else {
		r.s.LookPreview(change)
	}
}

func whole(pane library.Pane, page, box float64) library.Pane {
	if pane.View == (library.Rect{}) {
		pane.View = library.WidthView(page, box)
	} else {
		pane.View = library.Rect{}
	}
	return pane
}

func zoom(factor float64) func(library.Pane, float64, float64) library.Pane {
	return func(pane library.Pane, page, box float64) library.Pane {
		pane.View = pane.View.Zoomed(page, box, factor)
		return pane
	}
}

func turn(quarters int) func(library.Pane, float64, float64) library.Pane {
	return func(pane library.Pane, _, _ float64) library.Pane {
		return library.Pane{Page: pane.Page, Turn: pane.Turn.Plus(quarters)}
	}
}
