// Package librarytest has cases for tests, and makes outlines grow at random for those that edit them for long.
package librarytest

import (
	"math/rand/v2"
	"strconv"

	"butluc/library"
)

// Edit is something that a person might do next with an outline of up to about 200 steps. It may be refused, or change
// nothing.
func Edit(r *rand.Rand, o library.Outline) library.Edit {
	var scenarios, steps []library.ID
	for _, p := range o.Phases() {
		for _, s := range o.Scenarios(p.ID) {
			scenarios = append(scenarios, s.ID)
		}
	}
	for ref := range o.Walk() {
		steps = append(steps, ref.Step.ID)
	}
	pick := func(ids []library.ID) library.ID {
		if len(ids) == 0 {
			return ""
		}
		return ids[r.IntN(len(ids))]
	}
	switch n := r.IntN(10); {
	case len(scenarios) == 0:
		if ps := o.Phases(); len(ps) > 0 {
			return o.AddScenario(library.Scenario{Title: "Tình huống"}, library.Place{Parent: ps[0].ID})
		}
		return o.AddPhase(library.Phase{ID: library.NewID(), Title: "Xét hỏi"}, library.Place{})
	case len(steps) < 3 || n < 2 && len(steps) < 200:
		return o.AddSteps(library.Place{Parent: pick(scenarios)}, library.Step{Shot: library.ShotOf(library.PageID{Path: "a.pdf", Index: n})})
	case n < 6:
		s, _ := o.Step(pick(steps))
		s.Say += string(rune('a' + n))
		return o.Set(s)
	case n == 6:
		return o.Delete(pick(steps))
	case n == 7 && len(steps) < 200:
		return o.Duplicate(pick(steps))
	case n == 8:
		return o.Nudge(pick(steps), 1-2*r.IntN(2))
	default:
		return o.Set(library.PageNote{Page: library.PageID{Path: "a.pdf", Index: r.IntN(50)}, Text: strconv.Itoa(r.IntN(1000))})
	}
}
