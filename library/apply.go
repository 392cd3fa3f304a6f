package library

import (
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
)

// Change is one record before and after an edit; nil where there is none.
type Change struct{ Before, After Record }

// Key is the key of the record that changes.
func (c Change) Key() Key {
	if c.After != nil {
		return c.After.Key()
	}
	return c.Before.Key()
}

// Edit is what a person did, in one step of undo: records before and after. It is made by the
// methods of the outline that it is for ([Outline.AddStep], [Outline.Set], …) and takes effect by
// [Outline.Apply]. Its slice is never written to once made.
type Edit struct {
	Label   string   // one of [Labels], for the undo menu
	Changes []Change // in order; a record is mostly there once
	// Field is the one text field that changed, when it is all that did. Edits of the same field of
	// the same record soon after one another are one step of undo.
	Field string

	fault error // why the edit can't be made, told by Apply
}

var (
	// ErrNoRecord says that an edit is about something that is not there (any more).
	ErrNoRecord = errors.New("no such record")
	// ErrThere says that an edit adds what is there already.
	ErrThere = errors.New("record is there already")
	// ErrStale says that an edit was made for an outline that has changed since.
	ErrStale = errors.New("record was changed meanwhile")
	// ErrParent says that a record would stand under something that is not there.
	ErrParent = errors.New("what it belongs to is not there")
	// ErrDigit says that two scenarios would have the same digit.
	ErrDigit = errors.New("another scenario has the digit")
	// ErrJoined says that a file would be part of two documents.
	ErrJoined = errors.New("the file is joined into another document")
	// ErrFolio says that a folio would be less than 1 or more than there are.
	ErrFolio = errors.New("no such folio")
	// ErrInvalid says that a value is not one that its field may have.
	ErrInvalid = errors.New("invalid value")
)

// IsZero tells whether the edit changes nothing.
func (e Edit) IsZero() bool { return len(e.Changes) == 0 && e.fault == nil }

// Refused is an edit that can't be made, and why; [Outline.Apply] tells it.
func Refused(label string, why error) Edit { return Edit{Label: label, fault: why} }

// Err is why the edit can't be made; nil when it can, as far as its maker could tell.
func (e Edit) Err() error { return e.fault }

// Inverse is the edit that takes e back, under the same label.
func (e Edit) Inverse() Edit {
	back := Edit{Label: e.Label, Field: e.Field, Changes: make([]Change, len(e.Changes)), fault: e.fault}
	for i, c := range e.Changes {
		back.Changes[len(back.Changes)-1-i] = Change{c.After, c.Before}
	}
	return back
}

// Added names the records that the edit adds, for whoever wants to select them.
func (e Edit) Added() []Key {
	var keys []Key
	for _, c := range e.Changes {
		if c.Before == nil && c.After != nil {
			keys = append(keys, c.Key())
		}
	}
	return keys
}

// Merge is e followed by next as one edit, where both change the same text field of the same
// record.
func (e Edit) Merge(next Edit) (Edit, bool) {
	if e.Field == "" || e.Field != next.Field || e.Label != next.Label || len(e.Changes) != 1 || len(next.Changes) != 1 ||
		e.Changes[0].Key() != next.Changes[0].Key() || !sameRecord(e.Changes[0].After, next.Changes[0].Before) {
		return e, false
	}
	return Edit{Label: e.Label, Field: e.Field, Changes: []Change{{e.Changes[0].Before, next.Changes[0].After}}}, true
}

// Apply is the outline after the edit. o stays as it is, and is what comes back with an error: when
// a record is invalid, there already or missing, when its parent is not there, when a digit or a
// joined file would be there twice. What an edit leaves alone is shared between the two.
func (o Outline) Apply(e Edit) (Outline, error) {
	if e.fault != nil {
		return o, fmt.Errorf("edit outline (%s): %w", e.Label, e.fault)
	}
	if len(e.Changes) == 0 {
		return o, nil
	}
	next, err := o.in().with(e.Changes)
	if err != nil {
		return o, fmt.Errorf("edit outline (%s): %w", e.Label, err)
	}
	return Outline{next}, nil
}

func (c *content) with(changes []Change) (*content, error) {
	next := &content{rows: maps.Clone(c.rows), order: maps.Clone(c.order), uses: c.uses, cuts: c.cuts, dossier: c.dossier}
	if next.rows == nil {
		next.rows = map[Table]map[string]Record{}
	}
	touched := map[Table]map[ID]bool{} // and the parents whose children change
	for _, ch := range changes {
		if ch.Before == nil && ch.After == nil {
			return nil, ErrNoRecord
		}
		k := ch.Key()
		if ch.Before != nil && ch.Before.Key() != k {
			return nil, fmt.Errorf("%s %s: %w", k.Table, k.ID, ErrThere)
		}
		if touched[k.Table] == nil {
			touched[k.Table] = map[ID]bool{}
			rows := maps.Clone(c.rows[k.Table])
			if rows == nil {
				rows = map[string]Record{}
			}
			next.rows[k.Table] = rows
		}
		if err := put(next.rows[k.Table], ch, touched[k.Table]); err != nil {
			return nil, fmt.Errorf("%s %s: %w", k.Table, k.ID, err)
		}
	}
	for t, parents := range touched {
		switch t {
		case TablePersons, TablePhases, TableScenarios, TableSteps, TableMatters, TableParagraphs:
			if len(parents) > 0 {
				next.reorder(t, parents)
			}
		default:
		}
	}
	if slices.ContainsFunc(changes, showsElse) {
		next.uses = &uses{}
	}
	if touched[TableHeadings] != nil || touched[TableJoins] != nil || touched[TableBindings] != nil || touched[TablePages] != nil {
		next.cuts = c.cuts.after(changes, next)
		next.dossier = c.dossier.after(changes)
	}
	return next, next.whole(changes, touched)
}

// showsElse tells whether a change can be one of which pages are shown where, and in what order.
func showsElse(ch Change) bool {
	switch after := ch.After.(type) {
	case Phase, Scenario, nil:
		parent, rank, ordered := parentOf(ch.After)
		parentBefore, rankBefore, orderedBefore := parentOf(ch.Before)
		return ordered != orderedBefore || parent != parentBefore || rank != rankBefore
	case Step:
		before, ok := ch.Before.(Step)
		return !ok || before.Scenario != after.Scenario || before.Rank != after.Rank || before.Shot != after.Shot
	default:
		return false
	}
}

// cutsElse tells whether a change can be one of the documents: what pages they have, and their folios.
func cutsElse(ch Change) bool {
	switch ch.Key().Table {
	case TableHeadings, TableJoins, TableBindings:
		return true
	case TablePages:
		before, _ := ch.Before.(PageNote)
		after, _ := ch.After.(PageNote)
		return before.Folio != after.Folio || before.Hidden != after.Hidden
	default:
		return false
	}
}

// put makes one change in a table and notes the parents whose lists it changes.
func put(rows map[string]Record, ch Change, parents map[ID]bool) error {
	id := ch.Key().ID
	have, there := rows[id]
	switch {
	case ch.Key().Table == TableSources:
		// Known of a file, not done by a person: they come and go between edits.
	case ch.Before == nil && there:
		return ErrThere
	case ch.Before != nil && !there:
		return ErrNoRecord
	case there && !sameRecord(ch.Before, have):
		return ErrStale
	}
	parentBefore, rankBefore, ordered := ID(""), "", false
	if there {
		parentBefore, rankBefore, ordered = parentOf(have)
	}
	if ch.After == nil {
		delete(rows, id)
		if ordered {
			parents[parentBefore] = true
		}
		return nil
	}
	if err := ch.After.check(); err != nil {
		return err
	}
	rows[id] = ch.After
	parent, rank, ordered := parentOf(ch.After)
	if ordered && (!there || parent != parentBefore || rank != rankBefore) {
		parents[parent] = true
		if there {
			parents[parentBefore] = true
		}
	}
	return nil
}

// whole checks what records are to each other, as far as changes could have broken it.
func (c *content) whole(changes []Change, touched map[Table]map[ID]bool) error {
	for _, ch := range changes {
		k := ch.Key()
		var err error
		if r, ok := c.rows[k.Table][k.ID]; ok {
			err = c.standing(r)
		} else {
			err = c.orphans(k)
		}
		if err != nil {
			return fmt.Errorf("%s %s: %w", k.Table, k.ID, err)
		}
	}
	if touched[TableScenarios] != nil {
		if err := c.digits(); err != nil {
			return err
		}
	}
	if touched[TableJoins] != nil {
		return c.joined()
	}
	return nil
}

// standing checks that what a record refers to is there.
func (c *content) standing(r Record) error {
	need := func(t Table, id ID, optional bool) error {
		if id == "" && optional {
			return nil
		}
		if _, ok := c.rows[t][string(id)]; !ok {
			return fmt.Errorf("%s %q: %w", t, id, ErrParent)
		}
		return nil
	}
	switch r := r.(type) {
	case Scenario:
		return need(TablePhases, r.Phase, false)
	case Step:
		return errors.Join(need(TableScenarios, r.Scenario, false), need(TablePersons, r.Asks, true))
	case Heading:
		return need(TablePersons, r.Person, true)
	case Cue:
		return need(TablePersons, r.Person, true)
	case Matter:
		return errors.Join(need(TableMatters, r.Parent, true), need(TablePersons, r.Person, true), c.rooted(r))
	case Excerpt:
		errs := []error{need(TablePersons, r.Person, true)}
		for _, id := range r.Matters.List() {
			errs = append(errs, need(TableMatters, id, false))
		}
		return errors.Join(errs...)
	case Contradiction:
		return errors.Join(need(TableExcerpts, r.A, false), need(TableExcerpts, r.B, false))
	default:
		return nil
	}
}

// orphans checks that nothing refers to a record that went.
func (c *content) orphans(k Key) error {
	id := ID(k.ID)
	switch k.Table {
	case TablePhases:
		if len(c.order[TableScenarios][id]) > 0 {
			return fmt.Errorf("its scenarios: %w", ErrParent)
		}
	case TableScenarios:
		if len(c.order[TableSteps][id]) > 0 {
			return fmt.Errorf("its steps: %w", ErrParent)
		}
	case TablePersons:
		for _, r := range c.rows[TableSteps] {
			if r.(Step).Asks == id {
				return fmt.Errorf("step %s asks them: %w", r.(Step).ID, ErrParent)
			}
		}
		for _, r := range c.rows[TableHeadings] {
			if r.(Heading).Person == id {
				return fmt.Errorf("document %s is theirs: %w", r.(Heading).First, ErrParent)
			}
		}
		for _, r := range c.rows[TableCues] {
			if r.(Cue).Person == id {
				return fmt.Errorf("cue %s is theirs: %w", r.(Cue).First, ErrParent)
			}
		}
		return c.unreferred(id)
	case TableMatters, TableExcerpts:
		return c.unreferred(id)
	default:
	}
	return nil
}

// unreferred checks that nothing of the study refers to a person, matter or excerpt that went.
func (c *content) unreferred(id ID) error {
	if len(c.order[TableMatters][id]) > 0 {
		return fmt.Errorf("its parts: %w", ErrParent)
	}
	for _, r := range c.rows[TableMatters] {
		if m := r.(Matter); m.Person == id {
			return fmt.Errorf("matter %s is about them: %w", m.ID, ErrParent)
		}
	}
	for _, r := range c.rows[TableExcerpts] {
		if e := r.(Excerpt); e.Person == id || e.Matters.Has(id) {
			return fmt.Errorf("excerpt %s refers to it: %w", e.ID, ErrParent)
		}
	}
	for _, r := range c.rows[TableContradictions] {
		if r := r.(Contradiction); r.A == id || r.B == id {
			return fmt.Errorf("a contradiction ties it: %w", ErrParent)
		}
	}
	return nil
}

// rooted checks that a matter is no part of itself, and not too deep.
func (c *content) rooted(m Matter) error {
	for depth := 1; m.Parent != ""; depth++ {
		if depth >= MaxMatterDepth {
			return bad("parent", "deeper than %d", MaxMatterDepth)
		}
		up, ok := c.rows[TableMatters][string(m.Parent)].(Matter)
		if !ok {
			break
		}
		m = up
	}
	return nil
}

func (c *content) digits() error {
	var taken [10]bool
	for _, r := range c.rows[TableScenarios] {
		s := r.(Scenario)
		if s.Digit > 0 && taken[s.Digit] {
			return fmt.Errorf("scenario %s, %d: %w", s.ID, s.Digit, ErrDigit)
		}
		taken[s.Digit] = true
	}
	return nil
}

func (c *content) joined() error {
	taken := map[string]bool{}
	for _, r := range c.rows[TableJoins] {
		for _, p := range r.(Join).Paths {
			if taken[p] {
				return fmt.Errorf("%s: %w", p, ErrJoined)
			}
			taken[p] = true
		}
	}
	return nil
}

// sameRecord tells whether two records say the same.
func sameRecord(a, b Record) bool {
	switch {
	case a == nil || b == nil:
		return a == b
	case a.Key().Table != b.Key().Table:
		return false
	case hasList(a):
		return reflect.DeepEqual(a, b)
	}
	return a == b
}

// hasList tells whether a record has a list in it, so that == can't compare it.
func hasList(r Record) bool {
	switch r.(type) {
	case Join, Docket:
		return true
	default:
		return false
	}
}
