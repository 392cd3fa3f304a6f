package console

import (
	"testing"

	"butluc/library"
	"butluc/library/office/register"
	"butluc/presenter"
)

// row is the open case's row in the register.
func (w *harness) row() register.Row {
	w.t.Helper()
	r, there := w.Register.Book.Row(w.Dossier.Latest().Case.ID)
	if !there {
		w.t.Fatal("the open case is not in the register")
	}
	return r
}

// What is known of a case stands in the register without anybody typing it, and what is typed there is in the case at once,
// on disk within a second, and can be undone.
func TestTheOpenCaseIsInTheRegister(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	w.Listing.Keep()
	r := w.row()
	if r.Path != w.Dossier.Latest().Case.Path || r.Found.Scanned == 0 || r.Found.Outline != register.OutlineDrafted || r.Facts.Kind != register.Criminal || r.Pending() {
		t.Errorf("%+v", r)
	}
	r.Facts.Number, r.Facts.Docket.Sheets, r.Facts.Docket.Stage = "12/2026", 300, library.StageTrial
	if !w.Register.Set(r) {
		t.Fatal("it is not taken")
	}
	if o := w.Dossier.Outline(); o.Cover().CaseNumber != "12/2026" || o.Docket().Sheets != 300 {
		t.Errorf("the case has %+v, %+v", o.Cover(), o.Docket())
	}
	w.until("the register on disk", func() bool {
		b, err := register.Load(w.Settings.Shelf().Dir())
		kept, there := b.Row(r.ID)
		return err == nil && there && kept.Facts.Number == "12/2026"
	})
	w.Register.Undo()
	if o := w.Dossier.Outline(); o.Cover().CaseNumber != "" || o.Docket().Sheets != 0 || w.row().Facts.Number != "" {
		t.Errorf("undone, the case has %+v, %+v", o.Cover(), o.Docket())
	}
	w.Register.Redo()
	if w.Dossier.Outline().Docket().Sheets != 300 || w.row().Facts.Docket.Sheets != 300 {
		t.Error("it is not done again")
	}
	if w.Register.Remove(r.ID) {
		t.Error("the open case can be taken out of the register")
	}
	w.Edits.Edit(w.Dossier.Outline().Set(library.Docket{Sheets: 301})) // elsewhere in the window
	w.Listing.Keep()
	if got := w.row(); got.Facts.Docket.Sheets != 301 || got.Pending() {
		t.Errorf("what was edited in the case is %+v in the register", got.Facts.Docket)
	}
}

// What was typed of a closed case goes into it when it is opened, beside what was typed in the case itself.
func TestWhatWasTypedOfAClosedCaseGoesIntoIt(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	w.Listing.Keep()
	r, home := w.row(), w.Dossier.Latest().Case.Path
	w.turnTo(folderOf(t, map[string][]byte{photograph.Path: jpegOf(t, 200, 400, false)}))
	r.Facts.Prosecutor, r.Facts.Docket.Due = "Trần Thị Bình", "2026-12-24"
	if !w.Register.Set(r) {
		t.Fatal("it is not taken")
	}
	if kept, _ := w.Register.Book.Row(r.ID); !kept.Pending() {
		t.Error("nobody knows that the case lacks it")
	}
	if rows := w.Register.Book.Rows(); len(rows) != 2 {
		t.Errorf("%d rows of two cases", len(rows))
	}
	w.turnTo(home)
	if o := w.Dossier.Outline(); o.Cover().Prosecutor != "Trần Thị Bình" || o.Docket().Due != "2026-12-24" {
		t.Errorf("the case has %+v, %+v", o.Cover(), o.Docket())
	}
	if w.row().Pending() {
		t.Error("it counts as missing still")
	}
}

// What the court saw is counted once the trial ended; a rehearsal is no hearing.
func TestTheRegisterCountsWhatTheCourtSaw(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	trial := func(rehearsal bool) {
		w.Hearing.Rehearse(rehearsal)
		w.Start(false)
		for range 3 {
			w.Control.Do(presenter.Next{})
			w.until("the page", func() bool { st := w.Stage.State(); return st.Stands || st.Black })
		}
		w.Hearing.End()
		w.Hearing.Rehearse(false)
	}
	trial(true)
	var rehearsed *register.Shown
	w.Recorder.ReadShown(func(shown register.Shown) { rehearsed = &shown })
	w.until("the journal of the rehearsal", func() bool { return rehearsed != nil })
	if len(rehearsed.Days) != 0 || rehearsed.Pages != 0 {
		t.Errorf("a rehearsal counts: %+v", rehearsed)
	}
	trial(false)
	w.until("the count", func() bool { return w.row().Found.Shown.Pages > 0 }) // which may come in two parts
	if got := w.row().Found.Shown; len(got.Days) != 1 || got.Pages > 3 || got.Minutes > 1 {
		t.Errorf("%+v", got)
	}
}

// A list of cases that was read serves all rooms; while it is made anew, the one before does.
func TestTheListOfTheRegisterIsMadeAside(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	if !w.Register.Set(register.Row{ID: "paper", Facts: register.Facts{Kind: register.Civil, Title: "Tranh chấp đất"}}) {
		t.Fatal("it is not taken")
	}
	w.until("the row", func() bool { return len(w.Register.List().Find("tranh chap dan su", "", register.ByDue, false)) == 1 })
	if !w.Register.Remove("paper") {
		t.Error("a case on paper can't be taken out")
	}
	w.until("no row", func() bool { return len(w.Register.List().Find("tranh chap", "", register.ByDue, false)) == 0 })
	w.Register.Undo()
	w.until("the row again", func() bool { return len(w.Register.List().Find("tranh chap", "", register.ByDue, false)) == 1 })
}

// The sample case is invented: it is in no register.
func TestTheSampleIsInNoRegister(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	w.sample = w.Dossier.Latest().Case.Path
	w.Register.Book.Remove(w.Dossier.Latest().Case.ID)
	w.Listing.Keep()
	if rows := w.Register.Book.Rows(); len(rows) != 0 {
		t.Errorf("%+v", rows)
	}
}
