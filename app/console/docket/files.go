package docket

import (
	"context"
	"io"
	"path/filepath"
	"time"

	"butluc/app/registry"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/office/register"
)

// FileName is what a file is called that is written of the register: by what it is and the day.
func (d *Docket) FileName(what, ending string) string {
	return what + " - " + time.Now().Format(library.DayForm) + ending
}

// Export writes rows as a workbook into a file.
func (d *Docket) Export(file string, rows []register.Row) {
	today := d.Today()
	d.Jobs.Save("register.export-name", "export.failed", file, func(_ context.Context, w io.Writer, _ func(done, total int64)) error {
		return registry.WriteWorkbook(w, rows, today)
	}, func(file string) string {
		return d.Lang.T("register.exported", "name", filepath.Base(file), "count", len(rows))
	})
}

// Import takes in the rows of a workbook, as one step that can be undone. Cases whose folders are on this laptop stay as
// they are. A bad file is refused with the place of its fault, and nothing changes.
func (d *Docket) Import(file string) {
	have := d.Book.Rows()
	var g registry.Gathered
	d.Jobs.Run(d.Lang.T("register.import-name"), func(context.Context, func(done, total int64)) error {
		data, err := casefile.ReadFile(file)
		if err != nil {
			return err
		}
		rows, err := registry.ReadWorkbook(data)
		g = registry.Gather(have, rows)
		return err
	}, func(err error) {
		name := filepath.Base(file)
		if err != nil {
			d.Notices.TellText(d.Lang.T("register.import-refused", "name", name, "why", registry.Why(d.Lang.In(), err)), true)
			return
		}
		var s step
		for _, r := range g.Put {
			c := change{after: &r}
			if old, there := d.Book.Row(r.ID); there {
				c.before = &old
			}
			s = append(s, c)
		}
		if len(s) > 0 {
			if !d.apply(s...) {
				return
			}
			d.history.did(s)
		}
		d.Notices.TellText(d.Lang.T("register.imported", "name", name, "new", g.New, "changed", g.Changed, "kept", g.Kept), false)
	})
}

// Report is the periodic report of the register.
func (d *Docket) Report(p register.Period, office string) registry.Report {
	return registry.NewReport(d.Book.Rows(), p, office, d.Book.Heads(), time.Now())
}

// WriteReport writes a report into a file, DOCX or XLSX by its ending.
func (d *Docket) WriteReport(r registry.Report, file string) {
	d.Jobs.Save("print.name", "print.failed", file, func(_ context.Context, w io.Writer, _ func(done, total int64)) error {
		return r.Write(w, file)
	}, func(file string) string {
		return d.Lang.T("register.reported", "name", filepath.Base(file), "count", r.Figures.Of().Cases)
	})
}

// SetHeads changes what stands at the head and foot of reports.
func (d *Docket) SetHeads(h register.Heads) {
	if h != d.Book.Heads() {
		d.Book.SetHeads(h)
		d.changed()
	}
}
