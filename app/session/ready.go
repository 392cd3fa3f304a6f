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
)

// ReadyLine is one thing that was checked before the hearing, in words.
type ReadyLine struct {
	Good bool
	Text string
}

// leastLine is how tall a line of text must be on the court screen, against its height, so that it can
// be read from the back: 1 in 80, about what a page of 13 points has when a third of it fills the
// screen's width.
const leastLine = 1.0 / 80

// CheckReady checks whether all is ready for the hearing and hands what it found to done: that every
// step's files are as they were prepared (read again from the disk), that every step can be drawn at the
// court screen's size and read from the back, the screen, and the journal.
func (s *Session) CheckReady(done func([]ReadyLine)) {
	if s.file == nil {
		return
	}
	snapshot, size := s.snapshot, s.projector.Size()
	sources, renderer := s.frozenSources(), s.renderer
	names := map[library.ID]string{}
	for ref := range snapshot.Outline.Walk() {
		names[ref.Step.ID] = s.Number(ref.Step.ID) + " " + s.StepName(ref.Step)
	}
	x := s.Index()
	path, head := s.file.JournalFiles()
	var found []ReadyLine
	s.Run(words.T("ready.name"), func(ctx context.Context, progress func(done, total int64)) error {
		steps, bad := 0, 0
		say := func(key string, args ...any) {
			bad++
			found = append(found, ReadyLine{Text: words.T(key, args...)})
		}
		changed, err := verifyUsed(ctx, snapshot.Outline, snapshot.Case)
		if err != nil {
			return err
		}
		total := int64(snapshot.Outline.Count(library.TableSteps))
		for ref := range snapshot.Outline.Walk() {
			steps++
			progress(int64(steps), total)
			name := names[ref.Step.ID]
			for _, f := range snapshot.Outline.ResolveStep(ref.Step, x) {
				if f.State != library.PageNoFolio && f.State != library.PageMoved {
					say("ready.step", "name", name, "why", words.T("finding."+string(f.State)))
				}
			}
			for _, pane := range ref.Step.Shot.List() {
				if slices.Contains(changed, pane.Page.Path) {
					say("ready.step", "name", name, "why", words.T("finding.changed"))
				}
			}
			if strings.TrimSpace(ref.Step.Say) == "" {
				say("ready.no-question", "name", name)
			}
			if ref.Step.Shot.IsZero() {
				continue
			}
			frame, err := projector.Still(ctx, renderer, sources, ref.Step.Shot.At(library.MaxBeat), size)
			switch {
			case ctx.Err() != nil:
				return ctx.Err()
			case err != nil:
				say("ready.step", "name", name, "why", words.T("finding.unreadable"))
			case lineTall(frame.Image) > 0 && lineTall(frame.Image) < leastLine:
				say("ready.small", "name", name)
			}
		}
		if bad == 0 {
			found = append(found, ReadyLine{true, words.T("ready.steps", "count", steps)})
		}
		found = append(found, journalLine(path, head))
		found = append(found, machineLines(snapshot.Case.Path)...)
		return nil
	}, func(err error) {
		if err != nil {
			s.TellText(words.T("ready.failed", "why", why(err)), true)
			return
		}
		done(append([]ReadyLine{s.screenLine()}, found...))
	})
}

// screenLine is whether there is a court screen.
func (s *Session) screenLine() ReadyLine {
	state, screen := s.Court()
	size := fmt.Sprintf("%d×%d", screen.W, screen.H)
	good := state == CourtReady || state == CourtBlack || state == CourtOn
	if s.court.mode != ModeSecond {
		return ReadyLine{true, words.T("mode." + s.court.mode.String())}
	}
	return ReadyLine{good, words.T("lamp."+state.String(), "size", size)}
}

// verifyUsed reads again the files that the outline shows, and names those that are others now.
func verifyUsed(ctx context.Context, o library.Outline, c library.Case) (changed []string, err error) {
	used := map[string]bool{}
	for ref := range o.Walk() {
		for _, pane := range ref.Step.Shot.List() {
			used[pane.Page.Path] = true
		}
	}
	files := slices.DeleteFunc(slices.Clone(c.Files), func(f library.File) bool { return !used[f.Path] || f.SHA256 == "" })
	list, err := intake.Verify(ctx, c.Path, files)
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
		return ReadyLine{false, words.T("ready.journal-bad", "why", err)}
	}
	return ReadyLine{true, words.T("ready.journal")}
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
		lines = append(lines, ReadyLine{free >= leastFree, words.T(key, "free", words.Number(int(free>>20)))})
	}
	switch machine.PowerNow() {
	case machine.Mains:
		lines = append(lines, ReadyLine{true, words.T("ready.mains")})
	case machine.Battery:
		lines = append(lines, ReadyLine{false, words.T("ready.battery")})
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
