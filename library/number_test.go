package library_test

import (
	"maps"
	"testing"

	"butluc/library"
)

func TestNumbersAreThePlaces(t *testing.T) {
	o := apply(t, library.Outline{},
		func(o library.Outline) library.Edit { return o.AddPhase(library.Phase{ID: "p"}, library.Place{}) },
		func(o library.Outline) library.Edit {
			return o.AddScenario(library.Scenario{ID: "a"}, library.Place{Parent: "p"})
		},
		func(o library.Outline) library.Edit {
			return o.AddScenario(library.Scenario{ID: "three", Digit: 3}, library.Place{Parent: "p"})
		},
		func(o library.Outline) library.Edit {
			return o.AddScenario(library.Scenario{ID: "b"}, library.Place{Parent: "p"})
		},
		func(o library.Outline) library.Edit {
			return o.AddSteps(library.Place{Parent: "three"}, library.Step{ID: "x"}, library.Step{ID: "y"})
		},
		func(o library.Outline) library.Edit {
			return o.AddSteps(library.Place{Parent: "b"}, library.Step{ID: "z"})
		})
	numbers := o.Numbers()
	for id, want := range map[library.ID]string{"a": "A", "three": "B", "b": "C", "x": "B.1", "y": "B.2", "z": "C.1"} {
		if numbers[id] != want {
			t.Errorf("%s is %q, want %q", id, numbers[id], want)
		}
	}
	for _, scenario := range []library.ID{"a", "b", "three"} { // a key given, moved or taken away changes no number
		for digit := range 10 {
			keyed := apply(t, o, func(o library.Outline) library.Edit { return o.SetDigit(scenario, digit) })
			if !maps.Equal(keyed.Numbers(), numbers) {
				t.Errorf("with the key %d, %s: %v, want %v", digit, scenario, keyed.Numbers(), numbers)
			}
		}
	}
}

func TestStepTitleIsTheFirstThereIs(t *testing.T) {
	x := library.NewIndex(library.Exhibits([]library.File{{Path: "t/BL 45 Biên bản.pdf", Kind: library.KindPDF, Pages: 1}}))
	shot := library.ShotOf(library.PageID{Path: "t/BL 45 Biên bản.pdf"})
	for want, s := range map[string]library.Step{
		"Con dao":  {Title: " Con dao ", Say: "Của ai?"},
		"Của ai?":  {Say: "\nCủa ai?\nỞ đâu?", Shot: shot},
		"Biên bản": {Shot: shot},
		"gone.pdf": {Shot: library.ShotOf(library.PageID{Path: "t/gone.pdf"})},
		"":         {},
	} {
		if got := (library.Outline{}).StepTitle(s, x); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
