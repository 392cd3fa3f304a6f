package library

import (
	"fmt"
	"slices"
)

// MaxMatterDepth is how deep matters may stand below one another, from 1.
const MaxMatterDepth = 8

// Matter is something to be proved (vấn đề phải chứng minh): a node of a short tree.
type Matter struct {
	ID     ID     `json:"id"`
	Parent ID     `json:"parent,omitempty"` // the matter that it is a part of; "" for none
	Rank   string `json:"rank,omitempty"`
	Code   string `json:"code,omitempty"` // of a template's matter, so that it is known again; "" for an own one
	Title  string `json:"title"`
	Person ID     `json:"person,omitempty"` // about whom it is, where it is about one: the defendant of a charge
	Notes  string `json:"notes,omitempty"`
}

// MatterTexts are its texts.
var MatterTexts = Texts[Matter]{
	{Name: "title", Of: func(m *Matter) *string { return &m.Title }, Called: "tên"},
	{Name: "notes", Of: func(m *Matter) *string { return &m.Notes }, Long: true, Private: true, Called: "ghi chú"},
}

// Key implements [Record].
func (m Matter) Key() Key { return Key{TableMatters, string(m.ID)} }

func (m Matter) check() error {
	if m.Parent == m.ID {
		return bad("parent", "it would be a part of itself")
	}
	return checks(checkID("id", m.ID), checkRef("parent", m.Parent), checkRank(m.Rank), checkRef("code", ID(m.Code)),
		MatterTexts.check(m), checkRef("person", m.Person))
}

// Matter finds a matter.
func (o Outline) Matter(id ID) (Matter, bool) { return find[Matter](o, TableMatters, string(id)) }

// Matters gives the parts of a matter in order; of "", those that are part of none.
func (o Outline) Matters(parent ID) []Matter { return listOf[Matter](o, TableMatters, parent) }

// MatterNode is a matter as it stands in the tree.
type MatterNode struct {
	Matter Matter
	Depth  int    // 0 for those that are part of none
	Number string // as it is printed: "1", "1.2"
}

// MatterTree gives all matters, each before its parts.
func (o Outline) MatterTree() []MatterNode {
	var list []MatterNode
	var walk func(parent ID, depth int, number string)
	walk = func(parent ID, depth int, number string) {
		for i, m := range o.Matters(parent) {
			own := fmt.Sprintf("%s%d", number, i+1)
			list = append(list, MatterNode{m, depth, own})
			walk(m.ID, depth+1, own+".")
		}
	}
	walk("", 0, "")
	return list
}

// AddMatter adds a matter as a part of at.Parent; without an id it gets one.
func (o Outline) AddMatter(m Matter, at Place) Edit {
	if m.ID == "" {
		m.ID = NewID()
	}
	return o.add("matter", TableMatters, []Record{m}, at)
}

// DeleteMatters deletes matters with their parts; no excerpt proves them any more then. Those that are not there are no
// fault.
func (o Outline) DeleteMatters(ids ...ID) Edit {
	e := Edit{Label: "delete"}
	gone := map[ID]bool{}
	var remove func(id ID)
	remove = func(id ID) {
		m, ok := o.Matter(id)
		if !ok || gone[id] {
			return
		}
		gone[id] = true
		for _, part := range o.Order(TableMatters, id) {
			remove(part)
		}
		e.Changes = append(e.Changes, Change{Before: m})
	}
	for _, id := range ids {
		remove(id)
	}
	var freed []Change
	for _, before := range o.Excerpts() {
		after := before
		after.Matters = IDsOf(slices.DeleteFunc(before.Matters.List(), func(id ID) bool { return gone[id] })...)
		if after != before {
			freed = append(freed, Change{before, after})
		}
	}
	e.Changes = append(freed, e.Changes...)
	return e
}

// IndentMatter makes a matter a part of the one before it (by > 0), or puts it behind the one that it is a part of.
func (o Outline) IndentMatter(id ID, by int) Edit {
	m, ok := o.Matter(id)
	if !ok {
		return Refused("move", ErrNoRecord)
	}
	if by < 0 {
		if m.Parent == "" {
			return Edit{Label: "move"}
		}
		return o.Move(o.After(m.Parent), id)
	}
	siblings := o.Order(TableMatters, m.Parent)
	at := slices.Index(siblings, id)
	if at < 1 {
		return Edit{Label: "move"}
	}
	return o.Move(Place{Parent: siblings[at-1]}, id)
}

// WithMatters is the edit that adds the matters of a template that are not here yet, told by their codes, each below the
// matter that it is a part of there; what is per person there is added for each of the persons. It is zero where all are
// here.
func (o Outline) WithMatters(t MatterTemplate, persons ...ID) Edit {
	all := Edit{Label: "matter"}
	now := o
	add := func(m Matter, parent ID) ID {
		for _, have := range now.Matters(parent) {
			if have.Code == m.Code && have.Person == m.Person {
				return have.ID
			}
		}
		m.ID = NewID()
		e := now.AddMatter(m, Place{Parent: parent})
		next, err := now.Apply(e)
		if err != nil {
			all.fault = err
			return ""
		}
		now = next
		all.Changes = append(all.Changes, e.Changes...)
		return m.ID
	}
	var walk func(list MatterTemplate, parent, person ID)
	walk = func(list MatterTemplate, parent, person ID) {
		for _, node := range list {
			m := Matter{Code: node.Code, Title: node.Title, Person: person}
			if !node.PerPerson {
				walk(node.Parts, add(m, parent), person)
				continue
			}
			for _, id := range persons {
				p, ok := now.Person(id)
				if !ok {
					continue
				}
				m.Title, m.Person = fmt.Sprintf("%s: %s", node.Title, p.Name), id
				walk(node.Parts, add(m, parent), id)
			}
		}
	}
	walk(t, "", "")
	return all
}

// MatterTemplate are matters as a kind of case has them.
type MatterTemplate []struct {
	Code      string         `json:"code"`
	Title     string         `json:"title"`
	PerPerson bool           `json:"perPerson,omitempty"` // once for each defendant
	Parts     MatterTemplate `json:"parts,omitempty"`
}

// MattersFor are the matters to be proved in a kind of case; none where the law has no list for it. (Criminal Procedure Code
// 2015, Art. 85, and the elements of a crime for each defendant; Civil Procedure Code 2015, Art. 184, 186 and 91: each claim
// and its conditions; Administrative Procedure Code 2015, Art. 193.)
func MattersFor(kind CaseKind) MatterTemplate { return matterTemplates[kind] }

var matterTemplates = legalData[map[CaseKind]MatterTemplate]("matters")
