// Package exchange writes the things of a case into files, and takes others in: outlines, lists, templates, prints, archives
// and what a PDF has attached.
package exchange

import (
	"context"
	"errors"
	"io"
	"path/filepath"
	"time"

	"butluc/app/album"
	"butluc/app/console/dossier"
	"butluc/app/console/event"
	"butluc/app/console/job"
	"butluc/app/console/label"
	"butluc/app/console/notice"
	"butluc/app/console/settings"
	"butluc/app/console/stage"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/presenter/render"
)

// Exchange writes the case's things into files, and takes others in.
type Exchange struct {
	lang     *i18n.Localizer
	dossier  *dossier.Dossier
	labels   *label.Labels
	edits    *dossier.Edits
	stage    *stage.Stage
	renderer *render.Renderer
	events   *event.Bus
	jobs     *job.Runner
	notices  *notice.Bar
	settings *settings.Settings
	versions album.Versions
}

// Deps are what an exchange works with.
type Deps struct {
	Lang     *i18n.Localizer
	Dossier  *dossier.Dossier
	Labels   *label.Labels
	Edits    *dossier.Edits
	Stage    *stage.Stage
	Renderer *render.Renderer
	Events   *event.Bus
	Jobs     *job.Runner
	Notices  *notice.Bar
	Settings *settings.Settings
	Versions album.Versions // of this program, which draws pictures again
}

// New makes what writes the things of a case into files, and takes others in.
func New(d Deps) *Exchange {
	return &Exchange{
		lang: d.Lang, dossier: d.Dossier, labels: d.Labels, edits: d.Edits, stage: d.Stage, renderer: d.Renderer,
		events: d.Events, jobs: d.Jobs, notices: d.Notices, settings: d.Settings, versions: d.Versions,
	}
}

// Export writes the outline to a file, in the form that others can import.
func (ex *Exchange) Export(file string) {
	o := ex.dossier.Outline()
	ex.jobs.Save("export.name", "export.failed", file, func(_ context.Context, w io.Writer, _ func(done, total int64)) error {
		data, err := library.EncodeOutline(o)
		if err == nil {
			_, err = w.Write(data)
		}
		return err
	}, func(file string) string { return ex.lang.T("export.done", "name", file) })
}

// FileName is what a file is called that is written of this case: by what it is, the case and the day.
func (ex *Exchange) FileName(what, ending string, day time.Time) string {
	return what + " - " + filepath.Base(ex.dossier.Latest().Case.Path) + " - " + day.Format(time.DateOnly) + ending
}

// Import puts an exported outline in the place of the present one, its pages found again by their
// fingerprints. A bad file is refused with the place of its fault, and nothing changes.
func (ex *Exchange) Import(file string) {
	o, x := ex.dossier.Outline(), ex.dossier.Index()
	var edit library.Edit
	ex.jobs.Run(ex.lang.T("import.name"), func(context.Context, func(done, total int64)) (err error) {
		data, err := casefile.ReadFile(file)
		if err == nil {
			edit, err = o.Import(data, x)
		}
		return err
	}, func(err error) {
		var fault *library.ImportError
		switch {
		case errors.As(err, &fault):
			ex.notices.TellText(ex.lang.T("import.refused", "name", filepath.Base(file), "why", fault.Error()), true)
		case err != nil:
			ex.notices.TellText(ex.lang.T("import.failed", "name", file, "why", label.Why(ex.lang.In(), err)), true)
		case ex.edits.Edit(edit):
			ex.notices.TellText(ex.lang.T("import.done", "name", filepath.Base(file)), false)
		}
	})
}

// HandOver copies the case with its outline and journal into an empty folder, and compares every copy.
func (ex *Exchange) HandOver(dest string) {
	file := ex.dossier.File()
	if file == nil {
		return
	}
	dest = filepath.Join(dest, filepath.Base(file.Dir()))
	ex.jobs.Run(ex.lang.T("handover.name"), func(ctx context.Context, progress func(done, total int64)) error {
		return file.HandOver(ctx, dest, progress)
	}, func(err error) {
		switch {
		case errors.Is(err, casefile.ErrNotEmpty):
			ex.notices.TellText(ex.lang.T("handover.not-empty", "name", dest), true)
		case err != nil:
			ex.notices.TellText(ex.lang.T("handover.failed", "name", dest, "why", label.Why(ex.lang.In(), err)), true)
		default:
			ex.notices.TellText(ex.lang.T("handover.done", "name", dest), false)
		}
	})
}

// SaveTemplate keeps the outline's phases, scenarios and words for other cases.
func (ex *Exchange) SaveTemplate(name string) {
	data, err := library.EncodeOutline(ex.dossier.Outline().Template())
	if err == nil {
		err = ex.settings.Shelf().SaveTemplate(name, data)
	}
	if err != nil {
		ex.notices.TellText(ex.lang.T("template.failed", "name", name, "why", label.Why(ex.lang.In(), err)), true)
		return
	}
	ex.notices.TellText(ex.lang.T("template.saved", "name", name), false)
}

// Templates are the names of the templates that were kept.
func (ex *Exchange) Templates() []string { return ex.settings.Shelf().Templates() }

// UseTemplate adds a template's phases to the outline: one that was kept, by its name.
func (ex *Exchange) UseTemplate(name string) bool {
	data, err := ex.settings.Shelf().Template(name)
	if err != nil {
		ex.notices.TellText(ex.lang.T("template.unreadable", "name", name, "why", label.Why(ex.lang.In(), err)), true)
		return false
	}
	return ex.AddTemplate(name, data)
}

// AddTemplate adds the phases of an exported outline; name is for the line that says what is wrong.
func (ex *Exchange) AddTemplate(name string, data []byte) bool {
	t, err := library.DecodeOutline(data)
	if err != nil {
		ex.notices.TellText(ex.lang.T("template.unreadable", "name", name, "why", err), true)
		return false
	}
	e := ex.dossier.Outline().WithTemplate(t)
	if e.IsZero() {
		ex.notices.TellText(ex.lang.T("template.all-here", "name", name), false)
		return false
	}
	return ex.edits.Edit(e)
}
