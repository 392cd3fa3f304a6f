package cli

import (
	"errors"
	"fmt"
	"path/filepath"

	"butluc/app/console/exchange"
	"butluc/library"
	"butluc/library/intake"
)

// unzip takes a ZIP of a case apart into a new folder: beside the case, or where --to says.
func unzip(args []string, out *terminal) error {
	f := newFlags("unzip")
	to := f.String("to", "", "the folder in which the new one is made")
	named, err := parse(out.in, f, args, 2, 2)
	if err != nil {
		return err
	}
	dir, err := filepath.Abs(named[0])
	if err == nil && !isFolder(dir) {
		err = misuse{fmt.Errorf("%q is no case folder", named[0])}
	}
	if err != nil {
		return err
	}
	if *to == "" {
		*to = filepath.Dir(dir)
	}
	ctx, stop := interruptible()
	defer stop()
	path := library.EscapePath(named[1])
	made, got, err := intake.Unpack(ctx, dir, path, *to, nil)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		return errors.New(exchange.UnpackError(out.in, path, err))
	}
	fmt.Fprintln(out, exchange.UnpackedText(out.in, made, got))
	if len(got.Left) > 0 {
		return errFindings
	}
	return nil
}
