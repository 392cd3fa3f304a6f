package shell

import (
	"testing"

	"butluc/app/keys"
	"butluc/library"
)

// The timeline is walked by keys: down to a time, across to who tells of it otherwise, Enter opens the page there.
func TestTheTimelineIsWalkedByKeys(t *testing.T) {
	w := newConsole(t)
	accuses, clears := w.excerpted()
	o := w.session.Dossier.Outline()
	for _, p := range []library.Person{{ID: "one", Name: "Lê An"}, {ID: "two", Name: "Lê Bình"}} {
		if !w.session.Edits.Edit(o.AddPerson(p)) {
			t.Fatal("refused")
		}
		o = w.session.Dossier.Outline()
	}
	for e, who := range map[library.Excerpt]library.ID{accuses: "one", clears: "two"} {
		e.When, e.Person = "21:00 14/9/2025", who
		if !w.session.Edits.Edit(w.session.Dossier.Outline().Set(e)) {
			t.Fatal("refused")
		}
	}
	w.do(keys.GoStudy)
	w.key("Tab", "Tab", "Home")
	if e, _ := w.session.Excerpts.Chosen(); e.ID != accuses.ID {
		t.Fatalf("the first is %q", e.ID)
	}
	w.key("Right")
	if e, _ := w.session.Excerpts.Chosen(); e.ID != clears.ID {
		t.Fatalf("beside it is %q", e.ID)
	}
	times := w.session.Excerpts.Timeline()
	if len(times.Events) != 2 || len(times.Events[0].Against) != 1 || len(times.Lanes) != 2 {
		t.Errorf("the timeline is %+v", times)
	}
	w.key("Return")
	if w.at != keys.Prepare || w.session.Study.Current().Page != clears.Page {
		t.Errorf("Enter goes to room %d, page %v", w.at, w.session.Study.Current().Page)
	}
}
