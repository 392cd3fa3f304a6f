// Package recorder writes into the journal what the court saw, and reads from there what a trial was.
package recorder

import (
	"fmt"
	"image"
	"log/slog"
	"path/filepath"
	"time"

	"butluc/app/console/court"
	"butluc/app/console/dossier"
	"butluc/app/console/event"
	"butluc/app/console/job"
	"butluc/app/console/label"
	"butluc/app/console/notice"
	"butluc/app/console/settings"
	"butluc/app/console/stage"
	"butluc/library"
	"butluc/library/journal"
	"butluc/presenter/projector"
)

// viewSettles is how long a view must rest before it is recorded: a drag is many views.
const viewSettles = 500 * time.Millisecond

// Deps are what a recorder works with.
type Deps struct {
	Dossier  *dossier.Dossier
	Labels   *label.Labels
	Run      Order
	Ground   func(library.Shot) string // on which a shot is shown, a letter of Art. 308; "" for none
	Drawn    func() int                // how many steps were made in this trial of what was drawn
	Stage    *stage.Stage
	Court    *court.Court
	Events   *event.Bus
	Jobs     *job.Runner
	Notices  *notice.Bar
	Settings *settings.Settings
	Journal  func() (*journal.Journal, error) // opened instead of the case's own; nil: the case's own
	Versions Versions
}

// Order is the order in which the court is to see things.
type Order interface {
	StepAt(i int) (ref library.StepRef, ok bool)
	ShotAt(i int) library.Shot
}

// Versions are those that the journal names.
type Versions struct{ Program, Renderer string }

// New makes the recorder of a case. Its journal is opened when a trial begins.
func New(d Deps) *Recorder {
	return &Recorder{
		dossier: d.Dossier, labels: d.Labels, run: d.Run, ground: d.Ground, drawn: d.Drawn, stage: d.Stage, court: d.Court,
		events: d.Events, jobs: d.Jobs, notices: d.Notices, settings: d.Settings, own: d.Journal, versions: d.Versions,
	}
}

// Recorder writes the journal of the trial that runs, or ran last. What is recorded before it is open waits.
type Recorder struct {
	dossier  *dossier.Dossier
	labels   *label.Labels
	run      Order
	ground   func(library.Shot) string
	drawn    func() int
	stage    *stage.Stage
	events   *event.Bus
	jobs     *job.Runner
	notices  *notice.Bar
	settings *settings.Settings
	court    *court.Court
	own      func() (*journal.Journal, error)
	versions Versions

	journal *journal.Journal
	opening bool
	waiting []logged
	then    func() // waits for it to be open
	err     error  // why it can't be opened

	latest
	view   unsettled
	files  map[string]library.File // as they were when they were shown before their SHA-256 was known
	recess bool
	recent []library.Shot // shown in this trial, the last first
}

// latest is what was recorded last.
type latest struct {
	shown library.Shot   // zero while the court sees nothing
	moved bool           // a clip of it played since: the court does not see it as it was recorded
	at    int            // the place in the run then
	plays journal.Played // as it began last
}

// unsettled is a view that may change again before it is recorded.
type unsettled struct {
	timer  *time.Timer
	record func() // nil once it is recorded
}

type logged struct {
	entry journal.Entry
	frame *image.RGBA
}

// Journal is the journal, nil until it is open.
func (l *Recorder) Journal() *journal.Journal { return l.journal }

// Settling tells whether a view is not recorded yet, as it may change again.
func (l *Recorder) Settling() bool { return l.view.record != nil }

// Begin records that a trial began, and why where that is not plain.
func (l *Recorder) Begin(why string) {
	t := l.trialOf()
	l.shown, l.moved, l.recess, l.recent, l.err = library.Shot{}, false, false, nil, nil
	l.append(journal.Entry{Kind: journal.KindStart, Trial: &t, Text: why}, nil)
	if l.journal != nil || l.opening {
		return
	}
	l.opening = true
	file, open := l.dossier.File(), l.opener()
	go func() {
		j, setAside, err := open()
		l.events.Post(func() {
			if l.dossier.File() == file {
				l.opened(j, setAside, err)
			}
		})
	}()
}

// opener opens the journal, the same one each time.
func (l *Recorder) opener() func() (*journal.Journal, string, error) {
	own := l.own
	if own == nil {
		return l.dossier.File().Journal
	}
	return func() (*journal.Journal, string, error) {
		j, err := own()
		return j, "", err
	}
}

// Leave sees to it that what waits for the journal is in it before the case is closed: the window may go before it
// hears that the journal is open.
func (l *Recorder) Leave() {
	if l.journal != nil || len(l.waiting) == 0 {
		return
	}
	j, _, err := l.opener()()
	if err != nil {
		slog.Error("open journal", "err", err)
		return
	}
	for _, w := range l.waiting {
		j.Append(w.entry, w.frame)
	}
	l.waiting = nil
}

func (l *Recorder) opened(j *journal.Journal, setAside string, err error) {
	l.opening, l.journal, l.err = false, j, err
	if err != nil {
		slog.Error("open journal", "err", err)
		l.waiting = nil
		l.notices.TellText(l.labels.In().T("journal.not-open", "why", label.Why(l.labels.In(), err)), true)
		return
	}
	if setAside != "" {
		l.notices.TellText(l.labels.In().T("journal.set-aside", "name", filepath.Base(setAside)), true)
	}
	for _, w := range l.waiting {
		j.Append(w.entry, w.frame)
	}
	l.waiting = nil
	l.Complete()
	if l.then != nil {
		l.then()
		l.then = nil
	}
	l.events.Changed(event.StageChanged)
}

// append records an entry, and sees to it that it is completed where it lacks a SHA-256. Where the journal can't be opened, which the console says, nothing is kept:
// there is nowhere to put it, and frames are large.
func (l *Recorder) append(e journal.Entry, frame *image.RGBA) {
	l.lacking(e)
	switch {
	case l.journal != nil:
		l.journal.Append(e, frame)
		return
	case l.err != nil:
		return
	}
	e.At = time.Now()
	l.waiting = append(l.waiting, logged{e, frame})
}

// Record takes what the court is about to see. Where a clip came to stand, and was wound to, is another view of it.
func (l *Recorder) Record(e projector.Event) {
	at := l.stage.State().At
	if e.Kind == projector.Shows && (l.moved || l.shown != e.Shot) && sameMarks(l.shown, e.Shot) && l.at == at {
		l.moved = false
		l.later(e)
		return
	}
	l.settled()
	switch e.Kind {
	case projector.Plays: // the court goes on seeing what is shown
		l.moved = true
		played := l.playedOf(e)
		l.plays = *played
		l.append(journal.Entry{Kind: journal.KindPlay, Played: played}, nil)
		return
	case projector.Stops:
		played := l.playedOf(e)
		if was := l.plays; was.SHA256 != "" { // what the player has open, whatever stands under its name by now
			played.SHA256, played.Title, played.Folio, played.Sound = was.SHA256, was.Title, was.Folio, was.Sound
		}
		l.append(journal.Entry{Kind: journal.KindStop, Played: played}, nil)
		return
	case projector.Shows:
		l.at, l.moved = at, false
		l.resume()
		l.append(journal.Entry{Kind: journal.KindShow, Shown: l.shownOf(e)}, e.Frame)
		l.shown = e.Shot
		l.remember(e.Shot)
		return
	case projector.Refuses:
		l.append(journal.Entry{Kind: journal.KindRefused}, nil)
	case projector.Blackens:
		l.append(journal.Entry{Kind: journal.KindBlack}, nil)
	case projector.Loses:
		l.append(journal.Entry{Kind: journal.KindLost}, nil)
	case projector.Finds:
		l.append(journal.Entry{Kind: journal.KindFound, Text: sizeText(e.Size)}, nil)
	}
	l.shown = library.Shot{}
}

// later records a change of view once it settles.
func (l *Recorder) later(e projector.Event) {
	if l.view.timer != nil {
		l.view.timer.Stop()
	}
	l.view.record = func() {
		l.append(journal.Entry{Kind: journal.KindView, Shown: l.shownOf(e)}, e.Frame)
	}
	l.shown = e.Shot
	l.view.timer = time.AfterFunc(viewSettles, func() { l.events.Post(l.settled) })
}

// settled records the view that has not settled yet, if there is one.
func (l *Recorder) settled() {
	if l.view.record == nil {
		return
	}
	settle := l.view.record
	l.view.record = nil
	settle()
}

// End records that the trial ended, or was cut off.
func (l *Recorder) End(kind journal.Kind) {
	l.settled()
	l.append(journal.Entry{Kind: kind}, nil)
	l.shown = library.Shot{}
}

func (l *Recorder) resume() {
	if l.recess {
		l.recess = false
		l.append(journal.Entry{Kind: journal.KindResume}, nil)
	}
}

// sameMarks tells whether two shots differ in the view and in what was drawn live alone.
func sameMarks(a, b library.Shot) bool {
	return a.SamePages(b) && a.Beat == b.Beat && a.Unmarked == b.Unmarked
}

// withoutBeats are marks as they were seen, whatever beat brought them.
func withoutBeats(marks []library.Mark) library.Marks {
	for i := range marks {
		marks[i].Beat = 0
	}
	return library.MarksOf(marks...)
}

func sizeText(size image.Point) string { return fmt.Sprintf("%dx%d", size.X, size.Y) }

// shownOf describes for the journal a shot that is shown at the log's place in the run.
func (l *Recorder) shownOf(e projector.Event) *journal.Shown {
	shown := &journal.Shown{Size: sizeText(e.Size), Ground: l.ground(e.Shot)}
	if ref, ok := l.run.StepAt(l.at); ok && l.run.ShotAt(l.at).SamePages(e.Shot) {
		shown.Phase, shown.Scenario, shown.Step = ref.Phase.Title, ref.Scenario.Title, string(ref.Step.ID)
		shown.Number, shown.Title = l.labels.Number(ref.Step.ID), ref.Step.Title
	}
	shown.Beat, shown.MarksHidden = int(e.Shot.Beat), e.Shot.Unmarked
	for i, p := range e.Shot.List() {
		f := l.dossier.FileAt(p.Page.Path)
		origin := e.Origins[i]
		pane := journal.Pane{
			Path: p.Page.Path, SHA256: f.SHA256, Page: p.Page.Index + 1, Clip: f.Kind.Clip(), Title: l.labels.Title(p.Page), Turn: int(p.Turn), Upright: int(origin.Upright),
			View:  [4]float64{p.View.X0, p.View.Y0, p.View.X1, p.View.Y1},
			Marks: withoutBeats(e.Shot.Drawn(i, origin.Marks)), Adjust: p.Adjust, Caption: origin.Caption, Tone: e.Tones[i], Tracks: p.Tracks,
		}
		if folio := l.dossier.Folio(p.Page); !folio.IsZero() {
			pane.Folio = folio.String()
		}
		shown.Panes = append(shown.Panes, pane)
		if f.IsIncomplete(p.Page.Index) {
			shown.Overridden = append(shown.Overridden, "incomplete")
		}
		if state, _ := l.dossier.Outline().LocateFile(p.Page.Path, l.dossier.Index()); state == library.PageChanged {
			shown.Overridden = append(shown.Overridden, "changed")
		}
	}
	if why := l.labels.Restriction(e.Shot); why != "" {
		shown.Overridden = append(shown.Overridden, "restricted: "+why)
	}
	return shown
}

// playedOf describes for the journal what a clip is about to play, or played.
func (l *Recorder) playedOf(e projector.Event) *journal.Played {
	i, span, _ := e.Shot.Clip()
	page := e.Shot.Panes[i].Page
	f := l.dossier.FileAt(page.Path)
	played := &journal.Played{
		Path: page.Path, SHA256: f.SHA256, Title: l.labels.Title(page), Sound: f.Kind == library.KindAudio,
		Tracks: e.Shot.Panes[i].Tracks, From: page.Index, Speed: span.Rate(), Mute: span.Mute,
	}
	if folio := l.dossier.Folio(page); !folio.IsZero() {
		played.Folio = folio.String()
	}
	if e.Kind == projector.Stops {
		played.From, played.To = e.From, page.Index
	}
	span.Mute = false
	played.Volume = span.Loudness()
	return played
}

// Trouble says that the journal can't be written, or is behind; "" when all is well.
func (l *Recorder) Trouble() string {
	if l.err != nil {
		return l.labels.In().T("journal.trouble", "why", label.Why(l.labels.In(), l.err))
	}
	if l.journal == nil {
		return ""
	}
	behind, err := l.journal.Behind()
	switch {
	case err != nil:
		return l.labels.In().T("journal.trouble", "why", label.Why(l.labels.In(), err))
	case behind:
		return l.labels.In().T("journal.behind")
	}
	return ""
}

// Note records a line of note, an answer or an argument of the defence, with the step at which it is
// made and whom that asks.
//
// met is the excerpt with which an argument is met, "" for none: its page is noted, not its words.
func (l *Recorder) Note(text string, argument bool, met library.ID) {
	if !l.stage.Running() || text == "" {
		return
	}
	n := l.noteHere()
	n.Argument = argument
	if e, ok := l.dossier.Outline().Excerpt(met); ok {
		_, now := l.dossier.Outline().Locate(e.Page, l.dossier.Index())
		n.Excerpt, n.Met = string(e.ID), l.labels.Name(now)
	}
	l.append(journal.Entry{Kind: journal.KindNote, Text: text, Note: &n}, nil)
	l.notices.Tell("note.kept", false)
	l.events.Changed(event.StageChanged)
}

// Consent records what the panel said to a request.
func (l *Recorder) Consent(shot library.Shot, said journal.Consent) {
	l.settled()
	for _, p := range shot.List() {
		pane := journal.Pane{Path: p.Page.Path, Page: p.Page.Index + 1, Clip: l.dossier.FileAt(p.Page.Path).Kind.Clip(), Title: l.labels.Title(p.Page)}
		if folio := l.dossier.Folio(p.Page); !folio.IsZero() {
			pane.Folio = folio.String()
		}
		said.Panes = append(said.Panes, pane)
	}
	l.append(journal.Entry{Kind: journal.KindConsent, Consent: &said}, nil)
	l.events.Changed(event.StageChanged)
}

// Answer records that the present step answers an argument.
func (l *Recorder) Answer(n int) {
	note := l.noteHere()
	note.Answers = n
	l.append(journal.Entry{Kind: journal.KindNote, Note: &note}, nil)
	l.events.Changed(event.StageChanged)
}

func (l *Recorder) noteHere() journal.Note {
	ref, ok := l.run.StepAt(l.stage.State().At)
	if !ok {
		return journal.Note{}
	}
	n := journal.Note{Step: string(ref.Step.ID), Number: l.labels.Number(ref.Step.ID)}
	if p, ok := l.dossier.Outline().Person(ref.Step.Asks); ok {
		n.Person = p.Name
	}
	return n
}

// OpenArguments are the arguments of the defence that no step has answered, in order.
func (l *Recorder) OpenArguments() []journal.Entry {
	if l.journal == nil {
		return nil
	}
	return l.journal.OpenArguments()
}

// Recess tells whether the hearing pauses.
func (l *Recorder) Recess() bool { return l.recess }

// ToggleRecess lets the hearing pause, with a black screen, or go on.
func (l *Recorder) ToggleRecess() {
	if !l.stage.Running() {
		return
	}
	if l.recess {
		l.resume()
	} else {
		l.stage.Blacken()
		l.recess = true
		l.append(journal.Entry{Kind: journal.KindRecess}, nil)
	}
	l.events.Changed(event.StageChanged)
}

// mostRecent is how many shots the strip of what was shown has.
const mostRecent = 12

func (l *Recorder) remember(shot library.Shot) {
	recent := []library.Shot{shot}
	_, _, plays := shot.Clip()
	for i, have := range l.recent {
		// The same picture, looked at or marked otherwise since; of a clip, wherever it stood.
		drawnOn := (i == 0 || plays) && have.SamePages(shot)
		if have != shot && !drawnOn && len(recent) < mostRecent {
			recent = append(recent, have)
		}
	}
	l.recent = recent
}

// Recent are the shots that were shown in this trial, the last first. The slice is not to be written to.
func (l *Recorder) Recent() []library.Shot {
	if !l.stage.Running() {
		return nil
	}
	return l.recent
}

// trialOf says what begins, for the journal.
func (l *Recorder) trialOf() journal.Trial {
	t := journal.Trial{
		Rehearsal: l.settings.Rehearsal(), Mode: l.court.Mode().String(), Case: l.dossier.Latest().Case.ID,
		Program: l.versions.Program, Renderer: l.versions.Renderer,
	}
	if l.court.Attached() {
		t.Screen = sizeText(l.stage.Projector().Size())
	}
	return t
}
