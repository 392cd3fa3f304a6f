package cli

import (
	"errors"
	"fmt"

	"butluc/app/console/exchange"
	"butluc/app/wiring"
	"butluc/library"
	"butluc/library/casefile"
)

// attachments writes the files that a PDF of a case holds into a folder. The case itself stays as it is.
func attachments(args []string, out *terminal) error {
	f := newFlags("attachments")
	to := f.StringP("output", "o", "", "the folder to write them to")
	named, err := parse(out.in, f, args, 2, 2)
	if err != nil {
		return err
	}
	if *to == "" {
		return misuse{errors.New("attachments: -o FOLDER is missing")}
	}
	r := wiring.NewRenderer(nil)
	defer r.Close()
	ctx, stop := interruptible()
	defer stop()
	c, err := readCase(ctx, out, named[0], r, func(o *casefile.Options) { o.Prover = nil })
	if err != nil {
		return err
	}
	waited := c.Wait(ctx)
	s := c.Snapshot()
	if err := errors.Join(waited, c.Close()); err != nil {
		return err
	}
	e, ok := s.Exhibit(library.EscapePath(named[1]))
	if !ok || len(e.File.Attached) == 0 {
		return misuse{errors.New(out.in.T("cli.no-attachments", "name", library.Visible(named[1])))}
	}
	got, err := exchange.Detach(ctx, r, wiring.SourceOf(s.Case.Path, "", e.File), e.File.Attached, *to, nil)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return errors.New(exchange.DetachError(out.in, e.File.Path, err))
	}
	for _, name := range got.Names {
		if _, err := fmt.Fprintln(out, library.Visible(name)); err != nil {
			return err
		}
	}
	if len(got.Left) > 0 {
		fmt.Fprintln(out.errs, exchange.DetachedText(out.in, e.File.Path, *to, got))
		return errFindings
	}
	return nil
}
