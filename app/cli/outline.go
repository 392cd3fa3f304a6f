package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/intake"
)

// outline is the verb of the outline's verbs: `outline CASE export FILE`, and so on.
func outline(args []string, out *terminal) error {
	return subverb("outline", map[string]runner{
		"print": printOutline, "export": exportOutline, "import": importOutline, "submit": submitOutline,
	}, args, out)
}

// exportOutline writes the outline to a file.
func exportOutline(args []string, out *terminal) error {
	f := newFlags("outline export")
	approved := f.Bool("approved", false, "as it was last submitted to the superior")
	named, err := parse(out.in, f, args, 2, 2)
	if err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	snapshot, err := readOutline(ctx, out, named[0])
	if err != nil {
		return err
	}
	switch {
	case !*approved:
		err = casefile.ExportOutline(snapshot.Outline, named[1])
	case snapshot.Approval.Number == 0:
		return errors.New(out.in.T("cli.not-submitted"))
	default:
		err = casefile.ExportApproval(snapshot.Approval, named[1])
	}
	if err != nil {
		return errors.New(out.in.T("export.failed", "name", named[1], "why", err))
	}
	_, err = fmt.Fprintln(out, out.in.T("export.done", "name", named[1]))
	return err
}

// readOutline gives what the store knows of a case, without reading the folder.
func readOutline(ctx context.Context, t *terminal, dir string) (casefile.Snapshot, error) {
	return readSnapshot(ctx, t, dir, nil, keptOnly, intake.StageIdle)
}

// submitOutline freezes a copy of the outline for the superior. Its pages' fingerprints belong to it, so
// all files are read first.
func submitOutline(args []string, out *terminal) error {
	f := newFlags("outline submit")
	f.BoolVar(&out.fromCopy, "from-copy", false, "go on from a copy where the case's data are damaged")
	named, err := parse(out.in, f, args, 1, 1)
	if err != nil {
		return err
	}
	return editCase(out, named[0], func(c *casefile.Case) error {
		a, err := c.Submit()
		switch {
		case errors.Is(err, library.ErrInvalid):
			return errors.New(out.in.T("cli.no-steps"))
		case err != nil:
			return err
		}
		_, err = fmt.Fprintln(out, out.in.T("cli.submitted", "number", a.Number, "print", a.Short()))
		return err
	})
}

// importOutline puts an exported outline in the place of the case's. Its pages are found by their
// files' SHA-256, so all files are read before anything changes.
func importOutline(args []string, out *terminal) error {
	f := newFlags("outline import")
	f.BoolVar(&out.fromCopy, "from-copy", false, "go on from a copy where the case's data are damaged")
	named, err := parse(out.in, f, args, 2, 2)
	if err != nil {
		return err
	}
	data, err := casefile.ReadFile(named[1])
	if err != nil {
		return errors.New(out.in.T("import.failed", "name", named[1], "why", err))
	}
	if _, err := library.DecodeOutline(data); err != nil { // before the case is read, which may take long
		return refused(out.in, named[1], err)
	}
	return editCase(out, named[0], func(c *casefile.Case) error {
		s := c.Snapshot()
		x := library.NewIndex(s.Exhibits)
		edit, err := s.Outline.Import(data, x)
		if err != nil {
			return refused(out.in, named[1], err)
		}
		if err := errors.Join(c.Edit(edit), c.Flush()); err != nil {
			return errors.New(out.in.T("import.failed", "name", named[1], "why", err))
		}
		o := c.Snapshot().Outline
		_, err = fmt.Fprintln(out, out.in.T("cli.imported", "name", filepath.Base(named[1]),
			"steps", o.Count(library.TableSteps), "findings", len(o.Resolve(x))))
		return err
	})
}

// refused says why a file is no outline, and where its fault is.
func refused(in i18n.Catalogue, name string, err error) error {
	var fault *library.ImportError
	if errors.As(err, &fault) {
		err = fault
	}
	return errors.New(in.T("import.refused", "name", name, "why", err))
}
