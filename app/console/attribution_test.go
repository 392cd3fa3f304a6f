package console

import (
	"testing"

	"butluc/library"
)

// Statements are found to be of the person that their name has, for certain, or else their first page; what is applied is
// undone in one step.
func TestStatementsFindTheirPersons(t *testing.T) {
	w := newSpoken(t)
	o := w.Dossier.Outline()
	w.Edits.Edit(o.AddPerson(library.Person{ID: "page", Name: "Cầm Dao"})) // as all pages say
	w.Edits.Edit(w.Dossier.Outline().AddPerson(library.Person{ID: "title", Name: "Lương Minh Đạt"}))
	var titled library.PageID
	for _, d := range w.Dossier.Documents() {
		if first, ok := d.First(); ok && d.IsStatement() {
			titled = first
			w.Edits.Edit(w.Dossier.Outline().Set(library.Heading{First: first, Title: "Biên bản ghi lời khai Lương Minh Đạt"}))
			break
		}
	}
	var got []library.Attribution
	asked := false
	w.Attribution.Propose(func(list []library.Attribution) { got, asked = list, true })
	w.until("proposals", func() bool { return asked })
	if len(got) < 2 {
		t.Fatalf("%d statements are attributed", len(got))
	}
	for _, a := range got {
		want := library.ID("page")
		if a.First == titled {
			want = "title"
		}
		if a.Persons[0] != want || a.Certain != (a.First == titled) {
			t.Errorf("%s: of %v, certain %v", a.Title, a.Persons, a.Certain)
		}
	}
	if !w.Attribution.Apply(got...) {
		t.Fatal("nothing was applied")
	}
	w.Edits.Undo()
	for _, a := range got {
		if d, _ := w.Dossier.Document(a.First); d.Person != "" {
			t.Errorf("after one undo %s is of %q still", a.Title, d.Person)
		}
	}
}
