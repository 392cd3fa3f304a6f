package prepare

import (
	"testing"

	"fyne.io/fyne/v2"

	"butluc/library"
)

// Persons are typed one after the other: Enter takes one and waits for the next.
func TestPersonsAreTypedAsAList(t *testing.T) {
	h := newHarness(t)
	h.people.openPersons()
	h.pump()
	for _, line := range []string{"Trần Văn M, bị cáo", "bị hại Lê Thị K"} {
		f := h.focusedField()
		h.typeIn(line)
		f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
		h.pump()
	}
	got := h.s.Dossier.Outline().Persons()
	if len(got) != 2 || got[0].Name != "Trần Văn M" || got[0].Role != "bi-cao" || got[1].Role != "bi-hai" || !got[1].Present {
		t.Errorf("the persons are %+v", got)
	}
	if f := h.focusedField(); f.Text != "" {
		t.Errorf("the next one begins with %q", f.Text)
	}
}

// Statements are proposed to persons all at once: ticked where their name tells it, and applied in one go.
func TestStatementsAreAttributedInOneGo(t *testing.T) {
	h := newHarness(t)
	h.edit(h.s.Dossier.Outline().AddPerson(library.Person{ID: "m", Name: "Trần Văn M"}))
	first := library.PageID{Path: record}
	h.edit(h.s.Dossier.Outline().Set(library.Heading{First: first, Title: "Biên bản hỏi cung Trần Văn M"}))
	h.people.attribute()
	h.until("the proposals", h.sheet.Visible)
	h.tap(h.s.T("attribution.apply", "count", 1))
	h.pump()
	if d, _ := h.s.Dossier.Document(first); d.Person != "m" || h.sheet.Visible() {
		t.Errorf("the statement is of %q; the sheet is open: %v", d.Person, h.sheet.Visible())
	}
}

// The heads over the persons sort them: by given name, by role, the present first; the outline keeps its own order.
func TestPersonsAreSorted(t *testing.T) {
	h := newHarness(t)
	for _, p := range []library.Person{
		{ID: "b", Name: "Trần Văn Bình", Role: "bi-hai", Present: true}, {ID: "a", Name: "Vũ Thị An", Role: "bi-cao"}, {ID: "c", Name: "Bùi Quang Chi", Role: "bi-hai"},
	} {
		h.edit(h.s.Dossier.Outline().AddPerson(p))
	}
	h.people.openPersons()
	for _, step := range []struct{ head, first string }{
		{"", "Trần Văn Bình"},
		{"person-column.name", "Vũ Thị An"},
		{"person-column.name", "Bùi Quang Chi"},
		{"person-column.role", "Vũ Thị An"},
		{"person-column.present", "Trần Văn Bình"},
	} {
		for i, key := range []string{"person-column.name", "person-column.role", "person-column.present"} {
			if key == step.head {
				h.people.heads.Click(i)
			}
		}
		if got := h.sheet.fields[0].Text; got != step.first {
			t.Errorf("sorted by %q, %q stands first, want %q", step.head, got, step.first)
		}
	}
	if got := h.s.Dossier.Outline().Persons()[0].ID; got != "b" {
		t.Errorf("the outline begins with %q", got)
	}
	h.tap(h.s.T("person.present")) // the toggle of the first row
	if p, _ := h.s.Dossier.Outline().Person("b"); p.Present {
		t.Error("a click on the toggle changes nothing")
	}
}
