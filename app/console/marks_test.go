package console

import (
	"image"
	"os"
	"path/filepath"
	"testing"

	"butluc/app/console/consoletest"
	"butluc/app/console/study"
	"butluc/library"
	"butluc/presenter"
)

var hiding = library.Mark{Kind: library.MarkRedaction, Points: []library.Point{{X: 0.2, Y: 0.2}, {X: 0.8, Y: 0.8}}}

// prepared is a step of these pages, chosen.
func (w *harness) prepared(shot library.Shot) library.ID {
	w.t.Helper()
	id := library.NewID()
	if !w.Edits.Edit(w.Dossier.Outline().AddSteps(library.Place{Parent: "s0"}, library.Step{ID: id, Say: "Vì sao?", Shot: shot})) {
		w.t.Fatal(w.Notices.Now().Text)
	}
	w.Study.SelectStep(id)
	return id
}

func (w *harness) panes(id library.ID) []library.Pane {
	w.t.Helper()
	step, ok := w.Dossier.Outline().Step(id)
	if !ok {
		w.t.Fatalf("no step %s", id)
	}
	return step.Shot.List()
}

// A step may show a page twice, from afar and from near: marks belong to the pane that is looked at.
func TestMarksAreOfThePaneThatIsLookedAt(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	pages := w.Dossier.Pages()
	from := library.Rect{X0: 0.1, Y0: 0.1, X1: 0.5, Y1: 0.3}
	id := w.prepared(library.ShotOf(pages[3], pages[4], pages[3]).With(2, library.Pane{Page: pages[3], View: from}))
	want := [3]library.Marks{library.MarksOf(boxAt(0.1)), library.MarksOf(boxAt(0.2)), library.MarksOf(boxAt(0.3))}
	for _, i := range []int{2, 0, 1} {
		w.Study.LookAt(i)
		if step, at, ok := w.Study.Editing(); !ok || at != i || step.ID != id {
			t.Fatalf("looking at pane %d, pane %d of %s is edited (%v)", i, at, step.ID, ok)
		}
		if !w.Marks.Of(study.OfStep).IsZero() {
			t.Errorf("pane %d has the marks %v of another", i, w.Marks.Of(study.OfStep))
		}
		if !w.Marks.Set(study.OfStep, want[i]) || w.Marks.Of(study.OfStep) != want[i] {
			t.Errorf("pane %d has the marks %v, want %v", i, w.Marks.Of(study.OfStep), want[i])
		}
		if !w.Marks.Adjust(library.Adjust{Contrast: int8(10 + i)}) || w.Marks.Adjusted().Contrast != int8(10+i) {
			t.Errorf("pane %d is adjusted as %+v", i, w.Marks.Adjusted())
		}
	}
	for i, p := range w.panes(id) {
		if p.Marks != want[i] || p.Adjust.Contrast != int8(10+i) {
			t.Errorf("pane %d of the step is %+v", i, p)
		}
	}
	if p := w.panes(id)[2]; p.View != from {
		t.Errorf("marks changed the view to %v", p.View)
	}
	w.Study.Select(pages[3]) // in the tree: the step stays chosen, and its first pane of that page is meant
	if _, at, ok := w.Study.Editing(); !ok || w.panes(id)[at].Page != pages[3] {
		t.Errorf("pane %d is edited (%v)", at, ok)
	}
	w.Study.Select(pages[7])
	if _, _, ok := w.Study.Editing(); ok || w.Marks.Set(study.OfStep, want[0]) || w.Marks.Adjust(library.Adjust{Invert: true}) {
		t.Error("a page that the step does not show is marked in the step")
	}
	if w.Notices.Now().Text == "" {
		t.Error("and nobody is told")
	}
}

// Giving a mark from a step to its page is one edit.
func TestMarksOfAStepAndItsPageChangeTogether(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	page := w.Dossier.Pages()[3]
	id := w.prepared(library.ShotOf(page))
	w.Marks.Set(study.OfStep, library.MarksOf(boxAt(0.1), boxAt(0.2)))
	if !w.Marks.SetBoth(library.MarksOf(boxAt(0.1)), library.MarksOf(boxAt(0.2))) {
		t.Fatal(w.Notices.Now().Text)
	}
	if w.Marks.Of(study.OfStep) != library.MarksOf(boxAt(0.1)) || w.Marks.Of(study.OfPage) != library.MarksOf(boxAt(0.2)) {
		t.Errorf("the step has %v, the page %v", w.Marks.Of(study.OfStep), w.Marks.Of(study.OfPage))
	}
	w.Edits.Undo()
	if w.Marks.Of(study.OfStep) != library.MarksOf(boxAt(0.1), boxAt(0.2)) || !w.Marks.Of(study.OfPage).IsZero() {
		t.Errorf("undone, the step has %v, the page %v", w.Marks.Of(study.OfStep), w.Marks.Of(study.OfPage))
	}
	if got := w.panes(id)[0].Marks; got != w.Marks.Of(study.OfStep) {
		t.Errorf("the step holds %v", got)
	}
	w.Study.SelectStep("")
	w.Study.Select(page)
	if w.Marks.SetBoth(library.Marks{}, library.Marks{}) {
		t.Error("a step was marked that is not chosen")
	}
	late := boxAt(0.3)
	late.Beat = 1
	if w.Marks.Set(study.OfPage, library.MarksOf(late)) {
		t.Error("a mark of a page waits for a beat")
	}
}

// Turning what comes next, or the page beside it, leaves what is drawn on it, what is hidden first of all.
func TestTurningPreviewKeepsItsMarks(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	view := library.Rect{X0: 0.1, Y0: 0.1, X1: 0.6, Y1: 0.5}
	pane := library.Pane{
		Page: w.Dossier.Pages()[3], View: view, Marks: library.MarksOf(hiding, boxAt(0.1)), Adjust: library.Adjust{Invert: true},
	}
	w.prepared(library.Shot{}.Add(pane))
	w.until("the page's proportions", func() bool {
		_, err := w.Pictures.Thumb(pane.Page, image.Pt(64, 64)) // which asks for it
		return err != nil || w.Pictures.Aspect(pane) > 0
	})
	w.Start(true)
	for _, key := range []string{"]", "[", "]", "]"} {
		if err := w.hand.Press(key); err != nil {
			t.Fatal(err)
		}
	}
	got := w.Stage.State().Preview.First()
	want := pane
	want.Turn, want.View = 2, library.Rect{}
	if got != want {
		t.Errorf("Preview is %+v, want %+v", got, want)
	}
}

// A file that got another name since keeps what lies on its pages: in Prepare, where it can be changed, and in court.
func TestMarksOfAFileThatWasRenamedAreSeenAndEdited(t *testing.T) {
	dir := consoletest.SampleCase(t)
	w := openHarness(t, dir, nil)
	var page library.PageID
	for _, p := range w.Dossier.Pages() {
		if e, _ := w.Dossier.Exhibit(p.Path); e.File.Kind == library.KindPDF {
			page = p
			break
		}
	}
	w.Study.Select(page)
	marks := library.MarksOf(hiding, boxAt(0.1))
	if !w.Marks.Set(study.OfPage, marks) {
		t.Fatal(w.Notices.Now().Text)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	const name = "Tên mới.pdf"
	if err := os.Rename(filepath.Join(dir, filepath.FromSlash(page.Path)), filepath.Join(dir, name)); err != nil {
		t.Fatal(err)
	}
	w = openHarness(t, dir, nil)
	closeHarness(t, w)
	w.until("the fingerprints", func() bool { return w.Dossier.FileAt(name).SHA256 != "" })
	now := library.PageID{Path: name, Index: page.Index}
	w.Study.Select(now)
	if got := w.Marks.Of(study.OfPage); got != marks {
		t.Fatalf("on the page are %v, want %v", got, marks)
	}

	w.Start(false)
	w.Control.Do(presenter.Call{Shot: library.ShotOf(now)})
	w.does(presenter.Take{})
	size := w.screen.Size()
	if got := w.screen.Sees.RGBAAt(size.X/2, size.Y/2); got.R|got.G|got.B != 0 {
		t.Errorf("in the middle of what is redacted the court sees %v", got)
	}
	w.Hearing.End()

	for _, next := range []library.Marks{library.MarksOf(boxAt(0.3)), {}} {
		if !w.Marks.Set(study.OfPage, next) || w.Marks.Of(study.OfPage) != next {
			t.Errorf("the marks are %v, want %v", w.Marks.Of(study.OfPage), next)
		}
	}
	w.Edits.Undo()
	w.Edits.Undo()
	if got := w.Marks.Of(study.OfPage); got != marks {
		t.Errorf("undone, they are %v", got)
	}
	w.Edits.Relink()
	if got := w.Marks.Of(study.OfPage); got != marks || w.Dossier.Outline().Note(now).Marks != marks {
		t.Errorf("relinked, they are %v", got)
	}
}

// A step of which one page can't be drawn is no reason not to see the other.
func TestAPageIsStudiedThoughTheOneBesideItIsGone(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	w.prepared(library.ShotOf(w.Dossier.Pages()[3], library.PageID{Path: "mất rồi.pdf"}))
	box := image.Pt(200, 200)
	w.until("the page", func() bool { s, _ := w.Canvas.Draw(box); return s.Image != nil })
	if s, err := w.Canvas.Draw(box); err != nil || s.Court || s.Shot.Count != 1 || s.Shot.First().Page != w.Dossier.Pages()[3] {
		t.Errorf("%+v, %v", s.Shot, err)
	}
}
