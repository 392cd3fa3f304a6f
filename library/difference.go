package library

import (
	"reflect"
	"slices"
	"sort"
)

// DifferenceKind is what became of a record.
type DifferenceKind string

// The kinds.
const (
	DifferenceAdded   DifferenceKind = "added"
	DifferenceRemoved DifferenceKind = "removed"
	DifferenceChanged DifferenceKind = "changed"
	DifferenceMoved   DifferenceKind = "moved" // to another place among the others, or under another parent
)

// Difference is one record in which two outlines differ.
type Difference struct {
	Kind   DifferenceKind
	Record Record   // as it is; of a removed one, as it was
	Fields []string // of a changed one: the names of its fields in Go
}

// Since tells how the outline differs from what it was: what changed and was added in the outline's
// order, then what was removed. Fingerprints of files and what was only studied (flags and remarks on
// pages, excerpts, matters) are left out. A record that changed and moved is there twice.
func (o Outline) Since(was Outline) []Difference {
	var list []Difference
	now, before := o.inOrder(), was.inOrder()
	moved := movedSince(was, o)
	there := map[Key]bool{}
	for _, r := range now {
		there[r.Key()] = true
		old, known := was.get(r.Key())
		if !known {
			list = append(list, Difference{Kind: DifferenceAdded, Record: r})
			continue
		}
		if fields := fieldsSince(old, r); len(fields) > 0 {
			list = append(list, Difference{DifferenceChanged, r, fields})
		}
		if moved[r.Key()] {
			list = append(list, Difference{Kind: DifferenceMoved, Record: r})
		}
	}
	for _, r := range before {
		if !there[r.Key()] {
			list = append(list, Difference{Kind: DifferenceRemoved, Record: r})
		}
	}
	return list
}

// inOrder gives the records that make the printed outline.
func (o Outline) inOrder() []Record {
	var list []Record
	if c, ok := find[Cover](o, TableCover, coverKey); ok {
		list = append(list, c)
	}
	for _, p := range o.Persons() {
		list = append(list, p)
	}
	for _, p := range o.Phases() {
		list = append(list, p)
		for _, s := range o.Scenarios(p.ID) {
			list = append(list, s)
			for _, step := range o.Steps(s.ID) {
				list = append(list, step)
			}
		}
	}
	for _, h := range o.Headings() {
		list = append(list, h)
	}
	for _, j := range o.Joins() {
		list = append(list, j)
	}
	for _, b := range o.Bindings() {
		list = append(list, b)
	}
	for _, n := range o.Notes() {
		if n.Flag, n.Text = FlagNone, ""; !n.isZero() {
			list = append(list, n)
		}
	}
	for _, p := range o.AllPassages() {
		list = append(list, p)
	}
	for _, r := range o.Recordings() {
		list = append(list, r)
	}
	return list
}

// fieldsSince names the fields in which two records of one kind differ, place apart, and apart from what was only studied.
func fieldsSince(old, now Record) []string {
	fields := fieldsOf(old, now)
	if _, note := now.(PageNote); note {
		fields = slices.DeleteFunc(fields, func(name string) bool { return name == "Flag" || name == "Text" })
	}
	return fields
}

// fieldsOf names the fields in which two records of one kind differ, place apart.
func fieldsOf(old, now Record) []string {
	a, b := reflect.ValueOf(old), reflect.ValueOf(now)
	if a.Type() != b.Type() {
		return []string{""}
	}
	_, _, ordered := parentOf(now)
	var fields []string
	for i := range a.NumField() {
		name := a.Type().Field(i).Name
		switch {
		case ordered && (name == "Rank" || name == "Phase" || name == "Scenario" || name == "Parent"):
		case !reflect.DeepEqual(a.Field(i).Interface(), b.Field(i).Interface()):
			fields = append(fields, name)
		}
	}
	return fields
}

// movedSince finds the records that stand under another parent, or, of those that stayed, the fewest
// that must have been moved to make the new order of the old.
func movedSince(was, now Outline) map[Key]bool {
	moved := map[Key]bool{}
	for _, t := range []Table{TablePersons, TablePhases, TableScenarios, TableSteps, TableMatters, TableParagraphs} {
		for parent, ids := range now.in().order[t] {
			before := map[ID]int{}
			for i, id := range was.in().order[t][parent] {
				before[id] = i
			}
			var stayed []ID
			for _, id := range ids {
				if _, same := before[id]; same {
					stayed = append(stayed, id)
				} else if _, known := was.get(Key{t, string(id)}); known {
					moved[Key{t, string(id)}] = true
				}
			}
			places := make([]int, len(stayed))
			for i, id := range stayed {
				places[i] = before[id]
			}
			kept := longestRise(places)
			for i, id := range stayed {
				if _, found := slices.BinarySearch(kept, i); !found {
					moved[Key{t, string(id)}] = true
				}
			}
		}
	}
	return moved
}

// longestRise gives the indexes of a longest rising run of numbers that are all different.
func longestRise(numbers []int) []int {
	var ends []int // ends[k] is the index of the smallest number that ends a rise of k+1
	from := make([]int, len(numbers))
	for i, n := range numbers {
		k := sort.Search(len(ends), func(k int) bool { return numbers[ends[k]] >= n })
		from[i] = -1
		if k > 0 {
			from[i] = ends[k-1]
		}
		if k == len(ends) {
			ends = append(ends, i)
		} else {
			ends[k] = i
		}
	}
	if len(ends) == 0 {
		return nil
	}
	rise := make([]int, len(ends))
	for i, k := ends[len(ends)-1], len(ends)-1; k >= 0; i, k = from[i], k-1 {
		rise[k] = i
	}
	return rise
}
