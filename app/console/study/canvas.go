package study

import (
	"context"
	"image"
	"image/draw"
	"log/slog"

	"butluc/app/console/dossier"
	"butluc/app/console/event"
	"butluc/app/console/stage"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/presenter/compose"
	"butluc/presenter/projector"
	"butluc/presenter/render"
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

// Canvas is what was drawn last, and what is being drawn.
type Canvas struct {
	dossier  *dossier.Dossier
	stage    *stage.Stage
	pictures *Pictures
	study    *Study
	found    Found
	events   *event.Bus
	renderer *render.Renderer

	plan  projector.Plan
	done  bool // drawn is of plan
	drawn drawing
	busy  bool
	// broken is of a shot with a page that can't be drawn.
	broken projector.Plan
}

// NewCanvas makes the picture of what is looked at: there is none yet.
func NewCanvas(d Deps, study *Study, pictures *Pictures, found Found) *Canvas {
	return &Canvas{
		dossier: d.Dossier, stage: d.Stage, events: d.Events, renderer: d.Renderer,
		study: study, pictures: pictures, found: found,
	}
}

// Found is what was found on the pages that are looked at.
type Found interface {
	// PairShot is the pair that is looked at side by side; ok is false while there is none.
	PairShot() (shot library.Shot, ok bool)
	// LitHere highlights the words found on the page that is looked at.
	LitHere() library.Marks
}

// Shot is what is looked at, all beats there, and the pane in it.
func (c *Canvas) Shot() (shot library.Shot, index int) {
	step, index, ok := c.study.Editing()
	if _, paired := c.found.PairShot(); paired {
		for i, pane := range c.study.Pair().List() {
			if pane.Page == c.study.Current().Page {
				index = i
			}
		}
		pane := c.study.Pair().Panes[index]
		pane.View, pane.Turn = c.study.Current().View, c.study.Current().Turn
		return c.study.Pair().With(index, pane), index
	}
	if !ok {
		pane := c.study.Current()
		pane.Marks = c.found.LitHere()
		return library.Shot{}.Add(pane), 0
	}
	shot = c.dossier.Located(step.Shot)
	pane := shot.Panes[index]
	pane.View, pane.Turn = c.study.Current().View, c.study.Current().Turn
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

// Draw is what is looked at, drawn to fit into box (device pixels). What was drawn before is given
// while it is being drawn anew; PictureChanged tells when it is there. The error says that there will be none.
func (c *Canvas) Draw(box image.Point) (Studied, error) {
	if c.dossier.File() == nil || compose.CheckSize(box) != nil {
		return Studied{}, nil
	}
	shot, index := c.Shot()
	if asCourt(shot) {
		plan, ok := projector.Sources(c.dossier.Origin).Plan(shot, compose.Within(c.stage.Projector().Size(), box))
		if ok && plan != c.broken {
			c.ensure(plan, drawing{shot: shot, court: true})
			return c.drawn.at(index), nil
		}
		shot, index = library.Shot{}.Add(shot.Panes[index]).At(library.MaxBeat), 0 // the others can't be drawn: this one alone
	}
	if picture, _, err := c.View(box); picture == nil {
		return c.drawn.at(index), err // View wishes for it before other things
	}
	plan, ok := projector.Sources(c.dossier.WithoutCaptions).Plan(shot, box)
	if !ok {
		return Studied{}, projector.ErrNoSource
	}
	c.ensure(plan, drawing{shot: shot})
	return c.drawn.at(index), nil
}

// Retry draws what could not be drawn once more.
func (c *Canvas) Retry() { c.broken = projector.Plan{} }

// ensure sees to it that a plan is drawn.
func (c *Canvas) ensure(plan projector.Plan, made drawing) {
	if c.plan != plan {
		c.plan, c.done = plan, false
	}
	if !c.done && !c.busy {
		c.busy = true
		go c.draw(c.dossier.File(), plan, made)
	}
}

// draw draws what is looked at of a case, on a goroutine of its own.
func (c *Canvas) draw(of *casefile.Case, plan projector.Plan, made drawing) {
	frame, err := plan.Draw(context.Background(), c.renderer)
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
	c.events.Post(func() {
		if c.dossier.File() != of {
			return // another case is open by now
		}
		c.busy = false
		if err != nil {
			slog.Warn("draw what is looked at", "err", err)
			c.broken = plan
		} else {
			c.drawn = made
		}
		c.done = c.plan == plan
		c.events.Changed(event.PictureChanged)
	})
}

// cut is a copy of a part of a picture.
func cut(img *image.RGBA, part image.Rectangle) *image.RGBA {
	out := image.NewRGBA(image.Rectangle{Max: part.Size()})
	draw.Draw(out, out.Rect, img, part.Min, draw.Src)
	return out
}

// View is the picture of what is looked at in Prepare, to fit into box; exact tells whether it is of
// this very view, or of the whole page as a stand-in.
func (c *Canvas) View(box image.Point) (picture *image.RGBA, exact bool, err error) {
	c.pictures.seePage(box)
	r, ok := c.pictures.Request(c.study.Current(), box)
	if !ok {
		return nil, false, nil
	}
	if pic, ok := c.renderer.Cached(r); ok {
		return pic.Image, true, nil
	}
	return nil, false, c.renderer.Failure(r)
}
