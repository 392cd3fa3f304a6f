// Package outline is the panel of the outline: phases, scenarios and steps as one list, with the words
// written in their place. Prepare edits in it; the Trial room shows it.
package outline

import (
	"strings"

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

// row is one line of the flattened outline.
type row struct {
	kind     kind
	id       library.ID // "" for a draft
	phase    library.Phase
	scenario library.Scenario
	step     library.Step
	number   string // of a step in its scenario: "1.2"
	count    int    // steps in a scenario, scenarios in a phase
}

// draft is a row that a person has begun and written nothing in yet: of a scenario or a step.
type draft struct {
	kind kind
	at   library.Place
}

// flatten lists the outline's rows in order, without those below a closed one. With words, only the
// rows that have all of them are listed, accents or not, under the rows that they belong to.
func flatten(o library.Outline, closed map[library.ID]bool, number func(library.Scenario) string, d *draft, words string) []row {
	wanted := strings.Fields(library.Fold(words))
	has := func(texts ...string) bool {
		text := library.Fold(strings.Join(texts, "\n"))
		for _, w := range wanted {
			if !strings.Contains(text, w) {
				return false
			}
		}
		return true
	}
	open := func(id library.ID) bool { return len(wanted) > 0 || !closed[id] }
	var rows []row
	draftAt := func(k kind, parent, before library.ID) {
		if d != nil && d.kind == k && d.at.Parent == parent && d.at.Before == before {
			rows = append(rows, row{kind: draftRow})
		}
	}
	for _, p := range o.Phases() {
		scenarios := o.Scenarios(p.ID)
		top := len(rows)
		rows = append(rows, row{kind: phaseRow, id: p.ID, phase: p, count: len(scenarios)})
		if !open(p.ID) {
			continue
		}
		for _, s := range scenarios {
			draftAt(scenarioRow, p.ID, s.ID)
			steps := o.Steps(s.ID)
			all := has(p.Title, s.Title, s.Trigger, s.Notes)
			below := make([]row, 0, len(steps)+1)
			for i, step := range steps {
				if all || has(p.Title, s.Title, s.Trigger, step.Title, step.Say, step.Notes, step.Ground) {
					below = append(below, row{
						kind: stepRow, id: step.ID, phase: p, scenario: s, step: step,
						number: number(s) + "." + itoa(i+1),
					})
				}
			}
			if len(wanted) > 0 && !all && len(below) == 0 {
				continue
			}
			rows = append(rows, row{kind: scenarioRow, id: s.ID, phase: p, scenario: s, count: len(steps)})
			if !open(s.ID) {
				continue
			}
			for _, b := range below {
				draftAt(stepRow, s.ID, b.id)
				rows = append(rows, b)
			}
			draftAt(stepRow, s.ID, "")
		}
		draftAt(scenarioRow, p.ID, "")
		if len(wanted) > 0 && len(rows) == top+1 && !has(p.Title) {
			rows = rows[:top]
		}
	}
	return rows
}

// parents are what a row stands under, nearest last: what must be open so that it is seen.
func (r row) parents() []library.ID {
	switch r.kind {
	case stepRow:
		return []library.ID{r.phase.ID, r.scenario.ID}
	case scenarioRow:
		return []library.ID{r.phase.ID}
	default:
		return nil
	}
}
