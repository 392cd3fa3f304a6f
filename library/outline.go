package library

import (
	"cmp"
	"iter"
	"maps"
	"slices"
)

// Outline is everything that a person prepared of a case: the outline itself, the persons, how
// files are cut and joined into documents, and what was noted on pages.
//
// It is a value that never changes: [Outline.Apply] gives another. Two outlines are equal by ==
// when nothing was done between them. The zero Outline is empty. It may be read from any goroutine.
type Outline struct{ c *content }

// content is what an outline holds. It is never written to once its outline was given out; tables
// and lists that an edit leaves alone are shared.
type content struct {
	rows map[Table]map[string]Record
	// order has the ids below each parent in order; persons and phases are below "". Each table of
	// the ordered ones has its own.
	order map[Table]map[ID][]ID
	uses  *uses
	cuts  *cuts
	// dossier outlives cuts where an edit changes notes alone that are about no document.
	dossier *dossier
}

var empty = &content{uses: &uses{}, cuts: &cuts{}, dossier: &dossier{}}

func (o Outline) in() *content {
	if o.c == nil {
		return empty
	}
	return o.c
}

// get finds a record by its key.
func (o Outline) get(k Key) (Record, bool) {
	r, ok := o.in().rows[k.Table][k.ID]
	return r, ok
}

func find[R Record](o Outline, t Table, id string) (R, bool) {
	r, ok := o.in().rows[t][id].(R)
	return r, ok
}

// IsEmpty tells whether nothing was prepared.
func (o Outline) IsEmpty() bool {
	for _, rows := range o.in().rows {
		if len(rows) > 0 {
			return false
		}
	}
	return true
}

// Records gives all records, table by table, in no order within one.
func (o Outline) Records() iter.Seq[Record] {
	return func(yield func(Record) bool) {
		for _, t := range Tables {
			for _, r := range o.in().rows[t] {
				if !yield(r) {
					return
				}
			}
		}
	}
}

// Count is how many records a table has.
func (o Outline) Count(t Table) int { return len(o.in().rows[t]) }

// Cover is the first sheet; of an outline without one, that of a criminal case with nothing on it.
func (o Outline) Cover() Cover {
	c, ok := find[Cover](o, TableCover, coverKey)
	if !ok {
		c.Kind = CaseCriminal
	}
	return c
}

// Person finds a person.
func (o Outline) Person(id ID) (Person, bool) { return find[Person](o, TablePersons, string(id)) }

// Phase finds a phase.
func (o Outline) Phase(id ID) (Phase, bool) { return find[Phase](o, TablePhases, string(id)) }

// Scenario finds a scenario.
func (o Outline) Scenario(id ID) (Scenario, bool) {
	return find[Scenario](o, TableScenarios, string(id))
}

// Step finds a step.
func (o Outline) Step(id ID) (Step, bool) { return find[Step](o, TableSteps, string(id)) }

// Heading finds the document that a person let begin at a page.
func (o Outline) Heading(p PageID) (Heading, bool) {
	return find[Heading](o, TableHeadings, p.String())
}

// Note is what was noted on a page; where nothing was, the zero note of that page.
func (o Outline) Note(p PageID) PageNote {
	if n, ok := find[PageNote](o, TablePages, p.String()); ok {
		return n
	}
	return PageNote{Page: p}
}

// Source finds what a file was when it was first referred to.
func (o Outline) Source(path string) (Source, bool) { return find[Source](o, TableSources, path) }

// Order gives the ids of what stands below a parent, in order: of phases and persons below "". Unlike
// the views it copies nothing, and is not to be written to.
func (o Outline) Order(t Table, parent ID) []ID { return o.in().order[t][parent] }

// Persons gives all persons in order. The slice is the caller's, as of all views.
func (o Outline) Persons() []Person { return listOf[Person](o, TablePersons, "") }

// Phases gives all phases in order.
func (o Outline) Phases() []Phase { return listOf[Phase](o, TablePhases, "") }

// Scenarios gives a phase's scenarios in order.
func (o Outline) Scenarios(phase ID) []Scenario {
	return listOf[Scenario](o, TableScenarios, phase)
}

// Steps gives a scenario's steps in order.
func (o Outline) Steps(scenario ID) []Step { return listOf[Step](o, TableSteps, scenario) }

func listOf[R Record](o Outline, t Table, parent ID) []R {
	c := o.in()
	ids := c.order[t][parent]
	list := make([]R, 0, len(ids))
	for _, id := range ids {
		list = append(list, c.rows[t][string(id)].(R))
	}
	return list
}

// Joins gives all joins, ordered by their first paths' bytes.
func (o Outline) Joins() []Join {
	return sorted[Join](o, TableJoins, func(a, b Join) int {
		return cmp.Or(slices.Compare(a.Paths, b.Paths), cmp.Compare(a.ID, b.ID))
	})
}

// Headings gives all headings, ordered by path in bytes and page.
func (o Outline) Headings() []Heading {
	return sorted(o, TableHeadings, func(a, b Heading) int { return comparePages(a.First, b.First) })
}

// Notes gives all page notes, ordered by path in bytes and page.
func (o Outline) Notes() []PageNote {
	return sorted(o, TablePages, func(a, b PageNote) int { return comparePages(a.Page, b.Page) })
}

// Flagged gives the notes that carry a flag, in the order of the exhibits; those whose page is in
// none come last.
func (o Outline) Flagged(x *Index) []PageNote {
	var notes []PageNote
	for _, r := range o.in().rows[TablePages] {
		if n := r.(PageNote); n.Flag != FlagNone {
			notes = append(notes, n)
		}
	}
	slices.SortFunc(notes, func(a, b PageNote) int {
		return cmp.Or(cmp.Compare(x.place(a.Page), x.place(b.Page)), comparePages(a.Page, b.Page))
	})
	return notes
}

// Sources gives all sources, ordered by path in bytes.
func (o Outline) Sources() []Source {
	return sorted(o, TableSources, func(a, b Source) int { return cmp.Compare(a.Path, b.Path) })
}

func sorted[R Record](o Outline, t Table, compare func(a, b R) int) []R {
	list := make([]R, 0, o.Count(t))
	for _, r := range o.in().rows[t] {
		list = append(list, r.(R))
	}
	slices.SortFunc(list, compare)
	return list
}

func comparePages(a, b PageID) int {
	return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Index, b.Index))
}

// StepRef is a step with what it stands under.
type StepRef struct {
	Phase    Phase
	Scenario Scenario
	Step     Step
}

// Walk gives all steps in the outline's order.
func (o Outline) Walk() iter.Seq[StepRef] {
	return func(yield func(StepRef) bool) {
		for _, p := range o.Phases() {
			for _, s := range o.Scenarios(p.ID) {
				for _, step := range o.Steps(s.ID) {
					if !yield(StepRef{p, s, step}) {
						return
					}
				}
			}
		}
	}
}

// Ref finds a step with what it stands under.
func (o Outline) Ref(step ID) (StepRef, bool) {
	s, ok := o.Step(step)
	if !ok {
		return StepRef{}, false
	}
	scenario, _ := o.Scenario(s.Scenario)
	phase, _ := o.Phase(scenario.Phase)
	return StepRef{phase, scenario, s}, true
}

// ScenarioOf finds the scenario that has the digit.
func (o Outline) ScenarioOf(digit int) (Scenario, bool) {
	if digit > 0 {
		for _, r := range o.in().rows[TableScenarios] {
			if s := r.(Scenario); s.Digit == digit {
				return s, true
			}
		}
	}
	return Scenario{}, false
}

// parentOf tells under what a record of an ordered table stands, and its rank there.
func parentOf(r Record) (parent ID, rank string, ordered bool) {
	switch r := r.(type) {
	case Person:
		return "", r.Rank, true
	case Phase:
		return "", r.Rank, true
	case Scenario:
		return r.Phase, r.Rank, true
	case Step:
		return r.Scenario, r.Rank, true
	case Matter:
		return r.Parent, r.Rank, true
	case Paragraph:
		return "", r.Rank, true
	default:
		return "", "", false
	}
}

// reorder makes the list of one parent's children anew.
func (c *content) reorder(t Table, parents map[ID]bool) {
	old := c.order[t]
	lists := maps.Clone(old)
	if lists == nil {
		lists = map[ID][]ID{}
	}
	for parent := range parents {
		lists[parent] = nil
	}
	type child struct {
		id   ID
		rank string
	}
	children := map[ID][]child{}
	for id, r := range c.rows[t] {
		if parent, rank, _ := parentOf(r); parents[parent] {
			children[parent] = append(children[parent], child{ID(id), rank})
		}
	}
	for parent := range parents {
		list := children[parent]
		if len(list) == 0 {
			delete(lists, parent)
			continue
		}
		slices.SortFunc(list, func(a, b child) int { return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.id, b.id)) })
		ids := make([]ID, len(list))
		for i, ch := range list {
			ids[i] = ch.id
		}
		lists[parent] = ids
	}
	if c.order == nil {
		c.order = map[Table]map[ID][]ID{}
	}
	c.order[t] = lists
}
