package cli

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"butluc/app/console/label"
	"butluc/app/table"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/presenter/print"
)

// excerpt is the verb of the excerpts' verbs: `excerpt CASE list`, and so on.
func excerpt(args []string, out *terminal) error {
	return subverb("excerpt", map[string]runner{"list": listExcerpts, "print": printExcerpts}, args, out)
}

// excerptList is what `excerpt list --json` prints.
type excerptList struct {
	Excerpts []excerptLine `json:"excerpts"` // in the documents' order
}

type excerptLine struct {
	ID      string   `json:"id"`
	Path    string   `json:"path"`
	Page    int      `json:"page"`  // counted from 1
	Folio   string   `json:"folio"` // "" where it has none
	Text    string   `json:"text"`  // "" where it is hidden
	Person  string   `json:"person"`
	Side    string   `json:"side"`    // a [library.Side]
	Matters []string `json:"matters"` // their ids
	State   string   `json:"state"`   // a [library.PageState]
	Hidden  bool     `json:"hidden"`  // a redaction lies on it
}

func excerptsOf(s casefile.Snapshot) excerptList {
	o, x := s.Outline, library.NewIndex(s.Exhibits)
	pages := o.PagesNow(x)
	list := excerptList{Excerpts: []excerptLine{}}
	for _, e := range o.ExcerptsBy(x) {
		state, now := o.Locate(e.Page, x)
		person, _ := o.Person(o.SpeakerOf(e, x))
		l := excerptLine{
			ID: string(e.ID), Path: now.Path, Page: now.Index + 1, Folio: o.FolioOf(now, x).String(), Text: e.Text, Person: person.Name,
			Side: string(e.Side), Matters: []string{}, State: string(state), Hidden: e.HiddenBy(pages.Shown(now)),
		}
		if l.Hidden {
			l.Text = ""
		}
		for _, id := range e.Matters.List() {
			l.Matters = append(l.Matters, string(id))
		}
		list.Excerpts = append(list.Excerpts, l)
	}
	return list
}

// listExcerpts lists the excerpts of a case.
func listExcerpts(args []string, out *terminal) error {
	f := newFlags("excerpt list")
	asJSON := f.Bool("json", false, "print JSON")
	named, err := parse(out.in, f, args, 1, 1)
	if err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	s, err := readPages(ctx, out, named[0])
	if err != nil {
		return err
	}
	list := excerptsOf(s)
	if *asJSON {
		return writeJSON(out, list)
	}
	for _, e := range list.Excerpts {
		words := []string{out.in.T("side." + label.SideKey(library.Side(e.Side))), strings.Join(strings.Fields(e.Text), " ")}
		if e.Hidden {
			words[1] = out.in.T("excerpt.hidden")
		}
		if e.Person != "" {
			words = append([]string{e.Person}, words...)
		}
		where := "BL " + e.Folio
		if e.Folio == "" {
			where = fmt.Sprintf("%s#%d", library.ReadablePath(e.Path), e.Page)
		}
		if _, err := fmt.Fprintln(out, library.Visible(where+"  "+strings.Join(words, " · "))); err != nil {
			return err
		}
	}
	return nil
}

// printExcerpts prints the excerpts by document, the system of evidence, the timeline, or the closing speech.
func printExcerpts(args []string, out *terminal) error {
	f := newFlags("excerpt print")
	as := f.String("as", "table", "table, evidence, timeline or closing")
	to := f.StringP("output", "o", "", "the DOCX, XLSX or PDF to write")
	named, err := parse(out.in, f, args, 1, 1)
	if err != nil {
		return err
	}
	ending := strings.ToLower(strings.TrimPrefix(filepath.Ext(*to), "."))
	switch {
	case *to == "":
		return misuse{errors.New("excerpt print: -o FILE.docx, FILE.xlsx or FILE.pdf is missing")}
	case !slices.Contains([]string{"table", "evidence", "timeline", "closing"}, *as):
		return misuse{fmt.Errorf("excerpt print: --as %q is neither table, evidence, timeline nor closing", *as)}
	case ending != "docx" && ending != "pdf" && (ending != "xlsx" || *as == "closing"):
		return misuse{fmt.Errorf("excerpt print: no %s as %q", *as, filepath.Ext(*to))}
	}
	ctx, stop := interruptible()
	defer stop()
	s, err := readPages(ctx, out, named[0])
	if err != nil {
		return err
	}
	paper := print.Excerpts{Outline: s.Outline, Exhibits: s.Exhibits, Kind: print.StudyKind(*as)}
	closing := print.Closing{Outline: s.Outline, Exhibits: s.Exhibits}
	err = casefile.WriteFile(*to, func(w io.Writer) error {
		if *as == "closing" {
			return closing.Write(w, print.Format(ending))
		}
		if ending == "xlsx" {
			return table.WriteWorkbook(w, out.in.T("study."+*as), excerptRows(paper))
		}
		return paper.Write(w, print.Format(ending))
	})
	if err != nil {
		return errors.New(out.in.T("print.failed", "name", *to, "why", err))
	}
	if _, err = fmt.Fprintln(out, out.in.T("print.done", "name", *to)); err != nil {
		return err
	}
	if lost := closing.Lost(); *as == "closing" && lost > 0 {
		if _, err := fmt.Fprintln(out, out.in.T("closing.lost", "count", lost)); err != nil {
			return err
		}
		return errFindings
	}
	return nil
}

// excerptRows are the tables of a paper as one: what stands over a table is in the first column of each of its rows, what is
// wanting in the last.
func excerptRows(p print.Excerpts) [][]string {
	head := []string{"Tài liệu", "BL", "Người khai", "Nội dung trích", "Hướng", "Vấn đề chứng minh"}
	switch p.Kind {
	case print.StudyEvidence:
		head = []string{"Vấn đề", "Buộc tội", "Gỡ tội", "Còn thiếu; mâu thuẫn ở"}
	case print.StudyTimeline:
		head = []string{"Phần", "Thời gian", "Theo ai", "Việc", "BL", "Khác với"}
	case print.StudyTable:
	}
	rows := [][]string{head}
	for _, s := range p.Sections() {
		cells := s.Rows
		if len(cells) == 0 {
			cells = [][]string{make([]string, len(s.Head))}
		}
		for _, c := range cells {
			row := append([]string{s.Title}, c...)
			if p.Kind == print.StudyEvidence && len(c) == 2 { // of a contradiction there is nothing wanting
				row = append(row, s.Note)
			}
			rows = append(rows, row)
		}
	}
	return rows
}
