package cli

import (
	"context"
	"errors"
	"fmt"

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
	sources := sourcesOf(out.cache(), s)
	again := frames{snapshot: s, renderer: w, sources: sources, made: map[madeKey]string{}, places: map[string]string{}}
	for _, f := range s.Case.Files {
		again.places[f.SHA256] = f.Path
	}
	now := versions{out.program.Version, wiring.RendererVersions()}
	var then versions
	count, same, others := 0, 0, 0
	for _, e := range r.Entries {
		if e.Trial != nil {
			then = versions{e.Trial.Program, e.Trial.Renderer}
		}
		if e.Shown == nil {
			continue
		}
		count++
		why := again.differs(ctx, out.in, *e.Shown)
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

// versions are of the program and of what draws the pages.
type versions struct{ program, renderer string }

func (v versions) String() string { return v.program + ", " + v.renderer }

// errPixels says that a frame came out in other pixels than those that were shown.
var errPixels = errors.New("the pixels differ")

// frames makes frames again, each once.
type frames struct {
	snapshot casefile.Snapshot
	renderer *render.Renderer
	sources  projector.Sources
	places   map[string]string // path by SHA-256
	made     map[madeKey]string
}

type madeKey struct {
	shot     library.Shot
	upright  [library.MaxPanes]int
	captions [library.MaxPanes]string
	size     string
}

// sourcesOf finds the pages of a shot as they were shown, whatever is thought of them now: as upright, with
// that caption; the marks that lay on them are among the shot's.
func (f frames) sourcesOf(shown journal.Shown, shot library.Shot) projector.Sources {
	return func(p library.Pane) (projector.Origin, bool) {
		origin, ok := f.sources(p)
		origin.Marks = library.Marks{}
		for i, pane := range shot.List() {
			if pane == p {
				origin.Upright, origin.Caption = library.Turn(0).Plus(shown.Panes[i].Upright), shown.Panes[i].Caption
			}
		}
		return origin, ok
	}
}

// differs says why a frame is not the one that was shown, nil where it is.
func (f frames) differs(ctx context.Context, in i18n.Catalogue, shown journal.Shown) error {
	shot := shown.Shot()
	for i, p := range shown.Panes {
		e, ok := f.snapshot.Exhibit(p.Path)
		if ok && (p.SHA256 == "" || p.SHA256 == e.File.SHA256) {
			continue
		}
		now, found := f.places[p.SHA256]
		switch {
		case found && p.SHA256 != "":
			pane := shot.Panes[i]
			pane.Page.Path = now
			shot = shot.With(i, pane)
		case ok:
			return errors.New(in.T("journal.file-changed", "name", library.ReadablePath(p.Path)))
		default:
			return errors.New(in.T("cli.no-file", "name", library.ReadablePath(p.Path)))
		}
	}
	key := madeKey{shot: shot, size: shown.Size}
	for i := range shot.List() {
		key.upright[i], key.captions[i] = shown.Panes[i].Upright, shown.Panes[i].Caption
	}
	if _, ok := f.made[key]; !ok {
		size, err := parseSize(shown.Size)
		if err != nil {
			return err
		}
		frame, err := projector.Still(ctx, f.renderer, f.sourcesOf(shown, shot), shot, size)
		if err != nil {
			return frameError(in, f.snapshot, shot, err)
		}
		f.made[key] = journal.PixelHash(frame.Image)
	}
	if f.made[key] != shown.Pixels {
		return errPixels
	}
	return nil
}
