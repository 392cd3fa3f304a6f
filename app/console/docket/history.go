package docket

import "butluc/library/office/register"

// change is a row before and after; nil where it was not there.
type change struct{ before, after *register.Row }

// step is what a person did at once.
type step []change

// mostSteps is how many can be undone.
const mostSteps = 200

// history is what can be undone and redone.
type history struct{ done, undone []step }

func (h *history) did(s step) {
	h.done = append(h.done, s)
	if len(h.done) > mostSteps {
		h.done = h.done[1:]
	}
	h.undone = nil
}

// back are the changes that take a step back.
func (s step) back() step {
	var b step
	for i := len(s) - 1; i >= 0; i-- {
		b = append(b, change{s[i].after, s[i].before})
	}
	return b
}

// Undo takes the last change back.
func (d *Docket) Undo() {
	d.move(&d.history.done, &d.history.undone, step.back, "register.undone", "undo.none")
}

// Redo makes the change again that was taken back last.
func (d *Docket) Redo() {
	d.move(&d.history.undone, &d.history.done, func(s step) step { return s }, "register.redone", "redo.none")
}

func (d *Docket) move(from, to *[]step, how func(step) step, done, none string) {
	n := len(*from)
	if n == 0 {
		d.Notices.Tell(none, false)
		return
	}
	s := (*from)[n-1]
	if d.apply(how(s)...) {
		*from, *to = (*from)[:n-1], append(*to, s)
		d.Notices.Tell(done, false)
	}
}
