package excerpts

import (
	"butluc/app/console/event"
	"butluc/library"
)

// Closing is the closing speech (luận tội) of the open case as it is drafted: paragraphs that cite excerpts.
type Closing struct {
	x  *Excerpts
	at library.ID // the paragraph at hand, "" for none
}

// Closing is the closing speech.
func (x *Excerpts) Closing() *Closing { return &x.closing }

// Chosen is the paragraph at hand; ok is false where none is, or it is gone.
func (c *Closing) Chosen() (p library.Paragraph, ok bool) { return c.outline().Paragraph(c.at) }

// Choose takes a paragraph at hand, "" for none.
func (c *Closing) Choose(id library.ID) {
	c.at = id
	c.x.events.Changed(event.StudyChanged)
}

func (c *Closing) outline() library.Outline { return c.x.dossier.Outline() }

// Add adds an empty paragraph behind the one at hand, else at the end; it is at hand from then on.
func (c *Closing) Add() bool {
	at := library.Place{}
	if p, ok := c.Chosen(); ok {
		at = c.outline().After(p.ID)
	}
	p := library.Paragraph{ID: library.NewID()}
	if !c.x.edits.Edit(c.outline().AddParagraph(p, at)) {
		return false
	}
	c.Choose(p.ID)
	return true
}

// Change changes the paragraph at hand; of none it does nothing.
func (c *Closing) Change(change func(library.Paragraph) library.Paragraph) bool {
	p, ok := c.Chosen()
	return ok && c.x.edits.Edit(c.outline().Set(change(p)))
}

// Cite cites an excerpt at the end of the paragraph at hand; where none is, in a new one at the end.
func (c *Closing) Cite(excerpt library.ID) bool {
	if _, there := c.outline().Excerpt(excerpt); !there {
		return false
	}
	p, ok := c.Chosen()
	if !ok {
		p = library.Paragraph{ID: library.NewID()}
		if !c.x.edits.Edit(c.outline().AddParagraph(p.Citing(excerpt), library.Place{})) {
			return false
		}
		c.Choose(p.ID)
	} else {
		next := p.Citing(excerpt)
		if next == p {
			c.x.notices.TellText(c.x.lang.T("closing.no-room", "count", library.MaxCitations), true)
			return false
		}
		if !c.x.edits.Edit(c.outline().Set(next)) {
			return false
		}
	}
	row, _ := c.x.Row(excerpt)
	c.x.notices.TellText(c.x.lang.T("closing.cited", "name", row.Name, "number", c.number(p.ID)), false)
	return true
}

// number is the place of a paragraph in the speech, from 1.
func (c *Closing) number(id library.ID) int {
	for i, p := range c.outline().Paragraphs() {
		if p.ID == id {
			return i + 1
		}
	}
	return 0
}

// Delete deletes the paragraph at hand; the next one is at hand then.
func (c *Closing) Delete() bool {
	p, ok := c.Chosen()
	if !ok {
		return false
	}
	list, at := c.outline().Paragraphs(), c.number(p.ID)-1
	if !c.x.edits.Edit(c.outline().DeleteParagraphs(p.ID)) {
		return false
	}
	next := library.ID("")
	switch {
	case at+1 < len(list):
		next = list[at+1].ID
	case at > 0:
		next = list[at-1].ID
	}
	c.Choose(next)
	return true
}

// Move moves the paragraph at hand up with by < 0, else down.
func (c *Closing) Move(by int) bool {
	p, ok := c.Chosen()
	return ok && c.x.edits.Edit(c.outline().Nudge(p.ID, by))
}

// Draft drafts the speech of what is proved, behind what is written already.
func (c *Closing) Draft() bool {
	e := c.outline().ClosingDraft(c.x.dossier.Index())
	if e.IsZero() && e.Err() == nil {
		c.x.notices.Tell("closing.nothing-proved", true)
		return false
	}
	added := e.Added()
	if !c.x.edits.Edit(e) {
		return false
	}
	if len(added) > 0 {
		c.Choose(library.ID(added[0].ID))
	}
	c.x.notices.TellText(c.x.lang.T("closing.drafted", "count", len(added)), false)
	return true
}

// IntoOutline makes a scenario of the speech in the outline's part for it: a step for each citation.
func (c *Closing) IntoOutline() bool {
	x, o := c.x, c.outline()
	index := x.dossier.Index()
	steps, left := o.ClosingSteps(index, x.aspect, x.box(), func(p library.Paragraph) string { return o.CitedText(p, index) })
	if len(steps) == 0 {
		x.notices.Tell("closing.no-citations", true)
		return false
	}
	all := library.Edit{Label: "add"}
	then := func(e library.Edit) bool {
		next, err := o.Apply(e)
		if err != nil {
			return false
		}
		o, all.Changes = next, append(all.Changes, e.Changes...)
		return true
	}
	phase := library.ID("")
	for _, p := range o.Phases() {
		if p.Part() == library.PartClosing {
			phase = p.ID
			break
		}
	}
	if phase == "" {
		phase = library.NewID()
		if !then(o.AddPhase(library.Phase{ID: phase, Code: string(library.PartClosing), Title: x.lang.T("closing.phase")}, library.Place{})) {
			return false
		}
	}
	scenario := library.Scenario{ID: library.NewID(), Title: x.lang.T("closing.phase")}
	if !then(o.AddScenario(scenario, library.Place{Parent: phase})) || !then(o.AddSteps(library.Place{Parent: scenario.ID}, steps...)) || !x.edits.Edit(all) {
		return false
	}
	told := x.lang.T("closing.steps-made", "count", len(steps))
	if left > 0 {
		told += " " + x.lang.T("closing.without-citation", "count", left)
	}
	x.notices.TellText(told, false)
	return true
}
