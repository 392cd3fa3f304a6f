package console

import (
	"log/slog"
	"slices"
	"strings"

	"butluc/app/console/label"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/library/journal"
	"butluc/presenter"
	"butluc/presenter/projector"
)

// Hearing is the trial: its beginning and its end, and what the stage tells of it.
type Hearing struct {
	dossier  *Dossier
	labels   *label.Labels
	edits    *Edits
	stage    *Stage
	run      *Run
	guard    *Guard
	reading  *Reading
	live     *Live
	recorder *Recorder
	resume   *Resume
	control  *Control
	events   *Events
	notices  *Notices
	settings *Settings
	court    *Court
	speakers *Speakers
	begins   func() // before it does
	windowed bool   // there is a window: the next one asks for a trial that was cut off
}

// begin begins the trial at a place of the run.
func (h *Hearing) begin(at int, why string) {
	h.notices.Clear()
	h.begins()
	h.court.begin()
	h.recorder.begin(h.recorder.trialOf(), strings.TrimSpace(why+" "+h.edits.doubt()))
	if h.windowed {
		h.settings.Remember(trialCase, h.dossier.file.Dir())
	}
	h.run.cameTo, h.live.drawn = at-1, 0
	h.stage.projector.Do(presenter.Start{At: at})
	h.reading.follow()
	h.events.Changed(ScreenChanged)
}

// Rehearse chooses whether the next trial is a rehearsal.
func (h *Hearing) Rehearse(rehearsal bool) {
	if !h.stage.Running() {
		h.settings.rehearsal = rehearsal
		h.events.Changed(ScreenChanged)
	}
}

// End ends the trial, as a person wished. The court screen is black, and stays so until [Court.Release]: the court
// never sees the desktop because a hearing is over.
func (h *Hearing) End() {
	if !h.stage.Running() {
		return
	}
	h.finish(journal.KindEnd)
	h.live.keepAll()
	h.control.together()
	h.resume.forgetPlace()
	h.court.hold()
	h.events.Changed(ScreenChanged)
}

// CutOff leaves a running trial in order that no person ended, as when the system goes down: it is offered to be gone
// on with. Without one it does nothing.
func (h *Hearing) CutOff() {
	if !h.stage.Running() {
		return
	}
	h.finish(journal.KindCut)
	h.live.keepAll()
	h.control.together()
	h.court.end()
	h.events.Changed(ScreenChanged)
}

// finish stops the trial, black, and records how.
func (h *Hearing) finish(kind journal.Kind) {
	h.stage.blacken() // what played is recorded first
	h.stage.projector.Do(presenter.End{})
	h.recorder.end(kind)
	if h.speakers.player != nil {
		h.speakers.player.Rest() // a stick can be taken out again
	}
	h.reading.follow()
}

// look changes how a pane of a shot is looked at. page and box are the proportions of the page and of the room
// that it has, width to height.
type look func(i int, pane library.Pane, page, box float64) library.Pane

// clipError says why a recording can't be played, or plays no more.
func (h *Hearing) clipError(e projector.ClipError) {
	slog.Error("play recording", "path", e.Shot.First().Page.Path, "fault", e.Fault, "err", e.Err)
	if e.Shot.IsZero() {
		return // nobody asked for it yet
	}
	i, _, _ := e.Shot.Clip()
	name := h.labels.Name(e.Shot.Panes[i].Page)
	if e.Fault == library.FaultNone || e.Fault == library.FaultCrashed {
		h.notices.TellText(i18n.T("clip.ended", "name", name), true)
		return
	}
	h.notices.TellText(i18n.T("fault."+string(e.Fault), "name", name), true)
}

// moved takes that the stage did something, and remembers the steps that the court saw in this trial.
func (h *Hearing) moved() {
	h.events.Changed(StageChanged)
	st := h.stage.State()
	h.recorder.hashSeen(st)
	h.live.follow(st.Program)
	if !st.Running {
		h.run.seen, h.guard.grounds = nil, nil
		return
	}
	if h.run.sees(st) {
		if h.run.seen == nil {
			h.run.seen = map[string]bool{}
		}
		h.run.seen[h.run.cues[st.At].ID] = true
	}
	h.run.cameTo = st.At
	h.resume.keepPlace()
}

// effect takes what the stage has to tell.
func (h *Hearing) effect(e presenter.Effect) {
	switch e := e.(type) {
	case presenter.Ask:
		h.notices.TellText(i18n.T("caution."+e.Why.String(), "name", h.labels.Name(e.Shot.First().Page), "why", h.labels.Restriction(e.Shot)), true)
	case presenter.Tell:
		if e.What == presenter.TakeFailed {
			key := "notice.take-failed"
			if h.stage.State().Dark {
				key = "notice.take-failed-black"
			}
			h.notices.TellText(i18n.T(key, "why", h.failureText(h.stage.State().Preview)), true)
			return
		}
		if h.court.mode == ModeSingle && (e.What == presenter.ScreenAway || e.What == presenter.ScreenAgain) {
			return // on purpose, by a key
		}
		h.notices.Tell("notice."+string(e.What), e.What == presenter.ScreenAway)
	case projector.ClipError:
		h.clipError(e)
	case projector.ScreenError:
		slog.Error("court screen", "err", e.Err)
		h.notices.Tell("error.court", true)
	}
}

// failureText says why a shot could not be drawn.
func (h *Hearing) failureText(shot library.Shot) string {
	if f, ok := h.stage.projector.Frame(shot); ok && f.Err != nil {
		return h.labels.ErrorText(f.Err, shot.First().Page)
	}
	return i18n.T("fault.broken", "name", h.labels.Name(shot.First().Page))
}

// goOn begins the trial where it was cut off: black, what the court saw last in Preview.
func (h *Hearing) goOn() {
	p := *h.resume.unfinished
	h.resume.unfinished = nil
	h.court.mode, h.court.shareSize = p.Mode, p.Share
	at := max(0, h.run.cueAt(library.ID(p.Cue)))
	called := at < len(h.run.cues) && h.run.cues[at].Shot != p.Shot && !p.Shot.IsZero()
	if called && samePages(h.run.cues[at].Shot, p.Shot) {
		at++ // the step itself, at another beat or as it was looked at and drawn on: its next is what follows
	}
	if drawn := p.Shot.Kept(); slices.ContainsFunc(h.dossier.Outline().Steps(liveScenario), func(step library.Step) bool { return step.Shot == drawn }) {
		h.live.kept = drawn // when the trial was cut off: not once more
	}
	h.begin(at, "it was cut off")
	if called {
		h.control.Do(presenter.Call{Shot: p.Shot})
	}
}
