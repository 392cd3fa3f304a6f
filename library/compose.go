package library

import (
	"fmt"
	"reflect"
	"slices"
)

// Labels are what edits are called, for the undo menu: each has words under the key "edit." + label.
var Labels = []string{
	"add", "move", "delete", "duplicate", "paste", "type", "change", "digit",
	"heading", "join", "note", "person", "cover", "import", "template", "relink", "confirm", "contents", "mark",
	"binding", "folios", "passage", "recording", "register", "excerpt", "matter", "contradiction", "stated-hash",
	"cue", "cues",
}

// Place is where among its siblings something is put.
type Place struct {
	Parent ID // the phase, scenario or matter; "" for phases, persons, and matters that are part of none
	Before ID // the sibling that it is to stand before; "": at the end
}

// After is the place right after a phase, scenario, step, person or matter.
func (o Outline) After(id ID) Place {
	t, r, ok := o.node(id)
	if !ok {
		return Place{}
	}
	parent, _, _ := parentOf(r)
	siblings := o.in().order[t][parent]
	at := slices.Index(siblings, id) + 1
	if at < len(siblings) {
		return Place{parent, siblings[at]}
	}
	return Place{Parent: parent}
}

// node finds a record of the ordered tables.
func (o Outline) node(id ID) (Table, Record, bool) {
	for _, t := range []Table{TableSteps, TableScenarios, TablePhases, TablePersons, TableMatters, TableParagraphs} {
		if r, ok := o.in().rows[t][string(id)]; ok {
			return t, r, true
		}
	}
	return "", nil, false
}

// placed is the record at another place.
func placed(r Record, parent ID, rank string) Record {
	switch r := r.(type) {
	case Person:
		r.Rank = rank
		return r
	case Phase:
		r.Rank = rank
		return r
	case Scenario:
		r.Phase, r.Rank = parent, rank
		return r
	case Step:
		r.Scenario, r.Rank = parent, rank
		return r
	case Matter:
		r.Parent, r.Rank = parent, rank
		return r
	case Paragraph:
		r.Rank = rank
		return r
	default:
		return r
	}
}

// insert gives the changes that put records, which are of one table and in order, at a place. Those
// that are in the outline are moved, the others added.
func (o Outline) insert(t Table, records []Record, at Place) ([]Change, error) {
	moving := make(map[ID]bool, len(records))
	for _, r := range records {
		moving[ID(r.Key().ID)] = true
	}
	var siblings []ID // that stay
	index := -1
	before := at.Before
	for _, id := range o.in().order[t][at.Parent] {
		if id == before {
			if moving[id] { // before itself: before the next that stays
				before = ""
				index = len(siblings)
				continue
			}
			index = len(siblings)
		}
		if !moving[id] {
			siblings = append(siblings, id)
		}
	}
	switch {
	case at.Before == "":
		index = len(siblings)
	case index < 0:
		return nil, fmt.Errorf("place before %s: %w", at.Before, ErrNoRecord)
	}
	rankAt := func(i int) string {
		if i < 0 || i >= len(siblings) {
			return ""
		}
		_, rank, _ := parentOf(o.in().rows[t][string(siblings[i])])
		return rank
	}
	var changes []Change
	low, high := rankAt(index-1), rankAt(index)
	ranks := []string{}
	if high == "" || low < high {
		ranks = SpreadRanks(low, high, len(records))
	}
	if len(ranks) != len(records) || slices.ContainsFunc(ranks, func(r string) bool { return len(r) > longRank }) {
		// No room, or ranks grow long: all siblings get new ones.
		all := SpreadRanks("", "", len(siblings)+len(records))
		for i, id := range siblings {
			rank := all[i]
			if i >= index {
				rank = all[i+len(records)]
			}
			have := o.in().rows[t][string(id)]
			if next := placed(have, at.Parent, rank); next != have {
				changes = append(changes, Change{have, next})
			}
		}
		ranks = all[index : index+len(records)]
	}
	for i, r := range records {
		have := o.in().rows[t][r.Key().ID]
		next := placed(r, at.Parent, ranks[i])
		if have == nil || next != have {
			changes = append(changes, Change{have, next})
		}
	}
	return changes, nil
}

func (o Outline) add(label string, t Table, records []Record, at Place) Edit {
	for _, r := range records {
		if _, there := o.get(r.Key()); there {
			return Edit{Label: label, fault: fmt.Errorf("%s %s: %w", t, r.Key().ID, ErrThere)}
		}
	}
	changes, err := o.insert(t, records, at)
	return Edit{Label: label, Changes: changes, fault: err}
}

// AddPhase adds a phase; without an id it gets one.
func (o Outline) AddPhase(p Phase, at Place) Edit {
	if p.ID == "" {
		p.ID = NewID()
	}
	return o.add("add", TablePhases, []Record{p}, at)
}

// AddScenario adds a scenario to the phase at.Parent; without an id it gets one.
func (o Outline) AddScenario(s Scenario, at Place) Edit {
	if s.ID == "" {
		s.ID = NewID()
	}
	return o.add("add", TableScenarios, []Record{s}, at)
}

// AddSteps adds steps to the scenario at.Parent, in order; those without an id get one.
func (o Outline) AddSteps(at Place, steps ...Step) Edit {
	records := make([]Record, len(steps))
	for i, s := range steps {
		if s.ID == "" {
			s.ID = NewID()
		}
		records[i] = s
	}
	return o.add("add", TableSteps, records, at)
}

// AddPerson adds a person at the end; without an id they get one.
func (o Outline) AddPerson(p Person) Edit {
	if p.ID == "" {
		p.ID = NewID()
	}
	return o.add("person", TablePersons, []Record{p}, Place{})
}

// Set puts a record in the place of the one with its key, or adds it where there is none. A zero
// note or recording is none, and removes the one that there was. Places are for [Outline.Move]: the rank and
// parent of a record that is there stay as they are.
func (o Outline) Set(r Record) Edit {
	return o.SetAll(labelOf(r), r)
}

// SetAll is [Outline.Set] for several records at once.
func (o Outline) SetAll(label string, records ...Record) Edit {
	e := Edit{Label: label}
	for _, r := range records {
		if n, ok := r.(interface{ isZero() bool }); ok && n.isZero() {
			if have, there := o.get(r.Key()); there {
				e.Changes = append(e.Changes, Change{Before: have})
			}
			continue
		}
		have, there := o.get(r.Key())
		if !there {
			if _, rank, ordered := parentOf(r); ordered && rank == "" {
				e.fault = fmt.Errorf("%s %s: %w", r.Key().Table, r.Key().ID, ErrNoRecord)
			}
			e.Changes = append(e.Changes, Change{After: r})
			continue
		}
		if parent, rank, ordered := parentOf(have); ordered {
			r = placed(r, parent, rank)
		}
		if !sameRecord(have, r) {
			e.Changes = append(e.Changes, Change{have, r})
		}
	}
	if len(e.Changes) == 1 {
		if e.Field = fieldOf(e.Changes[0]); e.Field != "" {
			e.Label = "type"
		}
	}
	return e
}

func labelOf(r Record) string {
	switch r.(type) {
	case Cover:
		return "cover"
	case Person:
		return "person"
	case Heading:
		return "heading"
	case Join:
		return "join"
	case Binding:
		return "binding"
	case PageNote:
		return "note"
	case Passage:
		return "passage"
	case Recording:
		return "recording"
	case Cue:
		return "cue"
	case StatedHash:
		return "stated-hash"
	case Docket:
		return "register"
	case Matter:
		return "matter"
	case Excerpt:
		return "excerpt"
	case Paragraph:
		return "paragraph"
	case Contradiction:
		return "contradiction"
	default:
		return "change"
	}
}

// fieldOf names the one text that a change changes, "" where it does anything else.
func fieldOf(c Change) string {
	if c.Before == nil || c.After == nil {
		return ""
	}
	a, b := reflect.ValueOf(c.Before), reflect.ValueOf(c.After)
	if hasList(c.Before) || a.Type() != b.Type() {
		return ""
	}
	name := ""
	for i := range a.NumField() {
		if a.Field(i).Equal(b.Field(i)) {
			continue
		}
		if name != "" || a.Field(i).Type() != reflect.TypeFor[string]() {
			return ""
		}
		name = a.Type().Field(i).Name
	}
	return name
}

// SetDigit gives a scenario its digit, 0 for none, and takes it from the one that had it.
func (o Outline) SetDigit(scenario ID, digit int) Edit {
	s, ok := o.Scenario(scenario)
	if !ok {
		return Edit{Label: "digit", fault: fmt.Errorf("scenario %s: %w", scenario, ErrNoRecord)}
	}
	var records []Record
	if other, ok := o.ScenarioOf(digit); ok && other.ID != scenario {
		other.Digit = 0
		records = append(records, other)
	}
	s.Digit = digit
	return o.SetAll("digit", append(records, s)...)
}

// Remove removes the records of the keys: of headings, joins, notes and the like. For what has
// children or is referred to, use [Outline.Delete].
func (o Outline) Remove(label string, keys ...Key) Edit {
	e := Edit{Label: label}
	for _, k := range keys {
		if r, ok := o.get(k); ok {
			e.Changes = append(e.Changes, Change{Before: r})
		}
	}
	return e
}
