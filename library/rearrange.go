package library

import (
	"fmt"
	"slices"
)

// Move puts phases, scenarios, steps, persons or matters, all of one table, at a place, in the order in
// which they stand in the outline.
func (o Outline) Move(at Place, ids ...ID) Edit {
	e := Edit{Label: "move"}
	t, records, err := o.picked(ids)
	if err == nil {
		e.Changes, err = o.insert(t, records, at)
	}
	e.fault = err
	return e
}

// Nudge moves a phase, scenario, step, person or matter by one among its siblings: up with by < 0, else
// down. At the end of its scenario a step goes on to the next one, and a scenario to the next phase.
func (o Outline) Nudge(id ID, by int) Edit {
	t, r, ok := o.node(id)
	if !ok || by == 0 {
		return Edit{Label: "move"}
	}
	parent, _, _ := parentOf(r)
	siblings := o.in().order[t][parent]
	at := slices.Index(siblings, id)
	switch {
	case by < 0 && at > 0:
		return o.Move(Place{parent, siblings[at-1]}, id)
	case by > 0 && at+1 < len(siblings):
		return o.Move(o.After(siblings[at+1]), id)
	}
	parents := o.parents(t)
	to := slices.Index(parents, parent)
	if to += sign(by); t == TablePhases || t == TablePersons || t == TableMatters || t == TableParagraphs || to < 0 || to >= len(parents) {
		return Edit{Label: "move"}
	}
	place := Place{Parent: parents[to]}
	if below := o.in().order[t][place.Parent]; by > 0 && len(below) > 0 {
		place.Before = below[0]
	}
	return o.Move(place, id)
}

func sign(n int) int {
	if n < 0 {
		return -1
	}
	return 1
}

// parents lists all phases, or all scenarios, in the outline's order.
func (o Outline) parents(t Table) []ID {
	phases := o.in().order[TablePhases][""]
	if t == TableScenarios {
		return phases
	}
	var scenarios []ID
	for _, p := range phases {
		scenarios = append(scenarios, o.in().order[TableScenarios][p]...)
	}
	return scenarios
}

// picked gives records that must all be of one table, in the outline's order.
func (o Outline) picked(ids []ID) (Table, []Record, error) {
	want := make(map[ID]bool, len(ids))
	var table Table
	for _, id := range ids {
		t, _, ok := o.node(id)
		if !ok {
			return "", nil, fmt.Errorf("%s: %w", id, ErrNoRecord)
		}
		if table != "" && t != table {
			return "", nil, fmt.Errorf("%s with %s: %w", t, table, ErrInvalid)
		}
		table, want[id] = t, true
	}
	var records []Record
	parents := []ID{""}
	switch table {
	case TableScenarios, TableSteps:
		parents = o.parents(table)
	case TableMatters:
		for _, n := range o.MatterTree() {
			parents = append(parents, n.Matter.ID)
		}
	default:
	}
	for _, p := range parents {
		for _, id := range o.in().order[table][p] {
			if want[id] {
				records = append(records, o.in().rows[table][string(id)])
			}
		}
	}
	return table, records, nil
}

// Delete deletes phases and scenarios with all below them, steps, and persons, whom nobody asks any
// more then. Ids that are not there are no fault: a child may have been chosen with its parent.
func (o Outline) Delete(ids ...ID) Edit {
	e := Edit{Label: "delete"}
	gone := map[ID]bool{}
	var remove func(t Table, id ID)
	remove = func(t Table, id ID) {
		r, ok := o.in().rows[t][string(id)]
		if !ok || gone[id] {
			return
		}
		gone[id] = true
		switch t {
		case TablePhases:
			for _, s := range o.in().order[TableScenarios][id] {
				remove(TableScenarios, s)
			}
		case TableScenarios:
			for _, s := range o.in().order[TableSteps][id] {
				remove(TableSteps, s)
			}
		default:
		}
		e.Changes = append(e.Changes, Change{Before: r})
	}
	for _, id := range ids {
		if t, _, ok := o.node(id); ok && t != TablePersons && t != TableMatters && t != TableParagraphs {
			remove(t, id)
		}
	}
	for _, id := range ids {
		if p, ok := o.Person(id); ok && !gone[id] {
			gone[id] = true
			e.Changes = append(append(o.disown(id, gone), e.Changes...), Change{Before: p})
		}
	}
	return e
}

// disown takes a person out of what refers to them, but for steps that go anyway.
func (o Outline) disown(person ID, gone map[ID]bool) []Change {
	var changes []Change
	for _, r := range o.in().rows[TableSteps] {
		if s := r.(Step); s.Asks == person && !gone[s.ID] {
			next := s
			next.Asks = ""
			changes = append(changes, Change{s, next})
		}
	}
	for _, r := range o.in().rows[TableHeadings] {
		if h := r.(Heading); h.Person == person {
			next := h
			next.Person = ""
			changes = append(changes, Change{h, next})
		}
	}
	for _, r := range o.in().rows[TableCues] {
		if c := r.(Cue); c.Person == person {
			next := c
			next.Person = ""
			changes = append(changes, Change{c, next})
		}
	}
	for _, r := range o.in().rows[TableMatters] {
		if m := r.(Matter); m.Person == person {
			next := m
			next.Person = ""
			changes = append(changes, Change{m, next})
		}
	}
	for _, r := range o.in().rows[TableExcerpts] {
		if e := r.(Excerpt); e.Person == person {
			next := e
			next.Person = ""
			changes = append(changes, Change{e, next})
		}
	}
	return changes
}

// Clip is a copy of phases, scenarios or steps with all below them, which stays what it is whatever
// becomes of the outline that it was made of. The zero Clip is empty.
type Clip struct {
	table     Table
	top       []Record // in order
	scenarios map[ID][]Scenario
	steps     map[ID][]Step
}

// IsZero tells whether the clip holds nothing.
func (c Clip) IsZero() bool { return len(c.top) == 0 }

// Table tells of which table the clip's uppermost records are: what it may be pasted into.
func (c Clip) Table() Table { return c.table }

// Copy makes a clip of phases, scenarios or steps, all of one table; it is empty where they are not.
func (o Outline) Copy(ids ...ID) Clip {
	t, records, err := o.picked(ids)
	if err != nil || t == TablePersons || t == TableMatters || t == TableParagraphs {
		return Clip{}
	}
	c := Clip{table: t, top: records, scenarios: map[ID][]Scenario{}, steps: map[ID][]Step{}}
	for _, r := range records {
		switch r := r.(type) {
		case Phase:
			c.scenarios[r.ID] = o.Scenarios(r.ID)
			for _, s := range c.scenarios[r.ID] {
				c.steps[s.ID] = o.Steps(s.ID)
			}
		case Scenario:
			c.steps[r.ID] = o.Steps(r.ID)
		default:
		}
	}
	return c
}

// Paste adds what a clip holds at a place, with new ids. A digit that a scenario has here already
// stays with that; a person that this outline does not have is not asked.
func (o Outline) Paste(c Clip, at Place) Edit { return o.paste("paste", c, at) }

func (o Outline) paste(label string, c Clip, at Place) Edit {
	e := Edit{Label: label}
	top := make([]Record, len(c.top))
	var below []Change
	freshSteps := func(steps []Step, scenario ID) {
		for _, s := range steps {
			s = o.freshStep(s)
			s.Scenario = scenario
			below = append(below, Change{After: s})
		}
	}
	freshScenario := func(s Scenario, phase ID) Scenario {
		old := s.ID
		s.ID, s.Phase = NewID(), phase
		if _, taken := o.ScenarioOf(s.Digit); taken {
			s.Digit = 0
		}
		freshSteps(c.steps[old], s.ID)
		return s
	}
	for i, r := range c.top {
		switch r := r.(type) {
		case Phase:
			old := r.ID
			r.ID = NewID()
			top[i] = r
			for _, s := range c.scenarios[old] {
				at := len(below)
				s = freshScenario(s, r.ID)
				below = slices.Insert(below, at, Change{After: s})
			}
		case Scenario:
			top[i] = freshScenario(r, at.Parent)
		case Step:
			top[i] = o.freshStep(r)
		default:
		}
	}
	if len(top) > 0 {
		e.Changes, e.fault = o.insert(c.table, top, at)
		e.Changes = append(e.Changes, below...)
	}
	return e
}

func (o Outline) freshStep(s Step) Step {
	s.ID = NewID()
	if _, ok := o.Person(s.Asks); !ok {
		s.Asks = ""
	}
	return s
}

// Duplicate adds copies of phases, scenarios or steps, all of one table, after the last of them.
func (o Outline) Duplicate(ids ...ID) Edit {
	c := o.Copy(ids...)
	if c.IsZero() {
		return Edit{Label: "duplicate"}
	}
	return o.paste("duplicate", c, o.After(ID(c.top[len(c.top)-1].Key().ID)))
}
