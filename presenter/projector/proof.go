package projector

import (
	"context"
	"image"

	"butluc/library"
	"butluc/presenter/render"
)

// Examiner looks into files after everything else that is wanted; *render.Renderer does.
type Examiner interface {
	Prover
	Inspect(ctx context.Context, src render.Source) (render.Facts, error)
}

// ProofBox is the size at which pages are proved, in pixels: small, but all of a page's data is decoded.
var ProofBox = image.Pt(160, 160)

// ProveClip tells whether a pane can show its recording from its first picture to its last: those of what it plays, or,
// where it stands still, of the whole recording. incomplete tells that one of them decoded only in part. Its errors are
// those of the renderer, whose page is the time of the picture.
func ProveClip(ctx context.Context, e Examiner, src render.Source, pane library.Pane) (facts render.Facts, incomplete bool, err error) {
	if facts, err = e.Inspect(ctx, src); err != nil {
		return facts, false, err
	}
	ends := []int{pane.Clip.From, pane.Clip.To}
	if pane.Clip.IsZero() {
		ends = []int{0, facts.Duration}
	}
	for _, at := range ends {
		picture, err := e.Prove(ctx, render.Request{Source: src, Page: at, Max: ProofBox})
		if err != nil {
			return facts, incomplete, err
		}
		incomplete = incomplete || picture.Incomplete
	}
	return facts, incomplete, nil
}
