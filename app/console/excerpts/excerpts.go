// Package excerpts is the study of the open case in the window: its excerpts and matters as they are made, listed, filtered,
// looked at, and brought into the outline.
package excerpts

import (
	"strings"

	"butluc/app/console/dossier"
	"butluc/app/console/event"
	"butluc/app/console/hearing"
	"butluc/app/console/label"
	"butluc/app/console/markedit"
	"butluc/app/console/notice"
	"butluc/app/console/stage"
	"butluc/app/console/study"
	"butluc/app/i18n"
	"butluc/library"
	"butluc/presenter"
)

// Excerpts are the excerpts and matters of the open case. They belong to the UI goroutine.
type Excerpts struct {
	lang     *i18n.Localizer
	dossier  *dossier.Dossier
	labels   *label.Labels
	edits    *dossier.Edits
	stage    *stage.Stage
	pictures *study.Pictures
	control  *hearing.Control
	study    *study.Study
	events   *event.Bus
	notices  *notice.Bar

	chosen library.ID // the excerpt at hand, "" for none
	into   library.ID // the scenario that excerpts became steps of last
	list   list

	closing Closing
}

// Deps are what the excerpts work with.
type Deps struct {
	Lang     *i18n.Localizer
	Dossier  *dossier.Dossier
	Labels   *label.Labels
	Edits    *dossier.Edits
	Stage    *stage.Stage
	Pictures *study.Pictures
	Control  *hearing.Control
	Study    *study.Study
	Events   *event.Bus
	Notices  *notice.Bar
}

// New makes the excerpts of a case: none is at hand.
func New(d Deps) *Excerpts {
	x := &Excerpts{
		lang: d.Lang, dossier: d.Dossier, labels: d.Labels, edits: d.Edits, stage: d.Stage, pictures: d.Pictures,
		control: d.Control, study: d.Study, events: d.Events, notices: d.Notices,
	}
	x.closing.x = x
	return x
}

// Chosen is the excerpt at hand; ok is false where none is, or it is gone.
func (x *Excerpts) Chosen() (e library.Excerpt, ok bool) {
	return x.dossier.Outline().Excerpt(x.chosen)
}

// Choose takes an excerpt at hand, "" for none.
func (x *Excerpts) Choose(id library.ID) {
	x.chosen = id
	x.events.Changed(event.StudyChanged)
}

// Make keeps a passage of a page, given by regions of it as it lies upright: its words are taken from the page's text, and it
// is at hand from then on.
func (x *Excerpts) Make(page library.PageID, regions []library.Rect, text markedit.Text) bool {
	words := wordsIn(text, regions)
	e := library.Excerpt{
		ID: library.NewID(), Page: page, Area: library.AreaOf(regions[:min(len(regions), library.MaxArea)]...),
		Turn: x.dossier.PagesNow().Of(page).Upright, Words: words, Text: words,
	}
	if !x.edits.Edit(x.dossier.Outline().AddExcerpt(e)) {
		return false
	}
	x.Choose(e.ID)
	return true
}

// MakeOf keeps what is heard in a recording from a line's beginning to so many milliseconds; it is at hand from then on.
func (x *Excerpts) MakeOf(c library.Cue, to int) bool {
	e := library.Excerpt{ID: library.NewID(), Page: c.First, To: to, Words: c.Text, Text: c.Text, Person: c.Person}
	if !x.edits.Edit(x.dossier.Outline().AddExcerpt(e)) {
		return false
	}
	x.Choose(e.ID)
	return true
}

// wordsIn are the words of a page's text whose middles lie in regions of it, in their order; hyphens at the ends of lines
// stay as they are.
func wordsIn(text markedit.Text, regions []library.Rect) string {
	var words []string
	size := 0
	for _, line := range text {
		for _, w := range line.Words {
			mid := library.Point{X: (w.Box.X0 + w.Box.X1) / 2, Y: (w.Box.Y0 + w.Box.Y1) / 2}
			for _, r := range regions {
				if mid.X >= r.X0 && mid.X <= r.X1 && mid.Y >= r.Y0 && mid.Y <= r.Y1 {
					if size += len(w.Text) + 1; size < library.MaxText {
						words = append(words, w.Text)
					}
					break
				}
			}
		}
	}
	return strings.Join(words, " ")
}

// Change changes the excerpt at hand; of none it does nothing.
func (x *Excerpts) Change(change func(*library.Excerpt)) bool {
	e, ok := x.Chosen()
	if !ok {
		return false
	}
	change(&e)
	return x.edits.Edit(x.dossier.Outline().Set(e))
}

// SetSide says for whom the excerpt at hand speaks.
func (x *Excerpts) SetSide(side library.Side) bool {
	return x.Change(func(e *library.Excerpt) { e.Side = side })
}

// Prove says that the excerpt at hand proves a matter, or takes that back.
func (x *Excerpts) Prove(matter library.ID) bool {
	return x.Change(func(e *library.Excerpt) {
		if e.Matters.Has(matter) {
			e.Matters = e.Matters.Without(matter)
			return
		}
		e.Matters = e.Matters.With(matter)
	})
}

// Delete deletes the excerpt at hand.
func (x *Excerpts) Delete() bool {
	e, ok := x.Chosen()
	if !ok || !x.edits.Edit(x.dossier.Outline().DeleteExcerpts(e.ID)) {
		return false
	}
	x.Choose("")
	return true
}

// Contradict ties two excerpts as contradicting each other, or takes that back.
func (x *Excerpts) Contradict(a, b library.ID) bool {
	_, tied := x.dossier.Outline().Contradiction(a, b)
	if !x.edits.Edit(x.dossier.Outline().Contradict(a, b)) {
		return false
	}
	x.notices.TellText(x.lang.T(map[bool]string{false: "excerpt.tied", true: "excerpt.untied"}[tied]), false)
	return true
}

// Pane is an excerpt's page with the passage highlighted, as it would go to the court: where the page is now.
func (x *Excerpts) Pane(e library.Excerpt) library.Pane {
	_, now := x.dossier.Outline().Locate(e.Page, x.dossier.Index())
	pane := e.Pane()
	pane.Page, pane.Marks = now, library.MarksOf(e.AreaOn(x.dossier.PagesNow().Of(now).Upright).Highlight()...)
	return pane
}

// Go looks at an excerpt's page, with the excerpt at hand; in a running trial the page is in Preview, the passage
// highlighted. It never shows anything to the court.
func (x *Excerpts) Go(id library.ID) {
	e, ok := x.dossier.Outline().Excerpt(id)
	if !ok {
		return
	}
	pane := x.Pane(e)
	switch state, _ := x.dossier.Outline().Locate(e.Page, x.dossier.Index()); state {
	case library.PageChanged, library.PageMissing, library.PageAmbiguous, library.PageUnreadable:
		x.notices.TellText(x.lang.T("excerpt.page-"+string(state), "name", x.labels.Name(pane.Page)), true)
		if state != library.PageChanged {
			return
		}
	case library.PageFound, library.PageMoved, library.PageNoFolio, library.PageShort:
	}
	x.study.Show(pane)
	if x.stage.Running() {
		x.control.Do(presenter.Call{Shot: library.Shot{}.Add(pane)})
	}
	x.chosen = id
	x.events.Changed(event.PageChanged | event.StudyChanged)
}

// IntoOutline makes a step of an excerpt, in the scenario of the step that is chosen, else where the last one went, else in
// the first scenario; an empty outline gets one.
func (x *Excerpts) IntoOutline(id library.ID) bool {
	e, ok := x.dossier.Outline().Excerpt(id)
	return ok && x.addSteps(x.step(e))
}

// Beside makes a step of two excerpts side by side.
func (x *Excerpts) Beside(a, b library.ID) bool {
	o := x.dossier.Outline()
	one, ok := o.Excerpt(a)
	other, there := o.Excerpt(b)
	return ok && there && x.addSteps(o.BesideOf(one, other, x.dossier.Index()))
}

// Scenario makes a scenario of a matter, a step for each excerpt that proves it.
func (x *Excerpts) Scenario(p library.Proof) bool {
	if p.Count() == 0 {
		x.notices.Tell("matter.no-excerpts", true)
		return false
	}
	o, phase := x.dossier.Outline(), x.phase()
	var before library.Edit
	if phase == "" {
		phase = library.NewID()
		before = o.AddPhase(library.Phase{ID: phase, Code: string(library.PartQuestioning), Title: x.lang.T("excerpt.phase")}, library.Place{})
		next, err := o.Apply(before)
		if err != nil {
			return false
		}
		o = next
	}
	e := o.ScenarioFrom(p, library.Place{Parent: phase}, x.dossier.Index(), x.aspect, x.box())
	e.Changes = append(before.Changes, e.Changes...)
	if !x.edits.Edit(e) {
		return false
	}
	x.notices.TellText(x.lang.T("matter.scenario-made", "name", p.Matter.Title, "count", p.Count()), false)
	return true
}

func (x *Excerpts) step(e library.Excerpt) library.Step {
	return x.dossier.Outline().StepOf(e, x.dossier.Index(), x.aspect(e.Page), x.box(), false)
}

// aspect is the proportion of an upright page, that of a sheet until it is known.
func (x *Excerpts) aspect(p library.PageID) float64 {
	if a := x.pictures.Aspect(library.Pane{Page: p}); a > 0 {
		return a
	}
	return 1 / 1.414
}

// box is the proportion of the court's screen.
func (x *Excerpts) box() float64 {
	if size := x.stage.Projector().Size(); size.X > 0 && size.Y > 0 {
		return float64(size.X) / float64(size.Y)
	}
	return 16.0 / 9
}

// phase is where a new scenario belongs: the chosen step's phase, else the questioning, else the first; "" where there is none.
func (x *Excerpts) phase() library.ID {
	o := x.dossier.Outline()
	if ref, ok := o.Ref(x.study.Step()); ok {
		return ref.Phase.ID
	}
	phases := o.Phases()
	for _, p := range phases {
		if p.Part() == library.PartQuestioning {
			return p.ID
		}
	}
	if len(phases) > 0 {
		return phases[0].ID
	}
	return ""
}

// scenario is where a new step belongs; "" where there is none.
func (x *Excerpts) scenario() library.ID {
	o := x.dossier.Outline()
	if ref, ok := o.Ref(x.study.Step()); ok {
		return ref.Scenario.ID
	}
	if _, there := o.Scenario(x.into); there {
		return x.into
	}
	for _, p := range o.Phases() {
		if all := o.Scenarios(p.ID); len(all) > 0 {
			return all[0].ID
		}
	}
	return ""
}

func (x *Excerpts) addSteps(steps ...library.Step) bool {
	o := x.dossier.Outline()
	var before []library.Change
	into := x.scenario()
	if into == "" {
		phase, edits := x.phase(), []library.Edit{}
		if phase == "" {
			phase = library.NewID()
			edits = append(edits, o.AddPhase(library.Phase{ID: phase, Code: string(library.PartQuestioning), Title: x.lang.T("excerpt.phase")}, library.Place{}))
		}
		into = library.NewID()
		for _, e := range edits {
			next, err := o.Apply(e)
			if err != nil {
				return false
			}
			o, before = next, append(before, e.Changes...)
		}
		e := o.AddScenario(library.Scenario{ID: into, Title: x.lang.T("excerpt.scenario")}, library.Place{Parent: phase})
		next, err := o.Apply(e)
		if err != nil {
			return false
		}
		o, before = next, append(before, e.Changes...)
	}
	e := o.AddSteps(library.Place{Parent: into}, steps...)
	e.Changes = append(before, e.Changes...)
	if !x.edits.Edit(e) {
		return false
	}
	x.into = into
	s, _ := x.dossier.Outline().Scenario(into)
	x.notices.TellText(x.lang.T("excerpt.step-made", "name", steps[0].Title, "scenario", s.Title), false)
	return true
}
