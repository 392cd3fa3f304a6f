package cli

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"path/filepath"
	"strings"
	"time"

	"butluc/app/album"
	"butluc/app/i18n"
	"butluc/app/wiring"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/hearingpack"
	"butluc/library/office/identity"
	"butluc/presenter/print"
	"butluc/presenter/projector"
)

// pack writes what stays of the case's hearings into one ZIP that verifies without this program.
func (r recorded) pack(ctx context.Context, out *terminal, wanted albumWanted, key keyFlags) error {
	if r.dir == "" || !strings.EqualFold(filepath.Ext(wanted.file), ".zip") {
		return misuse{errors.New(out.in.T("cli.journal-verbs"))}
	}
	pack := hearingpack.Pack{Case: r.file.Case.Title, At: time.Now()}
	var err error
	switch pack.Signer, err = key.open(); {
	case errors.Is(err, identity.ErrNone), errors.Is(err, identity.ErrLocked) && *key.passphrase == "":
		fmt.Fprintln(out.errs, out.in.T("hearing-pack.unsigned"))
	case err != nil:
		return refusal(out, err)
	}
	w := wiring.NewRenderer(nil)
	defer w.Close()
	s, err := wholeCase(ctx, out, r.dir, w)
	if err != nil {
		return err
	}
	vi := i18n.In("vi")
	if pack.Files, err = r.PackFiles(vi); err != nil {
		return err
	}
	sources := sourcesOf(out.cache(), s)
	list := print.Job{
		Kind: print.List, Format: print.PDF, Outline: s.Outline, Exhibits: s.Exhibits, Approval: s.Approval, Screen: projector.DefaultSize,
		Draw: func(ctx context.Context, shot library.Shot, size image.Point) (projector.Frame, error) {
			return projector.Still(ctx, projector.Behind(w), sources, shot, size)
		},
	}
	pack.Files = append(pack.Files, hearingpack.File{Name: "list.pdf", Write: func(w io.Writer) error { return list.Write(ctx, w, nil) }})
	if pictures := album.Real(album.Pictures(r.Record)); len(pictures) > 0 {
		made := album.Album{
			Record: r.Record, Pictures: pictures, Maker: remaker(out, vi, s, w), Format: print.PDF,
			Now: album.Versions{Program: out.program.Version, Renderer: wiring.RendererVersions()},
		}
		pack.Files = append(pack.Files, hearingpack.File{Name: "album.pdf", Write: func(w io.Writer) error {
			_, err := made.Write(ctx, w, nil)
			return err
		}})
	}
	if err := casefile.WriteFile(wanted.file, func(w io.Writer) error { return pack.Write(ctx, w, nil) }); err != nil {
		return errors.New(out.in.T("print.failed", "name", wanted.file, "why", err))
	}
	_, err = fmt.Fprintln(out, out.in.T("hearing-pack.written", "name", wanted.file))
	return err
}
