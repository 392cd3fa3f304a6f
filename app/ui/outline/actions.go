package outline

import "butluc/app/keys"

// moves are the actions that go through the rows.
var moves = map[keys.Action]func(*Panel){
	keys.RowUp:       func(p *Panel) { p.move(-1, false) },
	keys.RowDown:     func(p *Panel) { p.move(1, false) },
	keys.RowUpMore:   func(p *Panel) { p.move(-1, true) },
	keys.RowDownMore: func(p *Panel) { p.move(1, true) },
	keys.RowFirst:    func(p *Panel) { p.choose(0, false, false) },
	keys.RowLast:     func(p *Panel) { p.choose(len(p.rows)-1, false, false) },
	keys.Fold:        func(p *Panel) { p.fold(true) },
	keys.Unfold:      func(p *Panel) { p.fold(false) },
	keys.PickAll:     (*Panel).pickAll,
}

// edits are the actions that change them.
var edits = map[keys.Action]func(*Panel){
	keys.Write:   func(p *Panel) { p.row.write() },
	keys.NewStep: func(p *Panel) { p.Editor.newStep() },
	keys.Raise:   func(p *Panel) { p.Editor.nudge(-1) },
	keys.Lower:   func(p *Panel) { p.Editor.nudge(1) },
	keys.Delete:  func(p *Panel) { p.Editor.remove() },
	keys.Copy:    func(p *Panel) { p.Editor.copy() },
	keys.Cut: func(p *Panel) {
		if p.Editor.copy() {
			p.Editor.remove()
		}
	},
	keys.Paste:     func(p *Panel) { p.Editor.paste() },
	keys.Duplicate: func(p *Panel) { p.Editor.duplicate() },
}

// Does tells whether an action is one of the outline's, whose owner is [keys.OfOutline].
func Does(a keys.Action) bool { return moves[a] != nil || edits[a] != nil }

// Do does an action on the outline and tells whether it was one.
func (p *Panel) Do(a keys.Action) bool {
	act := moves[a]
	if p.edits && edits[a] != nil {
		act = edits[a]
	}
	if act != nil {
		act(p)
	}
	return act != nil
}
