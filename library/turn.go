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
// shown. Steps keep the part of the page that they show; those that turned it by themselves keep
// their picture as it is.
func (o Outline) TurnPage(p PageID, to Turn) Edit {
	n := o.Note(p)
	by := int(to) - int(n.Turn)
	n.Turn = Turn(0).Plus(int(to))
	n.Marks = n.Marks.Turned(by)
	records := []Record{n}
	for _, id := range o.UsedIn(p) {
		s, _ := o.Step(id)
		for i, pane := range s.Shot.List() {
			if pane.Page != p {
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
