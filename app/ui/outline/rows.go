// Package outline is the panel of the outline: phases, scenarios and steps as one list, with the words
// written in their place. Prepare edits in it; the Trial room shows it.
package outline

import (
	"butluc/library"
)

// kind is what a row is of.
type kind uint8

const (
	phaseRow kind = iota
	scenarioRow
	stepRow
	draftRow // a row that is being written and is not in the outline yet
)

// row is one line of the flattened outline. What it shows is looked up when it is drawn.
type row struct {
	kind     kind
	id       library.ID // "" for a draft
	phase    library.ID
	scenario library.ID // "" for a phase
	count    int        // steps in a scenario, scenarios in a phase
}

// draft is a row that a person has begun and written nothing in yet: of a scenario or a step.
type draft struct {
	kind kind
	at   library.Place
}

// folded remembers the texts that a filter looks through, of records as they were.
type folded map[library.Key]struct {
	of   library.Record
	text string
}

// text is a record's words without accents.
func (f folded) text(r library.Record, words string) string {
	known, ok := f[r.Key()]
	if !ok || known.of != r {
		known.of, known.text = r, library.Fold(words)
		f[r.Key()] = known
	}
	return known.text
}

// flattener lists an outline's rows.
type flattener struct {
	o      library.Outline
	closed map[library.ID]bool
	draft  *draft
	filter library.Filter
	texts  folded
	rows   []row
}

// flatten lists the outline's rows in order, without those below a closed one. With words, only the
// rows that have all of them are listed, accents or not, under the rows that they belong to.
func flatten(o library.Outline, closed map[library.ID]bool, d *draft, texts folded, words string) []row {
	f := flattener{o: o, closed: closed, draft: d, filter: library.NewFilter(words), texts: texts}
	for _, id := range o.Order(library.TablePhases, "") {
		f.phase(id)
	}
	return f.rows
}

func (f *flattener) open(id library.ID) bool { return !f.filter.IsZero() || !f.closed[id] }

func (f *flattener) draftAt(k kind, parent, before library.ID) {
	if d := f.draft; d != nil && d.kind == k && d.at.Parent == parent && d.at.Before == before {
		f.rows = append(f.rows, row{kind: draftRow})
	}
}

func (f *flattener) phase(id library.ID) {
	scenarios := f.o.Order(library.TableScenarios, id)
	top := len(f.rows)
	f.rows = append(f.rows, row{kind: phaseRow, id: id, phase: id, count: len(scenarios)})
	if !f.open(id) {
		return
	}
	title := ""
	if !f.filter.IsZero() {
		p, _ := f.o.Phase(id)
		title = f.texts.text(p, p.Title)
	}
	for _, s := range scenarios {
		f.draftAt(scenarioRow, id, s)
		f.scenario(id, s, title)
	}
	f.draftAt(scenarioRow, id, "")
	if len(f.rows) == top+1 && !f.filter.IsZero() && !f.filter.Match(title) {
		f.rows = f.rows[:top]
	}
}

func (f *flattener) scenario(phase, id library.ID, phaseTitle string) {
	steps := f.o.Order(library.TableSteps, id)
	top := len(f.rows)
	f.rows = append(f.rows, row{kind: scenarioRow, id: id, phase: phase, scenario: id, count: len(steps)})
	if !f.open(id) {
		return
	}
	all, title := true, ""
	if !f.filter.IsZero() {
		s, _ := f.o.Scenario(id)
		title = f.texts.text(s, library.ScenarioTexts.Words(s))
		all = f.filter.Match(phaseTitle, title)
	}
	for _, step := range steps {
		if !all {
			s, _ := f.o.Step(step)
			if !f.filter.Match(phaseTitle, title, f.texts.text(s, library.StepTexts.Words(s))) {
				continue
			}
		}
		f.draftAt(stepRow, id, step)
		f.rows = append(f.rows, row{kind: stepRow, id: step, phase: phase, scenario: id})
	}
	f.draftAt(stepRow, id, "")
	if !all && len(f.rows) == top+1 {
		f.rows = f.rows[:top]
	}
}

// parents are what a row stands under, nearest last: what must be open so that it is seen.
func (r row) parents() []library.ID {
	switch r.kind {
	case stepRow:
		return []library.ID{r.phase, r.scenario}
	case scenarioRow:
		return []library.ID{r.phase}
	default:
		return nil
	}
}
