package console

import (
	"slices"
	"testing"

	"butluc/app/console/consoletest"
	"butluc/app/console/hearing"
	"butluc/app/console/live"
	"butluc/library"
	"butluc/library/casefile"
	"butluc/presenter"
)

// Marks that are told apart by where they are.
func boxAt(x float64) library.Mark {
	return library.Mark{Kind: library.MarkBox, Points: []library.Point{{X: x, Y: 0.1}, {X: x + 0.05, Y: 0.2}}}
}

// looks waits until the court sees what was taken.
func (w *harness) looks() {
	w.t.Helper()
	w.until("the court's picture", func() bool { return !w.Stage.Waits() })
}

// does does something in the trial and waits until the court sees it.
func (w *harness) does(commands ...presenter.Command) {
	w.t.Helper()
	w.Control.Do(commands...)
	w.looks()
}

func (w *harness) draws(m library.Mark) {
	w.t.Helper()
	w.Control.Draw(0, m)
	w.looks()
}

// keptMarks are the marks of the steps that were made of what was drawn live, one list a step.
func (w *harness) keptMarks() [][]library.Mark {
	var kept [][]library.Mark
	for _, s := range w.Dossier.Outline().Steps(live.Scenario) {
		kept = append(kept, s.Shot.First().Marks.List())
	}
	return kept
}

func (w *harness) wantKept(when string, want ...[]library.Mark) {
	w.t.Helper()
	got := w.keptMarks()
	if len(got) != len(want) {
		w.t.Fatalf("%s: %d steps of what was drawn, want %d: %v", when, len(got), len(want), got)
	}
	for i := range want {
		if library.MarksOf(got[i]...) != library.MarksOf(want[i]...) {
			w.t.Errorf("%s: step %d has the marks %v, want %v", when, i, got[i], want[i])
		}
	}
}

// inBeats is a step of which two marks appear with beats.
func (w *harness) inBeats() library.Shot {
	w.t.Helper()
	first, second := boxAt(0.5), boxAt(0.7)
	first.Beat, second.Beat = 1, 2
	shot := library.Shot{}.Add(library.Pane{Page: w.Dossier.Pages()[3], Marks: library.MarksOf(first, second)})
	w.prepared(shot)
	return shot
}

// A trial that was cut off goes on with the very picture that the court saw: its beat, and what was drawn on it.
func TestATrialGoesOnAtItsBeatWithWhatWasDrawn(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	shot := w.inBeats()
	w.Start(true)
	w.does(presenter.Next{})
	w.does(presenter.Next{})
	w.draws(boxAt(0.1))
	saw := w.Stage.State().Program
	if saw.Beat != 1 || !saw.HasLive() {
		t.Fatalf("the court sees %v: this test would prove nothing", saw)
	}
	kept := w.Dossier.File().Setting(hearing.PlaceSetting)
	w.Hearing.End()
	w.Edits.Undo() // what was drawn is no step
	w.Dossier.File().SetSetting(hearing.PlaceSetting, kept)
	w.Resume.Find()
	w.Start(false)
	if st := w.Stage.State(); !st.Black || st.Preview != saw {
		t.Fatalf("begun again, black %v, Preview %v, want %v", st.Black, st.Preview, saw)
	}
	w.does(presenter.Take{})
	if w.Stage.State().Program != saw {
		t.Fatalf("the court sees %v, want %v", w.Stage.State().Program, saw)
	}
	w.does(presenter.Next{})
	if p := w.Stage.State().Program; p.Beat != 2 || p.First().Page != shot.First().Page {
		t.Errorf("next is %v, want the step's second beat", p)
	}
	w.Hearing.End()
	w.wantKept("after all", append(shot.First().Marks.List(), boxAt(0.1)))
}

// A page that is put beside what the court sees leaves that as it is, its beat and what was drawn.
func TestAPageBesideLeavesTheBeat(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	w.inBeats()
	w.Start(true)
	w.does(presenter.Next{})
	w.does(presenter.Next{})
	w.draws(boxAt(0.1))
	before := w.Stage.State().Program
	w.Study.Select(w.Dossier.Pages()[5])
	w.Control.Beside()
	w.does(presenter.Take{})
	after := w.Stage.State().Program
	if after.Count != 2 || after.Panes[1].Page != w.Dossier.Pages()[5] {
		t.Fatalf("the court sees %v", after)
	}
	if a, b := after.Drawn(0, library.Marks{}), before.Drawn(0, library.Marks{}); library.MarksOf(a...) != library.MarksOf(b...) {
		t.Errorf("on the first page stand %v, there stood %v", a, b)
	}
}

func closeHarness(t *testing.T, w *harness) {
	t.Helper()
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
		if j := w.log.Load(); j != nil {
			if err := j.Close(); err != nil {
				t.Error(err)
			}
		}
	})
}

// Promise 7: what was drawn while the court looked, and neither kept nor cleared, is kept when the trial ends.
func TestWhatWasDrawnLiveIsKeptWhenTheTrialEnds(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	steps := w.Dossier.Outline().Count(library.TableSteps)
	w.Start(false)
	w.does(presenter.Next{})
	w.draws(boxAt(0.1))
	w.draws(boxAt(0.2)) // more on the same page is the same step
	w.does(presenter.Next{})
	w.draws(boxAt(0.3))
	w.does(presenter.Clear{}) // is not kept
	w.does(presenter.Next{}, presenter.Next{})
	w.draws(boxAt(0.4))
	w.Live.Keep() // is kept now, and not once more at the end
	w.wantKept("in the trial", []library.Mark{boxAt(0.4)})
	w.does(presenter.Blank{})
	w.Hearing.End()
	w.wantKept("after the trial", []library.Mark{boxAt(0.4)}, []library.Mark{boxAt(0.1), boxAt(0.2)})
	w.Edits.Undo() // as one edit
	w.wantKept("undone once", []library.Mark{boxAt(0.4)})
	w.Edits.Undo()
	if w.wantKept("undone twice"); w.Dossier.Outline().Count(library.TableSteps) != steps {
		t.Errorf("%d steps, there were %d", w.Dossier.Outline().Count(library.TableSteps), steps)
	}
	if _, there := w.Dossier.Outline().Phase(live.Phase); there {
		t.Error("the phase for them is still there")
	}
}

// What was kept and then drawn on is another picture: that is kept, too.
func TestWhatIsDrawnAfterKeepingIsKeptToo(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	w.Start(false)
	w.does(presenter.Next{})
	w.Live.Keep()
	w.wantKept("with nothing drawn")
	w.draws(boxAt(0.1))
	w.Live.Keep()
	w.Live.Keep()
	w.wantKept("kept twice", []library.Mark{boxAt(0.1)})
	w.draws(boxAt(0.2))
	w.does(presenter.Next{})
	w.Live.Keep() // of what the court saw before
	w.wantKept("kept on the next page", []library.Mark{boxAt(0.1)}, []library.Mark{boxAt(0.1), boxAt(0.2)})
	w.Hearing.End()
	w.wantKept("at the end", []library.Mark{boxAt(0.1)}, []library.Mark{boxAt(0.1), boxAt(0.2)})
}

// A page has room for so many marks: what can be drawn can also be kept.
func TestNoMoreIsDrawnThanCanBeKept(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	full := slices.Repeat([]library.Mark{boxAt(0.5)}, library.MaxMarks-1)
	w.prepared(library.Shot{}.Add(library.Pane{Page: w.Dossier.Pages()[3], Marks: library.MarksOf(full...)}))
	w.Start(true)
	w.does(presenter.Next{})
	w.draws(boxAt(0.1))
	w.Notices.Clear()
	w.draws(boxAt(0.2))
	if !w.Notices.Now().Warn {
		t.Error("nobody is told that the page is full")
	}
	w.Hearing.End()
	w.wantKept("at the end", append(full, boxAt(0.1)))
}

// What was drawn on two panes, over the step's own marks, is one step of all of them, from its first appearance on.
func TestAStepOfWhatWasDrawnHasWhatTheCourtSaw(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	at := slices.IndexFunc(w.Run.Cues(), func(c presenter.Cue) bool { return c.Shot.Count == 2 })
	late := boxAt(0.5)
	late.Beat = 2
	step, _ := w.Dossier.Outline().Step(library.ID(w.Run.Cues()[at].ID))
	pane := step.Shot.Panes[0]
	pane.Marks = library.MarksOf(boxAt(0.4), late)
	step.Shot = step.Shot.With(0, pane)
	w.Edits.Edit(w.Dossier.Outline().Set(step))
	w.Start(false)
	w.does(presenter.Jump{At: at}, presenter.Next{})
	w.does(presenter.Next{}) // the first beat
	w.Control.Draw(1, boxAt(0.2))
	w.draws(boxAt(0.1))
	w.Hearing.End()
	kept := w.Dossier.Outline().Steps(live.Scenario)
	if len(kept) != 1 {
		t.Fatalf("%d steps", len(kept))
	}
	panes := kept[0].Shot.List()
	if len(panes) != 2 || panes[0].Page != pane.Page || panes[0].Marks != library.MarksOf(boxAt(0.4), late, boxAt(0.1)) || panes[1].Marks != library.MarksOf(boxAt(0.2)) {
		t.Errorf("the step shows %+v", panes)
	}
	if kept[0].Shot.HasLive() || kept[0].Shot.Beat != 0 {
		t.Errorf("the step is at beat %d, with live marks %v", kept[0].Shot.Beat, kept[0].Shot.HasLive())
	}
}

// Without an outline the run is the file's pages; a first step would make it another one in the midst of a trial.
func TestWithoutAnOutlineWhatWasDrawnIsKeptAtTheEndOnly(t *testing.T) {
	w := openHarness(t, consoletest.SampleCase(t), func(o *casefile.Options) { o.NoHash = true })
	closeHarness(t, w)
	if w.Dossier.Outlined() {
		t.Fatal("the case has an outline")
	}
	w.Start(false)
	run := slices.Clone(w.Run.Cues())
	w.does(presenter.Next{})
	w.draws(boxAt(0.1))
	w.Live.Keep()
	w.does(presenter.Next{})
	w.draws(boxAt(0.2))
	w.does(presenter.Next{})
	w.draws(boxAt(0.3))
	w.does(presenter.Next{})
	w.Live.Keep() // of what was drawn before
	w.does(presenter.Next{})
	w.draws(boxAt(0.4)) // is left to the end
	if !slices.Equal(run, w.Run.Cues()) || w.Dossier.Outlined() {
		t.Fatalf("the run is %d cues, it was %d; steps %d", len(w.Run.Cues()), len(run), w.Dossier.Outline().Count(library.TableSteps))
	}
	if at := w.Stage.State().At; at != 4 {
		t.Errorf("the trial is at %d, want 4", at)
	}
	w.Hearing.End()
	got := map[float64]int{}
	for _, marks := range w.keptMarks() {
		if len(marks) != 1 {
			t.Errorf("a step has the marks %v", marks)
		}
		got[marks[0].Points[0].X]++
	}
	for _, x := range []float64{0.1, 0.2, 0.3, 0.4} {
		if got[x] != 1 {
			t.Errorf("what was drawn at %v is in %d steps", x, got[x])
		}
	}
	w.Edits.Undo()
	if w.Dossier.Outlined() {
		t.Error("the steps are not one edit")
	}
}

// Promise 7: a window that is closed in a trial, as by a signal, has kept what was drawn.
func TestWhatWasDrawnSurvivesTheEndOfTheProgram(t *testing.T) {
	for name, outlined := range map[string]bool{"with an outline": true, "without": false} {
		t.Run(name, func(t *testing.T) {
			dir := consoletest.SampleCase(t)
			quick := func(o *casefile.Options) { o.NoHash = true }
			w := openHarness(t, dir, quick)
			if outlined {
				w.outline()
			}
			w.Start(false)
			w.does(presenter.Next{})
			w.draws(boxAt(0.1))
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			again := openHarness(t, dir, quick)
			closeHarness(t, again)
			again.wantKept("opened again", []library.Mark{boxAt(0.1)})
		})
	}
}
