// Package readiness checks before a hearing, in words, whether all is ready for it.
package readiness

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"butluc/app/console/clips"
	"butluc/app/console/court"
	"butluc/app/console/dossier"
	"butluc/app/console/job"
	"butluc/app/console/label"
	"butluc/app/console/notice"
	"butluc/app/console/protection"
	"butluc/app/console/provenance"
	"butluc/app/console/stage"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/journal"
	"butluc/library/machine"
	"butluc/presenter/ready"
	"butluc/presenter/render"
)

// Readiness checks before a hearing whether all is ready for it.
type Readiness struct {
	Provenance *provenance.Provenance // what speaks for the files: the check asks it

	lang     *i18n.Localizer
	dossier  *dossier.Dossier
	labels   *label.Labels
	stage    *stage.Stage
	renderer *render.Renderer
	jobs     *job.Runner
	notices  *notice.Bar
	court    *court.Court
	speakers *clips.Speakers
	noted    func()

	last check
}

// Deps are what the check works with.
type Deps struct {
	Lang     *i18n.Localizer
	Dossier  *dossier.Dossier
	Labels   *label.Labels
	Stage    *stage.Stage
	Renderer *render.Renderer
	// Provenance is what speaks for the files.
	Provenance *provenance.Provenance

	Jobs     *job.Runner
	Notices  *notice.Bar
	Court    *court.Court
	Speakers *clips.Speakers
	Noted    func() // is told that a check was made
}

// New makes the check of a case.
func New(d Deps) *Readiness {
	return &Readiness{
		lang: d.Lang, dossier: d.Dossier, labels: d.Labels, stage: d.Stage, renderer: d.Renderer, Provenance: d.Provenance,
		jobs: d.Jobs, notices: d.Notices, court: d.Court, speakers: d.Speakers, noted: d.Noted,
	}
}

// check is when an outline was checked, and how much there was to look at.
type check struct {
	of     library.Outline
	at     time.Time // zero: never
	doubts int
}

// Known tells when the outline, as it is now, was checked for a hearing, and how much there was to look at; ok is false
// where it was not.
func (rd *Readiness) Known() (at time.Time, doubts int, ok bool) {
	c := rd.last
	return c.at, c.doubts, !c.at.IsZero() && c.of == rd.dossier.Outline()
}

// Recall takes over that the outline, as it is now, was checked earlier.
func (rd *Readiness) Recall(at time.Time, doubts int) {
	rd.last = check{rd.dossier.Outline(), at, doubts}
}

// Lapse forgets a check of an outline that is another one by now, and tells whether there was one.
func (rd *Readiness) Lapse() bool {
	if _, _, known := rd.Known(); known || rd.last.at.IsZero() {
		return false
	}
	rd.last = check{}
	return true
}

// Note keeps what a check found of an outline. That there is no court screen at a desk is no matter of the case.
func (rd *Readiness) Note(of library.Outline, found []Line) {
	rd.last = check{of: of, at: time.Now().Round(0)}
	for _, l := range found {
		if !l.Good {
			rd.last.doubts++
		}
	}
	rd.noted()
}

// Line is one thing that was checked before the hearing, in words.
type Line struct {
	Good bool
	Text string
	// Speaker is what recordings will sound from, on the one line that is about that: the rest of it is empty.
	Speaker *clips.Speaker
}

// Check checks whether all is ready for the hearing and hands what it found to done: that every
// step's files are as they were prepared (read again from the disk), that every step can be drawn at the
// court screen's size and read from the back, recordings from their first picture to their last, the screen,
// the journal, and what recordings sound from.
func (rd *Readiness) Check(done func([]Line)) {
	if rd.dossier.File() == nil {
		return
	}
	asked := ready.Check{
		Case: rd.dossier.Latest().Case, Exhibits: rd.dossier.Latest().Exhibits, Outline: rd.dossier.Outline(),
		Sources: rd.dossier.FrozenSources(), Renderer: rd.renderer, Size: rd.stage.Projector().Size(),
	}
	file := rd.dossier.File()
	path, head := file.JournalFiles()
	dir := rd.dossier.Latest().Case.Path
	var result ready.Result
	var beside []Line
	var known provenance.Known
	var named []library.PageID
	look := rd.Provenance.Frozen()
	rd.jobs.Run(rd.lang.T("ready.name"), func(ctx context.Context, progress func(done, total int64)) (err error) {
		if result, err = asked.Run(ctx, progress); err != nil {
			return err
		}
		if known, err = look(ctx, progress); err != nil {
			return err
		}
		switch places, err := protection.Find(ctx, file, asked.Outline, result.Index); {
		case err == nil:
			named = protection.Shown(places, asked.Outline, result.Index)
		case !errors.Is(err, casefile.ErrNoText):
			return err
		}
		beside = append(beside, journalLine(rd.lang.In(), path, head))
		beside = append(beside, machineLines(rd.lang.In(), dir)...)
		return nil
	}, func(err error) {
		if err != nil {
			rd.notices.TellText(rd.lang.T("ready.failed", "why", label.Why(rd.lang.In(), err)), true)
			return
		}
		found := slices.Concat(rd.stepLines(result), rd.sourceLines(known, provenance.Shown(asked.Outline, result.Index)), rd.namedLines(named), beside)
		rd.Note(asked.Outline, found)
		found = append([]Line{rd.screenLine()}, found...)
		sounds := result.Sounds && rd.speakers.Find(func(sp clips.Speaker) { done(append(found, Line{Good: sp.Heard, Speaker: &sp})) })
		if !sounds {
			done(found)
		}
	})
}

// stepLines says what was found of the steps. What is no matter for the hearing itself, a file that is found at another
// path or a page that nobody can call by number, is told in Prepare.
func (rd *Readiness) stepLines(result ready.Result) []Line {
	var lines []Line
	for _, f := range result.Findings {
		if f.State == ready.State(library.PageMoved) || f.State == ready.State(library.PageNoFolio) {
			continue
		}
		step, _ := rd.dossier.Outline().Step(f.Step)
		line := Line{Text: rd.findingText(f, rd.labels.Number(f.Step)+" "+rd.labels.StepName(step), result.Index)}
		if !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	if len(lines) == 0 {
		lines = append(lines, Line{Good: true, Text: rd.lang.T("ready.steps", "count", result.Steps)})
	}
	return lines
}

// sourceLines says of which files a hash differs from what is stated, or what was signed was changed; and that all that is
// stated is so.
func (rd *Readiness) sourceLines(known provenance.Known, shown map[string]bool) []Line {
	var lines []Line
	hashes, signatures := known.Odd(rd.dossier.Latest().Case.Files, shown)
	for _, path := range hashes {
		lines = append(lines, Line{Text: rd.lang.T("ready.hash", "name", rd.labels.Name(library.PageID{Path: path}))})
	}
	for _, path := range signatures {
		lines = append(lines, Line{Text: rd.lang.T("ready.signature", "name", rd.labels.Name(library.PageID{Path: path}))})
	}
	if same := known.Same(); same > 0 && len(hashes) == 0 {
		lines = append(lines, Line{Good: true, Text: rd.lang.T("ready.hashes", "count", same)})
	}
	return lines
}

// namedLines say on which pages that are shown the name of a protected person still stands.
func (rd *Readiness) namedLines(pages []library.PageID) (lines []Line) {
	for _, p := range pages {
		lines = append(lines, Line{Text: rd.lang.T("ready.named", "name", rd.labels.FullName(p))})
	}
	return lines
}

// findingText is a finding in words; step is the step's number and name, x has the files as they were read.
func (rd *Readiness) findingText(f ready.Finding, step string, x *library.Index) string {
	e, _ := x.Exhibit(f.Now.Path)
	name := rd.labels.Name(f.Now)
	why := rd.lang.T("finding." + string(f.State))
	switch f.State {
	case ready.NoQuestion, ready.Small:
		return rd.lang.T("ready."+string(f.State), "name", step)
	case ready.Incomplete:
		if why = rd.lang.T("ready.incomplete", "name", name); !e.File.Kind.Clip() {
			why = rd.lang.T("ready.incomplete-page", "name", rd.labels.FullName(f.Now))
		}
	case ready.Outside:
		why = rd.lang.T("fault."+string(library.FaultOutside), "name", name)
	case ready.Silent:
		why = rd.lang.T("ready.silent", "name", name)
	case ready.State(library.PageUnreadable):
		switch {
		case f.Fault == library.FaultNone:
		case e.File.Fault.Code != library.FaultNone:
			why = rd.lang.T("fault."+label.FaultKey(e.File), "name", name)
		case e.File.Kind.Clip():
			short := rd.lang.T("fault-short." + string(f.Fault))
			why = rd.lang.T("ready.picture", "name", name, "time", library.Clock(f.Now.Index), "why", short)
		default:
			why = rd.lang.T("fault."+string(f.Fault), "name", name)
		}
	}
	return rd.lang.T("ready.step", "name", step, "why", why)
}

// screenLine is whether there is a court screen.
func (rd *Readiness) screenLine() Line {
	state, screen := rd.court.State()
	size := fmt.Sprintf("%d×%d", screen.W, screen.H)
	good := state == court.Ready || state == court.Black || state == court.On
	if rd.court.Mode() != court.ModeSecond {
		return Line{Good: true, Text: rd.lang.T("mode." + rd.court.Mode().String())}
	}
	return Line{Good: good, Text: rd.lang.T("lamp."+state.String(), "size", size)}
}

// journalLine is whether the journal is as it was kept, and can be written.
func journalLine(in i18n.Catalogue, path, head string) Line {
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
		return Line{Text: in.T("ready.journal-bad", "why", err)}
	}
	return Line{Good: true, Text: in.T("ready.journal")}
}

// leastFree is how much room the disk should have: a long trial's journal takes a few megabytes, the
// rest is for the system.
const leastFree = 200 << 20

// machineLines are what the laptop itself needs: room on the disk and mains power.
func machineLines(in i18n.Catalogue, dir string) []Line {
	var lines []Line
	if free, err := machine.Free(dir); err == nil {
		key := "ready.disk"
		if free < leastFree {
			key = "ready.disk-full"
		}
		lines = append(lines, Line{Good: free >= leastFree, Text: in.T(key, "free", in.Size(int64(free)))})
	}
	switch machine.PowerNow() {
	case machine.Mains:
		lines = append(lines, Line{Good: true, Text: in.T("ready.mains")})
	case machine.Battery:
		lines = append(lines, Line{Text: in.T("ready.battery")})
	case machine.Unknown:
	}
	return lines
}

func dirExists(dir string) bool {
	info, err := os.Stat(dir)
	return err == nil && info.IsDir()
}
