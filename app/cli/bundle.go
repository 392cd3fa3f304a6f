package cli

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"image"
	"io"
	"path/filepath"
	"strconv"
	"strings"

	"butluc/app/wiring"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/presenter/print"
	"butluc/presenter/projector"
	"butluc/presenter/render"
)

// bundle writes the pages that the outline shows, or chosen ones, into one PDF, and the list of them with its SHA-256.
func bundle(args []string, out *terminal) error {
	f := newFlags("bundle")
	folios := f.StringArray("folio", nil, `pages by their folios: "45", "44-48"`)
	pages := f.StringArray("page", nil, `pages by their file and number: "PATH#3", "PATH#3-5"`)
	restricted := f.Bool("restricted", false, "pages that are restricted, too")
	list := f.String("list", "", "the PDF or DOCX for the list")
	to := f.StringP("output", "o", "", "the PDF to write")
	named, err := parse(out.in, f, args, 1, 1)
	if err != nil {
		return err
	}
	format := print.Format(strings.ToLower(strings.TrimPrefix(filepath.Ext(*list), ".")))
	switch {
	case !strings.EqualFold(filepath.Ext(*to), ".pdf"):
		return misuse{errors.New("bundle: -o FILE.pdf is missing")}
	case *list != "" && format != print.PDF && format != print.DOCX, *list == *to:
		return misuse{errors.New("bundle: --list wants another FILE.pdf or FILE.docx")}
	}
	ctx, stop := interruptible()
	defer stop()
	r := wiring.NewRenderer(nil)
	defer r.Close()
	s, err := wholeCase(ctx, out, named[0], r)
	if err != nil {
		return err
	}
	b := print.Bundle{Job: print.Job{Outline: s.Outline, Exhibits: s.Exhibits, Draw: drawOf(out, s, r, withoutCaptions)}, Restricted: *restricted}
	if b.Pages, err = chosenPages(out, s, *folios, *pages); err != nil {
		return err
	}
	hash, count := sha256.New(), 0
	err = casefile.WriteFile(*to, func(w io.Writer) (err error) {
		count, err = b.Write(ctx, io.MultiWriter(w, hash), nil)
		return err
	})
	if err != nil {
		return errors.New(out.in.T("print.failed", "name", *to, "why", err))
	}
	sum := fmt.Sprintf("%x", hash.Sum(nil))
	if _, err := fmt.Fprintln(out, out.in.T("bundle.done", "name", *to, "count", count, "hash", sum)); err != nil || *list == "" {
		return err
	}
	err = casefile.WriteFile(*list, func(w io.Writer) error { return b.WriteList(w, format, filepath.Base(*to), count, sum) })
	if err != nil {
		return errors.New(out.in.T("print.failed", "name", *list, "why", err))
	}
	_, err = fmt.Fprintln(out, out.in.T("print.done", "name", *list))
	return err
}

// wholeCase is a case of which every file is known by its fingerprint, which finds those that were renamed.
func wholeCase(ctx context.Context, t *terminal, dir string, r *render.Renderer) (casefile.Snapshot, error) {
	c, err := readCase(ctx, t, dir, r, func(o *casefile.Options) { o.Prover = nil })
	if err != nil {
		return casefile.Snapshot{}, err
	}
	waited := c.Wait(ctx)
	s := c.Snapshot()
	return s, errors.Join(waited, s.OutlineErr, c.Close())
}

// withoutCaptions are sources whose pages have no words under them.
func withoutCaptions(sources projector.Sources) projector.Sources {
	return func(p library.Pane) (projector.Origin, bool) {
		origin, ok := sources(p)
		origin.Caption = ""
		return origin, ok
	}
}

// drawOf draws the frames of a case; change, which may be nil, makes others of its sources.
func drawOf(t *terminal, s casefile.Snapshot, r *render.Renderer, change func(projector.Sources) projector.Sources) print.Draw {
	sources := sourcesOf(t.cache(), s)
	if change != nil {
		sources = change(sources)
	}
	return func(ctx context.Context, shot library.Shot, size image.Point) (projector.Frame, error) {
		frame, err := projector.Still(ctx, projector.Behind(r), sources, shot, size)
		return frame, frameError(t.in, s, shot, err)
	}
}

// chosenPages are the pages that folios and paths name, in this order; nil where none do.
func chosenPages(t *terminal, s casefile.Snapshot, folios, paths []string) ([]library.PageID, error) {
	var pages []library.PageID
	add := func(folio, page string) error {
		id, err := findPage(t.in, s, folio, page)
		pages = append(pages, id)
		return err
	}
	for _, typed := range folios {
		from, to, isRange := numberRange(typed)
		if !isRange {
			if err := add(typed, ""); err != nil {
				return nil, err
			}
			continue
		}
		for n := from; n <= to; n++ {
			if err := add(strconv.Itoa(n), ""); err != nil {
				return nil, err
			}
		}
	}
	for _, typed := range paths {
		path, numbers := typed, ""
		if i := strings.LastIndexByte(typed, '#'); i >= 0 {
			path, numbers = typed[:i], typed[i+1:]
		}
		from, to, isRange := numberRange(numbers)
		if !isRange {
			if err := add("", typed); err != nil {
				return nil, err
			}
			continue
		}
		for n := from; n <= to; n++ {
			if err := add("", fmt.Sprint(path, "#", n)); err != nil {
				return nil, err
			}
		}
	}
	return pages, nil
}

// numberRange reads "44-48"; false where it is none.
func numberRange(typed string) (from, to int, ok bool) {
	first, last, found := strings.Cut(typed, "-")
	from, err := strconv.Atoi(first)
	to, err2 := strconv.Atoi(last)
	return from, to, found && err == nil && err2 == nil && from > 0 && from <= to && to-from < 10_000
}
