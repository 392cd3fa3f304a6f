package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strings"

	"butluc/app/i18n"
	"butluc/app/wiring"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/presenter/render"
)

// attachments writes the files that a PDF of a case holds into a folder. The case itself stays as it is.
func attachments(args []string, out *terminal) error {
	f := newFlags("attachments")
	to := f.StringP("output", "o", "", "the folder to write them to")
	named, err := parse(f, args, 2, 2)
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
		return misuse{errors.New(i18n.T("cli.no-attachments", "name", library.Visible(named[1])))}
	}
	if err := os.MkdirAll(*to, 0o755); err != nil { //nolint:gosec // the user's own folder, as they make it themselves
		return err
	}
	root, err := os.OpenRoot(*to)
	if err != nil {
		return err
	}
	defer root.Close()
	src := wiring.SourceOf(s.Case.Path, "", e.File)
	for i, a := range e.File.Attached {
		file, name, err := createNew(root, a.Name)
		if err != nil {
			return err
		}
		err = errors.Join(r.Attachment(ctx, render.LaneBackground, src, i, file), file.Close())
		if err != nil {
			return errors.Join(err, root.Remove(name))
		}
		if _, err := fmt.Fprintln(out, library.Visible(name)); err != nil {
			return err
		}
	}
	return nil
}

// createNew makes a file whose name is free in a folder. name comes out of a document: only what every system takes for a
// name of a file is left of it.
func createNew(root *os.Root, name string) (*os.File, string, error) {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || strings.ContainsRune(`<>:"/\|?*`, r) {
			return '_'
		}
		return r
	}, name)
	name = strings.TrimLeft(strings.TrimRight(name, ". "), ". ")
	if name == "" {
		name = "attachment"
	}
	ext := path.Ext(name)
	for n := 1; n <= library.MaxAttachments; n++ {
		free := name
		if n > 1 {
			free = fmt.Sprintf("%s (%d)%s", strings.TrimSuffix(name, ext), n, ext)
		}
		file, err := root.OpenFile(free, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
		if !errors.Is(err, fs.ErrExist) {
			return file, free, err
		}
	}
	return nil, "", fmt.Errorf("write %s: %w", name, fs.ErrExist)
}
