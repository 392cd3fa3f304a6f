package shell

import (
	"butluc/app/console"
	"butluc/app/keys"
	"butluc/presenter/display"
)

// walkOn puts the ring on the first button, by which all can be pressed by keys; again: away.
func (k *keyboard) walkOn() {
	w := k.w
	if w.walk.On() {
		w.walk.Stop()
		return
	}
	w.walk.Step(w.main, false)
}

// walked takes the keys of the ring, while it is on a button and nothing lies over the room, and tells whether it was one. Esc
// takes the ring away.
func (k *keyboard) walked(e display.KeyEvent) bool {
	w := k.w
	c := console.ChordOf(e)
	if !w.walk.On() || w.overlay() != nil || e.Repeat && c.Key != "Tab" {
		return false
	}
	if c == (keys.Chord{Key: "Escape"}) {
		w.walk.Stop()
		return true
	}
	return w.walk.Key(w.main, c)
}
