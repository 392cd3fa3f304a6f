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
	"butluc/presenter/projector"
	"butluc/presenter/render"
)

// What is told of steps beside the states of their pages. Printed by scripts.
const (
	stateNoQuestion = "no-question" // without words to say
	stateIncomplete = "incomplete"  // a recording of which a part is damaged or cut off
	stateSilent     = "silent"      // a recording whose sound can't be played
)

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
	State  string `json:"state"`           // a [library.PageState], or one of the above
	Fault  string `json:"fault,omitempty"` // a [library.FaultCode]: why it is unreadable
	Pane   int    `json:"pane,omitempty"`
	Page   string `json:"page,omitempty"` // PATH#NUMBER, as prepared
	Now    string `json:"now,omitempty"`  // where a moved page is
}

// checkOutline tells whether the outline is ready for trial. It reads anew every file that a step shows, and draws
// the first and the last picture of what it plays.
func checkOutline(args []string, out io.Writer) error {
	f := newFlags("check")
	asJSON := f.Bool("json", false, "print JSON")
	named, err := parse(f, args, 1, 1)
	if err != nil {
		return err
	}
	ctx, stop := interruptible()
	defer stop()
	r := newRenderer(nil)
	defer r.Close()
	s, err := readUsed(ctx, named[0], r)
	if err != nil {
		return err
	}
	result, err := findingsOf(ctx, s, r)
	if err != nil {
		return err
	}
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
func readUsed(ctx context.Context, dir string, r *render.Renderer) (casefile.Snapshot, error) {
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
	changed, err := intake.Verify(ctx, s.Case.Path, used, func(int64, int64) {})
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

func findingsOf(ctx context.Context, s casefile.Snapshot, r *render.Renderer) (checked, error) {
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
			switch e, _ := x.Exhibit(f.Now.Path); f.State {
			case library.PageMoved:
				at.Now = f.Now.String()
			case library.PageUnreadable:
				at.Fault = string(e.File.Fault.Code)
			default:
			}
			result.Findings = append(result.Findings, at)
		}
		for i, pane := range o.Located(step.Shot, x).List() {
			state, fault := played(ctx, r, s.Case.Path, pane, x)
			if ctx.Err() != nil {
				return result, ctx.Err()
			}
			if state != "" {
				at := found
				at.State, at.Fault, at.Pane, at.Page = state, string(fault), i+1, step.Shot.Panes[i].Page.String()
				result.Findings = append(result.Findings, at)
			}
		}
		if strings.TrimSpace(step.Say) == "" {
			found.State = stateNoQuestion
			result.Findings = append(result.Findings, found)
		}
	}
	return result, nil
}

// played tells whether a pane shows its recording from the first picture to the last, and can be heard; "" where it
// does, or shows no recording that was read.
func played(ctx context.Context, r *render.Renderer, root string, pane library.Pane, x *library.Index) (state string, fault library.FaultCode) {
	e, _ := x.Exhibit(pane.Page.Path)
	if !e.File.Kind.Clip() || !e.File.Showable() {
		return "", library.FaultNone
	}
	facts, incomplete, err := projector.ProveClip(ctx, r, sourceOf(root, "", e.File), pane)
	var failed *render.Error
	switch {
	case errors.As(err, &failed):
		return string(library.PageUnreadable), failed.Fault.Code
	case err != nil:
		return string(library.PageUnreadable), library.FaultNone
	case incomplete:
		return stateIncomplete, library.FaultNone
	case facts.Silent && !pane.Clip.IsZero() && pane.Clip.Loudness() > 0:
		return stateSilent, library.FaultNone
	}
	return "", library.FaultNone
}

func printCheck(out io.Writer, s casefile.Snapshot, r checked) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", s.Case.Title)
	for _, f := range r.Findings {
		why := words.T("finding." + f.State)
		if f.Fault != "" {
			why += " (" + words.T("fault-short."+f.Fault) + ")"
		}
		fmt.Fprintf(&b, "%-6s %s: %s\n", f.Number, f.Title, why)
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
