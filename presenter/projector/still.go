package projector

import (
	"context"
	"image"

	"butluc/library"
	"butluc/presenter/mark"
	"butluc/presenter/render"
)

// Drawer draws a page and waits for it; *render.Renderer is one.
type Drawer interface {
	Render(ctx context.Context, request render.Request) (*render.Picture, error)
}

// Prover draws pages after everything else that is wanted, and keeps no picture; *render.Renderer does.
type Prover interface {
	Prove(ctx context.Context, request render.Request) (*render.Picture, error)
}

// Behind is a drawer that comes after everything else: printing in a trial does not keep the court
// waiting, nor drive its pictures out of the cache.
func Behind(p Prover) Drawer { return behind{p} }

type behind struct{ Prover }

func (b behind) Render(ctx context.Context, request render.Request) (*render.Picture, error) {
	return b.Prove(ctx, request)
}

// Sources names the file that a page is in and the turn that makes the page upright, and tells false
// for a page that can't be drawn.
type Sources func(library.PageID) (source render.Source, upright library.Turn, ok bool)

// Request is the picture of a pane that fits into a box; false where the page is in no file. This is
// where a pane's own turn is added to that which makes its page upright, and nowhere else.
func (sources Sources) Request(pane library.Pane, box image.Point) (render.Request, bool) {
	source, upright, ok := sources(pane.Page)
	return render.Request{
		Source: source, Page: pane.Page.Index, View: pane.View, Turn: upright.Plus(int(pane.Turn)), Max: box,
	}, ok
}

// Still makes the frame of a shot and waits for it: the very pixels that a court screen of this size
// would show, for verbs and for paper. Its errors are [ErrNoSource], those of the drawer, and those
// of [mark.Compose].
func Still(ctx context.Context, d Drawer, sources Sources, shot library.Shot, size image.Point) (Frame, error) {
	if err := mark.CheckSize(size); err != nil {
		return Frame{}, err
	}
	requests, ok := sources.requests(shot, size)
	if !ok {
		return Frame{}, ErrNoSource
	}
	f := Frame{Shot: shot, requests: requests}
	pictures := make([]*image.RGBA, len(requests))
	for i, request := range requests {
		picture, err := d.Render(ctx, request)
		if err != nil {
			return Frame{}, err
		}
		pictures[i] = picture.Image
		if picture.Incomplete {
			f.Incomplete = append(f.Incomplete, shot.Panes[i].Page)
		}
	}
	for i, pane := range mark.Panes(size, len(pictures)) {
		f.Places = append(f.Places, mark.Fit(pane, pictures[i].Rect.Size()).Intersect(pane))
	}
	var err error
	f.Image, err = mark.Compose(size, sheets(pictures)...)
	return f, err
}

// sheets are pages with nothing drawn on them.
func sheets(pictures []*image.RGBA) []mark.Sheet {
	list := make([]mark.Sheet, len(pictures))
	for i, p := range pictures {
		list[i].Picture = p
	}
	return list
}

// requests are the pictures that a shot's panes are made of; false where one of them is of no file.
func (sources Sources) requests(shot library.Shot, size image.Point) ([]render.Request, bool) {
	places := mark.Panes(size, int(shot.Count))
	var requests []render.Request
	for i, pane := range shot.List() {
		request, ok := sources.Request(pane, places[i].Size())
		if !ok {
			return nil, false
		}
		requests = append(requests, request)
	}
	return requests, true
}
