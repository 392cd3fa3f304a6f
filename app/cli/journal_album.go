package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"butluc/app/album"
	"butluc/app/i18n"
	"butluc/app/wiring"
	"butluc/library/casefile"
	"butluc/presenter/print"
)

// albumWanted is what an album is asked for.
type albumWanted struct {
	file, only string
	rehearsals bool
}

// album writes the pictures that stood on the court screen, made again and compared with the journal.
func (r recorded) album(ctx context.Context, out *terminal, wanted albumWanted) error {
	format := print.Format(strings.ToLower(strings.TrimPrefix(filepath.Ext(wanted.file), ".")))
	if format != print.PDF && format != print.DOCX || r.dir == "" {
		return misuse{errors.New(out.in.T("cli.journal-verbs"))}
	}
	pictures := album.Pictures(r.Record)
	if !wanted.rehearsals {
		pictures = album.Real(pictures)
	}
	pictures, err := album.Only(pictures, wanted.only)
	switch {
	case err != nil:
		return misuse{fmt.Errorf("journal album: --only %w", err)}
	case len(pictures) == 0:
		return errors.New(out.in.T("album.empty"))
	}
	w := wiring.NewRenderer(nil)
	defer w.Close()
	s, err := wholeCase(ctx, out, r.dir, w)
	if err != nil {
		return err
	}
	job := album.Album{
		Record: r.Record, Pictures: pictures, Maker: remaker(out, i18n.In("vi"), s, w), Format: format,
		Now: album.Versions{Program: out.program.Version, Renderer: wiring.RendererVersions()},
	}
	var result album.Result
	err = casefile.WriteFile(wanted.file, func(w io.Writer) (err error) {
		result, err = job.Write(ctx, w, nil)
		return err
	})
	if err != nil {
		return errors.New(out.in.T("print.failed", "name", wanted.file, "why", err))
	}
	if _, err := fmt.Fprintln(out, result.Text(out.in, wanted.file)); err != nil {
		return err
	}
	if result.Findings() {
		return errFindings
	}
	return nil
}
