package session

import (
	"context"
	"image"
	"log/slog"
	"slices"

	"butluc/library"
	"butluc/presenter/mark"
	"butluc/presenter/projector"
	"butluc/presenter/render"
)

// composed is what a step of several pages shows, to be looked at in Prepare.
type composed struct {
	shot  library.Shot
	box   image.Point
	image *image.RGBA // nil while it is being made
}

// StepPicture is what the chosen step shows, side by side in a box of the court screen's proportions, as
// long as its pages are looked at just as it shows them; nil while it is being made, and where one page
// alone is looked at. PictureChanged tells when it is there.
func (s *Session) StepPicture(box image.Point) *image.RGBA {
	step, ok := s.Outline().Step(s.step)
	shot := s.Located(step.Shot)
	if !ok || shot.Count < 2 || s.file == nil || !slices.Contains(shot.List(), s.current) {
		return nil
	}
	box = mark.Within(s.projector.Size(), box)
	if mark.CheckSize(box) != nil {
		return nil
	}
	if s.composed.shot == shot && s.composed.box == box {
		return s.composed.image
	}
	s.composed = composed{shot: shot, box: box}
	requests := make([]render.Request, 0, shot.Count)
	for i, place := range mark.Panes(box, int(shot.Count)) {
		r, ok := projector.Sources(s.source).Request(shot.Panes[i], place.Size())
		if !ok {
			return nil
		}
		requests = append(requests, r)
	}
	go s.compose(shot, box, requests)
	return nil
}

func (s *Session) compose(shot library.Shot, box image.Point, requests []render.Request) {
	sheets := make([]mark.Sheet, len(requests))
	for i, r := range requests {
		p, err := s.renderer.Render(context.Background(), r)
		if err != nil {
			slog.Warn("draw step", "err", err)
			return
		}
		sheets[i].Picture = p.Image
	}
	frame, err := mark.Compose(box, sheets...)
	if err != nil {
		slog.Warn("draw step", "err", err)
		return
	}
	s.opt.Post(func() {
		if s.composed.shot == shot && s.composed.box == box {
			s.composed.image = frame
			s.changed(PictureChanged)
		}
	})
}
