package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"butluc/app/wiring"
	"butluc/library"
	"butluc/library/casefile"
)

// review writes the sheet from which the hearings of the case are reviewed.
func (r recorded) review(ctx context.Context, out *terminal, wanted albumWanted) error {
	if r.Head.Count == 0 {
		return errors.New(out.in.T("journal.empty"))
	}
	exhibits, err := r.exhibits(ctx, out)
	if err != nil {
		return err
	}
	err = casefile.WriteFile(wanted.file, func(w io.Writer) error {
		return r.Review(w, wanted.file, wanted.rehearsals, library.NewIndex(exhibits))
	})
	if err != nil {
		return errors.New(out.in.T("print.failed", "name", wanted.file, "why", err))
	}
	if r.Fault != nil {
		fmt.Fprintln(out, r.FaultText(out.in))
	}
	_, err = fmt.Fprintln(out, out.in.T("review.written", "name", wanted.file))
	return err
}

// exhibits are those of the journal's case, by which folios are told; of a journal's file alone there are none.
func (r recorded) exhibits(ctx context.Context, out *terminal) ([]library.Exhibit, error) {
	if r.dir == "" {
		return nil, nil
	}
	w := wiring.NewRenderer(nil)
	defer w.Close()
	c, err := readCase(ctx, out, r.dir, w, pagesOnly)
	if err != nil {
		return nil, err
	}
	waited := c.Wait(ctx)
	return c.Snapshot().Exhibits, errors.Join(waited, c.Close())
}
