package library

import (
	"cmp"
	"errors"
	"reflect"
	"slices"
)

// Clash is a record that two people changed otherwise from one another. The merged outline has it as the first has it.
type Clash struct {
	Mine, Theirs Record   // nil where one removed it
	Fields       []string // that both changed, by their names in Go; none where one removed it
}

// Merge brings two outlines together that both began as base: what theirs changed is changed in mine too, field by field.
// Where both changed the same, mine stands and the clash is told; what one changed and the other removed stays.
func Merge(base, mine, theirs Outline) (Outline, []Clash) {
	m := merge{base: base, mine: mine, theirs: theirs, out: mine}
	m.movedMine, m.movedTheirs = movedSince(base, mine), movedSince(base, theirs)
	for _, r := range theirs.inTables() {
		m.take(r)
	}
	for _, r := range slices.Backward(base.inTables()) {
		if _, stays := theirs.get(r.Key()); !stays {
			m.remove(r)
		}
	}
	return m.out, m.clashes
}

type merge struct {
	base, mine, theirs, out Outline
	movedMine, movedTheirs  map[Key]bool
	clashes                 []Clash
}

// inTables gives the records that a person made, those that others stand under first, in their order.
func (o Outline) inTables() []Record {
	var list []Record
	for _, t := range Tables {
		if t == TableSources {
			continue
		}
		from := len(list)
		for _, r := range o.in().rows[t] {
			list = append(list, r)
		}
		slices.SortFunc(list[from:], func(a, b Record) int {
			pa, ra, _ := parentOf(a)
			pb, rb, _ := parentOf(b)
			return cmp.Or(cmp.Compare(pa, pb), cmp.Compare(ra, rb), cmp.Compare(a.Key().ID, b.Key().ID))
		})
	}
	return list
}

// take takes over what theirs did with a record of theirs.
func (m *merge) take(theirs Record) {
	k := theirs.Key()
	was, known := m.base.get(k)
	now, here := m.out.get(k)
	switch {
	case !here && known && len(fieldsOf(was, theirs)) > 0: // removed here, and changed there
		m.clashes = append(m.clashes, Clash{Theirs: theirs})
		m.put(nil, m.placed(theirs))
	case !here && !known:
		m.put(nil, m.placed(theirs))
	case here && !known:
		if fields := fieldsOf(now, theirs); len(fields) > 0 { // both added it, as the cover
			m.clashes = append(m.clashes, Clash{now, theirs, fields})
		}
	case here:
		m.change(was, now, theirs)
	}
}

func (m *merge) change(was, now, theirs Record) {
	after := reflect.New(reflect.TypeOf(now)).Elem()
	after.Set(reflect.ValueOf(now))
	mine := fieldsOf(was, now)
	var both []string
	changed := fieldsOf(was, theirs)
	for _, name := range changed {
		from := reflect.ValueOf(theirs).FieldByName(name)
		if set, is := from.Interface().(IDs); is { // what each put in or took out goes together
			base := reflect.ValueOf(was).FieldByName(name).Interface().(IDs)
			after.FieldByName(name).Set(reflect.ValueOf(base.merged(after.FieldByName(name).Interface().(IDs), set)))
		} else if !slices.Contains(mine, name) {
			after.FieldByName(name).Set(from)
		} else if !reflect.DeepEqual(from.Interface(), after.FieldByName(name).Interface()) {
			both = append(both, name)
		}
	}
	if len(both) > 0 {
		m.clashes = append(m.clashes, Clash{now, theirs, both})
	}
	r := after.Interface().(Record)
	if k := now.Key(); m.movedTheirs[k] && !m.movedMine[k] {
		r = m.placed(withPlaceOf(r, theirs))
	}
	if !reflect.DeepEqual(r, now) {
		m.put(now, r)
	}
}

func (m *merge) remove(was Record) {
	now, here := m.out.get(was.Key())
	if !here {
		return
	}
	if len(fieldsOf(was, now)) > 0 {
		m.clashes = append(m.clashes, Clash{Mine: now})
		return
	}
	m.put(now, nil)
}

// put makes a change; one that the outline refuses, as where something new stands under what the other removed, is a clash.
func (m *merge) put(before, after Record) {
	for _, k := range refersTo(after) {
		if _, there := m.out.get(k); !there { // removed here: it comes back with what refers to it
			if r, known := m.theirs.get(k); known {
				m.put(nil, m.placed(r))
			}
		}
	}
	next, err := m.out.Apply(Edit{Label: "import", Changes: []Change{{before, after}}})
	if s, is := after.(Scenario); is && errors.Is(err, ErrDigit) { // it comes without one
		s.Digit = 0
		m.clashes = append(m.clashes, Clash{before, after, []string{"Digit"}})
		next, err = m.out.Apply(Edit{Label: "import", Changes: []Change{{before, s}}})
	}
	if err != nil {
		m.clashes = append(m.clashes, Clash{Mine: before, Theirs: after})
		return
	}
	m.out = next
}

// placed gives a record of theirs its place in the merged outline: behind what it stands behind there.
func (m *merge) placed(r Record) Record {
	parent, _, ordered := parentOf(r)
	if !ordered {
		return r
	}
	t := r.Key().Table
	if up, is := above(r); is {
		if _, stands := m.out.get(up); !stands { // removed here: what stands under it comes back with it
			if p, there := m.theirs.get(up); there {
				m.put(nil, m.placed(p))
			}
		}
	}
	here := slices.DeleteFunc(slices.Clone(m.out.Order(t, parent)), func(id ID) bool { return string(id) == r.Key().ID })
	at := 0
	for _, id := range m.theirs.Order(t, parent) {
		if string(id) == r.Key().ID {
			break
		}
		if i := slices.Index(here, id); i >= 0 {
			at = i + 1
		}
	}
	rank := func(i int) string {
		if i < 0 || i >= len(here) {
			return ""
		}
		other, _ := m.out.get(Key{t, string(here[i])})
		_, rank, _ := parentOf(other)
		return rank
	}
	return withRank(r, RankBetween(rank(at-1), rank(at)))
}

// refersTo are the records that a record refers to, but for what it stands under.
func refersTo(r Record) (keys []Key) {
	person := func(id ID) {
		if id != "" {
			keys = append(keys, Key{TablePersons, string(id)})
		}
	}
	switch r := r.(type) {
	case Step:
		person(r.Asks)
	case Heading:
		person(r.Person)
	case Cue:
		person(r.Person)
	case Matter:
		person(r.Person)
	case Excerpt:
		person(r.Person)
		for _, id := range r.Matters.List() {
			keys = append(keys, Key{TableMatters, string(id)})
		}
	case Contradiction:
		keys = append(keys, Key{TableExcerpts, string(r.A)}, Key{TableExcerpts, string(r.B)})
	default:
	}
	return keys
}

// above is what a record stands under.
func above(r Record) (Key, bool) {
	switch r := r.(type) {
	case Scenario:
		return Key{TablePhases, string(r.Phase)}, true
	case Step:
		return Key{TableScenarios, string(r.Scenario)}, true
	case Matter:
		return Key{TableMatters, string(r.Parent)}, r.Parent != ""
	default:
		return Key{}, false
	}
}

func withRank(r Record, rank string) Record {
	switch r := r.(type) {
	case Person:
		r.Rank = rank
		return r
	case Phase:
		r.Rank = rank
		return r
	case Scenario:
		r.Rank = rank
		return r
	case Step:
		r.Rank = rank
		return r
	case Matter:
		r.Rank = rank
		return r
	case Paragraph:
		r.Rank = rank
		return r
	default:
		return r
	}
}

// withPlaceOf puts a record under what another stands under.
func withPlaceOf(r, other Record) Record {
	switch r := r.(type) {
	case Scenario:
		r.Phase = other.(Scenario).Phase
		return r
	case Step:
		r.Scenario = other.(Step).Scenario
		return r
	case Matter:
		r.Parent = other.(Matter).Parent
		return r
	default:
		return r
	}
}
