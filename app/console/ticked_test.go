package console

import (
	"encoding/json"
	"testing"

	"butluc/app/console/court"
	"butluc/app/console/hearing"
	"butluc/library"
	"butluc/presenter"
)

// ticked are the places in the run of the steps that are said to have been shown.
func (w *harness) ticked() (places []int) {
	for i, cue := range w.Run.Cues() {
		if w.Run.WasShown(library.ID(cue.ID)) {
			places = append(places, i)
		}
	}
	return places
}

// wantTicked checks them.
func (w *harness) wantTicked(when string, want ...int) {
	w.t.Helper()
	got := w.ticked()
	if len(got) != len(want) {
		w.t.Fatalf("%s: steps %v are ticked, want %v", when, got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			w.t.Fatalf("%s: steps %v are ticked, want %v", when, got, want)
		}
	}
}

// A step is ticked once the court saw it: not one that was taken while the cable was out.
func TestOnlyWhatTheCourtSawIsTicked(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	w.Start(false)
	w.wantTicked("at the start")
	w.does(presenter.Next{})
	w.wantTicked("the first step", 0)
	w.Stage.Projector().SetScreen(nil)
	w.screen.Hide()
	w.does(presenter.Next{})
	w.wantTicked("a step without a screen", 0)
	w.does(presenter.Next{})
	w.wantTicked("a step of words only", 0, 2)
	w.does(presenter.Next{})
	w.Stage.Projector().SetScreen(w.screen)
	w.wantTicked("the cable is back, black", 0, 2)
	w.does(presenter.Blank{})
	w.wantTicked("what was taken meanwhile is shown", 0, 2, 3)
	w.does(presenter.Blank{})
	w.does(presenter.Call{Shot: library.ShotOf(w.Dossier.Pages()[1])}, presenter.Take{})
	w.wantTicked("a page from outside the outline is shown, and the step skipped without a screen is not", 0, 2, 3)
}

// A trial that began without a projector goes on, on a single screen, by the one button.
func TestATrialWithoutACourtScreenGoesOnOnASingleOne(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	w.opt.Court.Screen = nil // as in the window; and there is no projector
	w.Start(false)
	if m, ok := w.Court.OtherMode(); !ok || m != court.ModeSingle {
		t.Fatalf("offered is %v, %v", m, ok)
	}
	w.does(presenter.Next{})
	w.wantTicked("nothing was painted")
	w.Court.ChooseMode(court.ModeSingle)
	if w.Court.Mode() != court.ModeSingle || !w.Stage.Running() {
		t.Fatalf("mode %v, running %v", w.Court.Mode(), w.Stage.Running())
	}
	if m, ok := w.Court.OtherMode(); ok {
		t.Errorf("offered is %v, and there is no second screen", m)
	}
	var kept struct{ Mode court.Mode }
	if err := json.Unmarshal([]byte(w.Dossier.File().Setting(hearing.PlaceSetting)), &kept); err != nil || kept.Mode != court.ModeSingle {
		t.Errorf("a trial that is cut off now goes on in mode %v, %v", kept.Mode, err)
	}
}
