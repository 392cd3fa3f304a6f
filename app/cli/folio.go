package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"butluc/app/console/label"
	"butluc/app/i18n"
	"butluc/app/table"
	"butluc/app/wiring"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/folios"
	"butluc/library/intake"
	"butluc/library/mucluc"
)

// folio is the verb of the folios' verbs: `folio CASE print`, and so on.
func folio(args []string, out *terminal) error {
	return subverb("folio", map[string]runner{"print": printFolios, "import": importList}, args, out)
}

// numbered is what `folio print --json` prints. Pages are PATH#NUMBER, counted from 1.
type numbered struct {
	Case       string           `json:"case"`
	Pages      []numberedPage   `json:"pages"`   // in the documents' order
	Gaps       []string         `json:"gaps"`    // "11", "14–16"; of all volumes
	Doubles    []numberedTwice  `json:"doubles"` // in several documents; of all volumes
	Unnumbered []string         `json:"bare"`    // pages without a number
	Volumes    []numberedVolume `json:"volumes"` // that are numbered by themselves
	Stated     []numberedStated `json:"stated"`  // by the indictment
}

type numberedVolume struct {
	Series  string          `json:"series"` // a [library.Series]
	Volume  string          `json:"volume"` // "" for the whole case
	First   int             `json:"first"`
	Last    int             `json:"last"`
	Folios  int             `json:"folios"` // different ones, sides apart
	Gaps    []string        `json:"gaps"`
	Doubles []numberedTwice `json:"doubles"`
	Unread  []numberedFile  `json:"unread"` // that can't be shown
}

type numberedFile struct {
	File   string `json:"file"`
	Folios string `json:"folios"`
}

type numberedStated struct {
	Series  string `json:"series"`
	Stated  int    `json:"stated"`
	Have    int    `json:"have"`
	Missing int    `json:"missing"`
	Extra   int    `json:"extra"`
}

type numberedPage struct {
	Page     string `json:"page"`
	Folio    string `json:"folio"` // "" where it has none
	Document string `json:"document"`
	Date     string `json:"date"`
	Person   string `json:"person"`
	Hidden   bool   `json:"hidden"`
	Series   string `json:"series"`
	Volume   string `json:"volume"`
}

type numberedTwice struct {
	Folio string   `json:"folio"`
	Pages []string `json:"pages"`
}

// printFolios prints the pages' folios as the outline knows them, and what is odd with them.
func printFolios(args []string, out *terminal) error {
	f := newFlags("folio print")
	asCSV := f.Bool("csv", false, "print CSV, one row a page")
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
	switch {
	case *asJSON:
		return writeJSON(out, numbersOf(s))
	case *asCSV:
		return writeFolios(out, numbersOf(s))
	}
	return tellFolios(out.in, out, s)
}

// readPages reads a case as far as its files' pages are counted.
func readPages(ctx context.Context, t *terminal, dir string) (casefile.Snapshot, error) {
	r := wiring.NewRenderer(nil)
	defer r.Close()
	return readSnapshot(ctx, t, dir, r, pagesOnly, intake.StageConvert)
}

func numbersOf(s casefile.Snapshot) numbered {
	o, x := s.Outline, library.NewIndex(s.Exhibits)
	r := numbered{Case: s.Case.Path, Pages: []numberedPage{}, Gaps: []string{}, Doubles: []numberedTwice{}, Volumes: []numberedVolume{}}
	for _, d := range o.Documents(x) {
		person, _ := o.Person(d.Person)
		all := d.WithHidden()
		for i, p := range all.Pages {
			b := o.BoundOf(p, x)
			r.Pages = append(r.Pages, numberedPage{
				Page: p.String(), Folio: all.Folios[i].String(), Document: d.Title, Date: d.Date, Person: person.Name, Hidden: d.Index(p) < 0,
				Series: string(b.Series), Volume: b.Volume,
			})
		}
	}
	n := folios.NumberingOf(o, x)
	r.Unnumbered, r.Stated = pageNames(n.Unnumbered), statedOf(n)
	for _, v := range n.Volumes {
		volume := numberedVolume{string(v.Series), v.Volume, v.First, v.Last, v.Sheets, []string{}, []numberedTwice{}, []numberedFile{}}
		for _, gap := range v.Gaps {
			volume.Gaps = append(volume.Gaps, gap.String())
		}
		for _, u := range v.Unread {
			volume.Unread = append(volume.Unread, numberedFile{u.File.Path, u.Folios.String()})
		}
		for _, double := range v.Doubles {
			volume.Doubles = append(volume.Doubles, numberedTwice{double.Folio.String(), pageNames(double.Pages)})
		}
		r.Gaps, r.Doubles = append(r.Gaps, volume.Gaps...), append(r.Doubles, volume.Doubles...)
		r.Volumes = append(r.Volumes, volume)
	}
	return r
}

func statedOf(n folios.Numbering) []numberedStated {
	list := []numberedStated{}
	for _, s := range n.Stated {
		list = append(list, numberedStated{string(s.Series), s.Stated, s.Have, s.Missing(), s.Extra()})
	}
	return list
}

func pageNames(pages []library.PageID) []string {
	names := make([]string, len(pages))
	for i, p := range pages {
		names[i] = p.String()
	}
	return names
}

// writeFolios writes one row a page.
func writeFolios(out io.Writer, r numbered) error {
	rows := [][]string{{"page", "folio", "document", "date", "person", "hidden", "series", "volume"}}
	for _, p := range r.Pages {
		rows = append(rows, []string{p.Page, p.Folio, p.Document, p.Date, p.Person, strconv.FormatBool(p.Hidden), p.Series, p.Volume})
	}
	return table.Write(out, rows)
}

func tellFolios(in i18n.Catalogue, out io.Writer, s casefile.Snapshot) error {
	o, x := s.Outline, library.NewIndex(s.Exhibits)
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", library.Visible(s.Case.Title))
	for _, d := range o.Documents(x) {
		if len(d.Pages) == 0 {
			continue
		}
		fmt.Fprintf(&b, "%-14s %6s  %s\n", label.FolioRange(in, d.Folios), in.Number(len(d.Pages)), library.Visible(d.Title))
	}
	n := folios.NumberingOf(o, x)
	fmt.Fprintln(&b)
	if len(n.Volumes) == 0 {
		fmt.Fprintln(&b, in.T("cli.numbering-none", "pages", len(o.Pages(x))))
	}
	for _, v := range n.Volumes {
		if len(n.Volumes) == 1 {
			fmt.Fprintln(&b, in.T("cli.numbering", "pages", len(o.Pages(x)), "first", v.First, "last", v.Last))
		} else {
			fmt.Fprintln(&b, in.T("cli.volume", "volume", cmp.Or(label.Bound(in, v.Bound), in.T("folios.no-volume")), "first", v.First, "last", v.Last, "count", v.Sheets))
		}
		tellOdd(in, &b, v)
	}
	for _, s := range n.Stated {
		fmt.Fprintln(&b, label.Stated(in, s))
	}
	if len(n.Unnumbered) > 0 {
		fmt.Fprintln(&b, in.T("cli.bare", "count", len(n.Unnumbered)))
		for _, p := range n.Unnumbered {
			fmt.Fprintf(&b, "    %s\n", readable(p.String()))
		}
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// tellOdd says what is odd with the numbers of a volume.
func tellOdd(in i18n.Catalogue, b *strings.Builder, v folios.NumberedVolume) {
	if len(v.Gaps) > 0 {
		gaps := make([]string, len(v.Gaps))
		for i, gap := range v.Gaps {
			gaps[i] = gap.String()
		}
		fmt.Fprintln(b, in.T("cli.gaps", "folios", strings.Join(gaps, ", ")))
	}
	for _, u := range v.Unread {
		fmt.Fprintln(b, in.T("cli.folios-unread", "folios", u.Folios.String(), "file", library.ReadablePath(u.File.Path)))
	}
	for _, double := range v.Doubles {
		fmt.Fprintln(b, in.T("cli.doubles", "folio", double.Folio.String(), "pages", library.ReadablePath(strings.Join(pageNames(double.Pages), ", "))))
	}
}

// importList cuts volumes into the documents of a mục lục.
func importList(args []string, out *terminal) (err error) {
	f := newFlags("folio import")
	volumes := f.StringArray("volume", nil, `the volume's file, and the folio of its first page: "PATH=45"`)
	backs := f.Bool("backs", false, "every sheet has two pages, front and back")
	f.BoolVar(&out.fromCopy, "from-copy", false, "go on from a copy where the case's data are damaged")
	dry := f.Bool("dry-run", false, "only say what would be done")
	named, err := parse(out.in, f, args, 2, 2)
	if err != nil {
		return err
	}
	data, err := casefile.ReadFile(named[1])
	if err != nil {
		return errors.New(out.in.T("import.failed", "name", named[1], "why", err))
	}
	list, err := mucluc.Read(data) // before the case is read, which may take long
	if err != nil {
		return errors.New(out.in.T("cli.list-refused", "name", named[1], "why", label.Refusal(out.in, err)))
	}
	ctx, stop := interruptible()
	defer stop()
	r := wiring.NewRenderer(nil)
	defer r.Close()
	change := func(*casefile.Options) {}
	open, until := writeCase, intake.StageHash // steps and cuts are kept with their files' fingerprints
	if *dry {
		until = intake.StageConvert
		open, change = readCase, pagesOnly
	}
	c, err := open(ctx, out, named[0], r, change)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	if err := c.WaitFor(ctx, until); err != nil {
		return err
	}
	s := c.Snapshot()
	if s.OutlineErr != nil {
		return s.OutlineErr
	}
	chosen, err := volumesOf(out.in, s, *volumes, *backs)
	if err != nil {
		return err
	}
	plan := folios.PlanList(s.Outline, list.Documents, library.NewIndex(s.Exhibits), chosen...)
	if err := tellPlan(out.in, out, list, plan); err != nil {
		return err
	}
	if *dry {
		_, err = fmt.Fprintln(out, out.in.T("cli.listed-dry"))
	} else {
		err = errors.Join(c.Edit(plan.Edit), c.Flush())
	}
	if err == nil && len(plan.Unplaced)+len(list.Faults) > 0 {
		return errFindings
	}
	return err
}

// volumesOf finds the volumes that were named; without any, all files are, with the folios that are
// known.
func volumesOf(in i18n.Catalogue, s casefile.Snapshot, named []string, backs bool) ([]folios.Volume, error) {
	var list []folios.Volume
	for _, name := range named {
		v := folios.Volume{Backs: backs}
		e, ok := findFile(s, name)
		if i := strings.LastIndexByte(name, '='); !ok && i >= 0 {
			if v.First, ok = library.ParseFolio(name[i+1:]); !ok {
				return nil, misuse{fmt.Errorf("folio import: %q is no folio", name[i+1:])}
			}
			name = name[:i]
			e, ok = findFile(s, name)
		}
		switch {
		case !ok:
			return nil, errors.New(in.T("cli.no-file", "name", name))
		case !e.File.Showable():
			return nil, errors.New(faultText(in, e.File, e.Title))
		}
		v.Path = e.File.Path
		list = append(list, v)
	}
	if len(named) == 0 {
		for _, e := range s.Exhibits {
			if e.File.Showable() {
				list = append(list, folios.Volume{Path: e.File.Path})
			}
		}
	}
	return list, nil
}

// tellPlan says what a list makes of the volumes, and which rows it does not place.
func tellPlan(in i18n.Catalogue, out io.Writer, list mucluc.List, plan folios.ListPlan) error {
	var b strings.Builder
	changed := 0
	for _, d := range plan.Documents {
		mark := " "
		if d.Changes {
			mark = "+"
			changed++
		}
		fmt.Fprintf(&b, "%s %-12s %6s  %s  %s\n", mark, library.FolioRange{First: d.Document.First, Last: d.Document.End()}, in.Number(d.Pages), library.Visible(d.First.String()), library.Visible(d.Document.Title))
	}
	if len(plan.Unlisted) > 0 {
		fmt.Fprintln(&b, in.T("cli.list-unlisted", "pages", strings.Join(pageNames(plan.Unlisted), ", ")))
	}
	if len(plan.Persons) > 0 {
		fmt.Fprintln(&b, in.T("cli.list-persons", "names", strings.Join(plan.Persons, ", ")))
	}
	for _, u := range plan.Unplaced {
		fmt.Fprintf(&b, "! %s: %s %s: %s\n", in.T("cli.list-row", "row", u.Document.Row),
			library.FolioRange{First: u.Document.First, Last: u.Document.End()}, library.Visible(u.Document.Title), in.T("unplaced."+string(u.Why)))
	}
	for _, f := range list.Faults {
		fmt.Fprintf(&b, "! %s: %s\n", in.T("cli.list-cell", "cell", strings.TrimPrefix(f.Sheet+"!"+f.Cell(), "!"), "text", f.Text), in.T("list-fault."+string(f.Why)))
	}
	fmt.Fprintln(&b, in.T("cli.listed", "placed", len(plan.Documents), "changed", changed, "unplaced", len(plan.Unplaced)+len(list.Faults)))
	_, err := io.WriteString(out, b.String())
	return err
}
