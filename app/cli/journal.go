package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"text/tabwriter"

	"butluc/app/i18n"
	"butluc/app/report"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/journal"
)

// journalVerb reads a case's journal, or the one that a rehearsal wrote: it never writes to it.
func journalVerb(args []string, out *terminal) error {
	f := newFlags("journal")
	frames := f.Bool("frames", false, "make each frame again and compare it")
	var wants albumWanted
	f.StringVarP(&wants.file, "output", "o", "", "the PDF or DOCX of the album or the review sheet")
	f.StringVar(&wants.only, "only", "", `the album's pictures by their numbers: "1-5,9"`)
	f.BoolVar(&wants.rehearsals, "rehearsals", false, "what rehearsals showed is in it, too")
	key := addKeyFlags(f)
	named, err := parse(out.in, f, args, 2, 3)
	if err != nil {
		return err
	}
	wanted := map[string]int{"print": 2, "verify": 2, "album": 2, "review": 2, "pack": 2, "export": 3}[named[1]]
	switch {
	case wanted != len(named), *frames && named[1] != "verify", named[1] == "export" && !report.Exports(named[2]),
		(named[1] == "album" || named[1] == "review" || named[1] == "pack") != (wants.file != ""), wants.file == "" && wants != (albumWanted{}),
		named[1] == "review" && (wants.only != "" || !report.Reviews(wants.file)),
		named[1] == "pack" && wants != (albumWanted{file: wants.file}):
		return misuse{errors.New(out.in.T("cli.journal-verbs"))}
	}
	ctx, stop := interruptible()
	defer stop()
	r, err := readJournal(ctx, out, named[0])
	if err != nil {
		return err
	}
	switch named[1] {
	case "print":
		err = r.print(out.in, out)
	case "verify":
		err = r.verify(ctx, out, *frames)
	case "album":
		err = r.album(ctx, out, wants)
	case "review":
		err = r.review(ctx, out, wants)
	case "pack":
		err = r.pack(ctx, out, wants, key)
	default:
		err = r.export(out.in, named[2], out)
	}
	if err == nil && r.Fault != nil {
		return errFindings
	}
	return err
}

// recorded is a case's journal that was read.
type recorded struct {
	report.Record
	dir  string            // of the case, "" for a file alone
	file casefile.Snapshot // without exhibits; zero for a file alone
}

// readJournal reads the journal of the case in a folder, or a journal's file.
func readJournal(ctx context.Context, t *terminal, name string) (r recorded, err error) {
	path, headFile := name, filepath.Join(filepath.Dir(name), rehearsalHead)
	if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() {
		c, err := readCase(ctx, t, name, nil, keptOnly)
		if err != nil {
			return r, err
		}
		path, headFile = c.JournalFiles()
		r.dir, r.file = c.Dir(), c.Snapshot()
		if err := c.Close(); err != nil {
			return r, err
		}
	}
	r.Record, err = report.Read(path, headFile)
	r.Outline = r.file.Outline
	return r, err
}

func (r recorded) verify(ctx context.Context, out *terminal, frames bool) error {
	switch {
	case r.Fault != nil:
		fmt.Fprintln(out, r.FaultText(out.in))
	case r.Head.Count == 0:
		fmt.Fprintln(out, out.in.T("journal.empty"))
	default:
		fmt.Fprintln(out, out.in.T("journal.whole", "count", r.Head.Count, "hash", r.Head.Hash))
	}
	if r.Kept == nil && r.Head.Count > 0 {
		fmt.Fprintln(out, out.in.T("journal.no-head"))
	}
	if n := journal.Unhashed(r.Entries); n > 0 {
		fmt.Fprintln(out, out.in.T("journal.unhashed", "count", n))
	}
	if !frames {
		return nil
	}
	if r.dir == "" {
		return misuse{errors.New(out.in.T("cli.journal-verbs"))}
	}
	return r.checkFrames(ctx, out)
}

func (r recorded) print(in i18n.Catalogue, out io.Writer) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, row := range r.Rows(in) {
		if row.Day != "" {
			fmt.Fprintf(table, "%s\n", row.Day)
		}
		for i, cell := range row.Cells {
			row.Cells[i] = library.Visible(cell)
		}
		fmt.Fprintln(table, strings.Join(row.Cells, "\t"))
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(out)
	for _, line := range r.PlayedFiles(in) {
		fmt.Fprintln(out, library.Visible(line))
	}
	if r.Fault != nil {
		fmt.Fprintln(out, r.FaultText(in))
	}
	_, err := fmt.Fprintln(out, in.T("journal.head", "count", r.Head.Count, "hash", r.Head.Hash))
	return err
}

func (r recorded) export(in i18n.Catalogue, name string, out io.Writer) error {
	err := casefile.WriteFile(name, func(w io.Writer) error { return r.Write(w, name, in) })
	if err != nil {
		return errors.New(in.T("export.failed", "name", name, "why", err))
	}
	if r.Fault != nil {
		fmt.Fprintln(out, r.FaultText(in))
	}
	_, err = fmt.Fprintln(out, in.T("journal.exported", "name", name, "count", r.Head.Count, "hash", r.Head.Hash))
	return err
}
