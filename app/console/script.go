package console

import (
	"fmt"
	"strings"

	"butluc/app/keys"
)

// Hand presses keys as a person at the console does, without a window: digits open the line for a bút
// lục, Enter calls it or takes what is in Preview.
type Hand struct {
	s     *Session
	typed string // in the line for a bút lục
}

// NewHand makes a hand for a session.
func NewHand(s *Session) *Hand { return &Hand{s: s} }

// Press presses a key, by the name that [keys.Parse] reads.
func (h *Hand) Press(name string) error {
	c, err := keys.Parse(name)
	if err != nil {
		return err
	}
	switch {
	case c.Mods == 0 && len(c.Key) == 1 && strings.Contains("0123456789", c.Key):
		h.digit(c.Key)
		return nil
	case h.typed != "" && c.Key == "Escape":
		h.typed = ""
		return nil
	case h.typed != "" && (c.Key == "Return" || c.Key == "KP_Enter"):
		typed := h.typed
		h.typed = ""
		if !h.s.Folios.CallUp(typed) {
			return fmt.Errorf("%s: %s", name, h.s.Notices.Now().Text)
		}
		return nil
	}
	b, ok := keys.Lookup(keys.Trial, c)
	switch {
	case !ok:
		return fmt.Errorf("%s does nothing in the Trial room", name)
	case b.Action == keys.Scenario:
		h.s.Study.JumpDigit(int(c.Key[0] - '0'))
	case !h.s.Act(b.Action):
		return fmt.Errorf("%s (%s) needs the window", name, b.Action)
	}
	return nil
}

func (h *Hand) digit(d string) {
	if h.typed == "" && h.s.Guard.AsksGround() && h.s.Control.GiveGround(int(d[0]-'1')) {
		return
	}
	h.typed += d
}
