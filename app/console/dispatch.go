package console

import (
	"unicode"

	"butluc/app/keys"
	"butluc/library/trace"
	"butluc/presenter/display"
)

// Dispatcher is the one way of a key to what it does: from the console's window, from the court's, and from a rehearsal.
type Dispatcher struct {
	s     *Session
	front Front
}

// Front is what stands before a session: the window, or the hand of a rehearsal.
type Front interface {
	// Room is the room that is shown, Scope the part of it that has the keys: there they are looked up first.
	Room() keys.Room
	Scope() keys.Room
	// Over is what lies over the room, nil for nothing; typed tells that Esc closes it though a text is typed into it.
	Over() (over Over, typed bool)
	// OpenCall opens the line for a bút lục, with its first digit typed.
	OpenCall(digit string)
	// Do does an action, the front's own or whose it is.
	Do(keys.Action)
}

// Over is what lies over a room: while it is open it has the keys.
type Over interface {
	Close()
	// Key takes a key that went down, or is held, and tells whether it used it.
	Key(c keys.Chord, held bool) bool
}

// Field is what a text is typed into. It tells of a key whether it was all that there is of it: no character follows.
type Field interface {
	Key(e display.KeyEvent) bool
}

// NewDispatcher makes the way from a front to a session.
func NewDispatcher(s *Session, front Front) *Dispatcher { return &Dispatcher{s, front} }

// Press takes a key and tells whether it was one for us: black goes before all, then what lies over the room has the keys,
// then the field that is typed into, nil for none, then the room. Esc takes back a question that the court's picture waits for.
func (d *Dispatcher) Press(e display.KeyEvent, into Field) (taken bool) {
	defer d.s.opt.Trace.Begin(trace.Window, "key")()
	c, typing := ChordOf(e), into != nil
	over, typed := d.front.Over()
	switch {
	case d.s.Stage.Running() && c.Does(keys.Blank) && (c.Mods != 0 || !typing):
		if !e.Repeat {
			d.front.Do(keys.Blank)
		}
	case over != nil && c.Key == "Escape" && (!typing || typed):
		if !e.Repeat {
			over.Close()
		}
	case over != nil && !typing:
		return over.Key(c, e.Repeat)
	case over == nil && c.Key == "Escape" && !e.Repeat && d.s.Control.Withdraw() && !typing:
		// The question is gone; from a line that is typed into, the same key goes on to close that.
	case typing:
		return into.Key(e)
	default:
		return d.key(c, e.Repeat) || d.digit(e)
	}
	return true
}

// key does what a key does in the room, and tells whether it does anything. A key that is held acts once, unless it says otherwise.
func (d *Dispatcher) key(c keys.Chord, held bool) bool {
	b, ok := keys.Lookup(d.front.Scope(), c)
	if !ok {
		b, ok = keys.Lookup(d.front.Room(), c)
	}
	switch {
	case !ok:
		return false
	case held && !b.Repeats:
	case b.Action == keys.Scenario:
		d.s.Study.JumpDigit(int(c.Key[0] - '0'))
	default:
		d.front.Do(b.Action)
	}
	return true
}

// digit takes a key of the row of digits, whatever characters the layout has there: it is a digit of a bút lục, or gives a
// ground.
func (d *Dispatcher) digit(e display.KeyEvent) bool {
	if IsDigit(e) && !e.Repeat {
		d.Type(rune(e.Name[0]))
	}
	return IsDigit(e)
}

// Type takes a typed character where no field is open: digits give the ground that is asked for, in the Trial room, where the
// question is seen, or open the line for a bút lục.
func (d *Dispatcher) Type(r rune) {
	room := d.front.Room()
	if over, _ := d.front.Over(); over != nil || room == keys.Trial && d.s.Guard.AsksGround() && d.s.Control.GiveGround(int(r-'1')) {
		return
	}
	if r < '0' || r > '9' || room == keys.Shelf || room == keys.Study || room == keys.Prepare && r == '0' {
		return // 0 is a zoom in Prepare; no bút lục begins with it
	}
	d.front.OpenCall(string(r))
}

// IsDigit tells a key of the row of digits.
func IsDigit(e display.KeyEvent) bool {
	return e.Mods == 0 && !e.Keypad && len(e.Name) == 1 && e.Name[0] >= '0' && e.Name[0] <= '9'
}

// CallKey is the character that a key types into the line for a bút lục behind what is typed there: of a digit's key the
// digit, whatever character the layout has there, and behind a digit the letter that is printed on the key: that digit's key
// may have begun an accent. Other letters are the field's.
func CallKey(typed string, e display.KeyEvent) (r rune, ok bool) {
	behind := typed != "" && typed[len(typed)-1] >= '0' && typed[len(typed)-1] <= '9'
	switch {
	case IsDigit(e):
		return rune(e.Name[0]), true
	case behind && e.Mods&^display.Shift == 0 && len(e.Name) == 1 && e.Name[0] >= 'A' && e.Name[0] <= 'Z':
		return unicode.ToLower(rune(e.Name[0])), true
	}
	return 0, false
}

// IsTurning tells a clicker's keys, which mean nothing to a field of one line.
func IsTurning(e display.KeyEvent) bool {
	return e.Mods == 0 && (e.Name == "Next" || e.Name == "Prior")
}

// mods are the modifiers as the window system tells them.
var mods = [...]struct {
	theirs display.Mods
	ours   keys.Mods
}{{display.Shift, keys.Shift}, {display.Ctrl, keys.Ctrl}, {display.Alt, keys.Alt}}

// ChordOf is a key with the modifiers that were held.
func ChordOf(e display.KeyEvent) keys.Chord {
	c := keys.Chord{Key: e.Name}
	for _, m := range mods {
		if e.Mods&m.theirs != 0 {
			c.Mods |= m.ours
		}
	}
	return c
}

// eventOf is a chord as a window tells of it.
func eventOf(c keys.Chord) display.KeyEvent {
	e := display.KeyEvent{Name: c.Key}
	for _, m := range mods {
		if c.Mods&m.ours != 0 {
			e.Mods |= m.theirs
		}
	}
	return e
}
