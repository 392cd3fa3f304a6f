package shelf

import "butluc/app/keys"

// actions are those of the cases on this laptop.
var actions = map[keys.Action]func(*caseList){
	keys.RowUp:      func(r *caseList) { r.step(-1) },
	keys.RowDown:    func(r *caseList) { r.step(1) },
	keys.RowFirst:   func(r *caseList) { r.choose(0) },
	keys.RowLast:    func(r *caseList) { r.choose(len(r.cases) - 1) },
	keys.OpenChosen: (*caseList).enter,
	keys.FindCase: func(r *caseList) {
		if r.search.Visible() {
			r.focus(r.search)
		}
	},
	keys.CaseMenu:  (*caseList).menuOfChosen,
	keys.EditCase:  (*caseList).edit,
	keys.SortCases: func(r *caseList) { r.sort(r.s.Settings.Remembered(titleSorted) == "") },
}

func doesCases(a keys.Action) bool { return actions[a] != nil }

// Do implements [Section].
func (r *caseList) Do(a keys.Action) bool {
	act, ok := actions[a]
	if ok {
		act(r)
	}
	return ok
}

// step chooses the case above or below, or another of the first choices where there is no case.
func (r *caseList) step(by int) {
	if r.first.content.Visible() {
		r.first.choose(r.first.at + by)
		return
	}
	r.choose(r.at + by)
}

// enter opens what is chosen.
func (r *caseList) enter() {
	if r.first.content.Visible() {
		r.first.take()
		return
	}
	r.open(r.at)
}
