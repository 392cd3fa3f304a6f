package shell

import (
	"testing"

	"butluc/app/console"
	"butluc/app/keys"
	"butluc/app/ui/prepare"
	"butluc/app/ui/shelf"
	"butluc/app/ui/study"
	"butluc/app/ui/trial"
)

// handlers tell of each owner in the table of keys whether an action is one that it does.
var handlers = map[keys.Owner]func(keys.Action) bool{
	keys.OfWindow:   func(a keys.Action) bool { return actions()[a] != nil },
	keys.OfCourt:    console.Does,
	keys.OfPrepare:  func(a keys.Action) bool { return prepare.Does(keys.OfPrepare, a) },
	keys.OfOutline:  func(a keys.Action) bool { return prepare.Does(keys.OfOutline, a) },
	keys.OfMarks:    func(a keys.Action) bool { return prepare.Does(keys.OfMarks, a) },
	keys.OfTrial:    trial.Does,
	keys.OfShelf:    shelf.Does,
	keys.OfExcerpts: study.Does,
}

// A key's action is done by the owner that the table names, and by nobody else who has keys in that room.
func TestEveryActionHasExactlyOneHandler(t *testing.T) {
	others := map[keys.Room][]keys.Owner{
		keys.Shelf:   {keys.OfWindow, keys.OfShelf},
		keys.Prepare: {keys.OfWindow, keys.OfPrepare, keys.OfMarks},
		keys.Outline: {keys.OfWindow, keys.OfOutline},
		keys.Marks:   {keys.OfWindow, keys.OfMarks},
		keys.Trial:   {keys.OfWindow, keys.OfCourt, keys.OfTrial},
		keys.Study:   {keys.OfWindow, keys.OfExcerpts},
		keys.Excerpt: {keys.OfWindow, keys.OfExcerpts},
	}
	for _, b := range keys.Table {
		for room, owners := range others {
			if b.Rooms&room == 0 {
				continue
			}
			owner := b.Owner(room)
			if !handlers[owner](b.Action) {
				t.Errorf("%q in room %d: its owner %b does not do it", b.Action, room, owner)
			}
			for _, o := range owners {
				if o != owner && handlers[o](b.Action) {
					t.Errorf("%q in room %d: owner %b does it, too", b.Action, room, o)
				}
			}
		}
	}
}

// Nothing is done that no key is bound to, and nothing by one who does not own it.
func TestNoHandlerIsWithoutAKey(t *testing.T) {
	owned := map[keys.Owner]map[keys.Action]bool{}
	for _, b := range keys.Table {
		for o := range handlers {
			if b.Owners&o != 0 {
				if owned[o] == nil {
					owned[o] = map[keys.Action]bool{}
				}
				owned[o][b.Action] = true
			}
		}
	}
	for _, b := range keys.Table {
		for o, does := range handlers {
			if does(b.Action) && !owned[o][b.Action] {
				t.Errorf("owner %b does %q, which is not its own", o, b.Action)
			}
		}
	}
}
