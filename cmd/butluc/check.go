package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"butluc/app/session"
	"butluc/app/words"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/intake"
)

// stateNoQuestion is a step without words to say, beside the states of its pages.
const stateNoQuestion = "no-question"

// checked is what `check --json` prints. Pages and panes are counted from 1.
type checked struct {
	Case     string           `json:"case"`
	Steps    int              `json:"steps"`
	Findings []checkedFinding `json:"findings"`
	Stated   []numberedStated `json:"stated"` // folios by the indictment, and how many there are
}

// odd is how many things are to be looked at.
func (c checked) odd() int {
	odd := len(c.Findings)
	for _, s := range c.Stated {
		if s.Missing+s.Extra > 0 {
			odd++
		}
	}
	return odd
}

type checkedFinding struct {
	Step   string `json:"step"`   // its id
	Number string `json:"number"` // as on screen and on paper: "3.2"
	Title  string `json:"title"`
	State  string `json:"state"` // a [library.PageState], or "no-question"
	Pane   int    `json:"pane,omitempty"`
	Page   string `json:"page,omitempty"` // PATH#NUMBER, as prepared
	Now    string `json:"now,omitempty"`  // where a moved page is
}

// checkOutline tells whether the outline is ready for trial. It reads anew every file that a step shows.
func checkOutline(args []string, out io.Writer) error {
	f := newFlags("check")
	asJSON := f.Bool("json", false, "print JSON")
	named, err := parse(f, args, 1, 1)
	if err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	s, err := readUsed(ctx, named[0])
	if err != nil {
		return err
	}
	result := findingsOf(s)
	if *asJSON {
		err = writeJSON(out, result)
	} else {
		err = printCheck(out, s, result)
	}
	if err == nil && result.odd() > 0 {
		return errFindings
	}
	return err
}

// readUsed reads a case, and once more each file that its outline shows, whatever its size and time say.
func readUsed(ctx context.Context, dir string) (casefile.Snapshot, error) {
	r := newRenderer(nil)
	defer r.Close()
	c, err := readCase(ctx, dir, r, func(o *casefile.Options) { o.Prover = nil })
	if err != nil {
		return casefile.Snapshot{}, err
	}
	waited := c.Wait(ctx)
	s := c.Snapshot()
	if err := errors.Join(waited, s.OutlineErr, c.Close()); err != nil {
		return s, err
	}
	shown := map[string]bool{}
	x := library.NewIndex(s.Exhibits)
	for ref := range s.Outline.Walk() {
		for _, pane := range s.Outline.Located(ref.Step.Shot, x).List() {
			shown[pane.Page.Path] = true
		}
	}
	s.Exhibits = slices.Clone(s.Exhibits)
	used := slices.DeleteFunc(slices.Clone(s.Case.Files), func(f library.File) bool { return !shown[f.Path] })
	changed, err := intake.Verify(ctx, s.Case.Path, used)
	for _, ch := range changed {
		for i := range s.Exhibits {
			if f := &s.Exhibits[i].File; f.Path == ch.Path {
				f.SHA256 = ch.Now
				if ch.Why.Code != library.FaultNone {
					f.Pages, f.Fault = 0, ch.Why
				}
			}
		}
	}
	return s, err
}

func findingsOf(s casefile.Snapshot) checked {
	o, x := s.Outline, library.NewIndex(s.Exhibits)
	numbers := o.Numbers()
	result := checked{Case: s.Case.Path, Findings: []checkedFinding{}, Stated: statedOf(o.Numbering(x))}
	for ref := range o.Walk() {
		result.Steps++
		step := ref.Step
		found := checkedFinding{Step: string(step.ID), Number: numbers[step.ID], Title: o.StepTitle(step, x)}
		for _, f := range o.ResolveStep(step, x) {
			at := found
			at.State, at.Pane, at.Page = string(f.State), f.Pane+1, f.Page.String()
			if f.State == library.PageMoved {
				at.Now = f.Now.String()
			}
			result.Findings = append(result.Findings, at)
		}
		if strings.TrimSpace(step.Say) == "" {
			found.State = stateNoQuestion
			result.Findings = append(result.Findings, found)
		}
	}
	return result
}

func printCheck(out io.Writer, s casefile.Snapshot, r checked) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", s.Case.Title)
	for _, f := range r.Findings {
		fmt.Fprintf(&b, "%-6s %s: %s\n", f.Number, f.Title, words.T("finding."+f.State))
		switch {
		case f.Now != "":
			fmt.Fprintf(&b, "       %s → %s\n", f.Page, f.Now)
		case f.Page != "":
			fmt.Fprintf(&b, "       %s\n", f.Page)
		}
	}
	for _, c := range r.Stated {
		fmt.Fprintln(&b, session.StatedText(library.StatedCount{Series: library.Series(c.Series), Stated: c.Stated, Have: c.Have}))
	}
	if len(r.Findings)+len(r.Stated) > 0 {
		b.WriteString("\n")
	}
	fmt.Fprintf(&b, "%s\n", words.T("cli.checked", "steps", r.Steps, "findings", r.odd()))
	_, err := io.WriteString(out, b.String())
	return err
}
