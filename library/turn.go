package library

// Turned is where a rectangle of the page lies once the page is turned clockwise by quarter turns.
func (r Rect) Turned(quarters int) Rect {
	if r == (Rect{}) {
		return r
	}
	for range Turn(0).Plus(quarters) {
		r = Rect{1 - r.Y1, r.X0, 1 - r.Y0, r.X1}
	}
	return r
}

// TurnPage is the edit that notes which turn makes a page upright. It is upright then wherever it is
// shown. Steps keep the part of the page that they show, and their marks lie on what they lay on; those that
// turned it by themselves keep their picture as it is. A step may know the page by an older name of its file.
func (o Outline) TurnPage(p PageID, to Turn, x *Index) Edit {
	now := o.PagesNow(x)[p]
	by := int(to) - int(now.Upright)
	records := o.MarkPage(p, now.Marks.Turned(by), x)
	n := records[0].(PageNote)
	n.Turn = Turn(0).Plus(int(to))
	records[0] = n
	for ref := range o.Walk() {
		s := ref.Step
		located := o.Located(s.Shot, x)
		if !located.Shows(p) {
			continue
		}
		for i, pane := range s.Shot.List() {
			if located.Panes[i].Page != p {
				continue
			}
			pane.Marks = pane.Marks.Turned(by)
			switch {
			case pane.Turn != 0:
				pane.Turn = pane.Turn.Plus(-by)
			default:
				pane.View = pane.View.Turned(by)
			}
			s.Shot = s.Shot.With(i, pane)
		}
		records = append(records, s)
	}
	return o.SetAll("note", records...)
}
