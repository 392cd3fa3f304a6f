package exchange

import (
	"context"
	"log/slog"
	"strings"

	"butluc/app/console/label"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/intake"
	"butluc/library/intake/archive"
)

// mostNamed is how many files of an archive are named; the rest is counted.
const mostNamed = 200

// HoldsText says how many files an archive holds, and names the first of them, at most most.
func HoldsText(in i18n.Catalogue, names []string, most int) string {
	return in.T("archive.holds", "count", len(names), "names", listed(in, names, most))
}

func listed(in i18n.Catalogue, names []string, most int) string {
	text := library.Visible(strings.Join(names[:min(len(names), most)], ", "))
	if more := len(names) - most; more > 0 {
		text += " " + in.T("archive.more", "count", more)
	}
	return text
}

// Holds reads in the background what a ZIP holds and hands it to done, in words.
func (ex *Exchange) Holds(f library.File, done func(string)) {
	dir, file := ex.dossier.Latest().Case.Path, ex.dossier.File()
	ex.jobs.Go(func() {
		names, err := intake.Held(dir, f.Path)
		if err != nil {
			slog.Warn("read archive", "path", f.Path, "err", err)
			return
		}
		ex.events.Post(func() {
			if ex.dossier.File() == file {
				done(HoldsText(ex.lang.In(), names, mostNamed))
			}
		})
	})
}

// Unpack takes a ZIP of the case apart into a new folder in into.
func (ex *Exchange) Unpack(path, into string) {
	root := ex.dossier.Latest().Case.Path
	var dir string
	var got archive.Extracted
	ex.jobs.Run(ex.lang.T("archive.name"), func(ctx context.Context, progress func(done, total int64)) (err error) {
		dir, got, err = intake.Unpack(ctx, root, path, into, progress)
		return err
	}, func(err error) {
		if err != nil {
			ex.notices.TellText(UnpackError(ex.lang.In(), path, err), true)
			return
		}
		ex.notices.TellText(UnpackedText(ex.lang.In(), dir, got), len(got.Left) > 0)
	})
}

// UnpackedText says what came of unpacking, and which files are missing and why.
func UnpackedText(in i18n.Catalogue, dir string, got archive.Extracted) string {
	text := in.T("archive.done", "count", got.Files, "dir", dir)
	if len(got.Left) == 0 {
		return text
	}
	const most = 5
	var names []string
	for _, l := range got.Left {
		names = append(names, l.Name+" ("+in.T("archive-left."+string(l.Why))+")")
	}
	return text + " " + in.T("archive.left", "count", len(names), "names", listed(in, names, most))
}

// UnpackError says why an archive was not unpacked; the log has the chain.
func UnpackError(in i18n.Catalogue, path string, err error) string {
	reason := label.Why(in, err)
	if key := (label.Reasons{
		{intake.ErrInside, "archive.inside"},
		{archive.ErrDamaged, "archive.damaged"},
		{archive.ErrTooLarge, "archive.too-large"},
		{archive.ErrNoRoom, "archive.no-room"},
	}).Key(err); key != "" {
		reason = in.T(key)
	}
	return in.T("archive.failed", "name", library.Visible(library.ReadablePath(path)), "why", reason)
}
