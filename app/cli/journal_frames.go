package cli

import (
	"context"
	"errors"
	"fmt"

	"butluc/app/album"
	"butluc/app/i18n"
	"butluc/app/report"
	"butluc/app/wiring"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/journal"
	"butluc/presenter/projector"
	"butluc/presenter/render"
)

// checkFrames makes each frame that was shown again from the case and compares the hashes of their pixels.
func (r recorded) checkFrames(ctx context.Context, out *terminal) error {
	w := wiring.NewRenderer(nil)
	defer w.Close()
	c, err := readCase(ctx, out, r.dir, w, func(o *casefile.Options) { o.Prover = nil })
	if err != nil {
		return err
	}
	waited := c.Wait(ctx)
	s := c.Snapshot()
	if err := errors.Join(waited, c.Close()); err != nil {
		return err
	}
	again := frames{maker: remaker(out, out.in, s, w), made: map[album.Key]string{}}
	now := album.Versions{Program: out.program.Version, Renderer: wiring.RendererVersions()}
	var then album.Versions
	count, same, others := 0, 0, 0
	for _, e := range r.Entries {
		if e.Trial != nil {
			then = album.Versions{Program: e.Trial.Program, Renderer: e.Trial.Renderer}
		}
		if e.Shown == nil {
			continue
		}
		count++
		why := again.differs(ctx, *e.Shown)
		if err := ctx.Err(); err != nil {
			return err
		}
		text := ""
		switch {
		case why == nil:
			same++
			continue
		case errors.Is(why, errPixels) && now != then: // a newer decoder draws other pixels of the same file
			others++
			text = out.in.T("journal.other-version", "then", then, "now", now)
		case errors.Is(why, errPixels):
			text = out.in.T("journal.pixels")
		default:
			text = why.Error()
		}
		fmt.Fprintln(out, out.in.T("journal.frame", "line", e.N, "what", report.ShownText(out.in, journal.Span{Entry: e}), "why", text))
	}
	fmt.Fprintln(out, out.in.T("journal.frames", "same", same, "count", count))
	if others > 0 {
		fmt.Fprintln(out, out.in.T("journal.frames-other", "count", others))
	}
	if same+others < count {
		return errFindings
	}
	return nil
}

// errPixels says that a frame came out in other pixels than those that were shown.
var errPixels = errors.New("the pixels differ")

// frames makes frames again, each once.
type frames struct {
	maker *album.Maker
	made  map[album.Key]string
}

// remaker makes frames of a case again; why one can't be made is said in a language.
func remaker(t *terminal, in i18n.Catalogue, s casefile.Snapshot, r *render.Renderer) *album.Maker {
	return album.Maker{
		In: in, Snapshot: s, Drawer: projector.Behind(r), Sources: sourcesOf(t.cache(), s),
		Explain: func(shot library.Shot, err error) error { return frameError(in, s, shot, err) },
	}.Ready()
}

// differs says why a frame is not the one that was shown, nil where it is.
func (f frames) differs(ctx context.Context, shown journal.Shown) error {
	key, err := f.maker.Find(shown)
	if err != nil {
		return err
	}
	if _, ok := f.made[key]; !ok {
		frame, err := f.maker.Make(ctx, key)
		if err != nil {
			return err
		}
		f.made[key] = journal.PixelHash(frame.Image)
	}
	if f.made[key] != shown.Pixels {
		return errPixels
	}
	return nil
}
