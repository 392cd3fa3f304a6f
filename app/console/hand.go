package console

import (
	"fmt"

	"butluc/app/keys"
	"butluc/presenter/display"
)

// Hand presses keys as a person in the Trial room does, without a window: what they do is dispatched as the window's keys
// are. Digits open the line for a bút lục, Enter calls it or takes what is in Preview.
type Hand struct {
	s      *Session
	way    *Dispatcher
	typed  string      // in the line for a bút lục
	needed keys.Action // what the last key would have done, had there been a window
}

// NewHand makes a hand for a session.
func NewHand(s *Session) *Hand {
	h := &Hand{s: s}
	h.way = NewDispatcher(s, h)
	return h
}

// Press presses a key, by the name that [keys.Parse] reads.
func (h *Hand) Press(name string) error {
	c, err := keys.Parse(name)
	if err != nil {
		return err
	}
	e := eventOf(c)
	open := h.typed != "" && !IsTurning(e) // a clicker goes on
	var into Field
	if open {
		into = (*handLine)(h)
	}
	h.needed = ""
	switch taken := h.way.Press(e, into); {
	case h.needed != "":
		return fmt.Errorf("%s (%s) needs the window", name, h.needed)
	case taken:
	case open && c.Key == "Escape":
		h.typed = ""
	case open && (c.Key == "Return" || c.Key == "KP_Enter"):
		typed := h.typed
		h.typed = ""
		if !h.s.Folios.CallUp(typed) {
			return fmt.Errorf("%s: %s", name, h.s.Notices.Now().Text)
		}
	case open:
		return fmt.Errorf("%s does nothing while a bút lục is typed", name)
	default:
		return fmt.Errorf("%s does nothing in the Trial room", name)
	}
	return nil
}

// Room implements [Front].
func (h *Hand) Room() keys.Room { return keys.Trial }

// Scope implements [Front].
func (h *Hand) Scope() keys.Room { return keys.Trial }

// Over implements [Front]: nothing ever lies over the room.
func (h *Hand) Over() (over Over, typed bool) { return nil, false }

// OpenCall implements [Front].
func (h *Hand) OpenCall(digit string) { h.typed = digit }

// Do implements [Front]: the trial begins and ends at once, where the window asks first.
func (h *Hand) Do(a keys.Action) {
	switch a {
	case keys.Start, keys.StartHere:
		h.s.Start(a == keys.StartHere)
	case keys.End:
		h.s.Hearing.End()
	default:
		if !h.s.Act(a) {
			h.needed = a
		}
	}
}

// handLine is the line for a bút lục that is open.
type handLine Hand

// Key implements [Field].
func (l *handLine) Key(e display.KeyEvent) bool {
	r, ok := CallKey(l.typed, e)
	if ok {
		l.typed += string(r)
	}
	return ok
}
