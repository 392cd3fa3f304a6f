// Package ready tells before a hearing whether the outline's steps can be shown there as they were prepared: each file
// is read again from the disk, each step is drawn at the court screen's size, recordings from their first picture to
// their last. The window and the command line ask the same [Check].
package ready

import (
	"context"
	"errors"
	"image"
	"slices"
	"strings"

	"butluc/library"
	"butluc/library/intake"
	"butluc/presenter/projector"
	"butluc/presenter/render"
)

// State is what there is to be looked at: a [library.PageState] of a step's page, or one of the below. Printed by
// scripts: never rename one.
type State string

// The states that a page is not in by itself.
const (
	NoQuestion State = "no-question" // a step without words to say
	Incomplete State = "incomplete"  // a page or a recording that decoded only in part
	Outside    State = "outside"     // a document without the files outside of it that it names
	Silent     State = "silent"      // a recording whose sound can't be played
	Small      State = "small"       // text that can't be read from the back of the room
)

// Whole is the pane of a finding that is about the step as a whole.
const Whole = -1

// Finding is one thing to be looked at.
type Finding struct {
	Step  library.ID
	State State
	Pane  int               // [Whole], or counted from 0
	Page  library.PageID    // as prepared
	Now   library.PageID    // where it is now; where a recording can't be drawn, with the time of that picture
	Fault library.FaultCode // why it is unreadable, where that is known
}

// Check is what a check works with; all fields are needed. It is used once, on one goroutine.
type Check struct {
	Case     library.Case // its files are read again
	Exhibits []library.Exhibit
	Outline  library.Outline
	Sources  projector.Sources
	Renderer projector.Examiner // what is drawn comes behind all else, and is not kept
	Size     image.Point        // of the court screen, in pixels

	index   *library.Index
	changed map[string]bool // paths whose files are others than when the case was read
	result  Result
}

// Result is what was found.
type Result struct {
	Steps    int
	Findings []Finding      // in the outline's order
	Sounds   bool           // a step plays a recording that is to be heard
	Index    *library.Index // of the files as they were read
}

// stepBytes is how many bytes can be read, about, while a step is drawn: one measure tells of both.
const stepBytes = 32 << 20

// Run looks at all steps. progress may be nil. The error is ctx's, or that the case folder can't be read.
func (c *Check) Run(ctx context.Context, progress func(done, total int64)) (Result, error) {
	if progress == nil {
		progress = func(int64, int64) {}
	}
	drawing, read := stepBytes*int64(c.Outline.Count(library.TableSteps)), int64(0)
	err := c.verify(ctx, func(done, total int64) {
		read = total
		progress(done, total+drawing)
	})
	if err != nil {
		return c.result, err
	}
	for ref := range c.Outline.Walk() {
		progress(read+stepBytes*int64(c.result.Steps), read+drawing)
		c.result.Steps++
		if err := c.step(ctx, ref.Step); err != nil {
			return c.result, err
		}
	}
	return c.result, nil
}

// verify reads once more each file that the outline shows, whatever its size and time say.
func (c *Check) verify(ctx context.Context, progress func(done, total int64)) error {
	shown, x := map[string]bool{}, library.NewIndex(c.Exhibits)
	for ref := range c.Outline.Walk() {
		for _, pane := range c.Outline.Located(ref.Step.Shot, x).List() {
			shown[pane.Page.Path] = true
		}
	}
	files := slices.DeleteFunc(slices.Clone(c.Case.Files), func(f library.File) bool { return !shown[f.Path] })
	changed, err := intake.Verify(ctx, c.Case.Path, files, progress)
	if err != nil {
		return err
	}
	c.Exhibits, c.changed = slices.Clone(c.Exhibits), map[string]bool{}
	for _, ch := range changed {
		for i := range c.Exhibits {
			if f := &c.Exhibits[i].File; f.Path == ch.Path {
				f.SHA256, c.changed[f.Path] = ch.Now, ch.Why.Code == library.FaultNone
				if ch.Why.Code != library.FaultNone {
					f.Pages, f.Fault = 0, ch.Why
				}
			}
		}
	}
	c.index = library.NewIndex(c.Exhibits)
	c.result.Index = c.index
	return nil
}

// say adds a finding, of each pane and state once.
func (c *Check) say(f Finding) {
	same := func(have Finding) bool { return have.Step == f.Step && have.Pane == f.Pane && have.State == f.State }
	if !slices.ContainsFunc(c.result.Findings, same) {
		c.result.Findings = append(c.result.Findings, f)
	}
}

// step looks at one step. Its error is ctx's.
func (c *Check) step(ctx context.Context, step library.Step) error {
	there := true
	for _, f := range c.Outline.ResolveStep(step, c.index) {
		found := Finding{Step: step.ID, State: State(f.State), Pane: f.Pane, Page: f.Page, Now: f.Now}
		switch e, _ := c.index.Exhibit(f.Now.Path); f.State {
		case library.PageUnreadable:
			found.Fault = e.File.Fault.Code
			there = false
		case library.PageMissing, library.PageAmbiguous, library.PageChanged:
			there = false // of a changed file another page would be looked at than the one that was prepared
		default:
		}
		c.say(found)
	}
	for i, pane := range c.Outline.Located(step.Shot, c.index).List() {
		if c.changed[pane.Page.Path] {
			c.say(Finding{Step: step.ID, State: State(library.PageChanged), Pane: i, Page: step.Shot.Panes[i].Page, Now: pane.Page})
			there = false
		}
	}
	if !step.Shot.IsZero() && there {
		if err := c.draw(ctx, step); err != nil {
			return err
		}
	}
	if strings.TrimSpace(step.Say) == "" {
		c.say(Finding{Step: step.ID, State: NoQuestion, Pane: Whole})
	}
	return nil
}

// draw makes the picture of a step.
func (c *Check) draw(ctx context.Context, step library.Step) error {
	shot := c.Outline.Located(step.Shot, c.index)
	found := func(pane int, state State) Finding {
		return Finding{Step: step.ID, State: state, Pane: pane, Page: step.Shot.Panes[pane].Page, Now: shot.Panes[pane].Page}
	}
	frame, err := projector.Still(ctx, projector.Behind(c.Renderer), c.Sources, shot.At(library.MaxBeat), c.Size)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	stills := false
	for i, pane := range shot.List() {
		origin, ok := c.Sources(pane)
		switch {
		case !ok:
			c.say(found(i, State(library.PageUnreadable)))
		case origin.Source.Kind.Clip():
			if err := c.recording(ctx, pane, origin.Source, func(state State) Finding { return found(i, state) }); err != nil {
				return err
			}
		default:
			stills = true
			if slices.Contains(frame.Incomplete, pane.Page) {
				c.say(found(i, Incomplete))
			}
			if e, _ := c.index.Exhibit(pane.Page.Path); e.File.Fault.Code == library.FaultOutside {
				c.say(found(i, Outside))
			}
		}
		if failed := failureOf(err); failed != nil && failed.Path == origin.Source.Path {
			c.say(unreadable(found(i, ""), failed))
		}
	}
	if err != nil {
		if failureOf(err) == nil {
			c.say(Finding{Step: step.ID, State: State(library.PageUnreadable), Pane: Whole})
		}
		return nil
	}
	if tall := lineTall(frame.Image); stills && tall > 0 && tall < leastLine {
		c.say(Finding{Step: step.ID, State: Small, Pane: Whole})
	}
	return nil
}

// recording tells whether a pane shows its recording from the first picture to the last, and can be heard.
func (c *Check) recording(ctx context.Context, pane library.Pane, src render.Source, found func(State) Finding) error {
	facts, incomplete, err := projector.ProveClip(ctx, c.Renderer, src, pane)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		c.say(unreadable(found(""), failureOf(err)))
	case incomplete:
		c.say(found(Incomplete))
	}
	plays := !pane.Clip.IsZero() && pane.Clip.Loudness() > 0
	if plays && facts.Silent {
		c.say(found(Silent))
	}
	c.result.Sounds = c.result.Sounds || plays && facts.Sound
	return nil
}

// unreadable is a finding of a page that can't be drawn; failed, which may be nil, says why and of a recording at which
// time.
func unreadable(f Finding, failed *render.Error) Finding {
	f.State = State(library.PageUnreadable)
	if failed != nil {
		f.Fault = failed.Fault.Code
		if failed.Page >= 0 {
			f.Now.Index = failed.Page
		}
	}
	return f
}

func failureOf(err error) *render.Error {
	var failed *render.Error
	errors.As(err, &failed)
	return failed
}
