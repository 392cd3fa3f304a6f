package cli

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"path/filepath"
	"strings"

	"butluc/app/wiring"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/presenter/print"
	"butluc/presenter/projector"
)

// printOutline prints the outline, the list for the clerk, or the sheets for when the projector fails.
func printOutline(args []string, out *terminal) error {
	f := newFlags("outline print")
	as := f.String("as", string(print.Outline), "outline, list or backup")
	notes := f.Bool("notes", true, "private notes too")
	size := f.String("size", "1920x1080", "the court screen's size in pixels")
	to := f.StringP("output", "o", "", "the PDF or DOCX to write")
	named, err := parse(out.in, f, args, 1, 1)
	if err != nil {
		return err
	}
	job := print.Job{
		Kind: print.Kind(*as), Format: print.Format(strings.ToLower(strings.TrimPrefix(filepath.Ext(*to), "."))), Notes: *notes,
	}
	job.Screen, err = parseSize(*size)
	switch {
	case err != nil:
		return misuse{fmt.Errorf("outline print: %w", err)}
	case *to == "":
		return misuse{errors.New("outline print: -o FILE.pdf or FILE.docx is missing")}
	case !job.Possible():
		return misuse{fmt.Errorf("outline print: no %s as %q", *as, filepath.Ext(*to))}
	}
	ctx, stop := interruptible()
	defer stop()
	r := wiring.NewRenderer(nil)
	defer r.Close()
	c, err := readCase(ctx, out, named[0], r, func(o *casefile.Options) { o.Prover = nil })
	if err != nil {
		return err
	}
	waited := c.Wait(ctx) // fingerprints find the files that were renamed
	s := c.Snapshot()
	if err := errors.Join(waited, s.OutlineErr, c.Close()); err != nil {
		return err
	}
	sources := sourcesOf(out.cache(), s)
	job.Outline, job.Exhibits, job.Approval = s.Outline, s.Exhibits, s.Approval
	job.Draw = func(ctx context.Context, shot library.Shot, size image.Point) (projector.Frame, error) {
		frame, err := projector.Still(ctx, projector.Behind(r), sources, shot, size)
		return frame, frameError(out.in, s, shot, err)
	}
	err = casefile.WriteFile(*to, func(w io.Writer) error { return job.Write(ctx, w, nil) })
	if err != nil {
		return errors.New(out.in.T("print.failed", "name", *to, "why", err))
	}
	_, err = fmt.Fprintln(out, out.in.T("print.done", "name", *to))
	return err
}
