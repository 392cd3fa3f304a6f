package console

import (
	"context"
	"image"
	"image/draw"
	"log/slog"

	"butluc/library"
	"butluc/library/casefile"
	"butluc/presenter/compose"
	"butluc/presenter/projector"
)

// Studied is what is looked at in Prepare, drawn with its marks: a page; or, where a step shows several
// pages or brings a part of one forward, all of it as the court will see it.
type Studied struct {
	Image  *image.RGBA // nil while it is being made for the first time
	Shot   library.Shot
	Index  int               // of the pane that is looked at
	Places []image.Rectangle // where the panes' pages stand in Image
	Room   image.Rectangle   // the room that the looked-at pane's page has in Image
	Court  bool              // in the court screen's proportions
	// Callouts are where those of the looked-at pane stand in Image, in their order.
	Callouts []image.Rectangle
}

// drawing is a picture of what is looked at, whichever of its panes that is: it may be another by the time it is drawn.
type drawing struct {
	shot     library.Shot
	image    *image.RGBA
	places   []image.Rectangle
	rooms    []image.Rectangle   // of each pane
	callouts [][]image.Rectangle // of each pane
	court    bool
}

// at is the drawing with the pane that is looked at now.
func (d drawing) at(index int) Studied {
	if d.image == nil || index >= len(d.rooms) {
		index = 0 // of another shot, where this pane is not
	}
	studied := Studied{Image: d.image, Shot: d.shot, Index: index, Places: d.places, Court: d.court}
	if d.image != nil {
		studied.Room, studied.Callouts = d.rooms[index], d.callouts[index]
	}
	return studied
}

// studying is what was drawn last, and what is being drawn.
type studying struct {
	plan  projector.Plan
	done  bool // drawn is of plan
	drawn drawing
	busy  bool
	// broken is of a shot with a page that can't be drawn.
	broken projector.Plan
}

// Editing is the chosen step's pane that is looked at; ok is false where the step does not show the page.
func (s *Session) Editing() (step library.Step, index int, ok bool) {
	step, ok = s.Outline().Step(s.step)
	if !ok {
		return library.Step{}, 0, false
	}
	panes := s.Located(step.Shot).List()
	if s.pane < len(panes) && panes[s.pane].Page == s.current.Page {
		return step, s.pane, true
	}
	for i, p := range panes {
		if p.Page == s.current.Page {
			return step, i, true
		}
	}
	return library.Step{}, 0, false
}

// lookedShot is what is looked at, all beats there, and the pane in it.
func (s *Session) lookedShot() (shot library.Shot, index int) {
	step, index, ok := s.Editing()
	if _, paired := s.PairShot(); paired {
		for i, pane := range s.pair.List() {
			if pane.Page == s.current.Page {
				index = i
			}
		}
		pane := s.pair.Panes[index]
		pane.View, pane.Turn = s.current.View, s.current.Turn
		return s.pair.With(index, pane), index
	}
	if !ok {
		pane := s.current
		pane.Marks = s.lit()
		return library.Shot{}.Add(pane), 0
	}
	shot = s.Located(step.Shot)
	pane := shot.Panes[index]
	pane.View, pane.Turn = s.current.View, s.current.Turn
	return shot.With(index, pane).At(library.MaxBeat), index
}

// asCourt tells whether a shot must be seen whole to be understood.
func asCourt(shot library.Shot) bool {
	if shot.Count > 1 {
		return true
	}
	for _, m := range shot.First().Marks.List() {
		if m.Kind == library.MarkCallout {
			return true
		}
	}
	return false
}

// Study is what is looked at, drawn to fit into box (device pixels). What was drawn before is given
// while it is being drawn anew; PictureChanged tells when it is there. The error says that there will be none.
func (s *Session) Study(box image.Point) (Studied, error) {
	if s.file == nil || compose.CheckSize(box) != nil {
		return Studied{}, nil
	}
	shot, index := s.lookedShot()
	if asCourt(shot) {
		plan, ok := projector.Sources(s.origin).Plan(shot, compose.Within(s.projector.Size(), box))
		if ok && plan != s.studying.broken {
			s.study(plan, drawing{shot: shot, court: true})
			return s.studying.drawn.at(index), nil
		}
		shot, index = library.Shot{}.Add(shot.Panes[index]).At(library.MaxBeat), 0 // the others can't be drawn: this one alone
	}
	if picture, _, err := s.View(box); picture == nil {
		return s.studying.drawn.at(index), err // View wishes for it before other things
	}
	plan, ok := projector.Sources(s.withoutCaptions).Plan(shot, box)
	if !ok {
		return Studied{}, projector.ErrNoSource
	}
	s.study(plan, drawing{shot: shot})
	return s.studying.drawn.at(index), nil
}

// study sees to it that a plan is drawn.
func (s *Session) study(plan projector.Plan, made drawing) {
	if s.studying.plan != plan {
		s.studying.plan, s.studying.done = plan, false
	}
	if !s.studying.done && !s.studying.busy {
		s.studying.busy = true
		go s.draw(s.file, plan, made)
	}
}

func (s *Session) withoutCaptions(pane library.Pane) (projector.Origin, bool) {
	origin, ok := s.origin(pane)
	origin.Caption = ""
	return origin, ok
}

// draw draws what is looked at of a case, on a goroutine of its own.
func (s *Session) draw(of *casefile.Case, plan projector.Plan, made drawing) {
	frame, err := plan.Draw(context.Background(), s.renderer)
	switch {
	case err != nil:
	case made.court:
		made.image, made.places, made.callouts = frame.Image, frame.Places, frame.Callouts
		for i := range made.shot.List() {
			made.rooms = append(made.rooms, plan.Room(i))
		}
	default:
		made.image, made.callouts = cut(frame.Image, frame.Places[0]), frame.Callouts
		made.places = []image.Rectangle{{Max: frame.Places[0].Size()}}
		made.rooms = made.places
	}
	s.opt.Post(func() {
		if s.file != of {
			return // another case is open by now
		}
		s.studying.busy = false
		if err != nil {
			slog.Warn("draw what is looked at", "err", err)
			s.studying.broken = plan
		} else {
			s.studying.drawn = made
		}
		s.studying.done = s.studying.plan == plan
		s.changed(PictureChanged)
	})
}

// cut is a copy of a part of a picture.
func cut(img *image.RGBA, part image.Rectangle) *image.RGBA {
	out := image.NewRGBA(image.Rectangle{Max: part.Size()})
	draw.Draw(out, out.Rect, img, part.Min, draw.Src)
	return out
}
