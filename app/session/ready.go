package session

import (
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"slices"
	"strings"

	"butluc/app/words"
	"butluc/library"
	"butluc/library/intake"
	"butluc/library/journal"
	"butluc/library/machine"
	"butluc/presenter/projector"
	"butluc/presenter/render"
)

// ReadyLine is one thing that was checked before the hearing, in words.
type ReadyLine struct {
	Good bool
	Text string
	// Speaker is what recordings will sound from, on the one line that is about that: the rest of it is empty.
	Speaker *Speaker
}

// leastLine is how tall a line of text must be on the court screen, against its height, so that it can
// be read from the back: 1 in 80, about what a page of 13 points has when a third of it fills the
// screen's width.
const leastLine = 1.0 / 80

// CheckReady checks whether all is ready for the hearing and hands what it found to done: that every
// step's files are as they were prepared (read again from the disk), that every step can be drawn at the
// court screen's size and read from the back, recordings from their first picture to their last, the screen,
// the journal, and what recordings sound from.
func (s *Session) CheckReady(done func([]ReadyLine)) {
	if s.file == nil {
		return
	}
	c := s.newReadyCheck()
	path, head := s.file.JournalFiles()
	dir := s.snapshot.Case.Path
	s.Run(words.T("ready.name"), func(ctx context.Context, progress func(done, total int64)) error {
		if err := c.run(ctx, progress); err != nil {
			return err
		}
		c.found = append(c.found, journalLine(path, head))
		c.found = append(c.found, machineLines(dir)...)
		return nil
	}, func(err error) {
		if err != nil {
			s.TellText(words.T("ready.failed", "why", why(err)), true)
			return
		}
		found := append([]ReadyLine{s.screenLine()}, c.found...)
		asked := c.sounds && s.FindSpeaker(func(sp Speaker) { done(append(found, ReadyLine{Good: sp.Heard, Speaker: &sp})) })
		if !asked {
			done(found)
		}
	})
}

// readyCheck looks at the steps of an outline, on another goroutine than the session's: what it needs of that it has.
type readyCheck struct {
	outline  library.Outline
	files    library.Case
	index    *library.Index
	sources  projector.Sources
	renderer *render.Renderer
	size     image.Point
	steps    map[library.ID]string // their names
	names    map[string]string     // of files, by path

	changed []string // paths of files that are not those that were prepared
	found   []ReadyLine
	sounds  bool // a step plays a recording that is to be heard
}

func (s *Session) newReadyCheck() *readyCheck {
	c := &readyCheck{
		outline: s.snapshot.Outline, files: s.snapshot.Case, index: s.Index(),
		sources: s.frozenSources(), renderer: s.renderer, size: s.projector.Size(),
		steps: map[library.ID]string{}, names: map[string]string{},
	}
	for ref := range c.outline.Walk() {
		c.steps[ref.Step.ID] = s.Number(ref.Step.ID) + " " + s.StepName(ref.Step)
		for _, pane := range c.shot(ref.Step).List() {
			c.names[pane.Page.Path] = s.Name(pane.Page)
		}
	}
	return c
}

// shot is what a step shows, where its pages are now.
func (c *readyCheck) shot(step library.Step) library.Shot {
	return c.outline.Located(step.Shot, c.index)
}

// stepBytes is how many bytes can be read, about, while a step is drawn: one bar tells of both.
const stepBytes = 32 << 20

func (c *readyCheck) run(ctx context.Context, progress func(done, total int64)) (err error) {
	drawing := stepBytes * int64(c.outline.Count(library.TableSteps))
	read := int64(0)
	if c.changed, err = c.verify(ctx, func(done, total int64) {
		read = total
		progress(done, total+drawing)
	}); err != nil {
		return err
	}
	steps := 0
	for ref := range c.outline.Walk() {
		progress(read+stepBytes*int64(steps), read+drawing)
		steps++
		if err := c.step(ctx, ref.Step); err != nil {
			return err
		}
	}
	if len(c.found) == 0 {
		c.found = append(c.found, ReadyLine{Good: true, Text: words.T("ready.steps", "count", steps)})
	}
	return nil
}

// say notes what is wrong with a step, once.
func (c *readyCheck) say(key, step, why string) {
	line := ReadyLine{Text: words.T(key, "name", step, "why", why)}
	if !slices.Contains(c.found, line) {
		c.found = append(c.found, line)
	}
}

// step looks at one step. Its error is ctx's.
func (c *readyCheck) step(ctx context.Context, step library.Step) error {
	name, drawable := c.steps[step.ID], true
	for _, f := range c.outline.ResolveStep(step, c.index) {
		switch e, _ := c.index.Exhibit(f.Now.Path); f.State {
		case library.PageNoFolio, library.PageMoved:
		case library.PageUnreadable:
			drawable = false
			c.say("ready.step", name, words.T("fault."+FaultKey(e.File), "name", c.names[f.Now.Path]))
		default:
			drawable = drawable && (f.State == library.PageShort || f.State == library.PageChanged)
			c.say("ready.step", name, words.T("finding."+string(f.State)))
		}
	}
	shot := c.shot(step)
	for _, pane := range shot.List() {
		if slices.Contains(c.changed, pane.Page.Path) {
			c.say("ready.step", name, words.T("finding.changed"))
		}
	}
	if strings.TrimSpace(step.Say) == "" {
		c.say("ready.no-question", name, "")
	}
	if shot.IsZero() || !drawable {
		return nil
	}
	return c.draw(ctx, name, shot)
}

// draw makes the picture of a step.
func (c *readyCheck) draw(ctx context.Context, name string, shot library.Shot) error {
	frame, err := projector.Still(ctx, c.renderer, c.sources, shot.At(library.MaxBeat), c.size)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		c.say("ready.step", name, c.why(err))
	}
	pages := false
	for _, pane := range shot.List() {
		origin, ok := c.sources(pane)
		pages = pages || !origin.Source.Kind.Clip()
		if ok && origin.Source.Kind.Clip() {
			if err := c.recording(ctx, name, pane, origin.Source); err != nil {
				return err
			}
		}
	}
	if err == nil && pages && lineTall(frame.Image) > 0 && lineTall(frame.Image) < leastLine {
		c.say("ready.small", name, "")
	}
	return nil
}

// recording tells whether a pane shows its recording from the first picture to the last, and can be heard.
func (c *readyCheck) recording(ctx context.Context, name string, pane library.Pane, src render.Source) error {
	facts, incomplete, err := projector.ProveClip(ctx, c.renderer, src, pane)
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case err != nil:
		c.say("ready.step", name, c.why(err))
	case incomplete:
		c.say("ready.step", name, words.T("ready.incomplete", "name", c.names[pane.Page.Path]))
	}
	plays := !pane.Clip.IsZero() && pane.Clip.Loudness() > 0
	if plays && facts.Silent {
		c.say("ready.step", name, words.T("ready.silent", "name", c.names[pane.Page.Path]))
	}
	c.sounds = c.sounds || plays && facts.Sound
	return nil
}

// why says why a page can't be drawn; of a recording, at which time.
func (c *readyCheck) why(err error) string {
	var e *render.Error
	if !errors.As(err, &e) {
		return words.T("finding.unreadable")
	}
	name, fault := c.names[e.Path], string(e.Fault.Code)
	if exhibit, ok := c.index.Exhibit(e.Path); ok && exhibit.File.Kind.Clip() && e.Page >= 0 {
		return words.T("ready.picture", "name", name, "time", library.Clock(e.Page), "why", words.T("fault-short."+fault))
	}
	return words.T("fault."+fault, "name", name)
}

// screenLine is whether there is a court screen.
func (s *Session) screenLine() ReadyLine {
	state, screen := s.Court()
	size := fmt.Sprintf("%d×%d", screen.W, screen.H)
	good := state == CourtReady || state == CourtBlack || state == CourtOn
	if s.court.mode != ModeSecond {
		return ReadyLine{Good: true, Text: words.T("mode." + s.court.mode.String())}
	}
	return ReadyLine{Good: good, Text: words.T("lamp."+state.String(), "size", size)}
}

// verify reads again the files that the outline shows, and names those that are others now.
func (c *readyCheck) verify(ctx context.Context, progress func(done, total int64)) (changed []string, err error) {
	used := map[string]bool{}
	for ref := range c.outline.Walk() {
		for _, pane := range c.shot(ref.Step).List() {
			used[pane.Page.Path] = true
		}
	}
	files := slices.DeleteFunc(slices.Clone(c.files.Files), func(f library.File) bool { return !used[f.Path] })
	list, err := intake.Verify(ctx, c.files.Path, files, progress)
	for _, ch := range list {
		changed = append(changed, ch.Path)
	}
	return changed, err
}

// journalLine is whether the journal is as it was kept, and can be written.
func journalLine(path, head string) ReadyLine {
	kept, err := journal.KeptHead(head)
	if err == nil {
		_, err = journal.Verify(path, kept, nil)
	}
	if err == nil {
		if dir := strings.TrimSuffix(path, journal.FileName); dirExists(dir) {
			var f *os.File
			if f, err = os.CreateTemp(dir, ".ready-*"); err == nil {
				err = errors.Join(f.Close(), os.Remove(f.Name()))
			}
		}
	}
	if err != nil {
		return ReadyLine{Text: words.T("ready.journal-bad", "why", err)}
	}
	return ReadyLine{Good: true, Text: words.T("ready.journal")}
}

// leastFree is how much room the disk should have: a long trial's journal takes a few megabytes, the
// rest is for the system.
const leastFree = 200 << 20

// machineLines are what the laptop itself needs: room on the disk and mains power.
func machineLines(dir string) []ReadyLine {
	var lines []ReadyLine
	if free, err := machine.Free(dir); err == nil {
		key := "ready.disk"
		if free < leastFree {
			key = "ready.disk-full"
		}
		lines = append(lines, ReadyLine{Good: free >= leastFree, Text: words.T(key, "free", words.Number(int(free>>20)))})
	}
	switch machine.PowerNow() {
	case machine.Mains:
		lines = append(lines, ReadyLine{Good: true, Text: words.T("ready.mains")})
	case machine.Battery:
		lines = append(lines, ReadyLine{Text: words.T("ready.battery")})
	case machine.Unknown:
	}
	return lines
}

func dirExists(dir string) bool {
	info, err := os.Stat(dir)
	return err == nil && info.IsDir()
}

// lineTall is how tall the lines of text in a picture are, as a part of its height: the median of the
// runs of rows that have ink on bright ground; 0 for a picture without lines, say a photograph.
func lineTall(frame *image.RGBA) float64 {
	w, h := frame.Rect.Dx(), frame.Rect.Dy()
	var runs []int
	run := 0
	for y := range h {
		ink, paper := 0, 0
		for x := range w {
			i := y*frame.Stride + 4*x
			switch g := int(frame.Pix[i]) + int(frame.Pix[i+1]) + int(frame.Pix[i+2]); {
			case g > 3*200:
				paper++
			case g > 3*10 && g < 3*110: // black is the ground around the page
				ink++
			}
		}
		if paper > w/8 && ink > max(2, paper/100) && ink < paper/2 {
			run++
			continue
		}
		if run > 2 && run < h/8 {
			runs = append(runs, run)
		}
		run = 0
	}
	const lines = 6 // fewer tell nothing
	if len(runs) < lines {
		return 0
	}
	slices.Sort(runs)
	return float64(runs[len(runs)/2]) / float64(h)
}
