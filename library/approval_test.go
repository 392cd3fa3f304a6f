package library_test

import (
	"bytes"
	"fmt"
	"slices"
	"testing"
	"time"

	"butluc/library"
)

func TestApprovalComesBack(t *testing.T) {
	at := time.Date(2025, 12, 1, 9, 30, 15, 99, time.FixedZone("", 7*3600))
	a, err := library.NewApproval(rich(t), 2, at)
	if err != nil {
		t.Fatal(err)
	}
	data, err := library.EncodeApproval(a)
	if err != nil {
		t.Fatal(err)
	}
	back, err := library.DecodeApproval(data)
	if err != nil {
		t.Fatal(err)
	}
	if back.Number != 2 || !back.At.Equal(at.Truncate(time.Second)) || back.SHA256 != a.SHA256 || !back.Outline.Same(a.Outline) {
		t.Errorf("came back as %d %v %s", back.Number, back.At, back.SHA256)
	}
	if s := a.Short(); len(s) != 14 {
		t.Errorf("short fingerprint %q", s)
	}
	if _, err := library.DecodeApproval(bytes.Replace(data, []byte("vì sao"), []byte("vì đâu"), 1)); err == nil {
		t.Error("a copy that was changed is taken for what was submitted")
	}
}

func FuzzDecodeApproval(f *testing.F) {
	a, err := library.NewApproval(rich(f), 1, time.Unix(0, 0))
	if err != nil {
		f.Fatal(err)
	}
	data, err := library.EncodeApproval(a)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"version":1}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		a, err := library.DecodeApproval(data)
		if err != nil {
			return
		}
		if _, err := library.EncodeApproval(a); err != nil {
			t.Errorf("what was read can't be written: %v", err)
		}
	})
}

func TestSinceTellsWhatWasEdited(t *testing.T) {
	was := rich(t)
	if d := was.Since(was); len(d) > 0 {
		t.Fatalf("an outline differs from itself: %v", d)
	}
	var steps []library.Step
	for ref := range was.Walk() {
		steps = append(steps, ref.Step)
	}
	if len(steps) < 3 {
		t.Fatalf("only %d steps to try it on", len(steps))
	}
	for name, c := range map[string]struct {
		edit func(library.Outline) library.Edit
		want string
	}{
		"a question": {func(o library.Outline) library.Edit {
			s := steps[0]
			s.Say, s.Ground = "Vì sao?", "Điều 308"
			return o.Set(s)
		}, fmt.Sprintf("[changed %s [Say Ground]]", steps[0].ID)},
		"a page": {func(o library.Outline) library.Edit {
			s := steps[1]
			s.Shot = library.ShotOf(library.PageID{Path: "other.pdf"})
			return o.Set(s)
		}, fmt.Sprintf("[changed %s [Shot]]", steps[1].ID)},
		"one gone": {func(o library.Outline) library.Edit { return o.Delete(steps[2].ID) }, fmt.Sprintf("[removed %s []]", steps[2].ID)},
		"one more": {func(o library.Outline) library.Edit {
			return o.AddSteps(library.Place{Parent: steps[0].Scenario}, library.Step{ID: "new"})
		}, "[added new []]"},
		"a flag is study": {func(o library.Outline) library.Edit {
			return o.Set(library.PageNote{Page: library.PageID{Path: "x.pdf"}, Flag: library.FlagKey, Text: "!"})
		}, "[]"},
		"a folio is not": {func(o library.Outline) library.Edit {
			return o.Set(library.PageNote{Page: library.PageID{Path: "x.pdf"}, Folio: "9"})
		}, "[added x.pdf#1 []]"},
	} {
		now := apply(t, was, c.edit)
		var got []string
		for _, d := range now.Since(was) {
			got = append(got, fmt.Sprintf("%s %s %v", d.Kind, d.Record.Key().ID, d.Fields))
		}
		if s := fmt.Sprint(got); s != c.want {
			t.Errorf("%s: %s, want %s", name, s, c.want)
		}
	}
}

// One step dragged to the front is one that moved, not all that it passed.
func TestSinceTellsTheFewestMoves(t *testing.T) {
	add := func(o library.Outline) library.Edit { return o.AddPhase(library.Phase{ID: "p"}, library.Place{}) }
	was := apply(t, library.Outline{}, add,
		func(o library.Outline) library.Edit {
			return o.AddScenario(library.Scenario{ID: "s"}, library.Place{Parent: "p"})
		},
		func(o library.Outline) library.Edit {
			return o.AddScenario(library.Scenario{ID: "s2"}, library.Place{Parent: "p"})
		},
		func(o library.Outline) library.Edit {
			return o.AddSteps(library.Place{Parent: "s"}, library.Step{ID: "a"}, library.Step{ID: "b"}, library.Step{ID: "c"}, library.Step{ID: "d"})
		})
	now := apply(t, was,
		func(o library.Outline) library.Edit { return o.Move(library.Place{Parent: "s", Before: "a"}, "d") },
		func(o library.Outline) library.Edit { return o.Move(library.Place{Parent: "s2"}, "b") })
	var got []string
	for _, d := range now.Since(was) {
		got = append(got, string(d.Kind)+" "+d.Record.Key().ID)
	}
	if !slices.Equal(got, []string{"moved d", "moved b"}) {
		t.Errorf("%v", got)
	}
}
