package exchange

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"butluc/app/album"
	"butluc/app/console/label"
	"butluc/app/console/signatory"
	"butluc/app/i18n"
	"butluc/app/report"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/intake"
	"butluc/presenter/print"
	"butluc/presenter/projector"
)

// Album writes pictures that stood on the court screen, made again and compared with the journal, into a PDF or DOCX by its ending.
// by, who signs a PDF, may be nil.
func (ex *Exchange) Album(r report.Record, pictures []album.Picture, by *signatory.Signatory, file string) {
	of := ex.dossier.File()
	if of == nil {
		return
	}
	sources, in := ex.dossier.FrozenSources(), ex.lang.In()
	job := album.Album{Record: r, Pictures: pictures, Now: ex.versions, Format: formatOf(file)}
	var result album.Result
	ex.jobs.Save("album.name", "print.failed", file, by.Writing(func(ctx context.Context, w io.Writer, progress func(done, total int64)) (err error) {
		if err := of.WaitFor(ctx, intake.StageHash); err != nil { // files that were renamed are found by their fingerprints
			return err
		}
		job.Maker = album.Maker{In: i18n.In("vi"), Snapshot: of.Snapshot(), Drawer: projector.Behind(ex.renderer), Sources: sources}.Ready()
		result, err = job.Write(ctx, w, progress)
		return err
	}), func(file string) string { return by.Told(in, result.Text(in, file)) })
}

// formatOf is the form that a file's ending names.
func formatOf(file string) print.Format {
	return print.Format(strings.ToLower(strings.TrimPrefix(filepath.Ext(file), ".")))
}

// Bundle writes pages into one PDF, for panel, clerk and defence, and beside it the list of them with its SHA-256. Pages nil: those
// that the outline shows; restricted: those that are restricted, too. by, who signs both, may be nil.
func (ex *Exchange) Bundle(pages []library.PageID, restricted bool, by *signatory.Signatory, file string) {
	job, ok := ex.job()
	if !ok {
		return
	}
	b := print.Bundle{Job: job, Pages: pages, Restricted: restricted}
	list := ""
	ex.jobs.Run(ex.lang.T("print.name"), func(ctx context.Context, progress func(done, total int64)) error {
		hash, count := sha256.New(), 0
		as, err := casefile.WriteNew(file, func(w io.Writer) (err error) {
			return by.Writing(func(ctx context.Context, w io.Writer, progress func(done, total int64)) error {
				count, err = b.Write(ctx, w, progress)
				return err
			})(ctx, io.MultiWriter(w, hash), progress)
		})
		if err != nil {
			return err
		}
		file = as
		named := strings.TrimSuffix(file, filepath.Ext(file)) + " - " + i18n.In("vi").T("bundle.list") + ".pdf"
		list, err = casefile.WriteNew(named, func(w io.Writer) error {
			return by.Writing(func(_ context.Context, w io.Writer, _ func(done, total int64)) error {
				return b.WriteList(w, print.PDF, filepath.Base(file), count, fmt.Sprintf("%x", hash.Sum(nil)))
			})(ctx, w, nil)
		})
		return err
	}, func(err error) {
		if err != nil {
			ex.notices.TellText(ex.lang.T("print.failed", "name", file, "why", label.Why(ex.lang.In(), err)), true)
			return
		}
		ex.notices.TellFile(by.Told(ex.lang.In(), ex.lang.T("bundle.written", "name", file, "list", filepath.Base(list))), file)
	})
}
