package main

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"

	"butluc/app/words"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/intake"
	"butluc/presenter/mark"
	"butluc/presenter/render"
)

// show writes exactly the pixels that the court screen would get of one page.
func show(args []string, out io.Writer) error {
	f := newFlags("show")
	folio := f.String("folio", "", "the page by its folio")
	page := f.String("page", "", `the page by its file and number, "PATH#3"`)
	size := f.String("size", "1920x1080", "the court screen's size in pixels")
	turn := f.Int("turn", 0, "degrees clockwise: 0, 90, 180 or 270")
	password := f.String("password", "", "of an encrypted file")
	to := f.StringP("output", "o", "", "the PNG to write")
	named, err := parse(f, args, 1, 1)
	if err != nil {
		return err
	}
	box, err := parseSize(*size)
	switch {
	case err != nil:
		return misuse{fmt.Errorf("show: %w", err)}
	case *to == "":
		return misuse{errors.New("show: -o FILE.png is missing")}
	case (*folio == "") == (*page == ""):
		return misuse{errors.New("show: one of --folio and --page")}
	case *turn%90 != 0:
		return misuse{fmt.Errorf("show: turn %d is not a quarter turn", *turn)}
	}
	ctx, stop := interruptible()
	defer stop()
	r := newRenderer(nil)
	defer r.Close()
	pane := library.Pane{Turn: library.Turn(0).Plus(*turn / 90)}
	frame, incomplete, err := frameOf(ctx, named[0], r, pane, *folio, *page, *password, box)
	if err != nil {
		return err
	}
	if err := writePNG(*to, frame); err != nil {
		return err
	}
	if incomplete {
		_, err = fmt.Fprintln(out, words.T("incomplete.long"))
		return errors.Join(err, errFindings)
	}
	return nil
}

func frameOf(ctx context.Context, dir string, r *render.Renderer, pane library.Pane, folio, page, password string, box image.Point) (*image.RGBA, bool, error) {
	c, err := readCase(ctx, dir, r, func(o *casefile.Options) { o.Prover, o.NoHash = nil, true })
	if err != nil {
		return nil, false, err
	}
	defer func() { _ = c.Close() }() // nothing was written
	if err := c.WaitFor(ctx, intake.StageConvert); err != nil {
		return nil, false, err
	}
	snapshot := c.Snapshot()
	id, err := findPage(snapshot, folio, page)
	if err != nil {
		return nil, false, err
	}
	pane.Page = id
	cache, err := cacheDir()
	if err != nil {
		return nil, false, err
	}
	e, _ := snapshot.Exhibit(id.Path)
	src := sourceOf(snapshot.Case.Path, renditions(cache, snapshot.Case.Path), e.File)
	if password != "" {
		r.Unlock(src, password)
	}
	picture, err := r.Render(ctx, render.Request{
		Source: src, Page: id.Index, View: pane.View, Turn: pane.Turn, Max: box,
	})
	if err != nil {
		var fault *render.Error
		if errors.As(err, &fault) {
			e.File.Fault = fault.Fault
			return nil, false, errors.New(faultText(e.File, e.Title))
		}
		return nil, false, err
	}
	frame, err := mark.Compose(box, picture.Image)
	return frame, picture.Incomplete, err
}

// findPage is the page that a folio, or a path and a number counted from 1, names.
func findPage(s casefile.Snapshot, folio, page string) (library.PageID, error) {
	if folio != "" {
		f, ok := library.ParseFolio(folio)
		if !ok {
			return library.PageID{}, misuse{fmt.Errorf("show: %q is no folio", folio)}
		}
		pages := library.FindFolio(s.Exhibits, f)
		if len(pages) == 0 {
			return library.PageID{}, errors.New(words.T("call.none", "typed", folio))
		}
		return pages[0], nil
	}
	name, number := page, 1
	e, ok := findFile(s, page) // a name may end in # and a number itself
	if i := strings.LastIndexByte(page, '#'); !ok && i >= 0 {
		if n, err := strconv.Atoi(page[i+1:]); err == nil {
			name, number = page[:i], n
			e, ok = findFile(s, name)
		}
	}
	switch {
	case !ok:
		return library.PageID{}, errors.New(words.T("cli.no-file", "name", name))
	case e.File.Pages == 0 && e.File.Fault.Code != library.FaultEncrypted:
		return library.PageID{}, errors.New(faultText(e.File, e.Title))
	case number < 1 || e.File.Pages > 0 && number > e.File.Pages:
		return library.PageID{}, errors.New(words.T("cli.no-page", "page", number, "name", e.Title, "pages", e.File.Pages))
	}
	return e.Page(number - 1), nil
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
	return image.Pt(x, y), mark.CheckSize(image.Pt(x, y))
}

// writePNG writes a picture whole, or not at all.
func writePNG(path string, img image.Image) (err error) {
	part, err := os.CreateTemp(filepath.Dir(path), ".butluc-*.png")
	if err != nil {
		return fmt.Errorf("write picture: %w", err)
	}
	defer func() {
		if err != nil {
			_ = os.Remove(part.Name())
		}
	}()
	if err = png.Encode(part, img); err != nil {
		return errors.Join(fmt.Errorf("write picture: %w", err), part.Close())
	}
	if err = part.Close(); err != nil {
		return fmt.Errorf("write picture: %w", err)
	}
	if err = os.Rename(part.Name(), path); err != nil {
		return fmt.Errorf("write picture: %w", err)
	}
	return nil
}
