package exchange

import (
	"context"
	"errors"
	"image"
	"io"
	"path/filepath"

	"butluc/app/console/label"
	"butluc/app/console/signatory"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/folios"
	"butluc/library/mucluc"
	"butluc/presenter/print"
	"butluc/presenter/projector"
	"butluc/presenter/render"
)

// Paper is what is put on paper, or on slides.
type Paper struct {
	Kind    print.Kind
	Notes   bool                 // private notes too
	Own     bool                 // slides have the words in their notes, for nobody but whoever shows them
	Opinion *print.Opinion       // the superior's; nil: a place to write it
	By      *signatory.Signatory // who signs a PDF; nil: nobody
}

// Print writes the outline on paper, or as slides, into a file of the form that its ending names.
func (ex *Exchange) Print(p Paper, file string) {
	job, ok := ex.job()
	if !ok {
		return
	}
	job.Kind, job.Format, job.Notes, job.Own, job.Opinion = p.Kind, formatOf(file), p.Notes, p.Own, p.Opinion
	ex.jobs.Save("print.name", "print.failed", file, p.By.Writing(func(ctx context.Context, w io.Writer, progress func(done, total int64)) error {
		return job.Write(ctx, w, progress)
	}), func(file string) string { return p.By.Told(ex.lang.In(), ex.printed(file)) })
}

// job is what the open case has to print, drawn behind all else: in a trial nothing waits for paper. ok is false while no case is
// open.
func (ex *Exchange) job() (job print.Job, ok bool) {
	snapshot, ok := ex.dossier.Snapshot()
	if !ok {
		return job, false
	}
	sources, drawer, in := ex.dossier.FrozenSources(), projector.Behind(ex.renderer), i18n.In("vi") // paper is for a Vietnamese court
	return print.Job{
		Outline: snapshot.Outline, Exhibits: snapshot.Exhibits, Approval: snapshot.Approval,
		Draw: func(ctx context.Context, shot library.Shot, size image.Point) (projector.Frame, error) {
			return projector.Still(ctx, drawer, sources, shot, size)
		},
		Why: func(err error) string {
			var e *render.Error
			if errors.As(err, &e) {
				return in.T("fault-short." + label.FaultKey(library.File{Fault: e.Fault}))
			}
			return in.T("finding.missing")
		},
	}, true
}

// printed says that a file was written.
func (ex *Exchange) printed(file string) string { return ex.lang.T("print.done", "name", file) }

// Submit freezes the outline for the superior (trình duyệt); done, which may be nil, is called once that is so.
func (ex *Exchange) Submit(done func(library.Approval)) {
	file := ex.dossier.File()
	if file == nil {
		return
	}
	var approval library.Approval
	ex.jobs.Run(ex.lang.T("submit.name"), func(context.Context, func(done, total int64)) (err error) {
		approval, err = file.Submit()
		return err
	}, func(err error) {
		switch {
		case errors.Is(err, library.ErrInvalid):
			ex.notices.Tell("cli.no-steps", true)
		case errors.Is(err, casefile.ErrDoubtful):
			ex.edits.AskDoubt()
		case errors.Is(err, casefile.ErrReview):
			ex.notices.Tell("answer.reading", true)
		case err != nil:
			ex.notices.TellText(ex.lang.T("submit.failed", "why", label.Why(ex.lang.In(), err)), true)
		default:
			ex.edits.OutlineMoved()
			ex.notices.TellText(ex.lang.T("cli.submitted", "number", approval.Number, "print", approval.Short()), false)
			if done != nil {
				done(approval)
			}
		}
	})
}

// ListPlanned is a mục lục, the volumes that it is of, and what it would make of them.
type ListPlanned struct {
	Name    string
	List    mucluc.List
	Volumes []folios.Volume
	Plan    folios.ListPlan
}

// ReadList reads a mục lục (CSV or XLSX) and hands what it would make of the case's files to done: to be
// looked at before [dossier.Edits.Edit] does it. A table that is no such list is refused at the foot. Where
// one volume alone has no folio, its first page is taken for the list's first: a person sees it, and can
// change it.
func (ex *Exchange) ReadList(file string, done func(ListPlanned)) {
	p := ListPlanned{Name: filepath.Base(file)}
	ex.jobs.Run(ex.lang.T("list.name"), func(context.Context, func(done, total int64)) error {
		data, err := casefile.ReadFile(file)
		if err == nil {
			p.List, err = mucluc.Read(data)
		}
		return err
	}, func(err error) {
		if err != nil {
			ex.notices.TellText(ex.lang.T("cli.list-refused", "name", p.Name, "why", label.Refusal(ex.lang.In(), err)), true)
			return
		}
		var bare []int
		for _, e := range ex.dossier.Latest().Exhibits {
			if !e.File.Showable() {
				continue
			}
			if e.File.Pages > 1 && ex.dossier.Folio(e.Page(0)).IsZero() {
				bare = append(bare, len(p.Volumes))
			}
			p.Volumes = append(p.Volumes, folios.Volume{Path: e.File.Path})
		}
		if len(bare) == 1 && len(p.List.Documents) > 0 {
			p.Volumes[bare[0]].First = p.List.Documents[0].First
		}
		done(ex.PlanList(p))
	})
}

// PlanList makes the plan anew, say because a volume's first folio is another.
func (ex *Exchange) PlanList(p ListPlanned) ListPlanned {
	p.Plan = folios.PlanList(ex.dossier.Outline(), p.List.Documents, ex.dossier.Index(), p.Volumes...)
	return p
}

// ExportShot writes what a step shows with all its marks, as the court would see it: as PNG, or as PDF by
// the file's ending. Redactions are in the pixels; nothing else of the pages is in the file.
func (ex *Exchange) ExportShot(id library.ID, file string) {
	step, ok := ex.dossier.Outline().Step(id)
	plan, found := projector.Sources(ex.dossier.Origin).Plan(ex.dossier.Located(step.Shot).At(library.MaxBeat), ex.stage.Projector().Size())
	if !print.IsFrameFile(file) {
		file += ".png"
	}
	switch {
	case !ok:
		return
	case !found:
		ex.notices.TellText(ex.lang.T("export-shot.failed", "name", file, "why", ex.lang.T("finding.missing")), true)
		return
	}
	ex.jobs.Save("export-shot.name", "export-shot.failed", file, func(ctx context.Context, w io.Writer, _ func(done, total int64)) error {
		frame, err := plan.Draw(ctx, projector.Behind(ex.renderer))
		if err != nil {
			return err
		}
		return print.WriteFrame(w, file, frame.Image)
	}, ex.printed)
}
