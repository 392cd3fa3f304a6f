package cli

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"text/tabwriter"
	"time"

	"butluc/app/console/label"
	"butluc/app/registry"
	"butluc/library/casefile"
	"butluc/library/office/register"
	"butluc/library/shelf"
)

// loadRegister reads the register of this laptop's user.
func loadRegister(out *terminal) (*register.Book, error) {
	dir, err := shelf.DefaultDir()
	if err != nil {
		return nil, err
	}
	b, err := register.Load(dir)
	if err != nil && b.SetAside() != "" {
		return nil, errors.New(out.in.T("register.set-aside", "name", b.SetAside()))
	}
	return b, err
}

// printRegister prints the register of this laptop, writes it as JSON or as a workbook, or takes in the rows of one.
func printRegister(args []string, out *terminal) error {
	f := newFlags("register")
	asJSON := f.Bool("json", false, "for other programs")
	to := f.String("xlsx", "", "write a workbook")
	from := f.String("import", "", "take in the rows of a workbook")
	if _, err := parse(out.in, f, args, 0, 0); err != nil {
		return err
	}
	asked := 0
	for _, is := range []bool{*asJSON, *to != "", *from != ""} {
		if is {
			asked++
		}
	}
	if asked > 1 {
		return misuse{errors.New("register: " + out.in.T("cli.register-one"))}
	}
	b, err := loadRegister(out)
	if err != nil {
		return err
	}
	rows, today := b.Rows(), register.Today(time.Now())
	switch {
	case *asJSON:
		return writeJSON(out.Writer, registry.List(rows, today))
	case *to != "":
		if err := casefile.WriteFile(*to, func(w io.Writer) error { return registry.WriteWorkbook(w, rows, today) }); err != nil {
			return errors.New(out.in.T("export.failed", "name", *to, "why", label.Why(out.in, err)))
		}
		_, err := fmt.Fprintln(out, out.in.T("register.exported", "name", *to, "count", len(rows)))
		return err
	case *from != "":
		return importRegister(out, b, *from)
	}
	return out.printRows(rows, today)
}

func importRegister(out *terminal, b *register.Book, file string) error {
	data, err := casefile.ReadFile(file)
	var read []register.Row
	if err == nil {
		read, err = registry.ReadWorkbook(data)
	}
	if err != nil {
		return errors.New(out.in.T("register.import-refused", "name", file, "why", registry.Why(out.in, err)))
	}
	g := registry.Gather(b.Rows(), read)
	err = b.Put(g.Put...)
	if err == nil {
		_, err = b.Save()
	}
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(out, out.in.T("register.imported", "name", filepath.Base(file), "new", g.New, "changed", g.Changed, "kept", g.Kept))
	return err
}

// printRows prints the register as a table, the nearest limits first.
func (t *terminal) printRows(rows []register.Row, today string) error {
	if len(rows) == 0 {
		_, err := fmt.Fprintln(t, t.in.T("register.empty"))
		return err
	}
	table := tabwriter.NewWriter(t, 0, 0, 2, ' ', 0)
	for _, r := range register.NewList(rows, today, nil).Find("", "", register.ByDue, false) {
		cells := registry.Cells(t.in, r, today)
		fmt.Fprintln(table, strings.Join([]string{
			cells.Number, cells.Kind, cells.Title, cells.Prosecutor, cells.Stage, cells.Limit, cells.Left, cells.Sheets, cells.Outline, cells.Hearing,
		}, "\t"))
	}
	return table.Flush()
}

// writeReport writes the periodic report of the register.
func writeReport(args []string, out *terminal) error {
	f := newFlags("report")
	from := f.String("from", "", "the first day")
	to := f.String("to", "", "the last day")
	office := f.String("office", "", "the cases of one office")
	file := f.StringP("output", "o", "", "the file")
	if _, err := parse(out.in, f, args, 0, 0); err != nil {
		return err
	}
	if !registry.Reports(*file) {
		return misuse{errors.New("report: " + out.in.T("cli.report-file"))}
	}
	var p register.Period
	var errFrom, errTo error
	p.From, errFrom = registry.ParseDay(*from)
	p.To, errTo = registry.ParseDay(*to)
	if errors.Join(errFrom, errTo, p.Check()) != nil {
		return misuse{errors.New("report: " + out.in.T("cli.report-days"))}
	}
	b, err := loadRegister(out)
	if err != nil {
		return err
	}
	r := registry.NewReport(b.Rows(), p, *office, b.Heads(), time.Now())
	if err := casefile.WriteFile(*file, func(w io.Writer) error { return r.Write(w, *file) }); err != nil {
		return errors.New(out.in.T("print.failed", "name", *file, "why", label.Why(out.in, err)))
	}
	_, err = fmt.Fprintln(out, out.in.T("register.reported", "name", *file, "count", r.Figures.Of().Cases))
	return err
}
