package trial

import (
	"butluc/app/keys"
	"butluc/app/ui/widgets"
)

// actions are the room's own, but for the tools.
var actions = map[keys.Action]func(*Room){
	keys.Find: func(r *Room) {
		r.openDrawer(true)
		r.aside.outline.Content().Hide()
		r.aside.panel.Content().Hide()
		widgets.Show(r.aside.find.Content(), true)
		r.showBelow()
		r.s.Finder.Again()
		r.focus(r.aside.find.Field())
	},
	keys.Filter: func(r *Room) {
		r.openDrawer(true)
		r.showSide(false)
		r.focus(r.aside.panel.Search())
	},
	keys.OtherPane: func(r *Room) {
		if r.aside.narrow && !r.area.drawer.Visible() {
			r.openDrawer(true)
			return
		}
		r.showSide(r.aside.panel.Content().Visible())
	},
}

// Does tells whether an action is one of this room's, whose owner is [keys.OfTrial].
func Does(a keys.Action) bool { return actions[a] != nil || isTool(a) }

// Do does an action of this room and tells whether it was one.
func (r *Room) Do(a keys.Action) bool {
	if act, ok := actions[a]; ok {
		act(r)
		return true
	}
	return r.mirror.do(a)
}
