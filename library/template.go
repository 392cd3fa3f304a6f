package library

import "slices"

// WithTemplate is the edit that adds a template, and takes its kind of case where none was chosen yet. A phase that is
// here already, by its code or its title, gets the template's scenarios that it does not have by their title; the others
// stand before the phase that they stand before in the template. It is zero where all is here.
func (o Outline) WithTemplate(t Outline) Edit {
	all := Edit{Label: "template"}
	now := o
	add := func(c Clip, at Place) {
		e := now.paste("template", c, at)
		next, err := now.Apply(e)
		if err != nil {
			all.fault = err
			return
		}
		now = next
		all.Changes = append(all.Changes, e.Changes...)
	}
	var fresh []ID // phases that are not here, and stand before the next that is
	for _, p := range t.Phases() {
		here, ok := o.samePhase(p)
		if !ok {
			fresh = append(fresh, p.ID)
			continue
		}
		if len(fresh) > 0 {
			add(t.Copy(fresh...), Place{Before: here.ID})
			fresh = nil
		}
		if missing := now.missingScenarios(here.ID, t.Scenarios(p.ID)); len(missing) > 0 {
			add(t.Copy(missing...), Place{Parent: here.ID})
		}
	}
	if len(fresh) > 0 {
		add(t.Copy(fresh...), Place{})
	}
	if _, chosen := find[Cover](o, TableCover, coverKey); !chosen {
		all.Changes = append(all.Changes, Change{After: Cover{Kind: t.Cover().Kind}})
	}
	return all
}

// samePhase finds the phase that is what another outline's phase is.
func (o Outline) samePhase(p Phase) (Phase, bool) {
	phases := o.Phases()
	at := slices.IndexFunc(phases, func(q Phase) bool { return p.Code != "" && q.Code == p.Code })
	if at < 0 {
		at = slices.IndexFunc(phases, func(q Phase) bool { return Fold(q.Title) == Fold(p.Title) })
	}
	if at < 0 {
		return Phase{}, false
	}
	return phases[at], true
}

// missingScenarios are those that a phase has none of that title.
func (o Outline) missingScenarios(phase ID, of []Scenario) (ids []ID) {
	have := o.Scenarios(phase)
	for _, s := range of {
		if !slices.ContainsFunc(have, func(h Scenario) bool { return Fold(h.Title) == Fold(s.Title) }) {
			ids = append(ids, s.ID)
		}
	}
	return ids
}
