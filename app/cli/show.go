package cli

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"butluc/app/i18n"
	"butluc/app/wiring"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/intake"
	"butluc/presenter/compose"
	"butluc/presenter/print"
	"butluc/presenter/projector"
	"butluc/presenter/render"
)

// wanted is what show is asked for.
type wanted struct {
	folio, page, step string
	turn              library.Turn
	password          string
	size              image.Point
	beat              int
}

// show writes exactly the pixels that the court screen would get of one page or step.
func show(args []string, out *terminal) error {
	f := newFlags("show")
	var w wanted
	f.StringVar(&w.folio, "folio", "", "the page by its folio")
	f.StringVar(&w.page, "page", "", `the page by its file and number, "PATH#3"`)
	f.StringVar(&w.step, "step", "", "the step by its id")
	f.IntVar(&w.beat, "beat", 0, "how many beats of the step are there already")
	f.StringVar(&w.password, "password", "", "of an encrypted file")
	size := f.String("size", "1920x1080", "the court screen's size in pixels")
	turn := f.Int("turn", 0, "degrees clockwise: 0, 90, 180 or 270")
	to := f.StringP("output", "o", "", "the PNG or PDF to write")
	named, err := parse(out.in, f, args, 1, 1)
	if err != nil {
		return err
	}
	w.size, err = parseSize(*size)
	asked := 0
	for _, s := range []string{w.folio, w.page, w.step} {
		if s != "" {
			asked++
		}
	}
	switch {
	case err != nil:
		return misuse{fmt.Errorf("show: %w", err)}
	case *to == "":
		return misuse{errors.New("show: -o FILE.png or FILE.pdf is missing")}
	case !print.IsFrameFile(*to):
		return misuse{fmt.Errorf("show: %q is neither a .png nor a .pdf", *to)}
	case w.beat < 0 || w.beat > 0 && w.step == "":
		return misuse{errors.New("show: --beat counts the beats of a --step")}
	case asked != 1:
		return misuse{errors.New("show: one of --folio, --page and --step")}
	case *turn%90 != 0:
		return misuse{fmt.Errorf("show: turn %d is not a quarter turn", *turn)}
	case *turn != 0 && w.step != "":
		return misuse{errors.New("show: a step has its own turn")}
	}
	w.turn = library.Turn(0).Plus(*turn / 90)
	ctx, stop := interruptible()
	defer stop()
	r := wiring.NewRenderer(nil)
	defer r.Close()
	frame, err := frameOf(ctx, out, named[0], r, w)
	if err != nil {
		return err
	}
	err = casefile.WriteFile(*to, func(out io.Writer) error { return print.WriteFrame(out, *to, frame.Image) })
	if err != nil {
		return fmt.Errorf("write picture: %w", err)
	}
	if len(frame.Incomplete) > 0 {
		_, err = fmt.Fprintln(out, out.in.T("incomplete.long"))
		return errors.Join(err, errFindings)
	}
	return nil
}

// errStray says that pages with marks are to be found by their files' fingerprints first.
var errStray = errors.New("marked pages were moved")

func frameOf(ctx context.Context, t *terminal, dir string, r *render.Renderer, w wanted) (projector.Frame, error) {
	if w.step == "" {
		frame, err := frameUntil(ctx, t, dir, r, w, intake.StageConvert)
		if !errors.Is(err, errStray) {
			return frame, err
		}
	}
	return frameUntil(ctx, t, dir, r, w, intake.StageHash) // a step's file may have another name: its fingerprint finds it
}

func frameUntil(ctx context.Context, t *terminal, dir string, r *render.Renderer, w wanted, until intake.Stage) (projector.Frame, error) {
	c, err := readCase(ctx, t, dir, r, func(o *casefile.Options) { o.Prover, o.NoHash = nil, until != intake.StageHash })
	if err != nil {
		return projector.Frame{}, err
	}
	defer func() { _ = c.Close() }() // nothing was written
	if err := c.WaitFor(ctx, until); err != nil {
		return projector.Frame{}, err
	}
	snapshot := c.Snapshot()
	if until != intake.StageHash && len(snapshot.Outline.StrayMarks(library.NewIndex(snapshot.Exhibits))) > 0 {
		// A file with marks, perhaps redactions, has another name by now: this may be it.
		return projector.Frame{}, errStray
	}
	shot, err := shotOf(t.in, snapshot, w)
	if err != nil {
		return projector.Frame{}, err
	}
	sources := sourcesOf(t.cache(), snapshot)
	if w.password != "" {
		for _, pane := range shot.List() {
			if origin, ok := sources(pane); ok {
				r.Unlock(origin.Source, w.password)
			}
		}
	}
	frame, err := projector.Still(ctx, r, sources, shot, w.size)
	return frame, frameError(t.in, snapshot, shot, err)
}

// shotOf is what the court is to see.
func shotOf(in i18n.Catalogue, s casefile.Snapshot, w wanted) (library.Shot, error) {
	if w.step == "" {
		id, err := findPage(in, s, w.folio, w.page)
		return library.Shot{}.Add(library.Pane{Page: id, Turn: w.turn}), err
	}
	step, ok := s.Outline.Step(library.ID(w.step))
	if !ok {
		return library.Shot{}, errors.New(in.T("cli.no-step", "step", w.step))
	}
	shot := s.Outline.Located(step.Shot, library.NewIndex(s.Exhibits))
	if w.beat > shot.Beats() {
		return library.Shot{}, errors.New(in.T("cli.no-beat", "beat", w.beat, "count", shot.Beats()))
	}
	return shot.At(w.beat), nil
}

// sourcesOf finds the files of a case's pages. An encrypted file has pages, however many.
func sourcesOf(cache string, s casefile.Snapshot) projector.Sources {
	cache = wiring.Renditions(cache, s.Case.Path)
	x := library.NewIndex(s.Exhibits)
	pages := s.Outline.PagesNow(x)
	return func(pane library.Pane) (projector.Origin, bool) {
		e, ok := s.Exhibit(pane.Page.Path)
		now := pages.Shown(pane.Page)
		return projector.Origin{
			Source: wiring.SourceOf(s.Case.Path, cache, e.File).With(pane.Tracks), Upright: now.Upright, Marks: now.Marks,
			Caption: s.Outline.Caption(pane, x),
		}, ok
	}
}

// frameError is why a frame could not be made, in words.
func frameError(in i18n.Catalogue, s casefile.Snapshot, shot library.Shot, err error) error {
	var fault *render.Error
	switch {
	case errors.As(err, &fault):
		e, _ := s.Exhibit(fault.Path)
		e.File.Fault = fault.Fault
		return errors.New(faultText(in, e.File, e.Title))
	case errors.Is(err, projector.ErrNoSource):
		for _, pane := range shot.List() {
			if _, ok := s.Exhibit(pane.Page.Path); !ok {
				return errors.New(in.T("cli.no-file", "name", library.ReadablePath(pane.Page.Path)))
			}
		}
	}
	return err
}

// findPage is the page that a folio, a path and a number counted from 1, or a recording's path and a time
// ("camera.mp4@0:07.5") names.
func findPage(in i18n.Catalogue, s casefile.Snapshot, folio, page string) (library.PageID, error) {
	if folio != "" {
		return findFolio(in, s, folio)
	}
	name, number := page, 1
	e, ok := findFile(s, page) // a name may end in # and a number itself
	if i := strings.LastIndexByte(page, '#'); !ok && i >= 0 {
		if n, err := strconv.Atoi(page[i+1:]); err == nil {
			name, number = page[:i], n
			e, ok = findFile(s, name)
		}
	}
	if i := strings.LastIndexByte(page, '@'); !ok && i >= 0 {
		at, err := library.ParseTimecode(page[i+1:])
		if f, found := findFile(s, page[:i]); found && err == nil {
			name, number, e, ok = page[:i], at+1, f, true
		}
	}
	switch {
	case !ok:
		return library.PageID{}, errors.New(in.T("cli.no-file", "name", name))
	case e.File.Kind.Clip() && e.File.Pages > 0 && !e.File.Has(number-1):
		return library.PageID{}, errors.New(in.T("cli.no-time", "time", library.Timecode(number-1), "name", e.Title, "end", library.Timecode(e.File.Duration)))
	case e.File.Kind.Clip() && e.File.Pages > 0:
	case e.File.Pages == 0 && e.File.Fault.Code != library.FaultEncrypted:
		return library.PageID{}, errors.New(faultText(in, e.File, e.Title))
	case number < 1 || e.File.Pages > 0 && !e.File.Has(number-1):
		return library.PageID{}, errors.New(in.T("cli.no-page", "page", number, "name", e.Title, "pages", e.File.Pages))
	}
	return e.Page(number - 1), nil
}

// findFolio is the page that a folio calls, as in the window. Where several documents carry it, a
// script must say which.
func findFolio(in i18n.Catalogue, s casefile.Snapshot, typed string) (library.PageID, error) {
	switch pages := s.Outline.Call(typed, library.NewIndex(s.Exhibits)); len(pages) {
	case 0:
		folio, _, _ := strings.Cut(typed, "/")
		if _, ok := library.ParseFolio(folio); !ok {
			return library.PageID{}, misuse{fmt.Errorf("show: %q is no folio", typed)}
		}
		return library.PageID{}, errors.New(in.T("call.none", "typed", typed))
	case 1:
		return pages[0], nil
	default:
		var list strings.Builder
		for i, p := range pages {
			fmt.Fprintf(&list, "\n  --folio %s/%d  %s", typed, i+1, p)
		}
		return library.PageID{}, errors.New(in.T("cli.folio-several", "folio", typed, "count", len(pages)) + list.String())
	}
}

// findFile finds a file by its path in the case as a person writes it, as scan prints it, or as a
// shell completes it from the working folder. Letters with marks may be composed on one side and
// decomposed on the other.
func findFile(s casefile.Snapshot, name string) (library.Exhibit, bool) {
	paths := []string{library.EscapePath(filepath.Clean(name)), name}
	if abs, err := filepath.Abs(name); err == nil {
		if rel, err := filepath.Rel(s.Case.Path, abs); err == nil {
			paths = append(paths, library.EscapePath(rel))
		}
	}
	for _, path := range paths {
		if e, ok := s.Exhibit(path); ok {
			return e, true
		}
	}
	for _, path := range paths {
		same := norm.NFC.String(path)
		for _, e := range s.Exhibits {
			if norm.NFC.String(e.File.Path) == same {
				return e, true
			}
		}
	}
	return library.Exhibit{}, false
}

func parseSize(s string) (image.Point, error) {
	w, h, ok := strings.Cut(s, "x")
	x, errX := strconv.Atoi(w)
	y, errY := strconv.Atoi(h)
	if !ok || errX != nil || errY != nil {
		return image.Point{}, fmt.Errorf("size %q: want WIDTHxHEIGHT in pixels", s)
	}
	return image.Pt(x, y), compose.CheckSize(image.Pt(x, y))
}
