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
// A recording is turned whole.
func (o Outline) TurnPage(p PageID, to Turn, x *Index) Edit {
	p = x.Head(p)
	now := o.PagesNow(x).Of(p)
	by := int(to) - int(now.Upright)
	records := o.MarkPage(p, now.Marks.Turned(by), x)
	n := records[0].(PageNote)
	n.Turn = Turn(0).Plus(int(to))
	records[0] = n
	records = append(records, o.framesTurned(p, by, x)...)
	for ref := range o.Walk() {
		s := ref.Step
		located := o.Located(s.Shot, x)
		shown := false
		for i, pane := range s.Shot.List() {
			if x.Head(located.Panes[i].Page) != p {
				continue
			}
			shown = true
			pane.Marks = pane.Marks.Turned(by)
			switch {
			case pane.Turn != 0:
				pane.Turn = pane.Turn.Plus(-by)
			default:
				pane.View = pane.View.Turned(by)
			}
			s.Shot = s.Shot.With(i, pane)
		}
		if shown {
			records = append(records, s)
		}
	}
	return o.SetAll("note", records...)
}

// framesTurned are the notes of a recording's frames, but for that at its beginning, their marks turned with it.
func (o Outline) framesTurned(head PageID, by int, x *Index) []Record {
	if !x.Clip(head.Path) {
		return nil
	}
	var records []Record
	for _, n := range o.Notes() {
		if _, path := o.locate(n.Page.Path, x); path == head.Path && n.Page.Index > 0 && !n.Marks.IsZero() {
			n.Marks = n.Marks.Turned(by)
			records = append(records, n)
		}
	}
	return records
}
