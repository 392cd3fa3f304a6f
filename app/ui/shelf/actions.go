package shelf

import "butluc/app/keys"

// actions are the room's own.
var actions = map[keys.Action]func(*Room){
	keys.RowUp:      func(r *Room) { r.step(-1) },
	keys.RowDown:    func(r *Room) { r.step(1) },
	keys.RowFirst:   func(r *Room) { r.choose(0) },
	keys.RowLast:    func(r *Room) { r.choose(len(r.cases) - 1) },
	keys.OpenChosen: (*Room).enter,
	keys.FindCase: func(r *Room) {
		if r.search.Visible() {
			r.focus(r.search)
		}
	},
	keys.SortCases: func(r *Room) { r.sort(r.s.Settings.Remembered(titleSorted) == "") },
}

// Does tells whether an action is one of this room's, whose owner is [keys.OfShelf].
func Does(a keys.Action) bool { return actions[a] != nil }

// Do does an action of this room and tells whether it was one.
func (r *Room) Do(a keys.Action) bool {
	act, ok := actions[a]
	if ok {
		act(r)
	}
	return ok
}

// step chooses the case above or below, or another of the first choices where there is no case.
func (r *Room) step(by int) {
	if r.first.content.Visible() {
		r.first.choose(r.first.at + by)
		return
	}
	r.choose(r.at + by)
}

// enter opens what is chosen.
func (r *Room) enter() {
	if r.first.content.Visible() {
		r.first.take()
		return
	}
	r.open(r.at)
}
