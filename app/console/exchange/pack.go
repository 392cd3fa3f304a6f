package exchange

import (
	"context"
	"io"
	"time"

	"butluc/app/album"
	"butluc/app/i18n"
	"butluc/app/report"
	"butluc/library/hearingpack"
	"butluc/library/intake"
	"butluc/library/office/identity"
	"butluc/presenter/print"
	"butluc/presenter/projector"
)

// Pack writes what stays of the case's hearings into one ZIP that others check without this program: journal, list, the album of
// what hearings showed, and the signatures. signer, which may be nil, signs it.
func (ex *Exchange) Pack(r report.Record, signer *identity.Identity, file string) {
	of := ex.dossier.File()
	list, ok := ex.job()
	if of == nil || !ok {
		return
	}
	list.Kind, list.Format = print.List, print.PDF
	sources, vi := ex.dossier.FrozenSources(), i18n.In("vi")
	pack := hearingpack.Pack{Case: ex.dossier.Latest().Case.Title, Signer: signer, At: time.Now()}
	pictures := album.Album{Record: r, Pictures: album.Real(album.Pictures(r)), Now: ex.versions, Format: print.PDF}
	ex.jobs.Save("hearing-pack.name", "print.failed", file, func(ctx context.Context, w io.Writer, progress func(done, total int64)) (err error) {
		if err := of.WaitFor(ctx, intake.StageHash); err != nil { // files that were renamed are found by their fingerprints
			return err
		}
		if pack.Files, err = r.PackFiles(vi); err != nil {
			return err
		}
		pack.Files = append(pack.Files, hearingpack.File{Name: "list.pdf", Write: func(w io.Writer) error { return list.Write(ctx, w, nil) }})
		if len(pictures.Pictures) > 0 {
			pictures.Maker = album.Maker{In: vi, Snapshot: of.Snapshot(), Drawer: projector.Behind(ex.renderer), Sources: sources}.Ready()
			pack.Files = append(pack.Files, hearingpack.File{Name: "album.pdf", Write: func(w io.Writer) error {
				_, err := pictures.Write(ctx, w, progress)
				return err
			}})
		}
		return pack.Write(ctx, w, nil)
	}, func(file string) string {
		if signer == nil {
			return ex.lang.T("hearing-pack.written-unsigned", "name", file)
		}
		return ex.lang.T("hearing-pack.written", "name", file)
	})
}
