package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"butluc/app/console/label"
	"butluc/app/console/protection"
	"butluc/app/console/provenance"
	"butluc/app/i18n"
	"butluc/app/wiring"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/folios"
	"butluc/presenter/projector"
	"butluc/presenter/ready"
	"butluc/presenter/render"
)

// checked is what `check --json` prints. Pages and panes are counted from 1.
type checked struct {
	Case     string           `json:"case"`
	Steps    int              `json:"steps"`
	Findings []checkedFinding `json:"findings"`
	Stated   []numberedStated `json:"stated"` // folios by the indictment, and how many there are
	Hashes   []checkedHash    `json:"hashes"` // of files of which a biên bản states one
	Named    []string         `json:"named"`  // pages that are shown and have the name of a protected person, as PATH#NUMBER
	Signed   []string         `json:"signed"` // paths of files that are shown and were changed after they were signed
}

// checkedHash is how a file compares with what is stated of it.
type checkedHash struct {
	Path    string              `json:"path"`
	Verdict library.HashVerdict `json:"verdict"`
	Stated  library.Hashes      `json:"stated"`
	Own     library.Hashes      `json:"own"`
	Origin  string              `json:"origin,omitempty"`
	Reason  string              `json:"reason,omitempty"`
	By      string              `json:"by,omitempty"`
	At      string              `json:"at,omitempty"`
}

// odd is how many things are to be looked at.
func (c checked) odd() int {
	odd := len(c.Findings) + len(c.Named) + len(c.Signed)
	for _, h := range c.Hashes {
		if h.Verdict == library.HashDiffers {
			odd++
		}
	}
	for _, s := range c.Stated {
		if s.Missing+s.Extra > 0 {
			odd++
		}
	}
	return odd
}

type checkedFinding struct {
	Step   string `json:"step"`   // its id
	Number string `json:"number"` // as on screen and on paper: "C.2"
	Title  string `json:"title"`
	State  string `json:"state"`           // a [ready.State]
	Fault  string `json:"fault,omitempty"` // a [library.FaultCode]: why it is unreadable
	Pane   int    `json:"pane,omitempty"`
	Page   string `json:"page,omitempty"` // PATH#NUMBER, as prepared
	Now    string `json:"now,omitempty"`  // where a moved page is
}

// checkOutline tells whether the outline is ready for trial, as the window does before one.
func checkOutline(args []string, out *terminal) error {
	f := newFlags("check")
	asJSON := f.Bool("json", false, "print JSON")
	named, err := parse(out.in, f, args, 1, 1)
	if err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	r := wiring.NewRenderer(nil)
	defer r.Close()
	s, err := readToCheck(ctx, out, named[0], r)
	if err != nil {
		return err
	}
	result, err := findingsOf(ctx, out.cache(), s, r)
	if err != nil {
		return err
	}
	if result.Named, err = namedOn(ctx, out, named[0], r, s); err != nil {
		return err
	}
	if *asJSON {
		err = writeJSON(out, result)
	} else {
		err = printCheck(out.in, out, s, result)
	}
	if err == nil && result.odd() > 0 {
		return errFindings
	}
	return err
}

// readToCheck reads a case, but for what the check itself reads.
func readToCheck(ctx context.Context, t *terminal, dir string, r *render.Renderer) (casefile.Snapshot, error) {
	c, err := readCase(ctx, t, dir, r, func(o *casefile.Options) { o.Prover = nil })
	if err != nil {
		return casefile.Snapshot{}, err
	}
	waited := c.Wait(ctx)
	s := c.Snapshot()
	return s, errors.Join(waited, s.OutlineErr, c.Close())
}

// namedOn are the pages that are shown and on which the name of a protected person still stands. Where nobody is protected, no
// text is read for it.
func namedOn(ctx context.Context, out *terminal, dir string, r *render.Renderer, s casefile.Snapshot) (pages []string, err error) {
	pages = []string{}
	if !slices.ContainsFunc(s.Outline.Persons(), func(p library.Person) bool { return p.Protected }) {
		return pages, nil
	}
	c, err := openText(ctx, out, dir, r, readCase, false, 0)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	if err := waitText(ctx, out.in, c, out.progress); err != nil {
		return nil, err
	}
	if p, _ := c.TextProgress(); p.Scans > 0 {
		fmt.Fprintln(out.errs, out.in.T("cli.text-scans", "count", p.Scans))
	}
	x := library.NewIndex(s.Exhibits)
	places, err := protection.Find(ctx, c, s.Outline, x)
	if err != nil {
		return nil, err
	}
	for _, p := range protection.Shown(places, s.Outline, x) {
		pages = append(pages, p.String())
	}
	return pages, nil
}

func findingsOf(ctx context.Context, cache string, s casefile.Snapshot, r *render.Renderer) (checked, error) {
	check := ready.Check{
		Case: s.Case, Exhibits: s.Exhibits, Outline: s.Outline, Sources: sourcesOf(cache, s), Renderer: r, Size: projector.DefaultSize,
	}
	found, err := check.Run(ctx, nil)
	o, numbers := s.Outline, s.Outline.Numbers()
	result := checked{
		Case: s.Case.Path, Steps: found.Steps, Findings: []checkedFinding{}, Hashes: []checkedHash{}, Signed: []string{},
	}
	if err != nil {
		return result, err
	}
	known, err := provenance.NewLooking(wiring.Provenance(cache), s.Case.Path).Look(ctx, s, nil)
	if err != nil {
		return result, err
	}
	_, result.Signed = known.Odd(s.Case.Files, provenance.Shown(o, found.Index))
	for _, h := range o.StatedHashes() {
		c := known.Hashes[h.First.Path]
		result.Hashes = append(result.Hashes, checkedHash{h.First.Path, c.Verdict, h.Hashes, c.Own, h.Origin, h.Reason, h.By, h.At})
	}
	result.Stated = statedOf(folios.NumberingOf(o, found.Index))
	for _, f := range found.Findings {
		step, _ := o.Step(f.Step)
		at := checkedFinding{
			Step: string(f.Step), Number: numbers[f.Step], Title: o.StepTitle(step, found.Index),
			State: string(f.State), Fault: string(f.Fault),
		}
		if f.Pane != ready.Whole {
			at.Pane, at.Page = f.Pane+1, f.Page.String()
		}
		if f.State == ready.State(library.PageMoved) {
			at.Now = f.Now.String()
		}
		result.Findings = append(result.Findings, at)
	}
	return result, nil
}

// readable is a path, or a page by its path, as it is printed for people.
func readable(p string) string { return library.Visible(library.ReadablePath(p)) }

func printCheck(in i18n.Catalogue, out io.Writer, s casefile.Snapshot, r checked) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", library.Visible(s.Case.Title))
	for _, f := range r.Findings {
		why := in.T("finding." + f.State)
		if f.Fault != "" {
			why += " (" + in.T("fault-short."+f.Fault) + ")"
		}
		fmt.Fprintf(&b, "%-6s %s: %s\n", f.Number, library.Visible(f.Title), why)
		switch {
		case f.Now != "":
			fmt.Fprintf(&b, "       %s → %s\n", readable(f.Page), readable(f.Now))
		case f.Page != "":
			fmt.Fprintf(&b, "       %s\n", readable(f.Page))
		}
	}
	for _, h := range r.Hashes {
		fmt.Fprintf(&b, "%s: %s\n", readable(h.Path), in.T("hash."+string(h.Verdict)))
	}
	for _, page := range r.Named {
		fmt.Fprintln(&b, in.T("ready.named", "name", readable(page)))
	}
	for _, path := range r.Signed {
		fmt.Fprintln(&b, in.T("ready.signature", "name", readable(path)))
	}
	for _, c := range r.Stated {
		fmt.Fprintln(&b, label.Stated(in, folios.StatedCount{Series: library.Series(c.Series), Stated: c.Stated, Have: c.Have}))
	}
	if len(r.Findings)+len(r.Stated)+len(r.Hashes)+len(r.Named)+len(r.Signed) > 0 {
		b.WriteString("\n")
	}
	fmt.Fprintf(&b, "%s\n", in.T("cli.checked", "steps", r.Steps, "findings", r.odd()))
	_, err := io.WriteString(out, b.String())
	return err
}
