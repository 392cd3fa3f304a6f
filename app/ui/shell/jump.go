package shell

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"

	"butluc/app/console"
	"butluc/app/ui/outline"
	"butluc/app/ui/theme"
	"butluc/app/ui/widgets"
	"butluc/library"
)

// jumpLine finds a scenario or a step by the beginnings of its words, accents or not. Enter puts it into
// Preview, or in Prepare chooses it.
type jumpLine struct {
	s       *console.Session
	field   *widgets.Field
	list    *fyne.Container
	content *fyne.Container
	focus   func(fyne.Focusable)
	found   []target
	at      int
}

// target is a scenario, or with a step's id a step.
type target struct {
	scenario library.ID
	step     library.ID
	name     string
}

const mostTargets = 9

func newJumpLine(s *console.Session, focus func(fyne.Focusable)) *jumpLine {
	j := &jumpLine{s: s, focus: focus, field: widgets.NewField(s.T("jump.hint")), list: container.NewVBox()}
	j.field.OnChanged = func(string) { j.search() }
	j.field.OnSubmitted = func(string) { j.submit() }
	j.field.OnEscape = j.close
	j.field.OnDown = func() { j.choose(j.at + 1) }
	j.field.OnUp = func() { j.choose(j.at - 1) }
	j.content = container.NewStack(canvas.NewRectangle(theme.Color(theme.Raised)),
		widgets.Inset(theme.Gap, container.NewVBox(j.field, j.list)))
	j.content.Hide()
	return j
}

func (j *jumpLine) visible() bool { return j.content.Visible() }

func (j *jumpLine) open() {
	if len(j.s.Dossier.Outline().Phases()) == 0 {
		j.s.Notices.Tell("jump.no-outline", true)
		return
	}
	widgets.Show(j.content, true)
	j.field.SetText("")
	j.search()
	j.focus(j.field)
}

func (j *jumpLine) close() {
	j.content.Hide()
	j.focus(nil)
}

func (j *jumpLine) search() {
	j.found, j.at = findTargets(j.s, j.field.Text), 0
	j.show()
}

// findTargets lists the scenarios that have the words, then the steps.
func findTargets(s *console.Session, typed string) []target {
	filter := library.NewFilter(typed)
	has := func(text string) bool { return filter.Match(library.Fold(text)) }
	o := s.Dossier.Outline()
	var scenarios, steps []target
	for _, p := range o.Phases() {
		for _, sc := range o.Scenarios(p.ID) {
			name := s.Labels.Number(sc.ID) + "  " + sc.Title
			if sc.Trigger != "" {
				name += " – " + sc.Trigger
			}
			if key := outline.KeyOf(sc); key != "" {
				name += "  [" + key + "]"
			}
			if has(name) && len(scenarios) < mostTargets {
				scenarios = append(scenarios, target{scenario: sc.ID, name: name})
			}
			if filter.IsZero() || len(steps) >= mostTargets {
				continue
			}
			for _, step := range o.Steps(sc.ID) {
				shows := s.Labels.ShotFolios(step.Shot)
				if has(shows + " " + step.Title + " " + step.Say) {
					steps = append(steps, target{sc.ID, step.ID, s.Labels.Number(step.ID) + "  " + strings.TrimSpace(shows+"  "+s.Labels.StepName(step))})
				}
			}
		}
	}
	all := append(scenarios, steps...)
	return all[:min(len(all), mostTargets)]
}

func (j *jumpLine) choose(i int) {
	if i >= 0 && i < len(j.found) {
		j.at = i
		j.show()
	}
}

func (j *jumpLine) show() {
	j.list.RemoveAll()
	for i, t := range j.found {
		row := widgets.Line(t.name)
		ground := canvas.NewRectangle(theme.Color(theme.Raised))
		if i == j.at {
			ground.FillColor = theme.Faint(theme.Accent, 0.3)
			row.TextStyle.Bold = true
		}
		ground.CornerRadius = theme.Radius
		j.list.Add(widgets.NewTap(container.NewStack(ground, row), func() {
			j.at = i
			j.submit()
		}))
	}
	if len(j.found) == 0 {
		j.list.Add(widgets.Small(j.s.T("jump.none")))
	}
}

func (j *jumpLine) submit() {
	if j.at >= len(j.found) {
		return
	}
	t := j.found[j.at]
	j.close()
	switch {
	case t.step != "":
		j.s.Study.SelectStep(t.step)
	case !j.s.Study.JumpScenario(t.scenario):
		scenario, _ := j.s.Dossier.Outline().Scenario(t.scenario)
		j.s.Notices.TellText(j.s.T("jump.no-steps", "name", scenario.Title), true)
	}
}
