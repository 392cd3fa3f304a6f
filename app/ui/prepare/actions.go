package prepare

import (
	"maps"

	"butluc/app/keys"
	"butluc/app/ui/excerpts"
	"butluc/app/ui/outline"
	"butluc/library"
)

// panStep is how far a key pans: half of what is seen.
const panStep = 0.5

// actions are the room's own; those of the marks and of the outline are theirs.
func actions() map[keys.Action]func(*Room) {
	all := recordingActions()
	maps.Copy(all, map[keys.Action]func(*Room){
		keys.Quote:       func(r *Room) { r.excerpting().take() },
		keys.PageNext:    func(r *Room) { r.clips.script.leaf(1) },
		keys.PageBack:    func(r *Room) { r.clips.script.leaf(-1) },
		keys.ExhibitNext: func(r *Room) { r.s.Study.MoveDocument(1) },
		keys.ExhibitBack: func(r *Room) { r.s.Study.MoveDocument(-1) },
		keys.Whole:       func(r *Room) { r.page.whole() },
		keys.ZoomOne: func(r *Room) {
			r.s.Study.Look(library.Pane{Page: r.s.Study.Current().Page, Turn: r.s.Study.Current().Turn})
		},
		keys.ZoomIn:      func(r *Room) { r.page.zoom(1.25) },
		keys.ZoomOut:     func(r *Room) { r.page.zoom(1 / 1.25) },
		keys.Down:        func(r *Room) { r.page.pan(0, panStep) },
		keys.PanDown:     func(r *Room) { r.page.pan(0, panStep) },
		keys.Up:          func(r *Room) { r.page.pan(0, -panStep) },
		keys.PanUp:       func(r *Room) { r.page.pan(0, -panStep) },
		keys.PanLeft:     func(r *Room) { r.page.pan(-panStep, 0) },
		keys.PanRight:    func(r *Room) { r.page.pan(panStep, 0) },
		keys.TurnRight:   func(r *Room) { r.page.turn(1) },
		keys.TurnLeft:    func(r *Room) { r.page.turn(-1) },
		keys.FolioTable:  (*Room).openFolios,
		keys.NumberPages: func(r *Room) { r.openNumbering(r.s.Study.Current().Page) },
		keys.Find:        (*Room).openFind,
		keys.Filter: func(r *Room) {
			if r.outline.Active() {
				r.focus(r.outline.Filter())
			} else {
				r.closeFind()
				r.focus(r.panel.Search())
			}
		},

		keys.FoldEvidence:  func(r *Room) { r.panels.toggle(r.panels.evidence) },
		keys.FoldOutline:   func(r *Room) { r.panels.toggle(r.panels.outline) },
		keys.BeginDocument: func(r *Room) { r.noting.beginDocument() },
		keys.HidePage:      func(r *Room) { r.noting.hidePage() },
		keys.Join: func(r *Room) {
			if _, ok := r.noting.known(); ok {
				r.noting.join()
			}
		},
		keys.FlagKey:           func(r *Room) { r.noting.flag(library.FlagKey) },
		keys.FlagContradiction: func(r *Room) { r.noting.flag(library.FlagContradiction) },
		keys.FlagVerify:        func(r *Room) { r.noting.flag(library.FlagVerify) },

		keys.OtherPane:   func(r *Room) { r.setActive(!r.outline.Active()) },
		keys.Undo:        func(r *Room) { r.s.Edits.Undo() },
		keys.Redo:        func(r *Room) { r.s.Edits.Redo() },
		keys.AddPage:     (*Room).addLooked,
		keys.AddBeside:   func(r *Room) { r.outline.Editor.AddPane(r.s.Passages.LookedPane()) },
		keys.ReplacePane: func(r *Room) { r.outline.Editor.ReplacePane(r.s.Passages.LookedPane(), r.s.Study.Pane()) },
		keys.PushBeside:  func(r *Room) { r.outline.Editor.PushPane(r.s.Passages.LookedPane()) },
		keys.KeepView:    func(r *Room) { r.outline.Editor.SetView(r.s.Study.Current()) },
		keys.NewScenario: func(r *Room) {
			r.setActive(true)
			r.outline.Editor.NewScenario()
		},
		keys.NewPhase: func(r *Room) {
			r.setActive(true)
			r.outline.Editor.NewPhase()
		},
	})
	return all
}

// recordingActions are those with a recording that is looked at.
func recordingActions() map[keys.Action]func(*Room) {
	return map[keys.Action]func(*Room){
		keys.Audition:    func(r *Room) { r.s.Playback.PlayOrPause(r.page.picture.PixelSize()) },
		keys.FrameNext:   func(r *Room) { r.s.Playback.SeekFrame(true) },
		keys.FrameBack:   func(r *Room) { r.s.Playback.SeekFrame(false) },
		keys.NextFilm:    func(r *Room) { r.s.Study.NextTrack(false) },
		keys.NextSound:   func(r *Room) { r.s.Study.NextTrack(true) },
		keys.SecondNext:  func(r *Room) { r.s.Playback.SeekBy(second) },
		keys.SecondBack:  func(r *Room) { r.s.Playback.SeekBy(-second) },
		keys.TenNext:     func(r *Room) { r.s.Playback.SeekBy(ten) },
		keys.TenBack:     func(r *Room) { r.s.Playback.SeekBy(-ten) },
		keys.MarkIn:      func(r *Room) { r.s.Passages.SetIn(r.s.Playback.Playhead()) },
		keys.MarkOut:     func(r *Room) { r.s.Passages.SetOut(r.s.Playback.Playhead()) },
		keys.ClearPart:   func(r *Room) { r.s.Passages.ClearPart() },
		keys.KeepPassage: (*Room).keepPassage,
		keys.AddStill:    (*Room).addStill,
		keys.Transcript:  func(r *Room) { r.clips.script.toggle() },
		keys.StampLine:   func(r *Room) { r.clips.script.stamp() },
		keys.Tie:         func(r *Room) { r.s.Passages.Tie() },
	}
}

// Does tells whether an action is one of an owner's that acts in this room.
func Does(owner keys.Owner, a keys.Action) bool {
	switch owner {
	case keys.OfPrepare:
		return actions()[a] != nil
	case keys.OfMarks:
		return doesMark(a)
	case keys.OfOutline:
		return outline.Does(a)
	case keys.OfExcerpts:
		return excerpts.Does(a)
	default: // another's
		return false
	}
}

// Do does an action of this room and tells whether it was one. What the keys are looked up for first acts first.
func (r *Room) Do(a keys.Action) bool {
	if r.excerpting().open() && r.excerpting().form.Do(a) {
		return true
	}
	if r.page.marker.active() && r.page.marker.do(a) {
		return true
	}
	if act, ok := actions()[a]; ok {
		act(r)
		return true
	}
	return r.outline.Do(a) || r.page.marker.do(a)
}
