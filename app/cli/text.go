package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"slices"
	"strings"
	"time"

	"butluc/app/console/label"
	"butluc/app/i18n"
	"butluc/app/wiring"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/presenter/render"
)

// textRead is what `ocr --json` prints.
type textRead struct {
	Case   string       `json:"case"`
	Pages  int          `json:"pages"`
	Read   int          `json:"read"`
	OCR    int          `json:"ocr"`    // read by OCR, now or before
	Scans  int          `json:"scans"`  // not read: there is no Tesseract
	Unread []string     `json:"unread"` // PATH#NUMBER of pages with writing that could not be read
	Failed []textFailed `json:"failed"`
}

type textFailed struct {
	Page string `json:"page"` // PATH#NUMBER
	Why  string `json:"why"`
}

// openText opens a case by [readCase] or [writeCase], with its pages' texts; with ocr those that must be read by OCR too,
// by so many workers.
func openText(ctx context.Context, out *terminal, dir string, r *render.Renderer, open opener, ocr bool, workers int) (*casefile.Case, error) {
	var noText error
	c, err := open(ctx, out, dir, r, func(o *casefile.Options) {
		noText = wiring.WithText(ctx, o, out.cache(), r, dir, ocr)
		o.Prover, o.OCRWorkers = nil, workers
	})
	if err == nil && noText != nil {
		return nil, errors.Join(textError(out.in, noText), c.Close())
	}
	return c, err
}

// readText reads the text of all pages of a case.
func readText(args []string, out *terminal) error {
	f := newFlags("ocr")
	workers := f.Int("workers", max(1, runtime.NumCPU()), "how many pages are read at a time")
	carry := f.Bool("carry", false, "keep what was read in the case's folder too, so that it goes along with it")
	asJSON := f.Bool("json", false, "print JSON")
	named, err := parse(out.in, f, args, 1, 1)
	if err != nil {
		return err
	}
	if *workers < 1 || *workers > 64 {
		return misuse{fmt.Errorf("ocr: %d workers, from 1 to 64 are possible", *workers)}
	}
	ctx, stop := interruptible()
	defer stop()
	r := wiring.NewRenderer(nil)
	defer r.Close()
	open := readCase
	if *carry {
		open = writeCase
	}
	c, err := openText(ctx, out, named[0], r, open, true, *workers)
	if err != nil {
		return err
	}
	err = waitText(ctx, out.in, c, out.progress)
	if err == nil && *carry {
		_, err = c.CarryText(ctx)
	}
	result := resultOf(out.in, c)
	if err := errors.Join(err, c.Close()); err != nil {
		return err
	}
	if *asJSON {
		err = writeJSON(out, result.textRead)
	} else {
		err = result.print(out.in, out, label.Tesseract(out.in, c.OCRMissing()))
	}
	if err == nil && len(result.Failed)+result.Scans > 0 {
		return errFindings
	}
	return err
}

// textError says why no text can be read.
func textError(in i18n.Catalogue, err error) error {
	if errors.Is(err, wiring.ErrNoCache) {
		return errors.New(in.T("cli.no-cache-text"))
	}
	return err
}

// readResult is what was read, with the pages' names.
type readResult struct {
	textRead
	names map[string]string // by PATH#NUMBER: "BL 45 · Biên bản"
}

func resultOf(in i18n.Catalogue, c *casefile.Case) readResult {
	p, _ := c.TextProgress()
	s := c.Snapshot()
	r := readResult{textRead{s.Case.Path, p.Pages, p.Done - p.Failed, p.OCR, p.Scans, pageNames(c.UnreadPages()), []textFailed{}}, map[string]string{}}
	for id, why := range c.FailedPages() {
		r.Failed = append(r.Failed, textFailed{id.String(), why.Error()})
	}
	slices.SortFunc(r.Failed, func(a, b textFailed) int { return strings.Compare(a.Page, b.Page) })
	x := library.NewIndex(s.Exhibits)
	for _, d := range s.Outline.Documents(x) {
		for i, page := range d.Pages {
			r.names[page.String()] = d.Title
			if folio := d.Folios[i]; !folio.IsZero() {
				r.names[page.String()] = label.Folio(in, folio) + " · " + d.Title
			}
		}
	}
	return r
}

func (r readResult) print(in i18n.Catalogue, out io.Writer, need string) error {
	var b strings.Builder
	fmt.Fprintln(&b, in.T("cli.text-read", "pages", r.Read, "ocr", r.OCR))
	if r.Scans > 0 {
		fmt.Fprintln(&b, in.T("cli.text-scans", "count", r.Scans))
		if need != "" {
			fmt.Fprintf(&b, "  → %s\n", need)
		}
	}
	if len(r.Unread) > 0 {
		fmt.Fprintln(&b, in.T("cli.text-unread", "count", len(r.Unread)))
		for _, p := range r.Unread {
			fmt.Fprintf(&b, "    %s  (%s)\n", r.names[p], library.ReadablePath(p))
		}
	}
	for _, f := range r.Failed {
		fmt.Fprintf(&b, "! %s: %s\n", in.T("cli.text-failed", "name", r.names[f.Page], "page", library.ReadablePath(f.Page)), f.Why)
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// waitText waits until all text is read, and says how far it is on a terminal.
func waitText(ctx context.Context, in i18n.Catalogue, c *casefile.Case, to io.Writer) error {
	done := make(chan error, 1)
	go func() { done <- c.WaitText(ctx) }()
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	said := false
	for {
		select {
		case err := <-done:
			if said {
				fmt.Fprintln(to)
			}
			return err
		case <-tick.C:
			if p, _ := c.TextProgress(); p.Pages > 0 {
				said = true
				fmt.Fprintf(to, "\r%s", in.T("find.reading", "done", p.Done, "total", p.Pages))
			}
		}
	}
}

// foundText is what `search --json` prints.
type foundText struct {
	Hits []foundHit `json:"hits"` // the best first
	More bool       `json:"more"` // than were asked for
}

type foundHit struct {
	Path    string  `json:"path"`
	Page    int     `json:"page"`  // from 1
	Folio   string  `json:"folio"` // "" where it has none
	Snippet string  `json:"snippet"`
	Score   float64 `json:"score"`
}

// searchText prints the pages of a case on which words stand.
func searchText(args []string, out *terminal) (err error) {
	f := newFlags("search")
	limit := f.Int("limit", 20, "at most so many pages")
	asJSON := f.Bool("json", false, "print JSON")
	named, err := parse(out.in, f, args, 2, 1<<10)
	if err != nil {
		return err
	}
	if *limit < 1 || *limit > 10_000 {
		return misuse{fmt.Errorf("search: a limit of %d, from 1 to 10000 are possible", *limit)}
	}
	ctx, stop := interruptible()
	defer stop()
	r := wiring.NewRenderer(nil)
	defer r.Close()
	c, err := openText(ctx, out, named[0], r, readCase, false, 0)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	if err := waitText(ctx, out.in, c, out.progress); err != nil {
		return err
	}
	found, err := c.Find(ctx, strings.Join(named[1:], " "), *limit)
	if err != nil {
		return err
	}
	if p, _ := c.TextProgress(); p.Scans > 0 {
		fmt.Fprintln(out.errs, out.in.T("cli.text-scans", "count", p.Scans))
	}
	return tellFound(out.in, out, c.Snapshot(), found, *asJSON)
}

func tellFound(in i18n.Catalogue, out io.Writer, s casefile.Snapshot, found casefile.FoundPages, asJSON bool) error {
	x := library.NewIndex(s.Exhibits)
	result := foundText{Hits: []foundHit{}, More: found.More}
	var b strings.Builder
	for _, p := range found.Pages {
		folio := s.Outline.FolioOf(p.Page, x)
		result.Hits = append(result.Hits, foundHit{p.Page.Path, p.Page.Index + 1, folio.String(), p.Text, p.Score})
		name := library.ReadablePath(p.Page.String())
		if !folio.IsZero() {
			name = label.Folio(in, folio) + "  " + name
		}
		fmt.Fprintf(&b, "%s\n    %s\n", library.Visible(name), library.Visible(p.Text))
	}
	if asJSON {
		return writeJSON(out, result)
	}
	if len(found.Pages) == 0 {
		fmt.Fprintln(&b, in.T("cli.found-none"))
	}
	_, err := io.WriteString(out, b.String())
	return err
}
