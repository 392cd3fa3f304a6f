package library_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"butluc/library"
	"butluc/library/librarytest"
)

func order(o library.Outline) string {
	s := ""
	for _, p := range o.Phases() {
		s += string(p.ID) + "("
		for _, sc := range o.Scenarios(p.ID) {
			s += string(sc.ID) + "["
			for _, st := range o.Steps(sc.ID) {
				s += string(st.ID) + " "
			}
			s += "]"
		}
		s += ")"
	}
	return s
}

func TestEditsDoWhatTheySay(t *testing.T) {
	tests := []struct {
		name string
		edit func(library.Outline) library.Edit
		want string
	}{
		{"nothing", func(library.Outline) library.Edit { return library.Edit{} }, "p1(a[a1 a2 a3 ]b[b1 ])p2()"},
		{"step up", func(o library.Outline) library.Edit { return o.Nudge("a3", -1) }, "p1(a[a1 a3 a2 ]b[b1 ])p2()"},
		{"step down and out", func(o library.Outline) library.Edit { return o.Nudge("a3", 1) }, "p1(a[a1 a2 ]b[a3 b1 ])p2()"},
		{"first up", func(o library.Outline) library.Edit { return o.Nudge("a1", -1) }, "p1(a[a1 a2 a3 ]b[b1 ])p2()"},
		{"scenario to the next phase", func(o library.Outline) library.Edit { return o.Nudge("b", 1) }, "p1(a[a1 a2 a3 ])p2(b[b1 ])"},
		{"phase up", func(o library.Outline) library.Edit { return o.Nudge("p2", -1) }, "p2()p1(a[a1 a2 a3 ]b[b1 ])"},
		{"several steps", func(o library.Outline) library.Edit { return o.Move(library.Place{"b", "b1"}, "a3", "a1") }, "p1(a[a2 ]b[a1 a3 b1 ])p2()"},
		{"before itself", func(o library.Outline) library.Edit { return o.Move(library.Place{"a", "a2"}, "a2") }, "p1(a[a1 a2 a3 ]b[b1 ])p2()"},
		{"delete a scenario", func(o library.Outline) library.Edit { return o.Delete("a", "a1") }, "p1(b[b1 ])p2()"},
		{"delete a phase", func(o library.Outline) library.Edit { return o.Delete("p1") }, "p2()"},
		{"add after", func(o library.Outline) library.Edit { return o.AddSteps(o.After("a1"), library.Step{ID: "new"}) }, "p1(a[a1 new a2 a3 ]b[b1 ])p2()"},
	}
	for _, test := range tests {
		o := librarytest.Small(t)
		e := test.edit(o)
		next, err := o.Apply(e)
		if err != nil {
			t.Errorf("%s: %v", test.name, err)
			continue
		}
		if got := order(next); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
		back, err := next.Apply(e.Inverse())
		if err != nil || !back.Same(o) {
			t.Errorf("%s: does not go back: %v, %s", test.name, err, order(back))
		}
	}
}

func TestApplyRefuses(t *testing.T) {
	o := librarytest.Small(t)
	a1, _ := o.Step("a1")
	longer := a1
	longer.Say = "?"
	tests := []struct {
		name string
		edit library.Edit
		want error
	}{
		{"no such scenario", o.AddSteps(library.Place{Parent: "z"}, library.Step{}), library.ErrParent},
		{"the same id twice", o.AddSteps(library.Place{Parent: "a"}, library.Step{ID: "b1"}), library.ErrThere},
		{"a digit twice", o.Set(library.Scenario{ID: "b", Digit: 1}), library.ErrDigit},
		{"a digit of ten", o.Set(library.Scenario{ID: "b", Digit: 10}), library.ErrInvalid},
		{"asks nobody known", o.Set(library.Step{ID: "b1", Asks: "z"}), library.ErrParent},
		{"out of the case", o.Set(library.Step{ID: "b1", Shot: library.ShotOf(library.PageID{Path: "../x.pdf"})}), library.ErrInvalid},
		{"not text", o.Set(library.Step{ID: "b1", Say: "\xff"}), library.ErrInvalid},
		{"orphans", o.Remove("delete", a1.Key(), library.Key{Table: library.TableScenarios, ID: "a"}), library.ErrParent},
		{"changed meanwhile", library.Edit{Changes: []library.Change{{longer, a1}}}, library.ErrStale},
		{"moved when gone", o.Move(library.Place{Parent: "a"}, "z"), library.ErrNoRecord},
		{"one join twice", o.SetAll("join", library.Join{ID: "1", Paths: []string{"a", "b"}}, library.Join{ID: "2", Paths: []string{"b", "c"}}), library.ErrJoined},
	}
	for _, test := range tests {
		next, err := o.Apply(test.edit)
		if !errors.Is(err, test.want) || next != o {
			t.Errorf("%s: %v, want %v; the outline changed: %v", test.name, err, test.want, next != o)
		}
	}
}

func TestPasteIsDeepAndNew(t *testing.T) {
	o := apply(t, librarytest.Small(t), func(o library.Outline) library.Edit {
		return o.Set(library.Step{ID: "a1", Asks: "khai", Say: "vì sao?"})
	})
	o = apply(t, o, func(o library.Outline) library.Edit { return o.Duplicate("p1") })
	phases := o.Phases()
	if len(phases) != 3 || phases[1].ID == "p1" {
		t.Fatalf("duplicate of a phase: %s", order(o))
	}
	scenarios := o.Scenarios(phases[1].ID)
	if len(scenarios) != 2 || scenarios[0].Digit != 0 {
		t.Fatalf("its scenarios: %+v", scenarios)
	}
	if steps := o.Steps(scenarios[0].ID); len(steps) != 3 || steps[0].ID == "a1" || steps[0].Say != "vì sao?" || steps[0].Asks != "khai" {
		t.Errorf("their steps: %+v", steps)
	}
	o = apply(t, o, func(o library.Outline) library.Edit { return o.Delete("khai") })
	if s, _ := o.Step("a1"); s.Asks != "" {
		t.Errorf("a1 still asks %q, who is gone", s.Asks)
	}
}

func TestUsedInAndUnused(t *testing.T) {
	o := librarytest.Small(t)
	page := library.PageID{Path: "Tập 1/BL 1-9.pdf"}
	if got := o.UsedIn(page); !slices.Equal(got, []library.ID{"a1", "b1"}) {
		t.Errorf("used in %v", got)
	}
	moved := apply(t, o, func(o library.Outline) library.Edit { return o.Nudge("b", -1) })
	if got := moved.UsedIn(page); !slices.Equal(got, []library.ID{"b1", "a1"}) {
		t.Errorf("after a move used in %v, want the outline's order", got)
	}
	x := library.NewIndex(library.Exhibits([]library.File{{Path: "Tập 1/BL 1-9.pdf", Pages: 9}, {Path: "b.pdf", Pages: 1}, {Path: "c.mp4"}}))
	if got := o.Unused(x); len(got) != 1 || got[0].File.Path != "b.pdf" {
		t.Errorf("unused: %v", got)
	}
	// Of a volume that is cut, each document is used or not by itself.
	o = apply(t, o, func(o library.Outline) library.Edit {
		return o.SetAll("heading", library.Heading{First: library.PageID{Path: page.Path, Index: 2}, Title: "hai"}, library.Heading{First: library.PageID{Path: page.Path, Index: 3}, Title: "ba"})
	})
	if got := o.Unused(x); len(got) != 2 || got[0].Title != "ba" || got[1].File.Path != "b.pdf" {
		t.Errorf("unused: %v", got)
	}
}

// randomEdit is something that a person might do next.
func randomEdit(r *rand.Rand, o library.Outline) library.Edit {
	var phases, scenarios, steps []library.ID
	for _, p := range o.Phases() {
		phases = append(phases, p.ID)
		for _, s := range o.Scenarios(p.ID) {
			scenarios = append(scenarios, s.ID)
			for _, st := range o.Steps(s.ID) {
				steps = append(steps, st.ID)
			}
		}
	}
	pick := func(ids []library.ID) library.ID {
		if len(ids) == 0 {
			return ""
		}
		return ids[r.IntN(len(ids))]
	}
	page := library.PageID{Path: fmt.Sprintf("f%d.pdf", r.IntN(5)), Index: r.IntN(9)}
	switch r.IntN(16) {
	case 0:
		return o.AddPhase(library.Phase{}, o.After(pick(phases)))
	case 1, 2:
		return o.AddScenario(library.Scenario{}, library.Place{Parent: pick(phases)})
	case 3, 4:
		return o.AddSteps(library.Place{Parent: pick(scenarios)}, library.Step{Shot: library.ShotOf(page)}, library.Step{})
	case 5:
		s, _ := o.Step(pick(steps))
		s.Say += "x"
		return o.Set(s)
	case 6:
		return o.Nudge(pick(slices.Concat(phases, scenarios, steps)), 1-2*r.IntN(2))
	case 7:
		return o.Move(o.After(pick(steps)), pick(steps))
	case 8:
		return o.Delete(pick(slices.Concat(scenarios, steps, steps, steps)))
	case 9:
		return o.Duplicate(pick(slices.Concat(scenarios, steps)))
	case 10:
		return o.SetDigit(pick(scenarios), r.IntN(10))
	case 11:
		return o.Set(library.PageNote{Page: page, Hidden: r.IntN(2) == 0})
	case 12:
		return o.SetPassage(library.PageID{Path: page.Path, Index: r.IntN(9)}, library.Passage{First: page, To: page.Index + 1 + r.IntN(9)})
	case 13:
		return o.Set(library.Recording{First: library.PageID{Path: page.Path}, Stamp: []string{library.StampNone, library.StampTime}[r.IntN(2)]})
	case 14:
		s, ok := o.Step(pick(steps))
		if !ok {
			return library.Edit{}
		}
		s.Shot = library.Passage{First: page, To: page.Index + 5}.Shot()
		return o.Set(s)
	default:
		return o.Set(library.Heading{First: page, Title: fmt.Sprint(r.IntN(100))})
	}
}

// Whatever is done, undo walks back through exactly what was, and redo forth again.
func TestUndoWalksBackExactly(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for round := range 40 {
		o, h, now := librarytest.Small(t), library.History{}, time.Unix(0, 0)
		states := []library.Outline{o}
		for range 60 {
			next, err := o.Apply(randomEdit(r, o))
			if err != nil || next == o {
				continue
			}
			h.Do(library.Edit{Changes: diff(t, o, next)}, now)
			now = now.Add(time.Second)
			states, o = append(states, next), next
		}
		for i := len(states) - 2; i >= 0; i-- {
			e, _ := h.Undo()
			back, err := o.Apply(e)
			if err != nil || !back.Same(states[i]) || order(back) != order(states[i]) {
				t.Fatalf("round %d, undo %d: %v\n%s\n%s", round, i, err, order(back), order(states[i]))
			}
			o = back
		}
		for i := 1; i < len(states); i++ {
			e, _ := h.Redo()
			next, err := o.Apply(e)
			if err != nil || !next.Same(states[i]) {
				t.Fatalf("round %d, redo %d: %v", round, i, err)
			}
			o = next
		}
		if e, _ := h.Redo(); !e.IsZero() {
			t.Fatalf("there is something more to redo: %+v", e)
		}
	}
}

// diff is the changes between two outlines, found without the edit that made them.
func diff(t *testing.T, a, b library.Outline) []library.Change {
	t.Helper()
	before, after := map[library.Key]library.Record{}, map[library.Key]library.Record{}
	for r := range a.Records() {
		before[r.Key()] = r
	}
	for r := range b.Records() {
		after[r.Key()] = r
	}
	var changes []library.Change
	for k, r := range before {
		if fmt.Sprint(r) != fmt.Sprint(after[k]) {
			changes = append(changes, library.Change{Before: r, After: after[k]})
		}
	}
	for k, r := range after {
		if before[k] == nil {
			changes = append(changes, library.Change{After: r})
		}
	}
	return changes
}

func TestTypingIsOneUndo(t *testing.T) {
	o, h, now := librarytest.Small(t), library.History{}, time.Unix(0, 0)
	typeSay := func(text string, pause time.Duration) {
		s, _ := o.Step("a1")
		s.Say = text
		e := o.Set(s)
		now = now.Add(pause)
		h.Do(e, now)
		o = apply(t, o, func(library.Outline) library.Edit { return e })
	}
	typeSay("v", 0)
	typeSay("vì", time.Second)
	typeSay("vì sao", time.Second)
	typeSay("vì sao?", 3*time.Second)
	if undo, _ := h.Len(); undo != 2 {
		t.Errorf("%d steps of undo, want 2: a pause parts them", undo)
	}
	e, _ := h.Undo()
	o = apply(t, o, func(library.Outline) library.Edit { return e })
	if s, _ := o.Step("a1"); s.Say != "vì sao" {
		t.Errorf("undone to %q", s.Say)
	}
	typeSay("vì sao vậy", time.Second)
	if undo, redo := h.Len(); undo != 2 || redo != 0 {
		t.Errorf("typing after an undo: %d to undo, %d to redo", undo, redo)
	}
}

func TestHistoryIsBounded(t *testing.T) {
	o, h := librarytest.Small(t), library.History{}
	kept := map[uint64]bool{}
	for i := range 3 * library.MaxUndo {
		e := o.Set(library.PageNote{Page: library.PageID{Path: "a", Index: i}, Text: fmt.Sprintf("%020000d", i)})
		c := h.Do(e, time.Time{})
		for _, seq := range c.Gone {
			delete(kept, seq)
		}
		for _, entry := range c.Put {
			kept[entry.Seq] = true
		}
	}
	undo, _ := h.Len()
	if undo > 210 || undo < 150 {
		t.Errorf("%d edits of 20 KB each are kept, want about 4 MB of them", undo)
	}
	if len(kept) != undo {
		t.Errorf("%d entries are stored for %d that can be undone", len(kept), undo)
	}
}

func TestRankBetween(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	ranks := []string{}
	longest := 0
	for range 5000 {
		at := r.IntN(len(ranks) + 1)
		if r.IntN(2) == 0 {
			at = len(ranks)
		}
		low, high := "", ""
		if at > 0 {
			low = ranks[at-1]
		}
		if at < len(ranks) {
			high = ranks[at]
		}
		rank := library.RankBetween(low, high)
		if rank <= low || high != "" && rank >= high {
			t.Fatalf("between %q and %q: %q", low, high, rank)
		}
		longest = max(longest, len(rank))
		ranks = slices.Insert(ranks, at, rank)
	}
	if longest > 16 {
		t.Errorf("ranks grew to %d digits", longest)
	}
}

// Steps put again and again into the same place keep their order, and ranks stay short.
func TestRanksStayShort(t *testing.T) {
	o := librarytest.Small(t)
	for i := range 400 {
		id := library.ID(fmt.Sprint("n", i))
		o = apply(t, o, func(o library.Outline) library.Edit {
			return o.AddSteps(library.Place{"a", "a2"}, library.Step{ID: id})
		})
	}
	steps := o.Steps("a")
	if len(steps) != 403 || steps[1].ID != "n0" || steps[400].ID != "n399" || steps[401].ID != "a2" {
		t.Errorf("order is lost: %s", order(o))
	}
	for _, s := range steps {
		if len(s.Rank) > 40 {
			t.Fatalf("rank of %d digits", len(s.Rank))
		}
	}
}
