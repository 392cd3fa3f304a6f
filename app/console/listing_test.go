package console

import (
	"bytes"
	"errors"
	"image/jpeg"
	"io/fs"
	"testing"

	"butluc/app/console/consoletest"
	"butluc/app/console/listing"
	"butluc/app/console/readiness"
	"butluc/library"
	"butluc/library/shelf"
)

// listed is the case as it is in the list.
func (w *harness) listed() shelf.Entry {
	w.t.Helper()
	cases := w.Settings.Shelf().Cases()
	if len(cases) == 0 {
		w.t.Fatal("the list is empty")
	}
	return cases[0]
}

// What the shelf shows of a case is in its list: how far the work has come, what was checked and whether that still holds.
func TestTheListKnowsHowFarACaseIs(t *testing.T) {
	w := openHarness(t, consoletest.SampleCase(t), nil)
	closeHarness(t, w)
	if e := w.listed(); e.Stage != shelf.StageEmpty || e.Steps != 0 || e.Pages == 0 || e.Opened.IsZero() || !e.Checked.IsZero() {
		t.Errorf("a case without an outline is listed as %+v", e)
	}
	w.outline()
	w.Listing.Keep()
	if e := w.listed(); e.Stage != shelf.StageOutline || e.Steps != 18 || e.Bad != 0 || !e.Held.IsZero() {
		t.Errorf("a case with an outline is listed as %+v", e)
	}
	w.Readiness.Note(w.Dossier.Outline(), []readiness.Line{{Good: true}, {}})
	e := w.listed()
	if e.Checked.IsZero() || e.Doubts != 1 || e.CheckedOf == "" {
		t.Errorf("a case that was checked is listed as %+v", e)
	}

	w.turnTo(folderOf(t, map[string][]byte{photograph.Path: jpegOf(t, 200, 400, false)}))
	w.turnTo(e.Path)
	if again := w.listed(); !again.Checked.Equal(e.Checked) || again.Doubts != 1 || again.Steps != 18 {
		t.Errorf("opened again it is listed as %+v, it was %+v", again, e)
	}

	step := firstStep(w)
	step.Say = "Hỏi khác"
	w.Edits.Edit(w.Dossier.Outline().Set(step))
	w.pump()
	if e := w.listed(); !e.Checked.IsZero() || e.Doubts != 0 {
		t.Errorf("changed after the check it is listed as %+v", e)
	}
	w.Hearing.Rehearse(true)
	w.Start(false)
	if e := w.listed(); !e.Held.IsZero() {
		t.Error("a rehearsal is listed as a trial")
	}
	w.Hearing.End()
	w.Hearing.Rehearse(false)
	w.Start(false)
	if e := w.listed(); e.Held.IsZero() {
		t.Error("a trial is not listed")
	}
	w.Hearing.End()
}

func firstStep(w *harness) library.Step {
	for ref := range w.Dossier.Outline().Walk() {
		return ref.Step
	}
	return library.Step{}
}

// The picture of the first pages has none that not everybody is to see, is kept once all are drawn, each in a place of its
// own, and is made anew when one of them is another one.
func TestTheFirstPagesAreKeptOnceTheyAreDrawn(t *testing.T) {
	w := openHarness(t, consoletest.SampleCase(t), nil)
	closeHarness(t, w)
	path := w.listed().Path
	kept := func(when string, other []byte) (b []byte) {
		t.Helper()
		w.until("the first pages "+when, func() bool {
			w.Listing.Keep()
			now, err := w.Settings.Shelf().Firsts(path)
			if err != nil && !errors.Is(err, fs.ErrNotExist) {
				t.Fatal(err)
			}
			b = now
			return err == nil && !bytes.Equal(b, other)
		})
		picture, err := jpeg.DecodeConfig(bytes.NewReader(b))
		if err != nil || picture.Width != listing.FirstPages*listing.FirstPageWide || picture.Height != listing.FirstPageTall {
			t.Errorf("%s the picture is %+v, %v", when, picture, err)
		}
		return b
	}
	open := kept("of the case", nil)
	var first library.PageID
	for _, d := range w.Dossier.Documents() {
		if len(d.Pages) > 0 && d.File.Showable() {
			first = d.Pages[0]
			break
		}
	}
	w.Edits.Restrict("khac", first)
	w.pump()
	w.Listing.Keep()
	if b, err := w.Settings.Shelf().Firsts(path); err == nil && bytes.Equal(b, open) {
		t.Error("the picture with a page that is restricted by now is still there")
	}
	restricted := kept("without one that is restricted", open)
	w.Edits.Restrict("", first)
	note := w.Dossier.Outline().Note(first)
	note.Page = first
	note.Marks = library.MarksOf(library.Mark{Kind: library.MarkRedaction, Points: []library.Point{{X: 0.1, Y: 0.1}, {X: 0.5, Y: 0.5}}})
	w.Edits.Edit(w.Dossier.Outline().Set(note))
	w.pump()
	w.Listing.Keep()
	if !bytes.Equal(kept("without one that is redacted", nil), restricted) {
		t.Error("a page that is redacted in part is among the first pages")
	}
	for _, d := range w.Dossier.Documents() {
		if len(d.Pages) > 0 {
			w.Edits.Restrict("khac", d.Pages[0])
		}
	}
	w.pump()
	w.Listing.Keep()
	if _, err := w.Settings.Shelf().Firsts(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("where all first pages are restricted there is a picture of some: %v", err)
	}
}
