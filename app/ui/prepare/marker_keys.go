package prepare

import (
	"math"
	"slices"

	"butluc/app/console/markedit"
	"butluc/app/console/study"
	"butluc/app/keys"
	"butluc/library"
)

// nudge is how far a key moves or stretches a mark, as a part of the page.
const nudge = 0.004

// moves are the keys that move or stretch the picked mark.
var moves = map[keys.Action]struct {
	dx, dy  float64
	stretch bool
}{
	keys.MarkLeft: {dx: -nudge}, keys.MarkRight: {dx: nudge}, keys.MarkUp: {dy: -nudge}, keys.MarkDown: {dy: nudge},
	keys.MarkNarrower: {-nudge, 0, true}, keys.MarkWider: {nudge, 0, true}, keys.MarkLower: {0, -nudge, true}, keys.MarkTaller: {0, nudge, true},
}

// acts are all other actions with marks; picked tells that there is the mark mk to do them on.
var acts = map[keys.Action]func(m *marker, mk library.Mark, picked bool){
	keys.MarkPick:     func(m *marker, _ library.Mark, _ bool) { m.pick(1) },
	keys.MarkPickBack: func(m *marker, _ library.Mark, _ bool) { m.pick(-1) },
	keys.MarkPlace:    (*marker).put,
	keys.MarkThinner:  func(m *marker, mk library.Mark, picked bool) { m.widen(mk, picked, 1/1.25) },
	keys.MarkThicker:  func(m *marker, mk library.Mark, picked bool) { m.widen(mk, picked, 1.25) },
	keys.MarkColor:    func(m *marker, mk library.Mark, picked bool) { m.recolor(mk, picked) },
	keys.MarkSooner:   func(m *marker, _ library.Mark, _ bool) { m.beat(-1) },
	keys.MarkLater:    func(m *marker, _ library.Mark, _ bool) { m.beat(1) },
	keys.MarkFront:    func(m *marker, _ library.Mark, _ bool) { m.order(true) },
	keys.MarkBack:     func(m *marker, _ library.Mark, _ bool) { m.order(false) },
	keys.MarkOwner:    func(m *marker, _ library.Mark, _ bool) { m.changeOwner() },
}

// edits are the actions that are the outline's while no mark is picked.
var edits = map[keys.Action]func(m *marker, mk library.Mark){
	keys.Delete:    func(m *marker, _ library.Mark) { m.remove() },
	keys.Duplicate: func(m *marker, mk library.Mark) { m.add(mk.Moved(0.02, 0.02)) },
}

// doesMark tells whether an action is one with marks.
func doesMark(a keys.Action) bool {
	_, tool := keys.MarkOf(a)
	_, move := moves[a]
	return tool || move || acts[a] != nil || edits[a] != nil
}

// do does an action with marks, and tells whether it was one.
func (m *marker) do(a keys.Action) bool {
	if kind, ok := keys.MarkOf(a); ok {
		m.take(kind)
		return true
	}
	mk, picked := m.mark()
	if mv, ok := moves[a]; ok {
		switch {
		case picked && mv.stretch:
			m.set(markedit.Grown(mk, mv.dx, mv.dy))
		case picked:
			m.set(mk.Moved(mv.dx, mv.dy))
		}
		return true
	}
	if act, ok := acts[a]; ok {
		act(m, mk, picked)
		return true
	}
	edit, ok := edits[a]
	if ok && picked {
		edit(m, mk)
	}
	return ok && picked
}

// remove deletes the picked mark.
func (m *marker) remove() {
	list := slices.Delete(m.s.Marks.Of(m.owner).List(), m.picked, m.picked+1)
	m.picked = min(m.picked, len(list)-1)
	m.s.Marks.Set(m.owner, library.MarksOf(list...))
	m.changed()
}

// put puts the tool's mark into the middle of what is looked at; of a picked text it opens the writing.
func (m *marker) put(mk library.Mark, picked bool) {
	switch {
	case m.tool != "":
		m.add(markedit.Placed(m.tool, m.s.Study.Current().View.Turned(-int(m.s.Study.Current().Turn))))
	case picked && mk.Kind.Shape() == library.ShapePlace && m.OnWrite != nil:
		m.OnWrite()
	}
}

// pick picks the mark by some further on, the step's first.
func (m *marker) pick(by int) {
	steps, all := len(m.s.Marks.Of(study.OfStep).List()), 0
	if all = steps + len(m.s.Marks.Of(study.OfPage).List()); all == 0 {
		m.putAway()
		return
	}
	at := m.picked
	if at >= 0 && m.owner == study.OfPage {
		at += steps
	}
	if at < 0 && by < 0 {
		at = 0
	}
	at = ((at+by)%all + all) % all
	m.tool, m.owner, m.picked = "", study.OfStep, at
	if at >= steps {
		m.owner, m.picked = study.OfPage, at-steps
	}
	m.changed()
}

func (m *marker) widen(mk library.Mark, picked bool, by float64) {
	if !picked {
		return
	}
	if mk.Width == 0 {
		mk.Width = 1
	}
	mk.Width = max(library.MinWidth, min(library.MaxWidth, mk.Width*by))
	if math.Abs(mk.Width-1) < 0.05 {
		mk.Width = 0
	}
	m.set(mk)
}

// recolor gives the picked mark the next colour, or the one that is named.
func (m *marker) recolor(mk library.Mark, picked bool, names ...string) {
	if !picked || mk.Kind.Hides() {
		return
	}
	at := slices.Index(library.MarkColors, mk.Color) + 1
	mk.Color = library.MarkColors[at%len(library.MarkColors)]
	if len(names) > 0 {
		mk.Color = names[0]
	}
	m.set(mk)
}

func (m *marker) beat(by int) {
	mk, picked := m.mark()
	if !picked || m.owner == study.OfPage || mk.Kind.Hides() {
		return
	}
	mk.Beat = max(0, min(library.MaxBeat, mk.Beat+by))
	m.set(mk)
}

// order puts the picked mark over or under all others of its owner.
func (m *marker) order(front bool) {
	mk, picked := m.mark()
	if !picked {
		return
	}
	list := slices.Delete(m.s.Marks.Of(m.owner).List(), m.picked, m.picked+1)
	at := 0
	if front {
		at = len(list)
	}
	m.picked = at
	m.s.Marks.Set(m.owner, library.MarksOf(slices.Insert(list, at, mk)...))
	m.changed()
}

// changeOwner gives the picked mark from the step to the page or back; without one, the next marks.
func (m *marker) changeOwner() {
	other := study.OfPage
	if m.owner == study.OfPage {
		other = study.OfStep
	}
	mk, picked := m.mark()
	_, _, inStep := m.s.Study.Editing()
	switch {
	case other == study.OfStep && !inStep:
		m.s.Notices.Tell("mark.no-step", true)
	case other == study.OfPage && (mk.Kind.OfStep() || m.tool.OfStep()):
		m.s.Notices.Tell("mark.page-only", true)
	case !picked:
		m.owner = other
		m.changed()
	default:
		m.give(mk, other)
	}
}

// give gives the picked mark to another owner, in one edit.
func (m *marker) give(mk library.Mark, to study.Owner) {
	rest := slices.Delete(m.s.Marks.Of(m.owner).List(), m.picked, m.picked+1)
	if to == study.OfPage {
		mk.Beat = 0
	}
	theirs := append(m.s.Marks.Of(to).List(), mk)
	marks := map[study.Owner]library.Marks{m.owner: library.MarksOf(rest...), to: library.MarksOf(theirs...)}
	if m.s.Marks.SetBoth(marks[study.OfStep], marks[study.OfPage]) {
		m.owner, m.picked = to, len(theirs)-1
	}
	m.changed()
}
