package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"butluc/app/words"
	"butluc/library/casefile"
	"butluc/library/journal"
	"butluc/presenter/paper"
)

// journalVerb reads a case's journal, or the one that a rehearsal wrote: it never writes to it.
func journalVerb(args []string, out io.Writer) error {
	f := newFlags("journal")
	frames := f.Bool("frames", false, "make each frame again and compare it")
	named, err := parse(f, args, 2, 3)
	if err != nil {
		return err
	}
	wanted := map[string]int{"print": 2, "verify": 2, "export": 3}[named[1]]
	if wanted != len(named) || *frames && named[1] != "verify" {
		return misuse{errors.New(words.T("cli.journal-verbs"))}
	}
	ctx, stop := interruptible()
	defer stop()
	if named[1] == "export" && exporters[ending(named[2])] == nil {
		return misuse{errors.New(words.T("cli.journal-verbs"))}
	}
	r, err := readJournal(ctx, named[0])
	if err != nil {
		return err
	}
	switch named[1] {
	case "print":
		err = r.print(out)
	case "verify":
		err = r.verify(ctx, out, *frames)
	default:
		err = r.export(named[2], out)
	}
	if err == nil && r.fault != nil {
		return errFindings
	}
	return err
}

// recorded is a journal that was read.
type recorded struct {
	path    string
	dir     string            // of the case, "" for a file alone
	file    casefile.Snapshot // without exhibits; zero for a file alone
	entries []journal.Entry   // up to the fault, or all
	spans   []journal.Span
	head    journal.Head
	kept    *journal.Head  // nil where this machine keeps none
	fault   *journal.Fault // nil where the journal is whole
}

// readJournal reads the journal of the case in a folder, or a journal's file.
func readJournal(ctx context.Context, name string) (recorded, error) {
	r := recorded{path: name}
	headFile := filepath.Join(filepath.Dir(name), rehearsalHead)
	if info, err := os.Stat(name); err != nil || !info.Mode().IsRegular() {
		c, err := readCase(ctx, name, nil, func(o *casefile.Options) { o.Inspector, o.Prover, o.Paused = nil, nil, true })
		if err != nil {
			return r, err
		}
		r.path, headFile = c.JournalFiles()
		r.dir, r.file = c.Dir(), c.Snapshot()
		if err := c.Close(); err != nil {
			return r, err
		}
	}
	var err error
	if r.kept, err = journal.KeptHead(headFile); err != nil { // before the journal: a trial may be running
		return r, err
	}
	var spans journal.Spans
	r.head, err = journal.Verify(r.path, r.kept, func(e journal.Entry) {
		r.entries = append(r.entries, e)
		spans.Add(e)
	})
	r.spans = spans.List()
	if err != nil && !errors.As(err, &r.fault) {
		return r, err
	}
	return r, nil
}

// faultText says what is wrong with the journal and in which line, "" where nothing is.
func (r recorded) faultText() string {
	if r.fault == nil {
		return ""
	}
	why := r.fault.Why
	if r.fault.Code == journal.FaultBroken {
		why = ""
	}
	text := words.T("journal.fault", "file", r.path, "line", r.fault.Line, "what", words.T("journal-fault."+string(r.fault.Code)))
	if why != "" {
		text += " (" + why + ")"
	}
	return text
}

func (r recorded) verify(ctx context.Context, out io.Writer, frames bool) error {
	switch {
	case r.fault != nil:
		fmt.Fprintln(out, r.faultText())
	case r.head.Count == 0:
		fmt.Fprintln(out, words.T("journal.empty"))
	default:
		fmt.Fprintln(out, words.T("journal.whole", "count", r.head.Count, "hash", r.head.Hash))
	}
	if r.kept == nil && r.head.Count > 0 {
		fmt.Fprintln(out, words.T("journal.no-head"))
	}
	if !frames {
		return nil
	}
	if r.dir == "" {
		return misuse{errors.New(words.T("cli.journal-verbs"))}
	}
	return r.checkFrames(ctx, out)
}

func (r recorded) print(out io.Writer) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, row := range r.rows() {
		if row.Day != "" {
			fmt.Fprintf(table, "%s\n", row.Day)
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\n", row.From, row.To, row.Folio, row.What, row.Where)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(out)
	if r.fault != nil {
		fmt.Fprintln(out, r.faultText())
	}
	_, err := fmt.Fprintln(out, words.T("journal.head", "count", r.head.Count, "hash", r.head.Hash))
	return err
}

// rows are the journal as a list for people.
func (r recorded) rows() []paper.RecordRow {
	var rows []paper.RecordRow
	day := ""
	for _, s := range r.spans {
		row := paper.RecordRow{
			From: s.At.Format(time.TimeOnly), Folio: s.Folios(), What: whatOf(s), Where: s.Where(),
		}
		if d := s.At.Format("02/01/2006"); d != day {
			row.Day, day = d, d
		}
		if !s.To.IsZero() {
			row.To = s.To.Format(time.TimeOnly)
			if d := s.To.Format("02/01/2006"); d != day {
				row.To += "\n" + d
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// whatOf says what a span is.
func whatOf(s journal.Span) string {
	switch s.Kind {
	case journal.KindStart:
		if s.Trial != nil && s.Trial.Rehearsal {
			return words.T("journal.rehearsal")
		}
	case journal.KindShow, journal.KindView:
		return shownText(s)
	case journal.KindNote:
		switch n := s.Note; {
		case n != nil && n.Answers > 0:
			return words.T("journal.answered", "line", n.Answers)
		case n != nil && n.Argument:
			return words.T("journal.argument", "text", s.Text)
		case n != nil && n.Person != "":
			return n.Person + ": " + s.Text
		}
		return s.Text
	case journal.KindBroken:
		return words.T("journal-kind.broken") + " (" + s.Text + ")"
	case journal.KindBlack, journal.KindLost, journal.KindFound, journal.KindRecess, journal.KindResume,
		journal.KindEnd, journal.KindRecovered:
	}
	return words.T("journal-kind." + string(s.Kind))
}

// shownText is what was shown, and on what grounds.
func shownText(s journal.Span) string {
	text := s.Titles()
	if s.Shown == nil {
		return text
	}
	if text == "" && len(s.Shown.Panes) > 0 {
		text = s.Shown.Panes[0].Path
	}
	if s.Shown.Ground != "" {
		text += "; " + words.T("journal.ground", "letter", s.Shown.Ground)
	}
	for _, o := range s.Shown.Overridden {
		code, why, _ := strings.Cut(o, ": ")
		text += "; " + words.T("journal-overridden."+code)
		if why != "" {
			text += " (" + why + ")"
		}
	}
	return text
}

// exporters write a journal's list to a file, by the file's ending.
var exporters = map[string]func(recorded, io.Writer) error{".csv": recorded.csv, ".pdf": recorded.pdf}

func ending(name string) string { return strings.ToLower(filepath.Ext(name)) }

func (r recorded) export(name string, out io.Writer) error {
	err := casefile.WriteFile(name, func(w io.Writer) error { return exporters[ending(name)](r, w) })
	if err != nil {
		return errors.New(words.T("export.failed", "name", name, "why", err))
	}
	if r.fault != nil {
		fmt.Fprintln(out, r.faultText())
	}
	_, err = fmt.Fprintln(out, words.T("journal.exported", "name", name, "count", r.head.Count, "hash", r.head.Hash))
	return err
}

// pdf writes the list as a document, which is Vietnamese whatever language is in use.
func (r recorded) pdf(w io.Writer) error {
	defer words.Use(words.Language())
	words.Use("vi")
	return paper.Record{
		Outline: r.file.Outline, Rows: r.rows(), Count: r.head.Count, Hash: r.head.Hash, Fault: r.faultText(),
	}.Write(w)
}

// csv writes the list as a table, with the mark by which spreadsheets know UTF-8.
func (r recorded) csv(w io.Writer) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	table := csv.NewWriter(w)
	var head []string
	for _, c := range []string{"line", "from", "to", "folio", "what", "phase", "scenario", "step"} {
		head = append(head, words.T("journal-column."+c))
	}
	rows := [][]string{head}
	for _, s := range r.spans {
		to, place := "", [3]string{}
		if !s.To.IsZero() {
			to = s.To.Format(time.DateTime)
		}
		if s.Shown != nil {
			place = [3]string{s.Shown.Phase, s.Shown.Scenario, s.Shown.Number}
		} else if s.Note != nil {
			place[2] = s.Note.Number
		}
		rows = append(rows, []string{
			strconv.Itoa(s.N), s.At.Format(time.DateTime), to, s.Folios(), whatOf(s), place[0], place[1], place[2],
		})
	}
	rows = append(rows, []string{}, []string{words.T("journal.head", "count", r.head.Count, "hash", r.head.Hash)})
	if r.fault != nil {
		rows = append(rows, []string{r.faultText()})
	}
	for _, row := range rows {
		for i := range row {
			row[i] = inert(row[i])
		}
	}
	if err := table.WriteAll(rows); err != nil {
		return fmt.Errorf("write table: %w", err)
	}
	return nil
}

// inert is a cell that no spreadsheet takes for a formula.
func inert(cell string) string {
	if cell != "" && strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return "'" + cell
	}
	return cell
}
