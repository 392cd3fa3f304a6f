package console

import (
	"testing"

	"butluc/app/console/consoletest"
	"butluc/app/console/court"
	"butluc/app/console/hearing"
	"butluc/app/console/recorder"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/library/journal"
	"butluc/presenter"
)

// recorded are the kinds of the journal's entries.
func (w *harness) recorded() (kinds []journal.Kind) {
	w.t.Helper()
	w.until("the journal to be open", func() bool { return w.log.Load() != nil && w.Session.Recorder.Journal() != nil })
	if err := w.log.Load().Flush(); err != nil {
		w.t.Fatal(err)
	}
	if _, err := journal.ReadFile(w.log.Load().Path(), func(e journal.Entry) { kinds = append(kinds, e.Kind) }); err != nil {
		w.t.Fatal(err)
	}
	return kinds
}

// wantBlack checks that the court sees black, and no desktop.
func (w *harness) wantBlack(when string) {
	w.t.Helper()
	if w.screen.Sees != nil || w.screen.Hidden || !w.Court.Attached() {
		w.t.Fatalf("%s: the court sees a page %v, its window is hidden %v, there at all %v", when, w.screen.Sees != nil, w.screen.Hidden, w.Court.Attached())
	}
}

// When a trial ends the court sees black, until a person takes that away, and the next trial begins with it.
func TestATrialEndsBlack(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	w.Start(false)
	w.does(presenter.Next{})
	w.Hearing.End()
	w.wantBlack("at the end")
	if state, _ := w.Court.State(); !w.Court.Held() || state != court.Held {
		t.Errorf("held %v, the lamp says %v", w.Court.Held(), state)
	}
	if kinds := w.recorded(); kinds[len(kinds)-1] != journal.KindEnd || kinds[len(kinds)-2] != journal.KindBlack {
		t.Errorf("the journal has %v", kinds)
	}
	for _, c := range []presenter.Command{presenter.Next{}, presenter.Take{}, presenter.Blank{}} {
		w.Control.Do(c)
		w.wantBlack("after a key when the trial is over")
	}
	w.Start(false)
	w.wantBlack("when another trial begins")
	if w.Court.Held() || !w.Stage.Running() {
		t.Fatalf("begun again, held %v, running %v", w.Court.Held(), w.Stage.Running())
	}
	w.does(presenter.Next{})
	if w.screen.Sees == nil {
		t.Error("the second trial shows nothing")
	}
	w.Hearing.End()
	w.Court.Release()
	if w.Court.Held() || w.Court.Attached() {
		t.Error("the court screen was not let go")
	}
}

// Another case may be opened while the court screen is black still, and shown on it.
func TestTheBlackAfterATrialStaysWhileAnotherCaseOpens(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	w.Start(false)
	w.does(presenter.Next{})
	w.Hearing.End()
	first := w.Dossier.File()
	w.Open(consoletest.SampleCase(t))
	w.until("the other case", func() bool {
		snapshot, ok := w.Dossier.Snapshot()
		return ok && w.Dossier.File() != first && !snapshot.Reading && snapshot.Progress.Total > 0
	})
	w.wantBlack("with another case")
	w.Start(false)
	w.does(presenter.Next{})
	if w.screen.Sees == nil {
		t.Error("the other case's trial shows nothing")
	}
	w.Hearing.End()
}

// What goes away with the program, and was ended by no person, is offered to be gone on with; the journal does not say
// that the hearing ended.
func TestWhatNobodyEndedGoesOn(t *testing.T) {
	for name, leave := range map[string]func(*harness){
		"left in order":                 func(w *harness) { w.Hearing.CutOff() },
		"the window system went before": func(*harness) {},
	} {
		t.Run(name, func(t *testing.T) {
			dir := consoletest.SampleCase(t)
			hashless := func(o *casefile.Options) { o.NoHash = true }
			w := openHarness(t, dir, hashless)
			w.outline()
			w.Start(false)
			w.does(presenter.Next{})
			w.does(presenter.Next{})
			w.draws(boxAt(0.3))
			saw := w.Stage.State().Program
			w.recorded() // it is open
			leave(w)
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			if err := w.log.Load().Close(); err != nil {
				t.Fatal(err)
			}
			var kinds []journal.Kind
			if _, err := journal.ReadFile(w.log.Load().Path(), func(e journal.Entry) { kinds = append(kinds, e.Kind) }); err != nil {
				t.Fatal(err)
			}
			if last := kinds[len(kinds)-1]; last != journal.KindCut {
				t.Errorf("the journal ends with %q", last)
			}

			again := openHarness(t, dir, hashless)
			closeHarness(t, again)
			if !again.Resume.Unfinished() {
				t.Fatal("it is not offered to go on")
			}
			again.Start(false)
			if st := again.Stage.State(); !st.Black || st.Preview != saw {
				t.Errorf("gone on with: black %v, in Preview %v, want %v", st.Black, st.Preview, saw)
			}
			again.does(presenter.Take{})
			again.Hearing.End()
			again.wantKept("in all", []library.Mark{boxAt(0.3)})
			if again.Dossier.File().Setting(hearing.PlaceSetting) != "" {
				t.Error("ended by a person, it would be offered again")
			}
		})
	}
}

// The summary has what the journal has, also where the journal is still being opened.
func TestTheHearingInFigures(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	w.Start(false)
	w.does(presenter.Next{})
	w.draws(boxAt(0.3))
	w.does(presenter.Next{})
	w.Hearing.End()
	var got *recorder.Outcome
	w.Recorder.ReadHearing(func(h recorder.Outcome) { got = &h })
	w.until("the figures", func() bool { return got != nil })
	if got.Pages != 2 || got.Recordings != 0 || got.Kept != 1 || got.Trouble != "" || got.To.Before(got.From) || got.From.IsZero() {
		t.Errorf("%+v", got.Hearing)
	}
	if got.Record.Head.Count == 0 || got.Record.Path != w.log.Load().Path() {
		t.Errorf("the journal is %q of %d lines", got.Record.Path, got.Record.Head.Count)
	}
}
