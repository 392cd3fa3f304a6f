package console

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"time"

	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/casefile"
)

// Export writes the outline to a file, in the form that others can import.
func (s *Session) Export(file string) {
	o := s.Outline()
	s.save("export.name", "export.failed", file, func(_ context.Context, w io.Writer, _ func(done, total int64)) error {
		data, err := library.EncodeOutline(o)
		if err == nil {
			_, err = w.Write(data)
		}
		return err
	}, func(file string) string { return i18n.T("export.done", "name", file) })
}

// FileName is what a file is called that is written of this case: by what it is, the case and the day.
func (s *Session) FileName(what, ending string, day time.Time) string {
	return what + " - " + filepath.Base(s.snapshot.Case.Path) + " - " + day.Format(time.DateOnly) + ending
}

// writing writes a file as long work.
type writing func(ctx context.Context, w io.Writer, progress func(done, total int64)) error

// save writes a new file as long work: what has its name already stays, and the file gets a number. name and failed are
// the keys of what is said of the work and of its failure; saved says that the file is there, under the name that it got.
func (s *Session) save(name, failed, file string, write writing, saved func(file string) string) {
	s.Run(i18n.T(name), func(ctx context.Context, progress func(done, total int64)) error {
		as, err := casefile.WriteNew(file, func(w io.Writer) error { return write(ctx, w, progress) })
		if err == nil {
			file = as
		}
		return err
	}, func(err error) {
		if err != nil {
			s.TellText(i18n.T(failed, "name", file, "why", why(err)), true)
			return
		}
		s.TellText(saved(file), false)
	})
}

// Import puts an exported outline in the place of the present one, its pages found again by their
// fingerprints. A bad file is refused with the place of its fault, and nothing changes.
func (s *Session) Import(file string) {
	o, x := s.Outline(), s.Index()
	var edit library.Edit
	s.Run(i18n.T("import.name"), func(context.Context, func(done, total int64)) (err error) {
		data, err := casefile.ReadFile(file)
		if err == nil {
			edit, err = o.Import(data, x)
		}
		return err
	}, func(err error) {
		var fault *library.ImportError
		switch {
		case errors.As(err, &fault):
			s.TellText(i18n.T("import.refused", "name", filepath.Base(file), "why", fault.Error()), true)
		case err != nil:
			s.TellText(i18n.T("import.failed", "name", file, "why", why(err)), true)
		case s.Edit(edit):
			s.TellText(i18n.T("import.done", "name", filepath.Base(file)), false)
		}
	})
}

// HandOver copies the case with its outline and journal into an empty folder, and compares every copy.
func (s *Session) HandOver(dest string) {
	file := s.file
	if file == nil {
		return
	}
	dest = filepath.Join(dest, filepath.Base(file.Dir()))
	s.Run(i18n.T("handover.name"), func(ctx context.Context, progress func(done, total int64)) error {
		return file.HandOver(ctx, dest, progress)
	}, func(err error) {
		switch {
		case errors.Is(err, casefile.ErrNotEmpty):
			s.TellText(i18n.T("handover.not-empty", "name", dest), true)
		case err != nil:
			s.TellText(i18n.T("handover.failed", "name", dest, "why", why(err)), true)
		default:
			s.TellText(i18n.T("handover.done", "name", dest), false)
		}
	})
}

// SaveTemplate keeps the outline's phases, scenarios and words for other cases.
func (s *Session) SaveTemplate(name string) {
	data, err := library.EncodeOutline(s.Outline().Template())
	if err == nil {
		err = s.opt.Shelf.SaveTemplate(name, data)
	}
	if err != nil {
		s.TellText(i18n.T("template.failed", "name", name, "why", why(err)), true)
		return
	}
	s.TellText(i18n.T("template.saved", "name", name), false)
}

// Templates are the names of the templates that were kept.
func (s *Session) Templates() []string { return s.opt.Shelf.Templates() }

// UseTemplate adds a template's phases to the outline: one that was kept, by its name.
func (s *Session) UseTemplate(name string) bool {
	data, err := s.opt.Shelf.Template(name)
	if err != nil {
		s.TellText(i18n.T("template.unreadable", "name", name, "why", why(err)), true)
		return false
	}
	return s.AddTemplate(name, data)
}

// AddTemplate adds the phases of an exported outline; name is for the line that says what is wrong.
func (s *Session) AddTemplate(name string, data []byte) bool {
	t, err := library.DecodeOutline(data)
	if err != nil {
		s.TellText(i18n.T("template.unreadable", "name", name, "why", err), true)
		return false
	}
	e := s.Outline().WithTemplate(t)
	if e.IsZero() {
		s.TellText(i18n.T("template.all-here", "name", name), false)
		return false
	}
	return s.Edit(e)
}
