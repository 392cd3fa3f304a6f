package library

import (
	"slices"
	"strings"
)

// Gap is what is wanting in what proves a matter. Printed by scripts: never rename one.
type Gap string

// The gaps.
const (
	GapNone           Gap = ""
	GapNoEvidence     Gap = "no-evidence"    // nothing proves it, nor any part of it
	GapOneSource      Gap = "one-source"     // what accuses comes all from one person, or one document
	GapUncontradicted Gap = "uncontradicted" // something clears, and nothing that accuses contradicts it
)

// Proof is a matter with the excerpts that prove it, in the order of the case's documents.
type Proof struct {
	MatterNode
	Accusing, Clearing, Neither []Excerpt
	Gaps                        []Gap
}

// Count is how many excerpts prove it.
func (p Proof) Count() int { return len(p.Accusing) + len(p.Clearing) + len(p.Neither) }

// Evidence is the system of evidence (hệ thống chứng cứ): each matter of the tree with what proves it, and what is wanting.
// Excerpts that prove nothing yet are in none.
func (o Outline) Evidence(x *Index) []Proof {
	nodes := o.MatterTree()
	at := make(map[ID]int, len(nodes))
	proofs := make([]Proof, len(nodes))
	for i, n := range nodes {
		proofs[i].MatterNode = n
		at[n.Matter.ID] = i
	}
	for _, e := range o.ExcerptsBy(x) {
		for _, id := range e.Matters.List() {
			i, ok := at[id]
			if !ok {
				continue
			}
			switch p := &proofs[i]; e.Side {
			case SideAccuses:
				p.Accusing = append(p.Accusing, e)
			case SideClears:
				p.Clearing = append(p.Clearing, e)
			case SideNone:
				p.Neither = append(p.Neither, e)
			}
		}
	}
	against := o.contradicted()
	for i := range proofs {
		proofs[i].Gaps = o.gaps(proofs, i, against, x)
	}
	return proofs
}

// contradicted are the excerpts that each contradicts.
func (o Outline) contradicted() map[ID][]ID {
	against := map[ID][]ID{}
	for _, r := range o.in().rows[TableContradictions] {
		c := r.(Contradiction)
		against[c.A], against[c.B] = append(against[c.A], c.B), append(against[c.B], c.A)
	}
	return against
}

func (o Outline) gaps(proofs []Proof, i int, against map[ID][]ID, x *Index) (gaps []Gap) {
	p := proofs[i]
	proved := p.Count() > 0
	for _, part := range proofs[i+1:] {
		if part.Depth <= p.Depth {
			break
		}
		proved = proved || part.Count() > 0
	}
	if !proved {
		return []Gap{GapNoEvidence}
	}
	sources := map[any]bool{}
	for _, e := range p.Accusing {
		if person := o.SpeakerOf(e, x); person != "" {
			sources[person] = true
			continue
		}
		_, now := o.Locate(e.Page, x)
		doc, _, _ := o.PlaceOf(now, x)
		sources[doc] = true
	}
	if len(sources) == 1 {
		gaps = append(gaps, GapOneSource)
	}
	if slices.ContainsFunc(p.Clearing, func(e Excerpt) bool {
		return !slices.ContainsFunc(against[e.ID], func(id ID) bool {
			other, _ := o.Excerpt(id)
			return other.Side == SideAccuses
		})
	}) {
		gaps = append(gaps, GapUncontradicted)
	}
	return gaps
}

// StepOf makes a step of an excerpt: its page, the part of it around the passage for a screen of the proportion box (width
// to height; page is that of the page as it is upright), the passage highlighted, and the request to show it. enlarged lets
// the passage come forward with the next beat.
func (o Outline) StepOf(e Excerpt, x *Index, page, box float64, enlarged bool) Step {
	upright := o.PagesNow(x).Of(e.Page).Upright
	area := e.AreaOn(upright)
	pane := e.Pane()
	pane.View, pane.Marks = area.View(page, box), MarksOf(area.Highlight()...)
	if enlarged && !area.IsZero() {
		a, b := area.Bounds().Corners()
		pane.Marks = pane.Marks.Add(Mark{Kind: MarkCallout, Points: []Point{a, b}, Beat: 1})
	}
	s := Step{ID: NewID(), Title: o.titleOf(e, maxStepTitle, x), Asks: o.SpeakerOf(e, x), Shot: Shot{}.Add(pane)}
	s.Say = o.Request(s.Shot, x)
	return s
}

// BesideOf makes a step of two excerpts side by side, each highlighted on its whole page. Of two out of recordings the first
// plays, and the other stands.
func (o Outline) BesideOf(a, b Excerpt, x *Index) Step {
	var shot Shot
	for _, e := range []Excerpt{a, b} {
		area := e.AreaOn(o.PagesNow(x).Of(e.Page).Upright)
		pane := e.Pane()
		if _, _, plays := shot.Clip(); plays {
			pane.Clip = Span{} // one recording plays at a time
		}
		pane.Marks = MarksOf(area.Highlight()...)
		shot = shot.Add(pane)
	}
	s := Step{ID: NewID(), Title: o.titleOf(a, maxStepTitle/2, x) + " ⇄ " + o.titleOf(b, maxStepTitle/2, x), Shot: shot}
	s.Say = o.Request(s.Shot, x)
	return s
}

// ScenarioFrom makes a scenario of a matter: a step for each excerpt that proves it, the accusing ones first, put at a place.
// page tells the proportion of an upright page.
func (o Outline) ScenarioFrom(p Proof, at Place, x *Index, page func(PageID) float64, box float64) Edit {
	s := Scenario{ID: NewID(), Title: p.Matter.Title}
	e := o.AddScenario(s, at)
	next, err := o.Apply(e)
	if err != nil {
		return e
	}
	var steps []Step
	for _, excerpt := range slices.Concat(p.Accusing, p.Clearing, p.Neither) {
		steps = append(steps, o.StepOf(excerpt, x, page(excerpt.Page), box, false))
	}
	if len(steps) == 0 {
		return e
	}
	added := next.AddSteps(Place{Parent: s.ID}, steps...)
	return Edit{Label: "add", Changes: append(e.Changes, added.Changes...), fault: added.fault}
}

// maxStepTitle is about how many bytes of an excerpt name a step.
const maxStepTitle = 90

// titleOf is what an excerpt names a step. The words below a redaction name none: a step's name goes to others.
func (o Outline) titleOf(e Excerpt, limit int, x *Index) string {
	_, now := o.Locate(e.Page, x)
	if e.HiddenBy(o.PagesNow(x).Shown(now)) {
		d, _ := o.DocumentOf(now, x)
		return cutLine(d.Title, limit)
	}
	return cutLine(e.Text, limit)
}

// cutLine is the first line of a text, no longer than so many bytes, cut between words and told so.
func cutLine(text string, limit int) string {
	line := strings.TrimSpace(text)
	line, _, _ = strings.Cut(line, "\n")
	if head, rest := cutText(line, limit); rest != "" {
		return head + "…"
	}
	return line
}

// Highlight is the mark that lights the area up; none for a whole page.
func (a Area) Highlight() []Mark {
	if a.IsZero() {
		return nil
	}
	m := Mark{Kind: MarkHighlight}
	for _, r := range a.Rects() {
		from, to := r.Corners()
		m.Points = append(m.Points, from, to)
	}
	return []Mark{m}
}

// View is the part of a page with all of the area and some of what is around it, for a place of the proportion box; page is
// that of the upright page, width to height. It is the whole page where that is no larger.
func (a Area) View(page, box float64) Rect {
	if a.IsZero() || !(page > 0) || !(box > 0) {
		return Rect{}
	}
	const around = 1.6 // times what the area takes
	b := a.Bounds()
	w, h := min(1, max(0.6, (b.X1-b.X0)*1.1)), min(1, (b.Y1-b.Y0)*around+0.04)
	// Heights of the page when it, and when the part of it, is fitted into a box of height 1.
	zoom := min(1/h, box/(page*w)) / min(1, box/page)
	return ViewAt(page, box, zoom, (b.X0+b.X1)/2, (b.Y0+b.Y1)/2)
}
