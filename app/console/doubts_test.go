package console

import (
	"testing"

	"butluc/library"
	"butluc/presenter"
)

// A page that takes a second key is marked in Preview before the first.
func TestAPageThatTakesASecondKeyIsMarkedBefore(t *testing.T) {
	w := newHarness(t)
	closeHarness(t, w)
	pages := w.Dossier.Pages()
	statement := pages[3]
	d, _ := w.Dossier.Document(statement)
	first, _ := d.First()
	w.Edits.Edit(w.Dossier.Outline().AddPerson(library.Person{ID: "a", Name: "A", Present: true}))
	w.Edits.Edit(w.Dossier.Outline().Set(library.Heading{First: first, Person: "a"}))
	plain := pages[len(pages)-1]
	w.Start(false)
	for page, want := range map[library.PageID]int{pages[11]: 1, statement: 1, plain: 0} {
		w.Control.Do(presenter.Call{Shot: library.ShotOf(page)})
		w.pump()
		if got := w.Guard.Doubts(); len(got) != want || !w.Stage.State().Asked.IsZero() {
			t.Errorf("%s: marked %q, want %d lines; asked about %v", page, got, want, w.Stage.State().Asked)
		}
	}
	w.Control.Do(presenter.Caution{Page: plain, Why: presenter.Incomplete})
	w.Control.Do(presenter.Call{Shot: library.ShotOf(plain)})
	if got := w.Guard.Doubts(); len(got) != 1 {
		t.Errorf("an incomplete page is marked %q", got)
	}
	phase, _ := w.Dossier.Outline().Phase("p")
	phase.Told = "tranh-luan"
	w.Edits.Edit(w.Dossier.Outline().Set(phase))
	w.Control.Do(presenter.Call{Shot: library.ShotOf(statement)})
	if got := w.Guard.Doubts(); len(got) != 0 {
		t.Errorf("a statement in the argument is marked %q", got)
	}
}
