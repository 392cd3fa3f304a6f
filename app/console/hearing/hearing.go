// Package hearing is the trial: its beginning and end, the order in which the court is to see things, the questions that are
// asked before a page is shown, what a person does to Preview and Program, and how a trial goes on that was cut off.
package hearing

import (
	"log/slog"
	"strings"

	"butluc/app/console/court"
	"butluc/app/console/dossier"
	"butluc/app/console/event"
	"butluc/app/console/label"
	"butluc/app/console/live"
	"butluc/app/console/notice"
	"butluc/app/console/recorder"
	"butluc/app/console/settings"
	"butluc/app/console/stage"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/journal"
	"butluc/presenter"
	"butluc/presenter/projector"
)

// Hearing is the trial: its beginning and its end, and what the stage tells of it.
type Hearing struct {
	lang     *i18n.Localizer
	dossier  *dossier.Dossier
	labels   *label.Labels
	edits    *dossier.Edits
	stage    *stage.Stage
	run      *Run
	guard    *Guard
	reading  *dossier.Reading
	live     *live.Marks
	recorder *recorder.Recorder
	resume   *Resume
	control  *Control
	events   *event.Bus
	notices  *notice.Bar
	settings *settings.Settings
	court    *court.Court
	begins   func()       // before it does
	ends     func()       // once that is recorded
	rest     func()       // afterwards: the player holds no file open
	agreed   library.Shot // that the panel agreed to last in this trial, while it goes on being asked for
	windowed bool         // there is a window: the next one asks for a trial that was cut off
}

// Deps are what the parts of a hearing work with.
type Deps struct {
	Lang     *i18n.Localizer
	Dossier  *dossier.Dossier
	Labels   *label.Labels
	Edits    *dossier.Edits
	Reading  *dossier.Reading
	Stage    *stage.Stage
	Live     *live.Marks
	Court    *court.Court
	Events   *event.Bus
	Notices  *notice.Bar
	Settings *settings.Settings
	Aspect   func(library.Pane) float64 // a page's width over its height when turned, 0 while unknown
	Begins   func()                     // is called before a trial begins
	Ends     func()                     // is called once a trial ended, and that is recorded
	Rest     func()                     // is called when one ended: the player holds no file open
	Windowed bool                       // there is a window: the next one asks for a trial that was cut off
}

// New makes a case's hearing: no trial runs.
func New(d Deps, run *Run, guard *Guard, rec *recorder.Recorder, resume *Resume, control *Control) *Hearing {
	return &Hearing{
		lang: d.Lang, dossier: d.Dossier, labels: d.Labels, edits: d.Edits, stage: d.Stage, run: run, guard: guard, reading: d.Reading,
		live: d.Live, recorder: rec, resume: resume, control: control, events: d.Events, notices: d.Notices, settings: d.Settings,
		court: d.Court, begins: d.Begins, ends: d.Ends, rest: d.Rest, windowed: d.Windowed,
	}
}

// Begin begins the trial at a place of the run.
func (h *Hearing) Begin(at int, why string) {
	h.notices.Clear()
	h.agreed = library.Shot{}
	h.begins()
	h.court.Begin()
	h.recorder.Begin(strings.TrimSpace(why + " " + h.edits.Doubt()))
	if h.windowed {
		h.settings.SetUnfinishedCase(h.dossier.File().Dir())
	}
	h.run.begin(at)
	h.live.Begin()
	h.stage.Projector().Do(presenter.Start{At: at})
	h.reading.Follow()
	h.events.Changed(event.ScreenChanged)
}

// Rehearse chooses whether the next trial is a rehearsal.
func (h *Hearing) Rehearse(rehearsal bool) {
	if !h.stage.Running() {
		h.settings.Rehearse(rehearsal)
		h.events.Changed(event.ScreenChanged)
	}
}

// End ends the trial, as a person wished. The court screen is black, and stays so until [court.Court.Release]: the court
// never sees the desktop because a hearing is over.
func (h *Hearing) End() {
	if !h.stage.Running() {
		return
	}
	h.finish(journal.KindEnd)
	h.live.KeepAll()
	h.control.together()
	h.resume.forgetPlace()
	h.court.Hold()
	h.events.Changed(event.ScreenChanged)
}

// CutOff leaves a running trial in order that no person ended, as when the system goes down: it is offered to be gone
// on with. Without one it does nothing.
func (h *Hearing) CutOff() {
	if !h.stage.Running() {
		return
	}
	h.finish(journal.KindCut)
	h.live.KeepAll()
	h.control.together()
	h.court.End()
	h.events.Changed(event.ScreenChanged)
}

// finish stops the trial, black, and records how.
func (h *Hearing) finish(kind journal.Kind) {
	h.stage.Blacken() // what played is recorded first
	h.stage.Projector().Do(presenter.End{})
	h.recorder.End(kind)
	h.ends()
	h.rest() // a stick can be taken out again
	h.reading.Follow()
}

// Look changes how a pane of a shot is looked at. page and box are the proportions of the page and of the room
// that it has, width to height.
type Look func(i int, pane library.Pane, page, box float64) library.Pane

// clipError says why a recording can't be played, or plays no more.
func (h *Hearing) clipError(e projector.ClipError) {
	slog.Error("play recording", "path", e.Shot.First().Page.Path, "fault", e.Fault, "err", e.Err)
	if e.Shot.IsZero() {
		return // nobody asked for it yet
	}
	i, _, _ := e.Shot.Clip()
	name := h.labels.Name(e.Shot.Panes[i].Page)
	if e.Fault == library.FaultNone || e.Fault == library.FaultCrashed {
		h.notices.TellText(h.lang.T("clip.ended", "name", name), true)
		return
	}
	h.notices.TellText(h.lang.T("fault."+string(e.Fault), "name", name), true)
}

// Moved is called when the stage did something, and remembers the steps that the court saw in this trial.
func (h *Hearing) Moved() {
	h.events.Changed(event.StageChanged)
	st := h.stage.State()
	h.recorder.HashSeen(st)
	h.live.Follow(st.Program)
	h.run.note(st)
	if !st.Running {
		h.guard.grounds = nil
		return
	}
	h.resume.KeepPlace()
}

// Effect takes what the stage has to tell.
func (h *Hearing) Effect(e presenter.Effect) {
	switch e := e.(type) {
	case presenter.Ask:
		h.notices.TellText(h.lang.T("caution."+e.Why.String(), "name", h.labels.Name(e.Shot.First().Page), "why", h.labels.Restriction(e.Shot)), true)
	case presenter.Tell:
		if e.What == presenter.TakeFailed {
			key := "notice.take-failed"
			if h.stage.State().Dark {
				key = "notice.take-failed-black"
			}
			h.notices.TellText(h.lang.T(key, "why", h.failureText(h.stage.State().Preview)), true)
			return
		}
		if h.court.Mode() == court.ModeSingle && (e.What == presenter.ScreenAway || e.What == presenter.ScreenAgain) {
			return // on purpose, by a key
		}
		what := string(e.What)
		if ends := map[presenter.Notice]string{presenter.AtEnd: "outline-end", presenter.AtStart: "outline-start"}; h.dossier.Outlined() && ends[e.What] != "" {
			what = ends[e.What]
		}
		h.notices.Tell("notice."+what, e.What == presenter.ScreenAway)
	case projector.ClipError:
		h.clipError(e)
	case projector.ScreenError:
		slog.Error("court screen", "err", e.Err)
		h.notices.Tell("error.court", true)
	}
}

// failureText says why a shot could not be drawn.
func (h *Hearing) failureText(shot library.Shot) string {
	if f, ok := h.stage.Projector().Frame(shot); ok && f.Err != nil {
		return h.labels.ErrorText(f.Err, shot.First().Page)
	}
	return h.lang.T("fault.broken", "name", h.labels.Name(shot.First().Page))
}

// GoOn begins the trial where it was cut off: black, what the court saw last in Preview.
func (h *Hearing) GoOn() {
	p := *h.resume.unfinished
	h.resume.unfinished = nil
	h.court.Restore(p.Mode, p.Share)
	at := max(0, h.run.CueAt(library.ID(p.Cue)))
	called := at < len(h.run.Cues()) && h.run.Cues()[at].Shot != p.Shot && !p.Shot.IsZero()
	if called && h.run.Cues()[at].Shot.SamePages(p.Shot) {
		at++ // the step itself, at another beat or as it was looked at and drawn on: its next is what follows
	}
	h.live.Resume(p.Shot)
	h.Begin(at, "it was cut off")
	if called {
		h.control.Do(presenter.Call{Shot: p.Shot})
	}
}
