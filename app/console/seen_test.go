package console

import (
	"strings"
	"testing"

	"butluc/library"
	"butluc/library/journal"
	"butluc/presenter"
	"butluc/presenter/projector"
)

// shown are the journal's entries of what the court saw.
func (w *harness) shown() []journal.Entry {
	w.t.Helper()
	w.until("the journal to be open", func() bool { return w.log.Load() != nil && w.Session.Recorder.Journal() != nil })
	if err := w.log.Load().Flush(); err != nil {
		w.t.Fatal(err)
	}
	var entries []journal.Entry
	if _, err := journal.ReadFile(w.log.Load().Path(), func(e journal.Entry) {
		if e.Shown != nil {
			entries = append(entries, e)
		}
	}); err != nil {
		w.t.Fatal(err)
	}
	return entries
}

func kindsOf(m library.Marks) string {
	var kinds []string
	for _, mark := range m.List() {
		kinds = append(kinds, string(mark.Kind))
	}
	return strings.Join(kinds, " ")
}

// manifold is a step of two pages, one of which was turned upright, with marks of the page, of the step, of two
// beats, a callout, captions, and a picture that is changed for display.
func (w *harness) manifold() library.ID {
	w.t.Helper()
	pages := w.Dossier.Pages()
	o := w.Dossier.Outline()
	cover := o.Cover()
	cover.Captions = library.CaptionFull
	if cover.Kind == "" {
		cover.Kind = library.CaseOwn
	}
	w.Edits.Edit(o.Set(cover))
	w.Edits.Edit(w.Dossier.Outline().TurnPage(pages[3], 1, w.Dossier.Index()))
	w.Edits.Edit(w.Dossier.Outline().SetAll("mark", w.Dossier.Outline().MarkPage(pages[3], library.MarksOf(hiding, library.Mark{
		Kind: library.MarkEllipse, Points: []library.Point{{X: 0.1, Y: 0.1}, {X: 0.3, Y: 0.2}},
	}), w.Dossier.Index())...))
	first := library.Mark{Kind: library.MarkHighlight, Points: []library.Point{{X: 0.1, Y: 0.4}, {X: 0.5, Y: 0.42}}, Beat: 1}
	second := library.Mark{Kind: library.MarkCallout, Points: []library.Point{{X: 0.1, Y: 0.4}, {X: 0.6, Y: 0.5}}, Beat: 2}
	return w.prepared(library.Shot{}.Add(library.Pane{
		Page: pages[3], Turn: 2, Marks: library.MarksOf(boxAt(0.7), first, second), Adjust: library.Adjust{Contrast: 30, Sharpen: 50},
	}).Add(library.Pane{
		Page: pages[4], View: library.Rect{X0: 0.1, Y0: 0.1, X1: 0.8, Y1: 0.6},
		Marks: library.MarksOf(library.Mark{Kind: library.MarkRedaction, Points: []library.Point{{X: 0.3, Y: 0.3}, {X: 0.5, Y: 0.4}}}),
	}))
}

// Promise 10: the journal has all that the court saw, marks in the order in which they lie on each other.
func TestTheJournalHasTheMarksThatWereSeen(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	w.manifold()
	w.Start(true)
	w.does(presenter.Next{})
	w.does(presenter.Next{})
	w.does(presenter.Next{})
	w.draws(boxAt(0.75))
	w.does(presenter.HideMarks{})
	w.does(presenter.HideMarks{})
	w.does(presenter.Clear{})
	w.Hearing.End()
	entries := w.shown()
	want := []struct {
		kind  journal.Kind
		beat  int
		bare  bool
		marks string
	}{
		{journal.KindShow, 0, false, "ellipse box redaction"},
		{journal.KindShow, 1, false, "ellipse box highlight redaction"},
		{journal.KindShow, 2, false, "ellipse box highlight callout redaction"},
		{journal.KindView, 2, false, "ellipse box highlight callout box redaction"},
		{journal.KindShow, 2, true, "redaction"},
		{journal.KindShow, 2, false, "ellipse box highlight callout box redaction"},
		{journal.KindView, 2, false, "ellipse box highlight callout redaction"},
	}
	if len(entries) != len(want) {
		t.Fatalf("%d entries, want %d: %+v", len(entries), len(want), entries)
	}
	for i, e := range entries {
		s := e.Shown
		if e.Kind != want[i].kind || s.Beat != want[i].beat || s.MarksHidden != want[i].bare || kindsOf(s.Panes[0].Marks) != want[i].marks {
			t.Errorf("entry %d is a %s at beat %d, bare %v, with %s; want %+v", i, e.Kind, s.Beat, s.MarksHidden, kindsOf(s.Panes[0].Marks), want[i])
		}
		if got := kindsOf(s.Panes[1].Marks); got != "redaction" {
			t.Errorf("entry %d: on the second page are %q", i, got)
		}
		p := s.Panes[0]
		if p.Upright != 1 || p.Turn != 2 || p.Adjust != (library.Adjust{Contrast: 30, Sharpen: 50}) {
			t.Errorf("entry %d: upright %d, turned %d, adjusted %+v", i, p.Upright, p.Turn, p.Adjust)
		}
		if !strings.HasPrefix(p.Caption, "BL ") || !strings.HasSuffix(p.Caption, "ảnh đã tăng tương phản, làm nét") || s.Panes[1].Caption == "" {
			t.Errorf("entry %d: captions %q and %q", i, p.Caption, s.Panes[1].Caption)
		}
		if s.Step == "" || s.Number == "" {
			t.Errorf("entry %d is of no step", i)
		}
	}
}

// Each frame can be made again from the journal and the case's files alone: the very pixels.
func TestFramesAreMadeAgainFromTheJournal(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	w.manifold()
	w.Start(true)
	for range 3 {
		w.does(presenter.Next{})
	}
	w.draws(library.Mark{Kind: library.MarkPen, Points: []library.Point{{X: 0.1, Y: 0.1}, {X: 0.3, Y: 0.33}, {X: 0.9, Y: 0.2}}, Color: "red"})
	w.Control.Draw(1, library.Mark{Kind: library.MarkSpotlight, Points: []library.Point{{X: 0.2, Y: 0.2}, {X: 0.6, Y: 0.4}}})
	w.looks()
	w.does(presenter.HideMarks{})
	w.Hearing.End()
	// What is thought of the pages by now makes no difference.
	w.Edits.Edit(w.Dossier.Outline().TurnPage(w.Dossier.Pages()[3], 0, w.Dossier.Index()))
	cover := w.Dossier.Outline().Cover()
	cover.Captions = library.CaptionNone
	w.Edits.Edit(w.Dossier.Outline().Set(cover))
	entries := w.shown()
	if len(entries) < 5 {
		t.Fatalf("%d entries", len(entries))
	}
	for _, e := range entries {
		shot := e.Shown.Shot()
		frame, err := projector.Still(w.t.Context(), w.renderer, func(p library.Pane) (projector.Origin, bool) {
			origin, ok := w.Dossier.Origin(p)
			origin.Marks = library.Marks{}
			for i, pane := range shot.List() {
				if pane == p {
					origin.Upright, origin.Caption = library.Turn(e.Shown.Panes[i].Upright), e.Shown.Panes[i].Caption
				}
			}
			return origin, ok
		}, shot, w.screen.Size())
		if err != nil {
			t.Fatal(err)
		}
		if journal.PixelHash(frame.Image) != e.Shown.Pixels {
			t.Errorf("line %d: other pixels than the court saw", e.N)
		}
	}
}

// Beats, and hiding marks, are what the court is shown on purpose: each is in the journal at once. A line that is
// drawn, or a view that is moved, is there when it rests, or when anything else comes.
func TestABeatIsRecordedAtOnce(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	w.manifold()
	w.Start(true)
	w.does(presenter.Next{})
	for n, c := range []presenter.Command{presenter.Next{}, presenter.Next{}, presenter.Back{}, presenter.HideMarks{}, presenter.HideMarks{}} {
		w.does(c)
		if got := len(w.shown()); got != n+2 {
			t.Fatalf("after change %d of marks %d entries are there", n+1, got)
		}
	}
	before := len(w.shown())
	w.draws(boxAt(0.1))
	w.draws(boxAt(0.2))
	entries := w.shown()
	if w.Session.Recorder.Settling() && len(entries) != before {
		t.Errorf("%d entries of marks that are being drawn", len(entries)-before)
	}
	w.does(presenter.Next{})
	entries = w.shown()
	drawn, beat := entries[len(entries)-2], entries[len(entries)-1]
	if drawn.Kind != journal.KindView || kindsOf(drawn.Shown.Panes[0].Marks) != "ellipse box highlight box box redaction" {
		t.Errorf("before a beat that comes while marks are drawn is a %s with %s", drawn.Kind, kindsOf(drawn.Shown.Panes[0].Marks))
	}
	if beat.Kind != journal.KindShow || beat.Shown.Beat != 2 {
		t.Errorf("the beat is a %s of beat %d", beat.Kind, beat.Shown.Beat)
	}
}

// A redaction that comes while its page is on its way is in the journal as it was seen.
func TestTheJournalHasARedactionThatCameInTheTrial(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	page := w.Dossier.Pages()[3]
	w.prepared(library.ShotOf(page))
	w.Start(true)
	w.does(presenter.Next{})
	w.Edits.Edit(w.Dossier.Outline().SetAll("mark", w.Dossier.Outline().MarkPage(page, library.MarksOf(hiding), w.Dossier.Index())...))
	w.does(presenter.Blank{})
	w.does(presenter.Blank{})
	entries := w.shown()
	if len(entries) != 2 || !entries[0].Shown.Panes[0].Marks.IsZero() || kindsOf(entries[1].Shown.Panes[0].Marks) != "redaction" {
		t.Fatalf("%+v", entries)
	}
	if entries[0].Shown.Pixels == entries[1].Shown.Pixels {
		t.Error("the pixels are the same")
	}
}
