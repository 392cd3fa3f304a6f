package console

import (
	"butluc/app/console/clips"
	"butluc/app/console/hearing"
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

// acts are all other actions on what the court sees and is to see next.
var acts = map[keys.Action]func(*Session){
	keys.Consent:      func(s *Session) { s.Hearing.Consent(true) },
	keys.Refuse:       func(s *Session) { s.Hearing.Consent(false) },
	keys.PageNext:     func(s *Session) { s.Control.PreviewPage(1) },
	keys.PageBack:     func(s *Session) { s.Control.PreviewPage(-1) },
	keys.LivePageNext: func(s *Session) { s.Control.LivePage(1) },
	keys.LivePageBack: func(s *Session) { s.Control.LivePage(-1) },
	keys.RunFirst:     func(s *Session) { s.Study.PreviewEdge(false) },
	keys.RunLast:      func(s *Session) { s.Study.PreviewEdge(true) },
	keys.Whole:        func(s *Session) { s.Control.LookPreview(whole) },
	keys.LiveWhole:    func(s *Session) { s.Control.LookLive(whole) },
	keys.ZoomIn:       func(s *Session) { s.Control.LookPreview(zoom(1.25)) },
	keys.LiveZoomIn:   func(s *Session) { s.Control.LookLive(zoom(1.25)) },
	keys.ZoomOut:      func(s *Session) { s.Control.LookPreview(zoom(1 / 1.25)) },
	keys.LiveZoomOut:  func(s *Session) { s.Control.LookLive(zoom(1 / 1.25)) },
	keys.TurnRight:    func(s *Session) { s.Control.LookPreview(turn(1)) },
	keys.TurnLeft:     func(s *Session) { s.Control.LookPreview(turn(-1)) },
	keys.ClearLive:    func(s *Session) { s.Control.Do(presenter.Clear{}) },
	keys.HideMarks:    func(s *Session) { s.Control.Do(presenter.HideMarks{}) },
	keys.KeepLive:     func(s *Session) { s.Live.Keep() },
	keys.Together:     func(s *Session) { s.Control.TogglePanes() },
	keys.NextPane:     func(s *Session) { s.Control.NextLivePane() },
	keys.AddBeside:    func(s *Session) { s.Control.Beside() },
	keys.PlayOrNext:   func(s *Session) { s.Clips.PlayOrNext() },
	keys.Replay:       func(s *Session) { s.Clips.Replay() },
	keys.FrameNext:    func(s *Session) { s.Clips.StepFrame(true) },
	keys.FrameBack:    func(s *Session) { s.Clips.StepFrame(false) },
	keys.ContextNext:  func(s *Session) { s.Clips.Wind(clips.ContextStep) },
	keys.ContextBack:  func(s *Session) { s.Clips.Wind(-clips.ContextStep) },
	keys.Louder:       func(s *Session) { s.Clips.Louder(1) },
	keys.Quieter:      func(s *Session) { s.Clips.Louder(-1) },
	keys.Mute:         func(s *Session) { s.Clips.Mute() },
	keys.NextFilm:     func(s *Session) { s.Clips.NextTrack(false) },
	keys.NextSound:    func(s *Session) { s.Clips.NextTrack(true) },
	keys.ToggleSingle: func(s *Session) { s.Court.ToggleSingle() },
}

// Does tells whether an action is one of a session's, whose owner is [keys.OfCourt].
func Does(a keys.Action) bool {
	_, command := commands[a]
	_, pan := pans[a]
	_, act := acts[a]
	return command || pan || act || a == keys.Scenario
}

// Act does an action of [keys.OfCourt], and tells whether it was one.
func (s *Session) Act(a keys.Action) bool {
	if c, ok := commands[a]; ok {
		if s.Stage.Running() {
			s.Control.Do(c)
		}
		return true
	}
	if p, ok := pans[a]; ok {
		look := s.Control.LookPreview
		if p.live {
			look = s.Control.LookLive
		}
		look(func(_ int, pane library.Pane, _, _ float64) library.Pane {
			pane.View = pane.View.Panned(p.dx, p.dy)
			return pane
		})
		return true
	}
	act, ok := acts[a]
	if ok {
		act(s)
	}
	return ok
}

func whole(_ int, pane library.Pane, page, box float64) library.Pane {
	if pane.View == (library.Rect{}) {
		pane.View = library.WidthView(page, box)
	} else {
		pane.View = library.Rect{}
	}
	return pane
}

func zoom(factor float64) hearing.Look {
	return func(_ int, pane library.Pane, page, box float64) library.Pane {
		pane.View = pane.View.Zoomed(page, box, factor)
		return pane
	}
}

func turn(quarters int) hearing.Look {
	return func(_ int, pane library.Pane, _, _ float64) library.Pane {
		pane.View, pane.Turn = library.Rect{}, pane.Turn.Plus(quarters)
		return pane
	}
}
