package projector

import (
	"context"
	"image"

	"butluc/library"
	"butluc/presenter/compose"
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

// Still makes the frame of a shot and waits for it: the very pixels that a court screen of this size
// would show, for verbs and for paper. Its errors are [ErrNoSource], those of the drawer, and those
// of [mark.Compose].
func Still(ctx context.Context, d Drawer, sources Sources, shot library.Shot, size image.Point) (Frame, error) {
	if err := compose.CheckSize(size); err != nil {
		return Frame{}, err
	}
	plan, ok := sources.Plan(shot, size)
	if !ok {
		return Frame{}, ErrNoSource
	}
	return plan.Draw(ctx, d)
}

// Draw makes the frame and waits for it.
func (p Plan) Draw(ctx context.Context, d Drawer) (Frame, error) {
	made := map[render.Request]*render.Picture{}
	for _, request := range p.requests() {
		if made[request] != nil {
			continue
		}
		picture, err := d.Render(ctx, request)
		if err != nil {
			return Frame{}, err
		}
		made[request] = picture
	}
	f, _ := p.frame(func(r render.Request) (*render.Picture, bool) { p, ok := made[r]; return p, ok })
	return f, f.Err
}
