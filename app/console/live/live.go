// Package live is what is drawn while the court looks, and how it is kept as steps.
package live

import (
	"slices"
	"time"

	"butluc/app/console/dossier"
	"butluc/app/console/notice"
	"butluc/app/console/stage"
	"butluc/app/i18n"
	"butluc/library"
)

// Marks is what is drawn while the court looks.
type Marks struct {
	lang    *i18n.Localizer
	dossier *dossier.Dossier
	edits   *dossier.Edits
	notices *notice.Bar
	stage   *stage.Stage

	drawn   int            // steps made in this trial of what was drawn
	drawing library.Shot   // Program with what was drawn on it, as a step would hold it; zero without
	kept    library.Shot   // what of it is a step already
	unkept  []library.Shot // drawn on before, and left without being kept or cleared
}

// New makes what is drawn in the trials of a case: nothing yet.
func New(lang *i18n.Localizer, ds *dossier.Dossier, edits *dossier.Edits, notices *notice.Bar, st *stage.Stage) *Marks {
	return &Marks{lang: lang, dossier: ds, edits: edits, notices: notices, stage: st}
}

// Steps that were drawn at trial stand under a phase and scenario of their own at the outline's end.
const (
	Phase    library.ID = "tai-phien-toa"
	Scenario library.ID = "danh-dau-tai-phien-toa"
)

// Follow remembers what was drawn on a shot that the court does not see any more, so that it can be kept.
func (l *Marks) Follow(program library.Shot) {
	switch {
	case program.HasLive():
		l.drawing = program.Kept()
	case l.drawing.IsZero():
	case program.SamePages(l.drawing): // cleared
		l.drawing = library.Shot{}
	default:
		if l.drawing != l.kept {
			l.unkept = append(l.unkept, l.drawing)
		}
		l.drawing = library.Shot{}
	}
}

// Begin is called when a trial begins.
func (l *Marks) Begin() { l.drawn = 0 }

// Drawn is how many steps were made in this trial of what was drawn.
func (l *Marks) Drawn() int { return l.drawn }

// Resume is called when a trial goes on in which a shot was shown: what was drawn on it, and made a step when the trial was cut
// off, is not made one once more.
func (l *Marks) Resume(shot library.Shot) {
	drawn := shot.Kept()
	if slices.ContainsFunc(l.dossier.Outline().Steps(Scenario), func(step library.Step) bool { return step.Shot == drawn }) {
		l.kept = drawn
	}
}

// Keep makes a step of what was drawn on the shot that the court sees, or saw last.
func (l *Marks) Keep() {
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

// KeepAll makes steps of all that was drawn in the trial and neither kept nor cleared: nothing is lost.
func (l *Marks) KeepAll() {
	l.Follow(library.Shot{})
	unkept := l.unkept
	l.drawing, l.kept, l.unkept = library.Shot{}, library.Shot{}, nil
	if len(unkept) > 0 && !l.addSteps(unkept...) {
		l.unkept = unkept // K tries again
	}
}

// keep makes a step of a shot, now or when the trial ends.
func (l *Marks) keep(shot library.Shot) bool {
	if !l.dossier.Outlined() && l.stage.Running() {
		// With its first step the run would be the outline instead of the file's pages, in the middle of a trial.
		l.unkept = append([]library.Shot{shot}, l.unkept...)
		l.notices.Tell("live.kept-later", false)
		return true
	}
	return l.addSteps(shot)
}

// addSteps adds steps at the end of the outline, as one edit.
func (l *Marks) addSteps(shots ...library.Shot) bool {
	o := l.dossier.Outline()
	var e library.Edit
	add := func(next library.Edit) {
		e.Changes = append(e.Changes, next.Changes...)
		if after, err := o.Apply(next); err == nil {
			o = after
		}
	}
	if _, there := o.Phase(Phase); !there {
		add(o.AddPhase(library.Phase{ID: Phase, Title: l.lang.T("live.phase")}, library.Place{}))
	}
	if _, there := o.Scenario(Scenario); !there {
		add(o.AddScenario(library.Scenario{ID: Scenario, Title: l.lang.T("live.scenario")}, library.Place{Parent: Phase}))
	}
	steps := make([]library.Step, 0, len(shots))
	for _, shot := range shots {
		steps = append(steps, library.Step{Title: l.lang.T("live.step", "time", time.Now().Format("15:04")), Shot: shot})
	}
	add(o.AddSteps(library.Place{Parent: Scenario}, steps...))
	e.Label = "mark"
	if !l.edits.Edit(e) {
		return false
	}
	l.drawn += len(shots)
	l.notices.TellText(l.lang.T("live.kept", "count", len(shots)), false)
	return true
}
