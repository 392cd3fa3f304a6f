package display

import "butluc/presenter/display/internal/system"

// fate is what must happen to the court window after a change.
type fate int

const (
	keep    fate = iota
	blacken      // its screen is there but changed its mode: the picture no longer fits
	hide         // its screen is gone, or part of it lies where it has no business
)

// judge decides by facts alone: the screen that the window was given (and how many outputs showed
// that area then), the screens that there are now, and where the window really is. The window is
// allowed on its own screen and nowhere else.
func judge(target Screen, sharers int, l Layout, p system.Place) fate {
	if !p.Visible {
		return keep
	}
	home, ok := successor(target, l)
	if !ok {
		return hide
	}
	if sharersOf(home, l) > sharers {
		return hide // someone mirrors another screen onto it, perhaps the console's
	}
	for _, s := range l.Screens {
		if !s.Shares(home) && s.Overlap(p.X, p.Y, p.W, p.H) > 0 {
			return hide
		}
	}
	if !home.Same(target) || p.X != home.X || p.Y != home.Y || p.W != home.W || p.H != home.H {
		return blacken
	}
	return keep
}

// successor is the screen that target has become: the same area, or the output of that name at
// that corner in another mode. Names are not unique, so the main screen is never taken for
// another that it has moved in for.
func successor(target Screen, l Layout) (Screen, bool) {
	for _, s := range l.Screens {
		if s.Same(target) {
			return s, true
		}
	}
	for _, s := range l.Screens {
		if s.Name == target.Name && s.Primary == target.Primary && s.X == target.X && s.Y == target.Y {
			return s, true
		}
	}
	return Screen{}, false
}

// sharersOf counts the outputs that show s's area, s itself among them.
func sharersOf(s Screen, l Layout) int {
	n := 0
	for _, t := range l.Screens {
		if s.Shares(t) {
			n++
		}
	}
	return n
}
