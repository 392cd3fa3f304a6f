package cli

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"butluc/app/console/exchange"
	"butluc/app/console/label"
	"butluc/app/i18n"
	"butluc/app/wiring"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/intake"
)

// scanned is what `scan --json` prints. Pages are counted from 1. Names may come to it, none goes.
type scanned struct {
	Case struct {
		ID    string `json:"id"` // "" while the case has none: it gets one when a window or a verb writes to it
		Title string `json:"title"`
		Path  string `json:"path"`
	} `json:"case"`
	Exhibits  []scannedExhibit  `json:"exhibits"`  // one a file
	Documents []scannedDocument `json:"documents"` // as files are cut and joined
	Summary   struct {
		Exhibits   int     `json:"exhibits"`
		Pages      int     `json:"pages"`
		Unreadable int     `json:"unreadable"` // exhibits with an error
		Seconds    float64 `json:"seconds"`
	} `json:"summary"`
}

type scannedExhibit struct {
	Path   string         `json:"path"`
	Kind   string         `json:"kind"`
	Pages  int            `json:"pages"`
	Size   int64          `json:"size"`
	SHA256 string         `json:"sha256"`
	Folios []scannedFolio `json:"folios"` // as the outline knows them, of pages that have one
	Holds  []string       `json:"holds"`  // the files in a ZIP
	// Attached are the files that a PDF holds.
	Attached []library.Attachment `json:"-"` // butluc attachments lists them

	Error string `json:"error"` // "" where all is well; begins with a library.FaultCode or "incomplete"
}

type scannedFolio struct {
	Page  int    `json:"page"`
	Folio string `json:"folio"`
}

type scannedDocument struct {
	Title  string        `json:"title"`
	Date   string        `json:"date"`
	Person string        `json:"person"`
	Cut    bool          `json:"cut"`    // a part of its file
	Joined bool          `json:"joined"` // of several files
	Path   string        `json:"path"`   // of its file, or of the first
	Pages  []scannedPage `json:"pages"`
}

type scannedPage struct {
	Page   string `json:"page"`  // PATH#NUMBER
	Folio  string `json:"folio"` // "" where it has none
	Hidden bool   `json:"hidden"`
}

// mostHeld is how many files of an archive are printed by name.
const mostHeld = 20

// scan lists what is in a case folder. It writes nothing.
func scan(args []string, out *terminal) error {
	f := newFlags("scan")
	asJSON := f.Bool("json", false, "print JSON")
	quick := f.Bool("quick", false, "do not decode every page")
	named, err := parse(out.in, f, args, 1, 1)
	if err != nil {
		return err
	}
	began := time.Now()
	r := wiring.NewRenderer(nil)
	defer r.Close()
	ctx, stop := interruptible()
	defer stop()
	c, err := readCase(ctx, out, named[0], r, func(o *casefile.Options) {
		if *quick {
			o.Prover = nil
		}
	})
	if err != nil {
		return err
	}
	waited := c.Wait(ctx)
	snapshot := c.Snapshot()
	if err := c.Close(); err != nil {
		return err
	}
	if waited != nil {
		return waited
	}
	result := summary(snapshot, time.Since(began))
	if *asJSON {
		err = writeJSON(out, result)
	} else {
		err = printScan(out.in, out, snapshot, result)
	}
	if err == nil && result.Summary.Unreadable > 0 {
		return errFindings
	}
	return err
}

func summary(s casefile.Snapshot, took time.Duration) scanned {
	var r scanned
	r.Case.ID, r.Case.Title, r.Case.Path = s.Case.ID, s.Case.Title, s.Case.Path
	r.Exhibits = []scannedExhibit{}
	x := library.NewIndex(s.Exhibits)
	for _, e := range s.Exhibits {
		exhibit := scannedExhibit{
			Path: e.File.Path, Kind: e.File.Kind.String(), Pages: e.File.Pages, Size: e.File.Size,
			SHA256: e.File.SHA256, Folios: []scannedFolio{}, Error: scanError(e.File), Attached: e.File.Attached,
		}
		exhibit.Holds = heldIn(s, e.File)
		for i := range e.File.Pages {
			if folio := s.Outline.FolioOf(e.Page(i), x); !folio.IsZero() {
				exhibit.Folios = append(exhibit.Folios, scannedFolio{i + 1, folio.String()})
			}
		}
		if exhibit.Error != "" {
			r.Summary.Unreadable++
		}
		r.Summary.Pages += e.File.Pages
		r.Exhibits = append(r.Exhibits, exhibit)
	}
	r.Documents = scannedDocuments(s.Outline, x)
	r.Summary.Exhibits = len(r.Exhibits)
	r.Summary.Seconds = took.Seconds()
	return r
}

// heldIn are the files in a ZIP, none of other files.
func heldIn(s casefile.Snapshot, f library.File) []string {
	if f.Fault.Code != library.FaultZIP {
		return []string{}
	}
	names, err := intake.Held(s.Case.Path, f.Path)
	if err != nil || names == nil {
		return []string{} // it changed since it was read, which the next scan tells
	}
	return names
}

func scannedDocuments(o library.Outline, x *library.Index) []scannedDocument {
	list := []scannedDocument{}
	for _, d := range o.Documents(x) {
		person, _ := o.Person(d.Person)
		doc := scannedDocument{
			Title: d.Title, Date: d.Date, Person: person.Name, Cut: d.Cut, Joined: d.Join != "", Path: d.File.Path, Pages: []scannedPage{},
		}
		all := d.WithHidden()
		for i, p := range all.Pages {
			doc.Pages = append(doc.Pages, scannedPage{p.String(), all.Folios[i].String(), d.Index(p) < 0})
		}
		list = append(list, doc)
	}
	return list
}

func scanError(f library.File) string {
	switch {
	case f.Fault.Code != library.FaultNone && f.Fault.Detail != "":
		return string(f.Fault.Code) + ": " + f.Fault.Detail
	case f.Fault.Code != library.FaultNone:
		return string(f.Fault.Code)
	case len(f.Incomplete) > 0:
		return "incomplete: page " + pagesText(f.Incomplete)
	}
	return ""
}

// pagesText is a list of page indexes, counted from 1.
func pagesText(indexes []int) string {
	numbers := make([]string, len(indexes))
	for i, index := range indexes {
		numbers[i] = strconv.Itoa(index + 1)
	}
	return strings.Join(numbers, ", ")
}

func printScan(in i18n.Catalogue, out io.Writer, s casefile.Snapshot, r scanned) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", library.Visible(s.Case.Title))
	told := map[string]bool{}
	for _, d := range s.Outline.Documents(library.NewIndex(s.Exhibits)) {
		fmt.Fprintf(&b, "%6s  %-14s %s\n", in.Number(len(d.Pages)), label.FolioRange(in, d.Folios), library.Visible(whereIs(in, d)))
		paths := []string{d.File.Path}
		for _, p := range d.WithHidden().Pages {
			paths = append(paths, p.Path)
		}
		for _, p := range paths {
			if e, ok := s.Exhibit(p); ok && !told[p] {
				told[p] = true
				tellFaults(in, &b, e)
				if held := heldIn(s, e.File); len(held) > 0 {
					fmt.Fprintf(&b, "          %s\n", exchange.HoldsText(in, held, mostHeld))
				}
			}
		}
	}
	fmt.Fprintf(&b, "\n%s\n", in.T("cli.scanned", "exhibits", r.Summary.Exhibits, "pages", r.Summary.Pages,
		"bad", r.Summary.Unreadable, "seconds", fmt.Sprintf("%.1f", r.Summary.Seconds)))
	_, err := io.WriteString(out, b.String())
	return err
}

// whereIs is where a document is: its file, the page that it begins at, or its files; and its title
// where that is not the file's name.
func whereIs(in i18n.Catalogue, d library.Document) string {
	all := d.WithHidden().Pages
	hidden := ""
	if n := d.Hidden(); n > 0 {
		hidden = "  " + in.T("cli.hidden", "count", n)
	}
	switch {
	case d.Cut && len(all) > 0:
		return library.ReadablePath(all[0].String()) + "  " + d.Title + hidden
	case d.Join != "" && len(all) > 0:
		return library.ReadablePath(all[0].Path) + " … " + library.ReadablePath(all[len(all)-1].Path) + "  " + d.Title + hidden
	case d.Title != library.NewExhibit(d.File).Title:
		return library.ReadablePath(d.File.Path) + "  " + d.Title + hidden
	}
	return library.ReadablePath(d.File.Path) + hidden
}

func tellFaults(in i18n.Catalogue, b *strings.Builder, e library.Exhibit) {
	for _, a := range e.File.Attached {
		fmt.Fprintf(b, "        + %s\n", in.T("cli.attached", "name", library.Visible(a.Name)))
	}
	if e.File.Fault.Code != library.FaultNone {
		fmt.Fprintf(b, "        ! %s\n", faultText(in, e.File, e.Title))
	}
	if e.File.Kind.Clip() { // its only page is all of it
		if len(e.File.Incomplete) > 0 {
			fmt.Fprintf(b, "        ! %s\n", in.T("ready.incomplete", "name", e.Title))
		}
		return
	}
	for _, i := range e.File.Incomplete {
		fmt.Fprintf(b, "        ! %s\n", in.T("incomplete.page", "page", i+1, "name", e.Title))
	}
}
