package exchange

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path"
	"strings"

	"butluc/app/console/label"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/intake"
	"butluc/presenter/render"
)

// AttachedText says how many files a PDF has attached, and names the first of them; "" where it has none.
func AttachedText(in i18n.Catalogue, f library.File) string {
	if len(f.Attached) == 0 {
		return ""
	}
	const most = 5
	return in.T("attached.holds", "count", len(f.Attached), "names", listed(in, attachedNames(f.Attached), most))
}

func attachedNames(attached []library.Attachment) []string {
	names := make([]string, len(attached))
	for i, a := range attached {
		names[i] = a.Name
	}
	return names
}

// SaveAttached writes the files that a PDF of the case holds into a folder, behind the window.
func (ex *Exchange) SaveAttached(f library.File, into string) {
	src := ex.dossier.SourceOf(f)
	var got Detached
	ex.jobs.Run(ex.lang.T("attached.name"), func(ctx context.Context, progress func(done, total int64)) (err error) {
		got, err = Detach(ctx, ex.renderer, src, f.Attached, into, progress)
		return err
	}, func(err error) {
		if err != nil {
			ex.notices.TellText(DetachError(ex.lang.In(), f.Path, err), true)
			return
		}
		ex.notices.TellText(DetachedText(ex.lang.In(), f.Path, into, got), len(got.Left) > 0)
	})
}

// Detached is what came of [Detach].
type Detached struct {
	Names []string // of the files written
	Left  []string // attached, and could not be read; the log says why
}

// Detach writes the files attached to the PDF that is src into a folder, which it makes where it is missing. Nothing there
// is overwritten: a file whose name is taken gets a number. progress is told how many files are done and may be nil. The
// errors are [intake.ErrInside], ctx's and the disk's; after one, what was written is gone again.
func Detach(ctx context.Context, r *render.Renderer, src render.Source, attached []library.Attachment, into string, progress func(done, total int64)) (got Detached, err error) {
	if intake.Inside(src.Root, into) {
		return got, fmt.Errorf("save attachments to %s: %w", into, intake.ErrInside)
	}
	if err := os.MkdirAll(into, 0o755); err != nil { //nolint:gosec // the user's own folder, as they make it themselves
		return got, err
	}
	root, err := os.OpenRoot(into)
	if err != nil {
		return got, err
	}
	defer root.Close()
	defer func() {
		if err == nil {
			return
		}
		for _, name := range got.Names {
			err = errors.Join(err, root.Remove(name))
		}
		got = Detached{}
	}()
	for i, a := range attached {
		name, unread, err := detach(root, a.Name, func(w io.Writer) error {
			return r.Attachment(ctx, render.LaneBackground, src, i, w)
		})
		switch {
		case ctx.Err() != nil:
			return got, ctx.Err()
		case err != nil:
			return got, err
		case unread != nil:
			slog.Warn("read attachment", "path", src.Path, "index", i, "err", unread)
			got.Left = append(got.Left, a.Name)
		default:
			got.Names = append(got.Names, name)
		}
		if progress != nil {
			progress(int64(i+1), int64(len(attached)))
		}
	}
	return got, nil
}

// detach writes one file of that name, or a free one like it. unread is why it could not be read; err is the disk's. After
// either it is gone again.
func detach(root *os.Root, name string, read func(io.Writer) error) (as string, unread, err error) {
	file, as, err := createNew(root, name)
	if err != nil {
		return "", nil, err
	}
	w := &diskWriter{file: file}
	unread = read(w)
	err = errors.Join(w.err, file.Close())
	if unread != nil || err != nil {
		err = errors.Join(err, root.Remove(as))
	}
	return as, unread, err
}

// diskWriter keeps the disk's error, to tell it from those of what is written.
type diskWriter struct {
	file *os.File
	err  error
}

func (w *diskWriter) Write(p []byte) (n int, err error) {
	n, err = w.file.Write(p)
	w.err = errors.Join(w.err, err)
	return n, err
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

// DetachedText says what came of saving the files attached to a PDF into a folder, and which of them are missing.
func DetachedText(in i18n.Catalogue, path, into string, got Detached) string {
	name := library.Visible(library.ReadablePath(path))
	text := in.T("attached.done", "count", len(got.Names), "name", name, "dir", into)
	if len(got.Left) == 0 {
		return text
	}
	const most = 5
	return text + " " + in.T("attached.left", "count", len(got.Left), "names", listed(in, got.Left, most))
}

// DetachError says why the files attached to a PDF were not saved; the log has the chain.
func DetachError(in i18n.Catalogue, path string, err error) string {
	reason := label.Why(in, err)
	if errors.Is(err, intake.ErrInside) {
		reason = in.T("archive.inside")
	}
	return in.T("attached.failed", "name", library.Visible(library.ReadablePath(path)), "why", reason)
}
