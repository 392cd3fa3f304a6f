package console

import (
	"time"

	"butluc/app/i18n"
	"butluc/library"
)

// Live is what is drawn while the court looks.
type Live struct {
	dossier *Dossier
	edits   *Edits
	notices *Notices
	stage   *Stage

	drawn   int            // steps made in this trial of what was drawn
	drawing library.Shot   // Program with what was drawn on it, as a step would hold it; zero without
	kept    library.Shot   // what of it is a step already
	unkept  []library.Shot // drawn on before, and left without being kept or cleared
}

// Steps that were drawn at trial stand under a phase and scenario of their own at the outline's end.
const (
	livePhase    library.ID = "tai-phien-toa"
	liveScenario library.ID = "danh-dau-tai-phien-toa"
)

// follow remembers what was drawn on a shot that the court does not see any more, so that it can be kept.
func (l *Live) follow(program library.Shot) {
	switch {
	case program.HasLive():
		l.drawing = program.Kept()
	case l.drawing.IsZero():
	case samePages(program, l.drawing): // cleared
		l.drawing = library.Shot{}
	default:
		if l.drawing != l.kept {
			l.unkept = append(l.unkept, l.drawing)
		}
		l.drawing = library.Shot{}
	}
}

// Keep makes a step of what was drawn on the shot that the court sees, or saw last.
func (l *Live) Keep() {
	switch n := len(l.unkept); {
	case !l.drawing.IsZero() && l.drawing != l.kept:
		if l.keep(l.drawing) {
			l.kept = l.drawing
		}
	case n > 0:
		last := l.unkept[n-1]
		l.unkept = l.unkept[:n-1]
		if !l.keep(last) {
			l.unkept = append(l.unkept, last)
		}
	default:
		l.notices.Tell("live.nothing", false)
	}
}

// keepAll makes steps of all that was drawn in the trial and neither kept nor cleared: nothing is lost.
func (l *Live) keepAll() {
	l.follow(library.Shot{})
	unkept := l.unkept
	l.drawing, l.kept, l.unkept = library.Shot{}, library.Shot{}, nil
	if len(unkept) > 0 && !l.addSteps(unkept...) {
		l.unkept = unkept // K tries again
	}
}

// keep makes a step of a shot, now or when the trial ends.
func (l *Live) keep(shot library.Shot) bool {
	if !l.dossier.outlined() && l.stage.Running() {
		// With its first step the run would be the outline instead of the file's pages, in the middle of a trial.
		l.unkept = append([]library.Shot{shot}, l.unkept...)
		l.notices.Tell("live.kept-later", false)
		return true
	}
	return l.addSteps(shot)
}

// addSteps adds steps at the end of the outline, as one edit.
func (l *Live) addSteps(shots ...library.Shot) bool {
	o := l.dossier.Outline()
	var e library.Edit
	add := func(next library.Edit) {
		e.Changes = append(e.Changes, next.Changes...)
		if after, err := o.Apply(next); err == nil {
			o = after
		}
	}
	if _, there := o.Phase(livePhase); !there {
		add(o.AddPhase(library.Phase{ID: livePhase, Title: i18n.T("live.phase")}, library.Place{}))
	}
	if _, there := o.Scenario(liveScenario); !there {
		add(o.AddScenario(library.Scenario{ID: liveScenario, Title: i18n.T("live.scenario")}, library.Place{Parent: livePhase}))
	}
	steps := make([]library.Step, 0, len(shots))
	for _, shot := range shots {
		steps = append(steps, library.Step{Title: i18n.T("live.step", "time", time.Now().Format("15:04")), Shot: shot})
	}
	add(o.AddSteps(library.Place{Parent: liveScenario}, steps...))
	e.Label = "mark"
	if !l.edits.Edit(e) {
		return false
	}
	l.drawn += len(shots)
	l.notices.TellText(i18n.T("live.kept", "count", len(shots)), false)
	return true
}
