package console

import (
	"butluc/app/keys"
	"butluc/library"
	"butluc/presenter"
)

// panStep is how far a key pans: half of what is seen.
const panStep = 0.5

var commands = map[keys.Action]presenter.Command{
	keys.Next: presenter.Next{}, keys.Back: presenter.Back{}, keys.Take: presenter.Take{},
	keys.Blank: presenter.Blank{}, keys.Return: presenter.Return{},
}

// pans are the actions that move a view, by fractions of what is seen; live ones are the court's.
var pans = map[keys.Action]struct {
	dx, dy float64
	live   bool
}{
	keys.Down: {0, panStep, false}, keys.PanDown: {0, panStep, false}, keys.LiveDown: {0, panStep, true}, keys.LivePanDown: {0, panStep, true},
	keys.Up: {0, -panStep, false}, keys.PanUp: {0, -panStep, false}, keys.LiveUp: {0, -panStep, true}, keys.LivePanUp: {0, -panStep, true},
	keys.PanLeft: {-panStep, 0, false}, keys.LivePanLeft: {-panStep, 0, true},
	keys.PanRight: {panStep, 0, false}, keys.LivePanRight: {panStep, 0, true},
}

// Act does an action of the Trial room that needs no window, and tells whether it was one.
func (s *Session) Act(a keys.Action) bool {
	if c, ok := commands[a]; ok {
		if s.Stage.Running() {
			s.Control.Do(c)
		}
		return true
	}
	if p, ok := pans[a]; ok {
		s.look(p.live, func(_ int, pane library.Pane, _, _ float64) library.Pane {
			pane.View = pane.View.Panned(p.dx, p.dy)
			return pane
		})
		return true
	}
	switch a {
	case keys.Start, keys.StartHere:
		s.Start(a == keys.StartHere)
	case keys.End:
		s.Hearing.End()
	case keys.PageNext:
		s.Control.PreviewPage(1)
	case keys.PageBack:
		s.Control.PreviewPage(-1)
	case keys.LivePageNext:
		s.Control.LivePage(1)
	case keys.LivePageBack:
		s.Control.LivePage(-1)
	case keys.RunFirst:
		s.Study.PreviewEdge(false)
	case keys.RunLast:
		s.Study.PreviewEdge(true)
	case keys.Whole, keys.LiveWhole:
		s.look(a == keys.LiveWhole, whole)
	case keys.ZoomIn, keys.LiveZoomIn:
		s.look(a == keys.LiveZoomIn, zoom(1.25))
	case keys.ZoomOut, keys.LiveZoomOut:
		s.look(a == keys.LiveZoomOut, zoom(1/1.25))
	case keys.TurnRight:
		s.look(false, turn(1))
	case keys.TurnLeft:
		s.look(false, turn(-1))
	case keys.ClearLive:
		s.Control.Do(presenter.Clear{})
	case keys.HideMarks:
		s.Control.Do(presenter.Bare{})
	case keys.KeepLive:
		s.Live.Keep()
	case keys.Together:
		s.Control.TogglePanes()
	case keys.NextPane:
		s.Control.NextLivePane()
	case keys.AddBeside:
		s.Control.Beside()
	case keys.PlayOrNext:
		s.Clips.playOrNext()
	case keys.Replay:
		s.Clips.Replay()
	case keys.FrameNext, keys.FrameBack:
		s.Clips.StepFrame(a == keys.FrameNext)
	case keys.ContextNext:
		s.Clips.Wind(contextStep)
	case keys.ContextBack:
		s.Clips.Wind(-contextStep)
	case keys.Louder:
		s.Clips.Louder(1)
	case keys.Quieter:
		s.Clips.Louder(-1)
	case keys.Mute:
		s.Clips.Mute()
	case keys.ToggleSingle:
		s.Court.ToggleSingle()
	default:
		return false
	}
	return true
}

func (s *Session) look(live bool, change look) {
	if live {
		s.Control.LookLive(change)
	} else {
		s.Control.LookPreview(change)
	}
}

func whole(_ int, pane library.Pane, page, box float64) library.Pane {
	if pane.View == (library.Rect{}) {
		pane.View = library.WidthView(page, box)
	} else {
		pane.View = library.Rect{}
	}
	return pane
}

func zoom(factor float64) look {
	return func(_ int, pane library.Pane, page, box float64) library.Pane {
		pane.View = pane.View.Zoomed(page, box, factor)
		return pane
	}
}

func turn(quarters int) look {
	return func(_ int, pane library.Pane, _, _ float64) library.Pane {
		pane.View, pane.Turn = library.Rect{}, pane.Turn.Plus(quarters)
		return pane
	}
}
